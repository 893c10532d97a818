from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from listener.stories import StoryFinder, jaccard, normalised
from storage.records import KnownStory, Mention

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LONG = "Acme raises prices again and nobody at the office understands why it happens every single spring"
OTHER = "Our flight with Globex was late for four hours, but the crew on board stayed friendly all the way"


def mention(
    text: str, number: int = 1, hours: float | None = 0, source: str = "rss", title: str | None = None
) -> Mention:
    when = None if hours is None else NOW + timedelta(hours=hours)
    return Mention(source, str(number), None, title, text, None, when)


def stories(*told: Mention, brands: tuple[str, ...] = ("acme",)) -> list[int]:
    finder = StoryFinder()
    return [finder.place(each, brands)[0] for each in told]


def same(*told: Mention) -> bool:
    return len(set(stories(*told))) == 1


@pytest.mark.parametrize(
    "copy",
    [
        LONG,
        LONG.upper(),
        f"RT @someone: {LONG}",
        f"rt @a: RT @b: {LONG} https://t.co/abc",
        LONG.replace("office", "bureau"),
        LONG.replace(" and ", " & ").replace("again", "again!!!"),
        LONG[:85] + "…",
        f"{LONG} #acme",
    ],
)
def test_copies_join(copy: str) -> None:
    assert same(mention(LONG, 1), mention(copy, 2, source="reddit"))


def test_a_crosspost_with_the_same_title_joins() -> None:
    assert same(mention("", 1, title=LONG), mention("", 2, title=LONG))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, OTHER),
        ("@united thanks", "@united thanks"),
        ("", ""),
        ("https://t.co/a", "https://t.co/a"),
        ("Acme is down for me again, why", "Acme is down for us again, why"),
    ],
)
def test_strangers_stay_strangers(one: str, other: str) -> None:
    assert not same(mention(one, 1), mention(other, 2))


def test_short_texts_join_when_equal() -> None:
    assert same(mention("Acme is down for me again, why", 1), mention("acme is DOWN for me again: why?", 2))


def test_kana_and_hangul_count_for_two() -> None:
    assert same(mention("トヨタの新しい車はとても速いです", 1), mention("トヨタの新しい車はとても速いです!", 2))


def test_other_brands_are_other_stories() -> None:
    finder = StoryFinder()
    one, _ = finder.place(mention(LONG, 1), ["acme"])
    two, _ = finder.place(mention(LONG, 2), ["globex"])
    both, _ = finder.place(mention(LONG, 3), ["globex", "zeta"])
    assert one != two
    assert both == two


@pytest.mark.parametrize(("days", "joins"), [(7, True), (-7, True), (7.1, False), (-7.1, False)])
@pytest.mark.parametrize("copy", [LONG, LONG.replace("office", "bureau")])
def test_a_story_lasts_a_week(days: float, copy: str, joins: bool) -> None:
    assert same(mention(LONG, 1), mention(copy, 2, hours=days * 24)) == joins


def test_undated_copies_join() -> None:
    assert same(mention(LONG, 1, hours=None), mention(LONG, 2, hours=900), mention(LONG, 3, hours=None))


def test_a_story_has_its_first_member_s_identity() -> None:
    first, again, alone = stories(mention(LONG, 1), mention(LONG, 2), mention(LONG, 1))
    assert first == again == alone
    assert 0 <= first < 2**63
    assert stories(mention(OTHER, 1)) == [first]
    assert stories(mention(LONG, 1, source="file")) != [first]


def test_hearing_it_again_changes_nothing() -> None:
    told = [mention(LONG, 1), mention(OTHER, 2), mention(LONG + "!", 3), mention("short", 4)]
    finder = StoryFinder()
    once = [finder.place(each, ["acme"]) for each in told]
    assert [finder.place(each, ["acme"]) for each in told] == once


def test_a_first_member_that_was_rewritten_leaves_its_story_findable() -> None:
    finder = StoryFinder()
    first, _ = finder.place(mention(LONG, 1), ["acme"])
    assert finder.place(mention(OTHER, 1), ["acme"])[0] == first
    assert finder.place(mention(OTHER, 2), ["acme"])[0] == first


def known(*told: Mention) -> list[KnownStory]:
    finder = StoryFinder()
    members = []
    for each in told:
        story_id, fingerprint = finder.place(each, ["acme"])
        members.append(KnownStory(story_id, fingerprint, ("acme",), each.published_at or NOW))
    return members


@pytest.mark.parametrize("copy", [LONG, f"RT @x: {LONG} https://t.co/x", LONG.replace("single", "damn")])
def test_after_a_restart_fingerprints_find_the_story(copy: str) -> None:
    members = known(mention(LONG, 1), mention(LONG + " indeed", 2, hours=1), mention(OTHER, 3))
    finder = StoryFinder(reversed(members))
    assert finder.place(mention(copy, 9), ["acme"])[0] == members[0].story_id


def test_after_a_restart_likeness_has_to_be_greater() -> None:
    members = known(mention(LONG, 1))
    copy = LONG.replace("office", "bureau").replace("raises", "lifts").replace("every single", "each")
    assert jaccard(normalised(LONG), normalised(copy)) < 0.75
    assert StoryFinder(members).place(mention(copy, 9), ["acme"])[0] != members[0].story_id


def test_fingerprints_of_another_form_are_left_aside() -> None:
    members = [
        KnownStory(5, b"", ("acme",), NOW),
        KnownStory(6, b"\x09" + b"x" * 264, ("acme",), NOW),
        KnownStory(7, b"\x01", (), NOW),
    ]
    assert StoryFinder(members).place(mention(LONG, 1), ["acme"])[0] == stories(mention(LONG, 1))[0]


def test_the_oldest_stories_are_forgotten_when_memory_is_full() -> None:
    dice = random.Random(5)
    texts = ["".join(dice.choices("abcdefghij ", k=80)) for _ in range(100)]
    finder = StoryFinder(capacity=10)
    ids = [finder.place(mention(text, number), ["acme"])[0] for number, text in enumerate(texts)]
    assert len(set(ids)) == 100
    assert len(finder) == 10
    assert finder.place(mention(texts[-1] + "x", 500), ["acme"])[0] == ids[-1]
    assert finder.place(mention(texts[0], 501), ["acme"])[0] not in ids


def test_a_band_full_of_boilerplate_is_compared_in_part() -> None:
    dice = random.Random(6)
    frame = "Daily thread: what do you think about the price of Acme? Be kind to each other in here. "
    finder = StoryFinder()
    texts = [frame + "".join(dice.choices("abcdefghij ", k=120)) for _ in range(300)]
    ids = [finder.place(mention(text, number), ["acme"])[0] for number, text in enumerate(texts)]
    assert len(set(ids)) == 300
    assert finder.place(mention(texts[299].upper(), 900), ["acme"])[0] == ids[299]


def test_precision_and_recall_on_made_stories() -> None:
    dice = random.Random(4)
    vocabulary = ["".join(dice.choices("abcdefghijklmnoprstuvwz", k=dice.randint(3, 9))) for _ in range(3000)]
    told: list[tuple[int, str]] = []
    for story in range(300):
        words = dice.choices(vocabulary, k=dice.randint(16, 40))
        told += [(story, vary(words, dice, vocabulary)) for _ in range(dice.randint(1, 4))]
    dice.shuffle(told)
    found = stories(*(mention(text, number) for number, (_, text) in enumerate(told)))
    pairs = [(told[a][0] == told[b][0], found[a] == found[b]) for a, b in combinations(range(len(told)), 2)]
    both = sum(true and said for true, said in pairs)
    precision = both / sum(said for _, said in pairs)
    recall = both / sum(true for true, _ in pairs)
    assert precision >= 0.999
    assert recall >= 0.95


def vary(words: list[str], dice: random.Random, vocabulary: list[str]) -> str:
    copy = list(words)
    for _ in range(dice.randint(0, 1)):
        copy[dice.randrange(len(copy))] = dice.choice(vocabulary)
    text = " ".join(copy)
    return dice.choice(
        [text, text.upper(), f"RT @user{dice.randint(1, 9)}: {text}", f"{text} https://t.co/{dice.random()}"]
    )


def test_likeness_is_the_share_of_common_shingles() -> None:
    assert jaccard("abcdef", "abcdeg") == 1 / 3
    assert jaccard("abc", "abc") == 1
    assert jaccard("abcdefgh", "zyxwvuts") == 0
