from __future__ import annotations

import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.architecture.house import ROOMS, ROOT

ALLOWED = {
    "config": set(),
    "storage": {"config"},
    "listener": {"storage", "config"},
    "scoring": {"storage", "config"},
    "notifier": {"scoring", "listener", "storage", "config"},
    "overheard": {"notifier", "scoring", "listener", "storage", "config"},
}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, cache_dir=None, exclude_type_checking_imports=True)


def test_no_module_imports_itself_on_a_detour(imports: grimp.ImportGraph) -> None:
    order = TopologicalSorter({name: imports.find_modules_directly_imported_by(name) for name in imports.modules})
    try:
        order.prepare()
    except CycleError as found:
        pytest.fail(f"move what both need into a file of its own: {' -> '.join(reversed(found.args[1]))}")


def test_rooms_import_downwards_only(imports: grimp.ImportGraph) -> None:
    upwards = [
        f"{importer} -> {name}"
        for importer in sorted(imports.modules)
        for name in sorted(imports.find_modules_directly_imported_by(importer))
        if (rooms := (importer.partition(".")[0], name.partition(".")[0]))[0] != rooms[1]
        and rooms[1] not in ALLOWED[rooms[0]]
    ]
    assert not upwards, "hand the thing in as an argument from above, or move the noun down:\n" + "\n".join(upwards)


def test_scoring_knows_nothing_of_the_database(imports: grimp.ImportGraph) -> None:
    scoring = {name for name in imports.modules if name.partition(".")[0] == "scoring"}
    reached = {name for one in scoring for name in imports.find_modules_directly_imported_by(one)}
    of_storage = {name for name in reached if name.partition(".")[0] == "storage"}
    assert of_storage <= {"storage.records", "storage.campaign_records"}, (
        "scoring takes records and gives numbers; the caller asks the store"
    )


def test_the_import_contract_of_the_checks_holds() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
