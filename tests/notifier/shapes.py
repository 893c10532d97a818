"""Digests of five shapes, each number chosen by hand: what readers meet beside an ordinary week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from config.settings import Brand
from notifier.digest.contents import Digest
from notifier.languages.speech import ENGLISH, Speech
from storage.records import Coverage, Gap, Label, Span, VoiceCount
from tests.notifier import campaign_samples, samples
from tests.notifier.samples import BRANDS, WEEK, count, coverage, digest, snapshot, story, voices

DEAF_FROM = WEEK.end - timedelta(days=4, hours=6)
NAMES = (
    "\uc774\ub2c8\ud14d \uc18c\ud504\ud2b8\uc6e8\uc5b4",
    "\u682a\u5f0f\u4f1a\u793e\u30a4\u30cb\u30c6\u30c3\u30af",
    "\u5317\u4eac\u5e02\u71d5\u5c71\u8f6f\u4ef6\u6709\u9650\u516c\u53f8",
    "Gesellschaft f\u00fcr Gro\u00dfrechenanlagen",
    "Donaudampfschifffahrtselektrizit\u00e4tenwerk",
    "\u0411\u0443\u043b\u043e\u0447\u043d\u0430\u044f \u21162",
)


def normal(speech: Speech = ENGLISH) -> Digest:
    """A week with much to tell."""
    return digest(speech=speech)


def quiet(speech: Speech = ENGLISH) -> Digest:
    """A week in which every source was heard and nobody named a brand."""
    nobody = voices(*(count(brand.slug, 0, 0, 0) for brand in BRANDS))
    heard, nothing = coverage(gaps=(), share=1.0), samples.days(brands=())
    return digest(
        snapshot(nobody, heard=heard, campaigns=campaign_samples.QUIET, trend=nothing), {}, problems=(), speech=speech
    )


def blind(speech: Speech = ENGLISH) -> Digest:
    """A week of two sources, one of which was refused from Wednesday evening on."""
    deaf = Gap("reddit:r/SaaS", Span(DEAF_FROM, WEEK.end), "auth")
    heard = voices(
        count("acme", 31, 40, 12, engagement=801),
        count("globex", 60, 71, 22, engagement=2_310, no_words=3),
        count("initech", 1, 0, 2),
    )
    deaf_days = [date(2013, 8, 8) + timedelta(days=place) for place in range(4)]
    seen = snapshot(heard, heard=Coverage(WEEK, 2, 0.696, (deaf,)), campaigns=None, trend=samples.days(deaf=deaf_days))
    problem = "reddit:r/SaaS: auth: HTTP 401; renew client_secret at reddit.com/prefs/apps, since 7 August 2013, 18:00"
    return digest(seen, {"acme": samples.STORIES["acme"]}, problems=(problem,), speech=speech)


def alone(speech: Speech = ENGLISH) -> Digest:
    """A week of one brand without competitors."""
    brands = BRANDS[:1]
    now = voices(count("acme", 120, 130, 43, engagement=12_345, ko=96, no_words=23), brands=brands)
    past = voices(count("acme", 90, 100, 40, ko=70), brands=brands)
    seen = snapshot(now, past, heard=coverage(share=1.0, gaps=()), campaigns=None, trend=samples.days(brands))
    return digest(seen, {"acme": samples.STORIES["acme"]}, brands, problems=(), speech=speech)


def hundreds(speech: Speech = ENGLISH) -> Digest:
    """A week of 300 brands in the order of their names, two of them own; one of five was named."""
    brands = crowd(300)
    named = [brand for place, brand in enumerate(brands) if place % 5 == 0]
    now = {brand.slug: count(brand.slug, *_moods(place), engagement=17 * place) for place, brand in enumerate(named)}
    past = {brand.slug: count(brand.slug, *_moods(place + place % 7)) for place, brand in enumerate(named)}
    seen = snapshot(
        voices(*(now.get(brand.slug) or VoiceCount(brand.slug) for brand in brands), brands=brands),
        voices(*(past.get(brand.slug) or VoiceCount(brand.slug) for brand in brands), brands=brands),
        heard=coverage(gaps=tuple(_hole(place) for place in range(12)), share=0.93),
        campaigns=None,
        trend=samples.days(named),
    )
    told = {brand.slug: [story(brand.slug, f"{brand.name} in the news", label=Label.NEUTRAL, evidence=None)]
            for brand in named[-12:]}  # fmt: skip
    problems = [f"rss:https://news{place}.example.org/feed.xml: server: HTTP 503" for place in range(12)]
    return digest(seen, told, brands, problems=problems, speech=speech)


def crowd(number: int) -> tuple[Brand, ...]:
    """Brands of which one that nobody names and the biggest are own; some have long names, or none in Latin letters."""
    own = (6, number - 5)
    titles = [NAMES[place // 20] if place % 20 == 5 and place // 20 < len(NAMES) else f"Brand {place:03}"
              for place in range(number)]  # fmt: skip
    return tuple(
        Brand(name=title, slug=f"b{place:03}", role="own" if place in own else "competitor", terms=(title,))
        for place, title in enumerate(titles)
    )


def _moods(place: int) -> tuple[int, int, int]:
    """Give few mentions to the first brands and many to the last, as they are in the world."""
    mentions = 1 + place**3 // 80
    return mentions // 4, mentions - mentions // 4 - mentions // 6, mentions // 6


def _hole(place: int) -> Gap:
    start = WEEK.start + timedelta(hours=place)
    return Gap(
        f"rss:https://news{place}.example.org/feed.xml", Span(start, start + timedelta(hours=13 - place)), "server"
    )


SHAPES: dict[str, Callable[..., Digest]] = {
    "normal": normal,
    "quiet": quiet,
    "blind": blind,
    "alone": alone,
    "hundreds": hundreds,
}
