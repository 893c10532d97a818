from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOMS, ROOT, sources, text_files

# Written in pieces, so that this file does not hold what it looks for.
REGISTRY_HOSTS = re.compile(
    "|".join(["py" + r"pi\.(?:org|python\.org)", "python" + r"hosted\.org", "ana" + r"conda\.org"])
)
MACHINE_PATHS = re.compile(
    "|".join(["/" + r"work/[a-z.]", "/" + r"root/", "/" + r"home/(?!overheard\b)\w", "/" + r"Users/\w"])
)
DATA = {".csv", ".jsonl", ".xml", ".json"}  # posts and feeds may name any path


def lines_with(pattern: re.Pattern[str], *, data: bool) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in text_files()
        if data or Path(path).suffix not in DATA
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    found = lines_with(REGISTRY_HOSTS, data=True)
    assert not found, (
        "requirements carry versions and hashes; where packages come from is the machine's affair:\n" + "\n".join(found)
    )


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = lines_with(MACHINE_PATHS, data=False)
    assert not found, "write a path from the root of the checkout, or take it as an argument:\n" + "\n".join(found)


def test_every_make_target_tells_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = {name for line in re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE) for name in line.split()}
    told = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert phony == told, f"give each target a `.PHONY` line and a `## help`; only in one of both: {phony ^ told}"


def has_tests(folder: str) -> bool:
    """Tell whether tests/<folder>/ holds tests, or tests/<parent>/ a file named after the folder."""
    mirror = ROOT / "tests" / folder
    return any(mirror.glob("test_*.py")) or any(mirror.parent.glob(f"test_{mirror.name}*.py"))


def test_every_folder_of_the_rooms_is_mirrored_in_the_tests() -> None:
    folders = {Path(one.path).parent.as_posix() for one in sources(*ROOMS) if one.stem != "__init__"}
    missing = [folder for folder in sorted(folders) if not has_tests(folder)]
    assert not missing, f"put tests into tests/<folder>/test_<file>.py; none for: {missing}"


def slug(heading: str) -> str:
    """Give the anchor that a heading gets on a page."""
    kept = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)}


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "requirements").glob("*.md")])


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert not lost, f"{page.relative_to(ROOT)}: these links lead nowhere: {lost}"
