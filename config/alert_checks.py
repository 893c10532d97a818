"""What no single key can tell of alerts: brands that are there, quiet hours with two ends, somebody to escalate to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from config.alert_settings import AlertSettings
from config.findings import Finding, nearest
from config.settings import Brand
from config.slack_channels import REMEDY, is_channel

_PERSON = re.compile(r"[UW][A-Z0-9]{7,}")


def check_alerts(alerts: Sequence[tuple[int, AlertSettings]], brands: Sequence[Brand]) -> Iterator[Finding]:
    """Check that the brands of alerts are there."""
    slugs = [brand.slug for brand in brands]
    for place, alert in alerts:
        for number, brand in enumerate(alert.brands):
            if slugs and brand not in slugs:
                meant = nearest(brand, slugs)
                remedy = f'did you mean "{meant}"?' if meant else f"write one of {', '.join(slugs)}"
                yield Finding(("alerts", place, "brands", number), "no brand has this slug", remedy)


def check_escalation(keys: Mapping[str, object], slack: object) -> Iterator[Finding]:
    """Check that what [alerting] says of escalation can be done, by the table [slack] as written."""
    at = ("alerting",)
    for key in ("escalate_after", "escalate_from"):
        if key in keys and not keys.get("escalate_to") and not keys.get("escalate_mention"):
            remedy = 'add a channel, escalate_to = "C0123456789", or people, escalate_mention = ["U0123456789"]'
            yield Finding((*at, key), "there is nobody to escalate to", remedy)
            return
    people = keys.get("escalate_mention")
    for number, person in enumerate(people if isinstance(people, list) else []):
        if isinstance(person, str) and not _PERSON.fullmatch(person):
            remedy = 'open the profile in Slack and choose "Copy member ID", for example "U0123456789"'
            yield Finding((*at, "escalate_mention", number), "not the Slack id of a person", remedy)
    named = slack if isinstance(slack, dict) else {}
    place = keys.get("escalate_to")
    if isinstance(place, str) and not is_channel(place):
        yield Finding((*at, "escalate_to"), "neither a channel's id nor its name", REMEDY)
    elif "escalate_to" in keys and "token" not in named:
        remedy = "add [slack] with a token, or remove it"
        yield Finding((*at, "escalate_to"), "only a bot with a token may post in a second channel", remedy)
    elif isinstance(place, str) and place.removeprefix("#") == str(named.get("channel")).removeprefix("#"):
        remedy = 'remove it, and add people: escalate_mention = ["U0123456789"]'
        yield Finding((*at, "escalate_to"), "alerts are told in this channel already", remedy)
    elif "escalate_mention" in keys and not named:
        yield Finding(
            (*at, "escalate_mention"), "nobody can be mentioned outside of Slack", "add [slack], or remove it"
        )


def check_alerting(keys: Mapping[str, object]) -> Iterator[Finding]:
    """Check the keys of [alerting] as written: quiet hours begin and end, and not at once."""
    at = ("alerting",)
    if "quiet_from" in keys and "quiet_until" not in keys:
        remedy = 'add when they end: quiet_until = "07:00"'
        yield Finding((*at, "quiet_from"), "quiet hours without an end", remedy)
    elif "quiet_until" in keys and "quiet_from" not in keys:
        remedy = 'add when they begin: quiet_from = "22:00"'
        yield Finding((*at, "quiet_until"), "quiet hours without a beginning", remedy)
    elif "quiet_from" in keys and str(keys["quiet_from"])[:5] == str(keys["quiet_until"])[:5]:
        remedy = "write another time; to hear nothing for a while: overheard silence --for 2h"
        yield Finding((*at, "quiet_until"), "the same as quiet_from", remedy)
