"""`overheard check`: the truth about a config, line by line, each problem with its remedy."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
from pydantic import BaseModel
from sqlalchemy import make_url

from config.database_url import database_url
from config.errors import ConfigError, OverheardError, SecretError
from config.load import load
from config.settings import Settings
from config.values import Secret
from listener.contract import Collector, Query
from listener.http import SafeFetcher
from overheard.alerts import foresight
from overheard.calling import as_called
from overheard.campaigns.goals import goal_problems
from overheard.cli.check_digests import digest_lines, target
from overheard.cli.check_line import NOTE, OK, PROBLEM, Line
from overheard.cli.check_slack import slack_online, slack_pictures
from overheard.cli.described import described
from overheard.cli.group import FAILED, PARTLY, WRONG
from overheard.cli.options import config_option, format_option
from overheard.clock import Clock, system_clock
from overheard.kinds import all_kinds
from overheard.logs import setup_logs
from overheard.progress import progress
from overheard.remedies import told
from overheard.sentiment.lexicons import lexicon_scorers, own_events
from overheard.sentiment.models import enabled_model, shared, stale
from overheard.sentiment.scorers import chosen_scorer, gauge_of
from overheard.standing import Standing, stands
from overheard.stuck import moved, stuck
from overheard.tables import clean, local, print_json
from overheard.tasting import Tasted, collector_of, taste
from storage.database import open_database

_EMPTY = ": there is no database yet"  # as the store says it


@described("check", "overheard check", "overheard check --online")
@config_option
@format_option("text", "json")
@click.option("--online", is_flag=True, help="Also poll every source once and ask Slack; nothing is stored or posted.")
def command(*, config_path: Path, output: str, online: bool) -> int:
    """It prints a line for each thing that was checked: brands, secrets, database, sources, digests, alerts.

    Ends with 2 when the config is wrong or names what can never be reached, with 1 when the database, the channel or
    the outbox is, with 4 when a source is: a file that is not there, or with --online whatever does not answer.
    """
    setup_logs()
    settings = load(config_path, all_kinds())
    found: list[Line] = []
    for line in _lines(settings, config_path, online=online):
        found.append(line)
        if output == "text":  # at once, as sources may take their time
            click.echo(f"{line.standing:<7}  {line.subject}: {_said(line)}")
    if output == "json":
        told = [{"standing": line.standing, "subject": line.subject, "text": _said(line)} for line in found]
        print_json({"checks": told})
    codes = {line.code for line in found}
    return next((code for code in (WRONG, FAILED, PARTLY) if code in codes), 0)


def _lines(settings: Settings, config_path: Path, *, online: bool) -> Iterator[Line]:
    clock = system_clock()
    tables = (("brand", settings.brands), ("source", settings.sources), ("digest", settings.digests))
    counts = ", ".join(f"{len(found)} {name}{'' if len(found) == 1 else 's'}" for name, found in tables)
    yield Line(OK, "config", f"{config_path}: {counts}")
    yield from (*_secrets(settings), *_files(settings), *_models(settings), *_database(settings))
    collectors, lines = _collectors(settings, clock)
    yield from (
        *lines,
        *_queries(collectors),
        *digest_lines(settings, clock()),
        *slack_pictures(settings),
        *_alerts(settings),
        *_goals(settings),
    )
    if online:
        yield from _sources_online(collectors, settings)
        yield from slack_online(settings)
    elif settings.sources:
        yield Line(NOTE, "sources", "not asked; --online polls each of them once")


def _said(line: Line) -> str:
    return as_called(clean(line.text))


def _secrets(settings: Settings) -> Iterator[Line]:
    for where, secret in _referenced(settings, ""):
        try:
            secret.reveal()
        except SecretError as problem:
            yield Line(PROBLEM, where, str(problem), WRONG)
        else:
            yield Line(OK, where, f"{secret} is set")


def _referenced(value: object, where: str) -> Iterator[tuple[str, Secret]]:
    """Give every secret of the config with its place, counted as in error messages."""
    if isinstance(value, Secret):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _referenced(getattr(value, name), f"{where}.{name}" if where else name)
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _referenced(inner, f"{where}[{place + 1}]")


def _files(settings: Settings) -> Iterator[Line]:
    name = settings.network.ca_file
    if name is not None and os.access(Path(name).expanduser(), os.R_OK):
        yield Line(OK, "network.ca_file", f"{name} can be read")
    elif name is not None:
        yield Line(PROBLEM, "network.ca_file", f"{name} cannot be read; name a file of certificates in PEM form", WRONG)
    try:
        for language, scorer in lexicon_scorers(settings).items():
            yield Line(OK, f"sentiment.lexicons.{language}", f"texts are scored by {scorer.name}")
    except ConfigError as error:
        yield from (Line(PROBLEM, "sentiment.lexicons", line, WRONG) for line in str(error).splitlines())
    try:
        for language, own in own_events(settings).items():
            heard = f"{len(own.words)} events count for brands in {language}"
            yield Line(OK, f"sentiment.own_events.{language}", heard)
    except ConfigError as error:
        yield from (Line(PROBLEM, "sentiment.own_events", line, WRONG) for line in str(error).splitlines())
    for language in settings.sentiment.scorers:
        where = f"sentiment.scorers.{language}"
        try:
            yield Line(OK, where, f"texts are scored by {chosen_scorer(settings, language).name}")
        except ConfigError as error:
            yield from (
                Line(PROBLEM, where, line.removeprefix(f"{where}: "), WRONG) for line in str(error).splitlines()
            )


def _models(settings: Settings) -> Iterator[Line]:
    where = "sentiment.models"
    try:
        gauge = gauge_of(settings)
    except ConfigError:
        return  # told above
    for group, language in shared(settings):
        try:
            found = enabled_model(settings, group, language)
        except ConfigError as error:
            yield Line(PROBLEM, where, str(error), WRONG)
            continue
        why = stale(found.model, gauge) if found else None
        if found and why:
            yield Line(NOTE, where, f"{found.path} is not used: {why}")
        elif found:
            yield Line(OK, where, f"{group} in {language} is scored by {found.model.name}")


def _database(settings: Settings) -> Iterator[Line]:
    try:
        url = database_url(settings.database)
    except SecretError as problem:
        yield Line(PROBLEM, "database", str(problem), WRONG)
        return
    try:
        if stands(url) is Standing.ABSENT:
            path = Path(make_url(url).database or "").absolute()
            yield Line(OK, "database", f"{path}: not there yet; `overheard collect` makes it")
            return
        database = open_database(url, create=False)
        with database.read() as conn:
            yield Line(OK, "database", f"{database.address}: open")
            yield from _outbox(stuck(conn, settings.timezone))
            yield from (Line(PROBLEM, "outbox", sentence, FAILED) for sentence in moved(conn, settings.timezone))
        database.close()
    except OverheardError as problem:
        if _EMPTY in str(problem):  # a server's database without our tables: as good as an SQLite file not yet made
            yield Line(
                OK, "database", f"{str(problem).partition(_EMPTY)[0]}: not there yet; `overheard collect` makes it"
            )
        else:
            yield Line(PROBLEM, "database", str(problem), FAILED)


def _outbox(waiting: list[str]) -> Iterator[Line]:
    for sentence in waiting:
        yield Line(PROBLEM, "outbox", sentence, FAILED)
    if waiting:
        yield Line(NOTE, "outbox", "once that is mended, `overheard run` and `overheard digest --send` send it")


def _collectors(settings: Settings, clock: Clock) -> tuple[list[Collector], list[Line]]:
    collectors: list[Collector] = []
    lines: list[Line] = []
    fetcher = SafeFetcher(settings.network, clock)  # one for all, as it keeps apart what asks the same host
    for place, source in enumerate(settings.sources):
        where = f"sources[{place + 1}]"
        if not source.enabled:
            lines.append(Line(NOTE, where, f"{source.type}: paused (enabled = false)"))
            continue
        try:
            collectors.append(collector_of(source, settings, clock, fetcher))
        except OverheardError as problem:
            lines.append(Line(PROBLEM, where, str(problem), WRONG))
        lines += [Line(PROBLEM, where, text, WRONG) for text in dict.fromkeys(foresight.refused(source, settings))]
        lines += [Line(PROBLEM, where, text, PARTLY) for text in foresight.missing(source, settings)]
        lines += [Line(NOTE, where, text) for text in foresight.hasty(source)]
    lines += [Line(NOTE, "languages", text) for text in foresight.unscored(settings)]
    if not settings.sources:
        lines.append(Line(NOTE, "sources", "none, so nothing will be heard; add one with: overheard add rss"))
    return collectors, lines


def _queries(collectors: list[Collector]) -> Iterator[Line]:
    polled = Counter(query.key for collector in collectors for query in collector.queries())
    for key, times in polled.items():
        if times > 1:
            remedy = "remove one, or give one of the sources a `name`"
            yield Line(PROBLEM, key, f"polled by {times} sources; {remedy}", WRONG)


def _alerts(settings: Settings) -> Iterator[Line]:
    for place, alerts in enumerate(settings.alerts):
        about = f" of {', '.join(alerts.brands)}" if alerts.brands else ""
        text = f"{alerts.rule}{about}, to {target(settings)}"
        if alerts.enabled:
            yield Line(OK, f"alerts[{place + 1}]", text)
        else:
            yield Line(NOTE, f"alerts[{place + 1}]", f"{alerts.rule}: switched off")


def _goals(settings: Settings) -> Iterator[Line]:
    problems = list(goal_problems(settings))
    for place, goal in enumerate(settings.goals):
        where = f"goals[{place + 1}]"
        own = [Line(PROBLEM, key, problem, WRONG) for key, problem in problems if key.startswith(f"{where}.")]
        yield from own
        if not own:
            yield Line(OK, where, f"{goal.kpi} from {goal.baseline} to {goal.target} by {goal.end}")


def _sources_online(collectors: list[Collector], settings: Settings) -> Iterator[Line]:
    asked = [(collector, query) for collector in collectors for query in collector.queries()]
    with progress("asking the sources") as advance, ThreadPoolExecutor(settings.network.workers) as pool:

        def ask(one: tuple[Collector, Query]) -> Tasted:
            return taste(*one)

        for done, tasted in enumerate(pool.map(ask, asked), 1):
            advance(done, len(asked), tasted.query.key)
            yield _answer(tasted, settings)


def _answer(tasted: Tasted, settings: Settings) -> Line:
    if tasted.error is not None:
        return Line(PROBLEM, tasted.query.key, told(tasted.error.reason, tasted.error.detail), PARTLY)
    found = tasted.mentions
    dates = [mention.published_at for mention in found if mention.published_at is not None]
    newest = f", the newest of {local(max(dates), settings.timezone)}" if dates else ""
    skipped = len(tasted.result.skipped) if tasted.result else 0
    unread = f", {skipped} could not be read" if skipped else ""
    return Line(OK, tasted.query.key, f"{len(found)} items{newest}{unread}")
