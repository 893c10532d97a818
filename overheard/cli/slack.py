"""`overheard slack`: the app's manifest, and a Slack on this machine."""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path

import click

from config.errors import OverheardError
from config.settings import Settings
from config.slack_channels import is_channel_id
from notifier.destinations import named_channels
from notifier.slack.manifest import ADDRESS, manifest, needs_of
from overheard.cli.described import described_group
from overheard.cli.options import config_option, settings_here
from overheard.cli.slack_output import told
from overheard.emulator.controls import do
from overheard.emulator.faults import KINDS, Fault
from overheard.emulator.journal import Entry
from overheard.emulator.server import SCOPES, TOKEN, SlackEmulator
from overheard.emulator.workspace import Channel
from overheard.errors import WrongUseError
from overheard.logs import setup_logs
from overheard.scheduler import stop_on_signals
from overheard.tables import clean, print_json

_CHANNEL = re.compile(r"(?P<id>[CGD][A-Z0-9]{7,})(?::(?P<name>[a-z0-9_-]{1,80}))?")
_FAULTS = list(KINDS)
_OF = {"duplicate": "interactive"}  # the method at which it fails, where it is not posting
_SECONDS = 5.0  # of a delay, and asked for by Retry-After
_READY = """\
A local Slack answers at {base_url}
It takes what Slack takes and refuses what Slack refuses; nothing leaves this machine. Stop it with Ctrl-C.

Point a config at it:

  [slack]
  token = "env:SLACK_BOT_TOKEN"
  channel = "{channel}"
  base_url = "{base_url}"

and in another terminal:

  export SLACK_BOT_TOKEN={token}
  overheard check --online
  overheard digest --send

Or, for an incoming webhook: {webhook}

For buttons and the command, add app_token = "env:SLACK_APP_TOKEN", export SLACK_APP_TOKEN={app_token}
and start `overheard run`. Then type here: /overheard sov 7d, press ACTION, or choose ACTION OPTION.
"""


@described_group(
    "slack",
    "overheard slack manifest > manifest.json",
    "overheard slack fake",
    "overheard slack fake --journal posts.jsonl --fault drop_after",
)
def command() -> None:
    """The manifest makes the app with exactly the scopes that your config needs.

    The local Slack lets you see what will be posted, before there is an app.
    """


@command.command("manifest")
@config_option
@click.option("--private", is_flag=True, help="The channel is a private one.")
@click.option("--address", default=ADDRESS, help="With slack.signing_secret: where Slack reaches `listen`, https://...")
def manifest_command(config_path: Path, private: bool, address: str) -> None:  # noqa: FBT001  # an option
    """Print the manifest of the Slack app.

    Paste it at api.slack.com/apps, "Create New App", "From a manifest". Without a config it is that of a bot that posts
    into one channel.
    """
    print_json(manifest(needs_of(settings_here(config_path), private=private, address=address)))


@command.command()
@config_option
@click.option("--port", type=click.IntRange(0, 65535), default=8766, show_default=True, help="0: any that is free.")
@click.option("--token", default=TOKEN, show_default=True, help="Bot token that it takes.")
@click.option(
    "--channel", "channels", metavar="ID[:NAME]", multiple=True,
    help="Channel that the bot is in, several times for several; those of the config, or C0123456789, when left out.",
)  # fmt: skip
@click.option(
    "--fault", "faults", metavar="NAME[:TIMES]", multiple=True,
    help=f"Fail at the next posts: {', '.join(_FAULTS)}. May be given several times.",
)  # fmt: skip
@click.option(
    "--journal", type=click.Path(path_type=Path, dir_okay=False), help="Write all that happens here, as JSONL."
)
def fake(
    *,
    config_path: Path,
    port: int,
    token: str,
    channels: tuple[str, ...],
    faults: tuple[str, ...],
    journal: Path | None,
) -> None:
    """Run a strict Slack on this machine until stopped, and print every message that it gets.

    Nothing leaves this machine. What you type is done by a person there: the command, `press ACTION`, or `choose ACTION
    OPTION`, with the action that stands behind a button; begin with `USER: ` to be somebody else.

    A journal that is given again brings back its messages. Delays last 5 seconds. More than a message a second is
    refused, as by Slack.
    """
    setup_logs()
    stop = threading.Event()

    def show(entry: Entry) -> None:
        try:
            click.echo(told(entry))
        except BrokenPipeError:
            stop.set()

    listed = [_channel(text) for text in channels] or _configured(settings_here(config_path))
    switched = [_fault(text) for text in faults]
    try:
        if journal is not None:
            journal.open("a").close()
        slack = SlackEmulator(
            journal, (*SCOPES, "files:write"), listed, token=token, port=port, rate_limits=True, watch=show
        )
    except OSError as problem:
        what = f"--journal {journal}" if problem.filename else f"--port {port}"
        raise OverheardError(f"{what}: {problem.strerror}; choose another one") from None
    slack.fail(*switched)
    with stop_on_signals(stop), slack:
        ready = _READY.format(
            base_url=slack.base_url, channel=slack.channel, token=token, webhook=slack.webhook_url,
            app_token=slack.app_token,
        )  # fmt: skip
        click.echo(ready, err=True)
        threading.Thread(target=_listen, args=(slack,), daemon=True).start()
        stop.wait()


def _listen(slack: SlackEmulator) -> None:
    """Do what is typed, line by line."""
    for line in sys.stdin:
        if line.strip():
            try:
                do(slack, line)
            except LookupError as problem:
                click.echo(clean(str(problem.args[0])), err=True)


def _configured(settings: Settings | None) -> list[Channel]:
    """Give the channels that the config names, those named by name with ids made up here; or one, if it names none."""
    named = [channel.removeprefix("#") for _, channel in named_channels(settings)] if settings else []
    found = {
        name: Channel(name) if is_channel_id(name) else Channel(f"C{place:010d}", name)
        for place, name in enumerate(named, 1)
    }
    return list(found.values()) or [Channel()]


def _channel(text: str) -> Channel:
    found = _CHANNEL.fullmatch(text)
    if found is None:
        raise WrongUseError(f"--channel {text}: not ID or ID:NAME; write for example C0123456789:listening")
    return Channel(found["id"], found["name"] or "listening")


def _fault(text: str) -> Fault:
    kind, _, times = text.partition(":")
    if kind not in _FAULTS or not (times or "1").isdigit():
        raise WrongUseError(f"--fault {text}: write NAME or NAME:TIMES, where NAME is one of {', '.join(_FAULTS)}")
    return Fault(kind, _OF.get(kind, "chat.postMessage"), times=int(times or 1), seconds=_SECONDS)
