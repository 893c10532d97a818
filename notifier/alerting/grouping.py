"""The seventh stage: alerts of one cause go into one message."""

from __future__ import annotations

from collections.abc import Sequence

from notifier.alerting.outcome import Case
from storage.alert_records import Why

Group = tuple[Case, ...]  # the most severe first; not empty


def grouped(cases: Sequence[Case]) -> list[Group]:
    """Give the cases in groups, the most urgent group first: the more severe one, then the one that waits longer.

    Alerts of one brand belong together when their windows touch, directly or through a third one; alerts of no brand,
    such as silent sources, when one rule found them. What is escalated stands in messages of its own.
    """
    by_cause: dict[tuple[bool, str, str], list[Case]] = {}
    for case in sorted(cases, key=lambda case: (case.alert.window.start, case.alert.id)):
        by_cause.setdefault(_cause(case), []).append(case)
    groups = [tuple(sorted(run, key=_urgency)) for some in by_cause.values() for run in _runs(some)]
    return sorted(
        groups, key=lambda group: (_urgency(group[0])[0], min(case.first_at for case in group), group[0].alert.id)
    )


def _cause(case: Case) -> tuple[bool, str, str]:
    escalated = case.why is Why.ESCALATED
    if case.alert.brand is None:
        return escalated, "rule", case.alert.rule
    return escalated, "brand", case.alert.brand


def _runs(cases: Sequence[Case]) -> list[list[Case]]:
    """Split cases of one cause, in the order of their windows' starts, where windows leave a gap between them."""
    runs: list[list[Case]] = []
    reach = None
    for case in cases:
        window = case.alert.window
        if reach is None or (window.start > reach and case.alert.brand is not None):
            runs.append([])
            reach = window.end
        runs[-1].append(case)
        reach = max(reach, window.end)
    return runs


def _urgency(case: Case) -> tuple[int, str]:
    return -case.alert.severity.rank, case.alert.id
