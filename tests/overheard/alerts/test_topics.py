"""What looks for alerts are shown of topics, on both databases, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifier.registry import rule_alone
from overheard.alerts.backtest import backtest
from overheard.alerts.looking import look
from overheard.alerts.topics import Topics
from overheard.alerts.watching import Looking, watch
from overheard.app import App
from scoring.watch import Watch
from storage import alerts, outbox
from storage.database import Database
from storage.mentions import save
from storage.records import Span
from tests.overheard.home import StandingClock, at, home, polled
from tests.storage.made import heard

NOW = at(30, 12)
RULE = '[[alerts]]\nrule = "new_topic"\n'
HOUR = timedelta(hours=1)


def said(database: Database, posts: Sequence[tuple[datetime, str]], came: datetime, first: int, brand: str) -> None:
    made = [
        heard(str(number), text=text, when=when, author=f"a{number}", story=number, brands=(brand,))
        for number, (when, text) in enumerate(posts, first)
    ]
    with database.write() as conn:
        save(conn, made, came)


def listened(database: Database, folder: Path, extra: str = RULE) -> tuple[App, StandingClock]:
    """Four weeks of Acme and of Globex, a post every three hours of each by another author, read back on the 29th."""
    app, clock = home(database, folder, NOW, extra)
    for place, brand in enumerate(("acme", "globex")):
        usual = [(at(1) + 3 * HOUR * number, f"{brand} sold thing{number % 7}") for number in range(236)]
        said(database, usual, at(29), 10_000 * (place + 1), brand)
    polled(app, Span(at(1), at(29)), started_at=at(29))
    return app, clock


def battery(database: Database, came: datetime, brand: str = "acme", number: int = 12, first: int = 1) -> None:
    posts = [(came - HOUR - timedelta(minutes=each), f"{brand} battery recall") for each in range(number)]
    said(database, posts, came, first, brand)


def terms(seen: Watch) -> dict[str, list[str]]:
    return {brand: [topic.term for topic in rise.topics] for brand, rise in seen.topics.items()}


def test_a_look_sees_topics_of_the_brands_that_a_rule_reads_with_an_example(database: Database, tmp_path: Path) -> None:
    app, _ = listened(database, tmp_path)
    battery(database, NOW)
    battery(database, NOW, "globex", first=500)
    with database.read() as conn:
        seen = watch(app, conn, NOW)

    assert terms(seen) == {"acme": ["battery recall"]}
    (example,) = seen.examples.values()
    assert (example.mention.text, example.mention.published_at) == (
        "acme battery recall", NOW - HOUR - timedelta(minutes=11)
    )  # fmt: skip
    assert seen.tests == 1


@pytest.mark.parametrize(
    ("rules", "brands"),
    [
        ('[[alerts]]\nrule = "volume_spike"\n', set()),
        ('[[alerts]]\nrule = "new_topic"\nenabled = false\n', set()),
        ('[[alerts]]\nrule = "new_topic"\nbrands = ["globex"]\n', {"globex"}),
        (RULE, {"acme"}),
    ],
)
def test_texts_are_read_only_of_brands_that_a_rule_asks_for(
    database: Database, tmp_path: Path, rules: str, brands: set[str]
) -> None:
    app, _ = listened(database, tmp_path, rules)
    with database.read() as conn:
        assert set(watch(app, conn, NOW).topics) == brands


def test_a_look_back_sees_what_was_there_then(database: Database, tmp_path: Path) -> None:
    app, _ = listened(database, tmp_path)
    battery(database, NOW)
    with database.read() as conn:
        looks = Looking(app, conn, Span(NOW - HOUR, NOW), [rule_alone("new_topic")], HOUR)
        early, late = looks.at(NOW - HOUR, None), looks.at(NOW, None)

    assert terms(early) == {"acme": []}
    assert terms(late) == {"acme": ["battery recall"]}


def test_a_look_an_hour_later_sees_what_a_first_look_would(database: Database, tmp_path: Path) -> None:
    app, _ = listened(database, tmp_path)
    battery(database, NOW - HOUR)
    kept = Topics(app)
    with database.read() as conn:
        for minutes in (0, 5, 55):
            watch(app, conn, NOW + timedelta(minutes=minutes), topics=kept)
    battery(database, NOW + HOUR, number=3, first=100)
    with database.read() as conn:
        again, first = (watch(app, conn, NOW + HOUR, topics=each) for each in (kept, Topics(app)))

    assert again.topics == first.topics
    assert again.topics["acme"].topics[0].people == 15


def test_a_topic_is_told_once_though_another_of_its_words_leads_later(database: Database, tmp_path: Path) -> None:
    app, clock = listened(database, tmp_path)
    battery(database, NOW)
    look(app)
    for minutes in range(5, 60, 5):
        clock.now = NOW + timedelta(minutes=minutes)
        posts = [(clock.now - timedelta(minutes=1, seconds=each), "acme #batterygate recall fire") for each in range(3)]
        said(database, posts, clock.now, 1000 + minutes * 10, "acme")
        look(app)

    with database.read() as conn:
        assert [(one.alert.id, one.why) for one in alerts.history(conn, at(1)) if one.message] == [
            ("new_topic:acme/battery recall", "new")
        ]
        (delivery,) = outbox.due(conn, NOW + HOUR)
    text = str(delivery.payload["text"])
    assert 'Info: Acme: new topic "battery recall": 12 people in 24 h, 0 before' in text
    assert "https://example.org/1" in text
    assert "overheard silence 'new_topic:acme/battery recall' --for 2h" in text


def test_a_spike_and_the_topic_that_it_is_about_go_into_one_message(database: Database, tmp_path: Path) -> None:
    app, _ = listened(database, tmp_path, '[[alerts]]\nrule = "volume_spike"\n' + RULE)
    polled(app, Span(at(29), NOW), started_at=NOW)
    battery(database, NOW, number=40)
    (message,) = look(app).messages

    assert [case.alert.id for case in message.cases] == [  # type: ignore[union-attr]  # of alerts that begin
        "volume_spike:acme", "new_topic:acme/battery recall"
    ]  # fmt: skip


def test_a_replay_tells_a_topic_at_the_first_look_after_it_came(database: Database, tmp_path: Path) -> None:
    app, _ = listened(database, tmp_path)
    battery(database, NOW)
    with database.read() as conn:
        found = backtest(
            app, conn, Span(NOW - 3 * HOUR, NOW + 3 * HOUR), [rule_alone("new_topic")], [1.0], lambda *_: None
        )

    assert [(one.alert.id, one.at) for one in found.replayed[0].told] == [("new_topic:acme/battery recall", NOW)]
    assert found.unready == ()
