from __future__ import annotations

import re

import pytest

from config.alert_settings import AlertSettings
from docs.alert_rules import PAGE, refreshed
from notifier.registry import RULES, rule_kinds

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_of_alert_rules_is_todays() -> None:
    assert refreshed(TEXT) == TEXT, "run `python -m docs.alert_rules`"


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_its_keys_with_what_they_mean(name: str) -> None:
    (section,) = re.findall(rf"^### {name}$(.*?)(?=^##|^<!--)", TEXT, re.MULTILINE | re.DOTALL)
    own = [key for key in rule_kinds().settings_class(name).model_fields if key not in AlertSettings.model_fields]

    assert re.findall(r"^\| `(\w+)` \| .{10,} \| .+ \|$", section, re.MULTILINE) == own
