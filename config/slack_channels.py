"""How a config names a channel of Slack: by its id, or by the name that people see."""

from __future__ import annotations

import re

_ID = re.compile(r"[CGD][A-Z0-9]{7,}")
_NAME = re.compile(r"#?[\w-]{1,80}")
REMEDY = (
    'write the id that stands at the end of the channel\'s details, for example "C0123456789", '
    'or the name in small letters, for example "#brand-news"'
)


def is_channel_id(text: str) -> bool:
    """Tell an id from a name, which has no capitals."""
    return _ID.fullmatch(text) is not None


def is_channel(text: str) -> bool:
    """Tell whether Slack could have a channel of this id or name."""
    return is_channel_id(text) or (_NAME.fullmatch(text) is not None and text == text.lower())
