"""Whom mentions could reach: added up, each profile once, each domain once a day."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scoring.reach import Reached, reach_facts
from storage.records import Kind

PARIS = ZoneInfo("Europe/Paris")


def reached(  # a mention is that many things
    reach: int,
    *,
    author: int | None = None,
    url: str | None = "https://example.org/1",
    kind: Kind = Kind.ARTICLE,
    day: int = 1,
    hour: int = 12,
) -> Reached:
    return Reached(datetime(2026, 7, day, hour, tzinfo=UTC), author, url, kind, reach)


def facts(*mentions: Reached) -> dict[str, Decimal]:
    return {name: value for name, value in reach_facts(mentions, PARIS).known.items() if isinstance(value, Decimal)}


def test_of_no_reach_nothing_is_known() -> None:
    assert facts() == {}


def test_a_profile_counts_once_with_the_most_that_it_reached() -> None:
    posts = [reached(reach, author=author, kind=Kind.POST) for reach, author in ((100, 1), (120, 1), (50, 2))]

    assert facts(*posts) == {"social_reach": 270, "unique_reach": 170}


def test_a_domain_is_the_profile_of_what_names_no_author() -> None:
    articles = [reached(100), reached(90, url="https://example.org/2"), reached(40, url="https://other.example/")]

    assert facts(*articles)["unique_reach"] == 140


def test_without_author_and_domain_each_mention_stands_for_itself() -> None:
    assert facts(reached(5, url=None), reached(5, url=None), reached(5, url="http://[no/"))["unique_reach"] == 15


def test_a_domain_counts_once_on_each_local_day_and_posts_do_not() -> None:
    found = facts(
        reached(100, hour=10),
        reached(110, hour=21),
        reached(100, hour=23),  # the next day in Paris
        reached(7, url="https://other.example/"),
        reached(1000, kind=Kind.POST, author=1),
    )

    # Once in all: example.org 110, other.example 7, the author 1000.
    assert found == {"domain_reach": 110 + 100 + 7, "online_reach": 317, "social_reach": 1000, "unique_reach": 1117}


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.sampled_from([None, 1, 2]), st.sampled_from("ab"), st.integers(1, 3)))
)
def test_what_is_counted_once_is_never_more_than_what_is_added_up(seen: list[tuple[int, int | None, str, int]]) -> None:
    mentions = [
        reached(reach, author=author, url=f"https://{site}.example/", day=day) for reach, author, site, day in seen
    ]
    found = facts(*mentions)

    assert found.get("unique_reach", 0) <= sum(each.reach for each in mentions)
    assert found.get("unique_reach", 0) <= found.get("online_reach", 0)
    assert found.get("domain_reach", 0) <= found.get("online_reach", 0)
