"""A goal as a config writes it, `kpi` being left open."""

from __future__ import annotations

GOAL = """
[[goals]]
kpi = "{kpi}"
target = 100
baseline = 0
start = 2026-07-01
end = 2026-07-20
why = "fills the calendar"
"""
