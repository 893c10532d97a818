from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.coverage import (
    NOT_LISTENING,
    TOO_MUCH,
    coverage,
    coverages,
    last_failures,
    listening_since,
    record_runs,
    runs,
)
from storage.database import Database
from storage.records import Gap, Reason, Run, Span
from tests.storage.made import at

DAY = Span(at(0), at(24))


def run(when: float, covered: tuple[float, float] | None, reason: Reason | None = None, key: str = "rss:a") -> Run:
    span = None if covered is None else Span(at(covered[0]), at(covered[1]))
    return Run(key, "rss", at(when), at(when), span, 5, 1, 2, 3, 4, reason, None if reason is None else "said so")


def gap(start: float, end: float, reason: str, key: str = "rss:a") -> Gap:
    return Gap(key, Span(at(start), at(end)), reason)


@pytest.mark.parametrize(
    ("polls", "share", "gaps"),
    [
        ([run(30, (-5, 30))], 1.0, []),
        ([run(12, (-5, 12)), run(25, (10, 25))], 1.0, []),
        ([], 0.0, [gap(0, 24, NOT_LISTENING)]),
        ([run(6, (0, 6)), run(25, (18, 25))], 0.5, [gap(6, 18, TOO_MUCH)]),
        ([run(1, (0, 1)), run(2, (1, 2)), run(3, (2, 3)), run(25, (21, 25))], 0.25, [gap(3, 21, NOT_LISTENING)]),
        ([run(6, (0, 6)), run(8, None, Reason.TIMEOUT), run(25, (12, 25))], 0.75, [gap(6, 12, "timeout")]),
        ([run(12, (0, 12))], 0.5, [gap(12, 24, NOT_LISTENING)]),
    ],
    ids=["one", "overlapping", "never", "rolled over", "switched off", "failed", "until now"],
)
def test_coverage_is_the_union_of_what_polls_made_known(
    database: Database, polls: list[Run], share: float, gaps: list[Gap]
) -> None:
    with database.write() as conn:
        for poll in polls:
            record_runs(conn, [poll])
    with database.read() as conn:
        found = coverage(conn, DAY, ["rss:a"])
    assert found.share == share
    assert list(found.gaps) == gaps


def test_every_asked_query_weighs_the_same(database: Database) -> None:
    with database.write() as conn:
        record_runs(conn, [run(25, (0, 25))])
    with database.read() as conn:
        found = coverage(conn, DAY, ["rss:a", "rss:b"])
        assert (found.queries, found.share) == (2, 0.5)
        assert found.gaps == (gap(0, 24, NOT_LISTENING, "rss:b"),)
        assert coverage(conn, DAY, []).share is None
        assert coverage(conn, Span(at(0), at(0)), ["rss:a"]).share is None


def test_ledger_gives_back_what_was_written(database: Database) -> None:
    polls = [run(1, (0, 1)), run(2, None, Reason.SERVER), run(3, (1, 3), key="rss:b")]
    with database.read() as conn:
        assert listening_since(conn) is None
    with database.write() as conn:
        for poll in polls:
            record_runs(conn, [poll])
        assert runs(conn, at(0)) == polls
        assert runs(conn, at(2), "rss:a") == [polls[1]]
        assert listening_since(conn) == at(1)


def quiet(when: float, covered: tuple[float, float], **changes: Any) -> Run:
    return replace(run(when, covered), **{"fetched": 5, "new": 0, "updated": 0, "unmatched": 3, "skipped": 0} | changes)


@pytest.mark.parametrize("together", [False, True], ids=["one by one", "at once"])
def test_polls_that_change_nothing_share_a_line(database: Database, together: bool) -> None:
    polls = [quiet(1, (0, 1)), quiet(2, (1, 2)), quiet(2.5, (1, 2.5), fetched=0, unmatched=0)]
    news = quiet(3, (2.5, 3), new=1)
    after = [quiet(4, (3, 4)), quiet(5, (4, 5)), quiet(9, (8, 9)), quiet(10, (9, 10))]
    with database.write() as conn:
        for some in [[*polls, news, *after]] if together else [[poll] for poll in (*polls, news, *after)]:
            record_runs(conn, some)
        assert runs(conn, at(0)) == [
            quiet(1, (0, 2.5), ended_at=at(2.5), fetched=10, unmatched=6, polls=3),
            news,
            quiet(4, (3, 5), ended_at=at(5), fetched=10, unmatched=6, polls=2),
            quiet(9, (8, 10), ended_at=at(10), fetched=10, unmatched=6, polls=2),
        ]


def test_polls_of_other_queries_and_failures_keep_lines_of_their_own(database: Database) -> None:
    polls = [quiet(1, (0, 1)), quiet(1, (0, 1), key="rss:b"), run(2, None, Reason.SERVER), quiet(3, (1, 3))]
    with database.write() as conn:
        for poll in polls:
            record_runs(conn, [poll])
        assert runs(conn, at(0)) == polls
        assert last_failures(conn, at(0)) == {"rss:a": polls[2]}
        assert last_failures(conn, at(2.5)) == {}


def test_a_poll_of_long_ago_leaves_what_was_heard_since(database: Database) -> None:
    with database.write() as conn:
        record_runs(conn, [quiet(10, (8, 10)), quiet(11, (-90, -80)), quiet(12, (10, 12)), quiet(13, (-80, 8))])
        assert coverage(conn, Span(at(-90), at(12)), ["rss:a"]).gaps == ()


def test_gaps_told_query_by_query_are_those_of_all_together(database: Database) -> None:
    with database.write() as conn:
        record_runs(conn, [run(25, (12, 25)), run(25, (0, 25), key="rss:b")])
        each = coverages(conn, DAY, ["rss:b", "rss:a", "rss:c"])
        whole = coverage(conn, DAY, ["rss:b", "rss:a", "rss:c"])
    assert {key: one.share for key, one in each.items()} == {"rss:b": 1.0, "rss:a": 0.5, "rss:c": 0.0}
    assert [gap for one in each.values() for gap in one.gaps] == list(whole.gaps)
    assert whole.share == 0.5


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    polls=st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(-5, 30), st.integers(0, 8), st.booleans()), max_size=25
    ),
    size=st.integers(1, 7),
)
def test_whatever_polls_come_in_whatever_order_what_was_heard_is_their_union(
    sqlite_database: Database, polls: list[tuple[str, int, int, bool]], size: int
) -> None:
    heard: dict[str, set[int]] = {"a": set(), "b": set()}
    made = []
    for number, (key, start, length, news) in enumerate(polls):
        heard[key] |= set(range(start, start + length))
        made.append(quiet(100 + number, (start, start + length), key=key, new=int(news)))
    with sqlite_database.write() as conn:
        for table in ("runs", "covered_spans"):
            conn.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  # our own names
        for begin in range(0, len(made), size):
            record_runs(conn, made[begin : begin + size])
        each = coverages(conn, DAY, ["a", "b"])
        assert sum(line.polls for line in runs(conn, at(0))) == len(made)
    for key, found in each.items():
        deaf = {
            hour for gap in found.gaps for hour in range(24) if at(hour) >= gap.span.start and at(hour) < gap.span.end
        }
        assert deaf == set(range(24)) - heard[key]
        assert found.share == pytest.approx(1 - len(deaf) / 24)
