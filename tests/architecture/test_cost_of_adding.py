"""What adding a thing costs, done for real: in a copy of the project, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOMS, ROOT

PARROT = '''
from __future__ import annotations

from collections.abc import Sequence

from config.settings import SourceSettings
from listener.contract import CollectorResult, Equipment, Query
from storage.records import Cursor, Mention


class ParrotSettings(SourceSettings):
    """A parrot says one sentence."""

    sentence: str
    """What it says."""


class ParrotCollector:
    """Hears what the parrot said since the last poll."""

    Settings = ParrotSettings

    def __init__(self, settings: ParrotSettings, equipment: Equipment) -> None:
        self._settings = settings
        self._clock = equipment.clock

    def queries(self) -> Sequence[Query]:
        """Give the one thing that is polled."""
        return (Query("parrot:cage", "parrot", "cage", self._settings),)

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        """Give the sentence; the second time there is nothing new."""
        if cursor.get("said"):
            return CollectorResult((), cursor)
        said = Mention("parrot", "1", None, None, self._settings.sentence, None, self._clock())
        return CollectorResult((said,), {"said": True})
'''

CONFIG = """
timezone = "UTC"
database = "sqlite:///{folder}/parrot.db"

[[brands]]
name = "Acme"
role = "own"

[[sources]]
type = "parrot"
sentence = "Acme is a wonderful name for a parrot, and the parrot is proud of it."
"""

PIGEON = '''
from __future__ import annotations

from pathlib import Path

from config import settings
from notifier.contract import Receipt
from storage.records import Delivery


class PigeonChannel:
    """Carries the text of each delivery into a file."""

    name = "pigeon"

    @classmethod
    def from_settings(cls, found: settings.Settings) -> PigeonChannel:
        """Make the channel; there is nothing to configure."""
        return cls()

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:
        """Carry it."""
        with Path("letters.txt").open("a", encoding="utf-8") as letters:
            letters.write(str(delivery.payload["text"]) + "\\n")
        return Receipt(delivery.key)

    def find(self, delivery: Delivery, parent: str | None) -> Receipt | None:
        """Give None: pigeons do not remember."""
        return None
'''

OWL = '''
from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from config.alert_settings import AlertSettings
from scoring.watch import Watch
from storage.alert_records import Alert, Severity
from storage.records import Span


class OwlSettings(AlertSettings):
    """How many sources wake the owl."""

    least: int = 1
    """Sources that must be there."""


class Owl:
    """Hoots while there are sources, and remembers a night long before anybody listened."""

    Settings = OwlSettings

    def __init__(self, settings: OwlSettings) -> None:
        self._settings = settings

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give one alert when there are enough sources, and one of old."""
        if len(seen.sources) < self._settings.least:
            return []
        hour = timedelta(hours=1)
        windows = {"wood": Span(seen.at - hour, seen.at), "of old": Span(seen.at - 999 * hour, seen.at - 998 * hour)}
        return [
            Alert(self._settings.rule, key, None, Severity.INFO, "The owl hoots", "Sources are there.", window)
            for key, window in windows.items()
        ]
'''

PIGEON_POST = """
name = "pigeon_post"
title = "Pigeon post"
platform = "pigeons"
needs = [["spend"], ["campaign"], ["day"]]
[columns]
campaign = { kind = "text", names.de = ["Flug"] }
day = { kind = "day", names.de = ["Tag"] }
spend = { kind = "money", names.de = ["Futter"] }
"""


FINCH = '''

@kpi("Clicks per lead", Kind.PROCESS, Unit.RATIO, Better.DOWN, over="leads")
def clicks_per_lead(clicks: Decimal, leads: Decimal) -> Decimal:
    """clicks / leads"""
    return divided(clicks, leads)
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The six rooms, copied to where they can be changed."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def add_line(registry: Path, opening: str, line: str) -> None:
    """Put a line behind the opening of a registry's table."""
    text = registry.read_text(encoding="utf-8")
    assert text.count(opening) == 1, f"{registry.name}: the table does not begin with {opening!r} any more"
    registry.write_text(text.replace(opening, f"{opening}\n    {line}"), encoding="utf-8")


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(copy), "OVERHEARD_NOW": "2013-08-12T09:00:00Z"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_collector_costs_one_file_and_one_line(copy: Path) -> None:
    (copy / "listener/collectors/parrot.py").write_text(PARROT, encoding="utf-8")
    add_line(
        copy / "listener/registry.py",
        "COLLECTORS: dict[str, str] = {",
        '"parrot": "listener.collectors.parrot:ParrotCollector",',
    )
    (copy / "overheard.toml").write_text(CONFIG.format(folder=copy), encoding="utf-8")

    collected = [run(copy, "-m", "overheard", "collect", "--all", "--format", "json") for _ in range(2)]
    heard = run(copy, "-m", "overheard", "mentions", "--format", "jsonl")

    assert [(done.returncode, done.stderr) for done in (*collected, heard)] == [(0, "")] * 3
    assert [json.loads(done.stdout)["sources"][0]["new"] for done in collected] == [1, 0]
    (mention,) = [json.loads(line) for line in heard.stdout.splitlines()]
    assert (mention["source"], mention["native_id"], mention["brands"][0]["brand"]) == ("parrot", "1", "acme")
    assert mention["brands"][0]["sentiment"]["label"] == "positive"


def test_a_channel_costs_one_file_and_one_line(copy: Path) -> None:
    (copy / "notifier/pigeon.py").write_text(PIGEON, encoding="utf-8")
    add_line(
        copy / "notifier/registry.py",
        "CHANNELS: dict[str, tuple[str, str]] = {",
        '"pigeon": ("notifier.pigeon:PigeonChannel", "timezone"),',
    )
    (copy / "overheard.toml").write_text(CONFIG.format(folder=copy).partition("[[sources]]")[0], encoding="utf-8")

    sent = [run(copy, "-m", "overheard", "digest", "--send") for _ in range(2)]

    assert [done.returncode for done in sent] == [0, 0], sent
    letters = (copy / "letters.txt").read_text(encoding="utf-8").splitlines()
    assert [letter.partition(".")[0] for letter in letters if "details" not in letter] == [
        "Overheard: Day of Sunday 11 August 2013"
    ]


def test_a_rule_costs_one_file_and_one_line(copy: Path) -> None:
    (copy / "notifier/rules/owl.py").write_text(OWL, encoding="utf-8")
    add_line(copy / "notifier/registry.py", "RULES: dict[str, str] = {", '"owl": "notifier.rules.owl:Owl",')
    (copy / "posts.csv").write_text("native_id,published_at,text\n1,2013-08-12T08:00:00Z,Acme\n", encoding="utf-8")
    source = '[[sources]]\ntype = "file"\npath = "posts.csv"\n[[alerts]]\nrule = "owl"\nleast = {least}\n'
    config = CONFIG.format(folder=copy).partition("[[sources]]")[0] + source
    (copy / "overheard.toml").write_text(config.format(least=1), encoding="utf-8")

    collected = run(copy, "-m", "overheard", "collect")
    history = run(copy, "-m", "overheard", "alerts", "--history", "--format", "json")
    (copy / "overheard.toml").write_text(config.format(least='"one"'), encoding="utf-8")
    wrong = run(copy, "-m", "overheard", "check")

    assert (collected.returncode, history.returncode) == (0, 0), collected.stderr
    assert "Overheard alert: Info: The owl hoots\n" in collected.stderr
    told = [(one["id"], one["decision"]) for one in json.loads(history.stdout)["alerts"]]
    assert told == [("owl:wood", "told")], "what was over before listening began is not told"
    assert wrong.returncode == 2
    assert "alerts[1].least: a text, where a whole number belongs" in wrong.stderr


def test_a_format_costs_one_file(copy: Path) -> None:
    (copy / "listener/campaigns/formats/pigeon_post.toml").write_text(PIGEON_POST, encoding="utf-8")
    (copy / "overheard.toml").write_text(CONFIG.format(folder=copy).partition("[[sources]]")[0], encoding="utf-8")
    (copy / "flights.csv").write_text("Flug;Tag;Futter (EUR)\nLoft 1;13.08.2013;1,50\n", encoding="utf-8")

    done = run(copy, "-m", "overheard", "import", "flights.csv", "--format", "json")

    assert (done.returncode, done.stderr) == (0, "")
    (file,) = json.loads(done.stdout)["files"]
    assert (file["format"], file["imported"]) == ("pigeon_post", 1)


def test_a_kpi_costs_one_decorated_function_and_one_heading(copy: Path) -> None:
    shutil.copytree(ROOT / "docs", copy / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "overheard.toml").write_text(CONFIG.format(folder=copy).partition("[[sources]]")[0], encoding="utf-8")
    exports = "platform,campaign,day,clicks,leads\nradio,Spring,2013-08-01,30,12\n"
    (copy / "spots.csv").write_text(exports, encoding="utf-8")
    with (copy / "scoring/kpis/funnel.py").open("a", encoding="utf-8") as file:
        file.write(FINCH)

    written = run(copy, "-m", "docs.kpis")
    imported = run(copy, "-m", "overheard", "import", "spots.csv")
    computed = run(copy, "-m", "overheard", "kpis", "--kpi", "clicks_per_lead", "--format", "json")
    listed = run(copy, "-m", "overheard", "kpis", "--list", "--kpi", "clicks_per_lead")

    assert [done.returncode for done in (written, imported, computed, listed)] == [0] * 4, computed.stderr
    assert [(row["kpi"], row["value"]) for row in json.loads(computed.stdout)["rows"]] == [("clicks_per_lead", 2.5)]
    assert "    = clicks / leads" in listed.stdout
    page = (copy / "docs/kpis.md").read_text(encoding="utf-8")
    assert page.count("### clicks_per_lead\n") == 1


def test_a_language_of_digests_costs_one_catalog_and_one_code(copy: Path) -> None:
    shutil.copytree(ROOT / "docs", copy / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    catalog, codes = copy / "notifier/languages/it.po", copy / "config/values.py"
    text = codes.read_text(encoding="utf-8")
    codes.write_text(text.replace('Language = Literal["en", ', 'Language = Literal["en", "it", '), encoding="utf-8")
    catalog.touch()
    filled = run(copy, "-m", "docs.languages")
    sentences = catalog.read_text(encoding="utf-8")
    for english, italian in (("Share of voice", "Quota di voce"), ("Heard {part} of the day.", "Ascolto: {part}.")):
        empty = f'msgid "{english}"\nmsgstr ""\n'
        assert sentences.count(empty) == 1
        sentences = sentences.replace(empty, f'msgid "{english}"\nmsgstr "{italian}"\n')
    catalog.write_text(sentences, encoding="utf-8")
    (copy / "posts.csv").write_text("native_id,published_at,text\n1,2013-08-11T08:00:00Z,Acme\n", encoding="utf-8")
    source = '[[brands]]\nname = "Globex"\n[[sources]]\ntype = "file"\npath = "posts.csv"\n'
    wish = '[[digests]]\nperiod = "day"\nlanguage = "it"\n'
    config = CONFIG.format(folder=copy).partition("[[sources]]")[0] + source + wish
    (copy / "overheard.toml").write_text(config, encoding="utf-8")

    collected = run(copy, "-m", "overheard", "collect")
    digest = run(copy, "-m", "overheard", "digest")
    (copy / "overheard.toml").write_text(config.replace('"it"', '"eo"'), encoding="utf-8")
    wrong = run(copy, "-m", "overheard", "check")

    assert [done.returncode for done in (filled, collected, digest)] == [0] * 3, digest.stderr
    assert "notifier/languages/fr.po: 0 to be translated" in filled.stderr
    assert all(word in digest.stdout for word in ("Quota di voce", "domenica 11 agosto 2013", "100,0%"))
    assert wrong.returncode == 2
    assert "digests[1].language" in wrong.stderr
