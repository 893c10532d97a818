"""Which digest of the config is asked for, by the name of a team and by period."""

from __future__ import annotations

from config.findings import nearest
from config.settings import DigestSettings
from config.values import Language
from notifier.digest.contents import Period
from overheard.app import App
from overheard.errors import WrongUseError


def chosen(app: App, team: str | None, period: Period | None, language: Language | None = None) -> DigestSettings:
    """Give the settings of the asked digest: the first that fits; the defaults when no team is asked for and none fits.

    `language` takes the place of theirs. Raises WrongUseError for a team that has no such digest.
    """
    digests = app.settings.digests
    named = [one for one in digests if team is None or one.name == team]
    found = next((one for one in named if period in {None, one.period}), None)
    if found is None and team is not None:
        raise WrongUseError(_unknown(app, team, [one.period for one in named]))
    settings = found or DigestSettings(period=period or "day")
    return settings if language is None else settings.model_copy(update={"language": language})


def others_than(app: App, settings: DigestSettings, period: Period | None) -> str | None:
    """Say which digest was chosen where others fit as well, and how to ask for them. None: there is no doubt."""
    fit = [one for one in app.settings.digests if period in {None, one.period}]
    others = [one for one in fit if (one.name, one.period) != (settings.name, settings.period)]
    if not any(one.name for one in fit) or not others:
        return None
    commands = ", ".join(f"`overheard digest {_options(one)}`" for one in others)
    return f"this is the digest {label(settings)}; the others: {commands}"


def label(settings: DigestSettings) -> str:
    """Give what a digest is called in logs and remarks: its period, with the name of its team where it has one."""
    return f"{settings.name}, {settings.period}" if settings.name else settings.period


def _options(settings: DigestSettings) -> str:
    return f"--name {settings.name} --period {settings.period}" if settings.name else f"--period {settings.period}"


def _unknown(app: App, team: str, periods: list[Period]) -> str:
    if periods:
        return f"--name {team}: it has no such period; its digests report on the {' and the '.join(periods)}"
    names = list(dict.fromkeys(one.name for one in app.settings.digests if one.name))
    if not names:
        return f'--name {team}: no digest of the config has a name; write name = "{team}" into its [[digests]]'
    meant = nearest(team, names)
    known = f"did you mean {meant}?" if meant else f"known are {', '.join(names)}"
    return f"--name {team}: no digest of the config has this name; {known}"
