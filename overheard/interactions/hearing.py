"""The jobs that hear what people do in Slack, for a config that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event
from typing import Any

import structlog

from config.errors import OverheardError
from config.settings import Slack
from config.slack_hearing import listened
from notifier.asking.interaction import interaction
from notifier.slack.socket import SocketTickets
from overheard.app import App
from overheard.interactions.desk import Desk
from overheard.interactions.reception import Reception
from overheard.interactions.replies import Replies
from overheard.interactions.socket import SlackSocket, Take
from overheard.scheduler import Job

_EVERY = 1.0  # seconds after which a job that ended is begun again

_log = structlog.get_logger(__name__)


def hearing_jobs(app: App, stop: Event) -> list[Job]:
    """Give the jobs that hear until `stop` is set; none where the config asks for none.

    What is wrong with a secret is logged and costs the buttons, never the digests.
    """
    slack = app.settings.slack
    if slack is None or not slack.hears:
        return []
    desk = Desk(app, Replies(slack.base_url))
    try:
        heard = _heard(app, slack, desk, stop)
    except OverheardError as problem:
        _log.error("slack is not heard", because=str(problem), meanwhile="digests and alerts go on")
        return []
    return [heard, Job("slack questions", lambda: desk.work(stop), _EVERY)]


def _heard(app: App, slack: Slack, desk: Desk, stop: Event) -> Job:
    """Give the job that takes in what Slack hands over, in the way that the config has chosen. Raises SecretError."""
    if slack.signing_secret is None:
        socket = SlackSocket(SocketTickets.from_settings(app.settings).open, _into(desk))
        return Job("slack socket", lambda: socket.run(stop), _EVERY)
    from overheard.interactions.posts import serve  # noqa: PLC0415  # the server, which most do without

    reception = Reception(slack.signing_secret.reveal(), app.clock, desk.put)
    place = listened(slack.listen or "")
    return Job("slack posts", lambda: serve(reception, place, stop), _EVERY)


def _into(desk: Desk) -> Take:
    def take(kind: str, payload: Mapping[str, Any]) -> None:
        act = interaction(kind, payload)
        if act is not None:
            desk.put(act)

    return take
