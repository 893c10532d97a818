"""Tags of campaigns out of the links of ads and posts."""

from __future__ import annotations

import pytest

from listener.campaigns.cells import tagged
from listener.campaigns.mapping import read_format
from storage.database import Database
from tests.listener.campaigns.exports import stored, take

LINK = "https://acme.example/?utm_source=facebook&utm_medium=paid-social&utm_campaign=summer&utm_content=red"


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        (LINK, {"utm_source": "facebook", "utm_medium": "paid-social", "utm_campaign": "summer", "utm_content": "red"}),
        ("New: https://a.example and https://b.example/?x=1&UTM_Source=Mail%20ing.", {"utm_source": "Mail ing"}),
        ("https://a.example/?utm_campaign={campaignid}&utm_source=google", {"utm_source": "google"}),
        ("https://a.example/?utm_campaign={{campaign.name}}&utm_term=__CID__&utm_source=x", {"utm_source": "x"}),
        ("https://a.example/?utm_source=&utm_id=7", {}),
        ("https://[broken/?utm_source=a https://b.example/?utm_source=b", {"utm_source": "b"}),
        ("=HYPERLINK(1)", {}),
        ("", {}),
        (None, {}),
        (7, {}),
    ],
)
def test_the_first_tagged_link_of_a_cell_gives_its_tags(cell: object, tags: dict[str, str]) -> None:
    assert tagged(cell) == tags


def test_addresses_of_ads_give_the_tags_of_their_rows_and_are_not_kept(sqlite_database: Database) -> None:
    outcome = take(
        sqlite_database,
        "Campaign name,Ad name,Day,Amount spent (EUR),Impressions,Website URL\n"
        f"Launch,a,2026-08-03,5.00,100,{LINK}\n"
        "Launch,b,2026-08-03,6.00,200,https://acme.example/\n",
    )
    first, second = stored(sqlite_database)

    assert outcome.report.rejected_rows == 0
    assert (first.utm_source, first.utm_medium, first.utm_campaign) == ("facebook", "paid-social", "summer")
    assert (second.utm_source, second.utm_campaign, second.campaign) == (None, None, "Launch")
    assert "acme.example" not in repr(stored(sqlite_database))


def test_messages_of_posts_give_their_tags_and_never_turn_a_row_away(sqlite_database: Database) -> None:
    outcome = take(
        sqlite_database,
        "Date (GMT),Post ID,Post Message,Social Network,Impressions,Engagement\n"
        f'2026-08-03 10:00,1,"Look, {LINK}!",FACEBOOK,10,2\n'
        '2026-08-03 11:00,2,"=1+1",FACEBOOK,10,2\n',
    )

    assert outcome.report.rejected_rows == 0
    assert [(row.content, row.utm_campaign) for row in stored(sqlite_database)] == [("1", "summer"), ("2", None)]


def test_a_column_of_the_tag_itself_goes_before_a_link(sqlite_database: Database) -> None:
    head = 'name = "own"\ntitle = "Own"\nplatform = "own"\nneeds = [["clicks"]]\n[columns]\n'
    columns = (
        'day = { kind = "day", names.en = ["day"] }\nclicks = { kind = "count", names.en = ["clicks"] }\n'
        'address = { kind = "tagged", names.en = ["address"] }\n'
        'source = { kind = "text", to = "utm_source", names.en = ["source"] }\n'
    )
    own = [read_format(head + columns, "own.toml")]
    for place, header in enumerate(("day,clicks,source,address", "day,clicks,address,source")):
        cells = {"day": f"2026-08-0{place + 1}", "clicks": "1", "source": "mine", "address": LINK}
        take(sqlite_database, f"{header}\n{','.join(cells[name] for name in header.split(','))}\n", formats=own)

    assert [(row.utm_source, row.utm_campaign) for row in stored(sqlite_database)] == [("mine", "summer")] * 2
