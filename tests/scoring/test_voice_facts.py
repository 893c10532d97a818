from __future__ import annotations

from decimal import Decimal

from scoring.outcome import compute
from scoring.voice_facts import voice_facts
from storage.records import VoiceCount

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
    }
    assert compute("share_of_voice", found).value == 75


def test_what_the_sources_of_one_brand_do_not_count_makes_no_share_of_it() -> None:
    found = voice_facts([ACME, DEAF], "acme", {"acme": 100, "initech": None})

    assert found.known["mention_engagement"] == 10
    assert compute("share_of_voice_engagement", found).why == "missing tracked_engagement"
    assert compute("share_of_voice_reach", found).why == "missing tracked_reach"
