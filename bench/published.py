"""Writes into docs/sentiment.md how right sentiment and language are, per data set and language, bad ones too.

Between two markers each table stands as it was measured last; what stands outside of them is written by people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from babel import Locale

from bench.labelled import (
    Comparisons,
    Line,
    airlines,
    f1,
    half,
    label,
    load,
    order,
    right,
    share,
    targeted,
    whole,
)
from bench.learning import LABELS_LEARNED, taught
from overheard.sentiment.training import LEARNED, RULES, WHOLE
from scoring.language import language_of
from scoring.lexicons.file import read_lexicon
from scoring.lexicons.scorer import SHIPPED, shipped

PAGE: Final = Path(__file__).parents[1] / "docs" / "sentiment.md"
SETS: Final = {  # of each language: the file, and whether people took sides alone
    "de": "xlmt_de",
    "es": "xlmt_es",
    "fr": "xlmt_fr",
    "it": "xlmt_it",
    "ko": "nsmc_ko",
    "pt": "xlmt_pt",
    "ro": "redv2_ro",
}
SHORT: Final = 40  # characters
_TABLE = re.compile(r"<!-- measured: (?P<name>[a-z ]+) -->\n.*?<!-- end of table -->", re.DOTALL)


def publish(folder: Path) -> None:
    """Measure every table that the page has markers for, and write it there."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_TABLE.sub(lambda found: _marked(found["name"], folder), page), encoding="utf-8")


def _marked(name: str, folder: Path) -> str:
    rows = [*TABLES[name](folder)]
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return f"<!-- measured: {name} -->\n" + "\n".join(lines) + "\n<!-- end of table -->"


Cells = Sequence[str]


def _labels(folder: Path) -> Iterator[Cells]:
    yield "texts", "n", "whole text: F1", "whole text: right", "per brand: F1", "per brand: right"
    labelled = folder / "sentiment"
    for title, lines in (
        ("tweets, no target (TweetEval, validation)", load(labelled, "tweeteval_val")),
        ("tweets, no target (XLM-T English)", load(labelled, "xlmt_en")),
        ("tweets to airlines", airlines(folder / "mentions")),
        ("tweets about people and products (Dong 2014)", load(labelled, "dong14")),
        ("news, about people and groups (NewsMTSC)", load(labelled, "newsmtsc")),
        ("restaurant reviews, mixed praise and blame (MAMS)", load(labelled, "mams")),
    ):
        gold = [line["label"] for line in lines]
        cells = [title, f"{len(lines):,}"]
        for score in (whole, targeted):
            found = [label(score(line)) for line in lines]
            told = score is whole or lines[0]["target"]
            cells += [_decimal(f1(gold, found)), _decimal(right(gold, found))] if told else ["", ""]
        yield cells


def _order(folder: Path) -> Iterator[Cells]:
    labelled = folder / "sentiment"
    ours, peer = (Comparisons(load(labelled, "compsent"), score) for score in (targeted, whole))
    mams = load(labelled, "mams")
    decided, undecided = f"{len(ours.decided):,} pairs", f"{len(ours.undecided):,} pairs"
    yield "of two brands or targets in one sentence", "n", "whole text", "per brand"
    yield (
        "the better one of a comparison is found (CompSent)",
        decided, _decimal(share(peer.decided)), _decimal(share(ours.decided)),
    )  # fmt: skip
    yield (
        "one is preferred where people saw no comparison (CompSent; less is better)",
        undecided, _decimal(share(peer.undecided)), _decimal(share(ours.undecided)),
    )  # fmt: skip
    yield (
        "differently labelled targets stand in the right order (MAMS; .500 is guessing)",
        f"{len(mams):,}", _decimal(order(mams, whole)), _decimal(order(mams, targeted)),
    )  # fmt: skip


def _lexicons(folder: Path) -> Iterator[Cells]:
    yield (
        "language", "entries", "n, each half", "F1, half read", "F1, half held back", "right, held back",
        "a side taken, held back", "of those right, half read", "held back",
    )  # fmt: skip
    for code in SHIPPED:
        halves = _halves(folder, code)
        sides = [_sides(*each) for each in halves]
        gold, found = halves[1]
        polar = "neu" not in gold
        yield (
            _name(code), f"{_entries(code):,}", " + ".join(str(len(each[0])) for each in halves),
            *(["", "", ""] if polar else [*(_decimal(f1(*each)) for each in halves), _decimal(right(gold, found))]),
            _decimal(sides[1][0]), *(_decimal(each[1]) for each in sides),
        )  # fmt: skip


def _entries(code: str) -> int:
    name = f"{code}.txt"
    lexicon = read_lexicon(files("scoring").joinpath("lexicons", name).read_text(encoding="utf-8"), name)
    return len({*lexicon.words, *lexicon.negators, *lexicon.boosters, *lexicon.contrast})


def _halves(folder: Path, code: str) -> list[tuple[list[str], list[str]]]:
    """Give what people said and what the lexicon says, of the half that was read and of the other one."""
    lines = load(folder / "sentiment", SETS[code])
    parts = [[line for line in lines if half(line, code) == number] for number in (0, 1)]
    scorer = shipped(code)
    return [([line["label"] for line in part], [label(scorer.score(line["text"])) for line in part]) for part in parts]


def _sides(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    """Give of the texts that are positive or negative the share that is given a side, and of these the right ones."""
    polar = [(was, is_) for was, is_ in zip(gold, found, strict=True) if was != "neu"]
    taken = [was == is_ for was, is_ in polar if is_ != "neu"]
    return len(taken) / len(polar), share(taken)


def _languages(folder: Path) -> Iterator[Cells]:
    """Measure with English alone configured (recognised: not taken for English), and with every language we score."""
    everything = ("en", *SHIPPED)
    yield (
        "texts", "n", "configured: en", f"at most {SHORT} characters",
        f"configured: {' '.join(everything)}", f"at most {SHORT} characters",
    )  # fmt: skip
    for code, name in {"en": "xlmt_en", **SETS}.items():
        lines = load(folder / "sentiment", name)
        cells = [_name(code), f"{len(lines):,}"]
        for configured in (("en",), everything):
            known = [(_recognised(line, code, configured), len(_bare(line["text"])) <= SHORT) for line in lines]
            cells.append(_decimal(share([told for told, _ in known])))
            cells.append(_decimal(share([told for told, short in known if short])))
        yield cells


def _recognised(line: Line, code: str, configured: tuple[str, ...]) -> bool:
    found = language_of(line["text"], None, configured)
    return found == code if code in configured else found not in configured


def _learning(folder: Path) -> Iterator[Cells]:
    labelled = folder / "sentiment"
    yield "texts", "labels learned from", "judged by", *(f"{scorer}: F1" for scorer in (WHOLE, RULES, LEARNED))
    for title, lines in (
        ("tweets to airlines", airlines(folder / "mentions")),
        ("tweets about people and products (Dong 2014)", load(labelled, "dong14")),
        ("news, about people and groups (NewsMTSC)", load(labelled, "newsmtsc")),
        ("restaurant reviews, mixed praise and blame (MAMS)", load(labelled, "mams")),
        *((f"tweets, no target, {_name(code)}", load(labelled, name)) for code, name in SETS.items() if code != "ko"),
    ):
        found = taught(lines, min(LABELS_LEARNED, len(lines) * 4 // 5))
        counts = (sum(found.training.labels.values()), found.training.held_back)
        figures = [found.judged[scorer].macro_f1 for scorer in (WHOLE, RULES, LEARNED)]
        yield title, *(f"{count:,}" for count in counts), *(_decimal(figure or 0.0) for figure in figures)


def _bare(text: str) -> str:
    """Give a text without links and handles, by which no language is told."""
    return re.sub(r"https?://\S+|@\w+", " ", text).strip()


def _name(code: str) -> str:
    name: str = Locale("en").languages[code]
    return name


def _decimal(fraction: float) -> str:
    return f"{fraction:.3f}".removeprefix("0")


TABLES: Final[dict[str, Callable[[Path], Iterator[Cells]]]] = {
    "labels": _labels,
    "order": _order,
    "lexicons": _lexicons,
    "languages": _languages,
    "learning": _learning,
}
