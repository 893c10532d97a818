from __future__ import annotations

import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.errors import OverheardError, SecretError
from config.settings import Settings, Slack
from config.values import Secret
from notifier.contract import SendError
from notifier.outbox import deliver_due
from notifier.slack.channel import SlackChannel
from notifier.slack.errors import VERDICTS, verdict
from notifier.slack.standing import Standing
from notifier.slack.transport import asked_to_wait, checked_address
from storage import outbox
from storage.database import Database
from storage.records import Delivery, DeliveryState, Reason
from tests.doubles.slack import SCOPES, TOKEN, FakeChannel, FakeSlack, Fault

NOW = datetime.now(UTC)
BLOCK = {"type": "section", "text": {"type": "plain_text", "text": "hello"}}


def delivery(key: str = "k#1", text: str = "hello", blocks: list[object] | None = None) -> Delivery:
    payload = {"text": text, "blocks": [BLOCK] if blocks is None else blocks, "thread": False}
    return Delivery(key, "slack", payload, NOW, sending_since=NOW)  # type: ignore[arg-type]  # plain values


def channel_of(slack: FakeSlack, token: str = TOKEN, channel: str = "C0123456789") -> SlackChannel:
    return SlackChannel(token, channel, slack.base_url)


def refusal(slack: FakeSlack, row: Delivery | None = None, parent: str | None = None, **who: str) -> SendError:
    with pytest.raises(SendError) as caught:
        channel_of(slack, **who).send(row or delivery(), parent)
    return caught.value


def test_message_arrives_with_its_key_and_nothing_unfolded() -> None:
    with FakeSlack() as slack:
        receipt = channel_of(slack).send(delivery(), None)

        (message,) = slack.messages
        assert receipt.reference == message["ts"]
        assert message["metadata"] == {"event_type": "overheard_delivery", "event_payload": {"delivery": "k#1"}}
        assert (message["unfurl_links"], message["unfurl_media"], message["link_names"]) == (False, False, False)


def test_reply_arrives_in_the_thread() -> None:
    with FakeSlack() as slack:
        channel = channel_of(slack)
        first = channel.send(delivery(), None)
        channel.send(delivery("k#2", blocks=[]), first.reference)

        assert [message.get("thread_ts") for message in slack.messages] == [None, first.reference]


def test_lost_message_is_found_beyond_the_first_page_of_history() -> None:
    with FakeSlack(history_limit=2) as slack:
        channel = channel_of(slack)
        receipts = [channel.send(delivery(f"k#{place}"), None) for place in range(6)]

        assert channel.find(delivery("k#0"), None) == receipts[0]
        assert channel.find(delivery("other#1"), None) is None


def test_lost_reply_is_found_in_its_thread_alone() -> None:
    with FakeSlack() as slack:
        channel = channel_of(slack)
        first = channel.send(delivery(), None)
        reply = channel.send(delivery("k#2"), first.reference)

        assert channel.find(delivery("k#2"), first.reference) == reply
        assert channel.find(delivery("k#2"), None) is None


CLOCKS = pytest.mark.parametrize("wrong", [timedelta(days=2), timedelta(0), timedelta(days=-2)], ids=str)


@CLOCKS
def test_lost_message_is_found_however_wrong_our_clock_is(wrong: timedelta) -> None:
    with FakeSlack() as slack:
        channel = channel_of(slack)
        first = channel.send(delivery(), None)
        reply = channel.send(delivery("k#2"), first.reference)

        assert channel.find(replace(delivery(), sending_since=NOW + wrong), None) == first
        assert channel.find(replace(delivery("k#2"), sending_since=NOW + wrong), first.reference) == reply


@CLOCKS
def test_lost_answer_leads_to_one_message_however_wrong_our_clock_is(
    sqlite_database: Database, wrong: timedelta
) -> None:
    now = [datetime.now(UTC) + wrong]
    row = replace(delivery(), created_at=now[0], sending_since=None)
    with sqlite_database.write() as conn:
        outbox.put(conn, [row])
    with FakeSlack() as slack:
        slack.fail(Fault("drop_after"))
        for _ in range(3):
            deliver_due(sqlite_database, {"slack": channel_of(slack)}, lambda: now[0], timedelta(seconds=60))
            now[0] += timedelta(minutes=30)

        assert slack.keys() == ["k#1"]
    with sqlite_database.read() as conn:
        assert [found.state for found in (outbox.get(conn, "k#1"),) if found] == [DeliveryState.SENT]


@pytest.mark.parametrize(
    ("handed_over", "pages"), [(timedelta(hours=2), 10), (timedelta(hours=-2), 15)], ids=["after all", "before all"]
)
def test_search_ends_behind_the_first_attempt_but_reads_ten_pages_at_least(handed_over: timedelta, pages: int) -> None:
    with FakeSlack(history_limit=1) as slack:
        channel = channel_of(slack)
        for place in range(15):
            channel.send(delivery(f"k#{place}"), None)
        slack.calls.clear()

        assert channel.find(replace(delivery("other"), sending_since=NOW + handed_over), None) is None
        assert slack.calls == ["conversations.history"] * pages


def test_endless_history_is_given_up_without_a_guess() -> None:
    with FakeSlack(history_limit=1) as slack:
        channel = channel_of(slack)
        for place in range(52):
            channel.send(delivery(f"k#{place}"), None)

        with pytest.raises(SendError, match="too busy") as caught:
            channel.find(delivery("k#0"), None)
        assert not caught.value.permanent


REFUSALS = [(code, found.reason, found.permanent) for code, found in VERDICTS.items() if code != "ratelimited"]


@pytest.mark.parametrize(("code", "reason", "permanent"), REFUSALS, ids=[case[0] for case in REFUSALS])
def test_each_error_of_slack_has_its_consequence_and_a_remedy(code: str, reason: Reason, permanent: bool) -> None:
    with FakeSlack() as slack:
        slack.fail(Fault("error", error=code))

        problem = refusal(slack)

    assert (problem.reason, problem.permanent) == (reason, permanent)
    assert problem.detail.startswith(f"{code}: ")
    assert len(problem.detail) > len(code) + 10
    assert not (problem.permanent and problem.uncertain)


def test_unknown_error_is_tried_again() -> None:
    assert (verdict("brand_new").permanent, verdict("brand_new").uncertain) == (False, False)


@pytest.mark.parametrize(
    ("fault", "reason", "uncertain"),
    [
        (Fault("drop_after"), Reason.NETWORK, True),
        (Fault("drop_before"), Reason.NETWORK, True),
        (Fault("half"), Reason.NETWORK, True),
        (Fault("server_error"), Reason.SERVER, True),
        (Fault("garbage"), Reason.MALFORMED, True),
        (Fault("bytes"), Reason.MALFORMED, True),
        (Fault("bare"), Reason.MALFORMED, True),
        (Fault("error", error="fatal_error"), Reason.SERVER, True),
        (Fault("rate_limit", seconds=7), Reason.RATE_LIMITED, False),
    ],
    ids=["drop after", "drop before", "half", "500", "garbage", "bytes", "bare ok", "fatal_error", "429"],
)
def test_doubt_is_admitted_where_the_post_may_have_arrived(fault: Fault, reason: Reason, uncertain: bool) -> None:
    with FakeSlack() as slack:
        slack.fail(fault)

        problem = refusal(slack)

    assert (problem.reason, problem.uncertain, problem.permanent) == (reason, uncertain, False)


def test_rate_limit_says_how_long_to_wait() -> None:
    with FakeSlack() as slack:
        slack.fail(Fault("rate_limit", seconds=7))

        assert refusal(slack).retry_after == timedelta(seconds=7)


def test_silence_ends_after_the_timeout_and_leaves_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifier.slack.client.TIMEOUT", 0.2)
    with FakeSlack() as slack:
        slack.fail(Fault("delay_after", seconds=1.0))

        problem = refusal(slack)

    assert (problem.reason, problem.uncertain) == (Reason.TIMEOUT, True)


def test_connection_refused_leaves_no_doubt() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    with pytest.raises(SendError, match="cannot be reached") as caught:
        SlackChannel(TOKEN, "C0123456789", f"http://127.0.0.1:{port}/api/").send(delivery(), None)

    assert (caught.value.reason, caught.value.uncertain) == (Reason.NETWORK, False)


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        (FakeChannel(is_member=False), "not_in_channel"),
        (FakeChannel(is_archived=True), "is_archived"),
        (FakeChannel(id="C999"), "channel_not_found"),
    ],
    ids=["not invited", "archived", "unknown"],
)
def test_channel_that_cannot_be_posted_to_is_named_with_its_remedy(channel: FakeChannel, code: str) -> None:
    with FakeSlack(channels=[channel]) as slack:
        problem = refusal(slack)

    assert problem.permanent
    assert problem.detail.startswith(code)


def test_wrong_token_is_refused_without_being_repeated() -> None:
    with FakeSlack() as slack:
        problem = refusal(slack, token="xoxb-other-secret")

    assert problem.detail.startswith("invalid_auth: ")
    assert "xoxb-other" not in str(problem)


def test_missing_scope_is_named() -> None:
    with FakeSlack(scopes=["channels:read"]) as slack:
        problem = refusal(slack)

    assert problem.detail.startswith("missing_scope chat:write: add the scope")


def test_wrong_block_is_named_by_its_place() -> None:
    with FakeSlack(refuses=["invalid_blocks"]) as slack:
        problem = refusal(
            slack, delivery(blocks=[{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
        )

    assert "must be less than 151 characters [json-pointer:/blocks/0/text/text]" in problem.detail


def test_reply_to_a_deleted_message_is_refused_for_good() -> None:
    with FakeSlack() as slack:
        problem = refusal(slack, parent="1.000100")

    assert (problem.reason, problem.permanent) == (Reason.GONE, True)


def test_check_says_who_and_where_we_are() -> None:
    with FakeSlack() as slack:
        standing = channel_of(slack).check()

        assert standing == Standing("overheard", "Testers", "listening", True, id="C0123456789")
        assert standing.fine
        assert slack.messages == []


@pytest.mark.parametrize(
    ("scopes", "private", "missing"),
    [
        (SCOPES, False, ()),
        (("chat:write", "channels:read"), False, ("channels:history",)),
        (("channels:history", "channels:read"), False, ("chat:write",)),
        ((*SCOPES, "groups:read"), True, ("groups:history",)),
        (("groups:read",), True, ("chat:write", "groups:history")),
        (("chat:write",), False, ("channels:history",)),
        (("chat:write", "groups:history"), True, ()),
    ],
)
def test_check_names_the_scopes_that_are_missing(
    scopes: tuple[str, ...], private: bool, missing: tuple[str, ...]
) -> None:
    with FakeSlack(scopes=scopes, channels=[FakeChannel(is_private=private)]) as slack:
        assert channel_of(slack).check().missing == missing


def test_check_gives_the_remedy_for_a_bot_outside_an_archived_channel() -> None:
    with FakeSlack(channels=[FakeChannel(is_member=False, is_archived=True)]) as slack:
        standing = channel_of(slack).check()

    assert not standing.fine
    assert [problem.split(":")[0] for problem in standing.problems] == ["not_in_channel", "is_archived"]


def test_check_goes_on_when_slack_will_not_name_the_channel() -> None:
    with FakeSlack(scopes=["chat:write", "channels:history"]) as slack:
        standing = channel_of(slack).check()

    assert (standing.channel, standing.member) == (None, None)
    assert standing.problems[0].startswith("missing_scope channels:read")


def test_check_without_a_list_of_scopes_claims_nothing() -> None:
    with FakeSlack() as slack:
        slack.fail(Fault("bare", "auth.test"), Fault("error", "chat.postMessage", error="invalid_blocks"))

        assert channel_of(slack).check().missing == ()
        assert refusal(slack).detail.endswith("please report it with the digest's JSON")


def test_history_in_another_shape_is_searched_without_harm() -> None:
    with FakeSlack() as slack:
        slack.messages += [
            {"ts": f"{NOW.timestamp():.6f}", "channel": slack.channel, "metadata": odd}
            for odd in (None, "x", {"event_type": "overheard_delivery"}, {"event_type": "other", "event_payload": {}})
        ]

        assert channel_of(slack).find(delivery(), None) is None


def test_check_of_a_wrong_token_raises() -> None:
    with FakeSlack() as slack, pytest.raises(SendError, match="invalid_auth"):
        channel_of(slack, token="xoxb-wrong").check()


@pytest.mark.parametrize("fault", [None, Fault("rate_limit", seconds=1), Fault("drop_after"), Fault("garbage")])
def test_token_never_reaches_a_log_or_an_error(fault: Fault | None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = ""
    with FakeSlack() as slack:
        if fault:
            slack.fail(fault)
        try:
            channel_of(slack).send(delivery(text="private words"), None)
            channel_of(slack).find(delivery(), None)
        except SendError as problem:
            said = str(problem)

    assert TOKEN not in caplog.text + said
    assert "private words" not in caplog.text + said


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "30"}, 30),
        ({"retry-after": ["5"]}, 5),
        ({"Retry-After": "9" * 40}, 10**9),
        ({"Retry-After": "Mon, 23 Nov 2026 08:31:00 GMT", "Date": "Mon, 23 Nov 2026 08:30:00 GMT"}, 60),
        ({"Retry-After": "Mon, 23 Nov 2026 08:29:00 -0000", "Date": "Mon, 23 Nov 2026 08:30:00 GMT"}, 0),
        ({"Retry-After": "Mon, 23 Nov 2026 08:31:00 GMT"}, None),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
    ids=["seconds", "list", "absurd", "date", "past date", "date without a now", "words", "none"],
)
def test_wish_to_wait_is_read_in_every_form(headers: dict[str, object], seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)

    assert asked_to_wait(headers) == expected


@pytest.mark.parametrize(
    "url",
    ["http://slack.example/api/", "ftp://127.0.0.1/", "http://10.0.0.1/", "https://x.example/a b", "", "http://["],
)
def test_secret_is_never_sent_in_the_open(url: str) -> None:
    with pytest.raises(OverheardError, match=r"slack\.base_url: not an https address"):
        checked_address(url, "slack.base_url")


@pytest.mark.parametrize(
    "url", ["https://slack.com/api/", "http://127.0.0.1:8080/", "http://localhost/", "http://[::1]/"]
)
def test_https_and_this_machine_are_accepted(url: str) -> None:
    assert checked_address(url, "x") == url


def test_settings_make_a_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", TOKEN)
    with FakeSlack() as slack:
        described = Slack(token=Secret("env:SOME_TOKEN"), channel="C0123456789", base_url=slack.base_url)
        SlackChannel.from_settings(Settings(brands=(), slack=described)).send(delivery(), None)

        assert slack.keys() == ["k#1"]


def test_settings_without_channel_or_secret_are_refused() -> None:
    with pytest.raises(OverheardError, match="a bot token needs a channel"):
        SlackChannel.from_settings(Settings(brands=(), slack=Slack(token=Secret("env:SOME_TOKEN"))))
    described = Slack(token=Secret("env:SOME_TOKEN_NOT_SET"), channel="C1")
    with pytest.raises(SecretError, match="SOME_TOKEN_NOT_SET"):
        SlackChannel.from_settings(Settings(brands=(), slack=described))
