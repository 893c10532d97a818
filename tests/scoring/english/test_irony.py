"""Praise that mocks: what is turned, and what is left alone."""

from __future__ import annotations

import pytest

from scoring.sentiment import score_text


def sign(text: str) -> int:
    compound = score_text(text, "Acme", "en")
    assert compound is not None
    return (compound > 0) - (compound < 0)


@pytest.mark.parametrize(
    "text",
    [
        "Great, another Acme outage. Love it.",
        "Awesome! Acme is down again.",
        "Wonderful, Acme is still down. Thank you.",
        "Nice... yet another data breach at Acme. Brilliant. Well done.",
    ],
)
def test_praise_of_a_bad_event_that_comes_again_is_blame(text: str) -> None:
    assert sign(text) == -1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Great, Acme is back online again. Love it.", id="a good event"),
        pytest.param("Great, another Acme feature. Love it.", id="no event"),
        pytest.param("Great and lovely people at Acme, and great how they fixed the outage.", id="not again"),
        pytest.param("Acme had another outage. I must say that they were great, kind and a wonderful help.", id="long"),
    ],
)
def test_other_praise_stays_praise(text: str) -> None:
    assert sign(text) == 1
