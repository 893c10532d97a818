from __future__ import annotations

import pytest

from notifier.contract import SendError
from notifier.slack.channel import SlackChannel
from notifier.slack.client import SlackClient
from notifier.slack.directory import Directory
from storage.records import Reason
from tests.doubles.slack import SCOPES, TOKEN, FakeChannel, FakeSlack
from tests.notifier.slack.test_channel import delivery

BOTH = ("channels:read", "groups:read")


def directory(slack: FakeSlack) -> Directory:
    return Directory(SlackClient(TOKEN, slack.base_url))


def refusal(slack: FakeSlack, place: str) -> SendError:
    with pytest.raises(SendError) as caught:
        directory(slack).id_of(place)
    return caught.value


def many(count: int) -> list[FakeChannel]:
    return [FakeChannel(f"C{place:010d}", f"channel-{place}") for place in range(count)]


def test_an_id_is_taken_as_it_is_without_asking() -> None:
    with FakeSlack() as slack:
        assert directory(slack).id_of("C0999999999") == "C0999999999"
        assert slack.calls == []


@pytest.mark.parametrize("written", ["brand-news", "#brand-news"])
def test_a_name_is_looked_up_once(written: str) -> None:
    with FakeSlack(scopes=BOTH, channels=[FakeChannel(), FakeChannel("C0000000002", "brand-news")]) as slack:
        found = directory(slack)

        assert [found.id_of(written) for _ in range(3)] == ["C0000000002"] * 3
        assert slack.calls == ["conversations.list"]


def test_a_name_on_a_later_page_is_found_and_the_other_names_with_it() -> None:
    with FakeSlack(scopes=BOTH, channels=many(450)) as slack:
        found = directory(slack)

        assert (found.id_of("channel-449"), found.id_of("channel-0")) == ("C0000000449", "C0000000000")
        assert slack.calls == ["conversations.list"] * 3


def test_a_channel_that_is_made_later_is_found_then() -> None:
    with FakeSlack() as slack:
        found = directory(slack)
        with pytest.raises(SendError, match="channel_not_found"):
            found.id_of("late")
        slack.workspace.channels["C0000000002"] = FakeChannel("C0000000002", "late")

        assert found.id_of("late") == "C0000000002"


@pytest.mark.parametrize(
    ("scopes", "name", "expected"),
    [
        (BOTH, "secret", "C0000000002"),
        (BOTH, "listening", "C0123456789"),
        (("channels:read",), "listening", "C0123456789"),
        (("groups:read",), "secret", "C0000000002"),
    ],
    ids=["private", "public", "public alone", "private alone"],
)
def test_names_are_found_among_what_the_scopes_let_the_bot_see(
    scopes: tuple[str, ...], name: str, expected: str
) -> None:
    channels = [FakeChannel(), FakeChannel("C0000000002", "secret", is_private=True)]
    with FakeSlack(scopes=scopes, channels=channels) as slack:
        assert directory(slack).id_of(name) == expected


NONE_SUCH = (
    "channel_not_found: no channel that the bot can see is called #news; correct the name, or write the channel's id "
    "(channel name > About > Channel ID); a private one is seen once the bot is invited (/invite @YourBot)"
)
NO_SCOPE = (
    "missing_scope channels:read: add the scope under OAuth & Permissions, then install the app into the workspace "
    "again and copy its new token"
)
HIDDEN = FakeChannel("C2", "news", is_private=True, is_member=False)


@pytest.mark.parametrize(
    ("channels", "scopes", "reason", "said"),
    [
        ([FakeChannel()], SCOPES, Reason.NOT_FOUND, f"{NONE_SUCH} and its app has the scope groups:read"),
        ([HIDDEN], BOTH, Reason.NOT_FOUND, NONE_SUCH),
        ([FakeChannel("C2", "news", is_archived=True)], SCOPES, Reason.GONE,
         "is_archived: #news is archived; unarchive the channel, or name another"),
        ([FakeChannel("C2", "news"), FakeChannel("C3", "news")], SCOPES, Reason.NOT_FOUND,
         "channel_not_found: 2 channels are called #news; write the id: C2 or C3"),
        ([FakeChannel("C2", "news")], ("chat:write",), Reason.AUTH, NO_SCOPE),
    ],
    ids=["no such", "not visible", "archived", "ambiguous", "no scope"],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_refused_for_good_with_its_remedy(
    channels: list[FakeChannel], scopes: tuple[str, ...], reason: Reason, said: str
) -> None:
    with FakeSlack(scopes=scopes, channels=channels) as slack:
        problem = refusal(slack, "#news")

    assert (problem.reason, problem.permanent, problem.uncertain, problem.detail) == (reason, True, False, said)


def test_a_channel_that_replaced_an_archived_one_of_the_same_name_is_found() -> None:
    channels = [FakeChannel("C0000000002", "news", is_archived=True), FakeChannel("C0000000003", "news")]
    with FakeSlack(channels=channels) as slack:
        assert directory(slack).id_of("news") == "C0000000003"


def test_posting_looking_up_and_checking_take_a_name() -> None:
    with FakeSlack(channels=[FakeChannel(), FakeChannel("C0000000002", "brand-news")]) as slack:
        channel = SlackChannel(TOKEN, "#brand-news", slack.base_url)
        receipt = channel.send(delivery(), None)

        assert channel.find(delivery(), None) == receipt
        assert [message["channel"] for message in slack.messages] == ["C0000000002"]
        standing = channel.check()
        assert (standing.fine, standing.channel, standing.id) == (True, "brand-news", "C0000000002")


def test_checking_a_name_that_leads_nowhere_says_why() -> None:
    with FakeSlack() as slack:
        standing = SlackChannel(TOKEN, "nowhere", slack.base_url).check()

    assert (standing.fine, standing.channel, standing.id) == (False, None, None)
    assert standing.problems[0].startswith("channel_not_found: no channel that the bot can see is called #nowhere")
