"""Words and phrases that more people use of a brand than before: what a word is, and what chance does not explain."""
