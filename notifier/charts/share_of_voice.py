"""Share of voice as bars, each with its 95 % interval: the own brand first, then the others by size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from notifier import wording
from notifier.charts.brands import brand_colours, ranked
from notifier.charts.picture import WIDTH, Picture, Spec, framed, layer, place, texts
from notifier.charts.theme import Theme
from notifier.digest import phrases
from notifier.digest.contents import BrandLine, Digest
from notifier.languages.speech import Speech
from storage.records import Json

BRANDS: Final = 20  # as many bars at most; the others are told of
_ROW: Final = 46  # units for a brand: a line of text, and its bar
_BAR: Final = (26, 38)  # where it stands in its row
_TEXT: Final = 14  # its middle, likewise
_NUMBERS: Final = 220  # units that the numbers at the right may take


def share_of_voice(digest: Digest, theme: Theme) -> Picture | None:
    """Give the picture; None when nobody was mentioned, or one brand is alone."""
    known = [(line, line.share) for line in ranked(digest) if line.share is not None]
    if not known or digest.alone:
        return None
    speech = digest.speech
    told = [
        speech.say(
            "Thin line: {level} interval. In brackets: change against {past}",
            level=wording.level(speech),
            past=wording.before(digest.period, speech),
        )
    ]
    if rest := known[BRANDS:]:
        part = wording.percent(sum(share for _, share in rest), speech)
        told.append(
            speech.plural(
                "{number} more brand, not drawn, together have {part}",
                "{number} more brands, not drawn, together have {part}",
                len(rest),
                part=part,
            )
        )
    drawn = [line for line, _ in known[:BRANDS]]
    numbers = ", ".join(f"{line.name} {phrases.share(line, speech)}" for line in drawn)
    title = speech.say("Share of voice, {window}", window=phrases.window(digest))
    bars = _bars(drawn, brand_colours(digest, theme), theme, speech)
    return Picture(
        "share-of-voice",
        title,
        speech.say("{title}: {numbers}.", title=title, numbers=numbers),
        framed(speech.say("Share of voice"), [digest.title, *told], bars, theme, [line.name for line in drawn]),
    )


def _bars(lines: Sequence[BrandLine], colours: Mapping[str, str], theme: Theme, speech: Speech) -> Spec:
    height = _ROW * len(lines)
    longest = max(line.share_high or line.share or 0.0 for line in lines) * 1.01  # room for the end of its line
    across: Spec = {"x": place("low", (0, longest)), "x2": {"field": "high"}}
    y = place("top", (0, height), down=True)
    bars: list[dict[str, Json]] = []
    ranges: list[dict[str, Json]] = []
    names: dict[bool, list[dict[str, Json]]] = {True: [], False: []}
    numbers: list[dict[str, Json]] = []
    for row, line in enumerate(lines):
        top, bottom = (row * _ROW + edge for edge in _BAR)
        bars.append({"low": 0, "high": line.share, "top": top, "bottom": bottom, "colour": colours[line.slug]})
        ranges.append({"low": line.share_low, "high": line.share_high, "top": (top + bottom) / 2})
        names[line.role == "own"].append({"top": row * _ROW + _TEXT, "text": line.name})
        change = phrases.share_change(line, speech)
        share = phrases.share(line, speech) + (f" ({change})" if change else "")
        numbers.append({"top": row * _ROW + _TEXT, "text": share})
    left: Spec = {"x": {"value": 0}, "y": y}
    layers: list[Json] = [
        layer(bars, {"type": "rect", "cornerRadius": 2}, across | {"y": y, "y2": {"field": "bottom"}}),
        layer(ranges, {"type": "rule", "color": theme.page, "strokeWidth": 4}, across | {"y": y}),
        layer(ranges, {"type": "rule", "color": theme.ink, "strokeWidth": 1.5}, across | {"y": y}),
        texts(numbers, {"x": {"value": WIDTH}, "y": y}, theme.ink, align="right"),
    ]
    for own, rows in names.items():
        weight = "bold" if own else "normal"
        layers.append(texts(rows, left, theme.ink, fontWeight=weight, limit=WIDTH - _NUMBERS))
    return {"width": WIDTH, "height": height, "layer": layers}
