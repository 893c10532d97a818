from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import ValidationError

from config.settings import Brand
from listener.collectors.reddit import RedditCollector, RedditSettings, packed_searches, told_agent
from listener.contract import CollectError, CollectorResult, Equipment, Query
from storage.records import Cursor, Kind, Mention, Reason, Span
from tests.doubles.reddit import CLIENT_ID, CLIENT_SECRET, Fault, RedditDouble, comment, post

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ACME = Brand(name="Acme", slug="acme", terms=("Acme", "Acme CRM"))
GLOBEX = Brand(name="Globex", slug="globex")


@pytest.fixture
def reddit() -> Iterator[RedditDouble]:
    with RedditDouble() as double:
        yield double


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_REDDIT_ID", CLIENT_ID)
    monkeypatch.setenv("TEST_REDDIT_SECRET", CLIENT_SECRET)


def settings(reddit: RedditDouble | None = None, **keys: Any) -> RedditSettings:
    told = {"subreddits": ["SaaS"], "client_id": "env:TEST_REDDIT_ID", "client_secret": "env:TEST_REDDIT_SECRET"}
    return RedditSettings(**({"base_url": reddit.url} if reddit else {}), **(told | keys))


def collector(reddit: RedditDouble, **keys: Any) -> RedditCollector:
    equipment = Equipment(cast("Any", None), lambda: NOW, (ACME, GLOBEX))
    return RedditCollector(settings(reddit, **keys), equipment)


def query(made: RedditCollector, key: str) -> Query:
    return next(each for each in made.queries() if each.key == key)


def read(
    reddit: RedditDouble, cursor: Cursor | None = None, key: str = "reddit:r/SaaS/new", **keys: Any
) -> CollectorResult:
    made = collector(reddit, **keys)
    return made.collect(query(made, key), cursor or {})


def ago(minutes: float) -> float:
    return (NOW - timedelta(minutes=minutes)).timestamp()


def refused(reddit: RedditDouble, **keys: Any) -> CollectError:
    with pytest.raises(CollectError) as caught:
        read(reddit, **keys)
    assert CLIENT_SECRET not in str(caught.value)
    return caught.value


pytestmark = pytest.mark.usefixtures("secrets")


def test_a_source_polls_posts_comments_and_searches(reddit: RedditDouble) -> None:
    made = collector(reddit, subreddits=["SaaS", "apple"], search=True)
    assert [each.key for each in made.queries()] == [
        "reddit:r/SaaS/new",
        "reddit:r/SaaS/comments",
        "reddit:r/apple/new",
        "reddit:r/apple/comments",
        "reddit:search/acme+globex",
    ]


def test_a_post_becomes_a_mention(reddit: RedditDouble) -> None:
    reddit.posts = [
        post(35, ago(5), title="Acme \u200b rocks", selftext="Really.", author="ann", score=7, num_comments=3)
    ]
    assert read(reddit).mentions == (
        Mention(
            source="reddit",
            native_id="t3_23",
            url="https://www.reddit.com/r/SaaS/comments/23/post/",
            title="Acme rocks",
            text="Really.",
            author="ann",
            published_at=NOW - timedelta(minutes=5),
            engagement=10,
            kind=Kind.POST,
        ),
    )


def test_a_comment_becomes_a_mention_that_names_what_it_answers(reddit: RedditDouble) -> None:
    reddit.comments = [comment(36, ago(5), body="Acme!", author="[deleted]", score_hidden=True)]
    assert read(reddit, key="reddit:r/SaaS/comments").mentions == (
        Mention(
            source="reddit",
            native_id="t1_24",
            url="https://www.reddit.com/r/SaaS/comments/1/post/24/",
            title=None,
            text="Acme!",
            author=None,
            published_at=NOW - timedelta(minutes=5),
            reply_to="t3_1",
            kind=Kind.COMMENT,
        ),
    )


def test_the_search_asks_for_every_brand_at_once(reddit: RedditDouble) -> None:
    reddit.posts = [
        post(1, ago(1), title="On Globex"),
        post(2, ago(2), title="On nothing"),
        post(3, ago(3), selftext="acme crm"),
    ]
    result = read(reddit, key="reddit:search/acme+globex", search=True)
    assert [mention.native_id for mention in result.mentions] == ["t3_1", "t3_3"]
    assert reddit.requests[0][1]["q"] == '"Acme" OR "Acme CRM" OR "Globex"'


def test_the_first_poll_reads_the_whole_listing_and_says_how_far_it_reaches(reddit: RedditDouble) -> None:
    reddit.posts = [post(number, ago(number)) for number in range(1, 251)]
    result = read(reddit)
    assert len(result.mentions) == 250
    assert result.covered == Span(NOW - timedelta(minutes=250), NOW)
    assert result.cursor == {"newest": ago(1)}


def test_the_next_poll_stops_at_the_old_position_with_an_overlap(reddit: RedditDouble) -> None:
    reddit.posts = [post(number, ago(number)) for number in range(1, 900)]
    result = read(reddit, {"newest": ago(20)})
    assert [parameters.get("after") for _, parameters in reddit.requests] == [None]
    assert len(result.mentions) == 100
    assert result.covered is None
    assert result.cursor == {"newest": ago(1)}


@pytest.mark.parametrize("created", [NOW.timestamp() + 90_000, 9e15, float("nan"), "inf", -1.0, None])
def test_an_impossible_time_is_none_and_never_becomes_the_position(reddit: RedditDouble, created: Any) -> None:
    reddit.served["/r/SaaS/new"] = {"data": {"children": [post(1, created), post(2, ago(5))], "after": None}}
    result = read(reddit)
    assert [mention.published_at for mention in result.mentions] == [None, NOW - timedelta(minutes=5)]
    assert result.cursor == {"newest": ago(5)}
    assert result.skipped == ()


@pytest.mark.parametrize("kept", [NOW.timestamp() + 90_000, float("nan"), "soon", -1])
def test_a_position_that_cannot_be_is_forgotten(reddit: RedditDouble, kept: Any) -> None:
    reddit.posts = [post(number, ago(number)) for number in range(1, 251)]
    result = read(reddit, {"newest": kept})
    assert (len(result.mentions), result.cursor) == (250, {"newest": ago(1)})


@pytest.mark.parametrize(
    ("contact", "keys", "expected"),
    [
        ("", {}, "linux:overheard:0.1 (brand monitoring)"),
        ("https://acme.example/b\u00f6t\r\n", {}, "linux:overheard:0.1 (brand monitoring; https://acme.example/bt)"),
        ("me@acme.example", {"user_agent": "linux:mine:1 (by /u/me)"}, "linux:mine:1 (by /u/me)"),
    ],
    ids=["no contact", "with contact", "as the source says"],
)
def test_the_contact_is_told_unless_the_source_says_who_asks(contact: str, keys: dict[str, str], expected: str) -> None:
    assert told_agent(settings(None, **keys), contact) == expected


def test_a_listing_that_ends_before_the_old_position_admits_the_gap(reddit: RedditDouble) -> None:
    reddit.posts = [post(number, ago(number)) for number in range(1, 1500)]
    result = read(reddit, {"newest": ago(1400)})
    assert len(result.mentions) == 1000
    assert result.covered == Span(NOW - timedelta(minutes=1000), NOW)


def test_a_quiet_subreddit_keeps_its_place(reddit: RedditDouble) -> None:
    result = read(reddit, {"newest": 5.0})
    assert (result.mentions, result.cursor, result.covered) == ((), {"newest": 5.0}, None)


def test_an_empty_first_poll_has_no_place_yet(reddit: RedditDouble) -> None:
    result = read(reddit)
    assert (result.mentions, result.cursor, result.covered) == ((), {}, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"selftext": "[deleted]", "author": "[deleted]"},
        {"selftext": "[removed]"},
        {"removed_by_category": "moderator"},
    ],
)
def test_what_was_deleted_is_reported_as_such(reddit: RedditDouble, fields: dict[str, Any]) -> None:
    reddit.posts = [post(1, ago(1)), post(2, ago(2), **fields)]
    result = read(reddit)
    assert ([mention.native_id for mention in result.mentions], result.deletions) == (["t3_1"], ("t3_2",))


def test_one_bad_item_costs_itself_alone(reddit: RedditDouble) -> None:
    reddit.served["/r/SaaS/new"] = {
        "kind": "Listing",
        "data": {
            "after": None,
            "children": [
                None,
                post(1, ago(1), author=None),
                post(2, ago(2), title=None),
                {"kind": "t3", "data": {"name": "t3_3"}},
                post(4, float("1e30")),
                {"kind": "t5", "data": post(5, ago(5))["data"]},
                post(6, ago(6), permalink=None, score="many"),
            ],
        },
    }
    result = read(reddit)
    assert [(each.native_id, each.author, each.url is None) for each in result.mentions] == [
        ("t3_1", None, False),
        ("t3_4", "author4", False),
        ("t3_6", "author6", True),
    ]
    assert [each.item for each in result.skipped] == ["?", "t3_2", "t3_3", "t3_5"]


@pytest.mark.parametrize(
    ("fault", "reason", "wait"),
    [
        (Fault("status", 429, {"Retry-After": "7"}), Reason.RATE_LIMITED, timedelta(seconds=7)),
        (
            Fault("status", 429, {"Retry-After": "Sun, 01 Mar 2026 12:05:00 GMT"}),
            Reason.RATE_LIMITED,
            timedelta(minutes=5),
        ),
        (Fault("status", 429, {"Retry-After": "soon"}), Reason.RATE_LIMITED, timedelta(seconds=300)),
        (Fault("status", 429, {"Retry-After": "1e300"}), Reason.RATE_LIMITED, timedelta.max),
        (Fault("status", 429), Reason.RATE_LIMITED, timedelta(seconds=300)),
        (Fault("status", 500), Reason.SERVER, None),
        (Fault("status", 503, {"Retry-After": "60"}), Reason.SERVER, timedelta(seconds=60)),
        (Fault("status", 520), Reason.SERVER, None),
        (Fault("status", 403, body='{"reason": "private"}'), Reason.AUTH, None),
        (Fault("status", 403, body='{"reason": "quarantined"}'), Reason.AUTH, None),
        (Fault("status", 403, body="<html>"), Reason.AUTH, None),
        (Fault("status", 404, body='{"reason": "banned"}'), Reason.NOT_FOUND, None),
        (Fault("status", 302, {"Location": "/subreddits/search?q=SaaS"}), Reason.NOT_FOUND, None),
        (Fault("status", 451), Reason.GONE, None),
        (Fault("status", 400), Reason.MISCONFIGURED, None),
        (Fault("status", 401), Reason.AUTH, None),
        (Fault("status", 200, body="<html>maintenance</html>"), Reason.MALFORMED, None),
        (Fault("status", 200, body="[1]"), Reason.MALFORMED, None),
        (Fault("status", 200, body='{"data": {"children": null}}'), Reason.MALFORMED, None),
        (Fault("half"), Reason.NETWORK, None),
    ],
)
def test_a_failing_listing_has_its_reason(
    reddit: RedditDouble, fault: Fault, reason: Reason, wait: timedelta | None
) -> None:
    fault.path = "/new"
    reddit.faults = [fault]
    error = refused(reddit)
    assert (error.reason, error.retry_after) == (reason, wait)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("status", 401), Reason.AUTH),
        (Fault("status", 400), Reason.AUTH),
        (Fault("status", 200, body='{"error": "invalid_grant"}'), Reason.AUTH),
        (Fault("status", 200, body="<html>"), Reason.MALFORMED),
        (Fault("status", 200, body="{}"), Reason.MALFORMED),
        (Fault("status", 429), Reason.RATE_LIMITED),
        (Fault("status", 502), Reason.SERVER),
    ],
)
def test_a_failing_login_has_its_reason(reddit: RedditDouble, fault: Fault, reason: Reason) -> None:
    fault.path = "access_token"
    reddit.faults = [fault]
    assert refused(reddit).reason == reason


def test_wrong_credentials_are_called_so(reddit: RedditDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_REDDIT_SECRET", "wrong")
    error = refused(reddit)
    assert (error.reason, error.detail) == (
        Reason.AUTH,
        "Reddit refused the credentials; check client_id and client_secret",
    )


def test_a_server_that_is_not_there_is_a_network_error() -> None:
    with RedditDouble() as gone:
        made = collector(gone)
    with pytest.raises(CollectError) as caught:
        made.collect(made.queries()[0], {})
    assert caught.value.reason == Reason.NETWORK


def test_one_stumble_is_asked_again_at_once(reddit: RedditDouble) -> None:
    reddit.posts = [post(1, ago(1))]
    reddit.faults = [Fault("half", times=1, path="/new")]
    assert len(read(reddit).mentions) == 1


def test_a_token_that_expired_is_renewed(reddit: RedditDouble) -> None:
    reddit.posts = [post(1, ago(1))]
    made = collector(reddit)
    made.collect(made.queries()[0], {})
    reddit.revoke()
    assert len(made.collect(made.queries()[0], {}).mentions) == 1


def test_used_up_requests_are_waited_for_by_the_schedule_and_not_by_the_thread(reddit: RedditDouble) -> None:
    reddit.headers |= {"x-ratelimit-remaining": "0.0", "x-ratelimit-used": "600", "x-ratelimit-reset": "420"}
    made = collector(reddit)
    made.collect(made.queries()[0], {})
    with pytest.raises(CollectError) as caught:
        made.collect(made.queries()[1], {})
    assert caught.value.reason == Reason.RATE_LIMITED
    assert caught.value.retry_after is not None
    assert timedelta(seconds=400) < caught.value.retry_after <= timedelta(seconds=420)
    assert len(reddit.requests) == 1


def test_unreadable_limits_are_ignored(reddit: RedditDouble) -> None:
    reddit.headers |= {"x-ratelimit-remaining": "many"}
    made = collector(reddit)
    for each in made.queries():
        made.collect(each, {})
    assert len(reddit.requests) == 2


def test_a_praw_ini_in_the_folder_changes_nothing(
    reddit: RedditDouble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "praw.ini").write_text("[DEFAULT]\noauth_url=http://127.0.0.1:9\nreddit_url=http://127.0.0.1:9\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("praw_site", "nowhere")
    monkeypatch.setenv("praw_username", "somebody")
    monkeypatch.setenv("praw_password", "something")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    reddit.posts = [post(1, ago(1))]
    assert len(read(reddit).mentions) == 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"subreddits": []}, r"empty; list at least one, for example \[\"python\"\]"),
        ({"subreddits": ["r/SaaS"]}, "subreddits.0\n.*should match pattern"),
        ({"client_secret": "plain"}, "a secret may not stand in the config; write env:NAME or file:PATH"),
        ({"base_url": "http://reddit.example.org"}, "credentials are sent there: write https://"),
        ({"base_url": "ftp://127.0.0.1"}, "credentials are sent there: write https://"),
        ({"user_agent": "x"}, "at least 8 characters"),
    ],
)
def test_settings_that_cannot_work_are_refused_with_the_remedy(keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        settings(**keys)


def test_a_source_without_subreddits_and_without_search_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"reads nothing; list subreddits = \[\"...\"\], or set search = true"):
        RedditSettings.model_validate({"client_id": "env:AN_ID", "client_secret": "env:A_SECRET"})


@pytest.mark.parametrize("url", ["https://proxy.example.org/", "http://127.0.0.1:8000", "http://localhost:8000/"])
def test_credentials_go_over_https_or_stay_here(url: str) -> None:
    assert settings(base_url=url).base_url == url.rstrip("/")


def test_brands_are_packed_into_searches_of_at_most_512_characters() -> None:
    brands = [Brand(name=f"Brand number {number}", slug=f"b{number}") for number in range(60)]
    searches = packed_searches(brands)
    assert all(len(query) <= 512 for query in searches.values())
    found = [part for query in searches.values() for part in query.split(" OR ")]
    assert found == [f'"{brand.name}"' for brand in brands]
    assert [slug for name in searches for slug in name.split("+")] == [brand.slug for brand in brands]


def test_a_brand_of_many_terms_gets_several_searches() -> None:
    brand = Brand(name="A", slug="a", terms=tuple(f'"quoted" term {number:03}' for number in range(60)))
    searches = packed_searches([brand])
    assert list(searches) == ["a", "a~2", "a~3"]
    assert sum(query.count(" OR ") + 1 for query in searches.values()) == 60


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "listing"),
    [
        ("listing-praw-TestSubredditListings.test_new-1.json", "new"),
        ("listing-praw-TestSubredditListings.test_comments-1.json", "comments"),
        ("listing-praw-TestSubredditStreams.test_submissions-1.json", "new"),
        ("listing-praw-TestDomainListing.test_new-1.json", "new"),
    ],
)
def test_recorded_listings_are_read_whole(reddit: RedditDouble, recordings: Path, name: str, listing: str) -> None:
    recorded = json.loads((recordings / "reddit" / name).read_text(encoding="utf-8"))
    children = recorded["data"]["children"]
    recorded["data"]["after"] = None
    reddit.served[f"/r/SaaS/{listing}" + ("/" if listing == "comments" else "")] = recorded
    result = read(reddit, key=f"reddit:r/SaaS/{listing}")
    gone = [
        each["data"]["name"]
        for each in children
        if each["data"].get("selftext", each["data"].get("body")) in {"[deleted]", "[removed]"}
    ]
    assert list(result.deletions) == gone
    assert [mention.native_id for mention in result.mentions] == [
        each["data"]["name"] for each in children if each["data"]["name"] not in gone
    ]
    assert result.skipped == ()
