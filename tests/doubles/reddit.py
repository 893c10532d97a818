"""A Reddit that is strict about what it is asked: tokens, user agents, listings and search over a store of posts."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

CLIENT_ID = "client-of-tests"
CLIENT_SECRET = "canary-secret-of-reddit"
_TOKEN = "token-{}"
_LISTING_LIMIT = 1000


@dataclass
class Fault:
    """What the server does instead of answering; `times` counts down, -1 is for ever."""

    kind: str  # status: answers so; hang: says nothing; trickle: a header without end; half: breaks off
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = "{}"
    times: int = -1
    path: str = ""  # a part of the path that it is limited to

    def strikes(self, path: str) -> bool:
        """Tell whether it happens now."""
        if self.times == 0 or self.path not in path:
            return False
        self.times -= 1
        return True


def post(number: int, created: float, **fields: Any) -> dict[str, Any]:
    """Give a post as Reddit does; `fields` replace or add."""
    name = f"t3_{number:x}"
    data = {
        "name": name,
        "id": name[3:],
        "title": f"Post {number}",
        "selftext": f"Text of post {number}",
        "author": f"author{number % 7}",
        "created_utc": created,
        "permalink": f"/r/SaaS/comments/{name[3:]}/post/",
        "subreddit": "SaaS",
        "score": 10,
        "num_comments": 2,
        "removed_by_category": None,
        "stickied": False,
    }
    return {"kind": "t3", "data": data | fields}


def comment(number: int, created: float, **fields: Any) -> dict[str, Any]:
    """Give a comment as Reddit does; `fields` replace or add."""
    data = {
        "name": f"t1_{number:x}",
        "body": f"Comment {number}",
        "author": "someone",
        "created_utc": created,
        "permalink": f"/r/SaaS/comments/1/post/{number:x}/",
        "subreddit": "SaaS",
        "score": 3,
        "score_hidden": False,
        "parent_id": "t3_1",
    }
    return {"kind": "t1", "data": data | fields}


class RedditDouble:
    """A Reddit on 127.0.0.1 for the length of a `with`."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []  # in any order; listings sort them
        self.comments: list[dict[str, Any]] = []
        self.served: dict[str, Any] = {}  # path -> a whole answer, instead of a listing
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, dict[str, str]]] = []  # path and parameters of each API request
        self.tokens = 0
        self.broken_rules: list[str] = []
        self.headers: dict[str, str] = {
            "x-ratelimit-remaining": "590.0", "x-ratelimit-used": "10", "x-ratelimit-reset": "300",
        }  # fmt: skip
        self.stopping = False
        self._server = _Server(self)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        assert not self.broken_rules, self.broken_rules

    def revoke(self) -> None:
        """Let every token that was given out expire."""
        self.tokens += 1000

    def listing(self, path: str, asked: dict[str, str]) -> dict[str, Any]:
        """Give a page of what stands at a path, newest first, as Reddit counts."""
        items = self.comments if path.endswith("/comments/") else self.posts
        subreddit = re.match(r"/r/(\w+)/", path)
        if path == "/r/all/search/":
            found = [item for item in items if _found(asked["q"], item["data"])]
        else:
            name = subreddit[1].lower() if subreddit else ""
            found = [item for item in items if item["data"].get("subreddit", "").lower() == name]
        found.sort(key=lambda item: -float(item["data"].get("created_utc", 0)))
        found = found[:_LISTING_LIMIT]
        names = [item["data"].get("name") for item in found]
        start = names.index(asked["after"]) + 1 if asked.get("after") in names else 0
        page = found[start : start + int(asked.get("limit", "25"))]
        more = start + len(page) < len(found)
        return {"kind": "Listing", "data": {"children": page, "after": page[-1]["data"]["name"] if more else None}}


def _found(query: str, data: dict[str, Any]) -> bool:
    """Search as far as tests need: phrases in quotes joined by OR."""
    phrases = re.findall(r'"([^"]*)"', query)
    rest = re.sub(r'"[^"]*"', "", query).replace("OR", "").strip()
    assert not rest, f"the double does not understand {rest!r}"
    text = f"{data.get('title')} {data.get('selftext')}".lower()
    return any(phrase.lower() in text for phrase in phrases)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, reddit: RedditDouble) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reddit = reddit

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the client hung up on a fault, as it should


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def reddit(self) -> RedditDouble:
        assert isinstance(self.server, _Server)
        return self.server.reddit

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the standard library has it
        pass

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self._fault():
            return
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if self.path != "/api/v1/access_token" or body.get("grant_type") != ["client_credentials"]:
            self._answer(404, {"message": "Not Found"})
        elif self.headers["Authorization"] != f"Basic {basic}":
            self._answer(401, {"message": "Unauthorized", "error": 401})
        else:
            self.reddit.tokens += 1
            token = _TOKEN.format(self.reddit.tokens)
            self._answer(200, {"access_token": token, "token_type": "bearer", "expires_in": 3600, "scope": "*"})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.reddit.requests.append((parts.path, asked))
        if "prawcore" not in self.headers["User-Agent"] or "overheard" not in self.headers["User-Agent"]:
            self.reddit.broken_rules.append(f"User-Agent {self.headers['User-Agent']}")
        if asked.get("raw_json") != "1":
            self.reddit.broken_rules.append(f"{self.path} without raw_json")
        if self._fault():
            return
        if self.headers["Authorization"] != "bearer " + _TOKEN.format(self.reddit.tokens):
            self._answer(401, {"message": "Unauthorized", "error": 401})
        elif parts.path in self.reddit.served:
            self._answer(200, self.reddit.served[parts.path])
        elif re.fullmatch(r"/r/\w+/(new|comments/|search/)", parts.path):
            self._answer(200, self.reddit.listing(parts.path, asked))
        else:
            self._answer(404, {"message": "Not Found", "error": 404})

    def _fault(self) -> bool:
        fault = next((each for each in self.reddit.faults if each.strikes(self.path)), None)
        if fault is not None:
            getattr(self, f"do_{fault.kind}")(fault)
        return fault is not None

    def _answer(self, status: int, told: Any) -> None:
        self._send(status, json.dumps(told).encode(), "application/json", {})

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **self.reddit.headers, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_status(self, fault: Fault) -> None:
        self._send(fault.status, fault.body.encode(), "text/html", fault.headers)

    def do_hang(self, _fault: Fault) -> None:
        while not self.reddit.stopping:
            time.sleep(0.01)
        self.close_connection = True

    def do_trickle(self, _fault: Fault) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        with contextlib.suppress(OSError):
            while not self.reddit.stopping:
                self.wfile.write(b"x")
                time.sleep(0.01)
        self.close_connection = True

    def do_half(self, fault: Fault) -> None:
        self.send_response(fault.status)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b'{"kind": "Listing", ')
        self.close_connection = True
