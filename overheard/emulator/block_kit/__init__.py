"""Block Kit as rules: each file holds the shapes of one family, built from the few checks of `checks`."""
