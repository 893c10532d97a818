from __future__ import annotations

from pathlib import Path

import pytest

from config.database_url import database_url
from config.errors import SecretError


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("sqlite:///overheard.db", "sqlite:///overheard.db"),
        ("postgresql://me@host/db", "postgresql+psycopg://me@host/db"),
        ("postgres://me@host/db", "postgresql+psycopg://me@host/db"),
        ("postgresql+psycopg://me@host:5433/db", "postgresql+psycopg://me@host:5433/db"),
    ],
)
def test_address_is_given_as_the_database_layer_wants_it(reference: str, url: str) -> None:
    assert database_url(reference) == url


def test_address_with_a_password_may_stand_in_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "url").write_text("postgresql://me:canary@host/db\n", encoding="utf-8")
    monkeypatch.setenv("DB", " postgresql://me:canary@host/db ")

    assert database_url("env:DB") == "postgresql+psycopg://me:canary@host/db"
    assert database_url(f"file:{tmp_path}/url") == "postgresql+psycopg://me:canary@host/db"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", "env:DB: not set; run: export DB=... before starting overheard"),
        ("mysql://canary@host/db", "env:DB: neither SQLite nor PostgreSQL; write "),
        ("postgresql://me:canary@host", "env:DB: names no database; put its name behind the host"),
        ("postgresql://me:canary@host:99999/db", "env:DB: not an address that can be read"),
        ("postgresql://me:canary@host:0/db", "env:DB: no such port"),
        ("postgresql://me:canary@[host/db", "env:DB: not an address that can be read"),
        ("canary one", "env:DB: not an address; write "),
        ("sqlite://canary", "env:DB: an SQLite address has three slashes; write "),
        ("sqlite:///canary/", "env:DB: a folder, not a file; write "),
    ],
)
def test_unusable_address_is_explained_without_being_repeated(
    value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB", value)

    with pytest.raises(SecretError) as caught:
        database_url("env:DB")

    assert str(caught.value).startswith(expected)
    assert "canary" not in str(caught.value)
