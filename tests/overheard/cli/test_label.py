"""`overheard label` on a small history: one mention, a walk, the list."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from overheard.cli.group import run
from overheard.cli.label import command
from tests.overheard.home import at, listened

POSTS = [
    (at(6, 1), "Acme is great"),
    (at(6, 2), "Globex is awful"),
    (at(6, 3), "Acme opens a shop. Globex closes one."),
    (at(6, 4), "Acme is good"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    listened(tmp_path, POSTS, at(7))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERHEARD_NOW", at(7).isoformat())
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(arguments) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def counts(capsys: pytest.CaptureFixture[str], brand: str = "acme") -> tuple[int, int, int]:
    document = json.loads(said(capsys, "sov", "--since", "2026-07-06", "--format", "json"))
    found = next(each for each in document["brands"] if each["brand"] == brand)
    return found["positive"], found["neutral"], found["negative"]


def score(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What counts of Acme in the first post."""
    [line] = said(capsys, "mentions", "great", "--format", "jsonl").splitlines()
    found: dict[str, Any] = json.loads(line)["brands"][0]["sentiment"]
    return found


def told_of(capsys: pytest.CaptureFixture[str]) -> str:
    says = score(capsys)
    assert says["label"] == "positive"
    return f"positive ({says['compound']:+.2f}, {says['method']})"


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(said(capsys, "label", "--list", "--format", "json", *options))[
        "corrections"
    ]
    return answer


def walked(answers: str, *options: str) -> Result:
    return CliRunner().invoke(command, ["--review", *options], input=answers, standalone_mode=False)


def test_a_label_counts_at_once_and_says_what_it_replaces(capsys: pytest.CaptureFixture[str]) -> None:
    assert counts(capsys) == (2, 1, 0)
    scored = told_of(capsys)
    told = said(capsys, "label", "file:0", "negative", "--by", "kim")
    assert told == f'Acme in file:0: {scored} -> negative\n  "Acme is great"\n'
    assert counts(capsys) == (1, 1, 1)
    assert score(capsys) == {
        "compound": -0.6,
        "label": "negative",
        "method": "person",
        "evidence": [0, 13],
        "reason": None,
    }


def test_a_second_label_tells_of_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    scored = told_of(capsys)
    said(capsys, "label", "file:0", "negative")
    told = said(capsys, "label", "file:0", "neutral")
    assert told.startswith(f"Acme in file:0: negative (a person's; the scorer says {scored}) -> neutral\n")


def test_undo_restores_every_number(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("sov", "--since", "2026-07-06", "--format", "json")
    before, scored = json.loads(said(capsys, *asked))["brands"], told_of(capsys)
    said(capsys, "label", "file:0", "negative")
    told = said(capsys, "label", "file:0", "--undo")
    assert told == f"Acme in file:0: negative (a person's) -> {scored}\n"
    assert json.loads(said(capsys, *asked))["brands"] == before
    assert listed(capsys) == []


def test_the_id_of_the_table_names_a_mention(capsys: pytest.CaptureFixture[str]) -> None:
    row = next(line for line in said(capsys, "mentions").splitlines() if "Globex is awful" in line)
    assert "Globex in file:1:" in said(capsys, "label", row.split()[0], "neutral")
    assert counts(capsys, "globex") == (0, 2, 0)


def test_a_native_id_that_only_one_has_is_enough(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Globex in file:1:" in said(capsys, "label", "1", "neutral")


def test_of_several_brands_one_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "label", "file:2", "positive", code=2)
    assert told == "file:2 names Acme, Globex; say of which you judge with --brand\n"
    assert "Globex in file:2: neutral" in said(capsys, "label", "file:2", "positive", "--brand", "Globex")
    assert [(each["native_id"], each["brand"]) for each in listed(capsys)] == [("2", "globex")]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["file:9", "positive"], "no mention 'file:9'"),
        (["file:0", "positive", "--brand", "Globex"], "file:0 does not name Globex; it names Acme"),
        (["file:0", "positive", "--brand", "Initech"], "no brand 'Initech'"),
        (["file:0", "--undo"], "file:0: nobody has corrected it"),
        (["file:0"], "name a MENTION with a LABEL"),
        ([], "name a MENTION with a LABEL"),
        (["--undo"], "name a MENTION with a LABEL"),
        (["file:0", "unscored"], "'unscored' is not one of 'positive', 'neutral', 'negative'"),
        (["file:0", "positive", "--undo"], "LABEL does not go with --undo"),
        (["file:0", "--list"], "MENTION does not go with --list"),
        (["--review", "--format", "json"], "--format does not go with --review"),
        (["file:0", "positive", "--limit", "3"], "--limit does not go with a label"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert what in said(capsys, "label", *arguments, code=2)
    assert listed(capsys) == []


def test_what_can_mean_several_lists_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = folder / "overheard.toml"
    more = '[[sources]]\ntype = "file"\npath = "more.csv"\nname = "more"\n'
    config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
    (folder / "more.csv").write_text("native_id,text\n0,Acme too\n", encoding="utf-8")
    said(capsys, "collect", "--all")
    told = said(capsys, "label", "0", "positive", code=2).splitlines()
    assert told == [
        "'0' means several mentions; name one of them:",
        "  m5  more:0  Acme too",
        "  m1  file:0  Acme is great",
    ]


def test_corrections_are_listed_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    scored = score(capsys)
    said(capsys, "label", "file:0", "negative", "--by", "kim")
    [row] = csv.DictReader(io.StringIO(said(capsys, "label", "--list", "--format", "csv")))
    [document] = listed(capsys)
    was = document.pop("was")
    assert document == {
        "source": "file", "native_id": "0", "url": None, "title": None, "text": "Acme is great", "brand": "acme",
        "label": "negative", "corrected_at": "2026-07-07T00:00:00Z", "by": "kim",
    }  # fmt: skip
    assert was == scored
    assert (row["text"], row["label"], row["was_label"], row["was_compound"]) == (
        "Acme is great", "negative", "positive", str(scored["compound"]),
    )  # fmt: skip
    head, line = said(capsys, "label", "--list").splitlines()
    assert head.split() == ["labelled", "by", "brand", "scorer", "person", "mention"]
    assert line.split() == ["2026-07-07", "00:00", "kim", "Acme", "positive", "negative", "file:0"]
    assert listed(capsys, "--since", "2026-07-08") == []


def test_review_asks_for_the_closest_calls_and_keeps_each_answer(capsys: pytest.CaptureFixture[str]) -> None:
    answer = walked("p\nmaybe\nu\ns\nn\n", "--by", "kim")
    assert answer.exception is None
    shown = [line for line in answer.output.splitlines() if " of 5  " in line]
    assert [line.partition(":")[0] for line in shown] == [
        "1 of 5  Acme", "2 of 5  Globex", "3 of 5  Acme", "4 of 5  Globex", "5 of 5  Acme",
    ]  # fmt: skip
    assert "  >>Acme opens a shop.<< Globex closes one." in answer.output
    assert "'maybe' is not one of" in answer.output
    assert "3 labelled, 2 of them as the scorer did, 1 skipped; 3 corrections stand" in answer.output
    assert answer.output.endswith("next: overheard sentiment train\n")
    assert [(each["native_id"], each["brand"], each["label"], each["by"]) for each in listed(capsys)] == [
        ("2", "acme", "positive", "kim"),
        ("2", "globex", "neutral", "kim"),
        ("1", "globex", "negative", "kim"),
    ]


def test_review_ends_on_q_and_is_shorter_the_next_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert "1 labelled" in walked("p\nq\n", "--brand", "Acme").output
    assert "1 of 2  Acme" in walked("q\n", "--brand", "Acme").output
    assert len(listed(capsys)) == 1


def test_review_is_limited_and_says_when_nothing_is_left() -> None:
    assert "1 of 2  Acme" in walked("s\ns\n", "--limit", "2").output
    assert "nothing to review" in walked("", "--since", "2026-07-06T12:00").output


def test_colours_mark_the_words_where_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = CliRunner().invoke(command, ["--review", "--limit", "1"], input="s\n", color=True).output
    assert "\x1b[1;7mAcme\x1b[0m\x1b[7m opens a shop.\x1b[0m" in shown
    assert ">>" not in shown


def mentions_of(capsys: pytest.CaptureFixture[str], brand: str) -> tuple[int, float]:
    document = json.loads(said(capsys, "sov", "--since", "2026-07-06", "--format", "json"))
    found = next(each for each in document["brands"] if each["brand"] == brand)
    return found["mentions"], found["credit"]


def test_a_mention_that_is_not_relevant_leaves_the_counts_of_the_brand_until_that_is_taken_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (mentions_of(capsys, "acme"), mentions_of(capsys, "globex")) == ((3, 2.5), (2, 1.5))
    told = said(capsys, "label", "file:2", "--not-relevant", "--brand", "Acme", "--by", "kim")
    assert told == "Acme in file:2: not relevant, and counts nowhere\n"
    assert (mentions_of(capsys, "acme"), mentions_of(capsys, "globex")) == ((2, 2.0), (2, 2.0))
    assert "Acme opens" not in said(capsys, "mentions", "--brand", "acme")
    assert said(capsys, "label", "file:2", "--relevant", "--brand", "acme") == "Acme in file:2: relevant\n"
    assert (mentions_of(capsys, "acme"), mentions_of(capsys, "globex")) == ((3, 2.5), (2, 1.5))


def test_a_mention_that_counts_nowhere_is_still_known_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "label", "file:0", "--not-relevant")
    assert said(capsys, "mentions", "great", "--format", "jsonl") == ""
    assert "file:0 names no brand" in said(capsys, "label", "file:0", "negative", code=2)
    assert said(capsys, "label", "file:0", "--relevant") == "Acme in file:0: relevant\n"
    assert said(capsys, "mentions", "great", "--format", "jsonl") != ""


def test_of_two_brands_the_one_that_is_meant_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "label", "file:2", "--not-relevant", "--brand", "acme")
    assert "names Globex, Acme; say of which" in said(capsys, "label", "file:2", "--not-relevant", code=2)
    assert "does not go with --relevant" in said(capsys, "label", "file:2", "negative", "--relevant", code=2)


def test_labels_of_relevance_are_listed_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "label", "file:0", "--not-relevant", "--by", "kim")
    document = json.loads(said(capsys, "label", "--list", "--format", "json"))
    assert document["corrections"] == []
    [one] = document["relevance"]
    assert (one["brand"], one["relevant"], one["by"], one["native_id"]) == ("acme", False, "kim", "0")
    [row] = csv.DictReader(io.StringIO(said(capsys, "label", "--list", "--format", "csv")))
    assert (row["label"], row["was_label"], row["text"]) == ("not relevant", "", "Acme is great")
    _, line = said(capsys, "label", "--list").splitlines()
    assert line.split()[2:] == ["kim", "Acme", "-", "not", "relevant", "file:0"]


def test_why_tells_that_labels_have_changed_a_number_since_it_was_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "digest", "--at", "2026-07-07", "--send")
    monkeypatch.setenv("OVERHEARD_NOW", at(7, 1).isoformat())
    said(capsys, "label", "file:0", "--not-relevant")
    told = said(capsys, "why", "mentions.acme.20260706-20260707")
    assert "1 mentions of the window were labelled as relevant or not by people after it was shown" in told


def test_what_is_not_relevant_stays_out_when_history_is_scored_again_and_polled_again(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    said(capsys, "label", "file:2", "--not-relevant", "--brand", "acme")
    config = folder / "overheard.toml"
    config.write_text(config.read_text(encoding="utf-8") + "\n[sentiment]\npositive_from = 0.9\n", encoding="utf-8")
    said(capsys, "rescore", "--since", "2026-07-01")
    assert counts(capsys)[0] == 0  # scored anew
    assert (mentions_of(capsys, "acme"), mentions_of(capsys, "globex")) == ((2, 2.0), (2, 2.0))
    document = json.loads(said(capsys, "collect", "--all", "--format", "json"))
    assert [source["updated"] for source in document["sources"]] == [0]
    assert (mentions_of(capsys, "acme"), mentions_of(capsys, "globex")) == ((2, 2.0), (2, 2.0))
    said(capsys, "label", "file:2", "--relevant", "--brand", "acme")
    assert (mentions_of(capsys, "acme"), mentions_of(capsys, "globex")) == ((3, 2.5), (2, 1.5))
