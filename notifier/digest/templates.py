"""How much a digest tells. What a template leaves out is left out of the data, so that no renderer can bring it back.

Headline, table of brands, what was not heard, problems, formulas and ids stand in every digest: without them a number
cannot be judged.
"""

from __future__ import annotations

from dataclasses import replace

from notifier.digest.contents import Digest, Template


def shortened(digest: Digest, template: Template) -> Digest:
    """Give a digest with the parts of a template: `full` is all of it."""
    if template == "full":
        return digest
    kept = replace(digest, template=template, trends=(), stories=(), rising=(), quotes=())
    return kept if template == "executive" else replace(kept, campaigns=None)
