from __future__ import annotations

import pytest
from pydantic import ValidationError

from notifier.rules.keyword_hit import KeywordHit, KeywordHitSettings
from storage.alert_records import Alert
from storage.records import StoredMention
from tests.notifier.rules.watches import HOUR, NOON, brand, steady, stored, watch

BRANDS = brand(steady(1)), brand(steady(1), "globex", role="competitor")


def found(words: list[str], *fresh: StoredMention, brands: tuple[str, ...] = ()) -> list[Alert]:
    rule = KeywordHit(KeywordHitSettings.model_validate({"rule": "keyword_hit", "words": words, "brands": brands}))
    return list(rule.evaluate(watch(*BRANDS, fresh=fresh, since=NOON - HOUR)))


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("recall", "Acme announces a RECALL.", True),
        ("recall", "I recalled Acme", False),
        ("data breach", "Acme: data\n breach confirmed", True),
        ("data breach", "Acme data was breached", False),
        ("straße", "ACME IN DER STRASSE", True),
        ("c++", "Acme drops C++, they say", True),
        ("#fail", "acme #fail", True),
        ("리콜", "Acme 리콜 발표", True),
    ],
    ids=["letter case", "a longer word", "a phrase over lines", "its words apart", "folded", "signs", "tag", "hangul"],
)
def test_words_are_found_whole_and_folded(word: str, text: str, expected: bool) -> None:
    assert bool(found([word], stored("1", text))) is expected


def test_hits_of_one_word_and_brand_are_one_alert() -> None:
    fresh = stored("1", "Acme recall"), stored("2", "recall at Acme"), stored("3", "Globex recall", brands=("globex",))

    ours, theirs = found(["Recall", "breach"], *fresh)

    assert (ours.id, ours.brand, ours.lasting) == ("keyword_hit:acme/recall", "acme", False)
    assert ours.title == 'Acme: 2 new mentions with "Recall"'
    assert ours.body == "Came since 14 July 2026, 13:00: 2 in rss. The first of them: rss:1, rss:2."
    assert ours.evidence["mentions"] == ["rss:1", "rss:2"]
    assert theirs.id == "keyword_hit:globex/recall"


def test_only_the_brands_of_the_config_are_watched() -> None:
    fresh = stored("1", "Acme and Globex recall", brands=("acme", "globex"))

    assert [alert.brand for alert in found(["recall"], fresh, brands=("globex",))] == ["globex"]


@pytest.mark.parametrize("words", [[], [" "], None])
def test_a_rule_without_words_is_refused(words: object) -> None:
    with pytest.raises(ValidationError):
        KeywordHitSettings.model_validate({"rule": "keyword_hit", "words": words})
