from __future__ import annotations

import ast
import statistics

import pytest

from tests.architecture.house import AROUND, ROOMS, Source, sources
from tests.architecture.laws import function_length

FILE_CAP = 400
TEST_FILE_CAP = 600
MEDIAN_FILE = 150
FUNCTION_CAP = 70
TYPICAL_FUNCTION = 40
DOCUMENTED = 0.95


def lines_of(source: Source) -> int:
    return len(source.text.splitlines())


@pytest.mark.parametrize(("folders", "cap"), [(ROOMS, FILE_CAP), (AROUND, TEST_FILE_CAP)], ids=["rooms", "around"])
def test_no_file_is_longer_than_its_cap(folders: tuple[str, ...], cap: int) -> None:
    long = [f"{one.path}: {lines_of(one)} lines" for one in sources(*folders) if lines_of(one) > cap]
    assert not long, f"split by nouns until each file has at most {cap} lines:\n" + "\n".join(long)


def test_the_median_file_fits_on_a_few_screens() -> None:
    median = statistics.median(lines_of(one) for one in sources(*ROOMS) if one.stem != "__init__")
    assert median <= MEDIAN_FILE, f"the median file has {median} lines, above {MEDIAN_FILE}: split the longest ones"


def test_no_function_is_longer_than_its_cap() -> None:
    long = [
        f"{one.path}:{function.lineno}: {function.name} has {function_length(function)} lines"
        for one in sources(*ROOMS, *AROUND)
        for function in one.functions()
        if function_length(function) > FUNCTION_CAP
    ]
    assert not long, f"split until each function has at most {FUNCTION_CAP} lines:\n" + "\n".join(long)


def test_nineteen_functions_of_twenty_are_short() -> None:
    lengths = sorted(function_length(function) for one in sources(*ROOMS) for function in one.functions())
    if not lengths:
        pytest.skip("no functions yet")
    high = lengths[int(len(lengths) * 0.95)]
    assert high <= TYPICAL_FUNCTION, f"5 % of the functions have {high} lines or more: split the longest ones"


def public_definitions(source: Source) -> list[tuple[int, str, str | None]]:
    """Give (line, name, docstring) of the module, its public classes, functions and methods."""
    found: list[tuple[int, str, str | None]] = [(1, source.path, ast.get_docstring(source.tree))]
    waiting: list[ast.Module | ast.ClassDef] = [source.tree]
    while waiting:
        for node in waiting.pop().body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith(
                "_"
            ):
                found.append((node.lineno, node.name, ast.get_docstring(node)))
                if isinstance(node, ast.ClassDef):
                    waiting.append(node)
    return found


def test_public_things_say_what_the_caller_gets() -> None:
    everything = [(one.path, *found) for one in sources(*ROOMS) for found in public_definitions(one)]
    silent = [
        f"{path}:{line}: {name}" for path, line, name, doc in everything if not (doc or "").split("\n")[0].strip()
    ]
    share = 1 - len(silent) / len(everything)
    assert share >= DOCUMENTED, f"{share:.1%} have a docstring with a first line; add one to:\n" + "\n".join(silent)
