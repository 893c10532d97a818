"""Everything that goes out: the digest, its renderers, the outbox, Slack and the console."""
