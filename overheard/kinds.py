"""What a config may choose from: the kinds of all registries together."""

from __future__ import annotations

from config.kinds import Kinds
from listener.registry import source_kinds
from notifier.registry import rule_kinds


def all_kinds() -> Kinds:
    """Give what config.load wants to know; imports a collector or a rule only when its table is there."""
    return Kinds(source_kinds(), rule_kinds())
