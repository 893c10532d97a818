"""Who is talked about how much, and how well: shares, their intervals, net sentiment. Of an empty set each is None.

The texts of the formulas are shown to users beside the numbers; code and text change together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final, Literal

from config.settings import Brand
from scoring.remarks import Remark
from storage.records import VoiceCount

SHARE_OF_VOICE: Final = Remark(
    "share of voice = the brand's mentions / mentions of all tracked brands; "
    "a mention that names k brands gives each 1/k, so shares add to 100 %"
)
INTERVAL: Final = Remark("95 % interval = Wilson score interval over the mentions heard")
NET_SENTIMENT: Final = Remark(
    "net sentiment = (positive - negative) / (positive + neutral + negative) mentions; unscored mentions are left out"
)
CHANGE: Final = Remark(
    "change = this window minus the one before; more than chance explains when the 95 % interval of the "
    "difference (Newcombe 1998) leaves out zero"
)
Interval = tuple[float, float, float]  # a value with the ends of its 95 % interval

NORMAL_95: Final = 1.959963984540054  # two-sided 95 % quantile of the normal distribution


@dataclass(frozen=True, slots=True)
class BrandVoice:
    """One brand's voice in a window, beside the others. Shares are fractions of all brands that were asked about."""

    brand: str  # slug
    name: str
    role: Literal["own", "competitor"]
    count: VoiceCount
    share: float | None  # by mentions, with fractional credit
    share_low: float | None  # 95 % interval of `share`
    share_high: float | None
    share_of_authors: float | None  # None too where a brand's sources name no author: see `known_authors`
    share_of_stories: float | None
    share_of_engagement: float | None  # None too where a brand's sources count none: see `known_engagement`
    net_sentiment: float | None  # -1..1
    mean_compound: float | None  # -1..1, over scored mentions
    scored: float | None  # fraction of the brand's mentions that have a sentiment


@dataclass(frozen=True, slots=True)
class ShareChange:
    """How a share moved between two windows."""

    points: float | None  # difference of the fractions: 0.05 is five points
    within_noise: bool | None  # its interval holds zero: the change may be chance
    note: str  # for people
    low: float | None = None  # 95 % interval of `points`
    high: float | None = None


def share_of_voice(counts: Iterable[VoiceCount], brands: Sequence[Brand]) -> tuple[BrandVoice, ...]:
    """Give each brand's voice, in the order of `brands`; a brand without a count was not heard at all.

    Counts of other brands are left out, of the sums too. See SHARE_OF_VOICE, INTERVAL and NET_SENTIMENT.
    """
    by_brand = {count.brand: count for count in counts}
    asked = [by_brand.get(brand.slug, VoiceCount(brand.slug)) for brand in brands]
    credit = sum(count.credit for count in asked)
    authors = _sum_of_known([known_authors(count) for count in asked])
    stories = sum(count.stories for count in asked)
    engagement = _sum_of_known([known_engagement(count) for count in asked])
    return tuple(
        BrandVoice(
            brand=count.brand,
            name=brand.name,
            role=brand.role,
            count=count,
            share=ratio(count.credit, credit),
            share_low=interval[0] if (interval := wilson(count.credit, credit)) else None,
            share_high=interval[1] if interval else None,
            share_of_authors=ratio(count.authors, authors),
            share_of_stories=ratio(count.stories, stories),
            share_of_engagement=ratio(count.engagement, engagement),
            net_sentiment=net_sentiment(count),
            mean_compound=ratio(count.compound_sum, scored_mentions(count)),
            scored=ratio(scored_mentions(count), scored_mentions(count) + count.unscored),
        )
        for brand, count in zip(brands, asked, strict=True)
    )


def share_in_group(brands: Sequence[str]) -> Remark:
    """Give the formula of a share among some brands alone, by their names."""
    return Remark(
        "share of voice = the brand's mentions / mentions of {brands}; "
        "a mention that names k tracked brands gives each 1/k, and the shares of these add to 100 %",
        brands=", ".join(brands),
    )


def change_of_share(now: BrandVoice, before: BrandVoice | None) -> ShareChange:
    """Give the change of a brand's share in points, and whether it is more than chance explains: see `newcombe`."""
    past, today = _with_interval(before), _with_interval(now)
    if past is None or today is None:
        return ShareChange(None, None, "n/a (nothing heard in one of the periods)")
    points, low, high = newcombe(today, past)
    within = low <= 0 <= high
    note = "within the range of chance" if within else "more than chance explains"
    return ShareChange(points, within, note, low, high)


def newcombe(one: Interval, other: Interval) -> Interval:
    """Give one share minus another with the 95 % interval of the difference; both come with their Wilson intervals.

    R.G. Newcombe, "Interval Estimation for the Difference between Independent Proportions", Statistics in Medicine 17
    (1998), 873-890, method 10.
    """
    by = one[0] - other[0]
    return by, by - hypot(one[0] - one[1], other[2] - other[0]), by + hypot(one[2] - one[0], other[0] - other[1])


def known_authors(count: VoiceCount) -> int | None:
    """Give how many authors named the brand; None when the sources of all its mentions named none."""
    return count.authors if count.with_author or not count.mentions else None


def known_engagement(count: VoiceCount) -> int | None:
    """Give the engagement of the brand's mentions; None when their sources count none."""
    return count.engagement if count.with_engagement or not count.mentions else None


def net_sentiment(count: VoiceCount) -> float | None:
    """Give (positive - negative) / (positive + neutral + negative), -1 to 1; None when nothing was scored."""
    return ratio(count.positive - count.negative, scored_mentions(count))


def scored_mentions(count: VoiceCount) -> int:
    """Give how many of the brand's mentions have a sentiment."""
    return count.positive + count.neutral + count.negative


def ratio(part: float, whole: float | None) -> float | None:
    """Give part / whole; None when the whole is 0 or unknown."""
    return part / whole if whole else None


def wilson(part: float, whole: float) -> tuple[float, float] | None:
    """Give the 95 % interval of the share `part / whole`; None when the whole is 0.

    Wilson score interval: E.B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal
    of the American Statistical Association 22 (1927), 209-212. It stays within 0..1 and is honest for few mentions.
    Reposts make mentions depend on each other, so it is narrower than the truth when stories spread.
    """
    if not whole:
        return None
    share = part / whole
    squared = NORMAL_95 * NORMAL_95
    middle = share + squared / (2 * whole)
    spread = NORMAL_95 * sqrt(max(share * (1 - share), 0.0) / whole + squared / (4 * whole * whole))
    scale = 1 + squared / whole
    # The clamps only undo rounding: an interval contains its share and stays within 0..1.
    low = min(max((middle - spread) / scale, 0.0), share)
    high = max(min((middle + spread) / scale, 1.0), share)
    return low, high


def _with_interval(voice: BrandVoice | None) -> Interval | None:
    """Give a share with the ends of its interval; None when there is none."""
    if voice is None or voice.share is None or voice.share_low is None or voice.share_high is None:
        return None
    return voice.share, voice.share_low, voice.share_high


def _sum_of_known(numbers: Sequence[int | None]) -> int | None:
    """Give the sum; None when one is unknown, as no share of it could be right."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
