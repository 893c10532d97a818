"""Looks for alerts: what rules are shown, what is kept of a look, and history replayed."""
