from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import SecretError
from config.secrecy import hide_secrets, secret_in
from config.values import Secret, format_duration, parse_duration


@given(st.integers(min_value=0, max_value=3653 * 86400))
def test_duration_is_read_back_as_it_was_written(seconds: int) -> None:
    assert parse_duration(format_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0s"), (90, "90s"), (900, "15m"), (7200, "2h"), (86400, "1d"), (1209600, "2w")]
)
def test_duration_is_written_in_the_largest_unit_that_divides_it(seconds: int, text: str) -> None:
    assert format_duration(timedelta(seconds=seconds)) == text


def test_secret_comes_from_the_environment_or_a_file_without_blanks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", " canary\n")
    (tmp_path / "token").write_text("canary\n", encoding="utf-8")

    assert Secret("env:TOKEN").reveal() == "canary"
    assert Secret(f"file:{tmp_path}/token").reveal() == "canary"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file or directory"), (b"\xff\xfe", "not text"), (b" \n", "empty")],
    ids=["missing", "binary", "empty"],
)
def test_secret_that_leads_nowhere_names_the_reference_and_the_remedy(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    place = tmp_path / "token"
    if content is not None:
        place.write_bytes(content)

    with pytest.raises(SecretError) as caught:
        Secret(f"file:{place}").reveal()

    assert str(caught.value) == f"file:{place}: {reason}; put the secret into that file, mode 0600"


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("token xoxb-1-2-abc.", "a Slack token", "token ***."),
        ("xapp-1-A-2", "a Slack token", "***"),
        ("https://hooks.slack.com/services/T/B/x", "a webhook address", "***"),
        ("postgresql://me:pw@host/db", "a password", "postgresql://***@host/db"),
        ("postgresql://host/db?password=pw&x=1", "a password", "postgresql://host/db?password=***&x=1"),
        ("postgresql://me@host/db", None, "postgresql://me@host/db"),
        ("https://example.org/a:b@c", None, "https://example.org/a:b@c"),
        ("env:SLACK_BOT_TOKEN", None, "env:SLACK_BOT_TOKEN"),
    ],
)
def test_what_looks_like_a_secret_is_recognised_and_hidden(text: str, kind: str | None, hidden: str) -> None:
    assert secret_in(text) == kind
    assert hide_secrets(text) == hidden
