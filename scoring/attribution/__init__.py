"""Whose doing a conversion was: the same paths seen through several models, side by side."""
