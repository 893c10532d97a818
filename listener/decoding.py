"""Bodies as they come over the wire, unpacked under a limit: a bomb is noticed before it is held in memory."""

from __future__ import annotations

import zlib

PIECE = 64 * 1024  # largest stretch that is unpacked at once
_RATIO = 200  # unpacked bytes per packed byte beyond which nothing honest is sent ...
_RATIO_FLOOR = 1 << 20  # ... once this much has come out: short texts of blanks do pack better
_MAX_MEMBERS = 1000
_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_GZIP_MAGIC = b"\x1f\x8b"


class TooLargeError(ValueError):
    """More came out than may be held."""


class BrokenBodyError(ValueError):
    """What came is not what its headers say."""


class Body:
    """Collects a body piece by piece: `add` what the wire gives, then take it with `finish`."""

    def __init__(self, coding: str, limit: int) -> None:
        name = coding.strip().lower()
        if name not in _WINDOW and name not in {"", "identity"}:
            raise BrokenBodyError(f"its content encoding {name[:40]!r} was not asked for")
        self._window = _WINDOW.get(name)
        self._limit = limit
        self._packed = 0
        self._size = 0
        self._members = 0
        self._pieces: list[bytes] = []
        self._unpacker: zlib._Decompress | None = None
        self._over = False

    def add(self, data: bytes) -> None:
        """Take the next bytes of the wire. Raises TooLargeError or BrokenBodyError."""
        self._packed += len(data)
        if self._packed > self._limit:
            raise TooLargeError(f"the body is larger than {self._limit >> 20} MB")
        if self._window is None:
            self._keep(data)
            return
        while data and not self._over:
            data = self._unpack(data)

    def _unpack(self, data: bytes) -> bytes:
        if self._unpacker is None:
            if not self._next_member(data):
                return b""
            self._unpacker = zlib.decompressobj(self._window_of(data))
        try:
            self._keep(self._unpacker.decompress(data, PIECE))
        except zlib.error:
            raise BrokenBodyError("the body cannot be unpacked") from None
        if self._unpacker.eof:
            rest = self._unpacker.unused_data
            self._unpacker = None
            return rest
        return self._unpacker.unconsumed_tail

    def _next_member(self, data: bytes) -> bool:
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise BrokenBodyError(f"the body is packed in more than {_MAX_MEMBERS} parts")
        # A gzip file may be several in a row; padding and stray bytes behind the last are ignored, as gzip does.
        self._over = self._members > 1 and not data.startswith(_GZIP_MAGIC)
        return not self._over

    def _window_of(self, data: bytes) -> int:
        # Some servers send deflate without its zlib header: the low nibble of the first byte tells.
        raw = self._window == zlib.MAX_WBITS and data[0] & 0x0F != zlib.DEFLATED
        return -zlib.MAX_WBITS if raw else self._window or 0

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise TooLargeError(f"the body is larger than {self._limit >> 20} MB once unpacked")
        if self._size > _RATIO_FLOOR and self._size > _RATIO * self._packed:
            raise TooLargeError(f"the body unpacks to more than {_RATIO} times its size")
        self._pieces.append(data)

    def finish(self) -> bytes:
        """Give the whole body. Raises BrokenBodyError when its packing ends in the middle, TooLargeError as `add`."""
        # All bytes may have gone in while some of what they stand for has not come out yet.
        while self._unfinished():
            before = self._size
            self._unpack(b"")
            if self._unfinished() and self._size == before:
                raise BrokenBodyError("the packed body ends in the middle")
        return b"".join(self._pieces)

    def _unfinished(self) -> bool:
        return self._unpacker is not None and self._packed > 0
