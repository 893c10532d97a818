"""A walk through doubtful scores: each mention is shown, a person is asked, and the answer is kept at once."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import click

from overheard.app import App
from overheard.calling import as_called
from overheard.sentiment.labelling import name_of, number_of, told
from overheard.streams import coloured
from overheard.tables import clean, local
from storage.corrections import all_corrections, correct
from storage.mentions import load
from storage.records import BrandHit, Label, StoredMention
from storage.review import doubtful

_ANSWERS = {"p": Label.POSITIVE, "n": Label.NEGATIVE, "u": Label.NEUTRAL}
_SKIP, _QUIT = "s", "q"
_QUESTION = "p(ositive), n(egative), u (neutral), s(kip), q(uit)"
_INDENT = "  "
_AROUND = 400  # characters shown before and behind the words that decided


def review(app: App, brands: Sequence[str], since: datetime | None, limit: int, by: str | None) -> None:
    """Ask for the closest calls until they, the answers or the person's patience end; then tell what came of it."""
    thresholds = (app.settings.sentiment.positive_from, app.settings.sentiment.negative_from)
    with app.database.read() as conn:
        waiting = doubtful(conn, brands, thresholds, since, limit)
    if not waiting:
        click.echo("nothing to review: no scored mention that nobody has judged yet")
        return
    count: Counter[str] = Counter()
    try:
        for place, (mention_id, brand) in enumerate(waiting, start=1):
            answer = _ask(app, (mention_id, brand), f"{place} of {len(waiting)}")
            if answer == _QUIT:
                break
            if answer == _SKIP:
                count["skipped"] += 1
                continue
            with app.database.write() as conn:
                made = correct(conn, mention_id, brand, _ANSWERS[answer], app.clock(), by)
            count["labelled"] += 1
            count["agreed"] += made.label is made.was.label
    except click.Abort:
        click.echo()  # the question stands there without its answer
        if sys.stdin.isatty():  # Ctrl-C or Ctrl-D of a person; else the answers have come to their end
            _tell_end(app, count)
            raise
    _tell_end(app, count)


def _ask(app: App, which: tuple[int, str], place: str) -> str:
    """Show a mention and give what the person answers."""
    mention_id, brand = which
    with app.database.read() as conn:
        (stored,) = load(conn, [mention_id])
    hit = next(hit for hit in stored.hits if hit.brand == brand)
    mention = stored.mention
    engagement = "" if mention.engagement is None else f", engagement {mention.engagement}"
    where = f"{number_of(stored)}, {mention.source}, {local(mention.published_at, app.zone)}{engagement}"
    click.echo(clean(f"{place}  {name_of(app, brand)}: {told(hit.sentiment)}  [{where}]"))
    _show(stored, hit)
    answer: str = click.prompt(_QUESTION, type=click.Choice([*_ANSWERS, _SKIP, _QUIT]), show_choices=False)
    click.echo()
    return answer


def _show(stored: StoredMention, hit: BrandHit) -> None:
    """Print the text with the words that decided, and the brand's own places, marked."""
    from rich.console import Console  # noqa: PLC0415  # rich costs 60 ms, which only this needs
    from rich.text import Text  # noqa: PLC0415

    body, (start, end) = stored.mention.body, hit.sentiment.evidence or (0, 0)
    first, last = max(0, start - _AROUND), min(len(body), end + _AROUND)
    shown = Text(clean(body[first:last]))
    if coloured(sys.stdout):
        console = Console(file=sys.stdout, highlight=False, force_terminal=True)
        shown.stylize("reverse", start - first, end - first)
        for match in hit.matches:
            shown.stylize("bold", max(0, match.start - first), max(0, match.end - first))
    else:
        console = Console(file=sys.stdout, highlight=False, color_system=None)
        if start < end:
            shown = Text(">>").join([shown[: start - first], shown[start - first :]])
            shown = Text("<<").join([shown[: end - first + 2], shown[end - first + 2 :]])
    whole = Text.assemble("…" if first else "", shown, "…" if last < len(body) else "")
    for line in whole.wrap(console, console.width - len(_INDENT)):
        console.print(Text.assemble(_INDENT, line))


def _tell_end(app: App, count: Counter[str]) -> None:
    with app.database.read() as conn:
        standing = len(all_corrections(conn))
    click.echo(
        f"{count['labelled']} labelled, {count['agreed']} of them as the scorer did, {count['skipped']} skipped; "
        f"{standing} corrections stand"
    )
    click.echo(as_called("next: overheard sentiment train"))
