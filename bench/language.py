"""Language of posts, eight languages configured, against py3langid restricted to the same eight.

The development sets of the recordings, links and mentions taken out. Accuracy at forty characters or fewer is the mean
over the languages, all of it and the half that was not read while the words were chosen. Some of the German set is
English. Speed: 500 texts of any length of each language, none of them seen before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bench.figures import Row, in_turns, recordings
from bench.sentiment import all_of, json_lines
from scoring.language import language_of

SETS: Final = {
    "en": "xlmt_en", "de": "xlmt_de", "es": "xlmt_es", "fr": "xlmt_fr", "it": "xlmt_it", "pt": "xlmt_pt",
    "ro": "redv2_ro", "ko": "nsmc_ko",
}  # fmt: skip
CONFIGURED: Final = tuple(SETS)
SHORT: Final = 40
EACH: Final = 500

_SILENT = re.compile(r"https?://\S+|www\.\S+|@\w+")

Tell = Callable[[str], str | None]


def measure() -> list[Row]:
    texts = {language: cleaned(recordings() / "sentiment" / f"{name}.jsonl") for language, name in SETS.items()}
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(set(CONFIGURED))

    def peer(text: str) -> str:
        return str(identifier.classify(text)[0])

    def ours(text: str) -> str | None:
        return language_of(text, None, CONFIGURED)

    rows = [
        Row(f"language, at most {SHORT} characters{which}", f"{own:.3f}", f"{other:.3f} py3langid", own, 0.95)
        for which, some in (("", texts), (", half held back", {name: held_back(of) for name, of in texts.items()}))
        for own, other in [(accuracy(ours, some), accuracy(peer, some))]
    ]
    mixed = [text for of_language in texts.values() for text in of_language[:EACH]]
    rounds = iter(range(10**6))
    fast, slow = in_turns(
        lambda: all_of(ours, [f"{text} {number}" for number in [next(rounds)] for text in mixed]),
        partial(all_of, peer, mixed),
    )
    rate = len(mixed) / fast
    rows.append(Row("language of texts", f"{rate:,.0f}/s", f"{len(mixed) / slow:,.0f}/s py3langid", rate, 15_000))
    return rows


def cleaned(path: Path) -> list[str]:
    """Give the texts of a set that hold anything beside links and mentions."""
    return [text for line in json_lines(path) if (text := " ".join(_SILENT.sub(" ", line).split()))]


def held_back(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if sha256(text.encode()).digest()[0] % 2]


def accuracy(tell: Tell, texts: Mapping[str, Sequence[str]]) -> float:
    shares = []
    for language, of_language in texts.items():
        short = [text for text in of_language if len(text) <= SHORT]
        shares.append(sum(tell(text) == language for text in short) / len(short))
    return sum(shares) / len(shares)
