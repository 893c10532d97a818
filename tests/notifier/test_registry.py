from __future__ import annotations

import pytest

from config.alert_settings import AlertSettings
from config.settings import Settings, Slack
from config.values import Secret
from notifier.registry import CHANNELS, RULES, channel_for, channel_name, rule_kinds, rules_for

TOKEN, WEBHOOK = Secret("env:A_TOKEN"), Secret("env:A_WEBHOOK")

KEYS: dict[str, dict[str, object]] = {
    "keyword_hit": {"words": ["recall"]},
    "kpi_threshold": {"kpi": "cpa", "above": 40},
}  # that have no default


@pytest.mark.parametrize(
    ("slack", "expected"),
    [
        (None, "console"),
        (Slack(), "console"),
        (Slack(token=TOKEN, channel="C1"), "slack"),
        (Slack(webhook=WEBHOOK), "webhook"),
        (Slack(token=TOKEN, channel="C1", webhook=WEBHOOK), "slack"),
    ],
    ids=["no table", "empty table", "token", "webhook", "both"],
)
def test_config_chooses_the_channel(slack: Slack | None, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TOKEN", "xoxb-canary")
    monkeypatch.setenv("A_WEBHOOK", "https://hooks.slack.example/services/canary")

    found = Settings(brands=(), slack=slack)
    assert channel_name(found) == expected
    assert channel_for(found).name == expected
    assert expected in CHANNELS


@pytest.mark.parametrize("rule", RULES)
def test_every_line_leads_to_a_rule_that_its_settings_make(rule: str) -> None:
    settings = rule_kinds().settings_class(rule)
    assert issubclass(settings, AlertSettings)

    (made,) = rules_for(Settings(brands=(), alerts=(settings.model_validate({"rule": rule, **KEYS.get(rule, {})}),)))
    assert callable(made.evaluate)


def test_a_rule_that_is_switched_off_is_not_made() -> None:
    off = rule_kinds().settings_class("source_silent")(rule="source_silent", enabled=False)

    assert rules_for(Settings(brands=(), alerts=(off,))) == []


def test_the_config_may_name_every_registered_rule() -> None:
    assert list(rule_kinds().names) == list(RULES)
