"""No payload of ours may be refused: each test settles what its Slacks have refused, and the run tells the sum.

The fixture works by itself for every test; there is nothing to remember. A test that sends a wrong payload on purpose
says which refusals it expects: FakeSlack(refuses=["invalid_blocks"]).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.doubles.slack import STARTED, FakeSlack

SENDING = ("chat.", "views.", "files.", "reactions.", "webhook", "response_url", "apps.")  # calls that carry a payload
SUM: Counter[str] = Counter()  # of this process, or of all workers in the one that started them


@pytest.fixture(autouse=True)
def nothing_is_refused_by_slack() -> Iterator[None]:
    """Fail the test whose payload Slack refused, however the test itself ended."""
    STARTED.clear()
    yield
    settle(list(STARTED))


def settle(servers: list[FakeSlack]) -> None:
    """Count what the servers were sent. Raises AssertionError when they refused what nobody expected."""
    surprises = [surprise for slack in servers for surprise in slack.surprises()]
    for slack in servers:
        SUM["sent"] += sum(call.startswith(SENDING) for call in slack.calls)
        SUM["wrong on purpose"] += len(slack.refuses)
    SUM["refused"] += len(surprises)
    assert not surprises, "refused by Slack: " + "; ".join(surprises)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the sum of a worker over to the process that started it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["slack"] = dict(SUM)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:  # noqa: ARG001  # as pytest-xdist calls it
    """Take the sum of a worker."""
    SUM.update(getattr(node, "workeroutput", {}).get("slack", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell the sum."""
    if SUM["sent"]:
        told = f"{SUM['sent']} calls with a payload to the strict Slack, {SUM['refused']} refused"
        terminalreporter.write_line(f"{told}; {SUM['wrong on purpose']} more were wrong on purpose")
