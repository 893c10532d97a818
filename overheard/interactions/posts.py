"""The server behind the address where Slack posts: waitress, turned by a job of our own so that it ends when told."""

from __future__ import annotations

import socket
from threading import Event
from typing import Any

import structlog
from waitress import create_server, wasyncore

from overheard.interactions.reception import MOST, Reception

_LOOK = 0.5  # seconds after which it is looked whether to stop
_AGAIN = 30.0  # seconds before an address that is taken is tried again
_LIMITS: dict[str, Any] = {
    "threads": 4,
    "connection_limit": 100,
    "channel_timeout": 30,  # seconds for which a silent connection is kept
    "max_request_body_size": MOST,
    "max_request_header_size": 32_768,
    "ident": None,  # nobody needs to know what serves
}

_log = structlog.get_logger(__name__)


def serve(reception: Reception, place: tuple[str, int], stop: Event) -> None:
    """Serve until `stop` is set. An address that cannot be had is told and tried again."""
    host, port = place
    try:
        bound = socket.create_server(place, family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        remedy = "free the port, or name another one in slack.listen"
        _log.error("slack is not heard", listen=f"{host}:{port}", because=problem.strerror, remedy=remedy)
        stop.wait(_AGAIN)
        return
    sockets: dict[int, Any] = {}
    server = create_server(reception, map=sockets, sockets=[bound], **_LIMITS)
    _log.info("slack is heard", listen=f"{host}:{port}")
    try:
        while not stop.is_set():
            wasyncore.loop(timeout=_LOOK, map=sockets, count=1)
    finally:
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)
