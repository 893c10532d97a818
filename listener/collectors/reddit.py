"""Reddit: the newest posts and comments of subreddits, and a search of all Reddit for every brand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from config.secrecy import travels_safely
from config.settings import Brand, SourceSettings
from config.values import Secret
from listener.clean import http_url, shorten, tidy
from listener.contract import CollectError, CollectorResult, Equipment, Query, Skipped
from storage.records import Cursor, Json, Kind, Mention, Reason, Span

if TYPE_CHECKING:
    from listener.reddit_session import RedditSession

_PAGE = 100  # items a request, the most that Reddit gives
_PAGES = 10  # of a listing; Reddit ends it after about 1,000 items
_OVERLAP = timedelta(minutes=30)  # what moderators let through late appears further down
_AHEAD = timedelta(days=1)  # clocks differ; a time beyond that is none, and must never become our position
_LONGEST_SEARCH = 512  # characters that Reddit takes
_SITE = "https://www.reddit.com"
_GONE = frozenset({"[deleted]", "[removed]", "[ Removed by Reddit ]"})


def _trustworthy(url: str) -> str:
    if travels_safely(url):
        return url.rstrip("/")
    raise ValueError("credentials are sent there: write https://..., plain http only for this machine")


Subreddit = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+]{2,100}$")]


class RedditSettings(SourceSettings):
    """Subreddits and a search, read with the credentials of an app that you register at Reddit."""

    type: Literal["reddit"] = "reddit"
    subreddits: tuple[Subreddit, ...] = ()
    """Names without "r/"."""
    comments: bool = True
    """Also read the comments of these subreddits."""
    search: bool = False
    """Also search all of Reddit for every brand. Finds posts, not comments."""
    client_id: Secret
    """Of the app that you registered (type "script")."""
    client_secret: Secret
    """Of the same app."""
    user_agent: Annotated[str, Field(min_length=8)] = "linux:overheard:0.1 (brand monitoring)"
    """Who asks, with the [network] contact when left out; Reddit wants "platform:app:version (by /u/you)"."""
    base_url: Annotated[str, AfterValidator(_trustworthy)] = ""
    """Another address for Reddit's API, for tests; https, or http on this machine."""

    @field_validator("subreddits")
    @classmethod
    def _not_empty(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:  # written out, that is: left out, the search alone may do
            raise ValueError('empty; list at least one, for example ["python"]')
        return names

    @model_validator(mode="after")
    def _something_to_read(self) -> RedditSettings:
        if not self.subreddits and not self.search:
            raise ValueError('reads nothing; list subreddits = ["..."], or set search = true')
        return self


@dataclass(slots=True)
class _Haul:
    """What one walk down a listing brought."""

    mentions: list[Mention] = field(default_factory=list)
    deletions: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    newest: float | None = None  # created_utc
    oldest: float | None = None
    reached: bool = False  # the old position, or the listing's natural end


class RedditCollector:
    """Reads one reddit source."""

    Settings: ClassVar[type[SourceSettings]] = RedditSettings

    def __init__(self, settings: RedditSettings, equipment: Equipment) -> None:
        self._settings = settings
        self._clock = equipment.clock
        self._contact = equipment.contact
        self._searches = packed_searches(equipment.brands) if settings.search else {}
        self._session: RedditSession | None = None

    def queries(self) -> Sequence[Query]:
        """Give one query a listing: new posts and comments of each subreddit, and each search."""
        settings = self._settings
        listings = ["new", "comments"] if settings.comments else ["new"]
        targets = [f"r/{name}/{listing}" for name in settings.subreddits for listing in listings]
        targets += [f"search/{slugs}" for slugs in self._searches]
        prefix = settings.name or settings.type
        return tuple(Query(f"{prefix}:{target}", settings.type, target, settings) for target in targets)

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        """Give what is new since `cursor`, and what has been seen lately once more, with its present votes."""
        known = _moment(cursor.get("newest"), self._latest())
        haul = self._walk(query, known)
        newest = max((each for each in (known, haul.newest) if each is not None), default=None)
        return CollectorResult(
            tuple(haul.mentions),
            {"newest": newest} if newest is not None else dict(cursor),
            deletions=tuple(haul.deletions),
            covered=self._covered(haul, known),
            skipped=tuple(haul.skipped),
        )

    def _latest(self) -> float:
        """Give the last second that an item can have been written at."""
        return (self._clock() + _AHEAD).timestamp()

    def _walk(self, query: Query, known: float | None) -> _Haul:
        """Read a listing from its newest item down to the old position, page by page."""
        haul, after, latest = _Haul(), "", self._latest()
        enough = None if known is None else known - _OVERLAP.total_seconds()
        for page in range(_PAGES):
            children, after = self._page(query.target, after)
            for child in children:
                _take(child, haul, latest, self._settings.language)
            met = enough is not None and haul.oldest is not None and haul.oldest < enough
            haul.reached = met or (not after and page + 1 < _PAGES)
            if haul.reached or not after:
                break
        return haul

    def _covered(self, haul: _Haul, known: float | None) -> Span | None:
        """Give what the walk made known; None, all since the last poll, when it met the old position."""
        if haul.oldest is None or (known is not None and haul.reached):
            return None
        now = self._clock()
        return Span(min(datetime.fromtimestamp(haul.oldest, UTC), now), now)

    def _page(self, target: str, after: str) -> tuple[list[Json], str]:
        params: dict[str, str | int] = {"limit": _PAGE}
        if after:
            params["after"] = after
        path = f"{target}/" if target.endswith("/comments") else target
        if target.startswith("search/"):
            path, words = "r/all/search/", self._searches[target.removeprefix("search/")]
            params |= {"q": words, "sort": "new", "restrict_sr": "False", "syntax": "lucene", "t": "all"}
        listing = self._reddit().get(path, params)
        data = listing.get("data") if isinstance(listing, dict) else None
        children = data.get("children") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(children, list):
            raise CollectError("reddit", Reason.MALFORMED, "Reddit's answer is not a listing")
        following = data.get("after")
        return children, following if isinstance(following, str) else ""

    def _reddit(self) -> RedditSession:
        if self._session is None:
            from listener.reddit_session import RedditSession  # noqa: PLC0415  # PRAW: 0.3 s that others need not pay

            settings = self._settings
            self._session = RedditSession(
                client_id=settings.client_id.reveal(),
                client_secret=settings.client_secret.reveal(),
                user_agent=told_agent(settings, self._contact),
                base_url=settings.base_url,
                clock=self._clock,
            )
        return self._session


def told_agent(settings: RedditSettings, contact: str) -> str:
    """Give how we name ourselves: as the source says or, when it says nothing, with the [network] contact in it."""
    shown = "".join(letter for letter in contact if letter.isprintable() and letter.isascii())
    if not shown or "user_agent" in settings.model_fields_set:
        return settings.user_agent
    return f"{settings.user_agent.removesuffix(')')}; {shown})"


def packed_searches(brands: Sequence[Brand]) -> dict[str, str]:
    """Give as few searches as hold every brand's terms, each at most 512 characters: slugs -> what to search for."""
    searches: dict[str, str] = {}
    slugs: list[str] = []
    query = ""
    for brand in brands:
        for term in dict.fromkeys(_phrase(term) for term in brand.terms or (brand.name,)):
            longer = f"{query} OR {term}" if query else term
            if len(longer) > _LONGEST_SEARCH and query:
                _put(searches, slugs, query)
                slugs, longer = [], term
            query = longer
            if brand.slug not in slugs:
                slugs.append(brand.slug)
    if query:
        _put(searches, slugs, query)
    return searches


def _put(searches: dict[str, str], slugs: Sequence[str], query: str) -> None:
    name = "+".join(slugs)
    number = sum(each.partition("~")[0] == name for each in searches) + 1
    searches[name if number == 1 else f"{name}~{number}"] = query


def _phrase(term: str) -> str:
    return '"' + " ".join(term.replace('"', " ").split())[: _LONGEST_SEARCH - 2] + '"'


def _moment(written: Json, latest: float) -> float | None:
    """Give seconds since 1970; None for what is no number or lies behind `latest`, as a NaN does."""
    try:
        moment = float(written) if isinstance(written, (int, float, str)) else math.nan
    except (ValueError, OverflowError):
        return None
    return moment if 0 <= moment <= latest else None


def _take(child: Json, haul: _Haul, latest: float, language: str | None) -> None:
    """Add one item of a listing to what was brought; one that cannot be read is noted and left."""
    data = child.get("data") if isinstance(child, dict) else None
    name = str(data.get("name", "?")) if isinstance(data, dict) else "?"
    try:
        if not isinstance(data, dict) or not isinstance(child, dict):
            raise TypeError("not an object")  # noqa: TRY301  # one way out for all that is wrong with an item
        created = _moment(data["created_utc"], latest)
        if created is not None and not data.get("stickied"):  # pinned posts stand on top whatever their age
            haul.newest = created if haul.newest is None else max(haul.newest, created)
            haul.oldest = created if haul.oldest is None else min(haul.oldest, created)
        if _is_gone(data):
            haul.deletions.append(name)
        else:
            haul.mentions.append(_mention(str(child.get("kind")), data, created, language))
    except KeyError as missing:
        haul.skipped.append(Skipped(name, f"no {missing}"))
    except (TypeError, ValueError, OverflowError, OSError) as problem:
        haul.skipped.append(Skipped(name, str(problem)))


def _is_gone(data: Mapping[str, Json]) -> bool:
    text = data.get("selftext") or data.get("body")
    return text in _GONE or data.get("removed_by_category") is not None


def _mention(kind: str, data: Mapping[str, Json], created: float | None, language: str | None) -> Mention:
    """Give a post (t3) or comment (t1). Raises KeyError, TypeError or ValueError for what is neither."""
    if kind not in {"t1", "t3"}:
        raise ValueError(f"kind {kind} is neither post nor comment")
    is_post = kind == "t3"
    author = data.get("author")
    score = None if data.get("score_hidden") else data.get("score")
    parts = [score, data.get("num_comments")] if is_post else [score]
    counts = [max(0, int(count)) for count in parts if isinstance(count, (int, float))]
    reply_to = data.get("parent_id")
    return Mention(
        source="reddit",
        native_id=_text(data["name"]),
        url=http_url(_SITE + _text(data["permalink"])) if data.get("permalink") else None,
        title=shorten(tidy(_text(data["title"]))) if is_post else None,
        text=shorten(tidy(_text(data["selftext"] if is_post else data["body"]))),
        author=author if isinstance(author, str) and author not in _GONE else None,
        published_at=None if created is None else datetime.fromtimestamp(created, UTC),
        language=language,
        engagement=sum(counts) if counts else None,
        reply_to=reply_to if isinstance(reply_to, str) else None,
        kind=Kind.POST if is_post else Kind.COMMENT,
    )


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {type(value).__name__}")
    return value
