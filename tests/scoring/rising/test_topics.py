"""What rises: told by enough people, not by copies; put together; and why nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from scoring.rising.topics import Rise, Sample, Silence, Text, rise
from scoring.rising.words import own_words, terms
from storage.records import Span

END = datetime(2026, 3, 30, tzinfo=UTC)
DAY = Span(END - timedelta(days=1), END)
NOWHERE = "site"


def text(number: int, said: str, hours: float, author: int | None, story: int | None = None, **more: str) -> Text:
    at = DAY.start + timedelta(hours=hours)
    source, site = more.get("source", "reddit"), more.get("site", NOWHERE)
    return Text(number, at, author, site, source, number if story is None else story, terms(said))


def past(number: int = 280) -> list[Text]:
    """Ten people a day over four weeks, who say ordinary things."""
    return [text(at, f"the usual thing number{at % 9}", -24 * 28 * (1 - at / number), at) for at in range(number)]


def today(said: Sequence[str], first: int = 1000) -> list[Text]:
    return [text(first + at, each, at / 20, first + at) for at, each in enumerate(said)]


def found(now: Sequence[Text], before: Sequence[Text], least: int = 3) -> Rise:
    return rise(Sample(now, len(now)), Sample(before, len(before)), DAY, own_words(["Acme"]), least=least)


USUAL = [f"the usual thing number{at % 9}" for at in range(30)]


def test_topic_is_told_once_with_its_words_and_counts() -> None:
    now = today([*USUAL, *["Acme battery recall #batterygate"] * 10])
    (topic,) = found(now, past()).topics

    assert (topic.term, topic.others) == ("battery recall", ("#batterygate",))
    assert (topic.now, topic.before, topic.people) == (10, 0, 10)
    assert topic.examples == tuple(range(1030, 1040))
    assert topic.since == now[30].at


def test_copies_of_one_story_count_once() -> None:
    copies = [text(2000 + at, "battery recall", 1, 2000 + at, story=2000) for at in range(40)]

    assert found([*today(USUAL), *copies], past()).silence is Silence.NOTHING


def test_author_counts_once_however_much_they_write() -> None:
    loud = [text(2000 + at, "battery recall", at / 4, 2000) for at in range(40)]

    assert found([*today(USUAL), *loud], past()).silence is Silence.NOTHING


def test_story_that_was_told_before_is_no_news() -> None:
    old = text(900, "battery recall", -1, 900, story=900)
    copies = [text(2000 + at, "battery recall", 1, 2000 + at, story=900) for at in range(40)]

    assert found([*today(USUAL), *copies], [*past(), old]).of_now == len(USUAL)


def test_fewer_people_than_asked_for_are_no_topic() -> None:
    said = today([*USUAL, *["battery recall"] * 10])

    assert found(said, past(), least=10).topics
    assert found(said, past(), least=11).silence is Silence.NOTHING


def test_without_authors_sites_are_what_must_be_several() -> None:
    def news(sites: int) -> list[Text]:
        return [text(2000 + at, "battery recall", 1, None, site=f"news{at % sites}.example") for at in range(12)]

    assert found([*today(USUAL), *news(2)], past()).silence is Silence.NOTHING
    assert found([*today(USUAL), *news(3)], past()).topics[0].people == 3


def test_source_that_was_not_heard_before_brings_no_topics() -> None:
    new = [text(2000 + at, "battery recall", 1, 2000 + at, source="hackernews") for at in range(12)]
    now, before = [*today(USUAL), *new], past()
    listened = rise(Sample(now, 42), Sample(before, 280), DAY, frozenset(), heard={"hackernews"})

    assert found(now, before).silence is Silence.NOTHING
    assert listened.topics[0].term == "battery recall"


@pytest.mark.parametrize(
    ("now", "before", "silence"),
    [
        (["battery recall"] * 2, past(), Silence.FEW),
        (["battery recall"] * 9, past(20), Silence.SHORT),
        (["battery recall"] * 9, past(280)[-50:], Silence.SHORT),
        (USUAL, past(), Silence.NOTHING),
    ],
)
def test_silence_has_its_reason(now: Sequence[str], before: Sequence[Text], silence: Silence) -> None:
    assert found(today(now), before).silence is silence


def test_word_that_is_a_little_more_frequent_is_no_news_however_certain() -> None:
    before = [text(at, "slow" if at % 3 == 0 else "fine", -24 * 28 * (1 - at / 3000), at) for at in range(3000)]
    now = today([("slow" if at % 2 == 0 else "fine") for at in range(900)], first=5000)

    assert found(now, before).silence is Silence.NOTHING


def test_run_without_blanks_is_shown_whole() -> None:
    (topic,) = found(today([*USUAL, *["\u624b\u673a\u7535\u6c60\u8d77\u706b"] * 10]), past()).topics

    assert topic.term == "\u624b\u673a\u7535\u6c60\u8d77\u706b"
