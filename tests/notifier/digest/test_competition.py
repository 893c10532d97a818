from __future__ import annotations

import json
from dataclasses import replace

import pytest

from config.settings import Brand
from notifier.digest import competition_phrases
from notifier.digest.contents import Digest
from notifier.renderers import digest_json
from scoring.share_of_voice import BrandVoice
from storage.records import Coverage, VoiceCount
from tests.notifier import samples
from tests.notifier.digest.test_composition import NOBODY
from tests.notifier.samples import count, digest, snapshot, story, voices
from tests.notifier.test_shapes import FORM, Words

Voices = tuple[BrandVoice, ...]
STORIES = {"globex": (replace(story("globex", "Globex is down again", mentions=40), authors=9),)}
NOW = voices(count("acme", 100, 0, 0), count("globex", 310, 0, 0), count("initech", 20, 0, 0))
PAST = voices(count("acme", 100, 0, 0), count("globex", 120, 0, 0), count("initech", 20, 0, 0))


def moved(now: Voices = NOW, past: Voices = PAST, heard: Coverage | None = None) -> Digest:
    return digest(snapshot(now, past, heard), STORIES)


def lines(made: Digest) -> list[str]:
    return [competition_phrases.full(move, made) for move in made.competition.moves] if made.competition else []


def test_a_move_comes_with_its_biggest_story_and_with_what_it_does_to_the_own_share() -> None:
    # shares: 120 of 240 and 310 of 430; Acme with 120 instead of 310: 100 of 240 instead of 100 of 430
    assert lines(moved())[0] == (
        "Globex: share of voice up from 50.0 % to 72.1 %, mentions up from 120 to 310, more than chance explains; "
        "biggest story: \u201cGlobex is down again\u201d (40 mentions, 9 authors, 2 sources); "
        "named as often as the week before, it would leave Acme 41.7 % of the voice instead of 23.3 %"
    )


def test_the_first_message_tells_a_move_with_one_cause() -> None:
    made = moved()

    assert made.competition is not None
    assert competition_phrases.short(made.competition.moves[0], made.speech) == (
        "Globex: share of voice up from 50.0 % to 72.1 %, mentions up from 120 to 310, more than chance explains; "
        "biggest story: \u201cGlobex is down again\u201d (40 mentions, 9 authors, 2 sources)"
    )


def test_counts_are_not_set_against_a_week_that_was_hardly_heard() -> None:
    told = lines(moved(heard=samples.coverage(share=0.5)))

    assert told
    assert not [line for line in told if "instead of" in line]


@pytest.mark.parametrize(
    ("now", "past"),
    [
        (count("globex", 50, 0, 0), count("globex", 48, 0, 0)),
        (count("globex", 9, 0, 0), count("globex", 1, 0, 0)),
        (count("globex", 0, 0, 9, ko=41), count("globex", 9, 0, 0, ko=41)),
    ],
    ids=["small change", "few mentions", "few scored"],
)
def test_noise_of_a_competitor_is_no_move(now: VoiceCount, past: VoiceCount) -> None:
    made = moved(voices(count("acme", 50, 0, 0), now), voices(count("acme", 50, 0, 0), past))

    assert lines(made) == []
    assert competition_phrases.none(made) == "No competitor moved beyond chance."


@FORM
def test_that_no_competitor_moved_is_said(words: Words) -> None:
    assert "No competitor moved beyond chance." in words(moved(NOW, NOW))


@FORM
def test_own_changes_and_those_of_competitors_are_told_once(words: Words) -> None:
    told = words(digest())

    assert "Acme: mentions up from 300 to 412" in told
    assert "Initech: mentions down" not in told
    assert "Initech: share of voice down from 3.8 % to 1.5 %, mentions down from 38 to 16" in told


@FORM
def test_without_competitors_the_section_is_left_out_with_the_reason(words: Words) -> None:
    brands = samples.BRANDS[:1]
    made = digest(snapshot(voices(count("acme", 5, 0, 0), brands=brands), ()), {}, brands)

    assert made.competition is None
    assert "Competitor moves are left out: no brand here is a competitor." in words(made)


def test_what_cannot_be_told_gives_its_reason() -> None:
    unknown = samples.coverage(samples.BEFORE, 0.0, ())
    new = digest(snapshot(past=NOBODY, heard_before=unknown))
    deaf = digest(snapshot(NOBODY, heard=samples.coverage(share=0.0)))

    assert competition_phrases.none(new) == (
        "Whether a competitor moved cannot be told: the week before gives nothing to compare with."
    )
    assert competition_phrases.none(deaf) == "Whether a competitor moved cannot be told: nothing was heard."


def test_three_competitors_have_a_line_and_the_others_are_counted() -> None:
    rivals = [Brand(name=f"Rival {place}", slug=f"r{place}", terms=(f"Rival {place}",)) for place in range(5)]
    brands = (samples.BRANDS[0], *rivals)
    now = voices(count("acme", 5, 0, 0), *(count(each.slug, 100 + 9 * at, 0, 0) for at, each in enumerate(rivals)),
                 brands=brands)  # fmt: skip
    past = voices(count("acme", 5, 0, 0), *(count(each.slug, 20, 0, 0) for each in rivals), brands=brands)

    made = digest(snapshot(now, past), {}, brands)

    assert made.competition is not None
    assert [move.slug for move in made.competition.moves] == ["r4", "r3", "r2"]  # the clearest first
    assert competition_phrases.more(made) == "2 more competitors moved beyond chance, less clearly."


def test_programs_find_moves_with_their_story_beside_all_movers() -> None:
    found = json.loads(digest_json.render(moved()))

    (move,) = [each for each in found["competitor_moves"]["brands"] if each["brand"] == "globex"]
    assert [each["metric"] for each in move["moves"]] == ["share", "mentions"]
    assert (move["story"]["title"], move["story"]["authors"]) == ("Globex is down again", 9)
    assert move["own_share_otherwise"] == pytest.approx(100 / 240)
    assert "globex" in [each["brand"] for each in found["movers"]]
