from __future__ import annotations

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
