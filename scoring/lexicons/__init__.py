"""Sentiment by lexicon files: words, negators, boosters, contrasts and comparisons of any language."""
