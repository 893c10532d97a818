"""Everything that comes in: collectors, clean text, matching, stories, the round of polls.

Where to look: `contract` is what a collector must be, `registry` names those that are there, `collectors` holds them.
`run` polls what is due, `writer` commits what came, `pacing` says when next. `http` fetches (with `addresses`,
`connections`, `watchdog`, `decoding` and `answers`), `feeds` and `tables` read what was fetched, `clean` makes plain
text of it. `matching` finds brands in folded text (`folding`), `stories` finds what tells the same. `campaigns` reads
files of campaign results.
"""
