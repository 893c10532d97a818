"""What a KPI was made of: rows of imported files, costs of the config, and the rates that all of it was turned by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from config.campaign_settings import Cost
from overheard.app import App
from overheard.campaigns.results import Wish, costs_wanted, sums_wanted
from scoring.campaign_facts import OF_SOCIAL, costs_for, costs_of
from scoring.days import Days, through
from scoring.facts import FACTS, Quantity, Sort
from scoring.rates import NoRateError, Rates
from scoring.slices import Key, days_of, key_of
from storage.campaign_records import CampaignFile, CampaignSum
from storage.campaigns import files

_FILE = ("file_sha256",)
_ROW = ("file_sha256", "file_row", "campaign")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One imported row, with what it states of the facts that the KPI is computed of."""

    number: int  # as a spreadsheet counts
    platform: str
    campaign: str | None  # as it was called there
    days: Days
    currency: str | None  # as imported
    stated: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of one file that count."""

    file: CampaignFile
    count: int
    numbers: tuple[int, int]  # of the first and the last of them, as a spreadsheet counts
    sums: Mapping[tuple[str, str | None], Decimal]  # by (fact, currency as imported; None of what is no money)
    currencies: Collection[tuple[str | None, date]]  # of amounts, with the day whose rate counts
    rows: Sequence[ResultRow] = ()  # each of them, where they were asked for


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


def file_rows(
    app: App, conn: Connection, wish: Wish, key: Key, facts: Collection[str], *, each_row: bool
) -> list[FileRows]:
    """Give what the rows of a slice state of these facts, by file, the one imported last in front."""
    by_file: dict[str | None, list[CampaignSum]] = {}
    apart = _ROW if each_row else _FILE
    columns = _Columns(frozenset(facts), frozenset(app.settings.business.social_platforms))
    for found in sums_wanted(app, conn, wish, wish.days, apart):
        result = replace(found, apart=found.apart[: -len(apart)])
        if key_of(result, wish.by) == key and wish.days.holds(Days(found.start_day, found.end_day)):
            by_file.setdefault(found.apart[-len(apart)], []).append(found)
    return [
        _of_file(file, by_file[file.sha256], columns, each_row=each_row)
        for file in files(conn)
        if file.sha256 in by_file
    ]


def currency_of(fact: str, currency: str | None) -> str | None:
    """Give the currency of a fact as imported; None for what is no money, or where the export names none."""
    return currency if FACTS[fact].sort is Sort.MONEY else None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of rows count for a KPI."""

    facts: frozenset[str]  # that it is computed of
    social: frozenset[str]  # platforms

    def stated(self, found: CampaignSum) -> dict[str, Decimal]:
        """Give what rows state of the facts; those of social media are columns of social platforms alone."""
        own = {column for column, fact in OF_SOCIAL.items() if fact in self.facts}
        wanted = self.facts | own if found.platform in self.social else self.facts
        return {name: value for name, value in found.sums.items() if name in wanted}


def _of_file(file: CampaignFile, found: Sequence[CampaignSum], columns: _Columns, *, each_row: bool) -> FileRows:
    sums: dict[tuple[str, str | None], Decimal] = {}
    currencies: set[tuple[str | None, date]] = set()
    for each in found:
        for name, value in columns.stated(each).items():
            place = name, currency_of(name, each.currency)
            sums[place] = sums.get(place, Decimal(0)) + value
            if place[1] is not None:
                currencies.add((each.currency, Days(each.start_day, each.end_day).last))
    first, last = min(each.file_rows[0] for each in found), max(each.file_rows[1] for each in found)
    rows = sorted((_row(each, columns) for each in found), key=lambda row: row.number) if each_row else ()
    in_order = {place: sums[place] for place in sorted(sums, key=lambda place: (place[0], place[1] or ""))}
    return FileRows(file, sum(each.rows for each in found), (first, last), in_order, currencies, rows)


def _row(found: CampaignSum, columns: _Columns) -> ResultRow:
    days = Days(found.start_day, found.end_day)
    return ResultRow(found.file_rows[0], found.platform, found.apart[-1], days, found.currency, columns.stated(found))


def cost_parts(app: App, wish: Wish, key: Key, facts: Collection[str]) -> list[CostPart]:
    """Give what each cost of the config comes to in a slice, as far as these facts are made of it."""
    social = app.settings.business.social_platforms
    days, currency, rates = days_of(key, wish.days), app.settings.currency, Rates(app.settings.rates)
    if key.part is not None:
        return []
    return [
        CostPart(cost, shared, costs_of((cost,), days, rates, currency).known.get("other_costs"))
        for cost in costs_for(costs_wanted(app, wish), key.platform, key.campaign)
        if (shared := through(cost.start, cost.last).shared(days)).count
        and ("other_costs" in facts or ("social_costs" in facts and {cost.platform, key.platform} & set(social)))
    ]


def used_rates(app: App, sources: Iterable[FileRows], costs: Iterable[CostPart]) -> list[UsedRate]:
    """Give the rates that amounts of these rows and costs were converted by, each once."""
    usual, rates = app.settings.currency, Rates(app.settings.rates)
    of_costs = {(part.cost.currency, day) for part in costs for day in part.days}
    wanted = of_costs.union(*(source.currencies for source in sources))
    found: set[tuple[str, date, Decimal]] = set()
    for origin, day in wanted:
        if origin is not None and origin != usual:
            try:
                found.add((origin, *rates.valid(origin, usual, day)))
            except NoRateError:
                continue  # told as the reason why the amount is refused
    return [UsedRate(*each) for each in sorted(found)]
