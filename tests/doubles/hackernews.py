"""A strict search of Hacker News on this machine: it filters, orders, pages and refuses as the real one does."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.doubles.web import Exchange, page

_ASKED = {"query", "tags", "numericFilters", "hitsPerPage", "advancedSyntax", "typoTolerance", "page"}
_FILTER = re.compile(r"created_at_i(>=|<=|>|<)(\d+)")
_MOST = 1000


def story(number: int, second: int, title: str, **more: Any) -> dict[str, Any]:
    """A story as the search gives it."""
    return {
        "objectID": str(number),
        "created_at_i": second,
        "title": title,
        "url": f"https://example.org/{number}",
        "author": "ann",
        "points": 3,
        "num_comments": 2,
        "_tags": ["story", "author_ann", f"story_{number}"],
        **more,
    }


def comment(number: int, second: int, text: str, **more: Any) -> dict[str, Any]:
    """A comment as the search gives it: all that a story has is null."""
    nothing = dict.fromkeys(("title", "url", "points", "story_text", "num_comments"))
    tags = ["comment", "author_bob", "story_1"]
    said = {"comment_text": text, "author": "bob", "parent_id": 1, "story_id": 1, "story_title": "Acme"}
    return {"objectID": str(number), "created_at_i": second, "_tags": tags, **nothing, **said, **more}


@dataclass
class FakeSearch:
    """Answers /api/v1/search_by_date over these items; give it to Web as that page."""

    items: list[dict[str, Any]]
    asked: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, exchange: Exchange) -> None:
        parts = urlsplit(exchange.request.target)
        asked = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        self.asked.append(asked)
        problem = _problem(asked)
        if problem:
            page(json.dumps({"message": problem}).encode(), "400 Bad Request")(exchange)
            return
        found = sorted(filter(lambda item: _fits(item, asked), self.items), key=lambda item: -item["created_at_i"])
        size, at = int(asked["hitsPerPage"]), int(asked.get("page", "0"))
        hits = found[:_MOST][at * size : (at + 1) * size]
        answer = {"hits": hits, "nbHits": len(found), "page": at, "hitsPerPage": size}
        page(json.dumps(answer).encode(), Content_Type="application/json")(exchange)


def _problem(asked: dict[str, str]) -> str | None:
    if not set(asked) <= _ASKED:
        return f"Unknown parameter: {min(set(asked) - _ASKED)}"
    if not 1 <= int(asked["hitsPerPage"]) <= _MOST:
        return "invalid hitsPerPage value"
    if not all(_FILTER.fullmatch(part) for part in asked["numericFilters"].split(",")):
        return "invalid numericFilters"
    return None


def _fits(item: dict[str, Any], asked: dict[str, str]) -> bool:
    for part in asked["numericFilters"].split(","):
        found = _FILTER.fullmatch(part)
        assert found is not None
        bound, second = int(found[2]), item["created_at_i"]
        if not {">=": second >= bound, "<=": second <= bound, ">": second > bound, "<": second < bound}[found[1]]:
            return False
    tags: Sequence[str] = asked["tags"].strip("()").split(",")
    said = " ".join(str(item.get(name) or "") for name in ("title", "url", "story_text", "comment_text", "author"))
    return bool(set(tags) & set(item["_tags"])) and asked["query"].strip('"').lower() in said.lower()
