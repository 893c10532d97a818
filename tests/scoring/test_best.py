"""Which weekday, hour or type of content does best, and when that cannot be told."""

from __future__ import annotations

from decimal import Decimal

from scoring.best import Best, Place, best
from scoring.facts import Facts
from tests.scoring.kpi_facts import only


def posts(count: str, engagements: str, impressions: str = "1000") -> Facts:
    return only(posts=count, post_engagements=engagements, engagements=engagements, impressions=impressions)


def test_the_best_is_told_with_the_next_and_both_samples() -> None:
    found = best({"Monday": posts("5", "10"), "Tuesday": posts("7", "40"), "Friday": posts("6", "30")})

    assert found == Best("engagement_rate_impressions", Place("Tuesday", Decimal(4), 7), Place("Friday", Decimal(3), 6))


def test_what_few_posts_did_does_not_count_however_well() -> None:
    found = best({"Monday": posts("5", "10"), "Tuesday": posts("4", "900"), "Friday": posts("6", "30")})

    assert found is not None
    assert found.first == Place("Friday", Decimal(3), 6)


def test_too_few_posts_have_no_best_and_the_samples_are_named() -> None:
    found = best({"Monday": posts("5", "10"), "Tuesday": posts("4", "40")})

    assert found == Best(
        "engagement_rate_impressions",
        None,
        None,
        "two with at least 5 posts are needed, Monday has 5, Tuesday has 4",
    )


def test_without_impressions_the_engagements_of_a_post_tell() -> None:
    unseen = {
        name: only(posts="5", post_engagements=count, engagements=count)
        for name, count in (("reel", "50"), ("photo", "20"))
    }

    assert best(unseen) == Best("engagements_per_post", Place("reel", Decimal(10), 5), Place("photo", Decimal(4), 5))


def test_what_is_known_of_some_posts_alone_tells_nothing() -> None:
    partly = Facts(posts("9", "90").known, frozenset({"engagements", "post_engagements"}), parts=9)
    found = best({"reel": partly, "photo": posts("5", "1")})

    assert found is not None
    assert (found.first, found.why) == (None, "fewer than two state impressions or engagements of every post")


def test_of_what_is_no_post_nothing_is_told() -> None:
    assert best({"ad": only(engagements="50", impressions="100")}) is None
    assert best({}) is None
