"""Attribution: CPU time of 10,000 real paths, read and credited by all nine models.

Input: the recorded example set of multi-touch paths (12 channels, 19,785 conversions). The peer is what a plain script
does for the Markov model alone: a dictionary of transitions, and for every channel that is taken away a walk over the
chain until nobody walks any more. Its removal effects must be ours to six digits, or nothing is measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bench.figures import NotMeasuredError, Row, in_turns, recordings
from listener.touch_rows import read_paths
from scoring.attribution.chain import chain_of, removal_effects
from scoring.attribution.journeys import journeys
from scoring.attribution.models import attribute
from storage.campaign_records import ConversionPath

ALLOWED = 10.0  # seconds
STANDS_STILL = 1e-12  # of the people who still walk


def measure() -> list[Row]:
    raw = (recordings() / "campaigns/mta-paths.csv.gz").read_bytes()
    paths = read_paths(raw).paths
    chain = chain_of(journeys(paths))
    exact = dict(zip(chain.channels, removal_effects(chain)[:, 0].tolist(), strict=True))
    plain = by_loop(paths)
    if any(abs(plain[channel] - effect) > 1e-6 for channel, effect in exact.items()):
        raise NotMeasuredError("the peer's removal effects are not ours")
    ours, peer = in_turns(lambda: attribute(read_paths(raw).paths), lambda: by_loop(paths), rounds=3)
    beside = f"{peer:.2f} s plain loop, markov alone, same effects"
    return [Row(f"attribution, 10,000 paths, of {ALLOWED:g} s", f"{ours:.2f} s", beside, ALLOWED / ours, 5)]


def by_loop(paths: Sequence[ConversionPath]) -> dict[str, float]:
    """Give removal effects by channel, as a plain script finds them."""
    steps: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for path in paths:
        people = path.conversions + path.non_conversions
        for here, there in pairwise(("(start)", *path.touches)):
            steps[here][there] += people
        steps[path.touches[-1]]["(conversion)"] += path.conversions
        steps[path.touches[-1]]["(away)"] += path.non_conversions
    chances = {
        here: [(there, count / sum(following.values())) for there, count in following.items()]
        for here, following in steps.items()
    }
    whole = walked(chances, "")
    return {channel: 1 - walked(chances, channel) / whole for channel in chances if channel != "(start)"}


def walked(chances: dict[str, list[tuple[str, float]]], removed: str) -> float:
    converted, walking = 0.0, {"(start)": 1.0}
    while sum(walking.values()) > STANDS_STILL:
        following: defaultdict[str, float] = defaultdict(float)
        for here, people in walking.items():
            for there, chance in chances[here]:
                if there == "(conversion)":
                    converted += people * chance
                elif there not in {"(away)", removed}:
                    following[there] += people * chance
        walking = following
    return converted
