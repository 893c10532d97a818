from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection

from storage.corrections import all_corrections, correct, withdraw
from storage.database import Database, open_database
from storage.mentions import MentionFilter, erase, find, save, story_leads
from storage.records import Heard, Label, Saved, Sentiment, Span, StoredMention, VoiceCount
from storage.rescoring import Scored, rescore
from storage.voice import by_span, hourly_mentions, mention_total, voice
from tests.postgres import Server
from tests.storage.made import at, heard, sentiment

BRANDS = ("acme", "globex", "initech")
WEIGHTS = {Label.POSITIVE: 0.6, Label.NEUTRAL: 0.0, Label.NEGATIVE: -0.6}
ALL = Span(at(-100), at(400))


@dataclass
class Kept:
    """What the naive model remembers of one mention."""

    heard: Heard
    published_at: datetime
    dated: bool
    story: int
    erased: bool = False
    named: bool = True
    corrected: dict[str, Label] = field(default_factory=dict)  # by brand, what people said of the text as it stands

    def says(self, brand: str) -> Sentiment:
        """What counts of a brand that it names: a person's label stands for a compound of 0.6, 0 or -0.6."""
        scored = next(hit.sentiment for hit in self.heard.hits if hit.brand == brand)
        label = self.corrected.get(brand)
        if label is None:
            return scored
        return replace(scored, compound=WEIGHTS[label], label=label, method="person", reason=None)


SOURCES, IDS = st.sampled_from(["rss", "reddit"]), st.sampled_from(["1", "2", "3", "4"])
COMPOUNDS = st.sampled_from([None, 0.0, 0.4404, -0.7783, 0.123457])
some_heard = st.builds(
    heard,
    IDS,
    text=st.sampled_from(["Acme is good", "Globex fell", "both"]),
    source=SOURCES,
    author=st.sampled_from([None, "ann", "bob"]),
    when=st.one_of(st.none(), st.integers(0, 5).map(lambda half: at(half / 2))),
    engagement=st.sampled_from([None, 0, 5, 2**40]),
    brands=st.sampled_from([("acme",), ("globex",), ("acme", "globex"), BRANDS]),
    compound=COMPOUNDS,
    story=st.sampled_from([7, 8]),
)


class History(RuleBasedStateMachine):
    """Whatever comes in whatever order, the store counts what a plain dictionary counts."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], Kept] = {}
        self.now = at(10)

    @initialize()
    def empty(self) -> None:
        with self.database.write() as conn:
            tables = ["corrections", "matches", "mention_words", "mentions", "rollups_hourly", "stories"]
            for table in tables:
                conn.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  # our own names

    @rule(batch=st.lists(some_heard, max_size=5), lost=st.lists(some_heard, max_size=2), minutes=st.integers(0, 90))
    def deliver(self, batch: list[Heard], lost: list[Heard], minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        with self.database.write() as conn:
            save(conn, batch, self.now, [one.mention for one in lost])
            again = save(conn, batch, self.now + timedelta(seconds=1), [])
        last = {(one.mention.source, one.mention.native_id): one for one in batch}
        assert again == Saved(unchanged=len(last))
        for one in {(one.mention.source, one.mention.native_id): one for one in lost}.values():  # the last counts
            self._lose(one, last)
        for key, one in last.items():
            self._keep(key, one)

    def _lose(self, one: Heard, last: dict[tuple[str, str], Heard]) -> None:
        key = (one.mention.source, one.mention.native_id)
        if key in self.kept and key not in last and not self.kept[key].erased:
            kept = self.kept[key]
            self.kept[key] = self._changed(kept, one)
            self.kept[key].named = False
            self.kept[key].story = kept.story

    def _keep(self, key: tuple[str, str], one: Heard) -> None:
        kept = self.kept.get(key)
        if kept is None:
            when = one.mention.published_at
            self.kept[key] = Kept(one, when or self.now, when is not None, one.story_id)
        elif not kept.erased:
            self.kept[key] = self._changed(kept, one)

    @staticmethod
    def _changed(kept: Kept, one: Heard) -> Kept:
        when = one.mention.published_at or kept.published_at
        edited = one.mention.text != kept.heard.mention.text
        story = one.story_id if edited else kept.story
        dated = kept.dated or one.mention.published_at is not None
        return Kept(one, when, dated, story, corrected={} if edited else kept.corrected)

    @rule(source=SOURCES, ids=st.lists(st.sampled_from(["1", "2", "3", "4", "9"]), max_size=2))
    def erase(self, source: str, ids: list[str]) -> None:
        with self.database.write() as conn:
            erased = erase(conn, source, ids, self.now)
        gone = [kept for key, kept in self.kept.items() if key[0] == source and key[1] in ids and not kept.erased]
        assert erased == len(gone)
        for kept in gone:
            kept.erased = True

    @rule(source=SOURCES, native_id=IDS, brand=st.sampled_from(BRANDS), label=st.sampled_from(list(WEIGHTS)))
    def correct(self, source: str, native_id: str, brand: str, label: Label) -> None:
        kept = self.kept.get((source, native_id))
        if kept is None or kept.erased or not kept.named or brand not in {hit.brand for hit in kept.heard.hits}:
            return
        with self.database.write() as conn:
            correct(conn, self._number(conn, kept), brand, label, self.now)
        kept.corrected[brand] = label

    @rule(source=SOURCES, native_id=IDS, brand=st.sampled_from(BRANDS))
    def withdraw(self, source: str, native_id: str, brand: str) -> None:
        kept = self.kept.get((source, native_id))
        if kept is None or kept.erased or not kept.named:
            return
        with self.database.write() as conn:
            withdrawn = withdraw(conn, self._number(conn, kept), brand)
        assert withdrawn == (kept.corrected.pop(brand, None) is not None)

    @rule(source=SOURCES, compound=COMPOUNDS)
    def rescore(self, source: str, compound: float | None) -> None:
        says = sentiment(compound, "test-2")
        with self.database.write() as conn:
            found = find(conn, MentionFilter(source=source, limit=100))
            scored = [
                Scored(one, says, tuple(replace(hit, sentiment=says) for hit in self._heard(one).hits)) for one in found
            ]
            rescore(conn, scored, self.now)
            assert rescore(conn, scored, self.now) == 0
        for one in scored:
            kept = self.kept[source, one.stored.mention.native_id]
            kept.heard = replace(kept.heard, whole=one.whole, hits=one.hits)

    def _heard(self, one: StoredMention) -> Heard:
        return self.kept[one.mention.source, one.mention.native_id].heard

    @staticmethod
    def _number(conn: Connection, kept: Kept) -> int:
        mention = kept.heard.mention
        return next(
            one.id
            for one in find(conn, MentionFilter(source=mention.source, limit=100))
            if one.mention.native_id == mention.native_id
        )

    @invariant()
    def corrections_are_those_of_the_model(self) -> None:
        with self.database.read() as conn:
            standing = all_corrections(conn)
        alive = [kept for kept in self.kept.values() if not kept.erased]
        assert sorted(one.label for one in standing) == sorted(
            label for kept in alive for label in kept.corrected.values()
        )

    @invariant()
    def counts_are_those_of_the_model(self) -> None:
        with self.database.read() as conn:
            for window in (ALL, Span(at(0.5), at(1.5)), Span(at(1), at(2))):
                assert voice(conn, window, BRANDS) == tuple(self._voice(brand, window) for brand in BRANDS)
                assert mention_total(conn, window) == len(self._named(window))

    @invariant()
    def rollups_are_a_recount(self) -> None:
        with self.database.read() as conn:
            stored = _rollups(conn)
        expected: defaultdict[tuple[str, str, datetime], Counter[str]] = defaultdict(Counter)
        for kept in self._named(ALL):
            for hit in kept.heard.hits:
                hour = kept.published_at.replace(minute=0, second=0, microsecond=0)
                says = kept.says(hit.brand)
                expected[hit.brand, kept.heard.mention.source, hour].update(
                    {
                        "mentions": 1,
                        "credit": 720_720 // len(kept.heard.hits),
                        says.label.value: 1,
                        "compound_millionths": int(Fraction(str(says.compound or 0)) * 1_000_000),
                    }
                )
        assert stored == expected

    @invariant()
    def hours_sum_up_to_the_voice(self) -> None:
        with self.database.read() as conn:
            for brand in BRANDS:
                by_hour = hourly_mentions(conn, ALL, brand)
                spans = [Span(hour, hour + timedelta(hours=1)) for hour, _ in by_hour]
                hours = [counts[brand] for counts in by_span(conn, spans, BRANDS)]
                assert [number for _, number in by_hour] == [hour.mentions for hour in hours]
                whole = self._voice(brand, ALL)
                assert sum(hour.mentions for hour in hours) == whole.mentions
                assert sum(hour.engagement for hour in hours) == whole.engagement
                assert sum(hour.negative for hour in hours) == whole.negative
                assert sum(hour.compound_sum for hour in hours) == pytest.approx(whole.compound_sum)

    @invariant()
    def what_is_found_is_what_is_alive(self) -> None:
        with self.database.read() as conn:
            found = find(conn, MentionFilter(limit=100))
            biggest = {brand: story_leads(conn, ALL, brand, 10) for brand in BRANDS}
        alive = [kept for kept in self._named(ALL) if not kept.erased]
        assert sorted((one.mention.source, one.mention.native_id) for one in found) == sorted(
            (kept.heard.mention.source, kept.heard.mention.native_id) for kept in alive
        )
        times = [one.mention.published_at for one in found]
        assert times == sorted(times, key=lambda when: when or at(0), reverse=True)
        for brand, stories in biggest.items():
            members = [kept for kept in alive if brand in {hit.brand for hit in kept.heard.hits}]
            assert {story.story_id: story.mentions for story in stories} == {
                number: sum(kept.story == number for kept in members) for number in {kept.story for kept in members}
            }

    def _named(self, window: Span) -> list[Kept]:
        return [kept for kept in self.kept.values() if kept.named and window.start <= kept.published_at < window.end]

    def _voice(self, brand: str, window: Span) -> VoiceCount:
        members = [kept for kept in self._named(window) if brand in {hit.brand for hit in kept.heard.hits}]
        alive = [kept for kept in members if not kept.erased]
        said = [kept.says(brand) for kept in members]
        labels = [sentiment.label for sentiment in said]
        why = Counter(one.reason or "" for one in said if one.label is Label.UNSCORED)
        return VoiceCount(
            brand=brand,
            mentions=len(members),
            credit=float(sum((Fraction(1, len(kept.heard.hits)) for kept in members), Fraction(0))),
            authors=len({(k.heard.mention.source, k.heard.mention.author) for k in alive if k.heard.mention.author}),
            stories=len({kept.story for kept in alive}),
            engagement=sum(kept.heard.mention.engagement or 0 for kept in members),
            positive=labels.count(Label.POSITIVE),
            neutral=labels.count(Label.NEUTRAL),
            negative=labels.count(Label.NEGATIVE),
            unscored=labels.count(Label.UNSCORED),
            compound_sum=float(
                sum((Fraction(str(one.compound)) for one in said if one.compound is not None), Fraction(0))
            ),
            with_author=sum(bool(kept.heard.mention.author) for kept in alive),
            with_engagement=sum(kept.heard.mention.engagement is not None for kept in members),
            unscored_why=tuple(sorted(why.items(), key=lambda each: (-each[1], each[0]))),
        )


def _rollups(conn: Connection) -> dict[tuple[str, str, datetime], Counter[str]]:
    from storage.tables import rollups_hourly  # noqa: PLC0415  # only this oracle looks at the table itself

    sums = ("mentions", "credit", *(label.value for label in Label), "compound_millionths")
    return {
        (row.brand, row.source, row.hour): Counter({name: getattr(row, name) for name in sums})
        for row in conn.execute(rollups_hourly.select())
    }


@contextmanager
def _sqlite() -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder)}/overheard.db")
        yield database
        database.close()


def test_on_sqlite_every_history_counts_like_a_plain_dictionary() -> None:
    with _sqlite() as database:
        _run(database, examples=25)


def test_on_postgresql_every_history_counts_like_a_plain_dictionary(postgres: Server) -> None:
    name = postgres.make_database()
    database = open_database(postgres.url(name))
    _run(database, examples=10)
    database.close()
    postgres.drop_database(name)


def _run(database: Database, examples: int) -> None:
    machine = type("OneHistory", (History,), {"database": database})
    profile = settings(
        max_examples=examples, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine, settings=profile)
