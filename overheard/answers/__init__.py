"""Answers to questions about the history, as lines: the command line prints them, Slack gets them in a thread."""
