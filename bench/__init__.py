"""Measures of what the project claims, each a ratio against a named peer in one run: `python -m bench [name ...]`."""
