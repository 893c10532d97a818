from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from overheard.cli.group import run
from overheard.emulator.server import APP_TOKEN
from storage import outbox
from storage.database import open_database
from storage.records import Delivery, DeliveryState
from tests.doubles.pages import FEED, serving
from tests.doubles.slack import TOKEN, FakeChannel, FakeSlack
from tests.doubles.tiny_model import TinyModel
from tests.postgres import Server

BRANDS = '[[brands]]\nname = "Acme"\nrole = "own"\n[[brands]]\nname = "Globex"\n'
PRIVATE = "[network]\nallow_private = true\n"
CSV = "native_id,text,published_at\n1,Acme is fine,2013-08-05T10:00:00Z\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "overheard.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_config_is_told_line_by_line_and_makes_no_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, BRANDS + '[[sources]]\ntype = "file"\npath = "x.csv"\n[[digests]]\nperiod = "day"\n')

    (tmp_path / "x.csv").write_text(CSV, encoding="utf-8")

    assert run(["check", "--config", str(path)]) == 0

    said = re.sub(r"next \d{4}-\d\d-\d\d", "next SOME DAY", capsys.readouterr().out)
    assert said.splitlines() == [
        f"ok       config: {path}: 2 brands, 1 source, 1 digest",
        f"ok       database: {tmp_path}/overheard.db: not there yet; `overheard collect` makes it",
        "ok       digests[1]: every day at 08:30 UTC, to the terminal, next SOME DAY 08:30",
        "note     sources: not asked; --online polls each of them once",
    ]
    assert sorted(tmp_path.iterdir()) == [path, tmp_path / "x.csv"]


def test_each_alert_rule_is_told_with_where_it_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = ("", 'brands = ["acme"]\n', "enabled = false\n")
    rules = "".join(f'[[alerts]]\nrule = "source_silent"\n{keys}' for keys in tables)

    run(["check", "--config", str(written(tmp_path, BRANDS + rules))])

    assert [line for line in capsys.readouterr().out.splitlines() if "alerts" in line] == [
        "ok       alerts[1]: source_silent, to the terminal",
        "ok       alerts[2]: source_silent of acme, to the terminal",
        "note     alerts[3]: source_silent: switched off",
    ]


def test_the_same_is_told_as_json_with_the_same_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, BRANDS + '[network]\nca_file = "ca.pem"\n')

    assert run(["check", "--config", str(path), "--format", "json"]) == 2

    told = json.loads(capsys.readouterr().out)["checks"]
    assert [(line["standing"], line["subject"]) for line in told] == [
        ("ok", "config"), ("PROBLEM", "network.ca_file"), ("ok", "database"), ("note", "sources"), ("note", "digests"),
    ]  # fmt: skip
    assert told[1]["text"] == f"{tmp_path}/ca.pem cannot be read; name a file of certificates in PEM form"


def test_secret_and_certificate_that_lead_nowhere_are_problems_of_the_config(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOKEN", raising=False)
    monkeypatch.setenv("ID", "canary")
    path = written(
        tmp_path,
        BRANDS
        + '[slack]\ntoken = "env:TOKEN"\nchannel = "C0123456789"\n[network]\nca_file = "ca.pem"\n'
        + '[[sources]]\ntype = "reddit"\nsubreddits = ["SaaS"]\nclient_id = "env:ID"\nclient_secret = "file:none"\n',
    )

    assert run(["check", "--config", str(path), "--online"]) == 2

    said = capsys.readouterr().out
    assert "ok       sources[1].client_id: env:ID is set\n" in said
    remedy = "put the secret into that file, mode 0600"
    assert f"PROBLEM  sources[1].client_secret: file:{tmp_path}/none: No such file or directory; {remedy}\n" in said
    assert "PROBLEM  slack.token: env:TOKEN: not set; run: export TOKEN=... before starting overheard\n" in said
    assert f"PROBLEM  network.ca_file: {tmp_path}/ca.pem cannot be read; name a file of certificates" in said
    assert "canary" not in said


def test_each_wrong_line_of_a_lexicon_is_a_problem_of_the_config(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, BRANDS + '[sentiment]\nlexicons = { nl = "nl.txt" }\n')
    lexicon = tmp_path / "nl.txt"
    lexicon.write_text("language: nl\nversion: 1\n[words]\ngoed\nslecht\t-9\n", encoding="utf-8")

    assert run(["check", "--config", str(path)]) == 2

    said = [line for line in capsys.readouterr().out.splitlines() if "sentiment" in line]
    assert [line.split("; ")[0] for line in said] == [
        f"PROBLEM  sentiment.lexicons: {lexicon}:4: line 4: the word stands alone",
        f'PROBLEM  sentiment.lexicons: {lexicon}:5: line 5: "-9" is no valence',
    ]


def test_a_lexicon_that_can_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, BRANDS + '[sentiment]\nlexicons = { nl = "nl.txt" }\n')
    (tmp_path / "nl.txt").write_text("language: nl\nversion: 1\n[words]\ngoed\t2\n", encoding="utf-8")

    assert run(["check", "--config", str(path)]) == 0

    assert "ok       sentiment.lexicons.nl: texts are scored by lexicon-nl-1\n" in capsys.readouterr().out


def test_each_chosen_scorer_is_told_or_what_is_wrong_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = 'de = "onnx:tiny", fr = "vadersentiment-fr", es = "gpt", it = "onnx:empty"'
    path = written(tmp_path, f"{BRANDS}[sentiment]\nscorers = {{ {chosen} }}\n")
    TinyModel().write(tmp_path / "tiny")
    (tmp_path / "empty").mkdir()

    assert run(["check", "--config", str(path)]) == 2

    said = [line.split("; ")[0] for line in capsys.readouterr().out.splitlines() if "sentiment.scorers" in line]
    assert re.fullmatch(r"ok       sentiment\.scorers\.de: texts are scored by onnx-tiny-[0-9a-f]{8}", said[0])
    assert said[1:] == [
        "ok       sentiment.scorers.fr: texts are scored by vadersentiment-fr-1.3.4",
        'PROBLEM  sentiment.scorers.es: "gpt": no scorer',
        f"PROBLEM  sentiment.scorers.it: {tmp_path}/empty: model.onnx: missing",
        f"PROBLEM  sentiment.scorers.it: {tmp_path}/empty: tokenizer.json: missing",
        f"PROBLEM  sentiment.scorers.it: {tmp_path}/empty: config.json: missing",
    ]


def test_a_scorer_of_a_language_that_is_not_listed_is_told_to_be_in_vain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, BRANDS + '[sentiment]\nscorers = { fr = "vadersentiment-fr" }\n')

    assert run(["check", "--config", str(path)]) == 0

    assert 'note     languages: texts in fr will be unscored; add "fr" to `languages`\n' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("database", "code", "expected"),
    [
        ("env:NOWHERE", 2, "PROBLEM  database: env:NOWHERE: not set; run: export NOWHERE=..."),
        ("sqlite:///none/a.db", 1, "the folder is not there; make it with: mkdir -p"),
        ("sqlite:///text.db", 1, "PROBLEM  database: "),
        ("postgresql://me@127.0.0.1:1/db", 1, "PROBLEM  database: postgresql+psycopg://me@127.0.0.1:1/db: "),
    ],
    ids=["variable", "folder", "not a database", "no server"],
)
def test_database_that_cannot_be_used_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], database: str, code: int, expected: str
) -> None:
    (tmp_path / "text.db").write_text("this is no database at all" * 100, encoding="utf-8")
    path = written(tmp_path, f'database = "{database}"\n' + BRANDS)

    assert run(["check", "--config", str(path)]) == code

    assert expected in capsys.readouterr().out


def test_online_polls_each_query_and_ends_with_4_when_one_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving({"/feed.xml": FEED, "/page.html": "<html><body>no feed"}) as address:
        urls = ", ".join(f'"{address}/{name}"' for name in ("feed.xml", "page.html", "gone.xml"))
        path = written(tmp_path, f'{BRANDS}{PRIVATE}[[sources]]\ntype = "rss"\nurls = [{urls}]\n')

        assert run(["check", "--config", str(path), "--online"]) == 4

    said = capsys.readouterr().out
    assert f"ok       rss:{address}/feed.xml: 3 items, the newest of 2013-08-06 10:00\n" in said
    assert f"PROBLEM  rss:{address}/page.html: malformed: " in said
    assert f"PROBLEM  rss:{address}/gone.xml: not_found: " in said
    assert list(tmp_path.iterdir()) == [path]


def test_open_database_is_told_and_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.csv").write_text(CSV, encoding="utf-8")
    path = written(tmp_path, BRANDS + '[[sources]]\ntype = "file"\npath = "x.csv"\n')
    assert run(["collect", "--config", str(path)]) == 0

    assert run(["check", "--config", str(path), "--online"]) == 0

    said = capsys.readouterr().out
    assert f"ok       database: sqlite:///{tmp_path}/overheard.db: open\n" in said
    assert "ok       file:x.csv: 1 items, the newest of 2013-08-05 10:00\n" in said


def test_query_of_two_sources_is_a_problem_of_the_config(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = '[[sources]]\ntype = "file"\npath = "x.csv"\n'
    path = written(tmp_path, BRANDS + source + source + 'every = "1h"\n')

    assert run(["check", "--config", str(path)]) == 2

    expected = "PROBLEM  file:x.csv: polled by 2 sources; remove one, or give one of the sources a `name`\n"
    assert expected in capsys.readouterr().out


def test_paused_source_and_missing_sources_are_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paused = written(tmp_path, BRANDS + '[[sources]]\ntype = "file"\npath = "x.csv"\nenabled = false\n')
    assert run(["check", "--config", str(paused)]) == 0
    none = written(tmp_path, BRANDS)
    assert run(["check", "--config", str(none)]) == 0

    said = capsys.readouterr().out
    assert "note     sources[1]: file: paused (enabled = false)\n" in said
    assert "note     sources: none, so nothing will be heard; add one with: overheard add rss\n" in said
    assert "note     digests: none is due by itself; `overheard digest` prints one\n" in said


SLACK = '[slack]\ntoken = "env:TOKEN"\nchannel = "C0123456789"\nbase_url = "{}"\npictures = false\n'


@pytest.mark.parametrize(
    ("scopes", "member", "code", "expected"),
    [
        (
            ("chat:write", "channels:history", "channels:read"), True, 0,
            ["ok       slack.channel: #listening, C0123456789\n"],
        ),
        (
            ("channels:history", "channels:read"), True, 1,
            ["PROBLEM  slack.token: lacks the scope chat:write; add it to the app and install it anew"],
        ),
        (
            ("chat:write", "channels:history", "channels:read"), False, 1,
            ["PROBLEM  slack.channel: not_in_channel: "],
        ),
    ],
    ids=["fine", "scope", "not invited"],
)  # fmt: skip
def test_online_asks_slack_who_we_are_and_posts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    scopes: tuple[str, ...], member: bool, code: int, expected: list[str],
) -> None:  # fmt: skip
    with FakeSlack(scopes=scopes, channels=[FakeChannel(is_member=member)]) as slack:
        monkeypatch.setenv("TOKEN", slack.token)
        path = written(tmp_path, BRANDS + SLACK.format(slack.base_url))

        assert run(["check", "--config", str(path), "--online"]) == code

        assert slack.messages == []
    said = capsys.readouterr()
    assert [line for line in expected if line not in said.out] == []
    assert slack.token not in said.out + said.err


def test_wrong_token_is_a_problem_of_the_channel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "xoxb-canary-wrong")
    with FakeSlack() as slack:
        path = written(tmp_path, BRANDS + SLACK.format(slack.base_url))

        assert run(["check", "--config", str(path), "--online"]) == 1

    said = capsys.readouterr().out
    assert "PROBLEM  slack: slack: auth: invalid_auth" in said
    assert "canary" not in said


@pytest.mark.parametrize(
    ("token", "code", "expected"),
    [
        (APP_TOKEN, 0, "ok       slack.app_token: Slack hands over presses of buttons and commands"),
        ("xapp-canary-expired", 1, "PROBLEM  slack.app_token: invalid_auth: make an app-level token with the scope"),
        (TOKEN, 1, "PROBLEM  slack.app_token: not_allowed_token_type: make an app-level token with the scope"),
    ],
    ids=["fine", "expired", "the bot's"],
)
def test_online_asks_for_the_address_of_a_web_socket(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    token: str, code: int, expected: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("APP", token)
    with FakeSlack() as slack:
        monkeypatch.setenv("TOKEN", slack.token)
        path = written(tmp_path, BRANDS + SLACK.format(slack.base_url) + 'app_token = "env:APP"\n')

        assert run(["check", "--config", str(path), "--online"]) == code

    said = capsys.readouterr().out
    assert expected in said
    assert token not in said


def test_webhook_cannot_be_tried_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "https://hooks.slack.com/services/T/B/canary")
    path = written(tmp_path, BRANDS + '[slack]\nwebhook = "env:HOOK"\n')

    assert run(["check", "--config", str(path), "--online"]) == 0

    said = capsys.readouterr().out
    assert "note     slack.webhook: cannot be tried without posting; `overheard digest --send` posts\n" in said
    assert "canary" not in said


def test_empty_database_of_a_server_is_made_by_collect_as_a_file_is(
    tmp_path: Path, postgres: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = postgres.make_database()
    monkeypatch.setenv("DB", postgres.url(name))
    try:
        assert run(["check", "--config", str(written(tmp_path, 'database = "env:DB"\n' + BRANDS))]) == 0
        said = capsys.readouterr().out
    finally:
        postgres.drop_database(name)
    assert next(line for line in said.splitlines() if "database: " in line).endswith(
        f"/{name}: not there yet; `overheard collect` makes it"
    )


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        (
            'type = "rss"\nurls = ["https://example.org:8444/feed"]',
            2,
            "PROBLEM  sources[1]: https://example.org:8444: port",
        ),
        ('type = "rss"\nurls = ["http://localhost/feed"]', 2, "is not a public address; set allow_private = true"),
        (
            'type = "rss"\nurls = ["http://10.0.0.7/feed", "http://10.0.0.7/b"]',
            2,
            "PROBLEM  sources[1]: http://10.0.0.7: 10.0.0.7 is not a",
        ),
        ('type = "rss"\nurls = ["http://10.0.0.7:81/feed"]\nallow_private = true', 0, "ok "),
        ('type = "rss"\nurls = ["http://[::1]/feed"]', 2, "PROBLEM  sources[1]: http://[::1]: ::1 is not a public"),
        ('type = "file"\npath = "none.csv"', 4, "PROBLEM  sources[1]: none.csv: does not exist in "),
        ('type = "hackernews"\nevery = "30s"', 0, "note     sources[1]: every 30s is more often than once a minute"),
        ('type = "hackernews"\nlanguage = "nl"', 0, "note     languages: texts in nl will be unscored; name a lexicon"),
        ('type = "hackernews"\nlanguage = "de"', 0, 'texts in de will be unscored; add "de" to `languages`'),
    ],
    ids=["port", "name", "private", "permitted", "IPv6", "no file", "hasty", "no lexicon", "not listed"],
)
def test_what_must_fail_is_known_without_asking(
    text: str, code: int, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, BRANDS + "[[sources]]\n" + text + "\n")
    assert run(["check", "--config", str(path)]) == code
    said = capsys.readouterr().out
    assert expected in said
    assert said.count("PROBLEM") == (1 if code else 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[[sources]]\ntype = "file"\npath = "x.XLSX"\n', "a spreadsheet, not a table of text; save it as CSV"),
        ('[[sources]]\ntype = "file"\npath = "x.csv"\ndate_format = "%d-%q"\n', "does not tell day, month and year"),
        ('[[sources]]\ntype = "file"\npath = "x.csv"\ndate_format = "dd.mm.yyyy"\n', "does not tell day, month and"),
        ('[network]\ncontact = "me\\r\\nX: y"\n', "network.contact: holds line feeds or control characters"),
    ],
    ids=["spreadsheet", "no such directive", "no directive", "contact"],
)
def test_what_can_never_work_is_refused_with_the_config(
    text: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--config", str(written(tmp_path, BRANDS + text))]) == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize("name", ["overheard.toml", "./overheard.toml", "sub/../overheard.toml"])
def test_history_is_not_written_over_the_config(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, f'database = "sqlite:///{name}"\n' + BRANDS)
    monkeypatch.chdir(tmp_path)
    for asked in (str(path), "overheard.toml"):
        assert run(["check", "--config", asked]) == 2
        assert "database: the config itself; name another file" in capsys.readouterr().err


def test_messages_that_the_fallback_got_are_a_problem_until_their_channel_takes_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "xoxb-canary")
    path = written(tmp_path, BRANDS + SLACK.format("https://slack.com/api/"))
    because = "C0123456789: is_archived: unarchive the channel, or name another in the config"
    row = Delivery("d#1", "slack:spare", {"text": "x"}, datetime(2026, 7, 1, 8, tzinfo=UTC), state=DeliveryState.SENT,
                   meant_for="slack", moved_because=because)  # fmt: skip
    database = open_database(f"sqlite:///{tmp_path}/overheard.db")
    with database.write() as conn:
        outbox.put(conn, [row])
    database.close()

    assert run(["check", "--config", str(path)]) == 1
    assert f"PROBLEM  outbox: since 2026-07-01 08:00 the fallback gets what is meant for {because}\n" in (
        capsys.readouterr().out
    )
