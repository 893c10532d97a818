from __future__ import annotations

import json
from pathlib import Path

from overheard.emulator.journal import Journal
from overheard.emulator.server import SlackEmulator
from tests.overheard.emulator.asking import CHANNEL, client, refusal


def test_journal_tells_everything_that_happened_in_order(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with SlackEmulator(path) as slack:
        web = client(slack)
        first = web.chat_postMessage(channel=CHANNEL, text="a")["ts"]
        web.chat_update(channel=CHANNEL, ts=first, text="b")
        web.chat_postEphemeral(channel=CHANNEL, user="U0HUMAN", text="c")
        refusal(slack, "chat.postMessage", channel=CHANNEL, text="")
        web.chat_delete(channel=CHANNEL, ts=first)

    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [entry["event"] for entry in entries] == ["posted", "updated", "ephemeral", "refused", "deleted"]
    assert [entry.get("text") for entry in entries[:3]] == ["a", "b", "c"]
    assert (entries[3]["method"], entries[3]["error"]) == ("chat.postMessage", "no_text")


def test_workspace_goes_on_where_its_journal_ends(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with SlackEmulator(path, clock=lambda: 1_700_000_000.0) as slack:
        ts = [client(slack).chat_postMessage(channel=CHANNEL, text=text)["ts"] for text in "abc"]
        client(slack).chat_update(channel=CHANNEL, ts=ts[0], text="changed")
        client(slack).chat_delete(channel=CHANNEL, ts=ts[1])
    with path.open("a", encoding="utf-8") as file:
        file.write('{"event": "posted", "text": "cut sho')
    with SlackEmulator(path, clock=lambda: 1_600_000_000.0) as slack:
        found = [(each["ts"], each["text"]) for each in slack.messages]
        later = client(slack).chat_postMessage(channel=CHANNEL, text="d")["ts"]

    assert found == [(ts[0], "changed"), (ts[2], "c")]
    assert later > ts[2]


def test_watcher_sees_what_is_written_and_nothing_is_written_without_a_path(tmp_path: Path) -> None:
    seen: list[str] = []
    journal = Journal(None, lambda entry: seen.append(entry["event"]))
    journal.note("posted", text="x")

    assert seen == ["posted"]
    assert list(journal.entries()) == []
    assert list(tmp_path.iterdir()) == []
