"""The errors that a user may meet, each telling where, what and the remedy.

    OverheardError                 anything we can explain; the command line prints it in one line, without a traceback
    |- ConfigError                 the config file is wrong; carries every Problem found, exit code 2
    |- SecretError                 an env: or file: reference leads nowhere, exit code 2
    |- StoreError                  the database cannot be opened, read or migrated
    |  `- LeaseHeldError           another instance works on this database, exit code 3
    |- CollectError                a source gave nothing usable (listener/contract.py)
    |- SendError                   a channel did not take a message (notifier/contract.py)
    `- ImportRefusedError          a file of campaign results cannot be imported (listener/campaigns/refusal.py)

A text of these may be shown as it is: no secret, no traceback, nothing of the machine that the user did not write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class OverheardError(Exception):
    """Something that we can explain to the user in one sentence, with a remedy."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the config: where it stands, what is wrong, what to do about it."""

    where: str  # "sources[2].subreddits"; "line 7" when the file is not TOML at all
    what: str  # "empty"
    remedy: str  # 'list at least one, for example ["python"]'
    line: int | None = None  # of the file, from 1; None when it stands nowhere, as a missing table

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"


class ConfigError(OverheardError):
    """The config cannot be used. `problems` holds everything found, in the order of the file."""

    def __init__(self, path: str, problems: Sequence[Problem]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{path}{_at(problem)}: {problem}" for problem in problems))


def _at(problem: Problem) -> str:
    return "" if problem.line is None else f":{problem.line}"


class SecretError(OverheardError):
    """A secret's reference cannot be resolved. The text names the reference, never the secret."""


class StoreError(OverheardError):
    """The database cannot be opened, read, written or migrated."""


class LeaseHeldError(StoreError):
    """Another instance holds this database's lease. The text says who and since when."""
