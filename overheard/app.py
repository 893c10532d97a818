"""The open application: the config read, the database opened, and everything else made when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from config.database_url import database_url
from config.errors import ConfigError, SecretError
from config.load import load
from config.settings import Brand, Settings
from config.values import Secret
from listener.contract import Collector, Equipment, Query
from listener.registry import collector_class
from notifier.destinations import Destinations, fallback
from notifier.registry import channel_name
from overheard.clock import Clock, system_clock
from overheard.kinds import all_kinds
from overheard.logs import setup_logs
from storage.database import Database, open_database

if TYPE_CHECKING:
    from listener.http import SafeFetcher
    from listener.run import Ear
    from notifier.outbox import Pace
    from scoring.sentiment import SentimentGauge

_STORIES_LIVE = timedelta(days=14)  # a story takes new members for a week; another one for sources that are late


@dataclass
class App:
    """What every command works with."""

    path: Path
    settings: Settings
    database: Database
    clock: Clock

    @property
    def zone(self) -> ZoneInfo:
        """The zone of days and digest times."""
        zone: ZoneInfo = self.settings.timezone
        return zone

    @property
    def brands(self) -> tuple[Brand, ...]:
        """The brands of the config, in its order."""
        return self.settings.brands

    @property
    def slugs(self) -> tuple[str, ...]:
        """The ids of the brands, in the order of the config."""
        return tuple(brand.slug for brand in self.brands)

    @cached_property
    def collectors(self) -> Sequence[Collector]:
        """One collector per enabled source of the config."""
        equipment = equipped(self.settings, self.clock)
        return [collector_class(source.type)(source, equipment) for source in self.settings.sources if source.enabled]

    @cached_property
    def queries(self) -> Sequence[Query]:
        """Everything that is polled, over all enabled sources."""
        return [query for collector in self.collectors for query in collector.queries()]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all queries."""
        return tuple(query.key for query in self.queries)

    @cached_property
    def ear(self) -> Ear:
        """What turns mentions into what the store keeps; belongs to the thread that collects."""
        # Matching and scoring load tables and libraries that a command which only reads history does without.
        from listener.matching import Matcher  # noqa: PLC0415
        from listener.run import Ear  # noqa: PLC0415
        from listener.stories import StoryFinder  # noqa: PLC0415
        from storage.mentions import fingerprints  # noqa: PLC0415

        with self.database.read() as conn:
            known = fingerprints(conn, self.clock() - _STORIES_LIVE)
        return Ear(Matcher(self.brands), StoryFinder(known), self.gauge.whole, self.gauge.toward)

    @cached_property
    def gauge(self) -> SentimentGauge:
        """What scores texts."""
        from overheard.sentiment.models import taught  # noqa: PLC0415  # likewise
        from overheard.sentiment.scorers import gauge_of  # noqa: PLC0415  # tables that a reader of history does without

        return taught(gauge_of(self.settings), self.settings)

    @cached_property
    def channels(self) -> Destinations:
        """Where messages go, by the name that deliveries carry."""
        return Destinations(self.settings)

    @property
    def channel_name(self) -> str:
        """The channel that digests go to: Slack's bot, an incoming webhook, or the terminal."""
        return channel_name(self.settings)

    @property
    def fallback(self) -> str | None:
        """The destination that takes what another one refuses for good, if there is one."""
        return fallback(self.settings)

    @property
    def hears(self) -> bool:
        """Whether somebody listens to presses of buttons, so that messages may have some."""
        return self.settings.slack is not None and self.settings.slack.hears

    @property
    def grace(self) -> timedelta:
        """How long a delivery found half-sent waits before it is looked up."""
        slack = self.settings.slack
        return slack.resend_grace if slack is not None else timedelta(0)

    @cached_property
    def pace(self) -> Pace:
        """How fast each channel may be used, remembered from one round to the next."""
        from notifier.outbox import Pace  # noqa: PLC0415  # only what delivers needs it

        return Pace()

    @cached_property
    def rules(self) -> str:
        """The fingerprint of what decides matches and scores; it changes when they may.

        That is what the config says of brands, labels and languages, its lexicon files, and the versions of scorers.
        """
        from overheard.sentiment.lexicons import own_texts  # noqa: PLC0415  # as for `gauge`

        looks = {"brands": {"__all__": {"colour"}}}  # decide nothing
        chosen = self.settings.model_dump_json(include={"brands", "sentiment", "languages"}, exclude=looks)
        deciding = [chosen]
        with suppress(ConfigError):  # a digest goes out without its scorers; who collects is told what is wrong
            deciding += [*self.gauge.methods, *own_texts(self.settings)]
        return sha256("\n".join(deciding).encode()).hexdigest()[:12]


def equipped(settings: Settings, clock: Clock, fetcher: SafeFetcher | None = None) -> Equipment:
    """Give what the collectors of a config may use of the world."""
    from listener.http import SafeFetcher  # noqa: PLC0415  # commands that only read history need no network code

    network = settings.network
    return Equipment(fetcher or SafeFetcher(network, clock), clock, settings.brands, network.contact, settings.folder)


@contextmanager
def open_app(
    config_path: Path, *, create: bool = True, log_level: str = "warning", clock: Clock | None = None
) -> Iterator[App]:
    """Give the application of a config file; closes the database at the end.

    `create=False`: refuses when there is no database yet. Raises ConfigError, SecretError or StoreError.
    """
    setup_logs(log_level)
    clock = clock or system_clock()
    settings = load(config_path, all_kinds())
    address = database_url(settings.database)
    setup_logs(log_level, [*known_secrets(settings), *_password_in(address)])
    database = open_database(address, create=create)
    try:
        yield App(config_path, settings, database, clock)
    finally:
        database.close()


def _password_in(address: str) -> Iterator[str]:
    try:
        password = urlsplit(address).password
    except ValueError:
        return  # whoever opens it will say so
    if password:
        yield unquote(password)


def known_secrets(settings: BaseModel) -> Iterator[str]:
    """Give every secret of the config that can be resolved now, so that logs can be kept free of them."""
    for name in type(settings).model_fields:
        yield from _secrets_in(getattr(settings, name))


def _secrets_in(value: object) -> Iterator[str]:
    if isinstance(value, Secret):
        try:
            yield value.reveal()
        except SecretError:
            return  # whoever needs it will say so
    elif isinstance(value, BaseModel):
        yield from known_secrets(value)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _secrets_in(inner)
