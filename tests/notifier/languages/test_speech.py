from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.values import Language
from notifier import wording
from notifier.languages.speech import ENGLISH, Speech
from storage.records import Span

PARIS = ZoneInfo("Europe/Paris")
WEEK = Span(datetime(2013, 8, 4, 22, tzinfo=UTC), datetime(2013, 8, 11, 22, tzinfo=UTC))
DAY = Span(WEEK.start, WEEK.start + timedelta(days=1))
FRENCH, KOREAN, ROMANIAN = Speech("fr"), Speech("ko"), Speech("ro")


@pytest.mark.parametrize(
    ("speech", "number", "told"),
    [
        (ENGLISH, 1, "1 mention"),
        (ENGLISH, 25, "25 mentions"),
        (FRENCH, 0, "0 mention"),
        (FRENCH, 1, "1 mention"),
        (FRENCH, 2, "2 mentions"),
        (FRENCH, 1_000_000, "1\u202f000\u202f000 de mentions"),
        (KOREAN, 1, "언급 1건"),
        (KOREAN, 1_048, "언급 1,048건"),
        (ROMANIAN, 1, "1 mențiune"),
        (ROMANIAN, 19, "19 mențiuni"),
        (ROMANIAN, 20, "20 de mențiuni"),
        (ROMANIAN, 25, "25 de mențiuni"),
        (ROMANIAN, 101, "101 mențiuni"),
        (ROMANIAN, 1_025, "1.025 de mențiuni"),
    ],
)
def test_noun_takes_the_form_that_its_number_wants(speech: Speech, number: int, told: str) -> None:
    assert wording.mentions(number, speech) == told


@pytest.mark.parametrize(
    ("language", "count", "percent", "sign", "range_", "day"),
    [
        ("en", "12,345", "31.2 %", "+23 %", "28.0 to 34.5 %", "Monday 5 August 2013"),
        ("fr", "12\u202f345", "31,2\u00a0%", "+23\u00a0%", "28,0 à 34,5\u00a0%", "lundi 5 août 2013"),
        ("ko", "12,345", "31.2%", "+23%", "28.0~34.5%", "2013년 8월 5일 월요일"),
        ("ro", "12.345", "31,2\u00a0%", "+23\u00a0%", "28,0\u201334,5\u00a0%", "luni, 5 august 2013"),
    ],
)
def test_numbers_and_dates_are_written_as_readers_of_the_language_do(
    language: Language, count: str, percent: str, sign: str, range_: str, day: str
) -> None:
    speech = Speech(language)

    assert wording.count(12_345, speech) == count
    assert wording.percent(0.312, speech) == percent
    assert wording.signed_percent(0.23, speech) == sign
    assert wording.interval(0.28, 0.345, speech) == range_
    assert wording.window(DAY, PARIS, speech) == day


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        (FRENCH, "lun. 5\u2009\u2013\u2009dim. 11 août 2013"),
        (KOREAN, "2013년 8월 5일 (월)~11일 (일)"),
        (ROMANIAN, "lun., 5 aug.\u2009\u2013\u2009dum., 11 aug. 2013"),
    ],
    ids=["fr", "ko", "ro"],
)
def test_week_is_told_with_its_weekdays(speech: Speech, told: str) -> None:
    assert wording.window(WEEK, PARIS, speech) == told


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        (FRENCH, "96 en coréen, 12 sans texte, 1 en frison occidental, 3 autres"),
        (KOREAN, "한국어 96건, 글 없음 12건, 서부 프리지아어 1건, 기타 3건"),
        (ROMANIAN, "96 în coreeană, 12 fără text, 1 în frizonă occidentală, 3 altele"),
    ],
    ids=["fr", "ko", "ro"],
)
def test_languages_that_cannot_be_scored_are_named_in_the_language_of_the_reader(speech: Speech, told: str) -> None:
    why = [("unscored:ko", 96), ("unscored: no words", 12), ("unscored:fy", 1), ("unscored:nl", 3)]

    assert wording.unscored(why, speech) == told


def test_english_loads_no_library_of_languages() -> None:
    code = (
        "import sys; from notifier.languages.speech import ENGLISH; "
        "ENGLISH.say('a'); ENGLISH.plural('{number}', '', 1); "
        "print('babel' in sys.modules)"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == "False\n"


def test_outside_text_in_braces_is_no_placeholder() -> None:
    assert wording.unknown("{reason} {0} {x.__class__}", FRENCH) == "n.d. ({reason} {0} {x.__class__})"
