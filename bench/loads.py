"""Made-up mentions that are already matched and scored, to measure what comes after: the store and the digest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from storage.records import BrandHit, Heard, Label, Match, Mention, Sentiment

BRANDS = ("acme", "globex", "initech", "umbrella", "hooli", "stark")
FIRST = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
_WORDS = tuple(f"{first}{last}" for first in ("pro", "con", "re", "un", "de", "in") for last in (
    "duct", "tract", "view", "ship", "lay", "form", "sult", "cess", "mand", "vest", "pose", "port"
))  # fmt: skip
_LABELS = ((Label.POSITIVE, 0.5), (Label.NEUTRAL, 0.0), (Label.NEGATIVE, -0.4))


def made(number: int, days: int) -> Iterator[Heard]:
    """Give mentions of some 200 characters, spread evenly over the days from FIRST on; one in 12 names two brands."""
    dice = random.Random(5)
    step = timedelta(days=days) / number
    for place in range(number):
        text = " ".join(dice.choices(_WORDS, k=26))
        chosen = dice.sample(BRANDS, 2) if place % 12 == 0 else [BRANDS[min(int(dice.expovariate(0.6)), 5)]]
        label, compound = dice.choice(_LABELS)
        seen = Sentiment(compound, label, "made-1", (0, len(text)), "en")
        mention = Mention(
            "file", str(place), f"https://example.org/{place}", f"About {' and '.join(chosen)}", text,
            f"author{dice.randrange(60_000)}", FIRST + step * place, "en", dice.randrange(50),
        )  # fmt: skip
        at = {brand: mention.body.index(brand) for brand in chosen}
        hits = tuple(
            BrandHit(brand, (Match(brand, brand, at[brand], at[brand] + len(brand)),), seen) for brand in chosen
        )
        story = place if dice.random() < 0.8 else place // 50
        yield Heard(mention, seen, hits, story, dice.randbytes(16))
