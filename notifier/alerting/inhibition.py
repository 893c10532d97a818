"""The fourth stage: what another alert explains is not told besides it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from storage.alert_records import Alert

_ALL = "all"  # key of the alert that everything is silent


def _everything(cause: Alert, effect: Alert) -> bool:
    return cause.key == _ALL != effect.key


def _blind_to(cause: Alert, effect: Alert) -> bool:
    """Whether a silent source may be why less is heard: of a brand anywhere, or of a brand in this very source."""
    return cause.key == _ALL or _part(effect) in {None, cause.key}


def _whole_of(cause: Alert, effect: Alert) -> bool:
    """Whether the cause is of a brand as a whole, and the effect of the same brand in one source."""
    return _same_brand(cause, effect) and _part(effect) is not None


def _same_brand(cause: Alert, effect: Alert) -> bool:
    return cause.brand is not None and cause.brand == effect.brand and _part(cause) is None


# rule of the cause, rule of what it explains, and when it does
EXPLAINS: tuple[tuple[str, str, Callable[[Alert, Alert], bool]], ...] = (
    ("source_silent", "source_silent", _everything),
    ("source_silent", "volume_drop", _blind_to),
    ("volume_spike", "volume_spike", _whole_of),
    ("volume_spike", "negative_surge", _same_brand),
)


def explained_by(alert: Alert, found: Sequence[Alert]) -> Alert | None:
    """Give the alert that explains this one, the first by id; None: nothing does."""
    causes = (
        cause
        for of, what, holds in EXPLAINS
        if what == alert.rule
        for cause in found
        if cause.rule == of and holds(cause, alert)
    )
    return min(causes, key=lambda cause: cause.id, default=None)


def _part(alert: Alert) -> str | None:
    """Give the source that an alert of a brand is confined to: "reddit:r/SaaS" of "acme/reddit:r/SaaS"."""
    return alert.key.partition("/")[2] or None
