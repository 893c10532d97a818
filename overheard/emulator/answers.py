"""What goes back over HTTP, and the error by which a method says no."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from overheard.emulator.block_kit.checks import Violation

Arguments = dict[str, Any]  # of a method, by name


@dataclass(slots=True)
class Answer:
    """A status, a body, headers."""

    body: bytes
    status: int = 200
    type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()  # that stand in the body


class RefusedError(Exception):
    """A method, a webhook or an upload refuses: Slack's error code, and what it says besides."""

    def __init__(self, code: str, violations: Sequence[Violation] = (), **more: Any) -> None:  # noqa: ANN401  # JSON
        super().__init__(code)
        self.code = code
        self.violations = tuple(violations)
        self.more = more

    def answer(self) -> Answer:
        """Give it as JSON, the way the Web API says no."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.more}
        if self.violations:
            body["errors"] = [str(each) for each in self.violations]
            body["response_metadata"] = {"messages": [f"[ERROR] {each}" for each in self.violations]}
        return Answer(json.dumps(body).encode())


def ok(body: Mapping[str, Any] | None = None, warnings: Sequence[str] = ()) -> Answer:
    """Give a yes, with warnings where something was taken but not liked."""
    said: dict[str, Any] = {"ok": True, **(body or {})}
    if warnings:
        said["warning"] = ",".join(warnings)
        said["response_metadata"] = {**said.get("response_metadata", {}), "warnings": list(warnings)}
    return Answer(json.dumps(said).encode(), warnings=tuple(warnings))


def plain(text: str, status: int = 200) -> Answer:
    """Give a text, as webhooks and uploads answer."""
    return Answer(text.encode(), status, "text/plain")
