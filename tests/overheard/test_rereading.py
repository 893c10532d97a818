"""`collect --since` begins anew, keeps what is young enough, and counts what it passes over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from config.settings import SourceSettings
from listener.contract import CollectorResult, Query, Skipped
from overheard.rereading import RereadFrom
from storage.records import Cursor, Mention, Span

SINCE = datetime(2013, 8, 5, tzinfo=UTC)
QUERY = Query("q", "parrot", "cage", SourceSettings(type="parrot"))


def mention(name: str, published_at: datetime | None) -> Mention:
    return Mention("parrot", name, None, None, "Acme", None, published_at)


class Parrot:
    """Says the same each time, and remembers the cursors that it was given."""

    Settings: ClassVar[type[SourceSettings]] = SourceSettings

    def __init__(self, covered: Span | None = None) -> None:
        self.cursors: list[Cursor] = []
        self._covered = covered

    def queries(self) -> Sequence[Query]:
        return (QUERY,)

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        del query
        self.cursors.append(cursor)
        said = (
            mention("old", SINCE - timedelta(seconds=1)), mention("on time", SINCE), mention("undated", None),
        )  # fmt: skip
        return CollectorResult(said, {"at": 2}, skipped=(Skipped("3", "unreadable"),), covered=self._covered)


def test_what_is_older_is_passed_over_and_told() -> None:
    found = RereadFrom(Parrot(), SINCE).collect(QUERY, {"at": 1})
    assert [each.native_id for each in found.mentions] == ["on time", "undated"]
    assert found.skipped == (
        Skipped("3", "unreadable"), Skipped("old", "of 2013-08-04 23:59 UTC, before --since"),
    )  # fmt: skip
    assert found.cursor == {"at": 2}


def test_first_poll_begins_anew_and_the_next_ones_go_on() -> None:
    parrot = Parrot()
    again = RereadFrom(parrot, SINCE)
    assert list(again.queries()) == [QUERY]
    again.collect(QUERY, {"at": 1})
    again.collect(QUERY, {"at": 2})
    assert parrot.cursors == [{}, {"at": 2}]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(-2, 2, (0, 2)), (1, 2, (1, 2)), (-3, -1, (-1, -1))],
    ids=["reaches further back", "younger", "all older"],
)
def test_what_was_passed_over_is_not_called_heard(start: int, end: int, expected: tuple[int, int]) -> None:
    days = [SINCE + timedelta(days=number) for number in (start, end, *expected)]
    found = RereadFrom(Parrot(Span(days[0], days[1])), SINCE).collect(QUERY, {})
    assert found.covered == Span(days[2], days[3])


def test_unknown_reach_stays_unknown() -> None:
    assert RereadFrom(Parrot(), SINCE).collect(QUERY, {}).covered is None
