"""History scored again by the scorers of today: page by page, each written in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Event

from listener.run import judged
from overheard.app import App
from overheard.progress import Advance
from scoring.sentiment import FAILED, SentimentGauge
from scoring.share_of_voice import net_sentiment
from storage.corrections import PERSON
from storage.mentions import MentionFilter, find, how_many
from storage.records import BrandHit, Label, Sentiment, Span, StoredMention, VoiceCount
from storage.relevance import hits_aside, labels_of
from storage.rescoring import Scored, rescore

_PAGE = 250  # mentions in a transaction: short enough that a person who corrects meanwhile hardly waits


@dataclass(slots=True)
class Tally:
    """What became of one brand's scores, as they count."""

    brand: str  # slug
    mentions: int = 0
    changed: int = 0  # with another compound or label
    corrected: int = 0  # left as a person says
    before: Counter[Label] = field(default_factory=Counter)
    after: Counter[Label] = field(default_factory=Counter)

    @property
    def net_before(self) -> float | None:
        """Net sentiment as it was; None where nothing was scored."""
        return _net(self.brand, self.before)

    @property
    def net_after(self) -> float | None:
        """Net sentiment as it is now."""
        return _net(self.brand, self.after)

    def add(self, before: Sentiment, after: Sentiment) -> None:
        """Count one mention."""
        self.mentions += 1
        self.before[before.label] += 1
        if before.method == PERSON:
            self.corrected += 1
            self.after[before.label] += 1
            return
        self.after[after.label] += 1
        self.changed += before.label != after.label or _rounded(before.compound) != _rounded(after.compound)


@dataclass(slots=True)
class Rescoring:
    """What a history came to that was scored again."""

    total: int  # mentions of the window
    mentions: int = 0  # of them looked at
    failed: int = 0  # of them left as they are, because a model could not read them
    tallies: dict[str, Tally] = field(default_factory=dict)  # by brand

    @property
    def finished(self) -> bool:
        """Whether all were looked at."""
        return self.mentions >= self.total


def rescore_history(
    app: App,
    gauge: SentimentGauge,
    window: Span,
    on_progress: Advance,
    *,
    dry_run: bool = False,
    stop: Event | None = None,
) -> Rescoring:
    """Score again what was published in a window, the newest first; with `dry_run` nothing is written.

    Brands are not looked for again: the places where they were found are scored. What a model cannot read keeps the
    scores that it has, as a broken one must not wipe out history. `stop` ends it after the page in hand; what is done
    is done, and another call does the rest. Who calls this holds the lease.
    """
    wanted = MentionFilter(since=window.start, until=window.end, limit=_PAGE)
    with app.database.read() as conn:
        done = Rescoring(how_many(conn, wanted))
    done.tallies = {slug: Tally(slug) for slug in app.slugs}
    order = {slug: place for place, slug in enumerate(app.slugs)}
    while not (stop and stop.is_set()):
        with app.database.read() as conn:
            page = find(conn, wanted)
            judged = labels_of(conn, [stored.id for stored in page])
        again = (_scored(gauge, order, stored, hits_aside(stored.id, judged)) for stored in page)
        scored = [one for one in again if not _failed(one)]
        if scored and not dry_run:
            with app.database.write() as conn:
                rescore(conn, scored, app.clock())
        done.mentions += len(page)
        done.failed += len(page) - len(scored)
        _count(done, scored)
        if len(page) < _PAGE:
            done.total = done.mentions
            break
        on_progress(done.mentions, done.total, f"{page[-1].mention.published_at:%Y-%m-%d}")
        wanted = replace(wanted, after_id=page[-1].id)
    return done


def _scored(
    gauge: SentimentGauge, order: Mapping[str, int], stored: StoredMention, aside: Sequence[BrandHit]
) -> Scored:
    hits = sorted([*stored.hits, *aside], key=lambda hit: (order.get(hit.brand, len(order)), hit.brand))
    body, language = stored.mention.body, stored.mention.language
    again = judged(body, language, {hit.brand: hit.matches for hit in hits}, gauge.toward)
    kept = tuple(replace(hit, sentiment=new.sentiment) for hit, new in zip(hits, again, strict=True))
    return Scored(stored, gauge.whole(body, language), kept)


def _failed(one: Scored) -> bool:
    return FAILED in {one.whole.reason, *(hit.sentiment.reason for hit in one.hits)}


def _count(done: Rescoring, scored: Sequence[Scored]) -> None:
    for one in scored:
        now = {hit.brand: hit.sentiment for hit in one.hits}
        for hit in one.stored.hits:
            done.tallies.setdefault(hit.brand, Tally(hit.brand)).add(hit.sentiment, now[hit.brand])


def _net(brand: str, labels: Counter[Label]) -> float | None:
    positive, neutral, negative = (labels[label] for label in (Label.POSITIVE, Label.NEUTRAL, Label.NEGATIVE))
    return net_sentiment(VoiceCount(brand, positive=positive, neutral=neutral, negative=negative))


def _rounded(compound: float | None) -> float | None:
    return None if compound is None else round(compound, 6)  # as the store keeps it
