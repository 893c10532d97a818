"""Logs: structlog and the standard library's loggers in one stream on stderr, without secrets.

Everything, our own lines and those of the libraries below us, passes one redaction step as the last thing before it is
written. Tracebacks are written without the values of local variables.

    OVERHEARD_LOG        debug | info | warning | error   (commands: warning; run: info)
    OVERHEARD_LOG_FORMAT console | json
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from config.errors import OverheardError
from overheard.redaction import Redactor
from overheard.streams import coloured

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_redactors: list[Redactor] = [Redactor()]  # the last one knows most
# These tell of every request at INFO or DEBUG; what goes wrong reaches us as exceptions.
_CHATTY = ("apscheduler", "prawcore", "praw", "slack_sdk", "urllib3", "websocket")
# These warn of what is as it should be, and are heard from ERROR on.
_ANXIOUS = (
    "apscheduler.scheduler",  # each second: a job still runs, as it does while a source is slow; that is what is wanted
    "urllib3.connection",  # a header that cannot be parsed, with a traceback: the rest is read, or the poll fails
)


def setup_logs(default_level: str = "warning", secrets: Iterable[str] = ()) -> None:
    """Send all logs to stderr. Call again with the secrets once they are known; the last call holds."""
    level = _chosen("OVERHEARD_LOG", tuple(_LEVELS), default_level)
    style = _chosen("OVERHEARD_LOG_FORMAT", ("console", "json"), "console")
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    _redactors.append(Redactor(secrets))
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                redaction(_redactors[-1]),
                _renderer(style),
            ],
        )
    )
    root = logging.getLogger()
    for old in list(root.handlers):
        if getattr(old, "is_ours", False):
            root.removeHandler(old)
    handler.is_ours = True  # type: ignore[attr-defined]  # a mark, so that tests' own handlers stay
    root.addHandler(handler)
    root.setLevel(_LEVELS[level])
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(_LEVELS[level], logging.WARNING) if level != "debug" else logging.DEBUG)
    for name in _ANXIOUS:
        logging.getLogger(name).setLevel(logging.ERROR if level != "debug" else logging.DEBUG)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def tell_of_bug(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Write what nobody expected to stderr, without secrets and without local variables; made to be sys.excepthook.

    The interpreter ends with exit code 1 afterwards.
    """
    redactor = _redactors[-1]
    report = "".join(traceback.format_exception(kind, problem, trace))
    first = str(problem).partition("\n")[0]
    told = (
        f"this is a bug in overheard, not your mistake: {kind.__name__}: {first}\n"
        "please report it with the lines below, the command, and what `overheard --version` says; no stored answer is "
        f"half-written, so the command may be tried again\n{report}"
    )
    sys.stderr.write(redactor.text(told))


def redaction(redactor: Redactor) -> Processor:
    """Give the processor that makes every key and value of a line safe."""

    def redact(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        del logger, method
        return {redactor.text(str(key)): redactor.value(value) for key, value in event.items()}

    return redact


def _renderer(style: str) -> Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    # A traceback arrives here as text already; plain_traceback keeps the renderer from asking for local variables.
    return structlog.dev.ConsoleRenderer(
        colors=coloured(sys.stderr), exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
    )


def _chosen(variable: str, allowed: tuple[str, ...], default: str) -> str:
    found = os.environ.get(variable, "").strip().lower() or default
    if found not in allowed:
        raise OverheardError(f"{variable}: {found!r} is not known; write one of {', '.join(allowed)}, or unset it")
    return found
