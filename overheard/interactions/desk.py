"""Where everything that people ask of us in Slack lands: read, permitted, carried out once, answered once.

What Slack hands over is acknowledged by whoever took it, and put here; one job takes it from here, in order. All that
it changes and all that is posted about it stands in one transaction, under a key that is the act's own: an act that
Slack hands over twice finds that it was done.
"""

from __future__ import annotations

from collections import deque
from queue import Empty, SimpleQueue
from threading import Event

import structlog

from config.errors import OverheardError
from notifier.asking.answers import help_blocks, private
from notifier.asking.buttons import wish
from notifier.asking.interaction import Command, Press
from notifier.asking.permission import Permission
from notifier.asking.questions import question
from notifier.destinations import destination
from notifier.letters import deliveries
from overheard.app import App
from overheard.interactions.answering import answer
from overheard.interactions.pressing import carry_out, edit
from overheard.interactions.replies import Replies
from storage import outbox
from storage.lease import LeaseLostError

_REMEMBERED = 1000  # acts; what was done is known from the store, what was refused from here
_MOST = 500  # acts that wait
_PAUSE = 0.5  # seconds after which it is looked whether to stop

_log = structlog.get_logger(__name__)


class Desk:
    """Takes acts in from any thread; one thread carries them out."""

    def __init__(self, app: App, replies: Replies) -> None:
        self._app = app
        self._replies = replies
        self._permission = Permission.from_settings(app.settings)
        self._waiting: SimpleQueue[Press | Command] = SimpleQueue()
        self._seen: deque[str] = deque(maxlen=_REMEMBERED)

    def put(self, act: Press | Command) -> bool:
        """Take an act in. False: so many wait that it is better to let Slack say that nobody answers."""
        if self._waiting.qsize() >= _MOST:
            _log.warning("not taken in", because=f"{_MOST} presses and questions wait", user=act.by.user)
            return False
        self._waiting.put(act)
        return True

    def work(self, stop: Event) -> None:
        """Carry out what comes in until `stop` is set, and then what was acknowledged already."""
        while True:
            try:
                act = self._waiting.get(timeout=_PAUSE)
            except Empty:
                if stop.is_set():
                    return
                continue
            self._carry_out(act)

    def _carry_out(self, act: Press | Command) -> None:
        if act.trigger in self._seen:
            return
        self._seen.append(act.trigger)
        refused = self._permission.refusal(act.by)
        if refused is not None:
            _log.info("refused", user=act.by.user, channel=act.by.channel)
            self._replies.tell(act.answer_at, private(refused))
            return
        try:
            if isinstance(act, Command):
                self._command(act)
            else:
                self._press(act)
        except LeaseLostError:
            raise
        except OverheardError as problem:
            self._replies.tell(act.answer_at, private(str(problem)))

    def _press(self, act: Press) -> None:
        """Carry out a press, once, and show it in the message. Raises OverheardError for one that cannot be."""
        asked = wish(act.action, act.value)
        if asked is None:
            return
        key = f"press:{act.trigger}"
        with self._app.database.write() as conn:
            if outbox.get(conn, key) is not None:
                return
            done = carry_out(self._app, conn, asked, act.by)
            shown = edit(self._app, conn, act, done, key)
            if shown is not None:
                outbox.put(conn, [shown])
        _log.info("pressed", action=act.action, user=act.by.user)
        if shown is None:
            self._replies.tell(act.answer_at, private(done.told))

    def _command(self, act: Command) -> None:
        """Answer a question. Raises OverheardError for one that cannot be answered."""
        asked = question(act.text)
        if asked.kind == "help":
            self._replies.tell(act.answer_at, private("Ask so; the answer comes into a thread.", help_blocks()))
            return
        with self._app.database.read() as conn:
            messages = answer(self._app, conn, act.by, asked)
        now = self._app.clock()
        channel = destination(self._app.settings, act.by.channel)
        letters = deliveries(messages, f"ask:{act.trigger}", channel, now)
        with self._app.database.write() as conn:
            new = outbox.put(conn, letters[:1]) == 1
            if new:
                outbox.put(conn, letters[1:])
        if new:
            _log.info("answered", question=asked.kind, user=act.by.user, messages=len(letters))
