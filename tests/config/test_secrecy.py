from __future__ import annotations

import pytest

from config.secrecy import hide_secrets, secret_in, travels_safely


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://slack.example/api/", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]/", True),
        ("http://localhost:8000/", True),
        ("http://slack.example/api/", False),
        ("http://localhost.example/", False),
        ("ftp://127.0.0.1/", False),
        ("https:///api", False),
        ("https://[broken", False),
        ("", False),
    ],
)
def test_a_secret_travels_over_https_or_stays_on_this_machine(url: str, expected: bool) -> None:
    assert travels_safely(url) == expected


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("token xoxb-1-canary.", "a Slack token", "token ***."),
        ("https://hooks.slack.com/services/T/B/canary", "a webhook address", "***"),
        ("postgresql://me:canary@host/db", "a password", "postgresql://***@host/db"),
        ("https://a.example/?x=1&password=canary&y", "a password", "https://a.example/?x=1&password=***&y"),
        ("nothing: at all", None, "nothing: at all"),
    ],
)
def test_what_looks_like_a_secret_is_named_and_hidden(text: str, kind: str | None, hidden: str) -> None:
    assert (secret_in(text), hide_secrets(text)) == (kind, hidden)
