from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from listener.campaigns.importing import import_file
from listener.campaigns.mapping import shipped
from storage.database import Database
from tests.listener.campaigns.exports import MADE, NOTHING_SAID, NOW, stored, take, take_file, total


@dataclass
class Must:
    """What a made file must come to, worked out by hand from its lines."""

    form: str
    rows: int
    sums: dict[str, object]
    currency: str | None = None
    days: tuple[str, str] = ("", "")  # the first one, the day after the last
    totals: bool | None = None
    left: dict[str, object] = field(default_factory=dict)  # of the first row


EXPECTED = {
    "generic.en.csv": Must(
        "generic",
        3,
        {
            "spend": Decimal("120.50") + Decimal("80.25") + 15,
            "impressions": 4000 + 2500 + 900,
            "clicks": 48,
            "conversions": Decimal("2.5"),
            "revenue": Decimal("310.40"),
        },
        days=("2026-08-01", "2026-08-03"),
        left={"platform": "billboards", "content": "north", "currency": "EUR", "revenue": None},
    ),
    "generic.fr.csv": Must(
        "generic",
        2,
        {"spend": Decimal("1234.56") + Decimal("765.44"), "impressions": 12000 + 8500},
        "EUR",
        ("2026-08-01", "2026-09-01"),
        left={"campaign": "Été en ville", "days": 31},
    ),
    "ga4.traffic.en.csv": Must(
        "ga4",
        3,
        {
            "sessions": 1200 + 800 + 500,
            "engaged_sessions": 700 + 240 + 310,
            "conversions": 36 + 8 + 12,
            "revenue": Decimal("1480.5") + Decimal("220.25") + 640,
        },
        days=("2026-08-01", "2026-09-01"),
        left={"account": "Acme shop", "content": "Organic Search", "grain": "channel"},
    ),
    "ga4.user.en.csv": Must(
        "ga4",
        2,
        {"active_users": 900 + 100, "conversions": 30 + 9, "revenue": Decimal("1410.5")},
        days=("2026-08-01", "2026-09-01"),
    ),
    "ga4.utm.en.csv": Must(
        "ga4",
        3,
        {"sessions": 310 + 190 + 40, "revenue": Decimal("450.75") + 120},
        days=("2026-08-01", "2026-09-01"),
        left={"campaign": "summer", "utm_source": "newsletter", "utm_medium": "email"},
    ),
    "ga4.de.csv": Must(
        "ga4",
        2,
        {"sessions": 1200 + 800, "conversions": 36 + 8, "revenue": Decimal("1480.50") + Decimal("220.25")},
        days=("2026-08-01", "2026-09-01"),
        totals=True,
    ),
    "ga4.es.csv": Must(
        "ga4",
        2,
        {"sessions": 1150 + 420, "engaged_sessions": 850, "revenue": Decimal("1020.10") + 300},
        left={"account": "Tienda"},
    ),
    "ga4.fr.csv": Must(
        "ga4",
        2,
        {"sessions": 1040 + 260, "conversions": 21 + 4, "revenue": Decimal("910.50") + Decimal("75.25")},
        left={"campaign": "été"},
    ),
    "ga4.ko.csv": Must(
        "ga4", 2, {"sessions": 1200 + 800, "conversions": 44, "revenue": 148050 + 22025}, left={"account": "상점"}
    ),
    "ga4.it.csv": Must(
        "ga4",
        2,
        {"sessions": 1310 + 480, "engaged_sessions": 702 + 155, "conversions": 35, "revenue": 1300},
        days=("2026-08-01", "2026-09-01"),
        left={"account": "Negozio", "content": "Ricerca organica"},
    ),
    "ga4.pt.csv": Must(
        "ga4",
        2,
        {"sessions": 2800, "engaged_sessions": 1401, "conversions": 60, "revenue": Decimal("3490.50")},
        days=("2026-08-01", "2026-09-01"),
        totals=True,
        left={"account": "Loja", "utm_source": "google", "utm_medium": "cpc"},
    ),
    "ga4.ro.csv": Must(
        "ga4",
        2,
        {"sessions": 1250, "engaged_sessions": 702, "conversions": 25, "revenue": Decimal("1330.50")},
        days=("2026-08-01", "2026-09-01"),
        left={"campaign": "vară", "utm_source": "google", "utm_medium": "cpc"},
    ),
    "meta_ads.fr.csv": Must(
        "meta_ads",
        3,
        {
            "spend": Decimal("12.50") + Decimal("7.25") + Decimal("13.75"),
            "impressions": 4200 + 2100 + 4500,
            "clicks": 84 + 40 + 91,
            "orders": 3 + 2,
            "revenue": Decimal("248.40"),
        },
        "EUR",
        ("2026-08-01", "2026-08-03"),
        left={"campaign": "Été", "content": "Paris", "result_indicator": "actions:omni_purchase"},
    ),
    "meta_ads.de.csv": Must(
        "meta_ads",
        2,
        {"spend": Decimal("1234.56") + Decimal("980.40"), "impressions": 52300 + 40100, "clicks": 1040 + 811},
        "EUR",
        ("2026-08-13", "2026-08-15"),
        left={"campaign": "Sommerschluß", "content": "Süd | Video A", "reach": 41000},
    ),
    "meta_ads.es.csv": Must(
        "meta_ads",
        2,
        {"spend": Decimal("10.40") + Decimal("5.35"), "impressions": 1600, "clicks": 29},
        "EUR",
        totals=True,
    ),
    "meta_ads.it.csv": Must(
        "meta_ads",
        2,
        {"spend": Decimal("20.50"), "impressions": 900 + 650, "clicks": 25},
        "EUR",
        ("2026-08-01", "2026-09-01"),
    ),
    "meta_ads.pt.csv": Must(
        "meta_ads",
        2,
        {"spend": Decimal("1234.56") + Decimal("65.44"), "impressions": 21200, "clicks": 315},
        "BRL",
        ("2026-08-01", "2026-09-01"),
        totals=True,
        left={"days": 31, "campaign": "Verão"},
    ),
    "meta_ads.ko.csv": Must(
        "meta_ads",
        2,
        {"spend": 12500 + 9800, "impressions": 4200 + 3900, "clicks": 154},
        "KRW",
        left={"campaign": "여름"},
    ),
    "meta_ads.ro.csv": Must(
        "meta_ads",
        2,
        {"spend": Decimal("1050.75") + Decimal("949.25"), "impressions": 30500 + 28000, "clicks": 798},
        "RON",
        ("2026-08-01", "2026-08-03"),
        left={"campaign": "Vară", "reach": 21000},
    ),
    "google_ads.fr.csv": Must(
        "google_ads",
        2,
        {
            "spend": Decimal("1234.56") + Decimal("65.44"),
            "impressions": 12300 + 1900,
            "clicks": 850,
            "conversions": Decimal("40.5") + Decimal("12.25"),
            "revenue": 4050,
        },
        "EUR",
        ("2026-09-01", "2026-10-01"),
        totals=True,
        left={"days": 30},
    ),
    "google_ads.de.csv": Must(
        "google_ads",
        2,
        {
            "spend": Decimal("420.10") + Decimal("79.90"),
            "impressions": 12000,
            "clicks": 374,
            "conversions": Decimal("19.50"),
        },
        "EUR",
        ("2026-08-01", "2026-09-01"),
        totals=True,
        left={"content": "Schuhe"},
    ),
    "google_ads.es.csv": Must(
        "google_ads",
        2,
        {"spend": Decimal("320.00"), "impressions": 8120, "clicks": 238, "conversions": Decimal("10.5")},
        "EUR",
        totals=True,
    ),
    "google_ads.ko.csv": Must(
        "google_ads",
        2,
        {"spend": 10980 + 3080, "impressions": 1840, "clicks": 47, "conversions": 3},
        "KRW",
        ("2026-06-30", "2026-07-01"),
    ),
    "google_ads.it.csv": Must(
        "google_ads",
        2,
        {
            "spend": 500,
            "impressions": 11500,
            "clicks": 608,
            "conversions": Decimal("17.75"),
            "revenue": Decimal("2382.50"),
        },
        "EUR",
        ("2026-08-01", "2026-09-01"),
        totals=True,
        left={"campaign": "Ricerca \u2013 marchio"},
    ),
    "google_ads.pt.csv": Must(
        "google_ads",
        2,
        {"spend": 1250, "impressions": 15500, "clicks": 587, "conversions": Decimal("17.5"), "revenue": 5020},
        "BRL",
        ("2026-08-01", "2026-09-01"),
        totals=True,
        left={"campaign": "Verão", "campaign_id": "7001"},
    ),
    "google_ads.ro.csv": Must(
        "google_ads",
        2,
        {"spend": 400, "impressions": 8200, "clicks": 361, "conversions": Decimal("11.5")},
        "RON",
        ("2026-08-13", "2026-08-15"),
        totals=True,
        left={"campaign": "Vară", "content": "Pantofi"},
    ),
    "linkedin_ads.en.csv": Must(
        "linkedin_ads",
        3,
        {
            "spend": Decimal("87.34") + Decimal("1099.16") + Decimal("13.50"),
            "impressions": 5120 + 60010 + 900,
            "clicks": 549,
            "conversions": 27,
            "leads": 12,
            "revenue": 0,
        },
        "USD",
        ("2026-09-01", "2026-09-15"),
        left={"campaign_id": "180011001"},
    ),
    "linkedin_ads.de.csv": Must(
        "linkedin_ads",
        2,
        {"spend": Decimal("87.34") + Decimal("1099.16"), "impressions": 65130, "clicks": 543, "conversions": 27},
        "EUR",
        ("2026-09-01", "2026-09-03"),
        left={"campaign": "Fachkräfte"},
    ),
    "linkedin_ads_api.api.csv": Must(
        "linkedin_ads_api",
        2,
        {
            "spend": Decimal("87.34"),
            "impressions": 5120,
            "clicks": 18,
            "conversions": 2,
            "leads": None,
            "engagements": 21,
        },
        days=("2026-09-01", "2026-09-03"),
        left={"platform": "linkedin_ads", "campaign_id": "180011001", "reach": 1200, "currency": None},
    ),
    "meta_ads_api.api.csv": Must(
        "meta_ads_api",
        3,
        {"spend": Decimal("186.66"), "impressions": 4233 + 2575 + 2537, "clicks": 10 + 9 + 13},
        "EUR",
        ("2026-08-01", "2026-08-03"),
        left={"platform": "meta_ads", "campaign_id": "7001", "content": "8001 | 9001", "reach": 608},
    ),
    "tiktok_ads_api.api.csv": Must(
        "tiktok_ads_api",
        3,
        {"spend": Decimal("87.36"), "impressions": 4500, "clicks": 46, "conversions": 2, "views": 3610},
        days=("2026-09-15", "2026-09-16"),
        left={
            "platform": "tiktok_ads",
            "content": "2026-09-15 05:00",
            "grain": "campaign + hour",
            "published_local": None,
        },
    ),
    "linkedin_page.en.csv": Must(
        "linkedin_page",
        2,
        {"impressions": 680, "clicks": 31, "engagements": (9 + 2 + 1) + 7},
        days=("2026-09-30", "2026-10-02"),
    ),
    "linkedin_page.de.csv": Must("linkedin_page", 2, {"follows": 5 + 7}, days=("2026-09-30", "2026-10-02")),
    "x_ads.en.csv": Must(
        "x_ads",
        2,
        {"spend": Decimal("238.50"), "impressions": 20300, "clicks": 408, "engagements": 631, "views": 7900},
        "USD",
    ),
    "x_ads.de.csv": Must(
        "x_ads",
        2,
        {"spend": Decimal("23.50"), "impressions": 1050 + 980, "clicks": 40, "engagements": 63},
        "EUR",
        ("2026-08-13", "2026-08-15"),
    ),
    "x_analytics.en.csv": Must(
        "x_analytics",
        2,
        {"impressions": 424 + 548, "engagements": 11, "clicks": 4, "follows": 1, "views": 42},
        days=("2026-08-15", "2026-08-17"),
        left={"content": "1780000000000000001"},
    ),
    "x_analytics.fr.csv": Must(
        "x_analytics",
        2,
        {"impressions": 1350 + 980, "engagements": 63, "clicks": 14, "follows": 3, "views": 450},
        days=("2026-08-15", "2026-08-17"),
        left={"content": "1790000000000000001", "follows": 2, "utm_source": None},
    ),
    "tiktok_ads.en.csv": Must(
        "tiktok_ads",
        2,
        {"spend": Decimal("50.02"), "impressions": 10000, "clicks": 100, "conversions": 4, "views": 7001},
        "USD",
        totals=True,
    ),
    "tiktok_ads.de.csv": Must(
        "tiktok_ads",
        2,
        {"spend": 100, "impressions": 19500, "clicks": 195, "conversions": 7, "views": 13800},
        "EUR",
        totals=True,
    ),
    "tiktok_ads.en.xlsx": Must(
        "tiktok_ads",
        2,
        {"spend": Decimal("99.75"), "impressions": 19000, "clicks": 190, "conversions": 7},
        "USD",
        totals=True,
    ),
    "hubspot_contacts.en.csv": Must(
        "hubspot_contacts",
        3,
        {"leads": 2, "new_customers": 1},
        left={"content": "501", "content_type": "Paid Social", "utm_source": "facebook", "utm_campaign": "summer"},
    ),
    "hubspot_contacts.de.csv": Must(
        "hubspot_contacts", 2, {"leads": 2, "new_customers": 1}, days=("2026-08-13", "2026-08-15")
    ),
    "hubspot_deals.en.csv": Must("hubspot_deals", 2, {"revenue": 125000 + Decimal("2500.50"), "orders": 2}, "USD"),
    "hubspot_deals.fr.csv": Must(
        "hubspot_deals", 1, {"revenue": Decimal("125000.50"), "orders": 1}, "EUR", ("2026-08-20", "2026-08-21")
    ),
    "hootsuite_posts.en.csv": Must(
        "hootsuite_posts",
        2,
        {"impressions": 2100, "engagements": 175, "clicks": 29, "views": 650},
        days=("2026-03-02", "2026-03-06"),
        left={"account": "Facebook", "content_type": "photo"},
    ),
    "hootsuite_posts.fr.csv": Must(
        "hootsuite_posts", 2, {"impressions": 2100, "engagements": 175, "clicks": 29}, left={"account": "Facebook"}
    ),
    "sprout_posts.en.csv": Must(
        "sprout_posts", 2, {"impressions": 4000, "engagements": 184, "clicks": 42}, days=("2026-03-15", "2026-03-17")
    ),
    "sprout_posts.fr.csv": Must(
        "sprout_posts", 2, {"impressions": 4000, "engagements": 184, "clicks": 42}, days=("2026-03-15", "2026-03-17")
    ),
    "buffer_posts.en.csv": Must(
        "buffer_posts",
        2,
        {"impressions": 1000, "engagements": 45, "clicks": 12},
        left={"content": "https://example.org/b1"},
    ),
    "buffer_posts.es.csv": Must(
        "buffer_posts", 2, {"impressions": 2000, "engagements": 45, "clicks": 12}, days=("2026-03-13", "2026-03-15")
    ),
    "meta_business_suite.posts.en.csv": Must(
        "meta_business_suite",
        2,
        {"views": 6600, "engagements": (80 + 4 + 6 + 10) + (310 + 44 + 21 + 60), "follows": 11},
        days=("2026-03-27", "2026-03-29"),
        left={"content": "18000000000000001", "content_type": "IG image"},
    ),
    "meta_business_suite.posts.de.csv": Must(
        "meta_business_suite", 2, {"views": 2100}, days=("2026-03-27", "2026-03-29")
    ),
    "youtube_studio.de.csv": Must(
        "youtube_studio", 2, {"views": 2100, "impressions": 16100, "revenue": Decimal("2.20")}, "EUR"
    ),
    "google_trends.de.csv": Must(
        "google_trends", 2, {"interest": 40 + 100 + 7}, days=("2026-08-01", "2026-08-03"), left={"content": "Acme"}
    ),
    "youtube_studio.fr.csv": Must(
        "youtube_studio",
        3,
        {"views": 1250 + 980 + 310, "impressions": 29100, "revenue": Decimal("2.80")},
        "EUR",
        ("2026-08-01", "2026-08-14"),
        left={"content": "a1b2"},
    ),
    "google_trends.ko.csv": Must(
        "google_trends",
        3,
        {"interest": (61 + 100 + 74) + (12 + 9)},
        days=("2026-08-02", "2026-08-23"),
        left={"content": "에크미", "days": 7},
    ),
    "microsoft_ads.en.csv": Must(
        "microsoft_ads",
        2,
        {"spend": Decimal("22.50"), "impressions": 2000, "clicks": 55, "conversions": 3, "revenue": 135},
        "EUR",
        ("2026-08-01", "2026-08-15"),
        totals=True,
    ),
    "microsoft_ads.de.csv": Must(
        "microsoft_ads",
        2,
        {"spend": Decimal("22.50"), "impressions": 2000, "clicks": 55, "conversions": 3, "revenue": 135},
        "EUR",
        ("2026-08-01", "2026-08-15"),
        left={"campaign": "Schuhe für alle"},
    ),
}
EXPECTED["meta_ads.fr-garbled.csv"] = EXPECTED["meta_ads.fr.csv"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_made_export_comes_to_what_its_lines_say(name: str, sqlite_database: Database) -> None:
    must = EXPECTED[name]

    outcome = take_file(sqlite_database, MADE / name)

    assert outcome.error is None
    assert outcome.report.formats == [must.form]
    assert (outcome.report.rejected, outcome.report.unknown_columns) == ([], [])
    assert outcome.report.rows == must.rows
    assert outcome.report.totals_checked is must.totals
    rows = stored(sqlite_database)
    assert {figure: total(rows, figure) for figure in must.sums} == must.sums
    if must.currency:
        assert {row.currency for row in rows} == {must.currency}
    if must.days[0]:
        assert (str(min(row.start_day for row in rows)), str(max(row.end_day for row in rows))) == must.days
    first = next(row for row in rows if row.file_row == min(each.file_row for each in rows))
    assert {name: getattr(first, name) for name in must.left} == must.left


def test_every_made_file_is_expected_and_every_format_has_one() -> None:
    files = {path.name for path in MADE.iterdir() if path.suffix != ".md"}
    assert files == set(EXPECTED)
    assert {must.form for must in EXPECTED.values()} == {form.name for form in shipped()}


def test_amounts_in_millionths_are_money(sqlite_database: Database) -> None:
    take(
        sqlite_database,
        "customer_id,date,id,clicks,impressions,cost_micros\n120,2026-08-01,7,49,166,36150000\n120,2026-08-02,7,1,9,10000\n",
    )

    assert [row.spend for row in stored(sqlite_database)] == [Decimal("36.15"), Decimal("0.01")]


def test_nothing_of_a_person_is_stored(sqlite_database: Database) -> None:
    outcome = take_file(sqlite_database, MADE / "hubspot_contacts.en.csv")

    assert outcome.report.left_out_columns["data of persons"] == ["First Name", "Last Name", "Email"]
    assert "Ann" not in repr(stored(sqlite_database))


def test_what_the_details_of_a_source_hold_depends_on_the_source(sqlite_database: Database) -> None:
    take(
        sqlite_database,
        "Record ID,Lifecycle Stage,Create Date,Original Source,hs_analytics_source_data_1,hs_analytics_source_data_2\n"
        "1,Lead,2026-08-03,Paid Social,Facebook,summer\n"
        "2,Lead,2026-08-03,Referrals,partner.example,partner.example/page\n"
        "3,Lead,2026-08-03,PAID_SEARCH,brand,running shoes\n"
        "4,Lead,2026-08-03,Organic Search,Unknown keywords (SSL),google\n"
        "5,Lead,2026-08-03,Offline Sources,IMPORT,Ann's list.csv\n"
        "6,Lead,2026-08-03,,IMPORT,Ann's list.csv\n",
    )

    assert [(row.utm_source, row.utm_campaign, row.utm_term) for row in stored(sqlite_database)] == [
        ("Facebook", "summer", None),
        ("partner.example", None, None),
        (None, "brand", "running shoes"),
        ("google", None, None),
        (None, None, None),
        (None, None, None),
    ]
    assert "IMPORT" not in repr(stored(sqlite_database))


def test_a_detail_whose_source_is_not_in_the_file_is_left_out_and_told(sqlite_database: Database) -> None:
    outcome = take(
        sqlite_database,
        "Record ID,Lifecycle Stage,Create Date,Original Source Drill-Down 1\n1,Lead,2026-08-03,facebook\n",
    )

    assert outcome.report.left_out_columns == {
        "the column that says what it is of is missing": ["Original Source Drill-Down 1"]
    }
    assert [(row.leads, row.utm_source) for row in stored(sqlite_database)] == [(1, None)]


@pytest.mark.parametrize(
    ("cell", "source", "medium"),
    [
        ("google / cpc", "google", "cpc"),
        ("(direct) / (none)", "(direct)", "(none)"),
        ("partner.example / blog / referral", "partner.example / blog", "referral"),
        ("google / (not set)", "google", None),
        ("(data not available) / organic", None, "organic"),
        ("(not set)", None, None),
        ("google", None, None),
        ("", None, None),
    ],
)
def test_source_and_medium_of_analytics_are_tags_of_their_own(
    cell: str, source: str | None, medium: str | None, sqlite_database: Database
) -> None:
    content = f"# 20260801-20260831\nSession source / medium,Sessions,Key events\n{cell},40,3\nbing / organic,2,1\n"

    take(sqlite_database, content)

    first, second = stored(sqlite_database)
    found, other = (first, second) if first.content == cell else (second, first)
    assert (found.content, found.utm_source, found.utm_medium) == (cell, source, medium)
    assert (other.utm_source, other.utm_medium) == ("bing", "organic")


def test_a_source_that_stands_alone_goes_before_the_one_beside_its_medium(sqlite_database: Database) -> None:
    take(
        sqlite_database,
        "# 20260801-20260831\nSession source / medium,Session source,Sessions\ngoogle / cpc,google.com,4\n"
        "x / y,(not set),9\n",
    )

    assert {(row.utm_source, row.utm_medium) for row in stored(sqlite_database)} == {("google.com", "cpc"), (None, "y")}


def test_deals_that_were_not_won_are_no_revenue_and_are_counted(sqlite_database: Database) -> None:
    outcome = take_file(sqlite_database, MADE / "hubspot_deals.en.csv")

    assert outcome.report.notes == ["1 rows left out: not in a stage that counts"]


def test_a_second_look_at_all_made_files_changes_nothing(database: Database) -> None:
    for path in sorted(MADE.glob("meta_ads.*.csv")):
        list(import_file(path, shipped(), NOTHING_SAID, database, NOW))
    before = stored(database)

    for path in sorted(MADE.glob("meta_ads.*.csv")):
        (outcome,) = import_file(path, shipped(), NOTHING_SAID, database, NOW)
        assert (outcome.counts.imported, outcome.counts.updated) == (0, 0)
    assert stored(database) == before
