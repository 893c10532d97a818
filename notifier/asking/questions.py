"""What is asked with the slash command, read as the command line would read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from config.errors import OverheardError
from config.findings import nearest
from notifier.outside import shown
from notifier.slack.manifest import COMMAND

Kind = Literal["mentions", "sov", "why", "coverage", "help"]
KINDS: tuple[Kind, ...] = ("mentions", "sov", "why", "coverage", "help")
SPAN = "7d"  # asked for when nothing else is
_LONGEST = 500  # characters of a question
_ECHO = 60

HELP = (
    (f"{COMMAND} mentions QUERY", "mentions that hold all words of QUERY, the newest first"),
    (f"{COMMAND} sov {SPAN}", "share of voice and sentiment of that long until now; or from a date, sov 2026-11-01"),
    (f"{COMMAND} why ID", "what a number of a digest is made of; its id stands in the digest's thread"),
    (f"{COMMAND} coverage {SPAN}", "how much was heard, and which source was deaf when"),
)


class QuestionError(OverheardError):
    """A question that cannot be read; says how it is written."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `rest` is the query, the time from which on, or the id."""

    kind: Kind
    rest: str

    @property
    def written(self) -> str:
        """The question as one types it, fit to be shown."""
        return shown(f"{COMMAND} {self.kind} {self.rest}", _LONGEST).strip()


def question(text: str) -> Question:
    """Read what stands behind the command's name. Raises QuestionError."""
    verb, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    kind = next((each for each in KINDS if each == verb.casefold()), None)
    if not verb:
        return Question("help", "")
    if kind is None:
        meant = nearest(verb[:_ECHO], KINDS)
        remedy = f"did you mean {meant!r}?" if meant else f"ask for {', '.join(KINDS[:-1])} or help"
        raise QuestionError(f"no question {shown(verb, _ECHO)!r}; {remedy}")
    if len(rest) > _LONGEST:
        raise QuestionError(
            f"{kind} {shown(rest, _ECHO)}: {len(rest)} characters, where {_LONGEST} are the most; ask for fewer words"
        )
    if kind == "why" and not rest:
        raise QuestionError(f"why: of which number? Copy an id from a digest's thread: {COMMAND} why ID")
    if kind in {"sov", "coverage", "why"} and len(rest.split()) > 1:
        example = "why ID" if kind == "why" else f"{kind} {SPAN}"
        raise QuestionError(f"{kind} {shown(rest, _ECHO)}: one word only; write {COMMAND} {example}")
    return Question(kind, rest or (SPAN if kind in {"sov", "coverage"} else ""))
