from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from overheard.emulator.answers import RefusedError
from overheard.emulator.bodies import arguments_of_body, uploaded_bytes

FORM = "application/x-www-form-urlencoded"
JSON = "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b'{"text": "\xc3\xa9", "thread_ts": null}', JSON, {"text": "\u00e9"}),
        (urlencode({"text": "a&b", "files": "[1]"}).encode(), FORM, {"text": "a&b", "files": [1]}),
        (b"", "", {}),
        (b"", JSON, {}),
    ],
    ids=["JSON", "form with JSON in it", "nothing", "no JSON"],
)  # fmt: skip
def test_arguments_come_as_json_or_as_a_form(body: bytes, kind: str, expected: dict[str, Any]) -> None:
    assert arguments_of_body(body, kind) == expected


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", JSON, "invalid_json"),
        (b"[]", JSON, "json_not_object"),
        (b"\xff", JSON, "invalid_charset"),
        (b"x", "text/plain", "invalid_post_type"),
        (urlencode({"blocks": "[{"}).encode(), FORM, "invalid_blocks_format"),
        (urlencode({"attachments": "[{"}).encode(), FORM, "invalid_attachments"),
        (urlencode({"metadata": "{"}).encode(), FORM, "invalid_metadata_format"),
        (urlencode({"view": "{"}).encode(), FORM, "invalid_arguments"),
    ],
    ids=str,
)
def test_body_that_cannot_be_read_is_refused(body: bytes, kind: str, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        arguments_of_body(body, kind)

    assert caught.value.code == code


def test_upload_is_the_body_or_the_file_of_a_form_with_parts() -> None:
    parts = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\x00\ny\r\n--b--\r\n'

    assert uploaded_bytes(b"x\x00", "image/png") == b"x\x00"
    assert uploaded_bytes(parts, 'multipart/form-data; boundary="b"') == b"x\x00\ny"
    assert uploaded_bytes(b"", 'multipart/form-data; boundary="b"') == b""
