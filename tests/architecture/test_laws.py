from __future__ import annotations

import pytest

from tests.architecture.house import AROUND, ROOMS, parse, sources
from tests.architecture.laws import EVERYWHERE_LAWS, ROOM_LAWS, Law

LAWS = {law.name: law for law in (*ROOM_LAWS, *EVERYWHERE_LAWS)}


def broken(law: Law, *folders: str) -> str:
    lines = [f"  {one.path}:{line}: {what}" for one in sources(*folders) for line, what in law.find(one)]
    return "\n".join([*lines, f"remedy: {law.remedy}"]) if lines else ""


@pytest.mark.parametrize("law", ROOM_LAWS, ids=lambda law: law.name)
def test_the_rooms_keep_the_law(law: Law) -> None:
    assert not broken(law, *ROOMS), f"{law.name}\n{broken(law, *ROOMS)}"


@pytest.mark.parametrize("law", EVERYWHERE_LAWS, ids=lambda law: law.name)
def test_every_python_file_keeps_the_law(law: Law) -> None:
    everything = (*ROOMS, *AROUND)
    assert not broken(law, *everything), f"{law.name}\n{broken(law, *everything)}"


def test_at_most_one_handler_for_everything_stands_at_each_border() -> None:
    found: dict[str, list[int]] = {}
    for one in sources(*ROOMS):
        elsewhere = parse("listener/elsewhere.py", one.text)
        found[one.path] = [line for line, _ in LAWS["narrow excepts"].find(elsewhere)]
    crowded = {path: lines for path, lines in found.items() if len(lines) > 1}
    assert not crowded, f"keep one border that logs the trace and goes on, not several: {crowded}"


@pytest.mark.parametrize(
    ("law", "path", "text", "lines"),
    [
        ("names", "storage/utils.py", "", [1]),
        ("names", "storage/outbox.py", "", []),
        ("annotations", "scoring/a.py", "def f(a, b: int) -> int: ...", [1]),
        ("annotations", "scoring/a.py", "def f(a: int): ...", [1]),
        ("annotations", "scoring/a.py", "class A:\n    def f(self, *rest: int) -> None: ...", []),
        ("narrow excepts", "notifier/a.py", "try: f()\nexcept Exception: pass", [2]),
        ("narrow excepts", "notifier/a.py", "try: f()\nexcept: pass", [2]),
        ("narrow excepts", "notifier/a.py", "try: f()\nexcept (OSError, BaseException): pass", [2]),
        ("narrow excepts", "notifier/a.py", "with contextlib.suppress(Exception): f()", [1]),
        ("narrow excepts", "notifier/a.py", "try: f()\nexcept BaseException:\n    undo()\n    raise", []),
        ("narrow excepts", "listener/run.py", "try: f()\nexcept Exception: log()", []),
        ("imports at the top", "listener/a.py", "def f() -> None:\n    import praw", [2]),
        ("imports at the top", "listener/a.py", "def f() -> None:\n    import praw  # noqa: PLC0415", [2]),
        ("imports at the top", "listener/a.py", "def f() -> None:\n    import praw  # noqa: PLC0415  # heavy one", []),
        (
            "imports at the top",
            "listener/a.py",
            "def f() -> None:\n    # Heavy.\n    import praw  # noqa: PLC0415\n    import rich  # noqa: PLC0415",
            [],
        ),
        ("the clock is an argument", "storage/a.py", "x = datetime.now(UTC)", [1]),
        ("the clock is an argument", "storage/a.py", "x = datetime.datetime.utcnow()", [1]),
        ("the clock is an argument", "storage/a.py", "f(clock=time.time)", [1]),
        ("the clock is an argument", "storage/a.py", "from time import time", [1]),
        ("the clock is an argument", "storage/a.py", "x = time.monotonic() + func.now()", []),
        ("the clock is an argument", "overheard/clock.py", "x = datetime.now(UTC)", []),
        ("one door to the network", "scoring/a.py", "import socket", [1]),
        ("one door to the network", "scoring/a.py", "from urllib import request", [1]),
        ("one door to the network", "scoring/a.py", "from urllib3.util import Timeout", [1]),
        ("one door to the network", "scoring/a.py", "from urllib.parse import urlsplit", []),
        ("one door to the network", "listener/http.py", "import urllib3", []),
        ("no data as code", "storage/a.py", "import pickle", [1]),
        ("no data as code", "storage/a.py", "x = eval(y)", [1]),
        ("no data as code", "storage/a.py", "x = re.compile(y)", []),
        ("no data as code", "storage/a.py", "subprocess.run(a, shell=True)", [1]),
        ("no data as code", "storage/a.py", "importlib.import_module(name)", [1]),
        ("SQL with bound parameters", "storage/a.py", 'conn.execute(text(f"select {a}"))', [1]),
        ("SQL with bound parameters", "storage/a.py", 'conn.exec_driver_sql("select " + a)', [1]),
        ("SQL with bound parameters", "storage/a.py", 'text("select %s" % a)', [1]),
        ("SQL with bound parameters", "storage/a.py", 'text("select :a")', []),
        ("exemptions carry code and reason", "bench/a.py", "x = 1  # noqa", [1]),
        ("exemptions carry code and reason", "bench/a.py", "x = 1  # noqa: S310", [1]),
        ("exemptions carry code and reason", "bench/a.py", "x = 1  # type: ignore[arg-type]", [1]),
        ("exemptions carry code and reason", "bench/a.py", "x = 1  # noqa: S310  # the address was checked", []),
        ("exemptions carry code and reason", "bench/a.py", 'x = "# noqa"', []),
    ],
)
def test_a_law_finds_what_breaks_it_and_nothing_else(law: str, path: str, text: str, lines: list[int]) -> None:
    assert [line for line, _ in LAWS[law].find(parse(path, text))] == lines
