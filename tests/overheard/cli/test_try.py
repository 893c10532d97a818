from __future__ import annotations

import re
from pathlib import Path

import pytest

from overheard.cli.group import run
from tests.doubles.pages import FEED, serving

CSV = "id,body,published_at\n1,Acme is wonderful and I love it,2013-08-05T10:00:00Z\n2,Rain,2013-08-06T10:00:00Z\n"


def test_feed_of_an_address_is_shown_without_any_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with serving({"/feed.xml": FEED}) as address:
        assert run(["try", f"{address}/feed.xml", "--allow-private", "--brand", "Acme", "--brand", "Globex"]) == 0

    said = capsys.readouterr().out.splitlines()
    assert [line.split()[2] for line in said[1:3]] == ["Globex", "Acme"]
    assert "negative" in said[1]
    assert "positive" in said[2]
    assert said[3] == "3 items, 2 of them name a brand"
    assert list(tmp_path.iterdir()) == []


def test_feed_in_a_file_is_shown_whole_without_brands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, encoding="utf-8")

    assert run(["try", str(path), "--limit", "2"]) == 0

    said = capsys.readouterr().out.splitlines()
    assert len(said) == 4
    assert said[-1] == "3 items"


def test_table_in_a_file_is_shown_with_its_columns_mapped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "history.csv"
    path.write_text(CSV, encoding="utf-8")

    assert (
        run(["try", str(path), "--brand", "Acme", "--column", "text=body", "--column", "published_at=published_at"])
        == 0
    )

    said = capsys.readouterr().out.splitlines()
    assert said[1].startswith("2013-08-05 10:00  Acme    positive +0.")
    assert said[2] == "2 items, 1 of them name a brand"


def test_json_feed_in_a_file_is_a_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.json"
    path.write_text(
        '{"version": "https://jsonfeed.org/version/1", "title": "t", "items": [{"id": "1", "content_text": "Acme"}]}',
        encoding="utf-8",
    )

    assert run(["try", str(path)]) == 0

    assert capsys.readouterr().out.splitlines()[-1] == "1 items"


def test_feed_without_entries_is_read_and_said_to_be_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.xml"
    path.write_text('<rss version="2.0"><channel><title>E</title></channel></rss>', encoding="utf-8")
    assert run(["try", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 items; it can be read, and holds nothing yet"


def test_items_that_cannot_be_read_are_told_with_their_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("native_id,text\n1,Acme\n" + "2,\n" * 7, encoding="utf-8")
    assert run(["try", str(path)]) == 4
    assert capsys.readouterr().out.splitlines()[2:] == [
        "1 items, 7 could not be read",
        *(f"skipped: row {row}: neither text nor title" for row in range(3, 8)),
        "skipped: and 2 more",
    ]


def test_columns_of_other_names_are_told_with_the_option_that_maps_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("id,body,when\n1,Acme,2013-08-05\n", encoding="utf-8")
    assert run(["try", str(path)]) == 1
    told = capsys.readouterr().err
    assert "the columns are id, body, when; name the one that holds the text, for example --column text=body" in told
    assert run(["try", str(path), "--column", "text=body"]) == 0


def test_feed_in_a_file_is_called_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my page.html"
    path.write_text("<html>no feed</html>", encoding="utf-8")
    assert run(["try", str(path)]) == 1
    assert capsys.readouterr().err.startswith("rss: malformed: my page.html: an HTML page, not a feed")


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["nowhere"], 2, "nowhere: neither a web address nor a file; write https://... or the path of a file"),
        (["https://me:canary@example.org/feed"], 2, "write for example https://example.org/feed.xml"),
        (["x.csv", "--column", "text"], 2, "--column text: not OURS=THEIRS; write for example --column text=body"),
        (["http://127.0.0.1:1/feed"], 1, "127.0.0.1"),
        (["empty.xml"], 1, "malformed"),
    ],
    ids=["nothing", "password", "column", "private", "no feed"],
)
def test_what_cannot_be_tasted_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], code: int, expected: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "empty.xml").write_text("", encoding="utf-8")

    assert run(["try", *arguments]) == code

    said = capsys.readouterr().err
    assert expected in said
    assert "canary" not in said
    assert said.count("\n") == 1


def test_config_that_is_named_lends_its_brands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, encoding="utf-8")
    config = tmp_path / "o.toml"
    config.write_text('[[brands]]\nname = "Globex Corporation"\nterms = ["Globex"]\nrole = "own"\n', encoding="utf-8")

    assert run(["try", str(path), "--config", str(config)]) == 0

    said = capsys.readouterr().out.splitlines()
    assert "Globex Corporation" in said[1]
    assert said[-1] == "3 items, 1 of them name a brand"


def test_each_brand_of_a_post_is_judged_beside_the_others_as_it_will_be_when_collected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text('native_id,text\n1,"Acme opens. Zen is great."\n', encoding="utf-8")
    assert run(["try", str(path), "--brand", "Acme", "--brand", "Zen"]) == 0
    shown = next(line for line in capsys.readouterr().out.splitlines() if "Zen is great" in line)
    assert re.search(r"neutral \+0\.00, positive \+\d\.\d\d", shown)
