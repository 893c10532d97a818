from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import StoreError
from listener.campaigns.importing import Outcome, import_file, take_back
from listener.campaigns.mapping import shipped
from listener.campaigns.refusal import ImportRefusedError
from storage import campaigns
from storage.campaign_records import CampaignResult
from storage.database import Database
from tests.listener.campaigns.exports import MADE, NOTHING_SAID, NOW, a_database, stored, take

HEADER = "platform,campaign,day,currency,spend,impressions\n"
Cell = tuple[str, int, int]  # campaign, day, cents

# What files say: each is a set of (campaign, day) with its spend; the same thing may stand in several.
FILES = st.lists(
    st.dictionaries(st.tuples(st.sampled_from("AB"), st.integers(1, 4)), st.integers(0, 999), min_size=1, max_size=5),
    min_size=1,
    max_size=5,
    unique_by=lambda file: tuple(sorted(file.items())),
)
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(file: dict[tuple[str, int], int]) -> str:
    return HEADER + "".join(
        f"ads,{campaign},2026-08-{day:02},EUR,{Decimal(cents) / 100},{cents}\n"
        for (campaign, day), cents in sorted(file.items())
    )


def told(rows: list[CampaignResult]) -> set[tuple[object, ...]]:
    """What the store says, without the times of imports."""
    return {(row.campaign, row.start_day, row.spend, row.impressions, row.file_sha256, row.file_row) for row in rows}


def emptied(database: Database) -> None:
    with database.write() as conn:
        for file in campaigns.files(conn):
            campaigns.undo(conn, file)


@SLOW
@given(files=FILES, twice=st.data())
def test_files_in_a_row_leave_what_the_last_one_says_of_each_day(
    files: list[dict[tuple[str, int], int]], twice: st.DataObject, database: Database
) -> None:
    emptied(database)
    expected: dict[tuple[str, int], int] = {}
    for minutes, file in enumerate(files):
        outcome = take(database, written(file), minutes=minutes)
        new = file.keys() - expected.keys()
        changed = {key for key in file.keys() & expected.keys() if expected[key] != file[key]}
        assert (outcome.counts.imported, outcome.counts.updated) == (len(new), len(changed))
        assert outcome.counts.unchanged == len(file) - len(new) - len(changed)
        expected |= file
    again = twice.draw(st.sampled_from(files))
    before = told(stored(database))

    assert take(database, written(again), minutes=99).counts.unchanged == len(again)

    assert told(stored(database)) == before
    assert {(row.campaign, row.start_day.day): row.impressions for row in stored(database)} == expected


@SLOW
@given(files=FILES, which=st.data())
def test_a_file_taken_back_leaves_what_would_be_there_without_it(
    files: list[dict[tuple[str, int], int]], which: st.DataObject, database: Database
) -> None:
    emptied(database)
    gone = which.draw(st.integers(0, len(files) - 1))
    hashes = [take(database, written(file), minutes=minutes).sha256 or "" for minutes, file in enumerate(files)]

    take_back(database, hashes[gone])

    with_it_gone = told(stored(database))
    emptied(database)
    for minutes, file in enumerate(files):
        if minutes != gone:
            take(database, written(file), minutes=minutes)
    assert with_it_gone == told(stored(database))


def test_all_files_taken_back_leave_nothing(database: Database) -> None:
    for minutes, name in enumerate(("meta_ads.fr.csv", "meta_ads.fr-garbled.csv", "google_ads.de.csv")):
        take(database, (MADE / name).read_bytes(), minutes=minutes)

    emptied(database)

    assert stored(database) == []
    with database.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM campaign_versions").scalar_one() == 0
        assert conn.exec_driver_sql("SELECT count(*) FROM campaign_imports").scalar_one() == 0


def test_a_file_taken_back_can_come_again(database: Database) -> None:
    content = written({("A", 1): 100})
    first = take(database, content)
    take_back(database, (first.sha256 or "")[:8])

    again = take(database, content, minutes=5)

    assert (again.counts.imported, again.known_since) == (1, None)


@pytest.mark.parametrize("beginning", ["", "abc", "0123456789", "zz"])
def test_a_hash_that_names_no_file_is_refused_with_those_that_do(beginning: str, sqlite_database: Database) -> None:
    take(sqlite_database, written({("A", 1): 100}))

    with pytest.raises(
        ImportRefusedError, match=r"names no file that was imported; the last ones are \w{12} \(export.csv\)"
    ):
        take_back(sqlite_database, beginning)


def test_a_dry_run_counts_and_stores_nothing(database: Database) -> None:
    take(database, written({("A", 1): 100, ("A", 2): 200}))

    dry = take(database, written({("A", 1): 100, ("A", 2): 201, ("A", 3): 300}), dry_run=True)

    assert (dry.counts.imported, dry.counts.updated, dry.counts.unchanged) == (1, 1, 1)
    assert len(stored(database)) == 2


def test_every_row_knows_its_file_and_its_line(sqlite_database: Database) -> None:
    outcome = take(sqlite_database, (MADE / "google_ads.fr.csv").read_bytes())

    assert [(row.file_sha256, row.file_row) for row in stored(sqlite_database)] == [
        (outcome.sha256, 4),
        (outcome.sha256, 5),
    ]


def test_a_file_that_another_mapping_reads_otherwise_wants_to_be_taken_back_first(sqlite_database: Database) -> None:
    content = written({("A", 1): 100})
    take(sqlite_database, content)
    newer = [form.model_copy(update={"version": 2}) for form in shipped()]

    outcome = take(sqlite_database, content, formats=newer)

    assert outcome.error is not None
    assert "imported before, as generic-1, and generic-2 reads it otherwise" in outcome.error


def test_what_stood_there_first_stays_when_days_overlap(database: Database) -> None:
    take(database, "platform,campaign,start,end,spend\nads,A,2026-08-01,2026-08-31,31\n")

    outcome = take(database, written({("A", 5): 100, ("B", 5): 50}))

    (refused,) = outcome.report.rejected
    assert refused.row == 2
    assert refused.problem == (
        "its days lie over 2026-08-01 to 2026-08-31, which is there already and cannot be cut into days; "
        "take the other file back first (--undo)"
    )
    assert {(row.campaign, row.spend) for row in stored(database)} == {("A", Decimal(31)), ("B", Decimal("0.5"))}


def test_periods_that_overlap_within_one_file_are_refused(sqlite_database: Database) -> None:
    content = "platform,campaign,start,end,spend\nads,A,2026-08-01,2026-08-31,31\nads,A,2026-08-15,2026-09-14,5\n"

    outcome = take(sqlite_database, content)

    assert [each.row for each in outcome.report.rejected] == [3]


def test_rows_without_campaign_may_hold_all_and_stand_beside_none(sqlite_database: Database) -> None:
    take(sqlite_database, "Campaign,Day,Cost\nA,2026-08-01,1.5\n")

    outcome = take(sqlite_database, "Day,Cost,Clicks\n2026-08-01,1.5,3\n2026-08-02,2.5,4\n")

    assert [each.row for each in outcome.report.rejected] == [2]


def test_two_properties_do_not_restate_each_other(sqlite_database: Database) -> None:
    content = (MADE / "ga4.traffic.en.csv").read_text()
    take(sqlite_database, content)

    outcome = take(sqlite_database, content.replace("Acme shop", "Globex shop"))

    assert outcome.counts.imported == 3


def test_a_zip_file_holds_several_exports(tmp_path: Path, sqlite_database: Database) -> None:
    path = tmp_path / "reports.zip"
    with ZipFile(path, "w") as archive:
        for name in ("meta_ads.fr.csv", "google_ads.de.csv", "README.md"):
            archive.write(MADE / name, f"august/{name}")

    outcomes: list[Outcome] = list(import_file(path, shipped(), NOTHING_SAID, sqlite_database, NOW))

    assert [(outcome.name, outcome.taken) for outcome in outcomes] == [
        ("reports.zip/august/meta_ads.fr.csv", 3),
        ("reports.zip/august/google_ads.de.csv", 2),
        ("reports.zip/august/README.md", 0),
    ]
    assert [outcome.error is None for outcome in outcomes] == [True, True, False]


def test_many_batches_are_as_good_as_one() -> None:
    start = date(2020, 1, 1)
    lines = [f"ads,C{place % 7},{start + timedelta(days=place)},EUR,0.01,1" for place in range(12_000)]
    with a_database() as database:
        outcome = take(database, HEADER + "\n".join(lines))

        assert outcome.counts.imported == 12_000
        assert sum(row.spend or 0 for row in stored(database)) == 120


def test_an_unknown_hash_is_a_store_error_below(sqlite_database: Database) -> None:
    with sqlite_database.read() as conn, pytest.raises(StoreError, match="names no file"):
        campaigns.file_named(conn, "123456")


def test_a_row_without_platform_is_refused_by_row_and_column(database: Database) -> None:
    outcome = take(database, "platform,campaign,day,spend\n,A,2026-08-01,1\nads,B,2026-08-01,2\n")

    assert [(each.row, each.column, each.problem) for each in outcome.report.rejected] == [
        (2, "platform", "empty, so that the row is of nothing")
    ]
    assert outcome.counts.imported == 1


def test_a_narrower_file_says_what_is_gone_with_the_wider_one(database: Database) -> None:
    take(database, "platform,campaign,day,spend,revenue,clicks\nads,A,2026-08-01,1,5,\n")

    outcome = take(database, "platform,campaign,day,spend\nads,A,2026-08-01,1\n", minutes=5)

    assert outcome.counts.updated == 1
    assert outcome.report.notes == ["an earlier file knew more of these days, which is gone with it: revenue"]


def test_names_longer_than_a_key_still_tell_rows_apart(database: Database) -> None:
    long = "\U0001f600" * 8000
    lines = [f"ads,{long}{place},{long},2026-08-01,{place}" for place in range(3)]

    outcome = take(database, "platform,campaign,content,day,spend\n" + "\n".join(lines))

    assert (outcome.counts.imported, outcome.report.rejected) == (3, [])
    assert {row.campaign for row in stored(database)} == {f"{long}{place}" for place in range(3)}


def test_letters_that_no_database_keeps_are_replaced(database: Database) -> None:
    text = "Fol\0lows\nFacebook follows\0\nDate\tPrimary\n2026-08-01\t5\n"
    wide = "Day,a\0b: (World),c: (World)\n2026-08-01,5,7\n"
    named = "platform,campaign,day,spend\na\0ds,A\0B,2026-08-01,1\n"

    for content in (text, wide, named):
        take(database, content.encode("utf-16"))

    assert {(row.platform, row.content) for row in stored(database)} == {
        ("google_trends", "a\ufffdb"), ("google_trends", "c"), ("a\ufffdds", ""),
    }  # fmt: skip
