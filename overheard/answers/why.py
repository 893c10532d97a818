"""What a number was made of, as it was shown and as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from notifier.digest.figure_ids import FigureIdError, FigureKind, parse_figure_id
from notifier.wording import several
from overheard.answers.mentions import slug_of
from overheard.answers.sov import scored
from overheard.answers.why_rising import rising_lines
from overheard.app import App
from overheard.calling import config_words
from overheard.digests.heard import coverage_in, voices_in
from overheard.digests.topics import Reader, examples, rises
from overheard.errors import WrongUseError
from overheard.tables import clean, iso, local, percent, signed
from scoring.rising.topics import FORMULA as RISING
from scoring.rising.topics import Rise
from scoring.share_of_voice import INTERVAL, NET_SENTIMENT, SHARE_OF_VOICE, BrandVoice, share_in_group
from storage.corrections import all_corrections
from storage.figures import shown
from storage.mentions import MentionFilter, find, load
from storage.records import Coverage, Figure, Span, StoredMention
from storage.relevance import all_labels

_EXAMPLES = 5
_PAGE = 500
_FORMULAS: dict[FigureKind, str] = {
    "sov": f"{SHARE_OF_VOICE}; {INTERVAL}",
    "sentiment": NET_SENTIMENT,
    "mentions": "mentions = distinct texts (source and id) that name the brand and were published in the window",
    "rising": RISING,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that answers for one number."""

    id: str
    kind: FigureKind
    voice: BrandVoice
    window: Span
    total: float  # credit over all brands, or those of the group
    group: tuple[str, ...]  # names of the brands among which the share is taken; none: all of the config
    value: float | None
    formula: str
    coverage: Coverage
    examples: Sequence[StoredMention]
    before: Sequence[tuple[Figure, Sequence[str]]]  # what was shown, with the reasons for a difference to now
    rise: Rise | None = None  # where rising words were asked about


def gather(app: App, conn: Connection, number_id: str, now: datetime) -> Evidence:
    """Compute the number anew and compare it with what was shown. Raises OverheardError for an unknown id."""
    try:
        kind, slug, window, group = parse_figure_id(number_id, app.zone)
    except FigureIdError as problem:
        raise WrongUseError(str(problem)) from None
    slug = slug_of(app, slug)
    among = {slug_of(app, each) for each in group}
    brands = [brand for brand in app.brands if not group or brand.slug in among]
    voices = voices_in(app, conn, window, brands)
    voice = next(voice for voice in voices if voice.brand == slug)
    wanted = MentionFilter(brand=slug, since=window.start, until=window.end, limit=_EXAMPLES)
    rise = rises(Reader(app), conn, window, app.brands).get(slug) if kind == "rising" else None
    value = _value(kind, voice, rise)
    heard = coverage_in(app, conn, window, now)
    before = [(figure, _reasons(app, conn, figure, value, heard)) for figure in shown(conn, number_id.strip())]
    return Evidence(
        id=number_id.strip(),
        kind=kind,
        voice=voice,
        window=window,
        total=sum(each.count.credit for each in voices),
        value=value,
        formula=_formula(kind, [brand.name for brand in brands] if group else []),
        group=tuple(brand.name for brand in brands) if group else (),
        coverage=heard,
        examples=find(conn, wanted) if rise is None else list(examples(conn, {slug: rise}).values()),
        before=before,
        rise=rise,
    )


def _formula(kind: FigureKind, group: Sequence[str]) -> str:
    if kind == "sov" and group:
        return f"{share_in_group(group)}; {INTERVAL}"
    return _FORMULAS[kind]


def _value(kind: FigureKind, voice: BrandVoice, rise: Rise | None) -> float | None:
    if kind == "rising":
        return None if rise is None else float(len(rise.topics))
    if kind == "sov":
        return voice.share
    return voice.net_sentiment if kind == "sentiment" else float(voice.count.mentions)


def _reasons(app: App, conn: Connection, figure: Figure, now: float | None, heard: Coverage) -> list[str]:
    """Say why a number differs from what was shown; nothing when it does not."""
    if figure.value == now or (figure.value is not None and now is not None and abs(figure.value - now) < 1e-9):  # noqa: PLR2004  # rounding of sums
        return []
    reasons = list(_since_shown(app, conn, figure))
    rules = figure.inputs.get("rules")
    if rules is not None and rules != app.rules:
        reasons.append(f"brands, labels, languages or scorers changed (rules {rules} then, {app.rules} now)")
    then = figure.inputs.get("coverage")
    if isinstance(then, float) and heard.share is not None and abs(then - heard.share) > 1e-9:  # noqa: PLR2004  # the same
        reasons.append(f"coverage of the window was {percent(then)} then, is {percent(heard.share)} now")
    return reasons or [
        "mentions of the window were erased at their source, corrections withdrawn, or the history was edited"
    ]


def _since_shown(app: App, conn: Connection, figure: Figure) -> Iterator[str]:
    """Say what became of the window's mentions after a number was shown."""
    count: Counter[str] = Counter()
    kind, slug, *_ = parse_figure_id(figure.id, app.zone)
    corrected = {one.mention_id for one in all_corrections(conn, figure.shown_at) if one.brand == slug}
    wanted = MentionFilter(since=figure.window.start, until=figure.window.end, limit=_PAGE)
    while page := find(conn, wanted):
        for stored in page:
            late = stored.collected_at > figure.shown_at
            count["arrived"] += late
            count["were changed"] += not late and _after(stored.edited_at, figure)
            if kind == "sentiment":  # no other kind hangs on scores
                count["were scored again"] += not late and _after(stored.rescored_at, figure)
                count["were corrected by people"] += stored.id in corrected
        wanted = replace(wanted, after_id=page[-1].id)
    judged = [one.mention_id for one in all_labels(conn, figure.shown_at) if one.brand == slug]
    within = [each for each in load(conn, judged) if _lies_in(figure.window, each.mention.published_at)]
    count["were labelled as relevant or not by people"] += len(within)
    yield from (
        f"{number} mentions of the window {what} after it was shown" for what, number in count.items() if number
    )


def _lies_in(window: Span, moment: datetime | None) -> bool:
    return moment is not None and window.start <= moment < window.end


def _after(moment: datetime | None, figure: Figure) -> bool:
    return moment is not None and moment > figure.shown_at


def why_lines(app: App, evidence: Evidence) -> list[str]:
    """Give what a number is made of, what was shown of it, and how to see all its mentions."""
    voice, count = evidence.voice, evidence.voice.count
    lines = [
        f"{evidence.id}: {_written(evidence.kind, evidence.value)}",
        f"  brand     {voice.name} ({voice.role})",
        f"  window    {_between(app, evidence.window)} {app.zone.key}",
        f"  formula   {evidence.formula}",
        (
            f"  counts    {several(count.mentions, 'mention')}, "
            f"credit {count.credit:.2f} of {evidence.total:.2f} over {_those(evidence)} brands"
        ),
        f"            positive {count.positive}, neutral {count.neutral}, negative {count.negative}",
        f"  sentiment {scored(voice)}",
        (
            f"  coverage  {percent(evidence.coverage.share, 'no source listens')} "
            f"of {several(evidence.coverage.queries, 'query', 'queries')}"
        ),
    ]
    if voice.share_low is not None and voice.share_high is not None:
        lines.insert(
            5, f"            95 % interval of the share {percent(voice.share_low)} to {percent(voice.share_high)}"
        )
    lines += [
        f"  deaf      {gap.key}: {_between(app, gap.span)} ({gap.reason})" for gap in evidence.coverage.gaps[:_EXAMPLES]
    ]
    if evidence.rise is not None:
        lines += rising_lines(evidence.rise)
    for figure, reasons in evidence.before:
        lines.append(
            f"  shown     {_written(evidence.kind, figure.value)} in {figure.shown_in} "
            f"at {local(figure.shown_at, app.zone)}"
        )
        lines += [f"            differs now: {reason}" for reason in reasons]
    if not evidence.before:
        lines.append("  shown     in no digest yet")
    lines += [f"  example   {_example(app, stored)}" for stored in evidence.examples]
    lines.append(
        f"  all rows  overheard mentions --brand {voice.brand} --since {iso(evidence.window.start)} "
        f"--until {iso(evidence.window.end)}{config_words(app.path)}"
    )
    return [clean(line) for line in lines]


def _those(evidence: Evidence) -> str:
    return "these" if evidence.group else "all"


def _between(app: App, span: Span) -> str:
    return f"{local(span.start, app.zone)} to {local(span.end, app.zone)}"


def _written(kind: FigureKind, value: float | None) -> str:
    if kind == "sov":
        return percent(value)
    if kind == "sentiment":
        return signed(value)
    return "n/a" if value is None else f"{value:.0f}"


def _example(app: App, stored: StoredMention) -> str:
    mention = stored.mention
    return f"{local(mention.published_at, app.zone)} {mention.title or mention.text[:80]} {mention.url or ''}".rstrip()
