"""The shape of the config: frozen models, one per table of the file.

A source's own settings stand beside its collector (listener/collectors/<source>.py) as a subclass of `SourceSettings`;
`load` is handed those classes, so that this floor stays free of imports from above.
"""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr

from config.alert_settings import Alerting, AlertSettings
from config.campaign_settings import Business, Cost, Estimates, Goal, Rate, TrafficSource
from config.frozen import Frozen
from config.values import Clock, Colour, Day, Duration, Language, NotNegative, Secret, Zone


class Brand(Frozen):
    """A company or product that is listened for: ours, or a competitor's."""

    name: str
    """As shown in digests."""
    slug: str = ""
    """Short id used in commands, views and number ids; made of the name when left out."""
    role: Literal["own", "competitor"] = "competitor"
    """Whose it is."""
    terms: tuple[str, ...] = ()
    """Words or phrases that name the brand; the name itself when left out. Case does not count."""
    exclude: tuple[str, ...] = ()
    """Phrases that show another meaning: a text that holds one of them does not count for this brand."""
    domains: tuple[str, ...] = ()
    """The brand's own sites: what is published there is not a mention."""
    handles: tuple[str, ...] = ()
    """The brand's own accounts: what they write is not a mention."""
    colour: Colour | None = None
    """Its colour in pictures, made lighter or darker where it would not stand out; one is chosen when left out."""
    group: str = ""
    """Brands of one group share a learned model; those without one make the group `all`."""


class SourceSettings(Frozen):
    """What every source has; each collector adds its own keys in a subclass."""

    type: str
    """Which collector reads it."""
    name: str = ""
    """Prefix of this source's query keys, needed only when two sources of one type would share a key."""
    every: Duration = timedelta(minutes=15)
    """How often each query of the source is polled."""
    language: str | None = None
    """Language of everything from here (ISO 639-1), when known; otherwise it is detected."""
    enabled: bool = True
    """Set to false to pause the source and keep its place."""


class Network(Frozen):
    """Limits of every fetch."""

    allow_private: bool = False
    """Permit private and loopback addresses, and any port on them."""
    ports: tuple[int, ...] = (80, 443, 8080, 8443)
    """Ports that may be dialled."""
    deadline: Duration = timedelta(seconds=30)
    """Longest time for one fetch, from name lookup to the last byte."""
    max_megabytes: int = Field(default=15, ge=1, le=500)
    """Largest body, counted after decompression."""
    workers: int = Field(default=8, ge=1, le=64)
    """How many sources are polled at the same time; never two of one host."""
    contact: str = ""
    """Address or page put into the User-Agent, so that a site's owner can reach you."""
    ca_file: str | None = None
    """Certificates to trust in addition to the system's."""


class Slack(Frozen):
    """Where digests go. Either a bot token and a channel, or an incoming webhook."""

    token: Secret | None = None
    """Bot token. Scopes: chat:write, and channels:history or groups:history so that nothing is posted twice."""
    channel: str | None = None
    """Channel by its id, for example C0123456789, or by its name, for example "#brand-news" (scope channels:read)."""
    fallback: str | None = None
    """Another channel, by id or name: takes what a channel refuses for good, as when it is archived."""
    pictures: bool | None = None
    """Whether digests bring pictures; when left out, where a bot token is used and the extra `charts` is installed."""
    pictures_theme: Literal["light", "dark"] = "light"
    """The background that pictures are drawn for."""
    webhook: Secret | None = None
    """Incoming webhook address. Cannot be read back: after a crash while sending, one message may come twice."""
    base_url: str = "https://slack.com/api/"
    """Address of the Web API."""
    resend_grace: Duration = timedelta(seconds=60)
    """How long a delivery found half-sent waits before it is looked up in the channel."""
    app_token: Secret | None = None
    """App-level token: `overheard run` hears of buttons and commands over a web socket, with no open port."""
    signing_secret: Secret | None = None
    """Instead of `app_token`: the app's signing secret, by which posts to `listen` are known to be Slack's."""
    listen: str | None = None
    """With `signing_secret`: address and port where Slack's posts arrive, through a reverse proxy that speaks TLS."""
    users: tuple[str, ...] = ()
    """Ids of the people who may press buttons and ask; everybody in the channels when left out."""
    channels: tuple[str, ...] = ()
    """Channels where they may; those that the config posts to when left out."""

    @property
    def hears(self) -> bool:
        """Whether somebody listens to presses of buttons and to commands."""
        return self.token is not None and (self.app_token is not None or self.signing_secret is not None)


class DigestSettings(Frozen):
    """One digest: which period, when, and for whom."""

    period: Literal["day", "week", "month"]
    """`day` reports on yesterday, `week` on the seven days before, `month` on the calendar month before."""
    name: str = ""
    """Whose digest it is, for example a team: small letters, digits and hyphens. Needed for a second one per period."""
    at: Clock = time(8, 30)
    """Local time at which it is due."""
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    """On which day a weekly digest is due."""
    monthday: int = Field(default=1, ge=1, le=28)
    """On which day of the month a monthly digest is due, 1 to 28."""
    channel: str | None = None
    """Slack channel that it is posted in, by id or name; that of `[slack]` when left out."""
    timezone: Zone | None = None
    """Zone of its days and of `at`; that of the config when left out."""
    brands: tuple[str, ...] = ()
    """Names or slugs of the brands that it reports on, and among which shares are taken; all when left out."""
    template: Literal["full", "short", "executive"] = "full"
    """How much it tells: `short` has numbers and what changed most alone, `executive` campaigns and goals besides."""
    stories: int = Field(default=3, ge=0, le=10)
    """How many stories per brand are quoted."""
    language: Language = "en"
    """Language of its readers: English, French, Korean or Romanian."""


class Campaign(Frozen):
    """A campaign whose lift can be measured: whose it was, and from when to when."""

    name: str
    """As asked for by `overheard lift`."""
    brand: str = ""
    """Name or slug of the brand that it was for; your own brand when left out and there is only one."""
    start: Day
    """Its first day, for example 2026-05-01, in the zone of the config."""
    end: Day
    """Its last day."""
    spend: NotNegative | None = None
    """What it cost in all; taken from imported campaign results of the same name when left out."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """Currency of `spend` (ISO 4217); that of the config when left out."""


class Sentiment(Frozen):
    """How a compound score becomes a label."""

    positive_from: float = Field(default=0.05, gt=0, le=1)
    """Smallest compound that is called positive."""
    negative_from: float = Field(default=-0.05, ge=-1, lt=0)
    """Largest compound that is called negative."""
    events: bool = True
    """Whether events that come with Overheard ("outage", "raised prices") count for a brand; English."""
    own_events: dict[str, str] = Field(default={})
    """Your own events by language: lexicon files that are read beside ours. Relative paths count from the config."""
    opinions: bool = True
    """Whether opinions that VADER lacks ("overpriced", "a must") count for a brand; English."""
    scorers: dict[str, str] = Field(default={})
    """What scores a language in place of its lexicon: "vadersentiment-fr", or "onnx:" and the folder of a model."""
    lexicons: dict[str, str] = Field(default={})
    """Your own lexicon files by language, in place of those that come along. Relative paths count from the config."""
    models: str = "sentiment-models"
    """Folder of what `overheard sentiment train` learned. A relative path counts from the config."""


class Imports(Frozen):
    """Campaign results that come as files. Relative paths count from the config."""

    folder: str | None = None
    """Folder to watch: what appears in it is imported by `overheard run`, then moved to done/ or quarantine/."""
    mappings: str | None = None
    """Folder of your own formats, one TOML file each."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """Currency (ISO 4217) of exports in which nothing names one."""


class Settings(Frozen):
    """The whole config."""

    timezone: Zone = ZoneInfo("UTC")
    """Zone of days and digest times."""
    database: str = "sqlite:///overheard.db"
    """Where history is kept: an SQLite file or a PostgreSQL URL; env:NAME and file:PATH are understood."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    """Currency that money is reported in (ISO 4217)."""
    languages: tuple[str, ...] = ("en",)
    """Languages that texts may be in (ISO 639-1); detection chooses among them."""
    brands: tuple[Brand, ...]
    sources: tuple[SourceSettings, ...] = ()
    network: Network = Network()
    slack: Slack | None = None
    digests: tuple[DigestSettings, ...] = ()
    alerts: tuple[AlertSettings, ...] = ()
    alerting: Alerting = Alerting()
    campaigns: tuple[Campaign, ...] = ()
    sentiment: Sentiment = Sentiment()
    imports: Imports = Imports()
    rates: tuple[Rate, ...] = ()
    business: Business = Business()
    costs: tuple[Cost, ...] = ()
    goals: tuple[Goal, ...] = ()
    traffic_sources: tuple[TrafficSource, ...] = ()
    estimates: Estimates = Estimates()
    _folder: Path = PrivateAttr(default=Path())

    @property
    def folder(self) -> Path:
        """Where the config stands: a source's relative `path` counts from here. The current folder without a file."""
        return self._folder

    def standing_in(self, folder: Path) -> Settings:
        """Give the same settings as those of a config in this folder."""
        moved = self.model_copy()
        moved._folder = folder  # noqa: SLF001  # its own, on a fresh copy
        return moved
