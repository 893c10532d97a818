from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from config.load import read_settings
from config.settings import Settings
from overheard.campaigns.window import CampaignWindow, campaign_window
from overheard.errors import WrongUseError
from overheard.kinds import all_kinds
from storage.campaign_records import CampaignSpend

BRANDS = '[[brands]]\nname = "Acme"\nrole = "own"\n[[brands]]\nname = "Globex"\n'
SPRING = '[[campaigns]]\nname = "Spring"\nbrand = "Globex"\nstart = 2026-05-01\nend = 2026-05-14\n'


def settings(text: str) -> Settings:
    return read_settings(text, Path("overheard.toml"), all_kinds())


def row(first: int, last: int, amount: str, currency: str | None = "EUR", name: str = "Spring") -> CampaignSpend:
    return CampaignSpend(
        "meta_ads", (name, "4711"), date(2026, 5, first), date(2026, 5, last), Decimal(amount), currency
    )


def test_a_campaign_of_the_config_has_its_days_brand_and_cost() -> None:
    found = campaign_window(
        settings(BRANDS + SPRING + 'spend = 10.5\ncurrency = "USD"'), [row(2, 2, "7")], " sPRING", None
    )
    globex = settings(BRANDS).brands[1]
    days = date(2026, 5, 1), date(2026, 5, 14)
    assert found == CampaignWindow("Spring", globex, *days, Decimal("10.5"), "USD")


def test_its_cost_is_in_the_currency_of_the_config_when_it_names_none() -> None:
    found = campaign_window(settings('currency = "CHF"\n' + BRANDS + SPRING + "spend = 3"), [], "spring", None)
    assert (found.spend, found.currency) == (Decimal(3), "CHF")


def test_a_campaign_of_the_config_without_a_cost_takes_the_imported_one_of_its_days() -> None:
    rows = [row(1, 7, "10"), row(14, 14, "5"), row(14, 15, "99"), row(3, 3, "7", name="Autumn")]
    found = campaign_window(settings(BRANDS + SPRING), rows, "Spring", None)
    assert (found.spend, found.currency) == (Decimal(15), "EUR")
    assert found.notes == ("1 rows of spend reach over its days and are left out of the cost",)


def test_a_campaign_that_was_imported_lasts_from_its_first_to_its_last_spend() -> None:
    rows = [row(3, 3, "1.10"), row(9, 12, "2.20", None), row(30, 30, "9", name="Autumn")]
    found = campaign_window(settings(BRANDS), rows, "4711 ", None)
    assert found == campaign_window(settings(BRANDS), rows[::-1], "4711 ", None)
    assert (found.name, found.brand.slug, found.first, found.last) == (
        "4711",
        "acme",
        date(2026, 5, 3),
        date(2026, 5, 30),
    )
    found = campaign_window(settings(BRANDS), rows, "spring", "GLOBEX")
    assert (found.brand.slug, found.first, found.last) == ("globex", date(2026, 5, 3), date(2026, 5, 12))
    assert (found.spend, found.currency, found.notes) == (Decimal("3.30"), "EUR", ())


def test_spend_in_two_currencies_is_no_number() -> None:
    found = campaign_window(settings(BRANDS), [row(3, 3, "1"), row(4, 4, "1", "USD")], "Spring", None)
    assert (found.spend, found.currency) == (None, None)
    assert found.notes == ("its spend is in EUR, USD: no rate is guessed",)


def test_a_campaign_without_any_spend_has_no_cost() -> None:
    found = campaign_window(settings(BRANDS + SPRING), [], "Spring", None)
    assert (found.spend, found.currency, found.notes) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "rows", "asked", "brand", "problem"),
    [
        pytest.param(BRANDS, [], "Spring", None, "no campaign 'Spring', and no other; add a", id="none at all"),
        pytest.param(BRANDS + SPRING, [], "Sprong", None, "did you mean 'Spring'", id="misspelt"),
        pytest.param(BRANDS, [row(1, 1, "1")], "Winter", None, "there are Spring", id="another"),
        pytest.param(
            BRANDS + SPRING, [], "Spring", "Hooli", "no brand 'Hooli' in the config; there are acme", id="brand"
        ),
        pytest.param(
            BRANDS + '[[brands]]\nname = "Acme Labs"\nrole = "own"',
            [row(1, 1, "1")],
            "Spring",
            None,
            "several brands are your own; say for which it was: --brand, one of acme, acme-labs",
            id="whose",
        ),
    ],
)
def test_what_cannot_be_found_is_refused_with_the_remedy(
    text: str, rows: list[CampaignSpend], asked: str, brand: str | None, problem: str
) -> None:
    with pytest.raises(WrongUseError, match=problem):
        campaign_window(settings(text), rows, asked, brand)
