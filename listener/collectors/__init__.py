"""The sources. One file each; listener/registry.py names them."""
