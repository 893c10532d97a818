"""Everything that goes out: the digest, its renderers, the outbox, and the channels."""
