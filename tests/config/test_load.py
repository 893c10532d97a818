from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.errors import ConfigError, Problem
from config.load import load, read_settings
from config.settings import Settings
from config.values import Secret
from tests.config.kinds import KINDS, FeedSettings, SpikeSettings

HERE = Path("overheard.toml")
SMALLEST = '[[brands]]\nname = "Acme"\nrole = "own"\n'


def read(text: str, path: Path = HERE) -> Settings:
    return read_settings(text, path, KINDS)


def problems_in(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        read(text)
    return caught.value.problems


def test_smallest_config_gets_every_default() -> None:
    settings = read(SMALLEST)

    assert settings.timezone == ZoneInfo("UTC")
    assert settings.database == "sqlite:///overheard.db"
    assert settings.slack is None
    assert settings.sources == ()
    assert [(brand.slug, brand.terms) for brand in settings.brands] == [("acme", ("Acme",))]


def test_every_table_arrives_frozen_in_its_own_type() -> None:
    settings = read(
        SMALLEST
        + """
[[sources]]
type = "feed"
urls = ["https://example.org/a.xml"]
every = "2h"
[[digests]]
period = "week"
at = 07:05:00
weekday = "friday"
[slack]
token = "env:TOKEN"
channel = "C0123456789"
[[alerts]]
rule = "spike"
brands = ["acme"]
factor = 2.5
[alerting]
quiet_from = "22:30"
quiet_until = 07:00:00
"""
    )

    assert settings.sources == (FeedSettings(urls=("https://example.org/a.xml",), every=timedelta(hours=2)),)
    assert settings.alerts == (SpikeSettings(brands=("acme",), factor=2.5),)
    assert (settings.alerting.quiet_from, settings.alerting.quiet_until) == (time(22, 30), time(7))
    assert (settings.digests[0].at, settings.digests[0].weekday) == (time(7, 5), "friday")
    assert settings.slack is not None
    assert settings.slack.token == Secret("env:TOKEN")
    with pytest.raises(ValueError, match="frozen"):
        settings.__setattr__("currency", "USD")


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    found = problems_in(
        """currency = "EURO"
[[brands]]
nam = "Acme"
[[sources]]
type = "feeed"
[[sources]]
type = "feed"
urls = []
[[digests]]
period = "quarter"
"""
    )

    assert [(problem.line, problem.where) for problem in found] == [
        (1, "currency"),
        (2, "brands[1].name"),
        (3, "brands[1].nam"),
        (5, "sources[1].type"),
        (8, "sources[2].urls"),
        (10, "digests[1].period"),
    ]


def test_error_text_has_file_line_place_what_and_remedy() -> None:
    with pytest.raises(ConfigError) as caught:
        read(SMALLEST + '[[sources]]\ntype = "feed"\nurls = []\n')

    assert str(caught.value) == (
        "overheard.toml:6: sources[1].urls: empty; "
        'list at least one, for example urls = ["https://example.org/feed.xml"]'
    )


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("", ("sqlite:///a.db", "file:token", "ca.pem")),
        ("/etc/overheard", ("sqlite:////etc/overheard/a.db", "file:/etc/overheard/token", "/etc/overheard/ca.pem")),
        ("conf", ("sqlite:///conf/a.db", "file:conf/token", "conf/ca.pem")),
    ],
    ids=["beside", "absolute", "relative"],
)
def test_relative_paths_count_from_the_folder_of_the_config(folder: str, expected: tuple[str, ...]) -> None:
    text = (
        'database = "sqlite:///a.db"\n' + SMALLEST + '[network]\nca_file = "ca.pem"\n[slack]\nwebhook = "file:token"\n'
    )

    settings = read(text, Path(folder) / "overheard.toml")

    assert settings.folder == Path(folder)
    assert settings.slack is not None
    assert (settings.database, str(settings.slack.webhook), settings.network.ca_file) == expected


@pytest.mark.parametrize("line", ['database = "sqlite:////var/a.db"', 'database = "env:DB"', 'database = "file:~/url"'])
def test_absolute_paths_and_references_stay_as_they_are(line: str) -> None:
    settings = read(f"{line}\n{SMALLEST}", Path("/etc/overheard.toml"))

    assert f'database = "{settings.database}"' == line


def test_default_database_stands_beside_the_config_too() -> None:
    assert read(SMALLEST, Path("/etc/overheard.toml")).database == "sqlite:////etc/overheard.db"


def test_load_reads_a_file_with_a_byte_order_mark_and_dos_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "overheard.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode())

    assert load(path, KINDS).brands[0].name == "Acme"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "{path}: the file: no such file; write one with: overheard init {path}"),
        (b"", "{path}: the file: empty; remove it and run: overheard init {path}"),
        (b"# nothing\n", "{path}: the file: empty; remove it and run: overheard init {path}"),
        ('name = "Zürich"\n'.encode("utf-16"), "{path}:1: the file: not UTF-8; save it again with the encoding UTF-8"),
        (b"a = 1\nb = '\xfc'\n", "{path}:2: the file: not UTF-8; save it again with the encoding UTF-8"),
    ],
    ids=["missing", "empty", "comments only", "utf-16", "latin-1"],
)
def test_unusable_file_is_explained(tmp_path: Path, content: bytes | None, expected: str) -> None:
    path = tmp_path / "overheard.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        load(path, KINDS)

    assert str(caught.value) == expected.format(path=path)


def test_folder_in_place_of_a_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, KINDS)

    expected = f"{tmp_path}: the file: a folder, not a file; name the file in it: --config {tmp_path}/overheard.toml"
    assert str(caught.value) == expected


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000], ids=["null", "too long"])
def test_impossible_file_name_is_explained(name: str) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read .*; name another file with --config"):
        load(Path(name), KINDS)


def test_deeply_nested_text_is_refused_without_a_crash() -> None:
    assert problems_in("a = " + "[" * 100_000)[0].remedy


def test_quotes_around_a_term_are_no_part_of_it() -> None:
    terms = '["\\"Acme CRM\\"", "“Acme”", " «Acme Co» ", "Oh\\"s", "12\\""]'
    settings = read(SMALLEST.rstrip() + f"\nterms = {terms}\nexclude = ['„acme oyster“']\n")

    assert settings.brands[0].terms == ("Acme CRM", "Acme", "Acme Co", 'Oh"s', '12"')
    assert settings.brands[0].exclude == ("acme oyster",)
