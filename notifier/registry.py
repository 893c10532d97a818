"""The channels and the alert rules, one line each. The module of one is imported when it is used."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from config.alert_settings import AlertSettings
from config.kinds import KindsOf
from config.settings import Settings
from notifier.contract import AlertRule, Channel

# name -> (where its class stands, the setting that asks for it); the first one asked for is the channel of the digests
CHANNELS: dict[str, tuple[str, str]] = {
    "slack": ("notifier.slack.channel:SlackChannel", "slack.token"),
    "webhook": ("notifier.slack.webhook:WebhookChannel", "slack.webhook"),
    "console": ("notifier.console:ConsoleChannel", "brands"),  # every config has brands: it is there for all others
}

RULES: dict[str, str] = {
    "volume_spike": "notifier.rules.volume_spike:VolumeSpike",
    "volume_drop": "notifier.rules.volume_drop:VolumeDrop",
    "negative_surge": "notifier.rules.negative_surge:NegativeSurge",
    "competitor_spike": "notifier.rules.competitor_spike:CompetitorSpike",
    "sentiment_drop": "notifier.rules.sentiment_drop:SentimentDrop",
    "share_shift": "notifier.rules.share_shift:ShareShift",
    "new_topic": "notifier.rules.new_topic:NewTopic",
    "keyword_hit": "notifier.rules.keyword_hit:KeywordHit",
    "influential_mention": "notifier.rules.influential_mention:InfluentialMention",
    "kpi_threshold": "notifier.rules.kpi_threshold:KpiThreshold",
    "goal_off_pace": "notifier.rules.goal_off_pace:GoalOffPace",
    "spend_anomaly": "notifier.rules.spend_anomaly:SpendAnomaly",
    "source_silent": "notifier.rules.source_silent:SourceSilent",
}


def channel_name(settings: Settings) -> str:
    """Give the name of the channel that the config asks for: a token before a webhook, the terminal without both."""
    return next((name for name, (_, asked_by) in CHANNELS.items() if _set(settings, asked_by)), "console")


def channel_for(settings: Settings) -> Channel:
    """Make the channel that the config asks for. Raises SecretError, OverheardError."""
    channel: Channel = _imported(CHANNELS[channel_name(settings)][0]).from_settings(settings)
    return channel


def rules_for(settings: Settings) -> Sequence[AlertRule]:
    """Make the rules of the config that are enabled, in its order."""
    return [_imported(RULES[alerts.rule])(alerts) for alerts in settings.alerts if alerts.enabled]


def rule_alone(name: str) -> AlertRule:
    """Make a rule with the defaults of all its keys. Raises KeyError, and ValueError where a key has no default."""
    kind = _imported(RULES[name])
    rule: AlertRule = kind(kind.Settings(rule=name))
    return rule


def rule_kinds() -> KindsOf[AlertSettings]:
    """Give what config.load wants to know about rules; imports a rule only when its table is there."""
    return KindsOf(tuple(RULES), _settings_class)


def _settings_class(rule: str) -> type[AlertSettings]:
    keys: type[AlertSettings] = _imported(RULES[rule]).Settings
    return keys


def _imported(place: str) -> Any:  # noqa: ANN401  # what a name in a module is, only the tests of the registry know
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def _set(settings: Settings, path: str) -> bool:
    """Tell whether the config holds a setting: "slack.token" is the key `token` of the table [slack]."""
    found: object = settings
    for key in path.split("."):
        found = getattr(found, key, None)
    return found is not None
