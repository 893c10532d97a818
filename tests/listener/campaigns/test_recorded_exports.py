from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from listener.campaigns.evidence import Wishes
from listener.campaigns.importing import Outcome
from listener.campaigns.mapping import read_format, shipped
from storage.database import Database
from tests.listener.campaigns.exports import NOTHING_SAID, stored, take_file, total
from tests.listener.campaigns.exports import take as take_content

pytestmark = pytest.mark.recordings

A_PERIOD = Wishes(period=(date(2023, 11, 28), date(2024, 11, 26)))

# What each recorded file comes to: format, rows of data, rows turned away. What is refused as a whole: the reason.
TAKEN: dict[str, tuple[str, int, int]] = {
    "facebook_ads_basic_ad_data.csv": ("meta_ads_api", 10, 0),
    "ga4-mh4u.csv": ("ga4", 241, 0),
    "ga4-rustom.csv": ("ga4", 105, 0),
    "google-ads-campaign-pt.csv": ("google_ads", 3, 0),
    "google-ads-campaign.csv": ("google_ads", 2, 0),
    "google-ads-keywords-utf16.csv": ("google_ads", 17, 0),
    "google-ads-searchterms.csv": ("google_ads", 2997, 0),
    "google-ads-timeseries-pt.csv": ("google_ads", 20, 0),
    "google-trends-5-brands.csv": ("google_trends", 52, 0),
    "google_ads_campaign_stats_data.csv": ("google_ads", 16, 0),
    "ko-campaigns-synthetic.csv": ("generic", 600, 0),
    "linkedin_ad_analytics_by_campaign_data.csv": ("linkedin_ads_api", 20, 0),
    "meta-ads-2017.csv": ("meta_ads", 535, 0),
    "meta-ads-mh4u.xlsx": ("meta_ads", 50, 18),
    "meta-suite-Follows.csv": ("meta_business_suite", 471, 0),
    "meta-suite-Reach-header2.csv": ("meta_business_suite", 56, 0),
    "meta-suite-Reach-tab.csv": ("meta_business_suite", 484, 0),
    "meta-suite-posts-uk.csv": ("meta_business_suite", 44, 3),
    "tiktok_campaign_report_hourly_data.csv": ("tiktok_ads_api", 4, 0),
    "twitter-analytics-excel-mangled.csv": ("x_analytics", 103, 100),
    "youtube-studio-Subscription_status_Chart_data.csv": ("youtube_studio", 730, 0),
}
NO_DAYS = " and no line above says which days the rows are of; export a day column, or say it with --period"
REFUSED: dict[str, str] = {
    "facebook-insights-brokenheader.csv": "row 1: no format has these columns",
    "facebook_ads_basic_ad_actions_data.csv": "row 1: no format has these columns: '_fivetran_id', 'ad_id'",
    "facebook_ads_campaign_history_data.csv": "row 1: no format has these columns: 'id', 'account_id'",
    "ga4-empty-dashboard.csv": "row 54: no format has these columns: 'Date', 'Week 0'",
    "google-ads-timeseries-hour.csv": "row 1: no column ('Hour', 'Clicks', 'Impressions', 'Avg. CPC', 'Cost') and",
    "google_ads_campaign_history_data.csv": "row 1: no format has these columns: 'id', 'updated_at'",
    "hubspot_company_data.csv": "row 1: no format has these columns: 'id', 'is_deleted'",
    "hubspot_deal_data.csv": "row 1: no format has these columns: 'deal_id'",
    "hubspot_deal_pipeline_stage_data.csv": "row 1: no format has these columns",
    "instagram_business_media_insights_data.csv": "row 1: no format has these columns",
    "kag-conversion-part.csv": "row 1: no format has these columns: 'ad_id', 'xyz_campaign_id'",
    "linkedin_campaign_history_data.csv": "row 1: no format has these columns: 'id'",
    "meridian-national_media.csv": "row 1: no format has these columns: 'time'",
    "meta-ads-vnd.csv": "row 1: column 'Reporting starts' says when a row starts, and none when it ends",
    "meta-suite-Audience.csv": "row 3: no format has these columns: 'FB_PAGE', 'FOLLOW', 'UNIQUE_USERS'",
    "mta-paths.csv.gz": "row 1: no format has these columns: 'path', 'total_conversions'",
    "tiktok_campaign_history_data.csv": "row 1: no format has these columns: 'CAMPAIGN_ID'",
    "youtube-studio-DangerTV_Content.csv": NO_DAYS,
    "youtube-studio-Subscription_status.csv": NO_DAYS,
    "youtube-studio-viewer_age.csv": "row 1: no format has these columns: 'Viewer age'",
}


def take(database: Database, recordings: Path, name: str, wishes: Wishes = NOTHING_SAID) -> Outcome:
    return take_file(database, recordings / "campaigns" / name, wishes)


def lines(recordings: Path, name: str, header: int) -> list[dict[str, str]]:
    """Read a recording with nothing but the csv module, for sums of our own."""
    raw = (recordings / "campaigns" / name).read_bytes()
    text = raw.decode("utf-16" if raw[:2] == b"\xff\xfe" else "utf-8-sig")
    body = "\n".join(text.splitlines()[header:])
    return list(csv.DictReader(io.StringIO(body), delimiter="\t" if "\t" in body else ","))


def test_every_recording_is_expected(recordings: Path) -> None:
    assert {path.name for path in (recordings / "campaigns").iterdir()} == set(TAKEN) | set(REFUSED)


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_recording_is_taken(name: str, recordings: Path, sqlite_database: Database) -> None:
    form, rows, rejected = TAKEN[name]

    outcome = take(sqlite_database, recordings, name)

    assert outcome.error is None
    assert (outcome.report.formats, outcome.report.rows) == ([form], rows)
    assert outcome.report.rejected_rows == rejected
    assert len({each.row for each in outcome.report.rejected}) == rejected


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_recording_is_refused_with_its_reason(name: str, recordings: Path, sqlite_database: Database) -> None:
    outcome = take(sqlite_database, recordings, name)

    assert outcome.error is not None
    assert REFUSED[name] in outcome.error
    assert stored(sqlite_database) == []


def test_the_sum_of_google_ads_is_that_of_its_campaigns_and_not_four_times_that(
    recordings: Path, sqlite_database: Database
) -> None:
    outcome = take(sqlite_database, recordings, "google-ads-campaign.csv")

    rows = stored(sqlite_database)
    spend = total(rows, "spend")
    assert spend == Decimal("1661.67") + Decimal("904.26")
    assert abs(spend - Decimal("2565.92")) <= Decimal("0.015")  # the file's own total, of rounded rows
    assert total(rows, "impressions") == 25881 + 20287
    assert {row.currency for row in rows} == {"INR"}
    assert {(str(row.start_day), str(row.end_day)) for row in rows} == {("2025-07-08", "2025-08-01")}
    assert outcome.report.totals_checked is True


def test_the_sums_of_a_brazilian_report_are_its_own_totals(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "google-ads-campaign-pt.csv")

    rows = stored(sqlite_database)
    expected = {"spend": Decimal("118.99"), "clicks": 34, "conversions": 14}
    assert {figure: total(rows, figure) for figure in expected} == expected
    assert {row.currency for row in rows} == {"BRL"}


def test_days_in_portuguese_words_are_read(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "google-ads-timeseries-pt.csv")

    rows = stored(sqlite_database)
    cells = lines(recordings, "google-ads-timeseries-pt.csv", 0)
    spend = sum(Decimal(row["Custo"].removeprefix("R$").strip().replace(",", ".")) for row in cells)
    assert total(rows, "spend") == spend
    assert (str(rows[0].start_day), str(rows[-1].end_day)) == ("2026-05-05", "2026-05-25")
    assert {row.currency for row in rows} == {"BRL"}


def test_search_terms_keep_every_cent(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "google-ads-searchterms.csv")

    cells = lines(recordings, "google-ads-searchterms.csv", 2)
    assert total(stored(sqlite_database), "spend") == sum(Decimal(row["Cost"].replace(",", "")) for row in cells)


def test_micros_of_the_api_are_money(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "google_ads_campaign_stats_data.csv")

    cells = lines(recordings, "google_ads_campaign_stats_data.csv", 0)
    assert total(stored(sqlite_database), "spend") == sum(Decimal(row["cost_micros"]) for row in cells) / 1_000_000


@pytest.mark.parametrize(
    ("name", "spend", "clicks"),
    [
        ("facebook_ads_basic_ad_data.csv", "spend", "inline_link_clicks"),
        ("linkedin_ad_analytics_by_campaign_data.csv", "cost_in_local_currency", "clicks"),
        ("tiktok_campaign_report_hourly_data.csv", "SPEND", "CLICKS"),
    ],
)
def test_rows_of_an_api_keep_every_cent_and_click(
    name: str, spend: str, clicks: str, recordings: Path, sqlite_database: Database
) -> None:
    take(sqlite_database, recordings, name)

    cells, rows = lines(recordings, name, 0), stored(sqlite_database)
    assert total(rows, "spend") == sum(Decimal(row[spend]) for row in cells)
    assert total(rows, "clicks") == sum(int(row[clicks]) for row in cells)


def test_what_no_format_knows_is_read_by_a_mapping_of_ones_own(recordings: Path, sqlite_database: Database) -> None:
    own = read_format(
        """
        name = "kag"
        title = "Clicks of a social campaign"
        platform = "facebook"
        needs = [["spend"], ["campaign_id"]]
        [columns]
        campaign_id = { kind = "id", names.en = ["xyz_campaign_id"] }
        set = { kind = "part", names.en = ["fb_campaign_id"] }
        ad = { kind = "part", names.en = ["ad_id"] }
        age = { kind = "part", names.en = ["age"] }
        gender = { kind = "part", names.en = ["gender"] }
        interest = { kind = "part", names.en = ["interest"] }
        impressions = { kind = "count", names.en = ["Impressions"] }
        clicks = { kind = "count", names.en = ["Clicks"] }
        spend = { kind = "money", names.en = ["Spent"] }
        leads = { kind = "count", names.en = ["Total_Conversion"] }
        orders = { kind = "count", names.en = ["Approved_Conversion"] }
        """,
        "kag.toml",
    )
    content = (recordings / "campaigns" / "kag-conversion-part.csv").read_bytes()

    outcome = take_content(sqlite_database, content, wishes=A_PERIOD, formats=[*shipped(), own])

    cells, rows = lines(recordings, "kag-conversion-part.csv", 0), stored(sqlite_database)
    assert (outcome.error, outcome.report.formats, outcome.report.rejected_rows) == (None, ["kag"], 0)
    assert total(rows, "spend") == sum(round(Decimal(row["Spent"]), 6) for row in cells)
    assert total(rows, "orders") == sum(int(row["Approved_Conversion"]) for row in cells)


def test_meta_rows_of_a_quarter_stay_a_period(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "meta-ads-2017.csv")

    rows = stored(sqlite_database)
    cells = lines(recordings, "meta-ads-2017.csv", 0)
    assert total(rows, "spend") == sum(Decimal(row["Amount Spent (USD)"] or 0) for row in cells)
    assert {(str(row.start_day), str(row.end_day)) for row in rows} == {("2017-04-19", "2017-07-20")}


def test_the_totals_row_on_top_of_a_workbook_is_a_checksum(recordings: Path, sqlite_database: Database) -> None:
    outcome = take(sqlite_database, recordings, "meta-ads-mh4u.xlsx")

    assert outcome.report.totals_checked is True
    assert "rows of totals, left out of the data: 2" in outcome.report.notes
    assert all("same campaign, content and days" in each.problem for each in outcome.report.rejected)
    assert {row.currency for row in stored(sqlite_database)} == {"UAH"}


def test_results_keep_what_they_count(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "meta-ads-mh4u.xlsx")

    kinds = {row.result_indicator for row in stored(sqlite_database) if row.results is not None}
    assert kinds == {"actions:post_engagement", "actions:link_click", "video_thruplay_watched_actions"}


def test_vietnamese_days_start_with_the_day_once_the_user_says_that_rows_are_days(
    recordings: Path, sqlite_database: Database
) -> None:
    outcome = take(sqlite_database, recordings, "meta-ads-vnd.csv", Wishes(daily=True))

    cells = lines(recordings, "meta-ads-vnd.csv", 0)
    names = [(row["Reporting starts"], row["Campaign name"]) for row in cells]
    alone = [row for row, name in zip(cells, names, strict=True) if names.count(name) == 1]
    rows = stored(sqlite_database)
    assert len(rows) == len(alone)
    assert total(rows, "spend") == sum(Decimal(row["Amount spent (VND)"]) for row in alone)
    assert outcome.report.rejected_rows == len(cells) - len(alone)
    assert {str(row.start_day)[:7] for row in rows} == {"2025-04", "2025-05"}


def test_series_of_the_insights_page_are_told_by_their_titles(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "meta-suite-Reach-tab.csv")

    rows = stored(sqlite_database)
    assert {row.content for row in rows} == {"Facebook reach", "Instagram reach"}
    first = next(row for row in rows if row.content == "Facebook reach")
    assert (str(first.start_day), first.reach) == ("2023-07-08", 2768)


def test_weekly_interest_is_kept_per_term(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "google-trends-5-brands.csv")

    rows = stored(sqlite_database)
    assert len(rows) == 52 * 5
    assert {row.days for row in rows} == {7}
    first = {row.content: row.interest for row in rows if str(row.start_day) == "2020-04-19"}
    assert sorted(first.values(), key=str) == [0, 0, 17, 35, 69]


def test_a_period_that_the_user_names_places_rows_in_time(recordings: Path, sqlite_database: Database) -> None:
    outcome = take(sqlite_database, recordings, "youtube-studio-DangerTV_Content.csv", A_PERIOD)

    cells = lines(recordings, "youtube-studio-DangerTV_Content.csv", 0)[:-1]
    assert outcome.report.notes == ["row 502: left out, a line of text: Showing top 500 results"]
    assert total(stored(sqlite_database), "views") == sum(int(row["Views"]) for row in cells)


def test_totals_of_a_platform_that_counts_more_than_it_shows_are_told_and_refuse_nothing(
    recordings: Path, sqlite_database: Database
) -> None:
    outcome = take(sqlite_database, recordings, "youtube-studio-Subscription_status.csv", A_PERIOD)

    assert outcome.report.totals_checked is False
    assert "totals differ: 'Views' sums to 100325568, row 2 says 100325767" in outcome.report.notes
    assert total(stored(sqlite_database), "views") == 90632572 + 9692996


def test_posts_whose_id_was_rounded_are_told_by_their_link(recordings: Path, sqlite_database: Database) -> None:
    take(sqlite_database, recordings, "twitter-analytics-excel-mangled.csv")

    assert {row.content for row in stored(sqlite_database)} == {
        "649293177409679360", "649064976133525504", "648875195688714240",
    }  # fmt: skip


def test_the_widest_of_stacked_tables_is_read(recordings: Path, sqlite_database: Database) -> None:
    outcome = take(sqlite_database, recordings, "ga4-rustom.csv")

    assert [each.partition(":")[0] for each in outcome.report.ignored_tables] == ["row 11", "row 119"]
    assert {row.account for row in stored(sqlite_database)} == {"Rustom Ichhaporia - GA4"}
