"""Everything that answers for one KPI, computed anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from notifier.digest.kpi_ids import KpiId
from overheard.app import App
from overheard.campaigns.results import Slice, Wish, results, unknown_platform
from overheard.campaigns.sources import CostPart, FileRows, UsedRate, cost_parts, file_rows, used_rates
from overheard.errors import WrongUseError
from scoring.derivation import Step, derivation, differences, exact
from scoring.outcome import Outcome, inputs_of
from scoring.slices import Key, LeftOut
from storage import figures
from storage.campaign_sums import platforms_with_results
from storage.records import Figure, Json


@dataclass(frozen=True, slots=True)
class KpiEvidence:
    """One KPI and what it is made of."""

    id: KpiId
    brand: str  # whose voice counts
    slice: Slice
    steps: Sequence[Step]  # the KPI itself first
    files: Sequence[FileRows]
    costs: Sequence[CostPart]
    rates: Sequence[UsedRate]
    left_out: Sequence[LeftOut]
    shown: Sequence[tuple[Figure, Sequence[str]]]  # each with the reasons for a difference to now

    @property
    def outcome(self) -> Outcome:
        """The KPI as it stands now."""
        return self.steps[0].outcome


def kpi_evidence(app: App, conn: Connection, asked: KpiId, *, each_row: bool = False) -> KpiEvidence:
    """Compute a KPI anew, with everything that it is made of, down to single rows where `each_row` asks for them.

    Raises WrongUseError where there is nothing of it.
    """
    if problem := unknown_platform(asked.platforms, platforms_with_results(conn)):
        raise WrongUseError(f"{asked}: {problem}")
    wish, key = _wish(asked), _key(asked)
    found = results(app, conn, wish)
    part = next((each for each in found.slices if each.key == key), None)
    if part is None:
        names = [each.key.part or each.key.campaign or "(no name)" for each in found.slices[:5]]
        raise WrongUseError(f"{asked}: nothing of it on these days; there is {', '.join(names) or 'nothing at all'}")
    inputs = inputs_of(asked.kpi)
    steps = derivation(asked.kpi, part.facts)
    sources = file_rows(app, conn, wish, key, inputs, each_row=each_row)
    costs = cost_parts(app, wish, key, inputs)
    shown = [(figure, list(_reasons(figure, steps, sources))) for figure in figures.shown(conn, str(asked))]
    rates = used_rates(app, sources, costs)
    return KpiEvidence(asked, found.brand, part, steps, sources, costs, rates, found.left_out, shown)


def _wish(asked: KpiId) -> Wish:
    if asked.by is not None:
        return Wish(asked.days, asked.by, asked.platforms, asked.campaign, asked.brand)
    # A campaign of one platform is a slice of its own; over several it is the whole of what is asked for.
    by_campaign = asked.campaign is not None and len(asked.platforms) == 1
    return Wish(asked.days, "campaign" if by_campaign else "total", asked.platforms, asked.campaign, asked.brand)


def _key(asked: KpiId) -> Key:
    if asked.by is None and (asked.campaign is None or len(asked.platforms) != 1):
        return Key()
    return Key(asked.platforms[0] if asked.platforms else None, asked.campaign, part=asked.part)


def _reasons(figure: Figure, steps: Sequence[Step], sources: Sequence[FileRows]) -> Iterator[str]:
    """Say why a number differs from what was shown; nothing when it does not."""
    if figure.inputs.get("exact") == exact(steps[0].outcome.value):
        return
    then = figure.inputs.get("facts")
    yield from differences(_texts(then), steps)
    for source in sources:
        if source.file.imported_at > figure.shown_at:
            yield f"{source.file.name} was imported after it was shown"
    if figure.formula != steps[0].formula:
        yield f"its formula was {figure.formula} then"


def _texts(stored: Json) -> Mapping[str, str]:
    return {name: str(value) for name, value in stored.items()} if isinstance(stored, dict) else {}
