from __future__ import annotations

import json
from datetime import timedelta

import pytest

from notifier.digest import quality
from notifier.renderers import digest_json, html, slack_blocks, terminal
from storage.records import Coverage, Gap, Span
from tests.notifier import samples
from tests.notifier.shapes import quiet

HOUR = timedelta(hours=1)


def gap(key: str, hours: int, after: int = 0) -> Gap:
    start = samples.WEEK.start + after * HOUR
    return Gap(key, Span(start, start + hours * HOUR), "server")


@pytest.mark.parametrize(
    ("gaps", "heard"),
    [
        ((), "5 of 5 sources heard throughout"),
        ((gap("rss:a", 3),), "4 of 5 sources heard throughout (blind for 3 h at worst)"),
        (
            (gap("rss:a", 3), gap("rss:a", 2, after=50), gap("rss:b", 4)),
            "3 of 5 sources heard throughout (blind for 5 h at worst)",
        ),
    ],
    ids=["all", "one", "two, one of them twice"],
)
def test_line_says_how_many_sources_were_blind_and_for_how_long_at_worst(gaps: tuple[Gap, ...], heard: str) -> None:
    digest = samples.digest(samples.snapshot(heard=Coverage(samples.WEEK, 5, 0.9, gaps)))

    # 96 + 23 + 20 of 412 + 620 + 16 mentions have no sentiment
    assert quality.line(digest) == f"Data: {heard}, none late, 13 % of mentions without sentiment."


@pytest.mark.parametrize(("late", "told"), [(0, "none late"), (1, "1 late"), (3, "3 late")])
def test_line_says_how_many_queries_are_late(late: int, told: str) -> None:
    digest = samples.digest(late=late)

    assert told in quality.line(digest)
    assert json.loads(digest_json.render(digest))["coverage"]["late"] == late


def test_line_stands_in_every_form_of_a_quiet_week_too() -> None:
    for digest in (quiet(), samples.digest()):
        told = quality.line(digest)
        slack = slack_blocks.render(digest)
        forms = (terminal.render(digest, 200), html.render(digest), json.dumps(slack[0]), digest_json.render(digest))
        assert [form.count(told.split(",")[0]) for form in forms] == [1, 1, 1, 1]
    assert quality.line(quiet()) == "Data: 5 of 5 sources heard throughout, none late, no mentions to score."


def test_first_message_of_slack_leaves_names_of_the_deaf_to_the_thread() -> None:
    first, *thread = (json.dumps(each) for each in slack_blocks.render(samples.digest()))

    assert "deaf: reddit:r/SaaS" not in first
    assert "deaf: reddit:r/SaaS" in "".join(thread)
