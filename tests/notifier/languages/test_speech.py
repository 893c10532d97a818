from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from config.values import Language
from notifier import amounts, wording
from notifier.languages.speech import ENGLISH, Speech
from scoring.facts import NOT_SUMMED
from scoring.kpi import Unit
from scoring.money import Money
from scoring.remarks import Remark, Remarks
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


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        (ENGLISH, "clicks: people are not added up, as one of them may stand in two rows; missing leads"),
        (KOREAN, "clicks: 같은 사람이 두 행에 나올 수 있어 사람 수는 합산하지 않습니다; leads 없음"),
    ],
    ids=["en", "ko"],
)
def test_what_scoring_remarks_is_told_in_the_language_of_the_reader(speech: Speech, told: str) -> None:
    remarks = Remarks(
        [Remark("{fact}: {reason}", fact="clicks", reason=NOT_SUMMED), Remark("missing {facts}", facts="leads")]
    )

    assert speech.tell(remarks) == told


def test_what_remembers_no_parts_stays_as_it_is() -> None:
    assert FRENCH.tell("a problem: {reason}") == "a problem: {reason}"


def test_parts_are_chained_as_the_language_does_and_empty_ones_left_out() -> None:
    assert ENGLISH.chained(["a", "", "b", "c"]) == "a; b; c"
    assert FRENCH.chained(["a", "", "b"]) == "a\u202f; b"
    assert KOREAN.chained([]) == ""


@pytest.mark.parametrize(
    ("speech", "length", "scale", "month", "clock"),
    [
        (ENGLISH, "2 d 4 h", "9 Aug", "August 2013", "12 August 2013, 08:30"),
        (FRENCH, "2\u202fj 4\u202fh", "9 août", "août 2013", "12 août 2013, 08:30"),
        (KOREAN, "2일 4시간", "8월 9일", "2013년 8월", "2013년 8월 12일 오전 8:30"),
        (ROMANIAN, "2 zile 4 ore", "9 aug.", "august 2013", "12 august 2013, 08:30"),
    ],
    ids=["en", "fr", "ko", "ro"],
)
def test_lengths_days_months_and_moments_are_written_in_each_language(
    speech: Speech, length: str, scale: str, month: str, clock: str
) -> None:
    moment = datetime(2013, 8, 12, 6, 30, tzinfo=UTC)

    assert wording.length(timedelta(days=2, hours=4, minutes=5), speech) == length
    assert speech.formats.day_of_scale(date(2013, 8, 9)) == scale
    assert speech.formats.month(date(2013, 8, 9)) == month
    assert wording.clock(moment, PARIS, speech) == clock


@pytest.mark.parametrize(
    ("speech", "amount", "months", "points"),
    [
        (ENGLISH, "1,234.50 EUR", "4.2 months", "+8.9 points"),
        (FRENCH, "1\u202f234,50 EUR", "4,2 mois", "+8,9 pts"),
        (KOREAN, "1,234.50 EUR", "4.2개월", "+8.9%p"),
        (ROMANIAN, "1.234,50 EUR", "4,2 luni", "+8,9 p.p."),
    ],
    ids=["en", "fr", "ko", "ro"],
)
def test_amounts_are_written_in_each_language(speech: Speech, amount: str, months: str, points: str) -> None:
    assert amounts.shown(Money(Decimal("1234.5"), "EUR"), Unit.MONEY, speech) == amount
    assert amounts.shown(Decimal("4.2"), Unit.MONTHS, speech) == months
    assert wording.points(0.089, speech=speech) == points
