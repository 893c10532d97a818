"""The digest as data, and the sentences about it that all renderers share."""
