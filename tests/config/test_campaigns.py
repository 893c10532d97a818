from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from config.load import read_settings
from config.settings import Campaign
from tests.config.kinds import KINDS

TEXT = """
[[brands]]
name = "Acme Corp"
slug = "acme"
role = "own"
[[brands]]
name = "Globex"
[[campaigns]]
name = "Spring"
{brand}
start = 2026-05-01
end = 2026-05-14
spend = 1200.55
"""


@pytest.mark.parametrize(
    ("written", "slug"),
    [("", "acme"), ('brand = "acme corp"', "acme"), ('brand = "ACME"', "acme"), ('brand = "Globex"', "globex")],
)
def test_a_campaign_knows_its_brand_by_slug_and_its_spend_to_the_cent(written: str, slug: str) -> None:
    settings = read_settings(TEXT.format(brand=written), Path("overheard.toml"), KINDS)
    expected = Campaign(
        name="Spring", brand=slug, start=date(2026, 5, 1), end=date(2026, 5, 14), spend=Decimal("1200.55")
    )
    assert settings.campaigns == (expected,)
