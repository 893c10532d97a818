"""The numbers of a digest as rows to keep, so that `overheard why` can tell later what they were made of."""

from __future__ import annotations

from datetime import datetime

from notifier.digest.campaigns import CampaignNumber
from notifier.digest.contents import BrandLine, Digest
from notifier.digest.rising import RisingLine
from scoring.derivation import exact
from scoring.standing import number as decimal_of
from storage.records import Figure, Json, Span


def figures(digest: Digest, shown_at: datetime, shown_in: str, rules: str | None = None) -> list[Figure]:
    """Give the rows that let `overheard why` answer for every number of a digest.

    `shown_in` is the key of the delivery; `rules` the fingerprint of what decided matches and scores.
    """
    texts = {formula.name: formula.text for formula in digest.formulas}
    rows: list[Figure] = []
    for line in digest.brands:
        values: tuple[tuple[str, float | None, str, dict[str, Json]], ...] = (
            (line.share_id, line.share, "share of voice", _share_inputs(line, digest)),
            (line.sentiment_id, line.net_sentiment, "net sentiment", _sentiment_inputs(line)),
            (line.mentions_id, line.mentions, "mentions", {"authors": line.authors, "stories": line.stories}),
        )
        for name, value, formula, inputs in values:
            inputs |= {"coverage": digest.coverage.share, "queries": digest.coverage.queries, "rules": rules}
            rows.append(Figure(name, value, digest.window, texts[formula], inputs, shown_at, shown_in))
    for rising in digest.rising:
        inputs = _rising_inputs(rising) | {"coverage": digest.coverage.share, "rules": rules}
        number = float(len(rising.words) + rising.more)
        rows.append(Figure(rising.id, number, digest.window, texts["rising words"], inputs, shown_at, shown_in))
    if digest.campaigns is not None:
        for platform in digest.campaigns.platforms:
            rows += [_kpi(number, digest.window, shown_at, shown_in) for number in platform.numbers]
    return rows


def _kpi(number: CampaignNumber, window: Span, shown_at: datetime, shown_in: str) -> Figure:
    value = None if number.outcome.value is None else float(decimal_of(number.outcome.value))
    inputs: dict[str, Json] = {"exact": exact(number.outcome.value), "facts": dict(number.facts)}
    return Figure(number.id, value, window, number.kpi.formula, inputs, shown_at, shown_in)


def _share_inputs(line: BrandLine, digest: Digest) -> dict[str, Json]:
    return {
        "mentions": line.mentions,
        "mentions_of_any_brand": digest.total,
        "credit": line.credit,
        "credit_of_all_brands": digest.credit,
        "share_low": line.share_low,
        "share_high": line.share_high,
    }


def _sentiment_inputs(line: BrandLine) -> dict[str, Json]:
    return {
        "positive": line.positive,
        "neutral": line.neutral,
        "negative": line.negative,
        "unscored": line.unscored,
    }


def _rising_inputs(line: RisingLine) -> dict[str, Json]:
    return {
        "words": [word.term for word in line.words],
        "tellings": line.of_now,
        "tellings_before": line.of_before,
        "read": line.read,
        "mentions": line.there,
        "tests": line.tests,
    }
