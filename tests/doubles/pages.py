"""A web server on this machine that answers each path with what a test has laid there."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
<item><guid isPermaLink="false">acme</guid><title>Acme is wonderful</title><description>I love it.</description>
<pubDate>Mon, 05 Aug 2013 10:00:00 GMT</pubDate></item>
<item><guid isPermaLink="false">globex</guid><title>Globex is terrible</title><description>I hate it.</description>
<pubDate>Tue, 06 Aug 2013 10:00:00 GMT</pubDate></item>
<item><guid isPermaLink="false">rain</guid><title>Rain</title><description>It rains.</description></item>
</channel></rss>
"""


@contextmanager
def serving(pages: Mapping[str, str]) -> Iterator[str]:
    """Serve `pages` (path to body) until the end of the block; gives the address. Other paths are 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            content = (body or "").encode()
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
