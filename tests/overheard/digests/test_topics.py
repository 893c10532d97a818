"""Words that rise, from the store to the digest and to `why`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from config.settings import DigestSettings
from notifier.renderers import digest_json
from overheard.answers.why import gather, why_lines
from overheard.app import App
from overheard.digests.periods import period_on
from overheard.digests.reading import digest_of
from storage.database import Database
from storage.mentions import save
from tests.overheard.home import at, home
from tests.storage.made import heard

END = at(31)


def told_of_acme(database: Database, folder: Path) -> App:
    """Four weeks and a day of Acme, a post every three hours by another author, and a battery on the last day."""
    app, _ = home(database, folder, END + timedelta(hours=9))
    said = [(3 * number + 1, f"Acme sold thing{number % 7} in place{number}") for number in range(232)]
    said += [(number + 2, f"Acme battery recall in town{number}") for number in range(10)]
    posts = [
        heard(str(place), text=text, when=END - timedelta(hours=hours), author=f"author{place}", story=place)
        for place, (hours, text) in enumerate(said)
    ]
    with database.write() as conn:
        save(conn, posts, END)
    return app


def test_topic_of_the_day_stands_in_the_digest_and_why_answers_for_it(database: Database, tmp_path: Path) -> None:
    app = told_of_acme(database, tmp_path)
    period = period_on(app.settings.digests[0], END.date(), app.zone)
    with app.database.read() as conn:
        told = digest_of(app, conn, period, DigestSettings(period="day"), app.clock())
        acme = told.rising[0]
        lines = why_lines(app, gather(app, conn, acme.id, app.clock()))

    assert [(word.term, word.now, word.before) for word in acme.words] == [("battery recall", 10, 0)]
    assert acme.words[0].title is not None
    assert "battery recall" in acme.words[0].title
    assert told.rising[1].silence == "few"
    assert digest_json.document(told)["rising"][0]["words"][0]["term"] == "battery recall"  # type: ignore[index, call-overload]  # JSON
    assert any(line.strip().startswith("word      battery recall: 10 of 18 now, 0 of 224 before") for line in lines)
