"""Everything that comes in: collectors, clean text, matching, stories, the round of polls."""
