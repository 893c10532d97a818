"""The nouns, and the database that keeps them.

Where to look: `records` for the nouns that all rooms share; `database` to open one, read and write (`sqlite_file` for
the file itself, `migrations` and `tables` for the schema, `types` for columns that mean the same on both databases,
`views` for analysts, `upkeep` for copies, `lease` for who works on it). What is kept: `mentions` (the door to the
history), `voice` (how much was heard of each brand), `coverage` with `spans` (what was listened to), `states` (where
each query stands), `outbox` (what is to be sent), `figures` (what was shown).
"""
