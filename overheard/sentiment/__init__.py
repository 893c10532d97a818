"""Sentiment: the scorers that a config asks for, corrections by people, and what is learned from them."""
