from __future__ import annotations

from datetime import timedelta

import pytest

from notifier.alerting.silencing import named, silence_of
from storage.alert_records import Silence
from tests.notifier.alerting.samples import HOUR, NOON, PARIS, alert

FOUND = alert("volume_spike:acme")
LASTING = NOON - HOUR, NOON + HOUR


@pytest.mark.parametrize(
    ("silence", "covers"),
    [
        (Silence(1, NOON - HOUR, NOON + HOUR), True),
        (Silence(1, NOON, NOON + HOUR), True),
        (Silence(1, NOON - HOUR, NOON), False),
        (Silence(1, NOON + timedelta(seconds=1), NOON + HOUR), False),
        (Silence(1, *LASTING, rule="volume_spike"), True),
        (Silence(1, *LASTING, rule="volume_drop"), False),
        (Silence(1, *LASTING, brand="acme"), True),
        (Silence(1, *LASTING, brand="globex"), False),
        (Silence(1, *LASTING, rule="volume_spike", key="acme"), True),
        (Silence(1, *LASTING, rule="volume_spike", key="acme/rss:a"), False),
    ],
    ids=[
        "everything", "from now on", "over just now", "not yet", "its rule", "another rule", "its brand",
        "another brand", "itself", "another key",
    ],
)  # fmt: skip
def test_a_silence_covers_what_it_names_while_it_lasts(silence: Silence, covers: bool) -> None:
    assert silence_of(FOUND, [silence], NOON) == (silence if covers else None)


def test_of_several_silences_the_one_that_ends_last_is_named() -> None:
    short, long = Silence(2, NOON - HOUR, NOON + HOUR), Silence(1, NOON - HOUR, NOON + 2 * HOUR)

    assert silence_of(FOUND, [short, long], NOON) == silence_of(FOUND, [long, short], NOON) == long
    assert named(long, PARIS) == "silence 1 until 14 July 2026, 16:00"
