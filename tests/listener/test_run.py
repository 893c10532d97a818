from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from config.errors import OverheardError, SecretError
from config.settings import Brand, SourceSettings
from listener.contract import CollectError, CollectorResult, Query, Skipped
from listener.matching import Matcher
from listener.run import Ear, Outcome, collect, lane
from listener.stories import StoryFinder
from storage import coverage, mentions, states
from storage.database import Database
from storage.records import Cursor, Label, Match, Mention, Reason, Run, Sentiment, Span

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SETTINGS = SourceSettings(type="double")
Answer = CollectorResult | Exception | Callable[[Cursor], CollectorResult]


@dataclass
class Source:
    """A collector that answers as told; counts who asks at the same time."""

    Settings: ClassVar[type[SourceSettings]] = SourceSettings
    answers: dict[str, list[Answer]]  # target -> what it answers, one after another; the last one for ever
    settings: SourceSettings = SETTINGS
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    wait: float = 0.0
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def queries(self) -> Sequence[Query]:
        return [Query(f"double:{target}", "double", target, self.settings) for target in self.answers]

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        with self.lock:
            self.asked.append((query.target, dict(cursor)))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            waiting = self.answers[query.target]
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        threading.Event().wait(self.wait)
        with self.lock:
            self.at_once -= 1
        if isinstance(answer, Exception):
            raise answer
        return answer(cursor) if callable(answer) else answer


def scored(body: str, *_: object) -> Sentiment:
    return Sentiment(0.5, Label.POSITIVE, f"test {len(body)}")


def toward(_body: str, matches: Sequence[Match], language: str | None, _others: Sequence[Match]) -> Sentiment:
    return Sentiment(-0.5, Label.NEGATIVE, f"{len(matches)} places", language=language)


def ear() -> Ear:
    return Ear(
        Matcher([Brand(name="Acme", slug="acme"), Brand(name="Globex", slug="globex")]), StoryFinder(), scored, toward
    )


def mention(number: int, text: str = "Acme is down", minutes: float | None = 5) -> Mention:
    when = None if minutes is None else NOW - timedelta(minutes=minutes)
    return Mention("double", str(number), None, None, f"{text} {number}", "ann", when, "en")


def result(*found: Mention, cursor: Cursor | None = None, **more: Any) -> CollectorResult:
    return CollectorResult(found, cursor or {"page": 1}, **more)


def listen(
    database: Database, *sources: Source, clock: Callable[[], datetime] = lambda: NOW, **more: Any
) -> list[Outcome]:
    told: dict[str, Any] = {"workers": 4, "dice": lambda: 0.0} | more
    return collect(sources, database, ear(), clock, **told)


def found(database: Database) -> list[str]:
    with database.read() as conn:
        return [each.mention.native_id for each in mentions.find(conn, mentions.MentionFilter(limit=2000))]


def runs(database: Database) -> list[Run]:
    with database.read() as conn:
        return coverage.runs(conn, NOW - timedelta(days=900))


def test_an_ear_gives_brands_their_sentiment_and_the_text_its_story() -> None:
    heard = ear().hear(mention(1, "Acme beats Globex, Acme"))
    assert heard is not None
    assert [(hit.brand, hit.sentiment.method) for hit in heard.hits] == [("acme", "2 places"), ("globex", "1 places")]
    assert heard.whole.method == "test 25"
    assert heard.story_id == StoryFinder().place(mention(1), ["acme"])[0]
    assert ear().hear(mention(2, "nobody")) is None


def test_an_answer_is_stored_with_its_run_and_place(sqlite_database: Database) -> None:
    skipped = (Skipped("7", "broken"),)
    source = Source({"a": [result(mention(1), mention(2, "nobody"), mention(1), skipped=skipped)]})
    (outcome,) = listen(sqlite_database, source)
    expected = Run("double:a", "double", NOW, NOW, Span(NOW, NOW), fetched=3, new=1, unmatched=1, skipped=1)
    assert (outcome.run, outcome.error, outcome.skipped) == (expected, None, skipped)
    assert runs(sqlite_database) == [expected]
    assert found(sqlite_database) == ["1"]
    with sqlite_database.read() as conn:
        state = states.load_states(conn)["double:a"]
    assert (state.cursor, state.next_due_at, state.last_ok_at, state.covered_to) == (
        {"page": 1},
        NOW + timedelta(minutes=15),
        NOW,
        NOW,
    )


def test_only_what_is_due_is_polled(sqlite_database: Database) -> None:
    source = Source({"a": [result(cursor={"n": 1})]})
    listen(sqlite_database, source)
    assert listen(sqlite_database, source, clock=lambda: NOW + timedelta(minutes=14)) == []
    (again,) = listen(sqlite_database, source, clock=lambda: NOW + timedelta(minutes=15))
    assert source.asked[-1] == ("a", {"n": 1})
    assert again.run.covered == Span(NOW, NOW + timedelta(minutes=15))
    assert len(listen(sqlite_database, source, due_only=False)) == 1


def test_paused_and_unasked_queries_are_left_alone(sqlite_database: Database) -> None:
    paused = Source({"p": [result()]}, SourceSettings(type="double", enabled=False))
    source = Source({"a": [result()], "b": [result()]})
    listen(sqlite_database, source, paused, keys={"double:b", "double:p"})
    assert (source.asked, paused.asked) == ([("b", {})], [])


def test_two_sources_may_not_share_a_key(sqlite_database: Database) -> None:
    with pytest.raises(OverheardError, match="double:a: two sources poll it"):
        listen(sqlite_database, Source({"a": [result()]}), Source({"a": [result()]}))


@pytest.mark.parametrize(
    ("problem", "reason", "detail"),
    [
        (CollectError("double", Reason.SERVER, "answered 503"), Reason.SERVER, "answered 503"),
        (SecretError("env:X: not set"), Reason.MISCONFIGURED, "env:X: not set"),
        (ZeroDivisionError("boom"), Reason.MALFORMED, "the collector broke (ZeroDivisionError); the log has the trace"),
    ],
)
def test_a_failure_is_an_outcome_and_the_others_go_on(
    sqlite_database: Database, problem: Exception, reason: Reason, detail: str
) -> None:
    source = Source({"a": [problem], "b": [result(mention(1))]})
    with capture_logs() as logs:
        outcomes = listen(sqlite_database, source)
    failed = next(each for each in outcomes if each.query.target == "a")
    assert failed.run == Run("double:a", "double", NOW, NOW, None, reason=reason, detail=detail)
    assert failed.error is not None
    assert found(sqlite_database) == ["1"]
    assert [each["event"] for each in logs] == (["poll_broke"] if reason is Reason.MALFORMED else [])


def test_failures_are_counted_and_keep_the_place(sqlite_database: Database) -> None:
    down = CollectError("double", Reason.SERVER, "down")
    source = Source({"a": [result(cursor={"n": 1}), down, down, result(cursor={"n": 2})]})
    clock = iter(NOW + timedelta(hours=number) for number in range(99))
    seen = []
    for _ in range(4):
        now = next(clock)
        listen(sqlite_database, source, clock=lambda now=now: now, dice=lambda: 0.5)  # type: ignore[misc]  # bound now
        with sqlite_database.read() as conn:
            state = states.load_states(conn)["double:a"]
        seen.append((state.failures, state.cursor, state.next_due_at - now, state.last_ok_at))
    assert seen == [
        (0, {"n": 1}, timedelta(minutes=15), NOW),
        (1, {"n": 1}, timedelta(minutes=1.5), NOW),
        (2, {"n": 1}, timedelta(minutes=2.5), NOW),
        (0, {"n": 2}, timedelta(minutes=15), NOW + timedelta(hours=3)),
    ]
    assert runs(sqlite_database)[-1].covered == Span(NOW, NOW + timedelta(hours=3))


def test_what_waits_at_the_source_is_fetched_in_the_same_round(sqlite_database: Database) -> None:
    pages = [result(mention(page), cursor={"page": page}, caught_up=page == 3) for page in (1, 2, 3)]
    source = Source({"a": [*pages]})
    outcomes = listen(sqlite_database, source)
    assert [asked for _, asked in source.asked] == [{}, {"page": 1}, {"page": 2}]
    assert [each.next_due_at for each in outcomes] == [NOW, NOW, NOW + timedelta(minutes=15)]
    assert found(sqlite_database) == ["3", "2", "1"]


def test_a_source_that_never_catches_up_is_left_after_a_while(sqlite_database: Database) -> None:
    def endless(cursor: Cursor) -> CollectorResult:
        return result(cursor={"n": int(str(cursor.get("n", 0))) + 1}, caught_up=False)

    assert len(listen(sqlite_database, Source({"a": [endless]}))) == 50
    assert len(listen(sqlite_database, Source({"b": [result(caught_up=False)]}))) == 2


def test_a_lane_is_asked_one_thing_at_a_time_and_lanes_side_by_side(sqlite_database: Database) -> None:
    one_host: dict[str, list[Answer]] = {f"https://a.example/{number}": [result()] for number in range(6)}
    other_hosts: dict[str, list[Answer]] = {f"https://{name}.example/": [result()] for name in "bcd"}
    same = Source(one_host, wait=0.01)
    listen(sqlite_database, same)
    assert (len(same.asked), same.most_at_once) == (6, 1)
    side = Source(other_hosts, wait=0.2)
    listen(sqlite_database, side)
    assert side.most_at_once == 3


def test_a_lane_told_to_slow_down_waits_as_one(sqlite_database: Database) -> None:
    slow = CollectError("double", Reason.RATE_LIMITED, "slow down", timedelta(minutes=30))
    source = Source({"a": [result()], "b": [slow], "c": [result()], "https://x.example/": [result()]})
    outcomes = listen(sqlite_database, source, workers=1)
    told = {each.query.target: (each.run.reason, each.run.detail, each.next_due_at - NOW) for each in outcomes}
    assert told == {
        "a": (None, None, timedelta(minutes=15)),
        "b": (Reason.RATE_LIMITED, "slow down", timedelta(minutes=30)),
        "c": (Reason.RATE_LIMITED, "waits with double:b", timedelta(minutes=30)),
        "https://x.example/": (None, None, timedelta(minutes=15)),
    }
    assert "c" not in [target for target, _ in source.asked]


def test_deletions_and_lost_brands_leave_the_store(sqlite_database: Database) -> None:
    listen(sqlite_database, Source({"a": [result(mention(1), mention(2), mention(3))]}))
    changed = result(mention(2, "nobody"), deletions=("3", "99"), cursor={"page": 2})
    (outcome,) = listen(sqlite_database, Source({"a": [changed]}), due_only=False)
    assert outcome.run.unmatched == 1
    assert found(sqlite_database) == ["1"]


def test_a_flood_is_stored_in_batches_of_which_the_last_moves_the_place(sqlite_database: Database) -> None:
    flood = [mention(number, "Acme" if number % 2 else "nobody", minutes=number) for number in range(1300)]
    (outcome,) = listen(sqlite_database, Source({"a": [result(*flood)]}))
    assert (outcome.run.fetched, outcome.run.new, outcome.run.unmatched) == (1300, 650, 650)
    assert len(found(sqlite_database)) == 650


def test_what_the_collector_says_it_covered_is_believed(sqlite_database: Database) -> None:
    span = Span(NOW - timedelta(days=800), NOW - timedelta(days=799))
    (outcome,) = listen(sqlite_database, Source({"a": [result(covered=span)]}))
    assert outcome.run.covered == span
    listen(sqlite_database, Source({"a": [result(covered=Span(span.start, span.start))]}), due_only=False)
    with sqlite_database.read() as conn:
        assert states.load_states(conn)["double:a"].covered_to == span.end


def test_undated_mentions_are_heard_last(sqlite_database: Database) -> None:
    listen(sqlite_database, Source({"a": [result(mention(1, minutes=None), mention(2))]}))
    assert sorted(found(sqlite_database)) == ["1", "2"]


def test_stopping_ends_what_runs_and_starts_nothing_more(sqlite_database: Database) -> None:
    stop = threading.Event()

    def stopped(_cursor: Cursor) -> CollectorResult:
        stop.set()
        return result(mention(1))

    source = Source({"a": [stopped], "b": [result()]})
    seen: list[str] = []
    listen(sqlite_database, source, on_progress=lambda outcome: seen.append(outcome.query.target), stop=stop)
    assert seen == ["a"]
    assert len(runs(sqlite_database)) == 1
    assert found(sqlite_database) == ["1"]


def test_answers_that_come_together_share_a_transaction(sqlite_database: Database) -> None:
    together: dict[str, list[Answer]] = {f"https://{number}.example/": [result(mention(number))] for number in range(9)}
    commits = []
    sa.event.listen(
        sqlite_database._engine,
        "before_cursor_execute",
        lambda *told: commits.append(told[2]) if told[2] == "COMMIT" else None,
    )
    outcomes = listen(sqlite_database, Source(together))
    assert len(commits) == 1
    assert {(each.run.key, each.run.fetched, each.run.new) for each in outcomes} == {
        (f"double:{target}", 1, 1) for target in together
    }
    with sqlite_database.read() as conn:
        assert len(states.load_states(conn)) == len(coverage.runs(conn, NOW)) == 9


def test_one_mention_in_two_answers_is_counted_once(sqlite_database: Database) -> None:
    twice: dict[str, list[Answer]] = {f"https://{name}.example/": [result(mention(1))] for name in "ab"}
    outcomes = listen(sqlite_database, Source(twice))
    assert sum(each.run.new for each in outcomes) == 1
    assert found(sqlite_database) == ["1"]


def test_an_answer_that_cannot_be_written_takes_no_other_with_it(sqlite_database: Database) -> None:
    broken: dict[str, Any] = {"page": object()}
    source = Source({
        "https://a.example/": [result(mention(1), cursor=broken)],
        "https://b.example/": [result(mention(2))],
        "https://c.example/": [result(mention(3))],
    })  # fmt: skip
    with pytest.raises(sa.exc.StatementError, match="not JSON serializable"), capture_logs():
        listen(sqlite_database, source)
    assert sorted(found(sqlite_database)) == ["2", "3"]
    with sqlite_database.read() as conn:
        assert sorted(states.load_states(conn)) == ["double:https://b.example/", "double:https://c.example/"]


def test_an_answer_that_cannot_be_heard_is_a_failure_that_keeps_its_place(sqlite_database: Database) -> None:
    def deaf(_body: str, _language: str | None) -> Sentiment:
        raise ZeroDivisionError

    matcher = Matcher([Brand(name="Acme", slug="acme")])
    source = Source({"a": [result(mention(1))], "b": [result()]})
    with capture_logs() as logs:
        outcomes = collect(
            [source], sqlite_database, Ear(matcher, StoryFinder(), deaf, toward), lambda: NOW, workers=1, dice=lambda: 0
        )
    assert [(each.run.reason, each.run.detail) for each in outcomes] == [
        (Reason.MALFORMED, "hearing broke (ZeroDivisionError); the log has the trace"),
        (None, None),
    ]
    assert [each["event"] for each in logs] == ["poll_broke"]
    with sqlite_database.read() as conn:
        assert states.load_states(conn)["double:a"].cursor == {}


def test_each_brand_is_scored_knowing_where_the_others_are_named() -> None:
    asked: dict[str, list[str]] = {}

    def noting(_body: str, matches: Sequence[Match], _language: str | None, others: Sequence[Match]) -> Sentiment:
        asked[matches[0].brand] = [f"{other.brand} at {other.start}" for other in others]
        return Sentiment(0.0, Label.NEUTRAL, "noting")

    matcher = Matcher([Brand(name=name, slug=name.lower()) for name in ("Acme", "Globex", "Initech")])
    told = Ear(matcher, StoryFinder(), scored, noting)
    told.hear(mention(1, "Acme beats Globex and Initech, Globex"))
    assert asked == {
        "acme": ["globex at 11", "globex at 31", "initech at 22"],
        "globex": ["acme at 0", "initech at 22"],
        "initech": ["acme at 0", "globex at 11", "globex at 31"],
    }


def test_a_source_s_wish_to_be_left_alone_is_kept(sqlite_database: Database) -> None:
    (outcome,) = listen(sqlite_database, Source({"a": [result(not_before=NOW + timedelta(hours=3))]}))
    assert outcome.next_due_at == NOW + timedelta(hours=3)


@pytest.mark.parametrize(
    ("target", "expected"),
    [("https://A.example/x", "a.example"), ("r/SaaS/new", "double"), ("https://", "double")],
)
def test_a_lane_is_a_host_or_a_source(target: str, expected: str) -> None:
    assert lane(Query("k", "double", target, SETTINGS)) == expected


def test_one_poll_by_a_clock_in_another_year_leaves_no_query_deaf(sqlite_database: Database) -> None:
    source = Source({"a": [result(mention(1), cursor={"page": 1}), result(mention(2), cursor={"page": 2})]})
    now = [NOW + timedelta(days=1800)]
    listen(sqlite_database, source, clock=lambda: now[0])
    polled: list[list[Outcome]] = []
    for wait in (0, 5, 15):
        now[0] = NOW + timedelta(minutes=wait)
        polled.append(listen(sqlite_database, source, clock=lambda: now[0]))
    assert [len(outcomes) for outcomes in polled] == [1, 0, 1]
    assert found(sqlite_database) == ["2", "1"]
    assert polled[2][0].run.covered == Span(NOW, NOW + timedelta(minutes=15))
