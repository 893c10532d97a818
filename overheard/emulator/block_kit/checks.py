"""The checks of which every rule of Block Kit is built, and what they find: a sentence and a JSON pointer.

A check is a function of (value, pointer). It knows one shape and gives what is wrong with the value, in document order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong with a payload, as Slack words it, and where."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


Check = Callable[[object, str], Iterator[Violation]]
Rule = Callable[[dict[str, Any], str], Iterator[Violation]]  # of an object whose keys are right

_URL = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])\S*", re.IGNORECASE)


def string(low: int = 1, high: int | None = None, pattern: str | None = None) -> Check:
    """Take a string of `low` to `high` code points; `pattern`, if given, must match all of it."""

    def check(value: object, pointer: str) -> Iterator[Violation]:
        if not isinstance(value, str):
            yield Violation("must be a string", pointer)
        elif len(value) < low:
            yield Violation(f"must be more than {low - 1} characters", pointer)
        elif high is not None and len(value) > high:
            yield Violation(f"must be less than {high + 1} characters", pointer)
        elif pattern is not None and not re.fullmatch(pattern, value):
            yield Violation("must match the format", pointer)

    return check


def url(high: int = 3000, *, secure: bool = False) -> Check:
    """Take an address of http, https or mail; `secure`: https alone."""
    size = string(1, high)

    def check(value: object, pointer: str) -> Iterator[Violation]:
        wrong = list(size(value, pointer))
        yield from wrong
        if not isinstance(value, str) or wrong:
            return
        if not _URL.fullmatch(value) or (secure and not value.startswith("https://")):
            yield Violation("must be a valid URL", pointer)

    return check


def integer(low: int, high: int | None = None) -> Check:
    """Take a whole number of this range."""

    def check(value: object, pointer: str) -> Iterator[Violation]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Violation("must be an integer", pointer)
        elif value < low:
            yield Violation(f"must be greater than or equal to {low}", pointer)
        elif high is not None and value > high:
            yield Violation(f"must be less than or equal to {high}", pointer)

    return check


def number(value: object, pointer: str) -> Iterator[Violation]:
    """Take any number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Violation("must be a number", pointer)


def boolean(value: object, pointer: str) -> Iterator[Violation]:
    """Take true or false."""
    if not isinstance(value, bool):
        yield Violation("must be a boolean", pointer)


def choice(*allowed: str) -> Check:
    """Take one of these words."""

    def check(value: object, pointer: str) -> Iterator[Violation]:
        if not isinstance(value, str) or value not in allowed:
            yield Violation("must be a valid enum value", pointer)

    return check


def array(each: Check, low: int = 1, high: int | None = None) -> Check:
    """Take an array of `low` to `high` items, each as `each` wants it."""

    def check(value: object, pointer: str) -> Iterator[Violation]:
        if not isinstance(value, list):
            yield Violation("must be an array", pointer)
            return
        if len(value) < low:
            yield Violation(f"no less than {low} items allowed", pointer)
        if high is not None and len(value) > high:
            yield Violation(f"no more than {high} items allowed", pointer)
        for index, item in enumerate(value):
            yield from each(item, f"{pointer}/{index}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Rule) -> Check:
    """Take an object with these keys and no others; `rules` see it whole, once its keys are right."""
    known = dict(required) | dict(optional or {})

    def check(value: object, pointer: str) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield Violation("must provide an object", pointer)
            return
        wrong = [Violation(f"missing required field: {key}", pointer) for key in required if key not in value]
        for key, held in value.items():
            if key in known:
                wrong += known[key](held, f"{pointer}/{escaped(key)}")
            else:
                wrong.append(Violation(f"additional property: {key}", pointer))
        yield from wrong
        if not wrong:
            for rule in rules:
                yield from rule(value, pointer)

    return check


def typed(table: Mapping[str, Check]) -> Check:
    """Take an object whose `type` is in the table; the rest of it is for the check that stands there."""

    def check(value: object, pointer: str) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield Violation("must provide an object", pointer)
        elif "type" not in value:
            yield Violation("missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in table:
            yield Violation(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            rest = {key: held for key, held in value.items() if key != "type"}
            yield from table[value["type"]](rest, pointer)

    return check


def exactly_one(*keys: str) -> Rule:
    """Take an object with one of these keys and not two."""
    said = " or ".join(f"`{key}`" for key in keys)

    def check(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
        if sum(key in value for key in keys) != 1:
            yield Violation(f"must define either {said}", pointer)

    return check


def escaped(key: str) -> str:
    """Write a key as a JSON pointer does (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
