"""Who speaks in results: what formats declare, and whose word goes first."""

from __future__ import annotations

from listener.campaigns.mapping import Format, read_format, shipped
from overheard.campaigns.reconciliation import declared
from scoring.claims import MEASURES, Speaker
from scoring.traffic_sources import SOURCES


def form(name: str, platform: str, more: str) -> Format:
    columns = '[columns]\nclicks = { kind = "count", names.en = ["clicks"] }\n'
    lines = f'name = "{name}"\ntitle = "{name}"\nplatform = "{platform}"\n{more}\nneeds = [["clicks"]]\n'
    return read_format(lines + columns, f"{name}.toml")


def test_of_every_platform_that_comes_along_it_is_known_who_speaks() -> None:
    known = declared(shipped())

    assert {each.platform for each in shipped() if each.platform} - known.keys() == {"google_trends"}
    assert {speaker.role for speaker in known.values()} == {*MEASURES, "posts"}
    assert {speaker.source for speaker in known.values() if speaker.role == "ads"} <= SOURCES.keys()


def test_the_first_format_that_says_who_speaks_is_believed() -> None:
    formats = [
        form("one", "own", ""),
        form("two", "own", 'role = "ads"\nsource = "radio"'),
        form("three", "own", 'role = "crm"'),
        form("four", "other", ""),
    ]

    assert declared(formats) == {"own": Speaker("ads", "radio")}
