"""From the file that a person wrote to frozen settings, or to everything that is wrong with it at once.

    read the file -> parse TOML -> validate each table -> compare tables -> Settings
         |                |               |                    |
         '----------------'---------------'--------------------'--> ConfigError with every Problem, in the file's order

Paths count from 1, as people do: `sources[2].urls` is in the second [[sources]] table; the line stands in front.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from config import lines as places
from config.alert_checks import check_alerting, check_alerts, check_escalation
from config.alert_settings import AlertSettings
from config.anchors import anchored
from config.brand_checks import check_brands, check_own, completed
from config.business_checks import check_business, check_costs, check_goals, check_rates, check_traffic_sources
from config.campaign_checks import brand_of, check_campaigns
from config.campaign_settings import Business, Cost, Goal, Rate, TrafficSource
from config.checks import (
    check_database_file,
    check_network,
    check_sentiment,
    check_slack,
    check_sources,
    check_top,
    check_twice,
)
from config.digest_checks import check_digests, grouped
from config.errors import ConfigError, Problem
from config.findings import Finding, nearest, problems
from config.kinds import Kinds, KindsOf
from config.secrecy import secret_in
from config.settings import Brand, Campaign, DigestSettings, Network, Settings, SourceSettings
from config.syntax import parse_toml, read_text
from config.wording import EXAMPLES, findings_of

Table = dict[str, Any]
_Model = TypeVar("_Model", bound=BaseModel)
_Kind = TypeVar("_Kind", SourceSettings, AlertSettings)


@dataclass(frozen=True, slots=True)
class _Choice(Generic[_Kind]):
    """A list of tables of several kinds, told apart by one key."""

    key: str  # [[sources]]
    by: str  # type
    noun: str  # "source type"
    kinds: KindsOf[_Kind]
    any_kind: type[_Kind]  # what all kinds have in common


def load(path: Path, kinds: Kinds) -> Settings:
    """Read and check a config file. Raises ConfigError with all problems."""
    return read_settings(read_text(path), path, kinds)


def read_settings(text: str, path: Path, kinds: Kinds) -> Settings:
    """Check a config's text. `path` names the file in errors, and relative paths inside count from its folder.

    Raises ConfigError with all problems.
    """
    data = parse_toml(text, path)
    if not data:
        problem = Problem("the file", "empty", f"remove it and run: overheard init {path}")
        raise ConfigError(str(path), [problem])
    reading = _Reading(anchored(data, PurePosixPath(path.parent)), kinds)
    settings = reading.settings()
    if isinstance(database := reading.data.get("database"), str):
        reading.findings += check_database_file(database, path)
    if reading.findings or settings is None:
        raise ConfigError(str(path), problems(reading.findings, places.line_numbers(text)))
    return settings.standing_in(path.parent)


class _Reading:
    """One pass over the parsed file that gathers findings instead of stopping at the first."""

    def __init__(self, data: Table, kinds: Kinds) -> None:
        self.data = data
        self.kinds = kinds
        self.findings: list[Finding] = list(_inline_secrets(data, ()))

    def settings(self) -> Settings | None:
        """Give the settings; None when anything was found."""
        brands = self._tables("brands", Brand)
        self.findings += check_brands(brands, {place: self.data["brands"][place] for place, _ in brands})
        if isinstance(self.data.get("brands"), list) and len(brands) == len(self.data["brands"]):
            self.findings += check_own(brands)
        sources = self._chosen(_Choice("sources", "type", "source type", self.kinds.sources, SourceSettings))
        self.findings += check_sources(sources)
        digests, known = self._tables("digests", DigestSettings), [completed(brand) for _, brand in brands]
        self.findings += check_digests(digests, known, self.data.get("slack"))
        alerts = self._chosen(_Choice("alerts", "rule", "alert rule", self.kinds.rules, AlertSettings))
        self.findings += check_alerts(alerts, known)
        if isinstance(alerting := self.data.get("alerting"), dict):
            self.findings += check_alerting(alerting)
            self.findings += check_escalation(alerting, self.data.get("slack"))
        campaigns = self._tables("campaigns", Campaign)
        self.findings += check_campaigns(campaigns, brands)
        self._business(known)
        if isinstance(slack := self.data.get("slack"), dict):
            self.findings += check_slack(slack)
        if network := self._table("network", Network):
            self.findings += check_network(network)
        if isinstance(sentiment := self.data.get("sentiment"), dict):
            self.findings += check_sentiment(sentiment)
        self.findings += check_top(*(self.data.get(key) for key in ("database", "currency", "languages")))
        whole = self._model(Settings, {**self.data, "sources": [], "alerts": []}, ())
        if self.findings or whole is None:
            return None
        filled = tuple(known)
        return whole.model_copy(
            update={
                "brands": filled,
                "campaigns": tuple(_assigned(campaign, filled) for _, campaign in campaigns),
                "digests": tuple(grouped(digest, filled) for _, digest in digests),
                "sources": tuple(source for _, source in sources),
                "alerts": tuple(alert for _, alert in alerts),
            }
        )

    def _business(self, brands: Sequence[Brand]) -> None:
        """Check what the config says about campaign results."""
        self.findings += check_rates(self._tables("rates", Rate))
        self.findings += check_costs(self._tables("costs", Cost))
        self.findings += check_goals(self._tables("goals", Goal), brands)
        self.findings += check_traffic_sources(self._tables("traffic_sources", TrafficSource))
        if business := self._table("business", Business):
            self.findings += check_business(business)

    def _model(self, model: type[_Model], table: Table, at: places.Path) -> _Model | None:
        """Validate one table. Strictly, as JSON: TOML has types, so "8" is no number, yet a list may become a tuple."""
        try:
            return model.model_validate_json(json.dumps(table, default=_plain), strict=True)
        except ValidationError as error:
            self.findings += findings_of(error, model, table, at)
        return None

    def _part(self, model: type[_Model], table: Table, at: places.Path) -> _Model | None:
        """Validate one table; when keys of it are wrong, what the others make, so that they are checked as well."""
        known = len(self.findings)
        whole = self._model(model, table, at)
        wrong = {finding.path[len(at)] for finding in self.findings[known:] if len(finding.path) > len(at)}
        if whole is not None or not wrong:
            return whole
        try:
            rest = {key: value for key, value in table.items() if key not in wrong}
            return model.model_validate_json(json.dumps(rest, default=_plain), strict=True)
        except ValidationError:
            return None

    def _table(self, key: str, model: type[_Model]) -> _Model | None:
        table = self.data.get(key)
        return self._part(model, table, (key,)) if isinstance(table, dict) else None

    def _tables(self, key: str, model: type[_Model]) -> list[tuple[int, _Model]]:
        """Validate [[key]] tables; those that pass come back with their place."""
        read = [(place, self._model(model, table, (key, place))) for place, table in self._numbered(key)]
        return [(place, item) for place, item in read if item is not None]

    def _numbered(self, key: str) -> list[tuple[int, Table]]:
        """Give the [[key]] tables, each with its place; [key] with single brackets is a finding."""
        tables = self.data.get(key)
        if isinstance(tables, dict):
            self.findings.append(Finding((key,), "one table, where a list of tables belongs", f"write [[{key}]]"))
        if key == "brands" and tables == []:
            self.findings.append(Finding((key,), "empty", f"add a table, for example {EXAMPLES[key]}"))
        if not isinstance(tables, list):
            return []
        for place, table in enumerate(tables):
            if not isinstance(table, dict):
                what = "not a table"
                self.findings.append(Finding((key, place), what, f"write [[{key}]] and its keys on lines of their own"))
        return [(place, table) for place, table in enumerate(tables) if isinstance(table, dict)]

    def _chosen(self, choice: _Choice[_Kind]) -> list[tuple[int, _Kind]]:
        """Validate the tables of a list whose kinds differ, each by the model of its kind."""
        key = choice.key
        found: list[tuple[int, _Kind]] = []
        for place, table in self._numbered(key):
            kind = table.get(choice.by)
            if kind is None or (isinstance(kind, str) and kind not in choice.kinds.names):
                self.findings.append(_unknown_kind(choice, place, kind))
                continue
            model = choice.kinds.settings_class(kind) if isinstance(kind, str) else choice.any_kind
            chosen = self._part(model, table, (key, place))
            if chosen is not None:
                found.append((place, chosen))
        self.findings += check_twice(key, self._numbered(key))
        if not isinstance(self.data.get(key, []), list | dict):
            remedy = f"write [[{key}]] for each {key.removesuffix('s')}"
            self.findings.append(Finding((key,), "not a list of tables", remedy))
        return found


def _unknown_kind(choice: _Choice[_Kind], place: int, kind: str | None) -> Finding:
    at = (choice.key, place, choice.by)
    names = choice.kinds.names
    known = ", ".join(names)
    if kind is None:
        return Finding(at, "missing", f'add it, for example {choice.by} = "{names[0]}"; known are {known}')
    meant = nearest(kind, names)
    article = "an" if choice.noun[0] in "aeiou" else "a"
    what = f"not {article} {choice.noun}"
    if not (secret_in(kind) or len(kind) > 60):  # noqa: PLR2004  # longer is no slip of the pen
        what = f'"{kind}" is {what}'
    return Finding(at, what, f'did you mean "{meant}"?' if meant else f"known are {known}")


def _assigned(campaign: Campaign, brands: Sequence[Brand]) -> Campaign:
    """Give a campaign with the slug of its brand, in whatever way the brand was named."""
    brand = brand_of(campaign, brands)
    return campaign.model_copy(update={"brand": brand.slug if brand else ""})


def _plain(value: object) -> str:
    """Write TOML's own dates and times as text: 08:30:00 without quotes is as good as "08:30"."""
    if isinstance(value, time):
        return value.isoformat("minutes") if not (value.second or value.microsecond) else value.isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"TOML has no {type(value).__name__}")


def _inline_secrets(value: object, at: places.Path) -> Iterator[Finding]:
    """Find whatever looks like a secret, in any key, known or not."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _inline_secrets(inner, (*at, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _inline_secrets(inner, (*at, place))
    elif isinstance(value, str) and at != ("database",) and (kind := secret_in(value)):
        what = f"{kind} may not stand in the config"
        yield Finding(at, what, "write env:NAME or file:PATH and keep it there; replace it, as others may have read it")
