"""What to ask a person about a source or a brand, taken from the model of its table; and how an answer is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from config.settings import Brand, SourceSettings
from config.values import Secret
from config.wording import EXAMPLES
from overheard.errors import WrongUseError


@dataclass(frozen=True, slots=True)
class Question:
    """One key of a table: what it means, whether it must be answered, an example."""

    key: str
    meaning: str
    required: bool
    is_list: bool
    of_words: bool  # a list of words: blanks part them as well as commas
    example: str

    def read(self, answer: str) -> str | list[str]:
        """Read an answer as people type it."""
        return split(answer, blanks=self.of_words) if self.is_list else answer


def questions(model: type[Brand | SourceSettings]) -> Iterator[Question]:
    """Give the keys that a person is asked for: those without a default, then the lists; of a source, only its own."""
    shared = SourceSettings.model_fields if issubclass(model, SourceSettings) else {}
    own = {key: field for key, field in model.model_fields.items() if key not in shared}
    for key, field in sorted(own.items(), key=lambda item: not item[1].is_required()):
        if field.is_required() or _is_list(field):
            example = EXAMPLES.get(key, "").strip("[]").replace('"', "")
            default = example if _is_secret(field) else ""
            yield Question(key, _sentence(field), field.is_required(), _is_list(field), _of_words(model), default)


def read_answers(model: type[Brand | SourceSettings], pairs: tuple[str, ...]) -> dict[str, Any]:
    """Read KEY=VALUE pairs: `urls=https://a,https://b`, `search=true`, `columns.text=body`, `every=2h`.

    Raises WrongUseError for what is no pair; what the source thinks of the value is told by the config's own check.
    """
    found: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z_][\w.]*", key):
            raise WrongUseError(f"--set {key or pair}: not KEY=VALUE; write for example --set every=2h")
        table, _, inner = key.rpartition(".")
        field = model.model_fields.get(key)
        value: object = split(text, blanks=_of_words(model)) if field and _is_list(field) else _plain(text)
        if table:
            found.setdefault(table, {})[inner] = text
        else:
            found[key] = value
    return found


def split(text: str, *, blanks: bool) -> list[str]:
    """Read a list as people type it: parted by commas, or by blanks too."""
    return [part.strip() for part in re.split(r"[,\s]+" if blanks else ",", text) if part.strip()]


def written(table: Mapping[str, Any]) -> dict[str, Any]:
    """Give a table with its own `type` first, as configs have it."""
    return {"type": table["type"], **table}


def _plain(text: str) -> object:
    """Read true, false and whole numbers as TOML does; anything else is a text."""
    try:
        value: object = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return value if isinstance(value, bool | int | float | list) else text


def _of_words(model: type[Brand | SourceSettings]) -> bool:
    # Addresses and names of subreddits have no blanks inside; what people call a brand often has.
    return issubclass(model, SourceSettings)


def _is_list(field: FieldInfo) -> bool:
    parts = (field.annotation, *get_args(field.annotation))
    return any(get_origin(part) is tuple for part in parts)


def _is_secret(field: FieldInfo) -> bool:
    return Secret in (field.annotation, *get_args(field.annotation))


def _sentence(field: FieldInfo) -> str:
    return " ".join((field.description or "").split())
