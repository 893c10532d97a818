"""A throwaway PostgreSQL server for the tests: own folder, own socket, own free port, ended with the session."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

_PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")
_UNPRIVILEGED = ("postgres", "nobody")


def binaries() -> Path | None:
    """The folder that holds initdb and postgres, the newest where there are several; None without any."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    for place in _PLACES:
        found += sorted(Path(place).glob("*/bin"), key=lambda folder: folder.parent.name.zfill(8), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _account() -> dict[str, int]:
    """Arguments for subprocess that leave root's rights behind; PostgreSQL refuses to run with them."""
    if os.getuid() != 0:
        return {}
    for name in _UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid}
    raise RuntimeError("run by root, but there is neither a user postgres nor nobody to start the server as")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class Server:
    """A running server. `url(database)` is an address for `open_database`."""

    def __init__(self, base: str) -> None:
        self._base = base  # address of the server's own database "postgres"

    def url(self, database: str) -> str:
        """The address of one database of this server."""
        parts = psycopg.conninfo.conninfo_to_dict(self._base)
        login = f"{parts.get('user', '')}:{parts['password']}" if "password" in parts else parts.get("user", "")
        host, port = str(parts.get("host", "127.0.0.1")), parts.get("port", 5432)
        if host.startswith("/"):
            return f"postgresql+psycopg://{login}@/{database}?host={host}&port={port}"
        return f"postgresql+psycopg://{login}@{host}:{port}/{database}"

    def run(self, statement: str) -> None:
        """Run one statement as the owner, outside any transaction."""
        with psycopg.connect(self._base, autocommit=True) as conn:
            conn.execute(statement.encode())

    def make_database(self, template: str | None = None) -> str:
        """Make a database of its own and give its name."""
        name = f"overheard_{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template} STRATEGY file_copy" if template else ""))
        return name

    def drop_database(self, name: str) -> None:
        """Throw a database away, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def throwaway_server() -> Iterator[Server | None]:
    """A server: the one that OVERHEARD_TEST_POSTGRES names, else one of our own; None where neither can be had."""
    named = os.environ.get("OVERHEARD_TEST_POSTGRES")
    if named:
        yield Server(named.replace("postgresql+psycopg://", "postgresql://"))
        return
    folder = binaries()
    if folder is None:
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="ohpg", dir="/tmp"))  # a socket's path must be short
    try:
        with _running(folder, home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def _running(folder: Path, home: Path) -> Iterator[Server]:
    account = _account()
    if account:
        os.chown(home, account["user"], account["group"])
    data, log = home / "data", home / "log"
    initdb = [folder / "initdb", "-D", data, "-U", "overheard", "--auth=trust", "--no-sync", "-E", "UTF8"]
    subprocess.run([*initdb, "--locale=C"], check=True, capture_output=True, cwd=home, **account)  # type: ignore[call-overload]  # user and group are keywords of it
    port = _free_port()
    settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
    settings += ["shared_buffers=64MB", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0", "jit=off"]
    command = [folder / "postgres", "-D", data, "-k", home, "-p", str(port), "-h", "127.0.0.1"]
    for setting in settings:
        command += ["-c", setting]
    with log.open("wb") as output:
        process: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]  # as above
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=home, start_new_session=True, **account
        )
    try:
        yield _ready(process, f"postgresql://overheard@127.0.0.1:{port}/postgres", log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ready(process: subprocess.Popen[bytes], address: str, log: Path) -> Server:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return Server(address)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
