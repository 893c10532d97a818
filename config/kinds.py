"""What `load` is handed: the source types and alert rules that exist. Their code stands on floors above this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from config.alert_settings import AlertSettings
from config.settings import SourceSettings

_Model = TypeVar("_Model", SourceSettings, AlertSettings)


@dataclass(frozen=True, slots=True)
class KindsOf(Generic[_Model]):
    """The kinds that a table may be of, in the order in which they are offered, each with the model of its table."""

    names: Sequence[str]
    settings_class: Callable[[str], type[_Model]]  # raises KeyError for a name that is not among them


@dataclass(frozen=True, slots=True)
class Kinds:
    """Everything that a config can choose from."""

    sources: KindsOf[SourceSettings]
    rules: KindsOf[AlertSettings]
