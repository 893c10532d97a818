from __future__ import annotations

from decimal import Decimal

from scoring.outcome import compute
from scoring.voice_facts import author_facts, voice_facts
from storage.records import Label, VoiceCount

ACME = VoiceCount("acme", mentions=6, credit=4.5, positive=3, neutral=1, negative=2, engagement=10, with_engagement=2)
GLOBEX = VoiceCount(
    "globex", mentions=4, credit=1.5, positive=1, neutral=2, negative=1, engagement=30, with_engagement=1
)
DEAF = VoiceCount("initech", mentions=2, credit=2, neutral=2)


def test_a_brand_stands_beside_those_that_are_tracked() -> None:
    found = voice_facts([ACME, GLOBEX], "acme", {"acme": 100, "globex": 300})

    assert found.known == {
        "mentions": 6,
        "credit": Decimal("4.5"),
        "positive": 3,
        "neutral": 1,
        "negative": 2,
        "mention_engagement": 10,
        "mention_reach": 100,
        "tracked_credit": 6,
        "tracked_positive": 4,
        "tracked_neutral": 3,
        "tracked_negative": 3,
        "tracked_engagement": 40,
        "tracked_reach": 400,
        "best_mentions": 6,
        "best_reach": 300,
        "best_positive_share": 60,
        "best_engagement": Decimal("7.5"),
    }
    assert compute("share_of_voice", found).value == 75


def test_what_the_sources_of_one_brand_do_not_count_makes_no_share_of_it() -> None:
    found = voice_facts([ACME, DEAF], "acme", {"acme": 100, "initech": None})

    assert found.known["mention_engagement"] == 10
    assert compute("share_of_voice_engagement", found).why == "missing tracked_engagement"
    assert compute("share_of_voice_reach", found).why == "missing tracked_reach"


def test_the_brand_that_leads_in_everything_has_the_highest_rank_there_is() -> None:
    leader = VoiceCount("acme", mentions=9, credit=9, positive=8, negative=1, engagement=90, with_engagement=9)
    follower = VoiceCount("globex", mentions=3, credit=3, positive=1, negative=1, engagement=3, with_engagement=1)

    assert compute("composite_rank", voice_facts([leader, follower], "acme", {"acme": 9, "globex": 3})).value == 8
    # 3 x 3/9 + 2 x 3/9 + 2 x (1/2)/(8/9) + 1 x 1/10
    found = compute("composite_rank", voice_facts([leader, follower], "globex", {"acme": 9, "globex": 3})).value
    assert isinstance(found, Decimal)
    assert round(found, 10) == Decimal("2.8916666667")


def test_a_brand_that_nobody_judges_leads_in_no_sentiment() -> None:
    silent = VoiceCount("globex", mentions=0, credit=0)
    found = voice_facts([ACME, silent], "acme", {"acme": 100, "globex": 0})

    assert found.known["best_positive_share"] == 60
    assert compute("composite_rank", found).value == 8


def test_without_the_reach_of_a_brand_there_is_no_best_and_no_rank() -> None:
    found = voice_facts([ACME, GLOBEX], "acme", {"acme": 100, "globex": None})

    assert compute("composite_rank", found).missing == ("best_reach",)


def test_authors_are_facts_where_some_are_named() -> None:
    found = author_facts({Label.POSITIVE: 3, Label.NEUTRAL: 1, Label.NEGATIVE: 0})

    assert compute("author_sentiment", found).value == Decimal("87.5")
    assert author_facts({}).known == {}
