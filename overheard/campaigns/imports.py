"""Imports as the config describes them: the formats there are, and what the user says where a file does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from config.settings import Settings
from listener.campaigns.evidence import Wishes
from listener.campaigns.mapping import Format, chosen, of_folder, shipped
from listener.campaigns.refusal import ImportRefusedError
from overheard.errors import WrongUseError


def formats_of(settings: Settings, name: str | None = None) -> Sequence[Format]:
    """Give the formats that come along and the user's own; only the one of that name, if a name is given.

    Raises WrongUseError for a mapping that is wrong, and for a name that no format has.
    """
    own: Sequence[Format] = ()
    try:
        if settings.imports.mappings is not None:
            own = of_folder(mappings_folder(settings))
        known = (*shipped(), *own)
        return known if name is None else (chosen(known, name).model_copy(update={"least": 0.0}),)
    except ImportRefusedError as problem:
        raise WrongUseError(str(problem)) from None


def mappings_folder(settings: Settings) -> Path:
    """Give the folder of the user's own formats. Raises WrongUseError where the config names none."""
    if settings.imports.mappings is None:
        raise WrongUseError('no folder for mappings; add to the config: [imports] and mappings = "mappings"')
    return settings.folder / Path(settings.imports.mappings).expanduser()


def wishes_of(
    settings: Settings,
    *,
    decimal: str | None = None,
    dates: str | None = None,
    period: str | None = None,
    currency: str | None = None,
    account: str | None = None,
    daily: bool = False,
) -> Wishes:
    """Give what the user says where a file does not tell. Raises WrongUseError for a period that is none."""
    return Wishes(
        decimal={"point": ".", "comma": ",", None: None}[decimal],
        dates={"day-first": "day", "month-first": "month", None: None}[dates],
        period=None if period is None else _period(period),
        currency=currency or settings.imports.currency,
        account=account or "",
        daily=daily,
    )


def _period(text: str) -> tuple[date, date]:
    first, _, last = text.partition("..")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        start, end = date.max, date.min
    if start > end:
        raise WrongUseError(f"--period {text}: no period; write first and last day, as in 2026-08-01..2026-08-31")
    return start, end
