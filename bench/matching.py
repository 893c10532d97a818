"""Matching: mentions per CPU second against a loop of one compiled regular expression per brand.

Input: 300-character pieces of the recorded feeds' texts, one in twenty naming a brand. Brands are made-up names, two
terms each. The peer's expression is what a plain script would write: the terms as alternatives between word boundaries,
case ignored, one search per brand and text. The peer gets fewer texts, as it is slow; rates are compared. Then how much
of our own rate is left when brands grow from 10 to 10,000.
"""

from __future__ import annotations

import random
import re

from bench.figures import Row, cpu, in_turns, recordings
from config.settings import Brand
from listener.matching import Matcher
from storage.records import Mention

SYLLABLES = ("ka", "lo", "mi", "ter", "zu", "vex", "nor", "dra", "qui", "pol", "sen", "gra", "bly", "fo", "wex", "ham")


def measure() -> list[Row]:
    dice = random.Random(11)
    brands = made_up_brands(dice, 10_000)
    mentions = made_mentions(dice, brands)
    thousand = Matcher(brands[:1000])
    expressions = [re.compile(rf"\b(?:{'|'.join(brand.terms)})\b", re.IGNORECASE) for brand in brands[:1000]]
    few = mentions[:100]
    fast, slow = in_turns(
        lambda: [thousand.find(mention) for mention in mentions],
        lambda: [[regex.search(mention.body) for regex in expressions] for mention in few],
    )
    ours, peer = len(mentions) / fast, len(few) / slow
    rates = {size: rate_of(Matcher(brands[:size]), mentions) for size in (10, 10_000)}
    return [
        Row("matching, 1,000 brands", f"{ours:,.0f}/s", f"{peer:,.0f}/s loop of regexes", ours / peer, 500),
        Row(
            "matching, cost of 10,000 brands",
            f"{rates[10_000]:,.0f}/s",
            f"{rates[10]:,.0f}/s ours with 10 brands",
            rates[10] / rates[10_000],
            2,
            at_most=True,
        ),
    ]


def rate_of(matcher: Matcher, mentions: list[Mention]) -> float:
    return len(mentions) / min(cpu(lambda: [matcher.find(mention) for mention in mentions]) for _ in range(5))


def made_up_brands(dice: random.Random, number: int) -> list[Brand]:
    names: set[str] = set()
    while len(names) < number:
        names.add("".join(dice.choices(SYLLABLES, k=dice.randint(3, 4))).capitalize())
    ordered = sorted(names)
    dice.shuffle(ordered)
    return [Brand(name=name, slug=name.lower(), terms=(name, f"{name} Labs")) for name in ordered]


def made_mentions(dice: random.Random, brands: list[Brand]) -> list[Mention]:
    texts: list[str] = []
    for path in sorted((recordings() / "feeds").iterdir()):
        text = " ".join(re.sub(r"<[^>]{0,500}>", " ", path.read_bytes()[:400_000].decode("utf-8", "replace")).split())
        texts += [text[at : at + 300] for at in range(0, len(text), 300)]
    dice.shuffle(texts)
    return [
        Mention("rss", str(number), None, None, named(dice, text, brands), None, None)
        for number, text in enumerate(texts[:20_000])
    ]


def named(dice: random.Random, text: str, brands: list[Brand]) -> str:
    if dice.random() >= 1 / 20:
        return text
    return f"{text[:100]} {brands[min(int(dice.paretovariate(0.5)), len(brands)) - 1].name} {text[100:]}"
