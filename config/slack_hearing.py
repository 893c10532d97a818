"""The keys of [slack] by which buttons and commands are heard: one way in, and who may use it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from config.findings import Finding
from config.slack_channels import REMEDY, is_channel

_USER = re.compile(r"[UW][A-Z0-9]{7,}")
_LISTEN = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\]):(?P<port>\d{1,5})")
_PORTS = range(1, 65536)


def check_hearing(keys: Mapping[str, object]) -> Iterator[Finding]:
    """Check the keys as written: the web socket or the address, not both, and never without a token to answer with."""
    at = ("slack",)
    ways = [key for key in ("app_token", "signing_secret") if key in keys]
    if len(ways) > 1:
        remedy = "keep app_token, which needs no open port; or signing_secret with listen"
        yield Finding((*at, "signing_secret"), "an app token and a signing secret together", remedy)
    elif ways and "token" not in keys:
        what = "nobody could answer: a webhook has neither buttons nor commands"
        yield Finding((*at, ways[0]), what, 'add token = "env:SLACK_BOT_TOKEN" and a channel, in place of the webhook')
    elif ways == ["signing_secret"] and "listen" not in keys:
        yield Finding((*at, "signing_secret"), "nowhere to listen", 'add listen = "127.0.0.1:8421"')
    for key in ("listen", "users", "channels"):
        needed = "signing_secret" if key == "listen" else "app_token"
        if key in keys and needed not in keys and (key == "listen" or not ways):
            remedy = f'add {needed} = "env:SLACK_{needed.upper()}", or remove {key}'
            yield Finding((*at, key), f"nobody listens without {needed}", remedy)
    yield from _check_values(keys)


def listened(listen: str) -> tuple[str, int]:
    """Give host and port. Raises ValueError for what is neither."""
    found = _LISTEN.fullmatch(listen)
    if found is None or int(found["port"]) not in _PORTS:
        raise ValueError(f"{listen!r} is no address with a port")
    return found["host"].strip("[]"), int(found["port"])


def _check_values(keys: Mapping[str, object]) -> Iterator[Finding]:
    at, listen = ("slack",), keys.get("listen")
    if isinstance(listen, str):
        try:
            listened(listen)
        except ValueError:
            remedy = 'write for example "127.0.0.1:8421", and let a reverse proxy lead to it'
            yield Finding((*at, "listen"), "no address with a port", remedy)
    for place, user in enumerate(_texts(keys.get("users"))):
        if not _USER.fullmatch(user):
            remedy = 'open the person\'s profile, "Copy member ID", for example "U0123456789"'
            yield Finding((*at, "users", place), "not a user's id", remedy)
    for place, channel in enumerate(_texts(keys.get("channels"))):
        if not is_channel(channel):
            yield Finding((*at, "channels", place), "neither a channel's id nor its name", REMEDY)


def _texts(value: object) -> list[str]:
    """Give a list of texts; what is none is left to the model."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
