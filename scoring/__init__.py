"""Arithmetic only: sentiment, share of voice, baselines. No SQL, no HTTP, no Slack."""
