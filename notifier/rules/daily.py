"""What rules have in common that set the last day of an own brand beside the days before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Final, Generic, TypeVar

from config.alert_settings import AlertSettings
from notifier.rules.unlike import Unlike
from notifier.rules.usual import Role, brands_of
from scoring.watch import Sight, Watch, WatchedBrand
from storage.alert_records import Alert

_ROLES: Final[frozenset[Role]] = frozenset({"own"})
_Keys = TypeVar("_Keys", bound=AlertSettings)
_Day = TypeVar("_Day")


class Daily(ABC, Generic[_Keys, _Day]):
    """Judges every watched brand, and tells of those that are off."""

    looks_at: ClassVar = frozenset({Sight.HOURS})

    def __init__(self, settings: _Keys) -> None:
        self._settings = settings

    @abstractmethod
    def _judged(self, seen: Watch, brand: WatchedBrand) -> tuple[_Day, Unlike] | str:
        """Give what the last day was and how far it is off, or why nothing can be said."""

    @abstractmethod
    def _is_off(self, seen: Watch, found: Unlike) -> bool:
        """Tell whether it is worth an alert."""

    @abstractmethod
    def _alert(self, seen: Watch, brand: WatchedBrand, now: _Day, found: Unlike) -> Alert:
        """Give the alert."""

    def tests(self, seen: Watch) -> int:
        """Give how many brands are judged."""
        return len(brands_of(self._settings, seen, _ROLES))

    def unready(self, seen: Watch) -> Sequence[str]:
        """Say of which brands nothing can be said, and why."""
        return [
            f"{self._settings.rule} says nothing of {brand.name}: {found}"
            for brand in brands_of(self._settings, seen, _ROLES)
            if isinstance(found := self._judged(seen, brand), str)
        ]

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per brand."""
        alerts = []
        for brand in brands_of(self._settings, seen, _ROLES):
            found = self._judged(seen, brand)
            if not isinstance(found, str) and self._is_off(seen, found[1]):
                alerts.append(self._alert(seen, brand, *found))
        return alerts
