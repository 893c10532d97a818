"""The plain script that many would write for the job: feedparser, one regular expression per brand, VADER, an ORM.

The peer of bench/end_to_end.py. Nothing in it is slowed down on purpose: libraries with their defaults, each new
matching entry checked, added and committed, as the tutorials show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import feedparser
from sqlalchemy import String, UniqueConstraint, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


class Base(DeclarativeBase):
    """The script's tables."""


class Post(Base):
    """One entry that names a brand."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("feed", "entry", "brand"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feed: Mapped[str] = mapped_column(String)
    entry: Mapped[str] = mapped_column(String)
    brand: Mapped[str] = mapped_column(String, index=True)
    title: Mapped[str] = mapped_column(String)
    text: Mapped[str] = mapped_column(String)
    link: Mapped[str | None] = mapped_column(String)
    published: Mapped[str | None] = mapped_column(String, index=True)
    sentiment: Mapped[float]


class Script:
    """Reads feeds and keeps the entries that name a brand."""

    def __init__(self, file: Path, brands: Sequence[str], cap: int) -> None:
        self._cap = cap
        self._patterns = {brand: re.compile(rf"\b{re.escape(brand)}\b", re.IGNORECASE) for brand in brands}
        self._analyzer = SentimentIntensityAnalyzer()
        self._engine = create_engine(f"sqlite:///{file}")
        Base.metadata.create_all(self._engine)

    def run(self, feeds: Iterable[tuple[str, bytes]]) -> int:
        """Read every feed; gives the number of entries seen."""
        seen = 0
        with Session(self._engine) as session:
            for name, body in feeds:
                for entry in feedparser.parse(body).entries:
                    seen += 1
                    title = entry.get("title", "")
                    content = entry.get("content") or [{"value": entry.get("summary", "")}]
                    text = re.sub(r"<[^>]+>", " ", content[0]["value"])[: self._cap]
                    for brand, pattern in self._patterns.items():
                        if pattern.search(title) or pattern.search(text):
                            self._keep(session, name, entry, brand, (title, text))
        self._engine.dispose()
        return seen

    def _keep(
        self, session: Session, feed: str, entry: feedparser.FeedParserDict, brand: str, words: tuple[str, str]
    ) -> None:
        entry_id = entry.get("id") or entry.get("link") or words[0]
        known = select(Post.id).where(Post.feed == feed, Post.entry == entry_id, Post.brand == brand)
        if session.scalar(known) is not None:
            return
        sentiment = self._analyzer.polarity_scores(" ".join(words))["compound"]
        session.add(
            Post(
                feed=feed,
                entry=entry_id,
                brand=brand,
                title=words[0],
                text=words[1],
                link=entry.get("link"),
                published=entry.get("published"),
                sentiment=sentiment,
            )
        )
        session.commit()
