"""Snapshots and stories made for these tests, each number chosen by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from config.settings import Brand
from notifier.digest.composition import Digest, Period, compose
from notifier.digest.material import Material
from notifier.languages.speech import ENGLISH, Speech
from scoring.campaign_report import CampaignReport
from scoring.day import Day
from scoring.rising.topics import Rise, Sample, Silence, Text, Topic
from scoring.share_of_voice import BrandVoice
from scoring.snapshot import Snapshot
from storage.records import (
    BrandHit,
    Coverage,
    Gap,
    Kind,
    Label,
    Match,
    Mention,
    Sentiment,
    Span,
    StoredMention,
    Story,
    VoiceCount,
)
from tests.notifier import campaign_samples

PARIS = ZoneInfo("Europe/Paris")
WEEK = Span(datetime(2013, 8, 4, 22, tzinfo=UTC), datetime(2013, 8, 11, 22, tzinfo=UTC))
BEFORE = Span(datetime(2013, 7, 28, 22, tzinfo=UTC), datetime(2013, 8, 4, 22, tzinfo=UTC))
AT = datetime(2013, 8, 12, 6, 30, tzinfo=UTC)
BRANDS = (
    Brand(name="Acme", slug="acme", role="own", terms=("Acme",)),
    Brand(name="Globex", slug="globex", terms=("Globex",)),
    Brand(name="Initech", slug="initech", terms=("Initech",)),
)


def wilson(part: float, whole: float) -> tuple[float, float]:
    """The 95 % interval of a share, from the textbook."""
    z = 1.959963984540054
    share = part / whole
    middle = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max((middle - half) / scale, 0.0), min((middle + half) / scale, 1.0)


def count(brand: str, positive: int, neutral: int, negative: int, engagement: int = 0, **unscored: int) -> VoiceCount:
    """A brand's count in which every mention names it alone. `unscored`: how many by language or "no_words"."""
    why = sorted(unscored.items(), key=lambda item: (-item[1], item[0]))
    mentions = positive + neutral + negative + sum(unscored.values())
    return VoiceCount(
        brand=brand,
        mentions=mentions,
        credit=float(mentions),
        authors=mentions * 3 // 4,
        stories=mentions // 2,
        engagement=engagement,
        positive=positive,
        neutral=neutral,
        negative=negative,
        unscored=sum(unscored.values()),
        unscored_why=tuple(
            ("unscored: no words" if code == "no_words" else f"unscored:{code}", number) for code, number in why
        ),
        with_author=mentions,
        with_engagement=mentions,
    )


def voices(*counts: VoiceCount, brands: Sequence[Brand] = BRANDS) -> tuple[BrandVoice, ...]:
    """Shares and sentiments of counts, computed here and not by the code under test."""
    whole = sum(each.credit for each in counts)
    by_slug = {brand.slug: brand for brand in brands}
    found: list[BrandVoice] = []
    for each in counts:
        scored = each.positive + each.neutral + each.negative
        low, high = wilson(each.credit, whole) if whole else (None, None)
        found.append(
            BrandVoice(
                brand=each.brand,
                name=by_slug[each.brand].name,
                role=by_slug[each.brand].role,
                count=each,
                share=each.credit / whole if whole else None,
                share_low=low,
                share_high=high,
                share_of_authors=None,
                share_of_stories=None,
                share_of_engagement=None,
                net_sentiment=(each.positive - each.negative) / scored if scored else None,
                mean_compound=None,
                scored=scored / each.mentions if each.mentions else None,
            )
        )
    return tuple(found)


NOW_VOICES = voices(
    count("acme", 120, 130, 43, engagement=12_345, ko=96, no_words=23),
    count("globex", 200, 300, 100, engagement=98_765, unknown=20),
    count("initech", 4, 3, 9, engagement=77),
)
PAST_VOICES = voices(
    count("acme", 90, 100, 40, ko=70),
    count("globex", 250, 310, 60, ko=30),
    count("initech", 20, 10, 6, ko=2),
)
DEAF = date(2013, 7, 20), date(2013, 7, 21)


def days(
    brands: Sequence[Brand] = BRANDS, last: date = date(2013, 8, 11), deaf: Sequence[date] = DEAF, number: int = 28
) -> tuple[Day, ...]:
    """Days on which the first brand rises, the second one keeps a rhythm of weeks, and the rest is hardly named."""
    found: list[Day] = []
    for place in range(number):
        day = last - timedelta(days=number - 1 - place)
        rising, weekly, rare = 20 + place, 90 - 40 * (day.weekday() > 4), place % 3
        kinds = (rising // 2, rising // 3, rising // 6), (weekly // 3, weekly // 3, weekly // 6), (0, rare, rare // 2)
        heard = [] if day in deaf else brands
        voices = {brand.slug: count(brand.slug, *kinds[min(at, 2)]) for at, brand in enumerate(heard)}
        found.append(Day(day, voices, {"reddit:r/SaaS": 0.2 if day in deaf else 1.0, "rss:a": 0.7}))
    return tuple(found)


HOLE = Gap("reddit:r/SaaS", Span(WEEK.start, WEEK.start + timedelta(hours=3)), "rate_limited")


def coverage(window: Span = WEEK, share: float | None = 0.98, gaps: tuple[Gap, ...] = (HOLE,)) -> Coverage:
    """A week that five queries listened to."""
    return Coverage(window, 0 if share is None else 5, share, gaps)


def snapshot(
    now: tuple[BrandVoice, ...] = NOW_VOICES,
    past: tuple[BrandVoice, ...] = PAST_VOICES,
    heard: Coverage | None = None,
    heard_before: Coverage | None = None,
    window: Span = WEEK,
    campaigns: CampaignReport | None = campaign_samples.REPORT,
    trend: Sequence[Day] | None = None,
) -> Snapshot:
    """A week and the one before; every mention names one brand, so totals are sums."""
    return Snapshot(
        at=AT,
        window=window,
        previous=BEFORE,
        voices=now,
        previous_voices=past,
        coverage=heard or coverage(),
        previous_coverage=heard_before or coverage(BEFORE, 1.0, ()),
        total=sum(voice.count.mentions for voice in now),
        previous_total=sum(voice.count.mentions for voice in past),
        baselines={},
        campaigns=campaigns,
        days=days() if trend is None else trend,
    )


def story(
    brand: str = "acme",
    title: str | None = "Acme opens its export to everybody",
    text: str = "Finally. The new Acme export is wonderful and saved our quarter.",
    url: str | None = "https://www.example.org/posts/1?a=1&b=2",
    label: Label = Label.POSITIVE,
    evidence: str | None = "The new Acme export is wonderful",
    *,
    engagement: int = 1234,
    mentions: int = 12,
    dated: bool = True,
) -> Story:
    """One story whose lead says what the arguments say."""
    mention = Mention(
        "reddit", "t3_1", url, title, text, "ann", WEEK.start + timedelta(hours=9), "en", 5, kind=Kind.POST
    )
    place: tuple[int, int] | None = None
    if evidence is not None and evidence in mention.body:
        start = mention.body.index(evidence)
        place = (start, start + len(evidence))
    mood = Sentiment(None if label is Label.UNSCORED else 0.5, label, "test", place, "en")
    hit = BrandHit(brand, (Match(brand, brand, 0, 4),), mood)
    lead = StoredMention(1, mention, dated, AT, None, 7, mood, (hit,))
    return Story(7, lead, mentions, engagement, ("reddit", "rss"))


STORIES: Mapping[str, Sequence[Story]] = {
    "acme": (
        story(),
        story(
            title=None,
            text="Acme support let me wait two weeks. It is a terrible experience, and nobody answered.",
            url="https://news.example.com/item?id=5",
            label=Label.NEGATIVE,
            evidence="It is a terrible experience",
            engagement=310,
            mentions=1,
        ),
    ),
    "globex": (
        story("globex", "Globex buys a rival", "No details.", "https://b\u00fccher.example/x", Label.NEUTRAL, None),
    ),
    "initech": (
        story("initech", "\uc774\ub2c8\ud14d \uc2e0\uc81c\ud488", "", None, Label.UNSCORED, None, dated=False),
    ),
}


def said(
    number: int,
    text: str,
    evidence: str | None,
    label: Label,
    brand: str = "acme",
    author: str | None = None,
    url: str | None = "https://forum.example.org/t/9",
) -> StoredMention:
    """A mention that may be quoted: what decided is a part of its text."""
    kept = story(brand, None, text, url, label, evidence).lead
    mention = replace(kept.mention, source="rss", native_id=str(number), author=author or f"author {number}")
    return replace(kept, id=number, mention=mention, story_id=number)


QUOTABLE: Mapping[str, Sequence[StoredMention]] = {
    "acme": (
        said(
            21,
            "We moved in May. The new Acme import is a joy, and it never fails.",
            "Acme import is a joy",
            Label.POSITIVE,
        ),
        said(
            22,
            "<!channel> Acme billed us twice and nobody answers.",
            "billed us twice",
            Label.NEGATIVE,
            url="https://shop.example.com/r/2",
        ),
    ),
    "globex": (said(23, "Globex lost our invoices again.", "lost our invoices", Label.NEGATIVE, "globex", url=None),),
    "initech": (),
}
PROBLEMS = ("rss:https://example.org/feed.xml: server: HTTP 503 since 5 August, 14:00",)


def _read(number: int, first: int = 0) -> list[Text]:
    return [Text(first + at, WEEK.start, at, "reddit.com", "reddit", at, frozenset()) for at in range(number)]


RISES: Mapping[str, Rise] = {
    "acme": Rise(
        (
            Topic("battery recall", ("#batterygate", "refund"), 19, 1, 17, 3.2e-9, (1,), WEEK.start),
            Topic("<!here> keynote", (), 6, 0, 6, 0.00011, (99,), WEEK.start),
        ),
        None, 310, 640, 280, 27, 412, Sample(_read(333), 412), Sample(_read(667), 1_400),
    ),
    "globex": Rise((), Silence.NOTHING, 300, 600, 250, 28, 500, Sample(_read(333), 620), Sample(_read(667), 2_400)),
    "initech": Rise((), Silence.SHORT, 16, 12, 14, 4, 0, Sample(_read(16), 16), Sample(_read(12), 12)),
}  # fmt: skip


def digest(
    seen: Snapshot | None = None,
    stories: Mapping[str, Sequence[Story]] = STORIES,
    brands: Sequence[Brand] = BRANDS,
    period: Period = "week",
    problems: Sequence[str] = PROBLEMS,
    speech: Speech = ENGLISH,
    quotable: Mapping[str, Sequence[StoredMention]] = QUOTABLE,
    late: int = 0,
) -> Digest:
    """The digest that most tests look at."""
    examples = {each.lead.id: each.lead for each in stories.get("acme", ())[:1]}
    risen = {slug: each for slug, each in RISES.items() if slug in stories}
    material = Material(risen, examples, {slug: each for slug, each in quotable.items() if slug in stories}, late)
    return compose(seen or snapshot(), stories, brands, PARIS, period, problems, speech=speech, material=material)
