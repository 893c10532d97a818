"""The laws that a file can break by itself, each a pure function from a source to the lines that break it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.architecture.house import Function, Source

Finding = tuple[int, str]  # line, what stands there


@dataclass(frozen=True)
class Law:
    """One law: how to find what breaks it, and what to do about it."""

    name: str
    find: Callable[[Source], Iterator[Finding]]
    remedy: str


BROAD_BORDERS = ("listener/run.py", "overheard/scheduler.py")
BROADLY_RAISED = ("overheard/sentiment/tokens.py",)  # its library raises nothing narrower than Exception
NETWORK_FILES = (
    "listener/http.py",  # SafeFetcher; the next three are its parts
    "listener/addresses.py",
    "listener/connections.py",
    "listener/watchdog.py",
    "listener/collectors/reddit.py",
    "listener/reddit_session.py",
    "notifier/slack/client.py",
    "notifier/slack/transport.py",
    "notifier/slack/webhook.py",
    "overheard/interactions/posts.py",  # listens where Slack posts, and dials nowhere
    "overheard/interactions/replies.py",  # what one person is told, at an address of Slack's
)
NETWORK_MODULES = {
    "requests",
    "urllib.request",
    "socket",
    "ssl",
    "http.client",
    "urllib3",
    "httpx",
    "aiohttp",
    "ftplib",
}
IMPORT_BY_NAME = (  # of names that are constants of the same file
    "storage/migrations/__init__.py",
    "listener/registry.py",
    "scoring/registry.py",
    "notifier/registry.py",
    "overheard/cli/group.py",
)
SCHEMA_FILES = ("storage/views.py", "storage/migrations/")  # DDL takes no parameters; theirs is made of constants
NEAR = 8  # lines within which one reason serves several exemptions of the same code
FORBIDDEN_STEMS = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "ctime"),
}  # fmt: skip
DANGEROUS_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
DANGEROUS_CALLS = {"eval", "exec", "compile", "__import__"}
_EXEMPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)")
_CODED = re.compile(
    r"#\s*(?P<code>noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[a-z-]+(?:,\s*[a-z-]+)*\])(?P<why>\s+#\s*\S.{2,})?"
)


def dotted(node: ast.AST) -> str:
    """Give "a.b.c" for a chain of names, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def imported(node: ast.AST) -> list[str]:
    """Give the modules that an import statement names; for `from a import b` both a and a.b."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def forbidden_names(source: Source) -> Iterator[Finding]:
    """Find files named after nothing."""
    if source.stem in FORBIDDEN_STEMS:
        yield 1, f"a file named {source.stem!r}"


def unannotated(source: Source) -> Iterator[Finding]:
    """Find functions with an argument or a result that has no type."""
    for function in source.functions():
        given = function.args
        named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        named += [extra for extra in (given.vararg, given.kwarg) if extra]
        bare = [arg.arg for arg in named if arg.annotation is None and arg.arg not in {"self", "cls"}]
        if bare or function.returns is None:
            yield function.lineno, f"{function.name}: no type for {', '.join(bare) or 'the result'}"


def _is_broad(kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(dotted(one).rpartition(".")[2] in {"Exception", "BaseException"} for one in kinds)


def broad_excepts(source: Source) -> Iterator[Finding]:
    """Find handlers that swallow everything; cleaning up and raising again is no swallowing."""
    if source.path in BROAD_BORDERS + BROADLY_RAISED:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
            last = node.body[-1]
            if not (isinstance(last, ast.Raise) and last.exc is None):
                yield node.lineno, "a handler for every exception"
        if isinstance(node, ast.Call) and dotted(node.func).endswith("suppress") and any(map(_is_broad, node.args)):
            yield node.lineno, "suppress() of every exception"


def hidden_imports(source: Source) -> Iterator[Finding]:
    """Find imports inside functions that do not say why."""
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                exempt = "PLC0415" in source.line(node.lineno).partition("#")[2]
                if not (exempt and _explained(source, node.lineno)):
                    yield node.lineno, f"import inside {function.name}"


def clock_reads(source: Source) -> Iterator[Finding]:
    """Find reads of the wall clock below overheard/."""
    if source.room == "overheard":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            owner, _, name = dotted(node).rpartition(".")
            if (owner.rpartition(".")[2], name) in CLOCKS:
                yield node.lineno, dotted(node)
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from ((node.lineno, f"time.{one.name}") for one in node.names if ("time", one.name) in CLOCKS)


def network_imports(source: Source) -> Iterator[Finding]:
    """Find modules that could open a connection past SafeFetcher."""
    if source.path in NETWORK_FILES:
        return
    for node in ast.walk(source.tree):
        for name in imported(node):
            if any(name == module or name.startswith(module + ".") for module in NETWORK_MODULES):
                yield getattr(node, "lineno", 0), f"import of {name}"
                break


def dangerous_code(source: Source) -> Iterator[Finding]:
    """Find what runs data as code."""
    for node in ast.walk(source.tree):
        for name in imported(node):
            if name.partition(".")[0] in DANGEROUS_MODULES:
                yield getattr(node, "lineno", 0), f"import of {name}"
    for call in _calls(source):
        name = dotted(call.func)
        if name in DANGEROUS_CALLS or name in {"os.system", "os.popen", "yaml.load", "yaml.unsafe_load"}:
            yield call.lineno, f"{name}()"
        if any(word.arg == "shell" and getattr(word.value, "value", None) is True for word in call.keywords):
            yield call.lineno, f"{name}(shell=True)"
        if name.rpartition(".")[2] == "import_module" and source.path not in IMPORT_BY_NAME:
            yield call.lineno, "import by name"


def _is_assembled(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}


def assembled_sql(source: Source) -> Iterator[Finding]:
    """Find SQL put together from pieces where the database takes it as a statement."""
    if source.path.startswith(SCHEMA_FILES):
        return
    takers = {"text", "exec_driver_sql", "execute", "executescript", "executemany", "DDL", "literal_column"}
    for call in _calls(source):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else dotted(call.func)
        if name in takers and call.args and _is_assembled(call.args[0]):
            yield call.lineno, f"{name}() of an assembled string"


def _explained(source: Source, line: int) -> bool:
    """Tell whether the exemption on a line has a reason: its own, or one that stands above for the same code."""
    match = _CODED.search(source.line(line))
    if match is None or match["why"]:
        return match is not None
    block = True  # nothing but blank lines and lines of the same exemption in between
    for above in range(line - 1, max(0, line - 1 - NEAR), -1):
        text = source.line(above)
        other = _CODED.search(text)
        same = other is not None and other["code"] == match["code"]
        if same and other is not None and other["why"]:
            return True
        if block and text.lstrip().startswith("#"):
            return True
        block = block and (same or not text.strip())
    return False


def unexplained_exemptions(source: Source) -> Iterator[Finding]:
    """Find `noqa` and `type: ignore` without a code or without a reason."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and _EXEMPTION.match(token.string):
            line = token.start[0]
            if not _explained(source, line):
                yield line, token.string


def function_length(function: Function) -> int:
    """Give its lines, from `def` to the last one."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


ROOM_LAWS = (
    Law("names", forbidden_names, "name the file after the noun that it holds"),
    Law("annotations", unannotated, "give every argument and every result its type"),
    Law(
        "narrow excepts",
        broad_excepts,
        f"catch what you can handle; only the borders may catch all: {', '.join(BROAD_BORDERS)}",
    ),
    Law(
        "imports at the top",
        hidden_imports,
        "import at the top, or write `# noqa: PLC0415  # why` when it delays a heavy optional library",
    ),
    Law(
        "the clock is an argument", clock_reads, "take `now` or `clock` as an argument; only overheard/ reads the clock"
    ),
    Law(
        "one door to the network",
        network_imports,
        f"fetch through SafeFetcher; only these may import a network module: {', '.join(NETWORK_FILES)}",
    ),
    Law("no data as code", dangerous_code, "keep data in JSON or TOML and classes in a registry of constants"),
    Law(
        "SQL with bound parameters",
        assembled_sql,
        "use SQLAlchemy expressions, or a constant statement with bindparams",
    ),
)
EVERYWHERE_LAWS = (
    Law(
        "exemptions carry code and reason",
        unexplained_exemptions,
        "write `# noqa: CODE  # why` or `# type: ignore[code]  # why` (one reason serves the lines below)",
    ),
)
