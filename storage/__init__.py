"""The nouns, and the database that keeps them."""
