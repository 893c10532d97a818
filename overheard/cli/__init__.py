"""The command line: the way from a command's name to its code.

    main()  --help, --version, nothing   answered here, from the table alone, before anything is imported
            anything else                overheard.cli.group imports click and the one module that is asked for

A command is a click command called `command` in a module of its own; it takes `--config` by the
`config_option` of `overheard.cli.options`.
Nothing but `sys` and the table may be imported at the top of this file: `overheard --help` stays as fast as a
bare interpreter allows.
"""

from __future__ import annotations

import sys

from overheard.cli.table import ABOUT, COMMANDS, NAME, VERSION, help_text, version_text

__all__ = ["ABOUT", "COMMANDS", "NAME", "VERSION", "help_text", "main", "version_text"]


def main() -> int:
    """Run the command that the arguments name. Gives the exit code: 0, 1, 2, 3, 4, or 130 when interrupted."""
    asked = sys.argv[1:]
    if not asked or asked == ["--help"]:
        return _say(help_text())
    if asked == ["--version"]:
        return _say(version_text())
    from overheard.guard import foreign_room  # noqa: PLC0415  # nothing may come before the fast answers above

    stranger = foreign_room()
    if stranger is not None:
        sys.stderr.write(f"{NAME}: {stranger}\n")
        return 1
    from overheard.cli.group import run  # noqa: PLC0415  # click costs three bare interpreters
    from overheard.logs import tell_of_bug  # noqa: PLC0415  # as above
    from overheard.streams import tolerate_letters  # noqa: PLC0415  # as above

    sys.excepthook = tell_of_bug
    tolerate_letters()
    return run(asked)


def _say(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us went away: nothing more to say
        return 1
    return 0
