"""Numbers that were shown, with what they were made of, so that `why` can answer later."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.records import Figure, Span
from storage.tables import figures
from storage.upsert import upsert


def keep(conn: Connection, shown: Sequence[Figure]) -> None:
    """Keep what a message shows. The same number in the same message replaces the earlier one."""
    rows = [
        {
            "figure_id": figure.id,
            "value": figure.value,
            "window_start": figure.window.start,
            "window_end": figure.window.end,
            "formula": figure.formula,
            "inputs": dict(figure.inputs),
            "shown_at": figure.shown_at,
            "shown_in": figure.shown_in,
        }
        for figure in shown
    ]
    upsert(conn, figures, rows, key=("figure_id", "shown_in"))


def shown(conn: Connection, figure_id: str) -> list[Figure]:
    """Give every time that this number was shown, the latest first; none when it never was."""
    query = sa.select(figures).where(figures.c.figure_id == figure_id)
    return [
        Figure(
            id=row.figure_id,
            value=row.value,
            window=Span(row.window_start, row.window_end),
            formula=row.formula,
            inputs=row.inputs,
            shown_at=row.shown_at,
            shown_in=row.shown_in,
        )
        for row in conn.execute(query.order_by(figures.c.shown_at.desc(), figures.c.id.desc()))
    ]
