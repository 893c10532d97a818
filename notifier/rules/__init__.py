"""The alert rules, one file each. What one is and what adding one costs is told in CONTRIBUTING.md."""
