from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from listener.campaigns.evidence import Wishes
from listener.campaigns.layout import MAX_COLUMNS, MAX_ROWS, Layout
from listener.campaigns.refusal import ImportRefusedError
from storage.database import Database
from tests.listener.campaigns.exports import stored, take, total

PERIOD = "# Start date: 20260801\n# End date: 20260831\n"


def test_several_tables_of_one_file_are_all_read_and_the_unknown_one_is_named(sqlite_database: Database) -> None:
    content = (
        f"{PERIOD}Session source,Sessions\ngoogle,10\n\n\n# Pages\n{PERIOD}Page title,Scrolls\nHome,3\n\n"
        f"{PERIOD}Country,Sessions\nFrance,7\n"
    )

    outcome = take(sqlite_database, content)

    assert {(row.grain, row.content, row.sessions) for row in stored(sqlite_database)} == {("source", "google", 10)}
    assert outcome.report.ignored_tables == ["row 10: 'Page title', 'Scrolls': no format has these columns"]
    assert "is there already by source, and this is by country" in outcome.report.rejected[0].problem


def test_blank_lines_do_not_end_a_table(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "Campaign,Day,Cost\nA,2026-08-01,1\n\nB,2026-08-01,2\n\n\nC,2026-08-01,4\n")

    assert outcome.report.rows == 3
    assert total(stored(sqlite_database), "spend") == 7


def test_lines_of_text_above_and_below_are_no_data(sqlite_database: Database) -> None:
    content = 'Account,Acme Inc.\n\nCampaign,Day,Cost\nA,2026-08-01,1\n\n"(c) somebody, all rights reserved"\n'

    outcome = take(sqlite_database, content)

    assert outcome.report.rejected == []
    assert total(stored(sqlite_database), "spend") == 1


def test_a_row_that_begins_like_a_comment_is_a_row_when_it_fills_the_table(sqlite_database: Database) -> None:
    take(sqlite_database, "Campaign,Day,Cost\n#summer,2026-08-01,1\n")

    assert [row.campaign for row in stored(sqlite_database)] == ["#summer"]


def test_a_row_that_was_cut_is_refused_by_its_number(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "Campaign,Day,Cost\nA,2026-08-01,1\nB,2026-08\n")

    assert [(each.row, each.problem) for each in outcome.report.rejected] == [(3, "2 cells where the header has 3")]


def test_totals_in_a_language_that_no_format_knows_are_found_by_their_sums(sqlite_database: Database) -> None:
    content = "Campaign,Day,Cost,Clicks\nA,2026-08-01,1.50,3\nB,2026-08-01,2.25,4\nYhteensä,2026-08-01,3.75,7\n"

    outcome = take(sqlite_database, content)

    assert [(each.row, each.problem) for each in outcome.report.rejected] == [
        (4, "is the sum of all other rows, so it is no data")
    ]
    assert total(stored(sqlite_database), "spend") == Decimal("3.75")


@pytest.mark.parametrize(("stated", "taken"), [(100, True), (104, True), (105, True), (106, False), (99, False)])
def test_a_cell_below_a_threshold_may_hide_no_more_than_it_says(
    stated: int, taken: bool, sqlite_database: Database
) -> None:
    outcome = take(
        sqlite_database, f"Campaign,Day,Cost,Clicks\nA,2026-08-01,1,100\nB,2026-08-01,1,<5\nTotal,,2,{stated}\n"
    )

    assert (outcome.error is None) is taken


def test_totals_of_more_rows_than_are_shown_are_not_compared(sqlite_database: Database) -> None:
    content = "Content,Views,Impressions\nTotal,900,9000\na,100,900\nb,50,400\nShowing top 500 results,,\n"

    outcome = take(sqlite_database, content, wishes=Wishes(period=(date(2026, 8, 1), date(2026, 8, 31))))

    assert outcome.report.totals_checked is None
    assert "the totals are of more rows than the file shows, so they were not compared" in outcome.report.notes


def test_a_month_is_a_period(sqlite_database: Database) -> None:
    take(sqlite_database, "Campaign,Month,Cost\nA,2026-02,1\nA,2026-12,2\n")

    assert [(str(row.start_day), str(row.end_day)) for row in stored(sqlite_database)] == [
        ("2026-02-01", "2026-03-01"),
        ("2026-12-01", "2027-01-01"),
    ]


def test_a_period_that_ends_before_it_starts_is_refused_by_row(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "platform,campaign,start,end,spend\nads,A,2026-08-31,2026-08-01,1\n")

    assert [(each.row, each.column, each.problem) for each in outcome.report.rejected] == [
        (2, "start", "starts after it ends")
    ]


def test_a_series_that_no_figure_is_made_of_is_left_out_with_its_name(sqlite_database: Database) -> None:
    content = "Facebook visits\nDate,Primary\n2026-08-01,5\n\nFacebook reach\nDate,Primary\n2026-08-01,7\n"

    outcome = take(sqlite_database, content)

    assert outcome.report.ignored_tables == [
        "row 2: a series called 'Facebook visits', which no figure is made of; leave it out"
    ]
    assert [(row.content, row.reach) for row in stored(sqlite_database)] == [("Facebook reach", 7)]


def test_a_table_without_any_figure_that_is_kept_is_refused(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "platform,campaign,day,ctr\nads,A,2026-08-01,0.5\n")

    assert outcome.error == "row 1: no column holds a figure that is kept: 'platform', 'campaign', 'day', 'ctr'"


def test_a_cell_beyond_the_limit_is_refused_by_row_and_column(sqlite_database: Database) -> None:
    outcome = take(
        sqlite_database,
        f"platform,campaign,day,spend\nads,{'x' * 32 * 1024},2026-08-01,1\nads,{'y' * 32769},2026-08-01,2\n",
    )

    assert [(each.row, each.column, each.problem) for each in outcome.report.rejected] == [
        (3, "campaign", "longer than 32,768 characters")
    ]
    assert [row.spend for row in stored(sqlite_database)] == [1]


def test_more_rows_than_a_million_are_refused() -> None:
    rows = ((number, ("a", "b")) for number in range(MAX_ROWS + 1000, MAX_ROWS + 1002))

    with pytest.raises(ImportRefusedError, match="more than 1,000,000 rows"):
        list(Layout(lambda _: None).chunks(rows))


def test_more_columns_than_two_hundred_are_refused_with_the_row(sqlite_database: Database) -> None:
    wide = ",".join(f"c{number}" for number in range(MAX_COLUMNS + 1))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["platform", "campaign", "day", "spend"])
    sheet.cell(3, MAX_COLUMNS + 1, "far away")
    stream = io.BytesIO()
    book.save(stream)

    for content in (f"platform,campaign,day,spend\n{wide}\n".encode(), stream.getvalue()):
        assert "more than 200 columns; export fewer" in (take(sqlite_database, content).error or "")
