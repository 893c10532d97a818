"""Formats of campaign exports: one TOML file each. What stands here is known, `listener.campaigns.mapping` reads it."""
