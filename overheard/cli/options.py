"""Options that several commands share, with the types that read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from config.load import load
from config.local_time import first_instant
from config.settings import Settings
from config.values import parse_duration
from overheard.kinds import all_kinds
from storage.records import Span

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MOST = 100  # as [alerting] false_alarms may be
_MINUTE = timedelta(minutes=1)
_CONFIG = Path("overheard.toml")

_Command = TypeVar("_Command", bound=Callable[..., object])


config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=str(_CONFIG),
    envvar="OVERHEARD_CONFIG",
    show_default=True,
    show_envvar=True,
    help="The config to work with.",
)


def settings_here(config_path: Path) -> Settings | None:
    """Give the config; None where none was named and none stands here. Raises ConfigError for one that is wrong."""
    return load(config_path, all_kinds()) if config_path.exists() or config_path != _CONFIG else None


class Moment(click.ParamType[str]):
    """A point in time as people write it: a date, an ISO time, or a duration back from now.

    The zone is not known before the config is read, so the text is checked here and turned into a time by `instant`.
    """

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the text back when it can be read, else refuse it with the spellings that can."""
        try:
            instant(value, datetime.now(UTC), ZoneInfo("UTC"))
        except ValueError as problem:
            self.fail(str(problem), param, ctx)
        return value


MOMENT = Moment()


class Numbers(click.ParamType[tuple[float, ...]]):
    """Numbers above 0 up to 100, with commas between them."""

    name = "numbers"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        """Give the numbers, else refuse the text with a spelling that can be read."""
        try:
            found = tuple(float(part) for part in value.split(","))
        except ValueError:
            found = ()
        if not found or not all(0 < number <= _MOST for number in found):
            self.fail(f"{value!r} is not a list of numbers above 0 up to {_MOST}; write for example 1,2,4", param, ctx)
        return found


NUMBERS = Numbers()


def instant(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read "2013-08-05", "2013-08-05T14:00", "2013-08-05T12:00Z" or "7d" (back from `now`). Aware UTC.

    What carries no offset is local to `zone`; a date is the first instant of that day.
    Raises ValueError with the remedy.
    """
    asked = text.strip()
    if re.fullmatch(r"\d+\s*[smhdw]", asked):
        try:
            return now - parse_duration(asked)
        except OverflowError:
            raise ValueError(f"{asked!r} is longer than time itself; write for example 7d") from None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", asked):
            return first_instant(date.fromisoformat(asked), time(0), zone)
        found = datetime.fromisoformat(asked)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{asked!r} is not a time; write a date (2013-08-05), an ISO time (2013-08-05T14:00) or a duration (7d)"
        ) from None


def window_of(since: str, until: str | None, now: datetime, zone: ZoneInfo) -> Span:
    """Give the window that --since and --until name. Raises UsageError when it is empty.

    Now is the end of the minute that is running: what was stored a second ago is in, and ids of numbers stay short.
    """
    minute_end = -(-(now - _LONG_AGO) // _MINUTE) * _MINUTE + _LONG_AGO
    window = Span(instant(since, minute_end, zone), instant(until, minute_end, zone) if until else minute_end)
    if window.start >= window.end:
        raise click.UsageError(
            f"--since {since} is not before {f'--until {until}' if until else 'now'}; nothing lies between"
        )
    return window


def since_option(default: str | None, text: str) -> Callable[[_Command], _Command]:
    """Give the option --since with its default."""
    return click.option("--since", type=MOMENT, default=default, show_default=default is not None, help=text)


def until_option(
    text: str = "Up to this time; to the end of the running minute when left out.",
) -> Callable[[_Command], _Command]:
    """Give the option --until."""
    return click.option("--until", type=MOMENT, default=None, help=text)


def format_option(*formats: str) -> Callable[[_Command], _Command]:
    """Give the option --format with the formats of this command, the first being the default."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print.",
    )
