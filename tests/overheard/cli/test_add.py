from __future__ import annotations

import io
import stat
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from overheard.cli.add import command
from overheard.cli.group import run
from tests.doubles.pages import FEED, serving

CONFIG = """# ours
[[brands]]
name = "Acme"  # us
role = "own"

# sources
[[sources]]
type = "file"
path = "x.csv"

# limits
[network]
allow_private = true
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "overheard.toml"
    path.write_text(CONFIG, encoding="utf-8")
    path.chmod(0o640)
    return path


def test_source_is_asked_for_previewed_and_written_with_every_comment_kept(config: Path) -> None:
    with serving({"/feed.xml": FEED}) as address:
        answer = CliRunner().invoke(command, ["rss", "--config", str(config)], input=f"{address}/feed.xml\ny\n")

    assert answer.exception is None
    assert "Globex is terrible" in answer.output
    added = f'[[sources]]\ntype = "rss"\nurls = ["{address}/feed.xml"]\n'
    assert config.read_text(encoding="utf-8") == CONFIG.replace("# limits", f"{added}\n# limits")
    assert stat.S_IMODE(config.stat().st_mode) == 0o640
    assert list(config.parent.iterdir()) == [config]


def test_brand_is_asked_for_and_its_terms_may_have_blanks(config: Path) -> None:
    answers = "Globex\nGlobex, Globex Labs\n\nglobex.example\n\ny\n"

    answer = CliRunner().invoke(command, ["brand", "--config", str(config)], input=answers)

    assert answer.exception is None
    added = '[[brands]]\nname = "Globex"\nterms = ["Globex", "Globex Labs"]\ndomains = ["globex.example"]\n'
    assert config.read_text(encoding="utf-8") == CONFIG.replace("# sources", f"{added}\n# sources")


def test_brand_given_beforehand_is_checked_before_it_is_written(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["add", "brand", "--config", str(config), "--yes", "--set"]
    assert run([*given, "name=Initech", "--set", "terms=Initech,Initech Labs", "--set", "role=own"]) == 0
    assert run([*given, "name=acme"]) == 2

    said = capsys.readouterr()
    assert said.out == f"{config}: added brands[2] (Initech, own); next: overheard collect\n"
    assert 'brands[3].name: the name "acme" is taken by brands[1]' in said.err
    assert tomllib.loads(config.read_text(encoding="utf-8"))["brands"][1:] == [
        {"name": "Initech", "terms": ["Initech", "Initech Labs"], "role": "own"}
    ]


def test_answers_given_beforehand_are_not_asked_for(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving({"/a.xml": FEED, "/b.xml": FEED}) as address:
        urls = f"urls={address}/a.xml,{address}/b.xml"
        assert run(["add", "rss", "--config", str(config), "--set", urls, "--set", "every=2h", "--yes"]) == 0

    table = tomllib.loads(config.read_text(encoding="utf-8"))["sources"][1]
    assert table == {"type": "rss", "urls": [f"{address}/a.xml", f"{address}/b.xml"], "every": "2h"}
    assert capsys.readouterr().out.endswith(f"{config}: added sources[2] (rss); next: overheard collect\n")


def test_secrets_are_asked_for_as_references(config: Path) -> None:
    answers = "\n\nSaaS startups\n"

    answer = CliRunner().invoke(
        command, ["reddit", "--config", str(config), "--no-preview", "--set", "search=true"], input=answers + "y\n"
    )

    assert answer.exception is None
    assert tomllib.loads(config.read_text(encoding="utf-8"))["sources"][1] == {
        "type": "reddit", "search": True, "client_id": "env:REDDIT_CLIENT_ID",
        "client_secret": "env:REDDIT_CLIENT_SECRET", "subreddits": ["SaaS", "startups"],
    }  # fmt: skip


def test_tables_within_are_set_by_dotted_keys(config: Path) -> None:
    pairs = ["path=y.csv", "columns.text=body", "columns.native_id=id"]
    options = [part for pair in pairs for part in ("--set", pair)]

    assert run(["add", "file", "--config", str(config), "--yes", "--no-preview", *options]) == 0

    table = tomllib.loads(config.read_text(encoding="utf-8"))["sources"][1]
    assert table == {"type": "file", "path": "y.csv", "columns": {"text": "body", "native_id": "id"}}


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["telegraph"], 2, "telegraph: not a source type; known are rss, hackernews, reddit, file, and brand\n"),
        (["rss", "--set", "urls"], 2, "--set urls: not KEY=VALUE; write for example --set every=2h\n"),
        (["rss"], 2, "sources[2].urls: missing; add it, for example"),
        (["rss", "--set", "urls=ftp://a"], 2, "sources[2].urls: "),
        (["file", "--set", "path=y.csv", "--set", "evry=2h"], 2, 'sources[2].evry: unknown key; did you mean "every"?'),
        (["file", "--set", "path=none.csv"], 1, "not changed; --no-preview writes without asking the source\n"),
        (["file", "--set", "path=x.csv"], 2, "sources[2]: the same as sources[1]; remove one of the two\n"),
    ],
    ids=["type", "pair", "missing", "refused", "unknown", "no answer", "twice"],
)  # fmt: skip
def test_what_cannot_be_added_is_explained_and_nothing_is_written(
    config: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, expected: str
) -> None:
    assert run(["add", *arguments, "--config", str(config), "--yes"]) == code

    assert expected in capsys.readouterr().err
    assert config.read_text(encoding="utf-8") == CONFIG
    assert list(config.parent.iterdir()) == [config]


@pytest.mark.parametrize(("words", "written"), [("n\n", False), ("y\ny\n", True), ("y\nn\n", False)])
def test_source_that_does_not_answer_is_written_only_when_a_person_insists(
    config: Path, words: str, written: bool
) -> None:
    arguments = ["file", "--config", str(config), "--set", "path=none.csv"]

    CliRunner().invoke(command, arguments, input=words)

    assert (config.read_text(encoding="utf-8") != CONFIG) == written


def test_missing_config_is_answered_by_init(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "overheard.toml"

    assert run(["add", "rss", "--config", str(path)]) == 2

    assert f"write one with: overheard init {path}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "options"),
    [("rss", "--yes --set urls=..."), ("file", "--yes --set path=..."), ("brand", "--yes --set name=...")],
)
def test_question_that_nobody_answers_is_refused_with_the_options_that_do(
    kind: str, options: str, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run(["add", kind, "--config", str(config)]) == 2
    assert f"answer beforehand: overheard add {kind} {options}" in capsys.readouterr().err
    assert config.read_text(encoding="utf-8") == CONFIG
