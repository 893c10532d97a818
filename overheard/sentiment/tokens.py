"""Texts as the numbers that a model reads, by the tokenizer.json that came with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scoring.contract import ScorerError

CHARACTERS_PER_TOKEN = 32  # a text is cut to so many times the tokens before it is read: words are shorter


class Tokens:
    """Splits texts into the tokens of one model. Threads may share it. Raises ScorerError for a damaged file."""

    def __init__(self, path: Path, limit: int) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415  # a library that the user installs, or not

        self._characters = limit * CHARACTERS_PER_TOKEN
        with _explained():
            self._tokenizer = Tokenizer.from_file(str(path))
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(limit)

    def encoded(self, texts: Sequence[str]) -> list[tuple[list[int], list[int]]]:
        """Give the ids and the segment numbers of each text's tokens. Raises ScorerError.

        One by one, as the library would start a thread for each core to read them together.
        """
        with _explained():
            read = [self._tokenizer.encode(text[: self._characters]) for text in texts]
        return [(found.ids, found.type_ids) for found in read]


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except Exception as problem:  # noqa: BLE001  # the library raises nothing narrower
        raise ScorerError(str(problem)) from None
