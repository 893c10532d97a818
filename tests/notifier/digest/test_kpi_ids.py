from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.digest.figure_ids import FigureIdError
from notifier.digest.kpi_ids import KpiId, parse_kpi_id
from scoring.days import Days
from scoring.kpis import KPIS
from scoring.slices import By

JULY = Days(date(2026, 7, 1), date(2026, 8, 1))


@pytest.mark.parametrize(
    ("named", "written"),
    [
        (KpiId("cac", JULY), "kpi.cac.all.20260701-20260801"),
        (KpiId("roas", JULY, ("meta_ads", "google_ads")), "kpi.roas.meta_ads+google_ads.20260701-20260801"),
        (KpiId("ctr", JULY, ("meta_ads",), "Spring launch"), "kpi.ctr.meta_ads/Spring%20launch.20260701-20260801"),
        (KpiId("ctr", JULY, ("meta_ads",), "봄 1.5"), "kpi.ctr.meta_ads/봄%201.5.20260701-20260801"),
        (KpiId("ctr", JULY, (), "Spring"), "kpi.ctr.all/Spring.20260701-20260801"),
        (KpiId("ctr", JULY, ("ga4",), ""), "kpi.ctr.ga4/.20260701-20260801"),
        (KpiId("ctr", JULY, ("x",), "S", "variant", "blue"), "kpi.ctr.x/S~variant:blue.20260701-20260801"),
        (KpiId("ctr", JULY, ("x",), None, "hour", "08:00"), "kpi.ctr.x~hour:08:00.20260701-20260801"),
        (KpiId("mentions", JULY, brand="globex"), "kpi.mentions.all@globex.20260701-20260801"),
        (KpiId("spend", JULY, ("all",)), "kpi.spend.%61ll.20260701-20260801"),
    ],
)
def test_an_id_is_one_word_that_people_can_read_and_that_leads_back(named: KpiId, written: str) -> None:
    assert str(named) == written
    assert parse_kpi_id(f" {written}\n") == named


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
parts: st.SearchStrategy[tuple[By | None, str | None]] = st.one_of(
    st.just((None, None)), st.tuples(st.sampled_from(["variant", "content_type", "weekday", "hour"]), names)
)


@given(
    st.sampled_from(sorted(KPIS)),
    st.dates(max_value=date(9000, 1, 1)),
    st.integers(1, 400),
    st.lists(names, max_size=3),
    st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    parts,
    st.none() | names,
)
def test_whatever_platforms_and_campaigns_are_called_an_id_leads_back(
    kpi: str,
    first: date,
    days: int,
    platforms: list[str],
    campaign: str | None,
    part: tuple[By | None, str | None],
    brand: str | None,
) -> None:
    named = KpiId(kpi, Days(first, first + timedelta(days)), tuple(platforms), campaign, *part, brand)

    assert len(str(named).split()) == 1
    assert parse_kpi_id(str(named)) == named


@pytest.mark.parametrize(
    "written",
    [
        "",
        "kpi",
        "kpi.cac",
        "kpi.cac.all",
        "kpi.cac.20260701-20260801",
        "kpi.profit.all.20260701-20260801",
        "kpi.cac.all.20260701-20260701",
        "kpi.cac.all.20260801-20260701",
        "kpi.cac.all.20260732-20260801",
        "kpi.cac.all.2026070-20260801",
        "kpi.ctr.x~colour:blue.20260701-20260801",
        "kpi.ctr.x~day:2.20260701-20260801",
        "kpi.ctr.a/b/c.20260701-20260801",
        "sov.acme.20260701-20260801",
    ],
)
def test_what_is_no_id_is_answered_with_one_that_is(written: str) -> None:
    with pytest.raises(FigureIdError, match=r"for example kpi\.cac\.all\.20260701-20260801"):
        parse_kpi_id(written)
