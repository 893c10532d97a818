from __future__ import annotations

import zlib
from collections import deque

import pytest

from listener.decoding import Body, TooLargeError


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
