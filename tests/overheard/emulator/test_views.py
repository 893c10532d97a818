from __future__ import annotations

import pytest

from overheard.emulator.answers import RefusedError
from overheard.emulator.views import Windows


def refused(windows: Windows, trigger: str) -> str:
    with pytest.raises(RefusedError) as caught:
        windows.use(trigger)
    return caught.value.code


def test_trigger_opens_a_window_once_within_three_seconds() -> None:
    now = [1_700_000_000.0]
    windows = Windows(lambda: now[0])
    once, late, in_time = windows.trigger(), windows.trigger(), windows.trigger()
    windows.use(once)
    now[0] += 3
    windows.use(in_time)
    now[0] += 0.1

    assert refused(windows, once) == "exchanged_trigger_id"
    assert refused(windows, late) == "expired_trigger_id"
    assert refused(windows, "1.2.other") == "invalid_trigger_id"
