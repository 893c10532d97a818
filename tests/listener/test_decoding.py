from __future__ import annotations

import zlib
from collections import deque

import pytest

from listener.decoding import PIECE, Body, BrokenBodyError, TooLargeError


def test_more_than_two_hundred_times_its_size_is_refused_once_a_megabyte_came_out() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(bytes(40 << 20)) + packer.flush()
    body = Body("gzip", 500 << 20)
    pieces = (packed[at : at + 1000] for at in range(0, len(packed), 1000))
    with pytest.raises(TooLargeError, match="200 times"):
        deque(map(body.add, pieces), maxlen=0)


def test_a_short_text_may_pack_well() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = Body("gzip", 2 << 20)
    body.add(packer.compress(bytes(1 << 19)) + packer.flush())
    assert body.finish() == bytes(1 << 19)


CODINGS = [("gzip", "gzip", 31), ("zlib", "deflate", 15), ("raw deflate", "deflate", -15)]
LENGTHS = [*range(1, 101), *(PIECE * times + more for times in (1, 2, 5, 11) for more in range(-25, 25))]


def _packed(text: bytes, window: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return packer.compress(text) + packer.flush()


@pytest.mark.parametrize(("coding", "window"), [case[1:] for case in CODINGS], ids=[case[0] for case in CODINGS])
def test_honest_body_of_any_length_is_unpacked(coding: str, window: int) -> None:
    words = b"".join(b"acme %d, " % number for number in range(90_000))
    assert len(LENGTHS) == 300
    for length in LENGTHS:
        for text in (words[:length], bytes(length)):
            body = Body(coding, 2 << 20)
            body.add(_packed(text, window))
            assert body.finish() == text


@pytest.mark.parametrize(("coding", "window"), [case[1:] for case in CODINGS], ids=[case[0] for case in CODINGS])
@pytest.mark.parametrize("missing", [1, 5, 60])
def test_body_that_ends_early_is_told_so(coding: str, window: int, missing: int) -> None:
    body = Body(coding, 2 << 20)
    body.add(_packed(bytes(PIECE * 5) + b"the end", window)[:-missing])
    with pytest.raises(BrokenBodyError, match="ends in the middle"):
        body.finish()


def test_what_comes_out_at_the_end_is_limited_too() -> None:
    body = Body("deflate", PIECE)
    body.add(_packed(bytes(PIECE + 100), -15))  # the bytes are all in, the last hundred are not yet out
    with pytest.raises(TooLargeError, match="once unpacked"):
        body.finish()
