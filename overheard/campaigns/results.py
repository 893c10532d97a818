"""What KPIs are computed of, for a stretch of days: campaign results, costs, constants and the voice of a brand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from config.campaign_settings import Cost
from config.findings import nearest
from overheard.app import App
from overheard.digests.heard import coverage_in
from scoring.campaign_facts import constants_of, estimates_of
from scoring.days import Days
from scoring.facts import Facts
from scoring.rates import Rates
from scoring.reach import Reached, reach_facts
from scoring.remarks import Remark
from scoring.slices import APART, By, Cut, Key, Ledger, LeftOut, costs_in, cut, days_of
from scoring.voice_facts import author_facts, voice_facts
from storage.campaign_records import CampaignSum
from storage.campaign_sums import campaign_sums, content_names
from storage.records import Span
from storage.voice import reach, voice
from storage.voice_people import authors_by_label, reaches

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which results are asked for."""

    days: Days
    by: By = "total"
    platforms: tuple[str, ...] = ()  # none: all
    campaign: str | None = None
    brand: str | None = None  # whose voice; None: the first own one's
    voice: bool = True  # False: nothing of what is asked for is of mentions


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice, and the same slice of the period before."""

    key: Key
    facts: Facts
    before: Facts
    rows: int  # of results
    name: str = ""  # of its part, for people; empty where it has none


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that KPIs are computed of."""

    wish: Wish
    before: Days
    brand: str  # whose voice it is
    slices: tuple[Slice, ...]
    left_out: tuple[LeftOut, ...]
    unstated: Mapping[str, frozenset[str]]  # by fact: platforms with rows that do not state it
    refused: tuple[str, ...]  # which amounts cannot be had for want of a currency or a rate, with the remedy


def results(app: App, conn: Connection, wish: Wish) -> Results:
    """Give the slices that are asked for, each beside the one before. By day, that is the day before."""
    return _results(app, conn, wish, {})


def platforms_and_whole(app: App, conn: Connection, days: Days) -> tuple[Results, Results]:
    """Give the results by platform and those of all together, without the voice: of rows that are read once."""
    by_platform, whole = Wish(days, "platform", voice=False), Wish(days, voice=False)
    read = {some: list(sums_wanted(app, conn, whole, some)) for some in (days, days.before)}
    return _results(app, conn, by_platform, read), _results(app, conn, whole, read)


def _results(app: App, conn: Connection, wish: Wish, read: Mapping[Days, Iterable[CampaignSum]]) -> Results:
    brand = wish.brand or own_brand(app)
    before = Days(wish.days.start - _DAY, wish.days.end - _DAY) if wish.by == "day" else wish.days.before
    now, then = (_slices(app, conn, wish, days, read.get(days)) for days in (wish.days, before))
    step = _DAY if wish.by == "day" else timedelta(0)
    names = _names(conn, now.slices) if wish.by == "variant" else {}
    found = []
    for key, facts in now.slices.items():
        earlier = Key(key.platform, key.campaign, key.day - step if key.day else None, key.part)
        before_it, name = then.slices.get(earlier, Facts()), names.get(key, key.part or "")
        found.append(Slice(key, facts, before_it, _rows(now, key), name))
    refused = _refusals(now, then)
    return Results(wish, before, brand, tuple(found), now.cut.left_out, now.cut.unstated, refused)


def sums_wanted(app: App, conn: Connection, wish: Wish, days: Days, apart: Sequence[str] = ()) -> Iterator[CampaignSum]:
    """Give the sums of the rows that are asked for; alike in `apart` too, behind what the slices are told apart by."""
    stored = campaign_sums(
        conn,
        days.start,
        days.end,
        app.settings.currency,
        (*APART.get(wish.by, ()), *apart),
        campaigns=wish.campaign is not None or wish.by in {"campaign", "variant"},
        daily=wish.by == "day",
    )
    for row in stored:
        if (not wish.platforms or row.platform in wish.platforms) and wish.campaign in {None, row.campaign}:
            yield row


def costs_wanted(app: App, wish: Wish) -> list[Cost]:
    """Give the costs that may belong to what is asked for; those of a campaign alone are its own on any platform."""
    by_campaign = wish.campaign is not None or wish.by == "campaign"
    return [
        cost
        for cost in app.settings.costs
        if (not wish.platforms or cost.platform in wish.platforms or (by_campaign and cost.platform is None))
        and wish.campaign in {None, cost.campaign}
    ]


def facts_of_days(app: App, conn: Connection, wish: Wish) -> tuple[Facts, list[Facts]]:
    """Give the facts of all days together, and of each of them."""
    whole = _slices(app, conn, replace(wish, by="total"), wish.days).slices[Key()]
    return whole, list(_slices(app, conn, replace(wish, by="day"), wish.days).slices.values())


def unknown_platform(asked: Sequence[str], there: Sequence[str]) -> str | None:
    """Say which platform of these there are no results of, with the remedy; None: there are some of all."""
    for name in asked:
        if name not in there:
            meant = nearest(name, there)
            remedy = f"did you mean {meant}?" if meant else f"there are some of {', '.join(there) or 'none yet'}"
            return f"{name}: no results of it; {remedy}"
    return None


def own_brand(app: App) -> str:
    """Give the slug of the first brand of ours."""
    return next(brand.slug for brand in app.brands if brand.role == "own")


def span_of(app: App, days: Days) -> Span:
    """Give the times between which these days lie in the config's zone."""
    return days.span(app.zone)


def whole_days(app: App, window: Span) -> Days:
    """Give the days of a window from midnight to midnight; one that is running at its end is not among them."""
    return Days(window.start.astimezone(app.zone).date(), window.end.astimezone(app.zone).date())


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The slices of some days, with everything beside the results."""

    slices: Mapping[Key, Facts]
    cut: Cut


def _slices(app: App, conn: Connection, wish: Wish, days: Days, read: Iterable[CampaignSum] | None = None) -> _Stretch:
    """Give the slices of some days. `read`: their rows, where they were read already."""
    settings = app.settings
    social = frozenset(settings.business.social_platforms)
    ledger = Ledger(settings.currency, Rates(settings.rates), costs_wanted(app, wish), social)
    rows = sums_wanted(app, conn, wish, days) if read is None else read
    found = cut(rows, wish.by, days, ledger)
    keys: Sequence[Key] = tuple(found.slices)
    if wish.by == "total":
        keys = (Key(),)
    elif wish.by == "day":
        keys = tuple(Key(day=day) for day in days)
    estimates = estimates_of(settings.estimates, settings.currency)
    constants = {own: constants_of(settings.business, own) | estimates for own in {days_of(key, days) for key in keys}}
    whole: dict[Key, Facts] = {}
    for key in keys:
        own = days_of(key, days)
        facts = found.slices.get(key, Facts()) | costs_in(key, days, ledger) | constants[own]
        if wish.voice and key.platform is None and not wish.platforms and wish.campaign is None:
            facts |= _voice(app, conn, wish.brand or own_brand(app), own)
        whole[key] = facts
    return _Stretch(whole, found)


def _rows(stretch: _Stretch, key: Key) -> int:
    facts = stretch.cut.slices.get(key)
    return 0 if facts is None else facts.parts


def _names(conn: Connection, keys: Collection[Key]) -> Mapping[Key, str]:
    """Give what variants are called that their exports know by ids; the id behind a name that several have."""
    known = content_names(conn)
    names = {key: known.get((key.platform or "", key.part or ""), key.part or "") for key in keys}
    often = Counter((key.platform, key.campaign, name) for key, name in names.items())
    return {
        key: name if often[key.platform, key.campaign, name] == 1 else f"{name} ({key.part})"
        for key, name in names.items()
    }


def _refusals(*stretches: _Stretch) -> tuple[str, ...]:
    """Say which amounts are refused, and the remedy: of results by platform, and of other costs."""
    told: dict[str, None] = {}
    for stretch in reversed(stretches):  # the earlier days first, as their rates serve the later ones
        for why, platforms in stretch.cut.refused.items():
            told[Remark("{platforms}: {why}", platforms=", ".join(sorted(platforms)), why=why)] = None
        for facts in stretch.slices.values():
            if "other_costs" in facts.refused:
                told[Remark("costs: {why}", why=facts.refused["other_costs"])] = None
    return tuple(told)


def _voice(app: App, conn: Connection, brand: str, days: Days) -> Facts:
    """Give what was heard of a brand; nothing is known of days on which nothing was listened to."""
    window = span_of(app, days)
    counts = voice(conn, window, app.slugs)
    if not any(count.mentions for count in counts) and not coverage_in(app, conn, window, app.clock()).share:
        return Facts()
    return (
        voice_facts(counts, brand, reach(conn, window, app.slugs))
        | author_facts(authors_by_label(conn, window, brand))
        | reach_facts((Reached(*each) for each in reaches(conn, window, brand)), app.zone)
    )
