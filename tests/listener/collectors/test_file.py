from __future__ import annotations

import csv
import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import ValidationError

from listener.collectors.file import FileCollector, FileSettings
from listener.contract import CollectError, CollectorResult, Equipment
from storage.records import Cursor, Kind, Mention, Reason, Span

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
COLUMNS = {"native_id": "id", "text": "said", "author": "who", "published_at": "at"}
AIRLINES = {
    "native_id": "tweet_id",
    "text": "text",
    "author": "name",
    "published_at": "tweet_created",
    "engagement": "retweet_count",
}
HEADER = "id,said,who,at\n"


def collect(path: Path, cursor: Cursor | None = None, **keys: Any) -> CollectorResult:
    settings = FileSettings(path=str(path), **({"columns": COLUMNS} | keys))
    collector = FileCollector(settings, Equipment(cast("Any", None), lambda: NOW))
    return collector.collect(collector.queries()[0], cursor or {})


def refused(path: Path, **keys: Any) -> CollectError:
    with pytest.raises(CollectError) as caught:
        collect(path, **keys)
    return caught.value


def written(folder: Path, text: str, name: str = "history.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def line(number: int, **more: object) -> str:
    at = (NOW - timedelta(hours=number)).isoformat()
    return json.dumps({"id": number, "said": f"Acme {number}", "who": "ann", "at": at} | more) + "\n"


def test_a_row_becomes_a_mention(tmp_path: Path) -> None:
    columns = {
        name: name
        for name in ("native_id", "title", "text", "author", "published_at", "url", "language", "engagement", "kind")
    }
    path = written(
        tmp_path,
        "kind,native_id,title,text,author,published_at,url,language,engagement\n"
        'review,7,Nice,"Acme &amp; co <3",ann,2015-02-16 23:36:05 -0800,https://a.example/7,en-US,"1,200"\n',
    )
    expected = Mention(
        "file", "7", "https://a.example/7", "Nice", "Acme & co <3", "ann",
        datetime(2015, 2, 17, 7, 36, 5, tzinfo=UTC), "en", 1200, kind=Kind.REVIEW,
    )  # fmt: skip
    assert collect(path, columns=columns).mentions == (expected,)
    assert collect(path, columns={}).mentions == (expected,)


def test_lesser_cells_may_be_missing_or_wrong(tmp_path: Path) -> None:
    path = written(tmp_path, "text,engagement,kind,language\nAcme,many,tweet,und\nGlobex,,,\n")
    columns = {"text": "text", "engagement": "engagement", "kind": "kind", "language": "language"}
    result = collect(path, columns=columns, name="old", language="de")
    assert [(each.source, each.engagement, each.kind, each.language) for each in result.mentions] == [
        ("old", None, Kind.POST, "de"),
        ("old", None, Kind.POST, "de"),
    ]
    assert [(each.item, each.problem) for each in result.skipped] == [
        ("row 2", "engagement 'many' is not a number; kept without it"),
        ("row 2", "kind 'tweet' is none of post, comment, article, review; kept as post"),
    ]
    assert result.covered == Span(NOW, NOW)


def test_without_ids_the_link_or_the_content_identifies(tmp_path: Path) -> None:
    path = written(tmp_path, "text,url\nAcme,https://a.example/1\nAcme,\nAcme,\nGlobex,javascript:1\n")
    found = [each.native_id for each in collect(path, columns={"text": "text", "url": "url"}).mentions]
    assert found[0] == "https://a.example/1"
    assert found[1] == found[2]
    assert len(set(found)) == 3
    assert [len(each) for each in found[1:]] == [32, 32, 32]


def test_a_bad_row_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    path = written(
        tmp_path, HEADER + "1,Acme,ann,2020-01-01\n2,Acme,ann,24-02-2015 11:35\n3,,ann,2020-01-03\n4,a,b,2020-01-04,c\n"
    )
    result = collect(path)
    assert [each.native_id for each in result.mentions] == ["1"]
    assert [each.item for each in result.skipped] == ["row 3", "row 4", "row 5"]
    assert "date_format" in result.skipped[0].problem
    assert result.skipped[1].problem == "neither text nor title"


def test_a_file_of_bad_rows_alone_is_refused_with_the_first_one(tmp_path: Path) -> None:
    error = refused(written(tmp_path, HEADER + "1,Acme,ann,24-02-2015 11:35\n"))
    assert error.reason == Reason.MISCONFIGURED
    assert "row 2: '24-02-2015 11:35' starts with the day" in error.detail


def test_a_date_format_and_zone_decide(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "1,Acme,ann,24-02-2015 11:35\n")
    result = collect(path, date_format="%d-%m-%Y %H:%M", timezone="Europe/Paris")
    assert result.mentions[0].published_at == datetime(2015, 2, 24, 10, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ids", "damaged"),
    [
        (["5.70306E+17", "5.70301E+17"], True),
        (["5,70306E+17", "5,70306E+17", "1", "2"], True),
        (["5.7e+17"], True),
        (["5E+17", "6E+17"], True),
        (["1e0003", "12e4"], False),
        (["1e0003", "1e0003"], False),
        (["1e0003"], False),
        (["", "", "5.70306E+17"], True),
        (["570306133677760000", "570301130888120000"], True),
        (["570306133677760513", "570301130888122368"], False),
        (["570306133677760513", "570301130888120000"], False),
        (["1.5", "1.5"], True),
        (["1.5", "2.5"], False),
        (["1", "1"], False),
    ],
)
def test_ids_that_a_spreadsheet_rounded_refuse_the_file(tmp_path: Path, ids: list[str], damaged: bool) -> None:
    path = tmp_path / "history.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "said"], *([each, "Acme"] for each in ids)])
    columns = {"native_id": "id", "text": "said"}
    if damaged:
        error = refused(path, columns=columns)
        assert error.reason == Reason.MISCONFIGURED
        assert "rounded by a spreadsheet" in error.detail
        assert "export the file again" in error.detail
    else:
        assert len(collect(path, columns=columns).mentions) == len(ids)


def test_a_single_rounded_id_costs_its_row_alone(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "5.70306E+17,Acme,,2020-01-01\n2,Acme,,2020-01-01\n3,Acme,,2020-01-01\n")
    result = collect(path)
    assert [each.native_id for each in result.mentions] == ["2", "3"]
    assert [(each.item, each.problem) for each in result.skipped] == [
        ("row 2", "the id '5.70306E+17' was rounded by a spreadsheet")
    ]


def test_a_named_file_is_a_source_of_its_own_in_query_and_mentions(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "1,Acme,ann,2020-01-01\n")
    for name, expected in (("", "file"), ("old crm", "old crm")):
        settings = FileSettings(path=str(path), columns=COLUMNS, name=name)
        collector = FileCollector(settings, Equipment(cast("Any", None), lambda: NOW))
        query = collector.queries()[0]
        found = {query.source} | {mention.source for mention in collector.collect(query, {}).mentions}
        assert (query.key, found) == (f"{expected}:{path}", {expected})


def test_a_relative_path_counts_from_the_config_and_stays_as_written_in_the_key(tmp_path: Path) -> None:
    written(tmp_path, HEADER + "1,Acme,ann,2020-01-01\n")
    settings = FileSettings(path="history.csv", columns=COLUMNS)
    here = FileCollector(settings, Equipment(cast("Any", None), lambda: NOW, folder=tmp_path))
    query = here.queries()[0]
    assert query.key == "file:history.csv"
    assert len(here.collect(query, {}).mentions) == 1
    elsewhere = FileCollector(settings, Equipment(cast("Any", None), lambda: NOW, folder=tmp_path / "other"))
    with pytest.raises(CollectError) as caught:
        elsewhere.collect(query, {})
    assert caught.value.detail == f"does not exist in {tmp_path}/other; correct `path`, or put the file there"


def test_an_unchanged_file_is_not_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "1,Acme,ann,2020-01-01\n2,Acme,ann,2020-01-05\n")
    first = collect(path)
    assert first.covered == Span(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 5, 0, 0, 1, tzinfo=UTC))
    again = collect(path, first.cursor)
    assert (again.mentions, again.covered, again.cursor) == ((), first.covered, first.cursor)
    os.utime(path, (1, 1))
    touched = collect(path, first.cursor)
    assert (touched.mentions, touched.covered) == ((), first.covered)
    assert touched.cursor["changed"] == 1_000_000_000


def test_a_file_read_with_other_columns_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "1,Acme,ann,2020-01-01\n")
    cursor = collect(path).cursor
    assert len(collect(path, cursor, columns={"text": "who"}).mentions) == 1


def test_appended_lines_are_read_alone(tmp_path: Path) -> None:
    path = written(tmp_path, line(5) + line(4), "history.jsonl")
    first = collect(path)
    with path.open("a", encoding="utf-8") as file:
        file.write(line(3) + line(2).rstrip("\n"))
    second = collect(path, first.cursor)
    assert [each.native_id for each in second.mentions] == ["3", "2"]
    assert second.covered == Span(NOW - timedelta(hours=5), NOW - timedelta(hours=2) + timedelta(seconds=1))
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + line(1) + "not JSON\n")
    third = collect(path, second.cursor)
    assert [each.native_id for each in third.mentions] == ["2", "1"]
    assert [each.item for each in third.skipped] == ["row 6"]


def test_a_rewritten_file_is_read_whole(tmp_path: Path) -> None:
    path = written(tmp_path, line(5), "history.jsonl")
    cursor = collect(path).cursor
    path.write_text(line(9) + line(8), encoding="utf-8")
    assert [each.native_id for each in collect(path, cursor).mentions] == ["9", "8"]


def test_json_may_be_nested_and_packed(tmp_path: Path) -> None:
    path = tmp_path / "history.json.gz"
    record = {"id": 7, "user": {"name": "ann"}, "text": "Acme", "more": [1], "user.text": None}
    path.write_bytes(gzip.compress(json.dumps([record]).encode()))
    columns = {"native_id": "id", "author": "user.name", "text": "text", "title": "more", "language": "no.such"}
    mention = collect(path, columns=columns).mentions[0]
    assert (mention.native_id, mention.author, mention.title, mention.language) == ("7", "ann", None, None)


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    error = refused(tmp_path / "none.csv")
    assert (error.reason, error.detail) == (
        Reason.NOT_FOUND,
        "does not exist; correct `path`, or put the file there",
    )


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path).reason == Reason.MISCONFIGURED


def test_a_path_through_a_file_cannot_be_read(tmp_path: Path) -> None:
    error = refused(written(tmp_path, "x") / "y.csv")
    assert (error.reason, "Not a directory" in error.detail) == (Reason.MISCONFIGURED, True)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    assert "larger than 200 MB" in refused(path).detail


def test_a_mapping_needs_something_to_read() -> None:
    with pytest.raises(ValidationError, match="maps neither text nor title"):
        FileSettings(path="x.csv", columns={"author": "who"})


@pytest.mark.recordings
def test_the_recorded_airline_tweets_load_whole(recordings: Path) -> None:
    path = recordings / "mentions" / "airline-tweets-2015-02-16_to_21.csv"
    with path.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    result = collect(path, columns=AIRLINES)
    assert [each.native_id for each in result.mentions] == [each["tweet_id"] for each in told]
    assert sum(each.engagement or 0 for each in result.mentions) == sum(int(each["retweet_count"]) for each in told)
    assert result.skipped == ()


@pytest.mark.recordings
def test_the_recorded_tweets_that_excel_rounded_are_refused(recordings: Path) -> None:
    error = refused(recordings / "mentions" / "airline-excel-mangled-head.csv", columns=AIRLINES)
    assert (error.reason, "5.70306E+17" in error.detail) == (Reason.MISCONFIGURED, True)
