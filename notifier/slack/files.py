"""Files in a Slack thread: an address for each, its bytes, and one message that shares all of them.

Only the last step shows anything; whatever ends before it leaves nothing behind, and is done again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.errors import OverheardError
from notifier.charts.drawing import png
from notifier.charts.picture import Picture
from notifier.contract import Receipt, SendError
from notifier.letters import pictures_in
from notifier.slack.client import NAME, TIMEOUT, SlackClient
from notifier.slack.transport import upload, uploadable
from storage.records import Delivery, Reason


def share(client: SlackClient, channel: str, delivery: Delivery, thread: str | None) -> Receipt:
    """Draw the pictures of a delivery, upload them, and share them in a thread. Raises SendError."""
    shown = pictures_in(delivery.payload)
    drawn = [_drawn(each) for each in shown]
    ids = [_uploaded(client, each, content) for each, content in zip(shown, drawn, strict=True)]
    files: list[dict[str, str | None]] = [
        {"id": file, "title": str(each["title"])} for file, each in zip(ids, shown, strict=True)
    ]
    answer = client.call(
        lambda web: web.files_completeUploadExternal(
            files=files, channel_id=channel, thread_ts=thread, initial_comment=str(delivery.payload["text"])
        ),
        posting=True,
    )
    if not answer.get("files"):
        raise SendError(NAME, Reason.MALFORMED, "Slack's answer names no files", uncertain=True)
    return Receipt(ids[0])


def shared_in(message: Mapping[str, Any], delivery: Delivery) -> Receipt | None:
    """Give the receipt if a message of a thread is the one that shares these pictures."""
    names = {str(each["name"]) for each in pictures_in(delivery.payload)}
    files = [file for file in message.get("files") or [] if isinstance(file, Mapping) and file.get("name") in names]
    return Receipt(str(files[0].get("id"))) if files else None


def _drawn(shown: Mapping[str, Any]) -> bytes:
    try:
        return png(Picture(str(shown["name"]), str(shown["title"]), str(shown["alt"]), shown["spec"]))
    except OverheardError as problem:
        raise SendError(NAME, Reason.MISCONFIGURED, str(problem), permanent=True) from None


def _uploaded(client: SlackClient, shown: Mapping[str, Any], content: bytes) -> str:
    """Hand the bytes of a picture over and give the id of its file, which nobody sees yet."""
    name, alt = str(shown["name"]), str(shown["alt"])
    given = client.call(lambda web: web.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt))
    address, file = given.get("upload_url"), given.get("file_id")
    if not isinstance(address, str) or not isinstance(file, str) or not uploadable(address, client.base_url):
        raise SendError(NAME, Reason.MALFORMED, "Slack's answer has no https address for the upload of a picture")
    upload(NAME, address, content, TIMEOUT)
    return file
