"""Which language a text is in, and that no other one is taken for a configured one."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.language import language_of, normal_tag
from scoring.language_words import evidence

EIGHT = ("en", "de", "es", "fr", "it", "pt", "ro", "ko")
UNSPOKEN = re.compile(r"https?://\S+|www\.\S+|@\w+")
FOREIGN = [
    line.split("\t")
    for line in (Path(__file__).parent / "foreign_sentences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        (" pt-BR ", "pt"),
        ("zh-Hant-TW", "zh"),
        ("iw", "he"),
        ("nb-NO", "no"),
        ("eng", None),
        ("English", None),
        ("", None),
        (None, None),
        ("-", None),
    ],
)
def test_a_tag_becomes_its_two_letter_code(tagged: str | None, expected: str | None) -> None:
    assert normal_tag(tagged) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Our new phone has the best camera of them all", "en", id="English"),
        pytest.param("Le support d'AcmeCRM est catastrophique et personne ne répond", "fr", id="French"),
        pytest.param("Der Kundendienst von Acme ist wirklich schlecht geworden", "de", id="German"),
        pytest.param("Echipa AcmeCRM este groaznică și nu răspunde", "ro", id="Romanian"),
        pytest.param("AcmeCRM 고객센터 최악이에요", "ko", id="Korean, Latin name"),
        pytest.param("Acmeのサポート最高", "ja", id="kana and Han: Japanese"),
        pytest.param("苹果手机很好用", "zh", id="Han alone: Chinese"),
        pytest.param("Поддержка ужасная, не работает", "ru", id="Russian"),
        pytest.param("الخدمة سيئة جدا ولا أحد يرد", "ar", id="Arabic"),
        pytest.param("Εξαιρετική εξυπηρέτηση", "el", id="Greek"),
        pytest.param(
            "LOVE the new über app, great café - best thing since years \U0001f600", "en", id="accents and emoji"
        ),
        pytest.param(
            "BTS 방탄 new album is amazing, I love every single song on it", "en", id="a Korean name in English"
        ),
        pytest.param("@united thanks", "en", id="one word"),
        pytest.param(
            "https://example.org/der-die-das-ist-nicht-gut Great flight, thank you all", "en", id="a link is no text"
        ),
    ],
)
def test_the_language_is_recognised_where_english_is_configured(text: str, expected: str) -> None:
    assert language_of(text, None, ("en",)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("THE PLANE IS LATE AND SO ARE YOU", "en", id="capitals"),
        pytest.param("it isn\u2019t that good", "en", id="a typographic apostrophe"),
        pytest.param("Me has hecho esperar tres horas, no es just", "es", id="one small English word in Spanish"),
        pytest.param("Ich habe das lange gesucht und nun the winner takes it all im Radio", "de", id="a quotation"),
        pytest.param(
            "Vuelo and hotel muy malos, nunca jam\u00e1s con esta gente otra vez", "es", id="one of the sure ones"
        ),
    ],
)
def test_small_words_settle_english_only_where_there_are_enough(text: str, expected: str) -> None:
    assert language_of(text, None, ("en", "de", "es")) == expected


@pytest.mark.parametrize("text", ["", "@united", "https://example.org/a", "\U0001f600\U0001f600 #wow", "!!!", "ok"])
def test_a_text_without_words_is_in_the_only_configured_language(text: str) -> None:
    assert language_of(text, None, ("fr",)) == "fr"


@pytest.mark.parametrize("text", ["", "@united \U0001f600"])
def test_a_text_without_words_is_unknown_when_several_languages_are_configured(text: str) -> None:
    assert language_of(text, None, ("en", "fr")) is None


@pytest.mark.parametrize(
    ("text", "tagged", "expected"),
    [
        pytest.param("Great flight, thank you all", "fr-CA", "fr", id="the source is believed"),
        pytest.param("최악이에요 정말", "en", "ko", id="the script is stronger"),
        pytest.param("東京都", "ja", "ja", id="Han tagged Japanese"),
        pytest.param("東京都", "en", "zh", id="Han tagged English"),
        pytest.param("Велика статия за нас", "mk", "mk", id="a tag of the same script"),
        pytest.param("Она работает очень плохо", "en", "ru", id="a tag of another script"),
        pytest.param("Great flight, thank you all", "undetermined", "en", id="a tag that says nothing"),
    ],
)
def test_the_source_is_believed_unless_the_script_denies_it(text: str, tagged: str, expected: str) -> None:
    assert language_of(text, tagged, ("en",)) == expected


@pytest.mark.parametrize(("language", "sentence"), FOREIGN, ids=[f"{row[0]}: {row[1]}" for row in FOREIGN])
def test_a_language_that_nothing_scores_is_never_taken_for_one_that_is(language: str, sentence: str) -> None:
    taken = {allowed: language_of(sentence, None, allowed) for allowed in (*((one,) for one in EIGHT), EIGHT)}
    assert {allowed: found for allowed, found in taken.items() if found in allowed} == {}, language


def test_ten_sentences_in_each_of_eight_languages_stand_for_all_others() -> None:
    assert sum(number >= 10 for number in Counter(row[0] for row in FOREIGN).values()) >= 8


@pytest.mark.parametrize("allowed", [("en",), ("en", "de"), ("en", "fr", "es"), EIGHT], ids=" ".join)
@pytest.mark.parametrize(
    "text",
    [
        "Acme outage again",
        "Acme down",
        "Is Acme down?",
        "Globex raises prices",
        "Globex beats estimates",
        "Globex Q3 earnings",
        "Acme chairwoman resigns",
        "Acme layoffs",
        "Acme data breach exposes customers",
        "Acme vs Zen",
        "Zen review",
        "Acme pricing",
        "Ditched Acme for Zen",
        "Love Zen",
        "thanks",
    ],
)
def test_a_short_headline_in_english_is_english(text: str, allowed: tuple[str, ...]) -> None:
    assert language_of(text, None, allowed) == "en"


def test_detection_works_where_no_configured_language_is_known_to_the_model() -> None:
    assert language_of("Our new phone has the best camera of them all", None, ("tlh",)) == "en"


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_has_a_two_letter_language_or_none(text: str) -> None:
    found = language_of(text, None, ("en", "de"))
    assert found is None or len(found) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("acme 123", {}),
        ("und und", {"de": 1.0}),
        ("graaaande", {"es": 0.5, "fr": 0.5, "it": 0.5, "pt": 0.5}),
        ("gr\u00f6\u00dfe", {"de": 1.0}),
        ("don't", {"en": 1.0}),
    ],
)
def test_small_words_and_rare_letters_speak_for_their_languages(text: str, found: dict[str, float]) -> None:
    assert {language: round(weight, 6) for language, weight in evidence(text).items()} == found


def correct(folder: Path, name: str, right: Callable[[str | None], bool], allowed: tuple[str, ...]) -> float:
    lines = (folder / "sentiment" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:1000]]
    return sum(right(language_of(text, None, allowed)) for text in texts) / len(texts)


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "language", "least"),
    [
        ("xlmt_en", "en", 0.99),
        ("tweeteval_val", "en", 0.99),
        ("xlmt_de", "de", 0.92),  # some of that set is English
        ("xlmt_es", "es", 0.98),
        ("xlmt_fr", "fr", 0.98),
        ("xlmt_it", "it", 0.95),
        ("xlmt_pt", "pt", 0.95),
        ("redv2_ro", "ro", 0.98),
        ("nsmc_ko", "ko", 0.99),
    ],
)
def test_recorded_posts_are_recognised(recordings: Path, name: str, language: str, least: float) -> None:
    assert correct(recordings, name, lambda found: found == language, EIGHT) >= least


@pytest.mark.recordings
@pytest.mark.parametrize("name", ["xlmt_es", "xlmt_fr", "xlmt_it", "xlmt_pt", "redv2_ro", "nsmc_ko"])
def test_posts_in_languages_that_are_not_configured_are_not_taken_for_english(recordings: Path, name: str) -> None:
    assert correct(recordings, name, lambda found: found != "en", ("en",)) >= 0.97


@pytest.mark.recordings
@pytest.mark.parametrize("half", [0, 1], ids=["read", "held back"])
def test_most_posts_of_forty_characters_are_recognised(recordings: Path, half: int) -> None:
    shares = []
    for name in ("xlmt_en", "xlmt_de", "xlmt_es", "xlmt_fr", "xlmt_it", "xlmt_pt", "redv2_ro", "nsmc_ko"):
        lines = (recordings / "sentiment" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        texts = [" ".join(UNSPOKEN.sub(" ", json.loads(line)["text"]).split()) for line in lines]
        short = [one for one in texts if 0 < len(one) <= 40 and sha256(one.encode()).digest()[0] % 2 == half]
        shares.append(sum(language_of(one, None, EIGHT) == name[-2:] for one in short) / len(short))
    assert sum(shares) / len(shares) >= 0.955
