"""The server's end of a web socket (RFC 6455); the frames are read and written by websocket-client."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator

from websocket import ABNF, WebSocketException, frame_buffer

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # of the standard, section 1.3


def accept_key(key: str) -> str:
    """Give what proves to a client that its wish for a web socket was understood."""
    return base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()  # noqa: S324  # as the standard has it


class WebSocket:
    """A connection, once both ends have agreed on it."""

    def __init__(self, read: Callable[[int], bytes], write: Callable[[bytes], object]) -> None:
        self._frames = frame_buffer(lambda size: self._received(read(size)), skip_utf8_validation=False)
        self._write = write
        self._sending = threading.Lock()

    def send(self, text: str) -> None:
        """Send a text. Raises OSError when the other end is gone."""
        self._give(text.encode(), ABNF.OPCODE_TEXT)

    def close(self, code: int = 1000) -> None:
        """Say goodbye; the other end may be gone already."""
        try:
            self._give(code.to_bytes(2, "big"), ABNF.OPCODE_CLOSE)
        except OSError:
            return

    def texts(self) -> Iterator[str]:
        """Give what arrives, until the other end leaves; its pings are answered."""
        held = b""
        while True:
            try:
                frame = self._frames.recv_frame()
            except (OSError, WebSocketException):
                return
            data = frame.data if isinstance(frame.data, bytes) else frame.data.encode()
            if frame.opcode == ABNF.OPCODE_CLOSE:
                self.close()
                return
            if frame.opcode == ABNF.OPCODE_PING:
                self._give(data, ABNF.OPCODE_PONG)
            elif frame.opcode in {ABNF.OPCODE_TEXT, ABNF.OPCODE_CONT}:
                held += data
                if frame.fin:
                    yield held.decode()
                    held = b""

    def _give(self, data: bytes, opcode: int) -> None:
        frame = ABNF.create_frame(data, opcode)
        frame.mask_value = 0  # only clients mask
        with self._sending:
            self._write(frame.format())

    @staticmethod
    def _received(data: bytes) -> bytes:
        if not data:
            raise ConnectionError("the other end is gone")
        return data
