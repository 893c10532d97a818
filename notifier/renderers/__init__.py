"""The digest in the forms in which people read it; renderers compute nothing."""
