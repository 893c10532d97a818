"""Values that a config file may hold beyond TOML's own: durations, zones, currencies, secrets, clock times."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from config.codes import CURRENCIES
from config.errors import SecretError

Language = Literal["en", "fr", "ko", "ro"]
"""Languages in which digests are told; all but English have a catalog in notifier/languages."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_LONGEST = 3653 * 86400  # seconds; more is a slip of the pen, and a date that far back or ahead may not exist
_DURATION = re.compile(r"\s*(\d{1,9})\s*([smhdw])\s*")
_COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}$")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def parse_duration(text: object) -> timedelta:
    """Give the length of "30s", "15m", "6h", "2d" or "1w". Raises ValueError with the spelling to use."""
    if isinstance(text, timedelta):
        return text
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError('not a duration; write a number and a unit, for example "15m", "6h" or "2d"')
    seconds = int(match[1]) * _UNITS[match[2]]
    if seconds > _LONGEST:
        raise ValueError('longer than ten years; write a shorter time, for example "52w"')
    return timedelta(seconds=seconds)


def format_duration(length: timedelta) -> str:
    """Write a duration as the config does, in the largest unit that divides it."""
    seconds = int(length.total_seconds())
    for unit in ("w", "d", "h", "m"):
        if seconds and seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]}{unit}"
    return f"{seconds}s"


def _parse_clock(text: object) -> time:
    if isinstance(text, time):
        return text
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError('not a time of day; write hours and minutes, for example "08:30"')
    return time(int(match[1]), int(match[2]))


def _parse_zone(name: object) -> ZoneInfo:
    if isinstance(name, ZoneInfo):
        return name
    try:
        return ZoneInfo(name)  # type: ignore[arg-type]  # what is not a name is refused two lines below
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise ValueError('not a time zone; write a name such as "Europe/Paris" or "UTC"') from None


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d+[smhdw]$", "examples": ["15m", "6h", "2d"]}),
]
Clock = Annotated[
    time,
    BeforeValidator(_parse_clock),
    PlainSerializer(lambda value: value.strftime("%H:%M")),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["08:30"]}),
]
Zone = Annotated[
    Any,
    BeforeValidator(_parse_zone),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["Europe/Paris", "UTC"]}),
]


def _parse_currency(text: str) -> str:
    if text not in CURRENCIES:
        raise ValueError('not a currency code (ISO 4217); write three capitals, for example "EUR"')
    return text


Currency = Annotated[
    str,
    AfterValidator(_parse_currency),
    WithJsonSchema({"type": "string", "enum": sorted(CURRENCIES)}),
]
Day = Annotated[
    date,
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-01-31"]}),
]
_AS_NUMBER = PlainSerializer(float)
Amount = Annotated[Decimal, _AS_NUMBER, WithJsonSchema({"type": "number"})]
NotNegative = Annotated[Decimal, Field(ge=0), _AS_NUMBER, WithJsonSchema({"type": "number", "minimum": 0})]
Positive = Annotated[Decimal, Field(gt=0), _AS_NUMBER, WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
Fraction = Annotated[
    Decimal, Field(ge=0, le=1), _AS_NUMBER, WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})
]


def _parse_colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise ValueError('not a colour; write six hexadecimal digits, for example "#0072b2"')
    return text.lower()


Colour = Annotated[
    str,
    AfterValidator(_parse_colour),
    WithJsonSchema({"type": "string", "pattern": _COLOUR.pattern, "examples": ["#0072b2"]}),
]


@dataclass(frozen=True, slots=True)
class Secret:
    """A reference to a secret, `env:NAME` or `file:PATH`; the config never holds the secret itself."""

    reference: str

    def reveal(self) -> str:
        """Give the secret, without surrounding blanks. Raises SecretError naming the reference and the remedy."""
        kind, _, place = self.reference.partition(":")
        if kind == "env":
            value = os.environ.get(place, "").strip()
            if not value:
                raise SecretError(f"{self.reference}: not set; run: export {place}=... before starting overheard")
            return value
        try:
            value = Path(place).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            reason = getattr(problem, "strerror", None) or "not text"
            raise SecretError(f"{self.reference}: {reason}; put the secret into that file, mode 0600") from None
        if not value:
            raise SecretError(f"{self.reference}: empty; put the secret into that file, mode 0600")
        return value

    @classmethod
    def parse(cls, value: object) -> Secret:
        """Take a reference. Raises ValueError for anything else, without repeating what may be a secret."""
        if isinstance(value, Secret):
            return value
        if isinstance(value, str) and re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+", value):
            return cls(value)
        raise ValueError("a secret may not stand in the config; write env:NAME or file:PATH and keep it there")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic to call `parse`."""
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe a reference to editors."""
        pattern = r"^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$"
        return {"type": "string", "pattern": pattern, "examples": ["env:SLACK_BOT_TOKEN"]}

    def __str__(self) -> str:
        return self.reference
