"""What no single key can tell of alerts: brands that are there, quiet hours with two ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from config.alert_settings import AlertSettings
from config.findings import Finding, nearest
from config.settings import Brand


def check_alerts(alerts: Sequence[tuple[int, AlertSettings]], brands: Sequence[Brand]) -> Iterator[Finding]:
    """Check that the brands of alerts are there."""
    slugs = [brand.slug for brand in brands]
    for place, alert in alerts:
        for number, brand in enumerate(alert.brands):
            if slugs and brand not in slugs:
                meant = nearest(brand, slugs)
                remedy = f'did you mean "{meant}"?' if meant else f"write one of {', '.join(slugs)}"
                yield Finding(("alerts", place, "brands", number), "no brand has this slug", remedy)


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
