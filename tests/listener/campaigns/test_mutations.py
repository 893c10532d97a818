"""Exports damaged in many ways: nothing escapes, and no sum changes without a word.

OVERHEARD_MUTANTS says how many are tried; the same ones each time. Files with totals are the ones in which a changed
digit can be seen at all, so it is there that sums are compared.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Callable
from hashlib import sha256

import pytest

from listener.campaigns.evidence import Wishes
from listener.campaigns.mapping import shipped
from listener.campaigns.opening import open_part
from listener.campaigns.reading import Report
from listener.campaigns.refusal import ImportRefusedError
from listener.campaigns.unpacking import Part
from storage.campaign_rows import NEVER_SUMMED
from tests.listener.campaigns.exports import MADE

MUTANTS = int(os.environ.get("OVERHEARD_MUTANTS", "600"))
LOTS = 10
WITH_TOTALS = (
    "ga4.de.csv", "ga4.pt.csv", "google_ads.de.csv", "google_ads.es.csv", "google_ads.fr.csv", "google_ads.it.csv",
    "google_ads.pt.csv", "google_ads.ro.csv", "meta_ads.es.csv", "meta_ads.pt.csv", "microsoft_ads.en.csv",
    "tiktok_ads.de.csv", "tiktok_ads.en.csv",
)  # fmt: skip
ALL = tuple(sorted(path.name for path in MADE.iterdir() if path.suffix != ".md"))
Sums = dict[str, int]


def read(content: bytes) -> tuple[Sums, Report]:
    """Give the sums of what would be stored, and the report. Raises ImportRefusedError for a refused file."""
    part = Part("export.csv", content, sha256(content).hexdigest(), content.startswith(b"PK"))
    sums: Sums = {}
    with open_part(part, shipped(), Wishes()) as readings:
        for reading in readings:
            reading.check()
            for batch in reading.batches():
                for name, column in zip(batch.columns, zip(*batch.values, strict=True), strict=True):
                    if name not in NEVER_SUMMED:
                        known = [value for value in column if isinstance(value, int)]
                        sums[name] = sums.get(name, 0) + sum(known)
        return {name: value for name, value in sums.items() if value}, readings[0].report


def cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def flipped(content: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << dice.randrange(8))]) + content[place + 1 :]


def typed_over(content: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(content))
    return (
        content[:place]
        + dice.choice([b"0", b"7", b"-", b"<", b'"', b",", b";", b".", b" ", b"\n"])
        + content[place + 1 :]
    )


def reordered(content: bytes, dice: random.Random) -> bytes:
    """Move the columns of every line, as far as a line can be split without looking at quotes."""
    separator = max([b",", b";", b"\t"], key=content.count)
    lines = content.split(b"\n")
    order = list(range(max(line.count(separator) for line in lines) + 1))
    dice.shuffle(order)
    moved = []
    for line in lines:
        cells = line.split(separator)
        moved.append(separator.join(cells[place] for place in order if place < len(cells)))
    return b"\n".join(moved)


def swapped(content: bytes, dice: random.Random) -> bytes:
    one, other = dice.sample([b",", b";", b"\t", b".", b"|", b" "], 2)
    return content.replace(one, b"\0").replace(other, one).replace(b"\0", other)


def without_a_line(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    del lines[dice.randrange(len(lines))]
    return b"\n".join(lines)


def with_a_line_twice(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    lines.insert(dice.randrange(len(lines)), dice.choice(lines))
    return b"\n".join(lines)


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut, flipped, flipped, typed_over, typed_over, reordered, swapped, without_a_line, with_a_line_twice,
)  # fmt: skip


def told(before: Report, after: Report) -> bool:
    """Tell whether a report says of anything that it was not taken, or that it is not what the totals say."""
    return (
        after.rejected_rows > 0
        or after.totals_checked is not True
        or len(after.unknown_columns) > len(before.unknown_columns)
        or len(after.ignored_tables) > len(before.ignored_tables)
        or after.formats != before.formats
        or not set(after.notes) <= set(before.notes)
    )


@pytest.mark.parametrize("lot", range(LOTS))
def test_no_sum_of_a_damaged_export_changes_without_a_word(lot: int) -> None:
    dice = random.Random(lot)
    unharmed = {name: read((MADE / name).read_bytes()) for name in WITH_TOTALS}
    silent = []
    for turn in range(MUTANTS // LOTS):
        name = dice.choice(WITH_TOTALS)
        damage = dice.choice(DAMAGES)
        content = damage((MADE / name).read_bytes(), dice)
        try:
            sums, report = read(content)
        except ImportRefusedError:
            continue
        if not told(unharmed[name][1], report) and sums != unharmed[name][0]:
            silent.append((lot, turn, name, damage.__name__, unharmed[name][0], sums))
    assert silent == []


@pytest.mark.parametrize("lot", range(LOTS))
def test_whatever_is_done_to_an_export_it_is_read_or_refused(lot: int) -> None:
    dice = random.Random(1000 + lot)
    for _ in range(MUTANTS // LOTS // 3):
        content = (MADE / dice.choice(ALL)).read_bytes()
        for _ in range(dice.randrange(1, 4)):
            content = dice.choice(DAMAGES)(content, dice) or b"x"
        with contextlib.suppress(ImportRefusedError):
            read(content)
