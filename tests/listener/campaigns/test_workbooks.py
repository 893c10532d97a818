from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from storage.database import Database
from tests.listener.campaigns.exports import stored, take

HEADER: list[object] = ["platform", "campaign_id", "campaign", "day", "spend", "impressions"]
DAY = datetime(2026, 8, 1)  # noqa: DTZ001  # as a workbook has it


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (HEADER, *rows):
        sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_numbers_and_days_of_a_workbook_need_no_guessing(sqlite_database: Database) -> None:
    take(sqlite_database, book(["ads", 17, "A", DAY, 1.234, 1000], ["ads", "018", "B", "2026-08-02", 0.1 + 0.2, 0]))

    assert [(row.campaign_id, str(row.start_day), row.spend, row.impressions) for row in stored(sqlite_database)] == [
        ("17", "2026-08-01", Decimal("1.234"), 1000),
        ("018", "2026-08-02", Decimal("0.3"), 0),
    ]


def test_a_formula_is_refused_by_its_cell(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, book(["ads", "1", "A", DAY, "=SUM(E3:E9)", 10]))

    assert outcome.error is not None
    assert "cell E2: a formula" in outcome.error


def test_a_text_that_begins_like_a_formula_in_csv_is_refused_by_row_and_column(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, "platform,campaign,day,spend\nads,=1+1,2026-08-01,1\nads,B,2026-08-01,=A1\n")

    assert [(each.row, each.column) for each in outcome.report.rejected] == [(2, "campaign"), (3, "spend")]


@pytest.mark.parametrize("rounded", [1.78e17, 23849000000000001.0, 12.5])
def test_an_id_that_a_workbook_holds_as_a_rounded_number_is_no_key(rounded: float, sqlite_database: Database) -> None:
    outcome = take(sqlite_database, book(["ads", rounded, "A", DAY, 1, 10]))

    assert [(each.row, each.column) for each in outcome.report.rejected] == [(2, "campaign_id")]


def test_short_rows_of_a_workbook_lack_empty_cells_alone(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, book(["ads", "1", "A", DAY, 1]))

    assert outcome.report.rejected == []
    assert [row.impressions for row in stored(sqlite_database)] == [None]


def test_sheets_of_one_workbook_are_one_file(sqlite_database: Database) -> None:
    made = Workbook()
    for name in ("one", "two"):
        sheet = made.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(["ads", name, "A", DAY, 1, 10])
    stream = io.BytesIO()
    made.save(stream)

    outcome = take(sqlite_database, stream.getvalue())

    assert (outcome.report.rows, outcome.counts.imported) == (2, 2)
    assert [each.partition(":")[0] for each in outcome.report.ignored_tables] == ["sheet 'Sheet'"]


def sheets(**rows: list[list[object]]) -> bytes:
    made = Workbook()
    for name, lines in rows.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_row_that_stands_on_two_sheets_is_taken_once(dry_run: bool, database: Database) -> None:
    row: list[object] = ["ads", "1", "A", DAY, 1, 10]

    outcome = take(database, sheets(one=[HEADER, row], two=[HEADER, row]), dry_run=dry_run)

    assert outcome.counts.imported == 1
    (refused,) = outcome.report.rejected
    assert (refused.row, refused.problem) == (
        2,
        "sheet 'two': another sheet has a row of the same campaign, content and days; keep one of the two",
    )


def test_a_sheet_of_ads_beside_one_of_their_campaigns_would_count_twice(database: Database) -> None:
    ads: list[object] = ["platform", "campaign_id", "campaign", "content", "day", "spend"]

    outcome = take(
        database, sheets(one=[HEADER, ["ads", "1", "A", DAY, 1, 10]], two=[ads, ["ads", "1", "A", "ad 1", DAY, 1]])
    )

    assert outcome.counts.imported == 1
    assert "both together would count twice" in outcome.report.rejected[0].problem
