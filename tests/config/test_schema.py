from __future__ import annotations

import json
import tomllib
from datetime import date, time
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it publishes no types

from config.schema import documented_keys, json_schema
from tests.config.kinds import KINDS
from tests.config.test_mistakes import MISTAKES

SCHEMA = json_schema(KINDS)
VALIDATOR = Draft202012Validator(SCHEMA)
# What only several keys together, or the letters of a text, can tell is left to the program.
BEYOND_A_SCHEMA = {
    "zone misspelt", "zone abbreviated", "database with a password", "database with a password behind",
    "database without a name", "refused by the source", "refused by the source as a whole", "duration of nothing",
    "duration without end", "source twice", "token without channel", "token and webhook", "webhook and channel",
    "slack empty", "channel that is none", "fallback that is none", "fallback to itself",
    "fallback of a webhook", "pictures by webhook",
    "slack in the open", "app token and signing secret", "buttons behind a webhook", "signing secret without listen",
    "listen without signing secret", "users of nothing", "listen out of shape", "user by name",
    "channel of questions that is none", "port out of range", "no ports", "deadline of nothing",
    "digest twice", "weekday of a day", "digest of a team twice", "name of a digest with odd characters",
    "digest of a brand of nowhere", "digest of a brand twice", "digest of no brand", "monthday of a week",
    "digest for a channel without a bot", "digest in a zone of nowhere",
    "threshold not a number", "nobody's own", "name blank", "terms empty",
    "term blank", "term of one letter", "term of signs", "term twice", "term of two brands",
    "exclusion of the term itself", "exclusion blank", "slug with capitals", "slug taken", "name taken",
    "spelling of two traffic sources", "traffic source twice",
    "slack address out of shape", "slack address of another machine in the open",
    "campaign that ends before it starts", "campaign of a stranger", "campaign of nobody known", "campaign of several",
    "campaign twice", "campaign without a name", "campaign of another age",
    "domain an address", "handle blank", "source language in words",
    "rate of one currency", "rate of a day twice", "rate infinite", "periods that share days",
    "period that ends before it begins", "cost that ends before it begins", "goal that is reached before it begins",
    "goal that ends before it begins", "goal of a brand that is not there",
    "alert of a brand that is not there", "alert of a brand of nobody's", "alert twice", "quiet hours without an end",
    "quiet hours without a beginning", "quiet hours of a whole day",
    "escalation to nobody", "escalation to a channel without a bot", "escalation to the channel of all alerts",
    "escalation to people without Slack", "escalation to a channel that Slack cannot have",
    "escalation to a person by name",
}  # fmt: skip


def plain(value: Any) -> Any:
    """Give TOML's values as an editor hands them to a schema."""
    return json.loads(json.dumps(value, default=lambda it: it.isoformat() if isinstance(it, date | time) else str(it)))


def test_schema_itself_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_config_with_every_sort_of_source_and_of_alert_is_valid() -> None:
    text = """
[[brands]]
name = "Acme"
[[sources]]
type = "feed"
urls = ["https://a"]
every = "15m"
[[sources]]
type = "forum"
key = "env:KEY"
search = ["a"]
columns = { text = "body" }
[slack]
token = "file:/run/token"
channel = "C0123456789"
[[digests]]
period = "day"
at = "08:30"
[[alerts]]
rule = "spike"
factor = 2
severity = "critical"
[[alerts]]
rule = "hush"
after = "2h"
[alerting]
quiet_from = "22:00"
quiet_until = "07:00"
"""

    assert [error.message for error in VALIDATOR.iter_errors(plain(tomllib.loads(text)))] == []


def test_starter_names_no_key_that_the_schema_does_not_know() -> None:
    starter = tomllib.loads(files("config").joinpath("starter.toml").read_text(encoding="utf-8"))
    starter["sources"] = starter["alerts"] = []  # what they may say, the rooms of sources and rules know

    assert [error.message for error in VALIDATOR.iter_errors(plain(starter))] == []


def toml_mistakes() -> dict[str, str]:
    found = {}
    for name, (text, _) in MISTAKES.items():
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        found[name] = text
    return found


@pytest.mark.parametrize("name", [name for name in toml_mistakes() if name not in BEYOND_A_SCHEMA])
def test_mistake_of_one_key_is_underlined_by_an_editor(name: str) -> None:
    assert not VALIDATOR.is_valid(plain(tomllib.loads(toml_mistakes()[name])))


def test_source_types_are_told_apart_by_their_type() -> None:
    items = SCHEMA["properties"]["sources"]["items"]

    assert items["discriminator"]["propertyName"] == "type"
    assert list(items["discriminator"]["mapping"]) == ["feed", "forum"]
    wrong = {"brands": [{"name": "Acme"}], "sources": [{"type": "feed", "boards": ["a"], "urls": ["https://a"]}]}
    assert not VALIDATOR.is_valid(wrong)


def test_alert_rules_are_told_apart_by_their_rule() -> None:
    items = SCHEMA["properties"]["alerts"]["items"]

    assert items["discriminator"]["propertyName"] == "rule"
    assert list(items["discriminator"]["mapping"]) == ["spike", "hush"]
    wrong = {"brands": [{"name": "Acme"}], "alerts": [{"rule": "hush", "factor": 2}]}
    assert not VALIDATOR.is_valid(wrong)


def test_defaults_are_written_as_in_a_config() -> None:
    definitions = SCHEMA["$defs"]

    assert definitions["Network"]["properties"]["deadline"]["default"] == "30s"
    assert definitions["DigestSettings"]["properties"]["at"]["default"] == "08:30"
    assert definitions["FeedSettings"]["properties"]["every"]["default"] == "15m"


def test_every_setting_is_listed_with_its_table() -> None:
    keys = list(documented_keys(KINDS))

    assert ("", "timezone") in keys
    assert ("slack", "resend_grace") in keys
    assert ("brands", "exclude") in keys
    assert ("sources.forum", "boards") in keys
    assert ("alerts.spike", "factor") in keys
    assert ("alerting", "per_hour") in keys
    assert len(keys) == len(set(keys))
