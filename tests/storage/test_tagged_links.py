from __future__ import annotations

from storage.database import Database
from storage.mentions import erase, save
from storage.tagged_links import result_tags, tagged_texts
from tests.storage.made import at, heard
from tests.storage.results import put


def test_mentions_with_tags_in_link_title_or_text_are_given(database: Database) -> None:
    tagged = "https://acme.example/?UTM_source=a"
    with database.write() as conn:
        save(
            conn,
            [
                heard("1", url=tagged),
                heard("2", title=f"Acme {tagged}"),
                heard("3", text=f"Acme {tagged}"),
                heard("4", text="Acme of utmost quality, utmXsource"),
                heard("5", text=f"Acme erased {tagged}"),
            ],
            at(1),
        )
        erase(conn, "rss", ["5"], at(2))
    with database.read() as conn:
        found = [native_id for _, native_id, _, _ in tagged_texts(conn)]

    assert found == ["1", "2", "3"]


def test_tags_of_results_are_given_once_without_what_is_not_set(database: Database) -> None:
    with database.write() as conn:
        put(conn, content="a", utm_source="google", utm_medium="(not set)")
        put(conn, content="b", utm_source="google", utm_medium="(not set)")
        put(conn, content="c", utm_source="Google", utm_medium="cpc")
        put(conn, content="d")
    with database.read() as conn:
        found = list(result_tags(conn))

    assert sorted(found, key=str) == [
        ("google", {"utm_source": "Google", "utm_medium": "cpc"}),
        ("google", {"utm_source": "google"}),
    ]
