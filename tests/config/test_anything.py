"""Whatever stands in the file, the answer is settings or a ConfigError."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConfigError
from config.load import read_settings
from tests.config.kinds import KINDS

_KEYS = """
brands sources slack network digests sentiment timezone database currency languages name slug role terms exclude domains
handles type urls boards key columns every language enabled token channel webhook base_url resend_grace period at
weekday ports deadline workers ca_file path
"""
_WORDS = "own day env:A file:b 15m 08:30 UTC en sqlite:///a.db https://a forum"
KEYS = st.sampled_from(_KEYS.split())
LEAVES = st.one_of(
    st.none().map(lambda _: "feed"),
    st.sampled_from(
        ["own", "day", "env:A", "file:b", "15m", "08:30", "UTC", "en", "sqlite:///a.db", "https://a", "forum"]
    ),
    st.text(max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def outcome(text: str) -> None:
    with contextlib.suppress(ConfigError):
        read_settings(text, Path("conf/overheard.toml"), KINDS)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
@settings(max_examples=300, deadline=None)
def test_any_tables_and_values_are_answered(tables: dict[str, Any]) -> None:
    outcome(tomlkit.dumps(tables))


@given(st.text(alphabet="[]{}=\"'#\n\\abrandsource.:,0-9 \t\r\u201c\ufeff", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    outcome(text)
