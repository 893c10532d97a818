"""Names of sources and media: spellings of one thing come together, and nothing else does."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.campaign_settings import TrafficSource
from scoring.traffic_sources import GROUPS, MEDIA, SOURCES, Sources, campaign_name, folded

NAMES = Sources()


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("Google", "google"),
        ("google.com", "google"),
        ("www.google.co.uk", "google"),
        ("news.google.de", "google"),
        ("google.acme.example", "google.acme.example"),
        ("mail.google.com", "gmail"),
        ("FB", "facebook"),
        ("m.facebook.com", "facebook"),
        ("l.facebook.com", "facebook"),
        ("lnkd.in", "linkedin"),
        ("twitter", "x"),
        ("t.co", "x"),
        ("netflix.com", "netflix.com"),
        ("www.partner.example", "partner.example"),
        ("Newsletter_July", "newsletter july"),
        ("newsletter-july", "newsletter july"),
        ("newsletter", "newsletter"),
        ("(direct)", "direct"),
        ("(none)", None),
        ("(not set)", None),
        (" ", None),
        (None, None),
        ("Paid Social", None),
        ("ORGANIC_SEARCH", None),
        ("Bezahlte soziale Medien", None),
    ],
)
def test_a_source_has_one_name_however_it_is_written(written: str | None, source: str | None) -> None:
    assert NAMES.source(written) == source


@pytest.mark.parametrize(
    ("source", "written", "medium"),
    [
        ("google", "cpc", "paid search"),
        ("facebook", "cpc", "paid social"),
        ("facebook", "paid_social", "paid social"),
        ("youtube", "cpv", "paid video"),
        ("partner.example", "CPC", "paid other"),
        (None, "ppc", "paid other"),
        (None, "organic", "organic search"),
        ("linkedin", "organic", "organic social"),
        ("x", "referral", "organic social"),
        ("partner.example", "referral", "referral"),
        ("newsletter", "E-Mail", "email"),
        ("direct", "(none)", "direct"),
        ("direct", None, "direct"),
        ("google", None, None),
        (None, "(not set)", None),
        (None, "Organic Search", "organic search"),
        (None, "OFFLINE", "offline"),
        (None, "Offline Sources", "offline"),
        (None, "EMAIL_MARKETING", "email"),
        (None, "Direct Traffic", "direct"),
        (None, "Referrals", "referral"),
        (None, "Cross-network", "cross network"),
        ("radio", "spot", "spot"),
    ],
)
def test_a_medium_has_one_name_by_its_source_where_it_leaves_it_open(
    source: str | None, written: str | None, medium: str | None
) -> None:
    assert NAMES.medium(source, written) == medium


def test_names_of_the_config_go_before_those_that_come_along() -> None:
    own = Sources(
        [
            TrafficSource(name="newsletter", spellings=("mailchimp", "news-july", "mail.acme.example")),
            TrafficSource(name="Google", spellings=("ads-agency",)),
            TrafficSource(name="Partners", spellings=("t.co",)),
        ]
    )

    assert [own.source(each) for each in ("MailChimp", "news_july", "eu.mail.acme.example")] == ["newsletter"] * 3
    assert own.source("ads agency") == "google"
    assert own.medium(own.source("ads agency"), "cpc") == "paid search"
    assert own.source("t.co") == own.source("partners") == "Partners"
    assert own.source("twitter") == "x"


@pytest.mark.parametrize(
    ("written", "campaign"),
    [
        (("Summer  Sale", "other"), "summer sale"),
        ((None, "summer-sale"), "summer sale"),
        (("(not set)", "SUMMER_SALE"), "summer sale"),
        (("(organic)", "(direct)"), None),
        ((None, None), None),
    ],
)
def test_a_campaign_is_the_first_that_is_said(written: tuple[str | None, ...], campaign: str | None) -> None:
    assert campaign_name(*written) == campaign


@pytest.mark.parametrize("table", [{name: (name, *more) for name, (_, more) in SOURCES.items()}, GROUPS, MEDIA])
def test_no_spelling_belongs_to_two_names(table: dict[str, tuple[str, ...]]) -> None:
    spellings = {name: set(map(folded, written)) for name, written in table.items()}

    assert [
        (a, b, spellings[a] & spellings[b]) for a, b in combinations(spellings, 2) if spellings[a] & spellings[b]
    ] == []


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_is_its_own_name(source: str, medium: str) -> None:
    found = NAMES.source(source)

    assert found is None or NAMES.source(found) == found
    group = NAMES.medium(found, medium)
    assert group is None or NAMES.medium(found, group) == group
