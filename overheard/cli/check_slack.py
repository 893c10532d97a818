"""What `overheard check --online` says of Slack: who we are there, and every channel that the config names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from config.errors import OverheardError, SecretError
from config.settings import Settings
from notifier.charts.drawing import REMEDY
from notifier.contract import SendError
from notifier.destinations import named_channels
from notifier.slack.pictures import pictures_on
from overheard.cli.check_line import NOTE, OK, PROBLEM, Line
from overheard.cli.group import FAILED, WRONG

if TYPE_CHECKING:  # the Slack library, which a check of files does without
    from notifier.slack.channel import SlackChannel


def slack_pictures(settings: Settings) -> Iterator[Line]:
    """Tell whether digests bring pictures into Slack, and what is missing where they should."""
    slack = settings.slack
    if slack is None or slack.token is None:
        return
    if pictures_on(settings):
        yield Line(OK, "slack.pictures", f"drawn for a {slack.pictures_theme} background, in the thread of each digest")
    elif slack.pictures:
        yield Line(PROBLEM, "slack.pictures", f"what draws them is not installed; {REMEDY}", WRONG)
    else:
        why = "switched off" if slack.pictures is False else f"what draws them is not installed; to have them {REMEDY}"
        yield Line(NOTE, "slack.pictures", f"none: {why}")


def slack_online(settings: Settings) -> Iterator[Line]:
    """Ask Slack; nothing is posted. Gives nothing without a [slack] table, or when its secret is not there."""
    if settings.slack is None:
        return
    if settings.slack.token is None:
        yield Line(NOTE, "slack.webhook", "cannot be tried without posting; `overheard digest --send` posts")
        return
    from notifier.slack.channel import SlackChannel  # noqa: PLC0415  # as above

    try:
        yield from _channels(SlackChannel.from_settings(settings), settings)
        yield from _socket(settings)
    except SecretError:
        return  # told where secrets are
    except OverheardError as problem:
        yield Line(PROBLEM, "slack", str(problem), FAILED)


def _socket(settings: Settings) -> Iterator[Line]:
    """Ask for the address of a web socket, which nobody dials then."""
    if settings.slack is None or settings.slack.app_token is None:
        return
    from notifier.slack.socket import SocketTickets  # noqa: PLC0415  # as above

    try:
        SocketTickets.from_settings(settings).open()
    except SendError as problem:
        yield Line(PROBLEM, "slack.app_token", problem.detail, FAILED)
    else:
        yield Line(OK, "slack.app_token", "Slack hands over presses of buttons and commands")


def _channels(slack: SlackChannel, settings: Settings) -> Iterator[Line]:
    pictures = pictures_on(settings)
    lacked: set[str] = set()
    for place, (where, channel) in enumerate(named_channels(settings)):
        found = slack.elsewhere(channel).check(pictures=pictures)
        if place == 0:
            yield Line(OK, "slack.token", f"{found.bot} of {found.team}")
        for scope in found.missing:
            if scope not in lacked:
                text = f"lacks the scope {scope}; add it to the app and install it anew"
                yield Line(PROBLEM, "slack.token", text, FAILED)
        lacked.update(found.missing)
        for text in found.problems:
            yield Line(PROBLEM, where, text, FAILED)
        if found.fine:
            yield Line(OK, where, f"#{found.channel}, {found.id}")
