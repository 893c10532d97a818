"""A headless Chromium that is told what to do over its own debugging socket: to draw our page, and to look at it.

with Browser() as browser:
    page = browser.open(path, width=390, dark=True)
    page.measure("document.documentElement.scrollWidth")
    picture.write_bytes(page.picture())
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any, Final, Self

from websocket import WebSocket, create_connection

REMEDY: Final = "chromium is not installed; as root: apt-get install chromium"
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_LONGEST: Final = 90.0  # seconds that the browser may take to start, or to answer
_OPTIONS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--remote-debugging-port=0",
)  # fmt: skip


def found() -> str | None:
    """Give the browser's path. None: it is not installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


class Browser:
    """One browser with an empty profile of its own, ended with the block."""

    def __enter__(self) -> Self:
        command = found()
        if command is None:
            raise FileNotFoundError(REMEDY)
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        run = [command, *_OPTIONS, f"--user-data-dir={self._profile.name}", "about:blank"]
        self._process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # a fixed command
        self._ids = count(1)
        self._heard: list[dict[str, Any]] = []
        self._socket = self._connected()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.kill()
        self._process.wait()
        self._profile.cleanup()

    def open(self, file: Path, width: int, *, dark: bool = False, media: str = "screen") -> Page:
        """Open a file in a window of that many pixels and wait until it is there with all it loads."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Network", "Log", "Runtime"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        page.call("Page.navigate", url=file.as_uri())
        self._wait_for("Page.loadEventFired", session)
        return page

    def call(self, method: str, session: str | None = None, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        """Give the answer of one command. Raises RuntimeError when the browser refuses it."""
        number = next(self._ids)
        asked = {"id": number, "method": method, "params": arguments} | ({"sessionId": session} if session else {})
        self._socket.send(json.dumps(asked))
        while (answer := self._next()).get("id") != number:
            continue
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def events(self, method: str, session: str) -> list[dict[str, Any]]:
        """Give what happened in a session so far."""
        return [one["params"] for one in self._heard if one["method"] == method and one.get("sessionId") == session]

    def _wait_for(self, event: str, session: str) -> None:
        while not self.events(event, session):
            self._next()

    def _next(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._socket.recv())
        if "method" in told:
            self._heard.append(told)
        return told

    def _connected(self) -> WebSocket:
        place = Path(self._profile.name) / "DevToolsActivePort"
        deadline = time.monotonic() + _LONGEST
        while not (place.exists() and place.read_text(encoding="utf-8").count("\n")):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("chromium did not start")
            time.sleep(0.05)
        port, path = place.read_text(encoding="utf-8").splitlines()
        return create_connection(f"ws://127.0.0.1:{port}{path}", timeout=_LONGEST, suppress_origin=True)


class Page:
    """One page that is open."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        """Give the answer of a command for this page."""
        return self._browser.call(method, self._session, **arguments)

    def measure(self, expression: str) -> Any:  # noqa: ANN401  # JSON
        """Give the value of an expression of JavaScript that we ask; the page itself may run none."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in told:
            raise RuntimeError(f"{expression}: {told['exceptionDetails']}")
        return told["result"].get("value")

    def requests(self) -> list[str]:
        """Give the addresses that were asked for, the page's own first."""
        return [each["request"]["url"] for each in self._browser.events("Network.requestWillBeSent", self._session)]

    def complaints(self) -> list[str]:
        """Give what the browser refused, or found wrong."""
        return [each["entry"]["text"] for each in self._browser.events("Log.entryAdded", self._session)]

    def picture(self, height: float | None = None) -> bytes:
        """Give the page as PNG, however long it is, or its upper part of that many pixels."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"], "scale": 1}
        told = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(told["data"])

    def printed(self) -> bytes:
        """Give the page as PDF, as it is printed on A4."""
        told = self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False)
        return base64.b64decode(told["data"])

    def close(self) -> None:
        """Close it."""
        self.call("Page.close")
