"""Goals as bars: how much of the way is done, beside how much of the time is gone."""

from __future__ import annotations

from typing import Final

from notifier.charts.picture import WIDTH, Picture, Spec, framed, layer, place, texts
from notifier.charts.theme import Theme, legible
from notifier.digest import campaign_phrases, phrases
from notifier.digest.campaigns import GoalLine
from notifier.digest.contents import Digest
from notifier.languages.speech import Speech
from storage.records import Json

GOALS: Final = 12  # as many bars at most; the others are told of
_ROW: Final = 106  # units for a goal: its name, the bar, what was reached, and how that compares with the time
_NAME, _BAR, _REACHED, _COMPARED, _END = 6, (24, 38), 55, 74, 82  # where they stand in their row
_MARK: Final = (20, 42)  # where the line of the time stands, likewise


def goals(digest: Digest, theme: Theme) -> Picture | None:
    """Give the picture; None without goals."""
    section = digest.campaigns
    if section is None or not section.goals:
        return None
    speech = digest.speech
    told = [digest.title, speech.say("The upright line is how much of the time is gone")]
    if len(section.goals) > GOALS:
        left = len(section.goals) - GOALS
        told.append(speech.plural("{number} more goal, not drawn", "{number} more goals, not drawn", left))
    lines = section.goals[:GOALS]
    sentences = [
        speech.chained(
            (campaign_phrases.reached(line, section.currency, speech), campaign_phrases.progress(line, speech))
        )
        for line in lines
    ]
    title = speech.say("Goals, {window}", window=phrases.window(digest))
    bars = _bars(lines, section.currency, theme, speech)
    return Picture(
        "goals",
        title,
        speech.say("{title}: {numbers}.", title=title, numbers=". ".join(sentences)),
        framed(speech.say("Goals"), told, bars, theme, [line.name for line in lines]),
    )


def _bars(lines: tuple[GoalLine, ...], currency: str, theme: Theme, speech: Speech) -> Spec:
    height = _ROW * (len(lines) - 1) + _END
    tracks: list[dict[str, Json]] = []
    bars: list[dict[str, Json]] = []
    marks: list[dict[str, Json]] = []
    names: list[dict[str, Json]] = []
    reached: list[dict[str, Json]] = []
    compared: list[dict[str, Json]] = []
    for row, line in enumerate(lines):
        standing, start = line.standing, row * _ROW
        bar: dict[str, Json] = {"low": 0, "top": start + _BAR[0], "bottom": start + _BAR[1]}
        tracks.append(bar | {"high": 1})
        if standing.progress is not None:
            done = min(max(float(standing.progress), 0.0), 1.0)
            bars.append(bar | {"high": done, "colour": _colour(line, theme)})
        marks.append({"low": float(standing.elapsed), "top": start + _MARK[0], "bottom": start + _MARK[1]})
        names.append({"top": start + _NAME, "text": line.name})
        reached.append({"top": start + _REACHED, "text": campaign_phrases.value_of_target(line, currency, speech)})
        told = [campaign_phrases.progress(line, speech), campaign_phrases.pace(line, speech)]
        compared.append({"top": start + _COMPARED, "text": speech.chained(told)})
    x, y = place("low", (0, 1)), place("top", (0, height), down=True)
    box: Spec = {"x": x, "x2": {"field": "high"}, "y": y, "y2": {"field": "bottom"}}
    upright: Spec = {"x": x, "y": y, "y2": {"field": "bottom"}}
    left: Spec = {"x": {"value": 0}, "y": y}
    return {
        "width": WIDTH,
        "height": height,
        "layer": [
            layer(tracks, {"type": "rect", "color": theme.rule, "cornerRadius": 2}, box),
            layer(bars, {"type": "rect", "cornerRadius": 2}, box),
            layer(marks, {"type": "rule", "color": theme.page, "strokeWidth": 6}, upright),
            layer(marks, {"type": "rule", "color": theme.ink, "strokeWidth": 2.5}, upright),
            texts(names, left, theme.ink, limit=WIDTH, fontWeight="bold"),
            texts(reached, left, theme.ink, limit=WIDTH),
            texts(compared, left, theme.soft, limit=WIDTH),
        ],
    }


def _colour(line: GoalLine, theme: Theme) -> str:
    """Give blue, and vermilion for a goal that is behind: the text under the bar says it too."""
    return legible(theme.brands[1 if campaign_phrases.is_behind(line) else 0], theme)
