"""Who may ask, and where."""

from __future__ import annotations

import pytest

from config.settings import Settings
from config.values import Secret
from notifier.asking.interaction import Asker
from notifier.asking.permission import Permission


def permission(**keys: object) -> Permission:
    slack = {"token": Secret("env:T"), "app_token": Secret("env:A"), "channel": "C0123456789", **keys}
    return Permission.from_settings(Settings.model_validate({"brands": [{"name": "Acme"}], "slack": slack}))


def asker(user: str = "U0HUMAN11", channel: str = "C0123456789", place: str = "listening") -> Asker:
    return Asker(user, "kim", channel, place)


@pytest.mark.parametrize(
    ("keys", "who", "may"),
    [
        ({}, asker(), True),
        ({}, asker(channel="C0999999999"), False),
        ({}, asker(channel="D0999999999"), False),
        ({"channels": ("C0999999999",)}, asker(channel="C0999999999"), True),
        ({"channels": ("#listening",)}, asker(channel="C0777777777"), True),
        ({"channel": "listening"}, asker(channel="C0777777777"), True),
        ({"channel": "listening"}, asker(channel="C0777777777", place="privategroup"), False),
        ({"users": ("U0HUMAN11",)}, asker(), True),
        ({"users": ("U0HUMAN22",)}, asker(), False),
    ],
    ids=[
        "where the config posts",
        "elsewhere",
        "in private",
        "in a channel of the list",
        "by name",
        "channel by name",
        "private channel by name",
        "of the list",
        "not of the list",
    ],
)
def test_the_config_says_who_may_and_where(keys: dict[str, object], who: Asker, may: bool) -> None:
    assert (permission(**keys).refusal(who) is None) == may


def test_channels_of_their_own_take_the_place_of_those_that_the_config_posts_to() -> None:
    assert permission(channels=("C0999999999",)).refusal(asker()) is not None


def test_a_refusal_says_what_to_add() -> None:
    assert 'adds "C0999999999" to channels in [slack]' in str(permission().refusal(asker(channel="C0999999999")))
    assert 'adds "U0HUMAN11" to users in [slack]' in str(permission(users=("U0HUMAN22",)).refusal(asker()))
