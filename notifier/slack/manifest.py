"""The manifest of the Slack app: a description from which Slack makes the app, with no scope that is not needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from notifier.destinations import destination, named_channels
from notifier.slack.pictures import pictures_on

NAME = "Overheard"
COMMAND = "/overheard"
ADDRESS = "https://overheard.example.com/slack"  # to be replaced by one's own
_ABOUT = "Posts what is said of your brands: share of voice, sentiment, stories."


@dataclass(frozen=True, slots=True)
class Needs:
    """What the app must be able to do."""

    webhook: bool = False  # post through an incoming webhook, and nothing else
    private: bool = False  # a channel is a private one
    several: bool = False  # the config names more than one channel, so that there may be public ones beside it
    pictures: bool = False  # upload files
    interactive: bool = False  # hear of presses of buttons
    commands: bool = False  # hear of the slash command
    address: str | None = None  # where Slack posts both; None: it hands them over a web socket


def needs_of(settings: Settings | None, *, private: bool = False, address: str = ADDRESS) -> Needs:
    """Give what a config asks for; without one, what a bot in one channel needs.

    `address`: where Slack reaches the app, asked for only by a config with a signing secret.
    """
    slack = settings.slack if settings else None
    by_webhook = slack is not None and slack.token is None and slack.webhook is not None
    pictures = settings is not None and pictures_on(settings)
    named = {destination(settings, channel) for _, channel in named_channels(settings)} if settings else set()
    hears = slack is not None and slack.hears
    posted = address if slack is not None and slack.signing_secret is not None else None
    return Needs(
        webhook=by_webhook,
        private=private,
        several=len(named) > 1,
        pictures=pictures,
        interactive=hears,
        commands=hears,
        address=posted,
    )


def scopes(needs: Needs) -> list[str]:
    """Give the bot scopes, in the order of their names."""
    if needs.webhook:
        return ["incoming-webhook"]
    kinds = ["groups"] if needs.private else ["channels"]
    kinds += ["channels"] if needs.private and needs.several else []
    found = ["chat:write"]
    found += [f"{kind}:history" for kind in kinds]  # to find a message whose answer was lost
    found += [f"{kind}:read" for kind in kinds]  # to find a channel by its name, and to tell whether the bot is in it
    found += ["files:write"] if needs.pictures else []
    found += ["commands"] if needs.commands else []
    return sorted(found)


def manifest(needs: Needs) -> dict[str, Any]:
    """Give the manifest, as Slack takes it under "Create New App", "From a manifest"."""
    features: dict[str, Any] = {"bot_user": {"display_name": NAME.lower(), "always_online": False}}
    if needs.commands:
        features["slash_commands"] = [
            {
                "command": COMMAND,
                "description": "Ask for mentions, shares, coverage, or where a number comes from",
                "usage_hint": "mentions QUERY | sov 7d | coverage | why ID",
                "should_escape": False,
                **({"url": needs.address} if needs.address else {}),
            }
        ]
    settings: dict[str, Any] = {
        "org_deploy_enabled": False,
        "socket_mode_enabled": (needs.interactive or needs.commands) and needs.address is None,
        "token_rotation_enabled": False,  # a token that changes by itself would end the digests
    }
    if needs.interactive:
        settings["interactivity"] = {
            "is_enabled": True,
            **({"request_url": needs.address} if needs.address else {}),
        }
    return {
        "display_information": {"name": NAME, "description": _ABOUT},
        "features": features,
        "oauth_config": {"scopes": {"bot": scopes(needs)}},
        "settings": settings,
    }
