from __future__ import annotations

import pytest

from storage.coverage import NOT_LISTENING, TOO_MUCH, coverage, listening_since, record_run, runs
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
            record_run(conn, poll)
    with database.read() as conn:
        found = coverage(conn, DAY, ["rss:a"])
    assert found.share == share
    assert list(found.gaps) == gaps


def test_every_asked_query_weighs_the_same(database: Database) -> None:
    with database.write() as conn:
        record_run(conn, run(25, (0, 25)))
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
            record_run(conn, poll)
        assert runs(conn, at(0)) == polls
        assert runs(conn, at(2), "rss:a") == [polls[1]]
        assert listening_since(conn) == at(1)
