"""What a text says on the whole and of a brand, and when nothing may be said."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from config.settings import Sentiment as Thresholds
from scoring.sentiment import SCORERS, SentimentGauge, score_text
from storage.records import Label, Match, Sentiment

REFERENCE = SentimentIntensityAnalyzer()
ENGLISH = SentimentGauge(Thresholds(), ("en",))
GREAT = 0.6249  # the reference's compound of "X is great"


def reference(text: str) -> float:
    compound: float = REFERENCE.polarity_scores(text)["compound"]
    return compound


def matches(body: str, name: str) -> tuple[Match, ...]:
    return tuple(Match(name.lower(), name, *found.span()) for found in re.finditer(name, body))


@pytest.mark.parametrize("text", ["Acme is great", "ACME IS AWFUL!!", "it is a table", "", ":)", "@acme thanks"])
def test_a_text_without_target_has_the_compound_of_the_reference(text: str) -> None:
    assert score_text(text, language="en") == reference(text)
    assert score_text(text) == reference(text)


def test_methods_name_all_that_enters_a_score() -> None:
    gauge = SentimentGauge(Thresholds(), ("en", "fr", "ja"))
    english = gauge.toward("Acme is great", matches("Acme is great", "Acme"), "en").method
    french = gauge.toward("Acme est super", matches("Acme est super", "Acme"), "fr").method
    assert gauge.methods == (english, french, "events-1")
    assert SentimentGauge(Thresholds(events=False), ("fr",)).methods == (french,)


@pytest.mark.parametrize("language", ["nl", "ja", "tr-TR"])
def test_no_scorer_for_the_language_is_none_and_not_zero(language: str) -> None:
    assert score_text("Acme is great", language=language) is None
    assert score_text("Acme is great", "Acme", language) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("De klantenservice van AcmeCRM is verschrikkelijk slecht, niemand antwoordt.", id="Dutch"),
        pytest.param("AcmeCRM\u306e\u30b5\u30dd\u30fc\u30c8\u306f\u6700\u60aa\u3067\u3059", id="Japanese"),
        pytest.param("\u0421\u043b\u0443\u0436\u0431\u0430 AcmeCRM \u0443\u0436\u0430\u0441\u043d\u0430", id="Russian"),
    ],
)
def test_a_text_in_another_language_is_recognised_and_not_scored(text: str) -> None:
    assert score_text(text) is None


@pytest.mark.parametrize(
    ("text", "target", "sign"),
    [
        pytest.param("Zen is great but Acme is a horrible mess.", "Zen", 1, id="first half"),
        pytest.param("Zen is great but Acme is a horrible mess.", "ACME", -1, id="second"),
        pytest.param("Zen is great", "Acme", 1, id="not named: the whole text"),
        pytest.param("Zen is great", " ", 1, id="no target to speak of"),
        pytest.param("Acmeology is bad. Zen is great, just great", "Acme", 1, id="whole words"),
        pytest.param("C++ is great", "C++", 1, id="a name with marks"),
    ],
)
def test_with_a_target_its_own_words_are_scored(text: str, target: str, sign: int) -> None:
    compound = score_text(text, target, "en")
    assert compound is not None
    assert compound * sign > 0


def test_the_whole_text_is_scored_and_labelled() -> None:
    assert ENGLISH.whole("Acme is great", None) == Sentiment(GREAT, Label.POSITIVE, "vader-3.3.2", (0, 13), "en")


@pytest.mark.parametrize(
    ("compound", "label"),
    [
        (1.0, Label.POSITIVE),
        (0.05, Label.POSITIVE),
        (0.0499, Label.NEUTRAL),
        (0.0, Label.NEUTRAL),
        (-0.0499, Label.NEUTRAL),
        (-0.05, Label.NEGATIVE),
        (-1.0, Label.NEGATIVE),
    ],
)
def test_the_thresholds_belong_to_their_labels(compound: float, label: Label) -> None:
    assert ENGLISH.label(compound) is label


def test_configured_thresholds_decide_the_label() -> None:
    strict = SentimentGauge(Thresholds(positive_from=0.7, negative_from=-0.2), ("en",))
    assert strict.whole("Acme is great", "en").label is Label.NEUTRAL


def test_each_brand_gets_its_own_half_of_a_contrast_and_the_words_that_decided() -> None:
    body = "Review\nZen is great but Acme is a horrible mess."
    zen, acme = matches(body, "Zen"), matches(body, "Acme")
    for others in ((zen, acme), ((), ())):
        seen = ENGLISH.toward(body, zen, None, others[1])
        assert (seen.label, seen.method, seen.language) == (Label.POSITIVE, "vader-3.3.2/targeted-3", "en")
        assert seen.evidence is not None
        assert body[slice(*seen.evidence)] == "Zen is great"
        seen = ENGLISH.toward(body, acme, None, others[0])
        assert seen.label is Label.NEGATIVE
        assert seen.evidence is not None
        assert body[slice(*seen.evidence)] == "Acme is a horrible mess."


@pytest.mark.parametrize(
    ("body", "label", "quote"),
    [
        pytest.param(
            "Acme is okay. Acme is horrible, awful and a disaster. Acme is a table.",
            Label.NEGATIVE,
            "Acme is horrible, awful and a disaster.",
            id="the strongest of several",
        ),
        pytest.param(
            "I love Acme. Acme is bad. Acme is awful and horrible. Bad Acme!",
            Label.NEGATIVE,
            "Acme is awful and horrible.",
            id="no praise for a negative label, though it is stronger",
        ),
        pytest.param(
            "Acme is awful. Acme is nice. Acme is good. Acme is fun. Acme is great.",
            Label.POSITIVE,
            "Acme is great.",
            id="no blame for a positive label",
        ),
        pytest.param("Acme opens. It rains. It is Monday.", Label.NEUTRAL, "Acme opens.", id="neutral: names it"),
        pytest.param(
            "Good news today, but Acme is bad news.", Label.NEGATIVE, "Acme is bad news.", id="the clause behind but"
        ),
    ],
)
def test_evidence_bears_the_label_out(body: str, label: Label, quote: str) -> None:
    seen = ENGLISH.toward(body, matches(body, "Acme"), "en")
    assert seen.label is label
    assert seen.evidence is not None
    assert body[slice(*seen.evidence)] == quote


def test_evidence_is_the_whole_stretch_where_no_sentence_alone_bears_the_label_out() -> None:
    body = "Hello. @acme does not? Good. Bye."
    seen = ENGLISH.toward(body, matches(body, "acme"), "en")
    assert (seen.label, seen.compound) == (Label.NEGATIVE, reference("@xxxx does not? Good. Bye."))
    assert seen.evidence is not None
    assert body[slice(*seen.evidence)] == "@acme does not? Good. Bye."


def blanked(text: str) -> Sentiment:
    """What is said of Xxxx, whose name no lexicon knows."""
    return ENGLISH.toward(
        text, [Match("x", "x", *found.span()) for found in re.finditer(r"[xX]+(?: Xxx)?", text)], "en"
    )


@pytest.mark.parametrize(
    ("body", "name", "plain"),
    [
        pytest.param("United cancelled my flight", "United", "Xxxxxx cancelled my flight", id="United"),
        pytest.param("I went to Best Buy", "Best Buy", "I went to Xxxx Xxx", id="a superlative"),
        pytest.param("Brave opens a page", "Brave", "Xxxxx opens a page", id="Brave"),
        pytest.param("Joy opens a page", "Joy", "Xxx opens a page", id="Joy"),
        pytest.param("Champion opens a shop", "Champion", "Xxxxxxxx opens a shop", id="Champion"),
        pytest.param("SMART is slow and bad", "SMART", "XXXXX is slow and bad", id="capitals weigh"),
        pytest.param("@Yahoo! is good", "Yahoo!", "@Xxxxxx is good", id="the mark of a name is no emphasis"),
        pytest.param("@united bad flight", "united", "@xxxxxx bad flight", id="a handle"),
        pytest.param("Best Buy is the best", "Best Buy", "Xxxx Xxx is the best", id="but the word counts"),
    ],
)
def test_the_name_of_the_brand_says_nothing(body: str, name: str, plain: str) -> None:
    seen, expected = ENGLISH.toward(body, matches(body, name), "en"), blanked(plain)
    assert (seen.compound, seen.label) == (expected.compound, expected.label)
    assert score_text(body, name, "en") == seen.compound


def test_a_name_that_is_praise_leaves_a_plain_text_neutral() -> None:
    for body, name in (("I went to Best Buy", "Best Buy"), ("Joy opens a page", "Joy"), ("United flies", "United")):
        assert ENGLISH.toward(body, matches(body, name), "en").compound == 0.0


def test_the_names_of_other_brands_say_nothing() -> None:
    body = "I took my Acme to Best Buy and to Brave"
    others = (*matches(body, "Best Buy"), *matches(body, "Brave"))
    assert ENGLISH.toward(body, matches(body, "Acme"), "en", others).compound == 0.0
    assert ENGLISH.toward(body, matches(body, "Acme"), "en").label is Label.POSITIVE


def test_overlapping_names_are_read_over_once() -> None:
    body = "Smart Joy Champion is slow"
    named = (Match("joy", "Smart Joy", 0, 9), Match("joy", "Joy", 6, 9))
    others = (Match("champion", "Joy Champion", 6, 18),)
    assert ENGLISH.toward(body, named, "en", others).compound == blanked("Xxxxx xxx xxxxxxxx is slow").compound


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Acme isn\u2019t good", "Acme isn't good"),
        ("I can\u2019t say that Acme doesn\u2019t work well", "I can't say that Acme doesn't work well"),
    ],
)
def test_typographic_apostrophes_are_read_as_plain_ones_and_the_method_says_so(raw: str, plain: str) -> None:
    whole = ENGLISH.whole(raw, "en")
    assert (whole.compound, whole.method) == (reference(plain), "vader-3.3.2/apostrophes")
    assert ENGLISH.whole(plain, "en").method == "vader-3.3.2"
    assert ENGLISH.toward(raw, matches(raw, "Acme"), "en") == ENGLISH.toward(plain, matches(plain, "Acme"), "en")
    assert score_text(raw, "Acme", "en") == score_text(plain, "Acme", "en")


def test_without_target_the_text_is_scored_as_it_stands() -> None:
    raw = "Acme isn\u2019t good"
    assert score_text(raw, language="en") == reference(raw) != reference("Acme isn't good")


@pytest.mark.parametrize("body", ["", "@acme", "https://example.org/great", "@acme !!!"])
def test_a_text_without_words_is_unscored(body: str) -> None:
    expected = Sentiment(None, Label.UNSCORED, "unscored", None, "en", "unscored: no words")
    assert ENGLISH.whole(body, None) == expected
    assert ENGLISH.toward(body, [Match("acme", "acme", 0, len(body))], None) == expected


def test_a_face_says_something_without_words() -> None:
    body = "@acme :)"
    assert ENGLISH.whole(body, None).label is Label.POSITIVE
    assert ENGLISH.toward(body, [Match("acme", "acme", 1, 5)], None).label is Label.POSITIVE


@pytest.mark.parametrize(
    ("body", "tagged", "languages", "language", "reason"),
    [
        pytest.param("AcmeCRM \ucd5c\uc545\uc774\uc5d0\uc694", None, ("en",), "ko", "unscored:ko", id="detected"),
        pytest.param("Acme is great", "fr", ("en",), "fr", "unscored:fr", id="tagged"),
        pytest.param("ok 100", None, ("en", "de"), None, "unscored:unknown", id="too short to tell"),
        pytest.param("@acme \U0001f600", None, ("en", "de"), None, "unscored: no words", id="a face, two languages"),
    ],
)
def test_what_cannot_be_scored_says_why(
    body: str, tagged: str | None, languages: tuple[str, ...], language: str | None, reason: str
) -> None:
    gauge = SentimentGauge(Thresholds(), languages)
    expected = Sentiment(None, Label.UNSCORED, "unscored", None, language, reason)
    assert gauge.whole(body, tagged) == expected
    assert gauge.toward(body, [Match("acme", "acme", 0, 1)], tagged) == expected


def test_every_scorer_of_the_registry_reads_its_language_and_says_who_it_is() -> None:
    for language, make in SCORERS.items():
        scorer = make()
        assert language in scorer.languages
        assert re.fullmatch(r"[a-z-]+-[\d.]+", scorer.name)
        assert -1 <= scorer.score("Acme is great") <= 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_score_in_range_and_evidence_inside_it(before: str, after: str) -> None:
    body = f"{before}Acme{after}"
    seen = ENGLISH.toward(body, matches(body, "Acme"), "en")
    if seen.compound is None:
        assert seen.label is Label.UNSCORED
    else:
        assert -1 <= seen.compound <= 1
        assert seen.evidence is not None
        assert 0 <= seen.evidence[0] < seen.evidence[1] <= len(body)


def test_adding_an_unrelated_sentence_far_away_changes_nothing() -> None:
    body = "Acme is great. It works. We use it. It rains."
    longer = body + " The war was a terrible disaster."
    near, far = (ENGLISH.toward(text, matches(text, "Acme"), "en") for text in (body, longer))
    assert near == far


def test_a_megabyte_of_mentions_is_scored() -> None:
    body = "Acme is great but Zen is bad. " * 30_000
    seen = ENGLISH.toward(body, matches(body, "Acme"), "en", matches(body, "Zen"))
    assert seen.label is Label.POSITIVE


@pytest.mark.parametrize(
    ("body", "acme", "zen", "quote"),
    [
        pytest.param("Zen is great but Acme is a horrible mess.", -1, 1, "Acme is a horrible mess.", id="contrast"),
        pytest.param("I moved from Acme, which is terrible and slow, to Zen and I love it. Bye.", -1, 1,
                     "I moved from Acme, which is terrible and slow, to Zen and I love it.", id="moved from"),
        pytest.param("Hi. Switched from Acme to Zen, never looked back.", -1, 1,
                     "Switched from Acme to Zen, never looked back.", id="switched from"),
        pytest.param("Anyone know an alternative to Acme?", -1, None,
                     "Anyone know an alternative to Acme?", id="alternative"),
        pytest.param("Acme is not as good as Zen. Oh.", -1, 1, "Acme is not as good as Zen.", id="not as good as"),
        pytest.param("Is Acme better than Zen?", 0, 0, "Is Acme better than Zen?", id="a question"),
        pytest.param("I wonder if Acme is faster than Zen.", 0, 0,
                     "I wonder if Acme is faster than Zen.", id="a condition"),
        pytest.param("We ditched Acme for Zen.", -1, 1, "We ditched Acme for Zen.", id="ditched"),
        pytest.param("Acme is cheaper and easier.", 1, None, "Acme is cheaper and easier.", id="no other named"),
        pytest.param("Acme isn't faster.", -1, None, "Acme isn't faster.", id="denied"),
        pytest.param("Acme is great but it rains.", 1, None, "Acme is great but it rains.", id="but"),
        pytest.param("Acme is slower.", -1, None, "Acme is slower.", id="slower"),
        pytest.param("Acme \U0001f600 and Zen.", 1, 1, "Acme \U0001f600 and Zen.", id="a face"),
    ],
)  # fmt: skip
def test_each_brand_of_a_post_gets_its_own_sign_and_words(body: str, acme: int, zen: int | None, quote: str) -> None:
    own, other = matches(body, "Acme"), matches(body, "Zen")
    seen = ENGLISH.toward(body, own, "en", other)
    assert seen.compound is not None
    assert (seen.compound > 0) - (seen.compound < 0) == acme
    assert seen.evidence is not None
    assert body[slice(*seen.evidence)] == quote
    if zen is not None:
        compound = ENGLISH.toward(body, other, "en", own).compound
        assert compound is not None
        assert (compound > 0) - (compound < 0) == zen


def test_nothing_said_of_a_target_is_zero() -> None:
    assert score_text("", "Acme", "en") == 0.0


@pytest.mark.parametrize("body", ["Acme is better than Zen", "I moved from Acme to Zen", "Zen beats Acme by far"])
def test_swapping_the_names_of_a_comparison_swaps_the_scores(body: str) -> None:
    swapped = body.replace("Acme", "?").replace("Zen", "Acme").replace("?", "Zen")
    assert score_text(body, "Acme", "en") == score_text(swapped, "Zen", "en") != 0
    assert score_text(body, "Zen", "en") == score_text(swapped, "Acme", "en") != 0


AIRLINES = {
    "United": "united",
    "US Airways": "usairways",
    "American": "americanair",
    "Southwest": "southwestair",
    "Delta": "jetblue",  # as that export has it
    "Virgin America": "virginamerica",
}


def labels_right(rows: list[dict[str, str]], named: dict[str, re.Pattern[str]]) -> tuple[float, float, float]:
    """Shares of tweets labelled as people did: for the brand, as a whole; and the brand's net sentiment."""
    own = whole = balance = 0
    for row in rows:
        text, human = row["text"], row["airline_sentiment"]
        places = {
            name: tuple(Match(name, name, *found.span()) for found in pattern.finditer(text))
            for name, pattern in named.items()
        }
        ours = places.pop(row["airline"])
        label = ENGLISH.toward(text, ours, "en", [place for found in places.values() for place in found]).label
        own += label.value == human
        whole += ENGLISH.label(reference(text)).value == human
        balance += (label is Label.POSITIVE) - (label is Label.NEGATIVE)
    return own / len(rows), whole / len(rows), balance / len(rows)


@pytest.mark.recordings
def test_recorded_tweets_to_airlines_are_labelled_better_for_the_brand_than_as_a_whole(recordings: Path) -> None:
    with (recordings / "mentions" / "airline-tweets-2015-02-16_to_21.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {name: re.compile(rf"(?<!\w)(?:{name}|{handle})(?!\w)", re.IGNORECASE) for name, handle in AIRLINES.items()}
    own, whole, _ = labels_right(rows, named)
    assert own >= whole + 0.05
    own, whole, balance = labels_right([row for row in rows if row["airline"] == "United"], named)
    assert own >= whole + 0.15
    assert balance < 0.1  # +.63 when the name counted as praise; people found -.53
