"""What it rests on that a word rises: counts, p-values, what was read, and the mentions that hold it."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.rising.topics import Rise, Silence, Topic
from storage.records import Json

_WHY = {
    Silence.FEW: "too few people wrote in the window",
    Silence.SHORT: "too little was said in the four weeks before",
    Silence.NOTHING: "no word is beyond chance",
}


def rising_lines(rise: Rise) -> Iterator[str]:
    """Give what was read and tested, and a line for each topic."""
    yield (
        f"  read      {len(rise.now.texts)} of {rise.now.there} mentions of the window, "
        f"{len(rise.before.texts)} of {rise.before.there} of the four weeks before, on {rise.days} days"
    )
    yield (
        f"  counted   {rise.of_now} tellings now by {rise.people} people or sites, {rise.of_before} before; "
        f"{rise.tests} words and phrases tested"
    )
    if rise.silence is not None:
        yield f"  none      {_WHY[rise.silence]}"
    for topic in rise.topics:
        also = f"; with {', '.join(topic.others)}" if topic.others else ""
        yield (
            f"  word      {topic.term}: {topic.now} of {rise.of_now} now, {topic.before} of {rise.of_before} before, "
            f"by {topic.people} people, p = {topic.chance:.2g}{also}"
        )


def rising_json(rise: Rise) -> dict[str, Json]:
    """Give the same as data."""
    return {
        "read": {
            "now": len(rise.now.texts),
            "of": rise.now.there,
            "before": len(rise.before.texts),
            "of_before": rise.before.there,
        },
        "counted": {"now": rise.of_now, "before": rise.of_before, "people": rise.people, "days_before": rise.days},
        "tests": rise.tests,
        "none_because": rise.silence,
        "words": [_topic(topic) for topic in rise.topics],
    }


def _topic(topic: Topic) -> dict[str, Json]:
    return {
        "term": topic.term,
        "others": list(topic.others),
        "now": topic.now,
        "before": topic.before,
        "people": topic.people,
        "p_value": topic.chance,
        "mention_ids": list(topic.examples),
    }
