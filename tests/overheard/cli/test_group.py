"""The help is the table's, the exit codes are those that scripts rely on."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib.metadata import version

import click
import pytest

from config.errors import ConfigError, LeaseHeldError, OverheardError, Problem, SecretError, StoreError
from overheard.cli import COMMANDS, VERSION, help_text, main, version_text
from overheard.cli.group import LazyGroup, exit_code, make_group, run


class EagerGroup(click.Group):
    """What click itself would make of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        return click.Command(cmd_name, help=COMMANDS[cmd_name][1])


def test_static_help_is_what_click_prints() -> None:
    eager = make_group(EagerGroup)
    printed = eager.get_help(click.Context(eager, info_name="overheard", terminal_width=80))
    assert help_text() == printed + "\n"


def test_lazy_group_prints_the_static_help() -> None:
    group = make_group()
    assert isinstance(group, LazyGroup)
    assert group.get_help(click.Context(group, info_name="overheard")) + "\n" == help_text()


def test_version_is_the_installed_one() -> None:
    assert version("overheard") == VERSION
    assert version_text() == f"overheard {VERSION}\n"


def test_help_imports_nothing_but_the_table() -> None:
    code = (
        "import sys; sys.argv = ['overheard', '--help']; before = set(sys.modules)\n"
        "from overheard.cli import main\n"
        "main(); print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == help_text() + "['overheard', 'overheard.cli', 'overheard.cli.table']\n"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_takes_a_config_and_has_the_help_of_the_table(name: str) -> None:
    group = make_group()
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]
    takers = command.commands.values() if isinstance(command, click.Group) else [command]
    for taker in takers:
        assert any("--config" in option.opts for option in taker.params), taker.name


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (OverheardError("x"), 1),
        (StoreError("x"), 1),
        (ConfigError("o.toml", [Problem("brands", "missing", "add one")]), 2),
        (SecretError("x"), 2),
        (LeaseHeldError("x"), 3),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_exit_code_of_an_error(problem: OverheardError, code: int) -> None:
    assert exit_code(problem) == code


@pytest.mark.parametrize(
    ("asked", "nearest"), [("colect", "collect"), ("digests", "digest"), ("source", "sources")], ids=lambda name: name
)
def test_mistyped_command_names_the_nearest(asked: str, nearest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([asked]) == 2
    assert f"did you mean '{nearest}'?" in capsys.readouterr().err


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_shows_an_example_that_it_understands(name: str) -> None:
    group = make_group()
    command = group.get_command(click.Context(group), name)
    assert command is not None
    _, _, examples = (command.help or "").partition("Example")
    lines = [line.strip() for line in examples.splitlines()[1:]]
    assert lines
    for line in lines:
        program, *arguments = shlex.split(line.partition(" > ")[0])
        assert program == "overheard"
        _, found, rest = group.resolve_command(click.Context(group), arguments)
        assert found is command
        found.make_context(name, rest)


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["sov", "--format", "pdf"]], ids=" ".join)
def test_wrong_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "start"),
    [
        ([], 0, "Usage: overheard"),
        (["--help"], 0, "Usage: overheard"),
        (["--version"], 0, "overheard "),
        (["sov", "--help"], 0, "Usage: overheard sov"),
    ],
    ids=["nothing", "help", "version", "help of a command"],
)
def test_main_answers_from_the_command_line(
    arguments: list[str], code: int, start: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["overheard", *arguments])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back afterwards
    assert main() == code
    assert capsys.readouterr().out.startswith(start)


def test_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "overheard", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == version_text()


def test_bug_is_told_before_the_trace_and_ends_with_one() -> None:
    code = (
        "import sys; sys.argv = ['overheard', 'sov']\n"
        "import overheard.cli.group\n"
        "overheard.cli.group.run = lambda asked: 1 / 0\n"
        "from overheard.cli import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("this is a bug in overheard, not your mistake: ZeroDivisionError: division by zero\n")
