"""Thirteen mistakes that importers of such files make, one test (or table of cases) each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from listener.campaigns.evidence import Wishes
from scoring.campaign_facts import facts_of
from scoring.days import Days
from scoring.facts import NOT_SUMMED
from scoring.money import Money
from scoring.outcome import compute
from scoring.rates import Rates
from scoring.slices import Key, Ledger, cut
from storage.campaign_sums import campaign_sums
from storage.campaigns import files
from storage.database import Database
from tests.listener.campaigns.exports import MADE, stored, take, take_file, total

AUGUST = Days(date(2026, 8, 1), date(2026, 9, 1))
HEADER = "platform,campaign,day,currency,spend,impressions\n"


def rows(*lines: str) -> str:
    """Write a generic export of one platform; each line is day, currency, spend, impressions."""
    return HEADER + "".join(f"ads,C{place},{line}\n" for place, line in enumerate(lines))


# 1. A dot or a comma: thousands or decimals?
@pytest.mark.parametrize(
    ("spends", "expected"),
    [
        pytest.param(
            ['"1.234"', '"12,50"'], Decimal("1246.50"), id="a decimal comma elsewhere makes the dot thousands"
        ),
        pytest.param(["1.234", "12.5"], Decimal("13.734"), id="a decimal point elsewhere makes the dot decimal"),
        pytest.param(['"1.234,56"', '"1.234"'], Decimal("2468.56"), id="both marks in one cell"),
        pytest.param(["4.40"], Decimal("4.40"), id="4.40 is never 440"),
        pytest.param(['"12,50"'], Decimal("12.50"), id="12,50 is never 1250"),
        pytest.param(["4.40", "4.4"], Decimal("8.80"), id="nor beside another"),
        pytest.param(['"12,50"', '"1,5"'], Decimal("14.00"), id="nor 1250 beside another"),
        pytest.param(['"1,234,567"', '"2,000"'], Decimal(1236567), id="a mark that comes twice parts thousands"),
        pytest.param(['"12,34,567.5"', "1"], Decimal("1234568.5"), id="lakhs"),
        pytest.param(["1 234", '"12,5"'], Decimal("1246.5"), id="blanks part thousands"),
        pytest.param(["1'234.50", "2"], Decimal("1236.50"), id="apostrophes part thousands"),
        pytest.param(["0.125", "2.000"], Decimal("2.125"), id="a leading zero proves the decimal point"),
    ],
)
def test_the_decimal_mark_is_decided_by_the_whole_column(
    spends: list[str], expected: Decimal, sqlite_database: Database
) -> None:
    outcome = take(sqlite_database, rows(*(f"2026-08-01,EUR,{spend},1" for spend in spends)))

    assert outcome.report.rejected == []
    assert total(stored(sqlite_database), "spend") == expected


def test_an_undecidable_decimal_mark_is_refused_with_its_cell(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, rows("2026-08-01,EUR,1.234,10", "2026-08-01,EUR,5.678,20"))

    assert outcome.error == (
        "column 'spend': row 2 ('1.234') may have a decimal point or thousands, and no other cell tells; "
        "say which with --decimal point or --decimal comma"
    )
    assert stored(sqlite_database) == []


def test_an_undecidable_decimal_mark_is_what_the_user_says(sqlite_database: Database) -> None:
    take(sqlite_database, rows("2026-08-01,EUR,1.234,10"), wishes=Wishes(decimal=","))

    assert total(stored(sqlite_database), "spend") == 1234


def test_two_decimal_marks_in_one_column_are_refused_with_both_cells(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, rows('2026-08-01,EUR,"12,50",1', "2026-08-01,EUR,12.50,1"))

    assert outcome.error is not None
    assert "row 3 ('12.50') has a decimal point, row 2 ('12,50') a decimal comma" in outcome.error


def test_another_column_of_the_table_tells_the_decimal_mark(sqlite_database: Database) -> None:
    content = "platform,campaign,day,spend,revenue\nads,A,2026-08-01,1.234,12.5\n"

    take(sqlite_database, content)

    assert total(stored(sqlite_database), "spend") == Decimal("1.234")


def test_an_amount_in_a_currency_without_fractions_has_thousands(sqlite_database: Database) -> None:
    take(sqlite_database, "platform,campaign,day,spend (KRW),revenue\nads,A,2026-08-01,₩1.234,\n")

    assert total(stored(sqlite_database), "spend") == 1234


# 2. Day or month first?
@pytest.mark.parametrize(
    ("days", "first"),
    [
        pytest.param(["03/04/2026", "13/04/2026"], "2026-04-03", id="13/04 proves that the day stands first"),
        pytest.param(["03/04/2026", "04/13/2026"], "2026-03-04", id="04/13 proves that the month stands first"),
        pytest.param(["03.04.2026", "05.04.2026"], "2026-04-03", id="dots are written with the day first"),
        pytest.param(["2026-04-03"], "2026-04-03", id="ISO"),
        pytest.param(["20260403"], "2026-04-03", id="compact"),
        pytest.param(["Apr 3, 2026"], "2026-04-03", id="in English words"),
        pytest.param(["3. April 2026"], "2026-04-03", id="in German words"),
        pytest.param(["3 avr. 2026"], "2026-04-03", id="in French words"),
        pytest.param(["vie, 3 de abr de 2026"], "2026-04-03", id="in Spanish words"),
        pytest.param(["2026년 4월 3일"], "2026-04-03", id="in Korean"),
        pytest.param(["2026. 4. 3."], "2026-04-03", id="in Korean numbers"),
        pytest.param(["04/04/2026"], "2026-04-04", id="the same either way"),
    ],
)
def test_the_order_in_dates_is_decided_by_the_whole_column(
    days: list[str], first: str, sqlite_database: Database
) -> None:
    outcome = take(sqlite_database, rows(*(f'"{day}",EUR,1,1' for day in days)))

    assert outcome.error is None
    assert outcome.report.rejected == []
    found = {row.campaign: str(row.start_day) for row in stored(sqlite_database)}
    assert found["C0"] == first


def test_an_undecidable_order_is_refused_with_its_cell(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, rows("03/04/2026,EUR,1,1", "05/06/2026,EUR,1,1"))

    assert outcome.error == (
        "column 'day': row 2 ('03/04/2026') may start with the day or the month, and no other date tells; "
        "say which with --dates day-first or --dates month-first"
    )


def test_two_orders_in_one_file_are_refused_with_both_cells(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, rows("13/04/2026,EUR,1,1", "04/14/2026,EUR,1,1"))

    assert outcome.error is not None
    assert "row 2 ('13/04/2026') starts with the day, row 3 of 'day' ('04/14/2026') with the month" in outcome.error


@pytest.mark.parametrize("day", ["2026-02-30", "31/04/2026", "99/99/2026", "1026-01-01", "2026-13-01", "soon"])
def test_an_impossible_day_is_refused_by_row_and_column(day: str, sqlite_database: Database) -> None:
    outcome = take(sqlite_database, rows("2026-04-13,EUR,1,1", f"{day},EUR,1,1"))

    assert [(each.row, each.column, each.value) for each in outcome.report.rejected] == [(3, "day", day)]
    assert len(stored(sqlite_database)) == 1


# 3. Rows of totals are a checksum.
@pytest.mark.parametrize("label", ["Total", "Total: Account", "Total : campagnes", "Gesamt:", "gesamt"])
def test_a_row_of_totals_is_never_data(label: str, sqlite_database: Database) -> None:
    content = f"Campaign,Day,Cost,Clicks\nA,2026-08-01,1.50,3\nB,2026-08-01,2.25,4\n{label},,3.75,7\n"

    outcome = take(sqlite_database, content)

    assert total(stored(sqlite_database), "spend") == Decimal("3.75")
    assert outcome.report.totals_checked is True


@pytest.mark.parametrize("first", [True, False], ids=["on top", "below"])
@pytest.mark.parametrize("names", ["Resultados totales,", "Total,", ",", "총 결과,"])
def test_the_totals_of_meta_are_no_data_wherever_they_stand(names: str, first: bool, sqlite_database: Database) -> None:
    header = "Campaign name,Ad name,Day,Amount spent (EUR),Link clicks"
    data = ["A,a,2026-08-01,1.50,3", "B,b,2026-08-01,2.25,4"]
    lines = [f"{names},,3.75,7", *data] if first else [*data, f"{names},,3.75,7"]

    outcome = take(sqlite_database, "\n".join([header, *lines, ""]))

    assert total(stored(sqlite_database), "spend") == Decimal("3.75")
    assert (outcome.report.rows, outcome.report.totals_checked) == (2, True)


@pytest.mark.parametrize("row", ["Total,,3.76,7", "Total,,3.75,8", "Total,,37.5,7"])
def test_totals_that_do_not_match_refuse_the_file(row: str, sqlite_database: Database) -> None:
    content = f"Campaign,Day,Cost,Clicks\nA,2026-08-01,1.50,3\nB,2026-08-01,2.00,4\nC,2026-08-01,0.25,0\n{row}\n"
    content = content.replace("3.76", "3.80")  # beyond what three rounded rows may differ by

    outcome = take(sqlite_database, content)

    assert outcome.error is not None
    assert "its totals do not match" in outcome.error
    assert stored(sqlite_database) == []


def test_a_sum_of_rounded_rows_may_differ_by_half_a_cent_a_row(sqlite_database: Database) -> None:
    content = "Campaign,Day,Cost\nA,2026-08-01,1661.67\nB,2026-08-01,904.26\nTotal,,2565.92\n"

    outcome = take(sqlite_database, content)

    assert outcome.report.totals_checked is True
    assert (
        "totals differ by rounding or hidden cells: 'Cost' sums to 2565.93, row 4 says 2565.92" in outcome.report.notes
    )


def test_whole_conversions_are_no_rounded_ones_and_sum_up_exactly(sqlite_database: Database) -> None:
    content = "Campaign,Day,Clicks,Conversions\nA,2026-08-01,90,36\nB,2026-08-01,9,8\nTotal,,99,45\n"

    assert "'Conversions' sums to 44, row 4 says 45" in (take(sqlite_database, content).error or "")


def test_a_mismatch_that_an_unreadable_cell_explains_is_told_and_refuses_nothing(sqlite_database: Database) -> None:
    content = "Campaign,Day,Cost,Clicks\nA,2026-08-01,1.50,3\nB,2026-08-01,#ERROR!,4\nTotal,,3.75,7\n"

    outcome = take(sqlite_database, content)

    assert outcome.error is None
    assert outcome.report.totals_checked is False
    assert [(each.row, each.column) for each in outcome.report.rejected] == [(3, "Cost")]
    assert "totals differ: 'Cost' sums to 1.5, row 4 says 3.75" in outcome.report.notes


def test_a_row_turned_away_for_its_day_still_counts_in_the_checksum(sqlite_database: Database) -> None:
    content = "Campaign,Day,Cost\nA,2026-08-01,1.50\nB,2026-02-30,2.25\nTotal,,3.75\n"

    outcome = take(sqlite_database, content)

    assert outcome.report.totals_checked is True
    assert outcome.report.rejected_rows == 1


# 4. Ratios are computed anew; reach is never summed.
def test_ratios_are_left_out_and_reach_is_in_no_checksum(sqlite_database: Database) -> None:
    outcome = take_file(sqlite_database, MADE / "meta_ads.es.csv")

    assert outcome.report.left_out_columns == {"computed anew from sums": ["Coste por resultado"]}
    assert [row.reach for row in stored(sqlite_database)] == [900, 580]  # the file's own total says 1400


def test_a_ratio_is_that_of_the_sums_and_people_are_not_added_up(sqlite_database: Database) -> None:
    content = (
        "Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions,Link clicks,Reach,CTR (all)\n"
        "2026-08-01,2026-08-01,A,10,1000,100,900,10\n2026-08-02,2026-08-02,A,10,9000,90,5000,1\n"
    )
    take(sqlite_database, content)

    with sqlite_database.read() as conn:
        (summed,) = campaign_sums(conn, AUGUST.start, AUGUST.end, "EUR")
    facts = facts_of(summed, Rates([]), "EUR")
    assert compute("ctr", facts).value == Decimal("1.9")  # per cent; the file's own average to 5.5
    assert facts.refused["reach"] == NOT_SUMMED


# 5. Currency from header, column or sign.
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("platform,campaign,day,spend (EUR)\nads,A,2026-08-01,1\n", "EUR"),
        ("platform,campaign,day,spend (LKR) (LKR)\nads,A,2026-08-01,1\n", "LKR"),
        ("platform,campaign,day,currency,spend\nads,A,2026-08-01,usd,1\n", "USD"),
        ("platform,campaign,day,spend\nads,A,2026-08-01,€1.50\n", "EUR"),
        ("platform,campaign,day,spend\nads,A,2026-08-01,R$ 1.50\n", "BRL"),
        ("platform,campaign,day,spend\nads,A,2026-08-01,US$1.50\n", "USD"),
        ("platform,campaign,day,spend\nads,A,2026-08-01,1.50 CHF\n", "CHF"),
        ("platform,campaign,day,spend\nads,A,2026-08-01,$1.50\n", None),  # of whose dollars is not said
        ("platform,campaign,day,spend\nads,A,2026-08-01,1.50\n", None),
    ],
)
def test_the_currency_comes_from_header_column_or_sign(
    content: str, expected: str | None, sqlite_database: Database
) -> None:
    take(sqlite_database, content)

    assert [row.currency for row in stored(sqlite_database)] == [expected]


def test_what_nothing_names_is_the_currency_that_the_user_says(sqlite_database: Database) -> None:
    take(sqlite_database, "platform,campaign,day,spend\nads,A,2026-08-01,$1.50\n", wishes=Wishes(currency="CAD"))

    assert [row.currency for row in stored(sqlite_database)] == ["CAD"]


def test_money_in_several_currencies_is_refused(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "platform,campaign,day,spend (EUR),revenue (USD)\nads,A,2026-08-01,1,2\n")

    assert (
        outcome.error
        == "money in several currencies (EUR in column 'spend (EUR)', USD in column 'revenue (USD)'); export it in one"
    )


def test_rows_in_several_currencies_keep_their_own_and_want_a_rate(sqlite_database: Database) -> None:
    take(sqlite_database, rows("2026-08-01,EUR,10,1", "2026-08-01,USD,20,1"))

    assert [(row.currency, row.spend) for row in stored(sqlite_database)] == [
        ("EUR", Decimal(10)),
        ("USD", Decimal(20)),
    ]
    with sqlite_database.read() as conn:
        sums = list(campaign_sums(conn, AUGUST.start, AUGUST.end, "EUR"))
    euros, dollars = (facts_of(each, Rates([]), "EUR") for each in sums)
    assert euros.known["spend"] == Money(Decimal(10), "EUR")
    assert "no rate from USD to EUR" in dollars.refused["spend"]


# 6. The same again changes nothing; a restated day replaces; overlaps are told.
def test_the_same_file_again_changes_nothing(database: Database) -> None:
    content = rows("2026-08-01,EUR,1.5,10", "2026-08-02,EUR,2.5,20")
    first = take(database, content)
    before = stored(database)

    again = take(database, content, minutes=5)

    assert (first.counts.imported, again.counts.imported, again.counts.unchanged) == (2, 0, 2)
    assert again.known_since is not None
    assert stored(database) == before


def test_a_restated_day_replaces_and_is_counted(database: Database) -> None:
    take(database, rows("2026-08-01,EUR,1.5,10", "2026-08-02,EUR,2.5,20"))

    again = take(database, rows("2026-08-01,EUR,1.75,11", "2026-08-02,EUR,2.5,20"), minutes=5)

    assert (again.counts.imported, again.counts.updated, again.counts.unchanged) == (0, 1, 1)
    assert total(stored(database), "spend") == Decimal("4.25")


def test_the_same_day_is_the_same_whatever_the_order_of_the_columns(database: Database) -> None:
    take(database, "Campaign ID,Ad set ID,Ad ID,Day,Amount spent (EUR)\n1,8,9,2026-08-01,1.5\n")

    again = take(database, "Ad ID,Amount spent (EUR),Ad set ID,Day,Campaign ID\n9,1.75,8,2026-08-01,1\n", minutes=5)

    assert (again.counts.imported, again.counts.updated, again.report.rejected) == (0, 1, [])
    assert [(row.content, row.spend) for row in stored(database)] == [("8 | 9", Decimal("1.75"))]


def test_an_ad_that_was_renamed_is_the_same_ad(database: Database) -> None:
    header = "Campaign ID,Ad set ID,Ad set name,Ad ID,Ad name,Day,Amount spent (EUR)"
    take(database, f"{header}\n1,8,North,9,Blue,2026-08-01,1.5\n")

    again = take(database, f"{header}\n1,8,Nord,9,Azure,2026-08-01,1.5\n", minutes=5)

    assert (again.counts.imported, again.counts.updated) == (0, 1)
    assert [(row.content, row.content_name, row.spend) for row in stored(database)] == [
        ("8 | 9", "Azure", Decimal("1.5"))
    ]


def test_ads_told_by_their_ids_do_not_stand_beside_ads_told_by_their_names(database: Database) -> None:
    take(database, "Campaign name,Ad name,Day,Amount spent (EUR)\nA,Blue,2026-08-01,1.5\n")

    again = take(database, "Campaign name,Ad ID,Day,Amount spent (EUR)\nA,9,2026-08-01,1.5\n", minutes=5)

    assert "both together would count twice" in again.report.rejected[0].problem
    assert total(stored(database), "spend") == Decimal("1.5")


def test_a_period_over_days_that_are_there_is_refused_with_the_rule(database: Database) -> None:
    take(database, "platform,campaign,day,spend\nads,A,2026-08-05,1\n")

    outcome = take(
        database, "platform,campaign,start,end,spend\nads,A,2026-08-01,2026-08-31,30\nads,B,2026-08-01,2026-08-31,9\n"
    )

    assert outcome.counts.imported == 1
    (refused,) = outcome.report.rejected
    assert refused.row == 2
    assert "its days lie over 2026-08-05, which is there already" in refused.problem


def test_ads_beside_their_campaign_are_refused_because_they_would_count_twice(database: Database) -> None:
    take(database, "platform,campaign,day,spend\nads,A,2026-08-05,1\n")

    outcome = take(database, "platform,campaign,content,day,spend\nads,A,ad 1,2026-08-05,1\nads,A,ad 1,2026-08-06,1\n")

    assert outcome.counts.imported == 1
    assert "both together would count twice" in outcome.report.rejected[0].problem


# 7. Link clicks are not all clicks; conversions have fractions; results are told apart.
def test_link_clicks_are_the_clicks_and_all_clicks_are_left_out(sqlite_database: Database) -> None:
    outcome = take_file(sqlite_database, MADE / "meta_ads.de.csv")

    assert [row.clicks for row in stored(sqlite_database)] == [1040, 811]
    assert "Klicks (alle)" in outcome.report.left_out_columns["no figure needs it"]


def test_clicks_to_the_destination_are_the_clicks_of_tiktok(sqlite_database: Database) -> None:
    outcome = take_file(sqlite_database, MADE / "tiktok_ads.en.csv")

    assert [row.clicks for row in stored(sqlite_database)] == [100, 0]
    assert "Clicks (all)" in outcome.report.left_out_columns["no figure needs it"]
    assert {"CPC (destination)", "CTR (destination)"} <= {*outcome.report.left_out_columns["computed anew from sums"]}


def test_conversions_keep_their_fractions(sqlite_database: Database) -> None:
    take_file(sqlite_database, MADE / "google_ads.fr.csv")

    assert {row.conversions for row in stored(sqlite_database)} == {Decimal("40.5"), Decimal("12.25")}


def test_results_carry_what_they_count_and_are_in_no_checksum(sqlite_database: Database) -> None:
    take_file(sqlite_database, MADE / "meta_ads.es.csv")

    assert {(row.results, row.result_indicator) for row in stored(sqlite_database)} == {
        (2, "Compras"), (1, "Clientes potenciales"),
    }  # fmt: skip


# 8. Unknown is not zero.
@pytest.mark.parametrize("cell", ["", "--", " --", "-", "—", "<5", "< 5", "n/a", "(not set)"])
def test_what_is_unknown_is_none_and_never_zero(cell: str, sqlite_database: Database) -> None:
    take(sqlite_database, rows(f"2026-08-01,EUR,2,{cell}"))

    assert [row.impressions for row in stored(sqlite_database)] == [None]


def test_an_unknown_cell_leaves_a_ratio_unknown_in_part_and_does_not_dilute_it(sqlite_database: Database) -> None:
    take(sqlite_database, rows("2026-08-01,EUR,2,1000", "2026-08-02,EUR,,<5"))

    with sqlite_database.read() as conn:
        (summed,) = campaign_sums(conn, AUGUST.start, AUGUST.end, "EUR")
    facts = cut([summed], "total", AUGUST, Ledger("EUR", Rates([]))).slices[Key()]
    assert facts.known == {
        "spend": Money(Decimal(2), "EUR"),
        "impressions": Decimal(1000),
        "social_spend": Money(Decimal(0), "EUR"),  # none of it is of a social platform
        "social_revenue": Money(Decimal(0), "EUR"),
    }
    assert facts.partial == {"spend", "impressions"}


def test_a_measured_zero_is_zero(sqlite_database: Database) -> None:
    take(sqlite_database, rows("2026-08-01,EUR,0.00,0"))

    assert [(row.spend, row.impressions) for row in stored(sqlite_database)] == [(Decimal(0), 0)]


# 9. Unknown columns are listed.
def test_unknown_columns_are_listed(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "platform,campaign,day,spend,품질,mood\nads,A,2026-08-01,1,x,y\n")

    assert outcome.report.unknown_columns == ["품질", "mood"]


# 10. Ids are texts.
def test_an_id_in_scientific_notation_is_no_key(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "platform,campaign_id,day,spend\nads,1.78E+17,2026-08-01,1\nads,178,2026-08-01,1\n")

    (refused,) = outcome.report.rejected
    assert (refused.row, refused.column, refused.value) == (2, "campaign_id", "1.78E+17")
    assert [row.campaign_id for row in stored(sqlite_database)] == ["178"]


def test_a_post_whose_id_was_rounded_is_told_by_its_link(sqlite_database: Database) -> None:
    outcome = take_file(sqlite_database, MADE / "x_analytics.en.csv")

    assert outcome.report.rejected == []
    assert [row.content for row in stored(sqlite_database)] == ["1780000000000000001", "1780000000000000002"]


def test_a_long_id_keeps_every_digit(sqlite_database: Database) -> None:
    take(sqlite_database, 'platform,campaign_id,day,spend\nads,="00178000000000000012345",2026-08-01,1\n')

    assert [row.campaign_id for row in stored(sqlite_database)] == ["00178000000000000012345"]


# 11. The time zone of the file is kept.
@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("linkedin_ads.en.csv", "UTC"),
        ("hootsuite_posts.en.csv", "UTC"),
        ("meta_ads.fr.csv", "of the ad account"),
        ("ga4.de.csv", "of the property"),
    ],
)
def test_the_time_zone_of_a_file_is_kept_and_told(name: str, zone: str, sqlite_database: Database) -> None:
    outcome = take_file(sqlite_database, MADE / name)

    with sqlite_database.read() as conn:
        (kept,) = files(conn)
    assert (outcome.report.zone, kept.zone) == (zone, zone)


# 12. A file of a whole range stays a period.
def test_a_file_of_a_whole_range_is_no_day(sqlite_database: Database) -> None:
    take_file(sqlite_database, MADE / "google_ads.de.csv")

    assert {(str(row.start_day), str(row.end_day), row.days) for row in stored(sqlite_database)} == {
        ("2026-08-01", "2026-09-01", 31)
    }
    with sqlite_database.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM v_campaign_daily").scalar_one() == 0
        sums = list(campaign_sums(conn, AUGUST.start, AUGUST.end, "EUR", daily=True))
    by_day, in_all = (cut(sums, by, AUGUST, Ledger("EUR", Rates([]))) for by in ("day", "total"))
    assert (by_day.slices, [left.rows for left in by_day.left_out]) == ({}, [2])
    assert in_all.slices[Key()].known["spend"] == Money(Decimal(500), "EUR")


# 13. Two campaigns of one name without an id are never one.
def test_two_rows_that_nothing_tells_apart_are_both_refused(database: Database) -> None:
    content = "platform,campaign,day,spend\nads,A,2026-08-01,1\nads,A,2026-08-01,2\nads,B,2026-08-01,3\n"

    outcome = take(database, content)

    assert [each.row for each in outcome.report.rejected] == [2, 3]
    assert [(row.campaign, row.spend) for row in stored(database)] == [("B", Decimal(3))]


def test_two_campaigns_of_one_name_are_told_apart_by_their_ids(database: Database) -> None:
    take(database, "platform,campaign_id,campaign,day,spend\nads,1,A,2026-08-01,1\nads,2,A,2026-08-01,2\n")

    assert {(row.campaign_id, row.spend) for row in stored(database)} == {("1", Decimal(1)), ("2", Decimal(2))}


def test_a_name_is_not_taken_for_the_id_of_another_file(database: Database) -> None:
    take(database, "platform,campaign,day,spend\nads,A,2026-08-01,1\n")

    outcome = take(database, "platform,campaign_id,campaign,day,spend\nads,1,A,2026-08-01,1\n")

    assert "nothing tells whether it is the same" in outcome.report.rejected[0].problem
    assert len(stored(database)) == 1
