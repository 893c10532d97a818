"""`overheard utm` as people use it: links given, a file of them, those that are stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from overheard.cli.group import run

GOOD = "https://acme.example/?utm_source=google&utm_medium=cpc&utm_campaign=spring-sale"
CONFIG = """
[[brands]]
name = "Acme"
role = "own"
domains = ["acme.example"]

[[brands]]
name = "Globex"

[[sources]]
type = "file"
path = "posts.csv"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERHEARD_NOW", "2026-07-11T12:00:00Z")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["utm", *arguments]) == code
    captured = capsys.readouterr()
    return captured.err if code == 2 else captured.out


def test_a_good_link_needs_no_config(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "check", GOOD) == "1 link checked, 0 problems\n"


def test_problems_are_told_with_remedy_and_end_with_four(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "check", GOOD.replace("google", "Google"), code=4)

    assert 'the link given: utm_source: "Google" has capitals' in told
    assert 'write "google"' in told
    assert told.endswith("1 link checked, 1 problem\n")


def test_links_of_a_file_are_told_by_line_and_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "links.txt").write_text(f"Our links:\n{GOOD}\n<{GOOD.replace('google', 'Google')}>\n", encoding="utf-8")
    found: Any = json.loads(said(capsys, "check", "links.txt", "--format", "json", code=4))

    assert found["links"] == 2
    assert {(each["where"], each["tag"]) for each in found["problems"]} == {("links.txt, line 3", "utm_source")}
    assert [each["what"].split('"')[1] for each in found["problems"]] == ["Google", "Google"]


def test_a_link_within_ones_own_site_is_found_by_the_page_it_stands_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")

    assert "a link within your own site" in said(capsys, "check", GOOD, "--on", "https://www.acme.example/", code=4)
    assert said(capsys, "check", GOOD, "--on", "https://blog.example/")


def test_tags_of_mentions_and_results_are_checked_when_nothing_is_given(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "posts.csv").write_text(
        f"native_id,published_at,text\n7,2026-07-10T10:00:00Z,Acme {GOOD.replace('cpc', 'CPC')} and https://b.example\n",
        encoding="utf-8",
    )
    (folder / "results.csv").write_text(
        "platform,campaign,day,clicks,utm_source\nga4,Spring,2026-07-01,5,News Letter\n", encoding="utf-8"
    )
    assert run(["collect", "--all"]) == run(["import", "results.csv"]) == 0
    told = said(capsys, "check", code=4)

    assert 'file 7: utm_medium: "CPC" has capitals' in told
    assert 'results of ga4: utm_source: "News Letter" has blanks' in told
    assert "1 link checked" in told


def test_tags_of_links_in_posts_and_ads_that_were_imported_are_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "posts.csv").write_text(
        "Date (GMT),Post ID,Post Message,Social Network,Impressions,Engagement\n"
        f"2026-07-03 10:00,1,Look: {GOOD.replace('google', 'FaceBook')},FACEBOOK,10,2\n",
        encoding="utf-8",
    )
    (folder / "ads.csv").write_text(
        "Campaign name,Ad name,Day,Amount spent (EUR),Impressions,Website URL\n"
        f"Spring,a,2026-07-03,5.00,100,{GOOD.replace('spring-sale', 'Spring%20Sale')}\n",
        encoding="utf-8",
    )
    assert run(["db", "upgrade"]) == run(["import", "posts.csv", "ads.csv"]) == 0
    told = said(capsys, "check", code=4)

    assert 'results of hootsuite: utm_source: "FaceBook" has capitals' in told
    assert 'results of meta_ads: utm_campaign: "Spring Sale" has blanks' in told


def test_sources_in_the_words_of_a_crm_are_no_tags(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "leads.csv").write_text(
        "platform,campaign,day,leads,utm_source,utm_campaign\nhubspot,x,2026-07-01,5,Facebook,Sale\n", encoding="utf-8"
    )
    assert run(["db", "upgrade"]) == run(["import", "leads.csv"]) == 0
    told = said(capsys, "check", code=4)

    assert "Facebook" not in told
    assert 'results of hubspot: utm_campaign: "Sale" has capitals' in told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_of_links_is_read_in_the_encodings_of_exports(
    folder: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    (folder / "links.txt").write_text(f"Grüße: {GOOD}\n", encoding=encoding)

    assert said(capsys, "check", "links.txt") == "1 link checked, 0 problems\n"


def test_a_workbook_is_refused_with_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ads.xlsx").write_bytes(b"PK\x03\x04")

    assert "ads.xlsx: a workbook or a zip file, in which no link is seen; save it as text, or import it" in said(
        capsys, "check", "ads.xlsx", code=2
    )


def test_without_tagged_links_nothing_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "overheard.toml").write_text(CONFIG, encoding="utf-8")
    assert run(["db", "upgrade"]) == 0

    assert said(capsys, "check") == "no tagged links\n"


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["check", "nothing.txt"], "nothing.txt: neither a link nor a file"),
        (["check"], "no such file"),
        (["check", GOOD, "--config", "other.toml"], "no such file"),
        (["check", GOOD, "--on", "acme.example"], "--on acme.example: not a web address"),
        (["check", GOOD, "--on", "https://[acme/"], "--on https://[acme/: cannot be read as an address"),
        (["build", "acme.example", "--source", "a", "--medium", "b", "--campaign", "c"], "not a web address"),
        (["build", GOOD, "--source", " ", "--medium", "b", "--campaign", "c"], "utm_source: empty"),
        (["build", GOOD, "--source", "a", "--medium", "b"], "--campaign"),
    ],
    ids=["no file", "no config", "no such config", "no page", "broken page", "no link", "empty", "part missing"],
)
def test_wrong_use_is_answered(capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str) -> None:
    assert answer in said(capsys, *arguments, code=2)


def test_a_built_link_is_lower_case_with_hyphens(capsys: pytest.CaptureFixture[str]) -> None:
    parts = ("--source", "Google", "--medium", "CPC", "--campaign", "Spring Sale", "--content", "Red", "--id", "7")
    built = said(capsys, "build", "https://acme.example/a?x=1#top", *parts)

    tags = "utm_source=google&utm_medium=cpc&utm_campaign=spring-sale&utm_content=red&utm_id=7"
    assert built == f"https://acme.example/a?x=1&{tags}#top\n"
    assert said(capsys, "check", built.strip()) == "1 link checked, 0 problems\n"
