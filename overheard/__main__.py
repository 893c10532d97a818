"""`python -m overheard` is the command `overheard`."""

from __future__ import annotations

import sys

from overheard.cli import main

sys.exit(main())
