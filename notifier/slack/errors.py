"""What Slack's error codes mean for a delivery, and what a person can do about each."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """How to go on after an error, and the remedy shown to the user."""

    reason: Reason
    permanent: bool
    remedy: str
    uncertain: bool = False  # the message may have been posted all the same
    elsewhere: bool = False  # another channel may take it
    moot: bool = False  # what it belongs to is gone, or stays as it is: it is dropped


_COPY_AGAIN = "copy the Bot User OAuth Token of your app into the variable that slack.token names"
_REINSTALL = "install the app into the workspace again and copy its new token"
_CHANNEL_ID = "put the channel's id (channel name > About > Channel ID) into the config"
_INVITE = "invite the bot: type /invite @YourBot in the channel"
_ADMIN = "ask an administrator of the workspace"
_REPORT = "this is a fault in Overheard's message; please report it with the digest's JSON"
_NO_PICTURES = "or do without pictures: slack.pictures = false"
_LATER = "Slack has trouble; it is tried again by itself"

VERDICTS: dict[str, Verdict] = {
    # the token
    "not_authed": Verdict(Reason.AUTH, True, _COPY_AGAIN),
    "invalid_auth": Verdict(Reason.AUTH, True, _COPY_AGAIN),
    "token_revoked": Verdict(Reason.AUTH, True, _REINSTALL),
    "token_expired": Verdict(Reason.AUTH, True, "switch token rotation off in the app, then " + _REINSTALL),
    "account_inactive": Verdict(Reason.AUTH, True, "the bot user was removed: " + _REINSTALL),
    "user_is_bot": Verdict(Reason.AUTH, True, _COPY_AGAIN),
    "not_allowed_token_type": Verdict(Reason.AUTH, True, "use the token that begins with xoxb-: " + _COPY_AGAIN),
    "missing_scope": Verdict(Reason.AUTH, True, "add the scope under OAuth & Permissions, then " + _REINSTALL),
    "no_permission": Verdict(Reason.AUTH, True, "add the scope chat:write, then " + _REINSTALL),
    "ekm_access_denied": Verdict(Reason.AUTH, True, _ADMIN + " to unlock the workspace's keys"),
    "access_denied": Verdict(Reason.AUTH, True, _ADMIN + " to allow the app"),
    "org_login_required": Verdict(Reason.AUTH, False, "the workspace is being migrated; it is tried again by itself"),
    "two_factor_setup_required": Verdict(Reason.AUTH, True, _ADMIN + ": two-factor sign-in must be set up"),
    "accesslimited": Verdict(Reason.AUTH, True, _ADMIN + ": access to this method is limited"),
    "team_access_not_granted": Verdict(Reason.AUTH, True, _ADMIN + " to approve the app for this workspace"),
    "team_added_to_org": Verdict(Reason.AUTH, False, "the workspace is being moved; it is tried again by itself"),
    # the channel
    "channel_not_found": Verdict(
        Reason.NOT_FOUND, True, _CHANNEL_ID + "; if it is private, " + _INVITE, elsewhere=True
    ),
    "not_in_channel": Verdict(Reason.MISCONFIGURED, True, _INVITE, elsewhere=True),
    "is_archived": Verdict(Reason.GONE, True, "unarchive the channel, or name another in the config", elsewhere=True),
    "restricted_action": Verdict(
        Reason.MISCONFIGURED, True, _ADMIN + " to let the app post in this channel", elsewhere=True
    ),
    "restricted_action_read_only_channel": Verdict(
        Reason.MISCONFIGURED, True, "choose a channel that is not read-only", elsewhere=True
    ),
    "restricted_action_thread_only_channel": Verdict(
        Reason.MISCONFIGURED, True, "choose a channel that takes messages", elsewhere=True
    ),
    "restricted_action_non_threadable_channel": Verdict(Reason.MISCONFIGURED, True, "choose a channel with threads"),
    "restricted_action_thread_locked": Verdict(Reason.MISCONFIGURED, True, "the thread is locked: unlock it"),
    "cannot_reply_to_message": Verdict(Reason.MISCONFIGURED, True, "choose a channel with threads"),
    "thread_not_found": Verdict(
        Reason.GONE, True, "the first message was deleted; nothing needs to be done", moot=True
    ),
    "messages_tab_disabled": Verdict(
        Reason.MISCONFIGURED, True, "switch on the app's Messages tab, or use a channel", elsewhere=True
    ),
    "method_not_supported_for_channel_type": Verdict(Reason.MISCONFIGURED, True, _CHANNEL_ID, elsewhere=True),
    "slack_connect_canvas_sharing_blocked": Verdict(Reason.MISCONFIGURED, True, _ADMIN),
    # the message that is edited
    "message_not_found": Verdict(Reason.GONE, True, "the message was deleted; nothing needs to be done", moot=True),
    "cant_update_message": Verdict(Reason.GONE, True, "another app posted it: it stays as it was", moot=True),
    "edit_window_closed": Verdict(
        Reason.GONE, True, "it stays as it was; allow later edits in the workspace's settings, Permissions", moot=True
    ),
    "update_failed": Verdict(Reason.SERVER, False, _LATER),
    # the message
    "msg_too_long": Verdict(Reason.TOO_LARGE, True, _REPORT),
    "msg_blocks_too_long": Verdict(Reason.TOO_LARGE, True, _REPORT),
    "invalid_blocks": Verdict(Reason.MALFORMED, True, _REPORT),
    "invalid_blocks_format": Verdict(Reason.MALFORMED, True, _REPORT),
    "invalid_metadata_format": Verdict(Reason.MALFORMED, True, _REPORT),
    "invalid_metadata_schema": Verdict(Reason.MALFORMED, True, _REPORT),
    "metadata_too_large": Verdict(Reason.TOO_LARGE, True, _REPORT),
    "no_text": Verdict(Reason.MALFORMED, True, _REPORT),
    "too_many_attachments": Verdict(Reason.MALFORMED, True, _REPORT),
    "invalid_arguments": Verdict(Reason.MALFORMED, True, _REPORT),
    "invalid_json": Verdict(Reason.MALFORMED, True, _REPORT),
    "invalid_charset": Verdict(Reason.MALFORMED, True, _REPORT),
    "invalid_post_type": Verdict(Reason.MALFORMED, True, _REPORT),
    # files
    "file_not_found": Verdict(Reason.SERVER, False, "Slack lost the upload; it is made again by itself"),
    "file_update_failed": Verdict(Reason.SERVER, False, _LATER, uncertain=True),
    "file_upload_size_restricted": Verdict(Reason.TOO_LARGE, True, _ADMIN + " to allow larger files, " + _NO_PICTURES),
    "storage_limit_reached": Verdict(Reason.TOO_LARGE, True, "delete files of the workspace, " + _NO_PICTURES),
    "blocked_file_type": Verdict(Reason.MISCONFIGURED, True, _ADMIN + " to allow PNG files, " + _NO_PICTURES),
    "malware_detected": Verdict(Reason.MISCONFIGURED, True, _ADMIN + " to look into it, " + _NO_PICTURES),
    "file_uploads_disabled": Verdict(Reason.MISCONFIGURED, True, _ADMIN + " to allow uploads, " + _NO_PICTURES),
    "alt_txt_too_large": Verdict(Reason.TOO_LARGE, True, _REPORT),
    "invalid_channel": Verdict(Reason.NOT_FOUND, True, _CHANNEL_ID),
    "posting_to_channel_denied": Verdict(Reason.MISCONFIGURED, True, _ADMIN + " to let the app post in this channel"),
    # the weather
    "ratelimited": Verdict(Reason.RATE_LIMITED, False, "Slack asks to wait; it is tried again by itself"),
    "rate_limited": Verdict(Reason.RATE_LIMITED, False, "Slack asks to wait; it is tried again by itself"),
    "message_limit_exceeded": Verdict(Reason.RATE_LIMITED, False, "the channel's limit is reached; it is tried again"),
    "service_unavailable": Verdict(Reason.SERVER, False, _LATER),
    "team_not_found": Verdict(Reason.NOT_FOUND, True, _COPY_AGAIN),
    "internal_error": Verdict(Reason.SERVER, False, _LATER, uncertain=True),
    "fatal_error": Verdict(Reason.SERVER, False, _LATER, uncertain=True),
    "request_timeout": Verdict(Reason.TIMEOUT, False, _LATER),
    "deprecated_endpoint": Verdict(Reason.GONE, True, "update Overheard: Slack retired the method it uses"),
    "method_deprecated": Verdict(Reason.GONE, True, "update Overheard: Slack retired the method it uses"),
    # incoming webhooks answer with these words
    "invalid_payload": Verdict(Reason.MALFORMED, True, _REPORT),
    "no_service": Verdict(Reason.GONE, True, "the webhook was removed: make a new one and put it into its variable"),
    "no_service_id": Verdict(Reason.MISCONFIGURED, True, "the webhook's address is not whole: copy it again"),
    "no_team": Verdict(Reason.MISCONFIGURED, True, "the webhook's address is not whole: copy it again"),
    "invalid_token": Verdict(Reason.AUTH, True, "the webhook's address is wrong or was revoked: make a new one"),
    "team_disabled": Verdict(Reason.GONE, True, "the workspace is switched off: " + _ADMIN),
    "channel_is_archived": Verdict(Reason.GONE, True, "unarchive the channel, or make a webhook for another one"),
    "action_prohibited": Verdict(Reason.AUTH, True, _ADMIN + " to allow webhooks"),
    "posting_to_general_channel_denied": Verdict(Reason.AUTH, True, "make a webhook for another channel"),
    "user_not_found": Verdict(Reason.NOT_FOUND, True, "make a new webhook: its user is gone"),
    "rollup_error": Verdict(Reason.SERVER, False, _LATER, uncertain=True),
}

# An error that is not known may be new, and may be about this one message: try again, within the budget.
_UNKNOWN = Verdict(Reason.SERVER, False, "Slack's documentation tells what this means; it is tried again by itself")


def verdict(code: str) -> Verdict:
    """Give how to go on after an error code."""
    return VERDICTS.get(code, _UNKNOWN)
