from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import Brand, Network, SourceSettings
from listener.collectors.hackernews import HackerNewsCollector, HackerNewsSettings
from listener.contract import CollectError, CollectorResult, Equipment, Query
from listener.http import SafeFetcher
from storage.records import Cursor, Kind, Reason, Span
from tests.doubles.hackernews import FakeSearch, comment, story
from tests.doubles.web import Answer, Web, page

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SECOND = int(NOW.timestamp())
PATH = "/api/v1/search_by_date"


class Bench:
    """A collector for one brand on a search of our own, with a clock that can be set."""

    def __init__(self, answer: Answer, terms: tuple[str, ...] = ("Acme",), **settings: Any) -> None:
        self.now = NOW
        self.web = Web({PATH: answer}).__enter__()
        self.fetcher = SafeFetcher(Network(allow_private=True), lambda: self.now)
        self.settings = HackerNewsSettings(type="hackernews", base_url=self.web.url("/api/v1/"), **settings)
        self.set_brand(terms=terms)

    def set_brand(self, **brand: Any) -> None:
        brands = (Brand(name="Acme", slug="acme", **brand),)
        self.collector = HackerNewsCollector(self.settings, Equipment(self.fetcher, lambda: self.now, brands))

    def poll(self, cursor: Cursor | None = None) -> CollectorResult:
        return self.collector.collect(self.collector.queries()[0], cursor or {})

    def close(self) -> None:
        self.fetcher.close()
        self.web.__exit__()


@pytest.fixture
def benches() -> Iterator[list[Bench]]:
    made: list[Bench] = []
    yield made
    for each in made:
        each.close()


def bench(benches: list[Bench], items: list[dict[str, Any]] | Answer, **settings: Any) -> Bench:
    benches.append(Bench(FakeSearch(items) if isinstance(items, list) else items, **settings))
    return benches[-1]


def test_story_and_comment_become_mentions(benches: list[Bench]) -> None:
    items = [
        story(1, SECOND - 60, "Acme &amp; friends", story_text="<p>one<p>two"),
        comment(2, SECOND - 30, "I like <i>Acme</i>&#x27;s shop"),
        story(3, SECOND - 20, "Ask: Acme?", url=None, points=None, num_comments=None, author=None),
        story(4, SECOND - 10, "Globex"),
    ]
    third, second, first = bench(benches, items).poll().mentions
    assert (first.title, first.text, first.url) == ("Acme & friends", "one\ntwo", "https://example.org/1")
    assert (first.engagement, first.kind, first.author) == (5, Kind.POST, "ann")
    assert first.published_at == NOW - timedelta(seconds=60)
    assert (second.title, second.text, second.reply_to) == (None, "I like Acme's shop", "1")
    assert (second.kind, second.engagement) == (Kind.COMMENT, None)
    assert second.url == "https://news.ycombinator.com/item?id=2"
    assert (third.url, third.engagement, third.author) == ("https://news.ycombinator.com/item?id=3", None, None)


def test_query_key_names_the_brand(benches: list[Bench]) -> None:
    made = bench(benches, []).collector.queries()
    assert [(query.key, query.source, query.target) for query in made] == [("hackernews:acme", "hackernews", "acme")]


def test_next_poll_asks_again_for_the_hour_before(benches: list[Bench]) -> None:
    made = bench(benches, [])
    first = made.poll()
    made.now = NOW + timedelta(minutes=15)
    second = made.poll(first.cursor)
    assert first.covered == Span(NOW - timedelta(days=7), NOW)
    assert second.covered == Span(NOW - timedelta(hours=1), NOW + timedelta(minutes=15))


def test_item_that_the_index_learns_of_late_is_heard(benches: list[Bench]) -> None:
    items: list[dict[str, Any]] = []
    made = bench(benches, items)
    first = made.poll()
    items.append(story(9, SECOND - 1800, "Acme, late"))
    made.now = NOW + timedelta(minutes=15)
    assert [mention.native_id for mention in made.poll(first.cursor).mentions] == ["9"]


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_busy_time_is_read_to_the_end_whatever_the_budget(pages: int, benches: list[Bench]) -> None:
    items = [story(n, SECOND - 40 * n // 3, f"Acme {n}") for n in range(1, 1234)]
    made = bench(benches, items, pages=pages)
    heard: set[str] = set()
    cursor: Cursor = {}
    for polls in range(1, 99):
        made.now += timedelta(seconds=60)
        items.append(story(10_000 + polls, SECOND + 60 * polls - 30, "Acme, meanwhile"))
        result = made.poll(json.loads(json.dumps(cursor)))
        heard |= {mention.native_id for mention in result.mentions}
        cursor = result.cursor
        assert result.covered is not None
        if result.caught_up and polls > 1:
            break
        assert result.covered.end <= made.now
    made.now += timedelta(hours=1)
    heard |= {mention.native_id for mention in made.poll(cursor).mentions}
    assert heard == {item["objectID"] for item in items}


def test_unfinished_poll_says_so_and_covers_what_it_read(benches: list[Bench]) -> None:
    items = [story(n, SECOND - n, f"Acme {n}") for n in range(1, 250)]
    result = bench(benches, items, pages=1).poll()
    assert (result.caught_up, len(result.mentions)) == (False, 100)
    assert result.covered == Span(NOW - timedelta(seconds=99), NOW)


def test_many_items_of_one_second_do_not_stop_the_reading(benches: list[Bench]) -> None:
    items = [story(n, SECOND - 50, f"Acme {n}") for n in range(150)] + [story(999, SECOND - 60, "Acme, before")]
    assert "999" in {mention.native_id for mention in bench(benches, items).poll().mentions}


def test_each_term_is_searched_for_and_each_item_given_once(benches: list[Bench]) -> None:
    made = bench(benches, [story(1, SECOND - 5, "Acme and AcmeCRM")], terms=("Acme", "AcmeCRM", "Acme"))
    assert [mention.native_id for mention in made.poll().mentions] == ["1"]
    assert len(made.web.requests) == 2


def test_brand_without_terms_is_searched_for_by_name(benches: list[Bench]) -> None:
    made = bench(benches, [story(1, SECOND - 5, "Acme")], terms=())
    assert len(made.poll().mentions) == 1


ODD_HITS = [
    ("no id", {"created_at_i": SECOND, "title": "Acme"}, "has no id"),
    ("odd id", {"objectID": "../x", "created_at_i": SECOND, "title": "Acme"}, "has no id"),
    ("no date", {"objectID": "5", "title": "Acme"}, "has no date"),
    ("date of another kind", {"objectID": "5", "created_at_i": "yesterday"}, "has no date"),
    ("boolean date", {"objectID": "5", "created_at_i": True}, "has no date"),
    ("no object", "x", "has no id"),
]


@pytest.mark.parametrize(("hit", "problem"), [case[1:] for case in ODD_HITS], ids=[case[0] for case in ODD_HITS])
def test_item_that_cannot_be_read_is_counted_and_the_rest_goes_on(
    hit: object, problem: str, benches: list[Bench]
) -> None:
    body = json.dumps({"hits": [hit, story(7, SECOND - 1, "Acme")]}).encode()
    result = bench(benches, page(body)).poll()
    assert [mention.native_id for mention in result.mentions] == ["7"]
    assert [skipped.problem for skipped in result.skipped] == [problem]


def test_item_without_words_is_counted_as_skipped(benches: list[Bench]) -> None:
    body = json.dumps({"hits": [story(7, SECOND - 1, "")]}).encode()
    result = bench(benches, page(body)).poll()
    assert (result.mentions, [(each.item, each.problem) for each in result.skipped]) == (
        (),
        [("7", "has neither title nor text")],
    )


def test_error_names_the_search_without_its_query(benches: list[Bench]) -> None:
    made = bench(benches, page(b"", "503 Service Unavailable"))
    with pytest.raises(CollectError) as caught:
        made.poll()
    assert caught.value.detail == f"{made.web.url(PATH)}: the server answers 503 (Service Unavailable)"


CHANGES = [
    ("new term", {"terms": ("Acme", "Globex")}, {"1", "2"}),
    ("other exclusions", {"terms": ("Acme",), "exclude": ("lane",)}, {"1"}),
]


@pytest.mark.parametrize(("change", "heard"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_changed_brand_is_looked_for_as_far_back_as_at_first(
    change: dict[str, Any], heard: set[str], benches: list[Bench]
) -> None:
    days = [story(1, SECOND - 86_400, "Acme, yesterday"), story(2, SECOND - 86_400 * 2, "Globex, before")]
    made = bench(benches, days)
    first = made.poll()
    made.now += timedelta(hours=2)
    made.set_brand(**change)
    changed = made.poll(first.cursor)
    made.now += timedelta(hours=2)
    after = made.poll(changed.cursor)
    assert {mention.native_id for mention in changed.mentions} == heard
    assert changed.covered == Span(made.now - timedelta(days=7, hours=2), made.now - timedelta(hours=2))
    assert (after.mentions, after.covered) == ((), Span(made.now - timedelta(hours=3), made.now))


def test_brand_that_changes_after_a_long_silence_leaves_no_gap(benches: list[Bench]) -> None:
    made = bench(benches, [])
    first = made.poll()
    made.now += timedelta(days=30)
    made.set_brand(terms=("Globex",))
    assert made.poll(first.cursor).covered == Span(NOW - timedelta(hours=1), made.now)


ODD_ANSWERS = [b"<html></html>", b"[]", b'{"hits": null}', b'{"hits": {}}', b'{"hits": [', b"[" * 100_000]


@pytest.mark.parametrize("body", ODD_ANSWERS, ids=[body[:12].decode() for body in ODD_ANSWERS])
def test_answer_that_is_no_search_result_is_malformed(body: bytes, benches: list[Bench]) -> None:
    with pytest.raises(CollectError) as caught:
        bench(benches, page(body)).poll()
    assert (caught.value.reason, caught.value.detail) == (Reason.MALFORMED, "the answer is not the JSON of the search")


def test_limit_of_the_search_is_passed_on(benches: list[Bench]) -> None:
    with pytest.raises(CollectError) as caught:
        bench(benches, page(b"", "429 Too Many Requests", Retry_After="120")).poll()
    assert (caught.value.reason, caught.value.retry_after) == (Reason.RATE_LIMITED, timedelta(seconds=120))


def test_server_that_ignores_the_bounds_does_not_hold_us(benches: list[Bench]) -> None:
    hits = [story(n, SECOND + 999, "Acme") for n in range(100)]
    made = bench(benches, page(json.dumps({"hits": hits}).encode()), pages=3)
    assert (len(made.poll().mentions), len(made.web.requests)) == (100, 3)


def test_unknown_brand_is_a_wrong_setting(benches: list[Bench]) -> None:
    made = bench(benches, [])
    query = made.collector.queries()[0]
    with pytest.raises(CollectError, match="no brand"):
        made.collector.collect(Query(query.key, query.source, "globex", query.settings), {})


def test_settings_of_another_source_are_refused(benches: list[Bench]) -> None:
    made = bench(benches, [])
    with pytest.raises(TypeError, match="settings of a rss source"):
        HackerNewsCollector(SourceSettings(type="rss"), Equipment(made.fetcher, lambda: NOW))


@pytest.mark.recordings
@pytest.mark.parametrize("name", ["hn-algolia-page1.json", "hn-algolia-page2.json"])
def test_recorded_answer_is_read(name: str, recordings: Path, benches: list[Bench]) -> None:
    body = (recordings / "api" / name).read_bytes()
    result = bench(benches, page(body)).poll()
    assert [mention.native_id for mention in result.mentions] == [hit["objectID"] for hit in json.loads(body)["hits"]]
    assert result.skipped == ()


def test_place_that_a_clock_in_another_year_has_noted_is_not_believed(benches: list[Bench]) -> None:
    made = bench(benches, [story(1, SECOND - 3600, "Acme"), story(2, SECOND - 60, "Acme")])
    made.now = NOW + timedelta(days=1800)
    wrong = made.poll()
    made.now = NOW
    found = made.poll(wrong.cursor)
    assert [mention.native_id for mention in found.mentions] == ["2", "1"]
    assert found.covered == Span(NOW - timedelta(days=7), NOW)
