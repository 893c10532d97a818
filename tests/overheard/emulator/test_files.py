from __future__ import annotations

from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from overheard.emulator.server import SlackEmulator
from tests.overheard.emulator.asking import CHANNEL, client, refusal

SCOPES = ("chat:write", "channels:history", "files:write")


def send(address: str, content: bytes) -> tuple[int, bytes]:
    asked = Request(address, content, {"Content-Type": "image/png"})  # noqa: S310  # our own server
    try:
        with urlopen(asked, timeout=10) as answer:  # noqa: S310  # the same
            return answer.status, answer.read()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def picture(file_id: str) -> dict[str, Any]:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": "x"}


def test_clients_upload_goes_through_and_the_file_is_shared_in_the_thread() -> None:
    with SlackEmulator(scopes=SCOPES) as slack:
        parent = client(slack).chat_postMessage(channel=CHANNEL, text="a")["ts"]
        done = client(slack).files_upload_v2(
            filename="chart.png", content=b"\x89PNG", channel=CHANNEL, thread_ts=parent, initial_comment="chart"
        )

        (file,) = slack.workspace.files.values()
        assert (file.name, file.content, file.complete) == ("chart.png", b"\x89PNG", True)
        assert done["files"][0]["id"] == file.id
        shared = slack.messages[-1]
        assert (shared["thread_ts"], shared["text"]) == (parent, "chart")
        assert [each["id"] for each in shared["files"]] == [file.id]
        assert slack.refusals == []


def test_picture_is_shown_once_its_file_is_whole() -> None:
    with SlackEmulator(scopes=SCOPES) as slack:
        given = client(slack).files_getUploadURLExternal(filename="a.png", length=3)
        file = given["file_id"]
        early = refusal(slack, "chat.postMessage", channel=CHANNEL, text="x", blocks=[picture(file)])
        assert send(given["upload_url"], b"abc") == (200, b"OK - 3")
        client(slack).files_completeUploadExternal(files=[{"id": file, "title": "A"}])
        client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=[picture(file)])

        assert early["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
        assert len(slack.messages) == 1


@pytest.mark.parametrize("content", [b"", b"ab", b"abcd"], ids=["nothing", "too few", "too many"])
def test_upload_has_exactly_the_length_that_was_announced(content: bytes) -> None:
    with SlackEmulator(scopes=SCOPES) as slack:
        given = client(slack).files_getUploadURLExternal(filename="a.png", length=3)
        status, _ = send(given["upload_url"], content)

        assert status == 400
        said = refusal(slack, "files.completeUploadExternal", files=[{"id": given["file_id"]}])
        assert said["error"] == "file_not_found"
        assert [each.method for each in slack.refusals] == ["upload"]


def test_upload_goes_to_an_address_that_was_given_and_once() -> None:
    with SlackEmulator(scopes=SCOPES) as slack:
        given = client(slack).files_getUploadURLExternal(filename="a.png", length=1)
        send(given["upload_url"], b"a")
        client(slack).files_completeUploadExternal(files=[{"id": given["file_id"]}])

        assert send(given["upload_url"], b"b")[0] == 404
        assert send(given["upload_url"] + "9", b"b")[0] == 404
        again = refusal(slack, "files.completeUploadExternal", files=[{"id": given["file_id"]}])
        assert again["error"] == "file_already_completed"


@pytest.mark.parametrize(
    "arguments",
    [{"length": 3}, {"filename": "a.png"}, {"filename": "", "length": 3}, {"filename": "a", "length": 0}],
    ids=str,
)
def test_file_is_announced_with_name_and_length(arguments: dict[str, Any]) -> None:
    with SlackEmulator(scopes=SCOPES) as slack:
        assert refusal(slack, "files.getUploadURLExternal", **arguments)["error"] == "invalid_arguments"


@pytest.mark.parametrize("files", [None, [], ["F1"], "F1"], ids=str)
def test_upload_is_ended_with_a_list_of_files(files: object) -> None:
    with SlackEmulator(scopes=SCOPES) as slack:
        assert refusal(slack, "files.completeUploadExternal", files=files)["error"] == "invalid_arguments"


def test_file_is_shared_where_the_bot_is() -> None:
    with SlackEmulator(scopes=SCOPES) as slack:
        given = client(slack).files_getUploadURLExternal(filename="a.png", length=1)
        send(given["upload_url"], b"a")
        said = refusal(slack, "files.completeUploadExternal", files=[{"id": given["file_id"]}], channel_id="C9")

        assert said["error"] == "channel_not_found"
        assert not slack.workspace.files[given["file_id"]].complete
