"""The database's address: what may stand in the config, and what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from config.errors import SecretError
from config.values import Secret

_REMEDY = 'write "sqlite:///overheard.db" or "postgresql+psycopg://user@host/database"'
_KEEP_ELSEWHERE = (
    'put the whole address into an environment variable or a file and write database = "env:OVERHEARD_DATABASE" '
    'or "file:/path/to/it"'
)


def database_url(reference: str) -> str:
    """Give the address that `database` of the config stands for, as SQLAlchemy wants it; env: and file: are resolved.

    The result may hold a password. Raises SecretError, naming the reference and the remedy, never the address.
    """
    if not _is_reference(reference):
        return _with_driver(reference)
    url = Secret.parse(reference).reveal()
    for what, remedy in url_problems(url, password_allowed=True):
        raise SecretError(f"{reference}: {what}; {remedy}")
    return _with_driver(url)


def url_problems(url: str, *, password_allowed: bool = False) -> Iterator[tuple[str, str]]:
    """Give (what, remedy) of the first thing that is wrong with an address; none when it can be used."""
    if _is_reference(url):
        return
    scheme, colon, rest = url.partition("://")
    if not url.strip():
        yield "empty", _REMEDY
    elif not colon:
        # What comes from a reference may be anything, a password alone for example: it is not repeated.
        shown = not password_allowed and _is_file_name(url)
        yield "not an address", f'write it as "sqlite:///{url}"' if shown else _REMEDY
    elif scheme == "sqlite":
        yield from _sqlite_problems(rest, shown=not password_allowed)
    elif scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
        yield from _postgres_problems(url, password_allowed=password_allowed)
    elif scheme.startswith(("postgresql+", "postgres+", "sqlite+")):
        yield "this driver is not used here", _REMEDY
    else:
        yield "neither SQLite nor PostgreSQL", _REMEDY


def _is_reference(text: str) -> bool:
    return re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+", text) is not None


def _is_file_name(text: str) -> bool:
    return re.fullmatch(r"[\w./~ -]+", text) is not None


def _with_driver(url: str) -> str:
    return re.sub(r"^postgres(?:ql)?://", "postgresql+psycopg://", url)


def _sqlite_problems(rest: str, *, shown: bool) -> Iterator[tuple[str, str]]:
    if rest in {"", "/", "/:memory:", ":memory:"}:
        yield "kept in memory, so that nothing would be remembered", 'name a file: "sqlite:///overheard.db"'
    elif not rest.startswith("/"):
        yield "an SQLite address has three slashes", f'write "sqlite:///{rest}"' if shown else _REMEDY
    elif rest.endswith("/"):
        yield "a folder, not a file", f'name a file: "sqlite://{rest}overheard.db"' if shown else _REMEDY


def _postgres_problems(url: str, *, password_allowed: bool) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(url)
        password = parts.password or dict(parse_qsl(parts.query)).get("password")
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        yield "not an address that can be read", _REMEDY
        return
    if password and not password_allowed:
        yield "a password may not stand in the config", _KEEP_ELSEWHERE
    elif not port_fits:
        yield "no such port", "write a port from 1 to 65535, or leave it out for 5432"
    elif not parts.path.strip("/"):
        yield "names no database", 'put its name behind the host: "postgresql+psycopg://user@host/database"'
