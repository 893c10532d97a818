"""Shares, intervals and net sentiment, against numbers worked out elsewhere."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Brand
from scoring.share_of_voice import (
    INTERVAL,
    NET_SENTIMENT,
    SHARE_OF_VOICE,
    BrandVoice,
    ShareChange,
    change_of_share,
    known_authors,
    known_engagement,
    net_sentiment,
    share_of_voice,
    wilson,
)
from storage.records import VoiceCount

ACME = Brand(name="Acme", slug="acme", role="own")
GLOBEX = Brand(name="Globex", slug="globex")
INITECH = Brand(name="Initech", slug="initech")


def test_every_number_of_a_voice_is_the_one_worked_out_by_hand() -> None:
    counts = [
        VoiceCount("globex", 60, 50.0, 40, 30, 0, 5, 5, 10, 40, -4.0, 60, 7),
        VoiceCount("acme", 40, 30.0, 20, 10, 100, 20, 10, 10, 0, 12.0, 1, 40),
    ]
    acme, globex = share_of_voice(counts, [ACME, GLOBEX])
    assert (acme.brand, acme.name, acme.role, acme.count) == ("acme", "Acme", "own", counts[1])
    assert (acme.share, acme.share_of_authors, acme.share_of_stories) == (30 / 80, 20 / 60, 10 / 40)
    assert (acme.share_of_engagement, acme.net_sentiment, acme.mean_compound) == (1.0, 0.25, 0.3)
    assert (acme.scored, globex.scored) == (1.0, 20 / 60)
    assert (globex.role, globex.share, globex.net_sentiment, globex.mean_compound) == ("competitor", 0.625, -0.25, -0.2)
    # 30 of 80: middle (0.375 + 3.8415/160) / 1.04802, spread 1.96 x sqrt(0.375 x 0.625/80 + 3.8415/25600) / 1.04802
    assert acme.share_low == pytest.approx(0.2769, abs=5e-5)
    assert acme.share_high == pytest.approx(0.4845, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param((35, 59, 6), 0.29, id="35 % positive, 59 % neutral, 6 % negative: +29"),
        pytest.param((80, 100, 20), 0.30, id="80 positive, 20 negative, 100 neutral: 30"),
        pytest.param((0, 7, 0), 0.0, id="all neutral is a measured zero"),
        pytest.param((0, 0, 3), -1.0, id="all negative"),
        pytest.param((0, 0, 0), None, id="nothing scored is unknown"),
    ],
)
def test_net_sentiment_is_positive_less_negative_over_all_scored(
    counts: tuple[int, int, int], expected: float | None
) -> None:
    positive, neutral, negative = counts
    count = VoiceCount("acme", positive=positive, neutral=neutral, negative=negative, unscored=1000)
    assert net_sentiment(count) == expected


def test_a_quarter_of_all_impressions_is_a_share_of_a_quarter() -> None:
    voices = share_of_voice([VoiceCount("acme", credit=200_000), VoiceCount("globex", credit=600_000)], [ACME, GLOBEX])
    assert voices[0].share == 0.25


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), 857
        pytest.param(81, 263, 0.2553, 0.3662, id="81 of 263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1611, id="0 of 20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="1 of 29"),
        pytest.param(29, 29, 0.8830, 1.0, id="29 of 29"),
    ],
)
def test_wilson_interval_equals_the_published_one(part: float, whole: float, low: float, high: float) -> None:
    interval = wilson(part, whole)
    assert interval is not None
    assert interval[0] == pytest.approx(low, abs=5e-5)
    assert interval[1] == pytest.approx(high, abs=5e-5)


def test_the_interval_ends_where_the_score_test_turns() -> None:
    for part, whole in ((3.5, 17.0), (1.0, 4.0), (250.0, 1000.0)):
        interval = wilson(part, whole)
        assert interval is not None
        for end in interval:
            assert isclose(abs(part / whole - end) / sqrt(end * (1 - end) / whole), 1.959963984540054, rel_tol=1e-9)


def test_nothing_heard_makes_every_share_unknown() -> None:
    (acme,) = share_of_voice([], [ACME])
    assert acme == BrandVoice("acme", "Acme", "own", VoiceCount("acme"), *[None] * 9)


def test_brands_that_were_not_asked_about_do_not_enter_the_sums() -> None:
    counts = [VoiceCount("acme", 3, 3.0), VoiceCount("forgotten", 9, 9.0)]
    assert [voice.share for voice in share_of_voice(counts, [ACME, GLOBEX])] == [1.0, 0.0]


def test_no_brands_have_no_voices() -> None:
    assert share_of_voice([VoiceCount("acme", 3, 3.0)], []) == ()


COUNTS = st.builds(
    VoiceCount,
    brand=st.just(""),
    mentions=st.integers(0, 10**7),
    credit=st.integers(0, 10**12).map(lambda parts: parts / 720720),
    authors=st.integers(0, 10**6),
    stories=st.integers(0, 10**6),
    engagement=st.integers(0, 10**9),
    positive=st.integers(0, 10**6),
    neutral=st.integers(0, 10**6),
    negative=st.integers(0, 10**6),
    with_author=st.integers(0, 3),
    with_engagement=st.integers(0, 3),
)


def named(counts: list[VoiceCount]) -> tuple[list[VoiceCount], list[Brand]]:
    names = [f"b{number}" for number in range(len(counts))]
    relabelled = [replace(count, brand=name) for name, count in zip(names, counts, strict=True)]
    return relabelled, [Brand(name=name, slug=name) for name in names]


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_shares_add_to_one_and_lie_in_their_intervals(counts: list[VoiceCount]) -> None:
    voices = share_of_voice(*named(counts))
    for shares in (
        [voice.share for voice in voices],
        [voice.share_of_authors for voice in voices],
        [voice.share_of_stories for voice in voices],
        [voice.share_of_engagement for voice in voices],
    ):
        known = [share for share in shares if share is not None]
        assert known == [] or sum(known) == pytest.approx(1)
        assert len(known) in {0, len(voices)}
    for voice in voices:
        if voice.share is not None:
            assert voice.share_low is not None
            assert voice.share_high is not None
            assert 0 <= voice.share_low <= voice.share <= voice.share_high <= 1
        assert voice.net_sentiment is None or -1 <= voice.net_sentiment <= 1


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_the_order_of_counts_and_brands_changes_no_number(counts: list[VoiceCount]) -> None:
    relabelled, brands = named(counts)
    wanted = {voice.brand: voice.share for voice in share_of_voice(relabelled, brands)}
    for order in permutations(range(len(brands))):
        voices = share_of_voice(relabelled, [brands[place] for place in order])
        assert [voice.brand for voice in voices] == [brands[place].slug for place in order]
        assert {voice.brand: voice.share for voice in voices} == pytest.approx(wanted)


@given(st.integers(1, 400), st.integers(1, 400))
def test_more_of_the_same_narrows_the_interval(part: int, rest: int) -> None:
    few, many = wilson(part, part + rest), wilson(100 * part, 100 * (part + rest))
    assert few is not None
    assert many is not None
    assert few[0] < many[0] <= float(Fraction(part, part + rest)) <= many[1] < few[1]


def voice(part: float, whole: float) -> BrandVoice:
    counts = [VoiceCount("acme", credit=part), VoiceCount("globex", credit=whole - part)]
    return share_of_voice(counts, [ACME, GLOBEX])[0]


@pytest.mark.parametrize(
    ("now", "before", "within"),
    [
        pytest.param(voice(60, 100), voice(48, 100), True, id="hundreds of mentions"),
        pytest.param(voice(6, 10), voice(4.8, 10), True, id="few mentions"),
        pytest.param(voice(6, 10), voice(480, 1000), True, id="a wide one against a narrow one"),
        pytest.param(voice(480, 1000), voice(6, 10), True, id="the same, turned round"),
        pytest.param(voice(600, 1000), voice(4800, 10_000), False, id="many mentions"),
    ],
)
def test_a_change_of_share_says_whether_chance_explains_it(
    now: BrandVoice, before: BrandVoice, *, within: bool
) -> None:
    change = change_of_share(now, before)
    assert abs(change.points or 0) == pytest.approx(0.12)
    assert change.within_noise is within
    assert change.note == ("within the range of chance" if within else "more than chance explains")


def test_the_interval_of_a_change_is_the_published_one() -> None:
    """Newcombe 1998, table II, method 10, examples (a): 56/70 against 48/80, and (b): 9/10 against 3/10."""
    for now, before, low, high in (
        (voice(56, 70), voice(48, 80), 0.0524, 0.3339),
        (voice(9, 10), voice(3, 10), 0.1705, 0.8090),
    ):
        change = change_of_share(now, before)
        assert change.low == pytest.approx(low, abs=5e-5)
        assert change.high == pytest.approx(high, abs=5e-5)


def test_authors_and_engagement_that_a_brands_sources_do_not_tell_leave_all_shares_of_them_unknown() -> None:
    told = VoiceCount("acme", 4, 4.0, authors=3, engagement=5, with_author=4, with_engagement=1)
    silent = VoiceCount("globex", 4, 4.0)
    assert (known_authors(told), known_engagement(told), known_authors(silent), known_engagement(silent)) == (
        3, 5, None, None,
    )  # fmt: skip
    acme = share_of_voice([told, silent], [ACME, GLOBEX])[0]
    assert (acme.share_of_authors, acme.share_of_engagement) == (None, None)
    acme = share_of_voice([told], [ACME, GLOBEX])[0]  # nobody named Globex: that is a measured zero
    assert (acme.share_of_authors, acme.share_of_engagement) == (1.0, 1.0)
    assert (known_authors(VoiceCount("globex")), known_engagement(VoiceCount("globex"))) == (0, 0)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        pytest.param(voice(0, 0), voice(5, 10), id="nothing heard now"),
        pytest.param(voice(5, 10), voice(0, 0), id="nothing heard before"),
        pytest.param(voice(5, 10), None, id="a new brand"),
    ],
)
def test_a_change_from_or_to_nothing_is_unknown(now: BrandVoice, before: BrandVoice | None) -> None:
    expected = ShareChange(None, None, "n/a (nothing heard in one of the periods)")
    assert change_of_share(now, before) == expected


def test_three_brands_keep_the_order_of_the_config() -> None:
    voices = share_of_voice([VoiceCount("initech", 1, 1.0)], [GLOBEX, INITECH, ACME])
    assert [(voice.brand, voice.share) for voice in voices] == [("globex", 0.0), ("initech", 1.0), ("acme", 0.0)]


def _worked_out(formula: str, **numbers: float) -> float:
    """Work out what stands between "=" and ";" or the end in a sentence for users, with numbers in place of words."""
    expression = formula.partition(" = ")[2].partition(";")[0].removesuffix(" mentions")
    for words, number in sorted(numbers.items(), key=lambda item: -len(item[0])):
        expression = expression.replace(words.replace("_", " "), repr(number))
    assert set(expression) <= set("0123456789.+-/() "), f"not all of it is told: {expression}"
    return float(eval(expression, {"__builtins__": {}}))  # noqa: S307  # figures and operators alone, seen a line above


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50))
def test_formulas_shown_to_users_say_what_is_worked_out(positive: int, neutral: int, negative: int) -> None:
    count = VoiceCount("acme", 9, 9.0, positive=positive, neutral=neutral, negative=negative, unscored=3)
    said = _worked_out(NET_SENTIMENT, positive=positive, neutral=neutral, negative=negative)
    assert net_sentiment(count) == pytest.approx(said)

    acme, _ = share_of_voice([VoiceCount("acme", 9, float(negative)), VoiceCount("globex", 9, 7.5)], [ACME, GLOBEX])
    all_of_them = {"mentions_of_all_tracked_brands": negative + 7.5}
    assert acme.share == pytest.approx(_worked_out(SHARE_OF_VOICE, **{"the_brand's_mentions": negative}, **all_of_them))


def test_range_shown_to_users_is_the_one_that_its_name_says() -> None:
    assert INTERVAL == "95 % interval = Wilson score interval over the mentions heard"
    # 3 of 10, as published tables of the Wilson score interval have it
    assert wilson(3.0, 10.0) == pytest.approx((0.1078, 0.6032), abs=5e-5)
