"""What the command line refuses beyond config, store and sources."""

from __future__ import annotations

from config.errors import OverheardError


class WrongUseError(OverheardError):
    """What was asked for does not exist or does not fit; exit code 2."""


class UnknownBrandError(WrongUseError):
    """No brand of that name stands in the config."""


class UnknownMentionError(WrongUseError):
    """No mention, or more than one, is meant by what was given."""


class UnknownSourceError(WrongUseError):
    """No query of that key stands in the config."""
