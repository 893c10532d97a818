"""The slash command, end to end: through the local Slack's web socket, the store and the outbox, back into a thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from overheard.emulator.mrkdwn import specials_of_message
from storage.database import Database
from tests.doubles.slack import CHANNEL, FakeSlack, Fault
from tests.overheard.interactions.hearing import LAST, Heard, hearing, text_of


@pytest.fixture
def heard(sqlite_database: Database, tmp_path: Path, slack: FakeSlack) -> Iterator[Heard]:
    with hearing(sqlite_database, tmp_path, slack) as made:
        yield made


def test_mentions_are_answered_in_a_thread_that_says_who_asked_what(heard: Heard) -> None:
    heard.ask("mentions acme shop")
    first, details = heard.posted()
    assert text_of(first["blocks"]) == "u0human asked /overheard mentions acme shop\n1 mention with all of these words."
    assert details["thread_ts"] == first["ts"]
    assert text_of(details["blocks"]) == (
        "m3, 2026-07-06 03:00, file, Acme neutral, Globex neutral: Acme opens a shop. Globex closes one."
    )


def test_share_of_voice_is_answered_as_the_command_line_prints_it(heard: Heard) -> None:
    heard.ask("sov 2026-07-06")
    first, details = heard.posted()
    assert "2026-07-06 00:00 to 2026-07-07 09:00 UTC" in text_of(first["blocks"])
    lines = text_of(details["blocks"]).splitlines()
    acme = next(line for line in lines if line.startswith("Acme (own)"))
    assert acme.split()[:4] == ["Acme", "(own)", "2", "50.0"]
    assert any("sov.acme.20260706" in line for line in lines)


def test_why_and_coverage_are_answered_too(heard: Heard) -> None:
    heard.ask("why mentions.acme.20260706-20260707")
    heard.ask("coverage")
    why, _, coverage, _ = heard.posted()
    assert "mentions.acme.20260706-20260707: 2" in text_of(why["blocks"])
    assert "heard: " in text_of(coverage["blocks"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Ask so; the answer comes into a thread."),
        ("help", "Ask so; the answer comes into a thread."),
        ("mention battery", "no question 'mention'; did you mean 'mentions'?"),
        ("sov yesterday", "sov: 'yesterday' is not a time; write a date (2013-08-05)"),
        ("sov 7d 8d", "sov 7d 8d: one word only; write /overheard sov 7d"),
        ("sov 2099-01-01", "sov: --since 2099-01-01 is not before now; nothing lies between"),
        ("why", "why: of which number? Copy an id from a digest's thread"),
        ("why nonsense", "'nonsense' is no number id; copy one from a digest's footer"),
        ("why kpi.cac.all.nonsense", "kpi.cac.all.nonsense"),
        ("why sov.initech.20260706-20260707", "no brand 'initech' in"),
        ("mentions " + "w" * 600, "600 characters, where 500 are the most"),
    ],
    ids=[
        "nothing",
        "help",
        "misspelt",
        "no time",
        "two words",
        "future",
        "no id",
        "no number",
        "no KPI",
        "no brand",
        "long",
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_to_the_asker_alone_with_the_remedy(heard: Heard, text: str, told: str) -> None:
    heard.ask(text)
    assert heard.posted() == []
    [said] = heard.told()
    assert told in said.replace("&lt;", "<")


def test_a_question_that_slack_hands_over_twice_is_answered_once(heard: Heard, slack: FakeSlack) -> None:
    slack.fail(Fault("duplicate", "interactive"))
    heard.ask("coverage")
    slack.fail(Fault("duplicate", "interactive"))
    heard.ask("help")
    assert len(heard.posted()) == 2
    assert len(heard.told()) == 1


def test_the_answer_comes_into_the_channel_where_it_was_asked(
    sqlite_database: Database, tmp_path: Path, slack: FakeSlack
) -> None:
    keys = 'channels = ["C0123456789", "others"]\n'
    with hearing(sqlite_database, tmp_path, slack, keys) as heard:
        heard.ask("mentions great", channel="C0999999999")
        assert [message["channel"] for message in heard.posted()] == ["C0999999999", "C0999999999"]


def test_strangers_are_told_what_to_add_to_the_config_and_get_no_answer(
    sqlite_database: Database, tmp_path: Path, slack: FakeSlack
) -> None:
    with hearing(sqlite_database, tmp_path, slack, f'users = ["{LAST}"]\n') as heard:
        heard.ask("coverage", user="U0STRANGER")
        heard.ask("coverage", user=LAST, channel="C0999999999")
        assert heard.posted() == []
        assert 'adds "U0STRANGER" to users in [slack]' in heard.told("U0STRANGER")[0]
        assert any('adds "C0999999999" to channels in [slack]' in told for told in heard.told(LAST))
        heard.ask("coverage", user=LAST)
        assert {message["channel"] for message in heard.posted()} == {CHANNEL}


HOSTILE = [
    "<!channel> @here <@U0HUMAN>",
    "<https://evil.example|https://bank.example>",
    "*bold* `code` ~strike~ :smile: &amp;",
    "\u202eevil\u2066 \u200b",
    "a\x00b",
    "'; DROP TABLE mentions; -- \" * NEAR(",
]


@pytest.mark.parametrize("text", HOSTILE, ids=["pings", "links", "marks", "bidi", "nul", "syntax"])
def test_a_hostile_question_is_shown_as_plain_text_and_pings_nobody(heard: Heard, text: str) -> None:
    heard.ask(f"mentions {text}")
    [only] = heard.posted()
    assert "No mention with all of these words." in text_of(only["blocks"])
    assert specials_of_message(only) == []
    shown = text_of(only["blocks"])
    assert not any(character in shown for character in "\x00\u202e\u2066\u200b")


def test_ten_thousand_characters_are_refused_and_not_repeated(heard: Heard) -> None:
    heard.ask("mentions " + "<!channel> " * 1000)
    assert heard.posted() == []
    [said] = heard.told()
    assert len(said) < 400
