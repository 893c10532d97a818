"""Which rows of a file are let in: those that may stand beside what is stored, and beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from listener.campaigns.batches import Batch
from listener.campaigns.overlaps import Occupied
from listener.campaigns.reading import Reading
from listener.campaigns.refusal import Rejected, shown
from storage import campaigns
from storage.campaigns import StoredSpan

_TWICE = "another sheet has a row of the same campaign, content and days; keep one of the two"


class Admission:
    """Lets rows in, one reading after the other, in the transaction that stores them."""

    def __init__(self, conn: Connection, readings: Sequence[Reading]) -> None:
        homes = [(reading, home) for reading in readings for home in reading.homes]
        self.fresh = not any(campaigns.anything_between(conn, home, reading.hull) for reading, home in homes)
        self._several = len(readings) > 1
        # Days of one sort cannot overlap: only periods, several sorts and several sheets are compared among themselves.
        self._mixed = self._several or any(reading.periods or len(reading.grains) > 1 for reading in readings)
        self._taken = {home: Occupied() for _, home in homes}
        self._seen: set[int] = set()
        if not self.fresh:
            for reading, home in homes:
                grain = next(iter(reading.grains)) if len(reading.grains) == 1 else ""
                spans = campaigns.spans_between(conn, home, reading.hull, grain, with_days=reading.periods)
                for span in spans:
                    self._taken[home].add(span)

    def batches(self, reading: Reading) -> Iterator[Batch]:
        """Give the rows that are let in; the others go into the reading's report with the reason."""
        for batch in reading.batches():
            if self.fresh and not self._mixed:
                yield batch
                continue
            flags = [
                self._lets_in(reading, batch.grain, number, key, name)
                for number, key, name in zip(batch.numbers, batch.keys, batch.campaigns, strict=True)
            ]
            if any(flags):
                yield batch if all(flags) else batch.only(flags)

    def _lets_in(
        self,
        reading: Reading,
        grain: str,
        number: int,
        key: tuple[str, ...],
        name: tuple[str | None, str | None],
    ) -> bool:
        occupied = self._taken[key[0], key[1]]
        row = StoredSpan(*name, grain, key[4], key[5])
        why = _TWICE if self._several and hash(key) in self._seen else occupied.clash(row)
        if why is not None:
            report = reading.report
            report.rejected_rows += 1
            report.reject(Rejected(number, "", shown(" / ".join(part for part in key[2:5] if part)), why))
            return False
        if self._mixed:
            occupied.add(row)
        if self._several:
            self._seen.add(hash(key))
        return True
