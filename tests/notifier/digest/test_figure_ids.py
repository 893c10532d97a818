from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.digest.figure_ids import KINDS, Asked, FigureIdError, figure_id, parse_figure_id
from notifier.digest.figures import figures
from storage.records import Span
from tests.notifier import samples

PARIS = ZoneInfo("Europe/Paris")
ZONES = ["UTC", "Europe/Paris", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu"]


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month, day and so on


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (samples.WEEK, "sov.acme.20130805-20130812"),
        (Span(at(2013, 8, 5, 6, 30), at(2013, 8, 5, 7, 30)), "sov.acme.20130805T0830-20130805T0930"),
        (Span(at(2013, 8, 5, 6, 30, 5), at(2013, 8, 5, 22)), "sov.acme.20130805T083005-20130806"),
        (Span(at(2013, 10, 27, 0, 30), at(2013, 10, 27, 1, 30)), "sov.acme.20131027T0230-20131027T013000000000Z"),
    ],
    ids=["whole days", "minutes", "seconds", "the hour that comes twice"],
)
def test_id_names_local_dates_and_times_only_where_needed(span: Span, expected: str) -> None:
    assert figure_id("sov", "acme", span, PARIS) == expected
    assert parse_figure_id(expected, PARIS) == Asked("sov", "acme", span)


@given(
    st.sampled_from(KINDS),
    st.from_regex(r"[a-z0-9][a-z0-9.-]{0,20}", fullmatch=True),
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)),  # noqa: DTZ001  # hypothesis wants them naive
    st.timedeltas(timedelta(microseconds=1), timedelta(days=400)),
    st.sampled_from(ZONES),
)
def test_id_leads_back_to_kind_brand_and_window(kind, slug, start, length, zone) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # five strategies
    begin = start.replace(tzinfo=UTC)
    span = Span(begin, begin + length)

    assert parse_figure_id(figure_id(kind, slug, span, ZoneInfo(zone)), ZoneInfo(zone)) == Asked(kind, slug, span)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "sov",
        "sov.acme",
        "roi.acme.20130805-20130812",
        "sov.acme.20130812-20130805",
        "sov.acme.20139905-20130812",
        "sov.acme.201308-20130812",
        "sov.acme.20130805T99-20130812",
        "sov..20130805-20130812",
        "sov.acme.2013\u0660805-20130812",
    ],
)
def test_what_is_no_id_is_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(FigureIdError, match=r"sov\.acme\.20130805-20130812"):
        parse_figure_id(wrong, PARIS)


def test_every_shown_number_is_kept_with_what_it_was_made_of() -> None:
    digest = samples.digest()

    rows = {row.id: row for row in figures(digest, samples.AT, "digest:week", "rules-1")}

    assert len(rows) == 12 + 12  # four of each brand, four of each platform and of all
    share = rows["sov.acme.20130805-20130812"]
    assert share.value == pytest.approx(412 / 1048)
    assert share.window == samples.WEEK
    assert share.formula.startswith("share of voice = ")
    assert (share.shown_at, share.shown_in) == (samples.AT, "digest:week")
    assert share.inputs["mentions"] == 412
    assert (share.inputs["credit"], share.inputs["credit_of_all_brands"]) == (412.0, 1048.0)
    assert (share.inputs["coverage"], share.inputs["queries"], share.inputs["rules"]) == (0.98, 5, "rules-1")
    mood = rows["sentiment.acme.20130805-20130812"]
    assert mood.value == pytest.approx((120 - 43) / 293)
    assert {name: mood.inputs[name] for name in ("positive", "neutral", "negative", "unscored")} == {
        "positive": 120,
        "neutral": 130,
        "negative": 43,
        "unscored": 119,
    }
    assert rows["mentions.globex.20130805-20130812"].value == 620
