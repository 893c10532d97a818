"""Questions answered from the history, in the words of the command line."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import datetime

import click
from sqlalchemy import Connection

from notifier.asking.answers import MENTIONS, Item, lines_answer, mentions_answer
from notifier.asking.interaction import Asker
from notifier.asking.questions import Question, QuestionError
from notifier.blocks import Message
from notifier.digest.kpi_ids import PREFIX
from overheard.answers.coverage import coverage_lines, hearing
from overheard.answers.sov import sov_lines, stretch_of
from overheard.answers.why import gather, why_lines
from overheard.answers.why_kpi import kpi_lines, kpi_named
from overheard.app import App
from overheard.calling import config_words
from overheard.cli.options import instant, window_of
from overheard.sentiment.labelling import name_of, number_of
from overheard.tables import local
from storage.mentions import MentionFilter, find, how_many
from storage.records import Span, StoredMention

_WIDTH = 76  # columns that fit into a thread


def answer(app: App, conn: Connection, by: Asker, asked: Question) -> list[Message]:
    """Give the messages that answer, the first for the channel and the others for its thread. Raises OverheardError."""
    now = app.clock()
    if asked.kind == "mentions":
        return _mentions(app, conn, by, asked)
    return lines_answer(by, asked, _lines(app, conn, asked, now), _command(app, asked))


def _lines(app: App, conn: Connection, asked: Question, now: datetime) -> Sequence[str]:
    if asked.kind == "sov":
        return list(sov_lines(app, [stretch_of(app, conn, _window(app, asked, now), now)], _WIDTH))
    if asked.kind == "coverage":
        heard = hearing(app, conn, _window(app, asked, now), now)
        window, share, *rest = coverage_lines(app, heard, 0)
        return [f"{window}, {share}", *rest]
    if asked.rest.startswith(PREFIX):
        return kpi_lines(app, kpi_named(app, conn, asked.rest, rows=False))
    return why_lines(app, gather(app, conn, asked.rest, now))


def _mentions(app: App, conn: Connection, by: Asker, asked: Question) -> list[Message]:
    wanted = MentionFilter(words=tuple(asked.rest.split()), limit=MENTIONS)
    items = [_item(app, stored) for stored in find(conn, wanted)]
    return mentions_answer(by, asked, items, how_many(conn, wanted), _command(app, asked))


def _item(app: App, stored: StoredMention) -> Item:
    mention = stored.mention
    brands = ", ".join(f"{name_of(app, hit.brand)} {hit.sentiment.label}" for hit in stored.hits)
    facts = f"{number_of(stored)}, {local(mention.published_at, app.zone)}, {mention.source}, {brands}"
    return Item(facts, mention.title or mention.text, mention.url)


def _window(app: App, asked: Question, now: datetime) -> Span:
    """Read the time from which on is asked. Raises QuestionError."""
    try:
        instant(asked.rest, now, app.zone)
        return window_of(asked.rest, None, now, app.zone)
    except click.UsageError as problem:
        raise QuestionError(f"{asked.kind}: {problem.message}") from None
    except ValueError as problem:
        raise QuestionError(f"{asked.kind}: {problem}") from None


def _command(app: App, asked: Question) -> str:
    """Give the line that asks the same on the command line."""
    words = {
        "mentions": " ".join(shlex.quote(word) for word in asked.rest.split()),
        "why": shlex.quote(asked.rest),
    }
    told = words.get(asked.kind, f"--since {asked.rest}")
    return f"overheard {asked.kind} {told}{config_words(app.path)}".replace("  ", " ")
