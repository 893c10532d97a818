"""Answers as messages: what fits, what is counted, and nothing that is markup."""

from __future__ import annotations

from notifier.asking.answers import Item, lines_answer, mentions_answer
from notifier.asking.interaction import Asker
from notifier.asking.questions import Question
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.mrkdwn import specials_of_message
from tests.overheard.interactions.hearing import text_of

KIM = Asker("U0HUMAN", "kim <!here>", "C0123456789", "listening")


def test_lines_stand_in_columns_in_the_thread_and_what_is_left_out_is_counted() -> None:
    lines = ["summary", "", *(f"row {number:>4}  {'x' * 80}" for number in range(200))]
    first, *details = lines_answer(KIM, Question("sov", "7d"), lines, "overheard sov --since 7d")
    assert text_of(first["blocks"]) == "kim <!here> asked /overheard sov 7d\nsummary"
    assert first["thread"] is False
    assert {message["thread"] for message in details} == {True}
    told = "".join(text_of(message["blocks"]) for message in details)
    assert "row    0  xxx" in told
    assert "row   59  xxx" in told
    assert "row   60" not in told
    assert told.endswith("and 140 more lines; to see all: overheard sov --since 7d")
    for message in (first, *details):
        assert violations(message["blocks"]) == []


def test_an_answer_of_one_line_has_no_thread() -> None:
    assert len(lines_answer(KIM, Question("why", "x"), ["x: 3"], "overheard why x")) == 1


def test_hostile_mentions_are_text_and_their_links_show_where_they_lead() -> None:
    items = [
        Item("m1, rss", "<!channel> <https://evil.example|bank> *x* \u202e", "javascript:alert(1)"),
        Item("m2, rss", "https://bank.example", "https://evil.example/a b"),
        Item("m3, rss", "\u200b", None),
    ]
    first, details = mentions_answer(KIM, Question("mentions", "x"), items, 12, "overheard mentions x")
    for message in (first, details):
        assert violations(message["blocks"]) == []
        assert [each for each in specials_of_message(dict(message)) if each.kind != "link"] == []
    told = text_of(details["blocks"])
    assert "m2, rss: evil.example: https://bank.example (evil.example)" in told
    assert "m3, rss: (no text)" in told
    assert "and 9 older ones; to see all: overheard mentions x" in told
