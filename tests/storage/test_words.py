from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database, open_database
from storage.mentions import MentionFilter, find, save
from storage.words import words_of
from tests.postgres import Server
from tests.storage.made import at, heard

# Words of which it is plain what they should find, and what a naive reader would call the same word.
PLAIN = ["acme", "good", "bad", "42", "x"]
SAME = {"Acme": "acme", "GOOD": "good", "góod": "good", "bäd": "bad", "\uff38": "x"}
HANGUL = "삼성전자가"
EVIL = [
    '"',
    "'",
    "*",
    "a*",
    "NOT",
    "OR",
    "AND",
    "NEAR(",
    "(",
    ")",
    ":",
    "words:",
    "^",
    "-acme",
    "\\",
    "%",
    "_",
    "{",
    "\x00",
    ";--",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme's e-mail, 42 times!", ["acme", "s", "e", "mail", "42", "times"]),
        ("Crème BRÛLÉE Straße", ["creme", "brulee", "strasse"]),
        ("삼성 is big", ["삼", "성", "|", "is", "big"]),
        ("ガス ハス", ["ガ", "ス", "|", "ハ", "ス"]),
        ("🔥 -- _", []),
        ("a" * 150, ["a" * 100, "a" * 50]),
        ("Ёлка", ["елка"]),
    ],
    ids=["ascii", "accents", "hangul", "kana keeps its voicing", "nothing to search", "very long", "cyrillic"],
)
def test_text_becomes_folded_words(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path_factory.mktemp('words')}/overheard.db")
        yield database
        database.close()
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.make_database()
    database = open_database(server.url(name))
    yield database
    database.close()
    server.drop_database(name)


words = st.sampled_from([*PLAIN, *SAME])
texts = st.lists(st.one_of(words, st.sampled_from(["삼성", "전자가", "성전"])), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    written=st.lists(texts, min_size=1, max_size=6),
    wanted=st.lists(words, max_size=3),
    inside=st.text(HANGUL, max_size=2),
)
def test_every_word_must_occur_and_nothing_else_is_asked(
    history: Database, written: list[list[str]], wanted: list[str], inside: str
) -> None:
    with history.write() as conn:
        for table in ("matches", "mention_words", "mentions", "rollups_hourly", "stories"):
            conn.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  # our own names
        save(conn, [heard(str(n), text=" ".join(one)) for n, one in enumerate(written)], at(1))
    with history.read() as conn:
        found = find(conn, MentionFilter(words=(*wanted, inside)))
    plain = [{SAME.get(word, word) for word in one} for one in written]
    expected = {
        str(n)
        for n, one in enumerate(written)
        if {SAME.get(word, word) for word in wanted} <= plain[n] and any(inside in word for word in one)
    }
    assert {one.mention.native_id for one in found} == expected


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=st.lists(st.one_of(st.sampled_from(EVIL), st.text(max_size=8)), max_size=4))
def test_nothing_that_is_typed_breaks_the_search(history: Database, asked: list[str]) -> None:
    with history.read() as conn:
        find(conn, MentionFilter(words=tuple(asked)))
        find(conn, MentionFilter(words=tuple(asked), brand="acme"))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("🔥", True),
        ("🔥🔥", False),
        ("e-mail", True),
        ("mail-e", False),
        ("C++", True),
        ("100%", True),
        ("", True),
        ("성전", True),
        ("자는", False),
        ("전성", False),
        ("東京都", True),
        ("京東", False),
    ],
)
def test_one_word_is_found_or_not(database: Database, word: str, found: bool) -> None:
    with database.write() as conn:
        save(conn, [heard("1", title="C++ 🔥", text="100% e-mail 삼성전자 는 東京都")], at(1))
    with database.read() as conn:
        assert bool(find(conn, MentionFilter(words=(word,)))) is found


def test_the_index_follows_edits_and_every_filter_holds(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1", text="old words"), heard("2", text="old words", compound=-0.5, source="reddit")], at(1))
        save(conn, [heard("1", text="new words")], at(2))
    with database.read() as conn:
        assert [one.mention.native_id for one in find(conn, MentionFilter(words=("old",)))] == ["2"]
        assert [one.mention.native_id for one in find(conn, MentionFilter(words=("new",), brand="acme"))] == ["1"]
        assert [one.mention.native_id for one in find(conn, MentionFilter(source="reddit", brand="acme"))] == ["2"]
        assert find(conn, MentionFilter(words=("new",), brand="globex")) == []


def test_pages_follow_each_other_without_loss_or_repetition(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard(str(n), when=at(n // 3)) for n in range(10)], at(20))
    for brand in (None, "acme"):
        seen: list[str] = []
        wanted = MentionFilter(brand=brand, limit=4)
        with database.read() as conn:
            while page := find(conn, wanted):
                seen += [one.mention.native_id for one in page]
                wanted = MentionFilter(brand=brand, limit=4, after_id=page[-1].id)
        assert seen == [str(n) for n in (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)]
