"""The commands that answer from the history, in each of their forms, on the posts of the demo."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from overheard.cli.group import run

JUNE = ["--since", "2013-06-10", "--until", "2013-06-17"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--out", str(made)]) == 0
    return made


@pytest.fixture(autouse=True)
def _summer_of_2013(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", "2013-08-19T13:00:00Z")
    monkeypatch.setenv("OVERHEARD_CONFIG", str(folder / "overheard.toml"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(arguments) == code
    return capsys.readouterr().out


def test_demo_prints_the_digest_and_what_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "demo", "--out", str(tmp_path / "of mine"))
    assert "Week of Monday 10 to Sunday 16 June 2013" in told
    assert told.count(f"--config '{tmp_path}/of mine'/overheard.toml") == 4
    drawn = sorted((tmp_path / "of mine" / "pictures").iterdir())
    assert [path.name for path in drawn] == ["goals.png", "over-time.png", "share-of-voice.png"]


def test_shares_are_the_same_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "sov", *JUNE, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(said(capsys, "sov", *JUNE, "--format", "csv"))))
    table = said(capsys, "sov", *JUNE)
    assert [brand["brand"] for brand in document["brands"]] == ["apple", "google", "microsoft", "netflix"]
    assert sum(brand["share"] for brand in document["brands"]) == pytest.approx(1.0)
    assert [float(row["share"]) for row in rows] == [brand["share"] for brand in document["brands"]]
    for brand in document["brands"]:
        assert f"{brand['share'] * 100:.1f} %" in table
        assert brand["id"] in table


def test_days_add_up_to_the_week(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "sov", *JUNE, "--by", "day", "--format", "json"))
    assert len(document["periods"]) == 7
    for place, brand in enumerate(document["brands"]):
        assert sum(period["brands"][place]["mentions"] for period in document["periods"]) == brand["mentions"]
    assert said(capsys, "sov", *JUNE, "--by", "day").count("heard: ") == 7


def test_mentions_are_the_same_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["mentions", "iOS", "--brand", "Apple", "--sentiment", "negative", "--source", "r/apple"]
    document = json.loads(said(capsys, *asked, "--format", "json"))["mentions"]
    lines = [json.loads(line) for line in said(capsys, *asked, "--format", "jsonl").splitlines()]
    rows = list(csv.DictReader(io.StringIO(said(capsys, *asked, "--format", "csv"))))
    assert document == lines
    assert {row["native_id"] for row in rows} == {mention["native_id"] for mention in document}
    assert len(said(capsys, *asked).splitlines()) == len(document) + 1
    assert len(said(capsys, *asked, "--limit", "2").splitlines()) == 3
    assert all("ios" in (f"{mention['title']} {mention['text']}").lower() for mention in document)


def test_number_is_explained_in_words_and_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("sov", "sentiment", "mentions"):
        number = f"{kind}.apple.20130610-20130617"
        document = json.loads(said(capsys, "why", number, "--format", "json"))
        words = said(capsys, "why", number)
        assert document["id"] == number
        assert document["counts"]["mentions"] == 52
        assert document["formula"] in words
        assert [each["shown_in"] for each in document["shown"]] == ["digest:week:2013-06-17:America/New_York"]
        assert document["shown"][0]["differs_because"] == []
        assert "in digest:week:2013-06-17:America/New_York at 2013-08-19 09:00" in words
        all_rows = next(line for line in words.splitlines() if line.startswith("  all rows  "))
        assert len(said(capsys, *all_rows.split()[3:]).splitlines()) == 1 + 50
        assert all_rows.endswith(f"--until 2013-06-17T04:00:00Z --config {folder}/overheard.toml")
    assert "shown     in no digest yet" in said(capsys, "why", "sov.apple.20130611-20130612")


def test_digest_comes_in_four_forms(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["digest", "--period", "week", "--at", "2013-06-17"]
    assert "Apple had 58.7 % of the voice" in said(capsys, *asked)
    assert "<!doctype html>" in said(capsys, *asked, "--format", "html")
    assert json.loads(said(capsys, *asked, "--format", "slack"))[0]["thread"] is False
    assert json.loads(said(capsys, *asked, "--format", "json"))["brands"][0]["mentions"]


@pytest.mark.parametrize(
    ("language", "title", "share"),
    [
        ("fr", "Semaine du lun. 10\u2009\u2013\u2009dim. 16 juin 2013", "58,7\u00a0% de part de voix"),
        ("ko", "주간: 2013년 6월 10일 (월)~16일 (일)", "점유율(SOV) 58.7%"),
        ("ro", "Săptămâna lun., 10 iun.\u2009\u2013\u2009dum., 16 iun. 2013", "cotă de voce 58,7\u00a0%"),
    ],
)
def test_digest_is_told_in_the_language_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], language: str, title: str, share: str
) -> None:
    asked = ["digest", "--period", "week", "--at", "2013-06-17", "--language", language]
    document = json.loads(said(capsys, *asked, "--format", "json"))
    messages = json.loads(said(capsys, *asked, "--format", "slack"))

    assert all(words in said(capsys, *asked) for words in (title, share))
    assert (document["language"], document["title"]) == (language, title)
    assert document["brands"][0]["share"] == pytest.approx(50.5 / 86)
    assert title in messages[0]["text"]


def test_digest_draws_its_pictures_beside_what_it_prints(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = ["digest", "--period", "week", "--at", "2013-06-17", "--pictures"]
    assert run([*asked, str(tmp_path / "a" / "light"), "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["trends"][0]["brand"] == "apple"
    assert (
        f"{tmp_path}/a/light/share-of-voice.png: Share of voice, week of Monday 10 to Sunday 16 June 2013: Apple 58.7 %"
        in printed.err
    )
    names = ["goals.png", "over-time.png", "share-of-voice.png"]
    light = {path.name: path.read_bytes() for path in sorted((tmp_path / "a" / "light").iterdir())}
    assert list(light) == names
    assert run([*asked, str(tmp_path / "dark"), "--dark"]) == 0
    assert all((tmp_path / "dark" / name).read_bytes() != light[name] for name in names)


def test_page_holds_the_pictures(capsys: pytest.CaptureFixture[str]) -> None:
    page = said(capsys, "digest", "--period", "week", "--at", "2013-06-17", "--format", "html")
    assert page.count("<svg ") == 6


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (["--dark"], "--dark: there is nothing to draw; name a folder with --pictures"),
        (["--send", "--pictures", "x"], "--pictures: they go with a digest that is printed; leave --send out"),
    ],
    ids=["dark without pictures", "sent"],
)
def test_pictures_that_cannot_be_had_are_wrong_use(
    capsys: pytest.CaptureFixture[str], asked: list[str], answer: str
) -> None:
    assert run(["digest", *asked]) == 2
    assert answer in capsys.readouterr().err


def test_pictures_need_a_folder_that_can_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    asked = ["digest", "--period", "week", "--at", "2013-06-17", "--pictures", str(tmp_path / "file" / "in")]
    assert run(asked) == 1
    written = capsys.readouterr()
    assert "name a folder that can be written" in written.err
    assert written.out == ""


def test_without_their_library_pictures_tell_the_remedy_and_everything_else_works(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)  # as Python does when an import has failed
    asked = ["digest", "--period", "week", "--at", "2013-06-17"]
    assert "<svg" not in said(capsys, *asked, "--format", "html")
    assert run([*asked, "--pictures", str(tmp_path / "x")]) == 1
    assert 'run: pip install "overheard[charts]"' in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
    told = said(capsys, "demo", "--out", str(tmp_path / "demo"))
    assert 'Without pictures; for them, run: pip install "overheard[charts]"' in told
    assert not (tmp_path / "demo" / "pictures").exists()


def test_digest_is_posted_once_and_its_numbers_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["digest", "--period", "week", "--at", "2013-07-08", "--send"]
    assert "Week of Monday 1 to Sunday 7 July 2013" in said(capsys, *asked)
    assert "Week of" not in said(capsys, *asked)
    explained = json.loads(said(capsys, "why", "mentions.apple.20130701-20130708", "--format", "json"))
    assert explained["shown"][0]["shown_in"] == "digest:week:2013-07-08:America/New_York"
    assert explained["shown"][0]["differs_because"] == []


def test_period_without_settings_of_its_own_has_the_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Day of Sunday 18 August 2013" in said(capsys, "digest", "--period", "day")


def test_digest_tells_of_the_last_whole_day_and_of_today_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERHEARD_NOW", "2013-08-15T05:00:00Z")  # one o'clock at night, long before any digest is due
    assert "Day of Wednesday 14 August 2013" in said(capsys, "digest", "--period", "day")
    assert "Week of Monday 5 to Sunday 11 August 2013" in said(capsys, "digest", "--period", "week")
    assert run(["digest", "--period", "day", "--at", "2013-08-16"]) == 0
    told = capsys.readouterr()
    assert "Day of Thursday 15 August 2013" in told.out
    assert told.err == "its day ends 2013-08-16 00:00; this is what was heard until now\n"


def test_coverage_names_each_query(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "coverage", *JUNE, "--format", "json"))
    assert document["coverage"]["share"] == 1.0
    assert len(document["sources"]) == 4
    later = said(capsys, "coverage", "--since", "2012-01-01")
    assert "deaf from" in later
    assert "not listening" in later


def test_database_is_counted_copied_and_compacted(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(said(capsys, "db", "stats", "--format", "json"))
    assert document["mentions"] == 502
    assert "502" in said(capsys, "db", "stats")
    assert said(capsys, "db", "backup", str(tmp_path / "copy.db")) == f"{tmp_path / 'copy.db'}: written\n"
    assert (tmp_path / "copy.db").stat().st_size > 0
    address = f"sqlite:///{folder / 'overheard.db'}"
    assert said(capsys, "db", "vacuum") == f"{address}: compacted\n"
    assert said(capsys, "db", "upgrade") == f"{address}: up to date\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["collect", "--source", "nobody"], 2, "no query 'nobody'"),
        (["collect", "--since", "2030-01-01"], 2, "lies in the future"),
        (["mentions", "--brand", "nobody"], 2, "known are apple, google, microsoft, netflix"),
        (["why", "sov.nobody.20130610-20130617"], 2, "no brand 'nobody'"),
        (["mentions", "--source", "nowhere"], 2, "no source 'nowhere'"),
        (["mentions", "--since", "2013-06-02", "--until", "2013-06-01"], 2, "not before"),
        (["mentions", "--since", "2030-01-01"], 2, "not before now"),
        (["digest", "--at", "2013-12-01"], 2, "has not begun"),
        (["digest", "--at", "2013-08-20", "--period", "day", "--send"], 2, "sent once, when it is over"),
        (["why", "42"], 2, "copy one from a digest's footer"),
        (["db", "backup", "/nowhere/x.db"], 1, "/nowhere"),
    ],
    ids=[
        "query",
        "future",
        "brand",
        "brand of a number",
        "source",
        "no window",
        "coming",
        "not begun",
        "not over",
        "number",
        "folder",
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    assert words in capsys.readouterr().err


def test_collecting_again_finds_nothing_new_and_tells_what_since_passes_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = json.loads(said(capsys, "collect", "--all", "--format", "json"))["sources"]
    assert [row["new"] for row in found] == [0, 0, 0, 0]
    told = said(capsys, "collect", "--since", "2013-08-01")
    assert "before --since" in told
    assert "more\n" in told
    assert said(capsys, "collect") == ""  # nothing is due
