"""What a KPI was made of: rows of imported files, costs of the config, and the rates that all of it was turned by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from config.campaign_settings import Cost
from overheard.app import App
from overheard.results import Wish, costs_wanted, sums_wanted
from scoring.campaign_facts import costs_for, costs_of
from scoring.days import Days, through
from scoring.facts import FACTS, Quantity, Sort
from scoring.rates import NoRateError, Rates
from scoring.slices import Key, days_of, key_of
from storage.campaigns import files
from storage.records import CampaignFile

_PLACE = ("campaign", "file_sha256", "file_row")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One imported row, with what it states of the facts that the KPI is computed of."""

    number: int  # as a spreadsheet counts
    platform: str
    campaign: str | None  # as it was called there
    days: Days
    currency: str | None  # as imported
    stated: Mapping[str, Decimal]

    def currency_of(self, fact: str) -> str | None:
        """Give the currency of a fact as imported; None for what is no money, or where the export names none."""
        return self.currency if FACTS[fact].sort is Sort.MONEY else None


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of one file that count."""

    file: CampaignFile
    rows: Sequence[ResultRow]  # by number

    @property
    def sums(self) -> Mapping[tuple[str, str | None], Decimal]:
        """What they state of each fact together, by (fact, currency as imported)."""
        found: dict[tuple[str, str | None], Decimal] = {}
        for row in self.rows:
            for name, value in row.stated.items():
                place = name, row.currency_of(name)
                found[place] = found.get(place, Decimal(0)) + value
        return found


@dataclass(frozen=True, slots=True)
class CostPart:
    """What a cost of the config comes to on the KPI's days."""

    cost: Cost
    days: Days  # of the KPI's, those that it is spread over
    part: Quantity | None  # in the currency of the config; None: no rate


@dataclass(frozen=True, slots=True)
class UsedRate:
    """A rate by which amounts were turned into the currency of the config."""

    origin: str
    day: date  # that it is written of
    rate: Decimal


def file_rows(app: App, conn: Connection, wish: Wish, key: Key, facts: Collection[str]) -> list[FileRows]:
    """Give the rows of a slice that state any of these facts, by file, the one imported last in front."""
    by_file: dict[str, list[ResultRow]] = {}
    for each in sums_wanted(app, conn, wish, wish.days, _PLACE):
        result = replace(each, apart=each.apart[: -len(_PLACE)])
        days = Days(each.start_day, each.end_day)
        stated = {name: value for name, value in each.sums.items() if name in facts}
        if stated and key_of(result, wish.by) == key and wish.days.holds(days):
            campaign, sha256, number = each.apart[-len(_PLACE) :]
            row = ResultRow(int(number or 0), each.platform, campaign, days, each.currency, stated)
            by_file.setdefault(sha256 or "", []).append(row)
    return [
        FileRows(file, sorted(by_file[file.sha256], key=lambda row: row.number))
        for file in files(conn)
        if file.sha256 in by_file
    ]


def cost_parts(app: App, wish: Wish, key: Key) -> list[CostPart]:
    """Give what each cost of the config comes to in a slice."""
    days, currency, rates = days_of(key, wish.days), app.settings.currency, Rates(app.settings.rates)
    if key.part is not None:
        return []
    return [
        CostPart(cost, shared, costs_of((cost,), days, rates, currency).known.get("other_costs"))
        for cost in costs_for(costs_wanted(app, wish), key.platform, key.campaign)
        if (shared := through(cost.start, cost.last).shared(days)).count
    ]


def used_rates(app: App, sources: Iterable[FileRows], costs: Iterable[CostPart]) -> list[UsedRate]:
    """Give the rates that amounts of these rows and costs were converted by, each once."""
    usual, rates = app.settings.currency, Rates(app.settings.rates)
    wanted = {
        (row.currency, row.days.last)
        for source in sources
        for row in source.rows
        if any(row.currency_of(name) for name in row.stated)
    } | {(part.cost.currency, day) for part in costs for day in part.days}
    found: set[tuple[str, date, Decimal]] = set()
    for origin, day in wanted:
        if origin is not None and origin != usual:
            try:
                found.add((origin, *rates.valid(origin, usual, day)))
            except NoRateError:
                continue  # told as the reason why the amount is refused
    return [UsedRate(*each) for each in sorted(found)]
