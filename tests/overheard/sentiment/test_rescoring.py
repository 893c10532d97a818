"""History scored again: what changes, what stays, and that it may stop anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from overheard.app import App
from overheard.jobs import collect_due
from overheard.sentiment.rescoring import Rescoring, rescore_history
from scoring.contract import ScorerError, TextScorer
from scoring.sentiment import SentimentGauge
from storage.corrections import correct
from storage.database import Database
from storage.mentions import MentionFilter, find
from storage.records import Label, Span, StoredMention
from tests.overheard.home import at, home, write_posts

DAY = Span(at(6), at(7))
STRICT = "[sentiment]\npositive_from = 0.9\n"
Posts = list[tuple[datetime, str]]
POSTS: Posts = [
    (at(6, 1), "Acme is great"),
    (at(6, 2), "Acme is awful"),
    (at(6, 3), "Acme est vraiment excellent. Globex est horrible."),
    (at(5, 3), "Acme is great the day before"),
]


def silent(done: int, total: int, last: str) -> None:
    del done, total, last


def heard(database: Database, folder: Path, extra: str = "", posts: Posts = POSTS) -> App:
    app = home(database, folder, at(7), extra)[0]
    write_posts(folder, posts)
    collect_due(app)
    return app


def later(app: App, folder: Path, extra: str) -> App:
    """The application of another config on the same history."""
    return home(app.database, folder, at(8), extra)[0]


def stored(app: App) -> dict[str, StoredMention]:
    with app.database.read() as conn:
        return {one.mention.text: one for one in find(conn, MentionFilter())}


def labels(done: Rescoring, brand: str = "acme") -> tuple[Counter[Label], Counter[Label]]:
    tally = done.tallies[brand]
    return tally.before, tally.after


def test_what_was_published_in_the_window_gets_the_labels_of_today(database: Database, tmp_path: Path) -> None:
    app = later(heard(database, tmp_path), tmp_path, STRICT)
    done = rescore_history(app, app.gauge, DAY, silent)
    assert (done.mentions, done.total, done.finished) == (3, 3, True)
    assert labels(done) == (
        Counter({Label.POSITIVE: 1, Label.NEGATIVE: 1, Label.UNSCORED: 1}),
        Counter({Label.NEUTRAL: 1, Label.NEGATIVE: 1, Label.UNSCORED: 1}),
    )
    assert (done.tallies["acme"].changed, done.tallies["globex"].changed) == (1, 0)
    assert (done.tallies["acme"].net_before, done.tallies["acme"].net_after) == (0.0, -0.5)
    assert done.tallies["globex"].net_after is None
    now = stored(app)
    assert now["Acme is great"].hits[0].sentiment.label is Label.NEUTRAL
    assert now["Acme is great the day before"].hits[0].sentiment.label is Label.POSITIVE


def test_a_language_that_is_scored_now_is_scored_in_history(database: Database, tmp_path: Path) -> None:
    app = later(heard(database, tmp_path), tmp_path, "")
    french = app.settings.model_copy(update={"languages": ("en", "fr")})
    app = App(app.path, french, database, app.clock)
    done = rescore_history(app, app.gauge, DAY, silent)
    assert (done.tallies["acme"].before[Label.UNSCORED], done.tallies["acme"].after[Label.UNSCORED]) == (1, 0)
    says = {
        hit.brand: hit.sentiment.label for hit in stored(app)["Acme est vraiment excellent. Globex est horrible."].hits
    }
    assert says == {"acme": Label.POSITIVE, "globex": Label.NEGATIVE}


def test_the_next_poll_finds_everything_unchanged(database: Database, tmp_path: Path) -> None:
    app = later(heard(database, tmp_path), tmp_path, STRICT)
    rescore_history(app, app.gauge, Span(at(1), at(9)), silent)
    write_posts(tmp_path, POSTS)
    [outcome] = collect_due(app, due_only=False, since=at(1))
    assert (outcome.run.fetched, outcome.run.new, outcome.run.updated) == (4, 0, 0)


def test_a_second_time_changes_nothing(database: Database, tmp_path: Path) -> None:
    app = later(heard(database, tmp_path), tmp_path, STRICT)
    rescore_history(app, app.gauge, DAY, silent)
    before = stored(app)
    done = rescore_history(app, app.gauge, DAY, silent)
    assert [tally.changed for tally in done.tallies.values()] == [0, 0]
    assert stored(app) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    app = later(heard(database, tmp_path), tmp_path, STRICT)
    before = stored(app)
    dry = rescore_history(app, app.gauge, DAY, silent, dry_run=True)
    assert stored(app) == before
    assert dry == rescore_history(app, app.gauge, DAY, silent)


def test_what_a_person_has_judged_counts_on(database: Database, tmp_path: Path) -> None:
    app = later(heard(database, tmp_path), tmp_path, STRICT)
    with database.write() as conn:
        correct(conn, stored(app)["Acme is great"].id, "acme", Label.NEGATIVE, at(7))
    done = rescore_history(app, app.gauge, DAY, silent)
    tally = done.tallies["acme"]
    assert (tally.corrected, tally.changed, tally.before[Label.NEGATIVE], tally.after[Label.NEGATIVE]) == (1, 0, 2, 2)


def test_a_brand_that_has_left_the_config_is_scored_on(database: Database, tmp_path: Path) -> None:
    app = heard(database, tmp_path)
    alone = app.settings.model_copy(update={"brands": app.brands[1:]})
    done = rescore_history(App(app.path, alone, database, app.clock), app.gauge, DAY, silent)
    assert list(done.tallies) == ["globex", "acme"]
    assert done.tallies["acme"].mentions == 3


def test_what_a_model_cannot_read_keeps_its_scores(database: Database, tmp_path: Path) -> None:
    def praise_but_break(texts: Sequence[str]) -> list[float]:
        if any("awful" in text for text in texts):
            raise ScorerError("broken")
        return [0.5] * len(texts)

    app = heard(database, tmp_path)
    before = stored(app)
    model = TextScorer("model-1", praise_but_break, blanks=False)
    gauge = SentimentGauge(app.settings.sentiment, ("en",), {"en": model})
    done = rescore_history(app, gauge, DAY, silent)
    now = stored(app)
    assert (done.mentions, done.failed, done.finished) == (3, 1, True)
    assert done.tallies["acme"].mentions == 2
    assert now["Acme is awful"] == before["Acme is awful"]
    assert now["Acme is great"].hits[0].sentiment.method.startswith("model-1/")


@pytest.mark.parametrize("dry_run", [False, True])
def test_it_stops_after_the_page_in_hand_and_goes_on_when_called_again(
    sqlite_database: Database, tmp_path: Path, dry_run: bool
) -> None:
    posts = [(at(6, 1, place % 60), f"Acme is great says number {place}") for place in range(600)]
    app = later(heard(sqlite_database, tmp_path, posts=posts), tmp_path, STRICT)
    stop, told = Event(), list[tuple[int, int]]()

    def first_page(done: int, total: int, last: str) -> None:
        told.append((done, total))
        assert last == "2026-07-06"
        stop.set()

    begun = rescore_history(app, app.gauge, DAY, first_page, dry_run=dry_run, stop=stop)
    assert (begun.mentions, begun.total, begun.finished) == (250, 600, False)
    assert told == [(250, 600)]
    rest = rescore_history(app, app.gauge, DAY, silent, dry_run=dry_run)
    assert rest.mentions == 600
    assert rest.tallies["acme"].changed == (600 if dry_run else 350)


def test_an_empty_window_is_finished(sqlite_database: Database, tmp_path: Path) -> None:
    app = home(sqlite_database, tmp_path, at(7))[0]
    done = rescore_history(app, app.gauge, DAY, silent)
    assert (done.mentions, done.finished) == (0, True)
