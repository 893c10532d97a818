"""Words that you want to hear of at once, in mentions that have just come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, ClassVar

from pydantic import Field

from config.alert_settings import AlertSettings
from listener.folding import fold
from notifier.wording import clock, several
from scoring.watch import Sight, Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import Json, Span, StoredMention

_SHOWN = 3  # mentions that the body names


class KeywordHitSettings(AlertSettings):
    """Which words are looked for."""

    words: Annotated[tuple[Annotated[str, Field(min_length=1, pattern=r"\S")], ...], Field(min_length=1)]
    """Words or phrases, found as whole words whatever their letter case: `["recall", "data breach"]`."""


class KeywordHit:
    """Finds words or phrases of yours in fresh mentions of any brand.

    Fresh is what came since the look before and was published in the last two days. It looks at words alone; it does
    not know "no recall" from "recall".
    """

    Settings = KeywordHitSettings
    looks_at: ClassVar = frozenset({Sight.FRESH})

    def __init__(self, settings: KeywordHitSettings) -> None:
        self._settings = settings
        self._words = [(word, _pattern(word)) for word in dict.fromkeys(settings.words)]

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per brand and word of which a mention came since the look before."""
        folded = [(mention, fold(mention.mention.body)) for mention in seen.fresh]
        found = [
            (brand, word, hits)
            for word, pattern in self._words
            for held in [[mention for mention, text in folded if pattern.search(text)]]
            for brand in seen.brands
            if (not self._settings.brands or brand.slug in self._settings.brands)
            and (hits := [mention for mention in held if any(hit.brand == brand.slug for hit in mention.hits)])
        ]
        return [self._alert(seen, *one) for one in found]

    def _alert(self, seen: Watch, brand: WatchedBrand, word: str, hits: Sequence[StoredMention]) -> Alert:
        times = [hit.mention.published_at or hit.collected_at for hit in hits]
        ids: list[Json] = [f"{hit.mention.source}:{hit.mention.native_id}" for hit in hits]
        by_source = [
            f"{len(list(group))} in {source}" for source, group in groupby(sorted(h.mention.source for h in hits))
        ]
        since = f" since {clock(seen.since, seen.zone)}" if seen.since else ""
        return Alert(
            rule=self._settings.rule,
            key=f"{brand.slug}/{fold(word)}",
            brand=brand.slug,
            severity=Severity(self._settings.severity or Severity.WARNING),
            title=f'{brand.name}: {several(len(hits), "new mention")} with "{word}"',
            body=f"Came{since}: {', '.join(by_source)}. The first of them: {', '.join(map(str, ids[:_SHOWN]))}.",
            window=Span(min(times), max(seen.at, *times)),
            strength=float(len(hits)),
            evidence={"word": word, "mentions": ids[:20], "count": len(hits)},
            lasting=False,
        )


def _pattern(word: str) -> re.Pattern[str]:
    """Give what finds a word as a whole one; nothing is asked of the neighbour of an end that is no letter."""
    folded = fold(word.strip())
    spaced = r"\s+".join(map(re.escape, folded.split()))
    before = r"(?<!\w)" if re.match(r"\w", folded) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", folded) else ""
    return re.compile(f"{before}{spaced}{after}")
