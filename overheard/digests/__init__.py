"""Digests: which is due, of which stretch of time, and what the store says about it."""
