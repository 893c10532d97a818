from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.attribution.models import MODELS, Attribution, attribute
from storage.campaign_records import ConversionPath
from tests.scoring.attribution.walks import KNOWN, any_paths


def credited(attribution: Attribution, model: str) -> dict[str, float | None]:
    return {credit.channel: credit.conversions[model] for credit in attribution.channels}


@pytest.mark.parametrize(
    ("model", "reddit", "search", "linkedin"),
    [
        ("first", 5, 2, 1),
        ("last", 0, 7, 1),
        ("last_non_direct", 0, 7, 1),
        ("linear", 2.1667, 4.1667, 1.6667),
        ("position_based", 2.3, 4.3, 1.4),
        ("time_decay", 2.1667, 4.1667, 1.6667),
        ("markov", 2.2113, 4.2142, 1.5745),
        ("shapley", 2.1667, 4.1667, 1.6667),
        ("shapley_rate", 1.7356, 4.7452, 1.5192),
    ],
)
def test_the_known_paths_are_credited_as_worked_out(model: str, reddit: float, search: float, linkedin: float) -> None:
    found = credited(attribute(KNOWN), model)
    assert found == pytest.approx({"reddit": reddit, "search": search, "linkedin": linkedin}, abs=5e-5)


def test_channels_stand_by_their_linear_credit_and_tell_what_goes_without_them() -> None:
    attribution = attribute(KNOWN)
    assert (attribution.conversions, attribution.value) == (8, None)
    assert [credit.channel for credit in attribution.channels] == ["search", "reddit", "linkedin"]
    assert attribution.channels[0].removal_effect == pytest.approx(0.875)
    assert set(attribution.channels[0].value.values()) == {None}


@given(any_paths)
def test_every_model_shares_out_all_conversions_and_all_value(paths: list[ConversionPath]) -> None:
    paths = [replace(path, value=path.value if path.conversions else None) for path in paths]
    attribution = attribute(paths)
    for model in MODELS:
        conversions = [credit.conversions[model] or 0 for credit in attribution.channels]
        assert sum(conversions) == pytest.approx(sum(path.conversions for path in paths), abs=1e-9)
        assert min(conversions) >= -1e-9
        if attribution.value is not None:
            value = [credit.value[model] or 0 for credit in attribution.channels]
            assert sum(value) == pytest.approx(float(attribution.value), abs=1e-9)


@given(st.data(), any_paths)
def test_the_order_of_rows_changes_nothing(data: st.DataObject, paths: list[ConversionPath]) -> None:
    other = data.draw(st.permutations(paths))
    assert attribute(other) == attribute(paths)


@given(any_paths)
def test_rows_that_come_twice_count_twice(paths: list[ConversionPath]) -> None:
    once, twice = attribute(paths), attribute([*paths, *paths])
    assert twice.conversions == 2 * once.conversions
    for model in MODELS:
        doubled = {channel: 2 * (credit or 0) for channel, credit in credited(once, model).items()}
        assert credited(twice, model) == pytest.approx(doubled, abs=1e-9)


@given(any_paths)
def test_a_channel_that_never_converts_gets_nothing_from_any_model(paths: list[ConversionPath]) -> None:
    idle = ConversionPath(("tv", "tv"), 0, 9)
    found = {credit.channel: credit for credit in attribute([*paths, idle]).channels}["tv"]
    assert found.conversions == pytest.approx(dict.fromkeys(MODELS, 0.0))


@given(any_paths)
def test_value_that_follows_conversions_is_shared_as_they_are(paths: list[ConversionPath]) -> None:
    priced = [replace(path, value=Decimal(int(path.conversions) * 7)) for path in paths]
    for credit in attribute(priced).channels:
        for model in MODELS:
            assert credit.value[model] == pytest.approx(7 * (credit.conversions[model] or 0), abs=1e-9)


def test_where_nobody_converted_nothing_is_credited_and_that_is_said() -> None:
    attribution = attribute([ConversionPath(("a", "b"), 0, 3)])
    assert credited(attribution, "markov") == {"a": 0, "b": 0}
    assert attribution.channels[0].removal_effect is None
    assert "no path converted: there is nothing to share out" in attribution.warnings


FEW = "below the 2,000 that markov should have", "below the 5,000 that shapley and shapley_rate should have"


@pytest.mark.parametrize(
    ("paths", "known", "expected"),
    [
        pytest.param([ConversionPath(("a",), 1999, 1)], True, FEW, id="few for both"),
        pytest.param([ConversionPath(("a",), 2000, 1)], True, FEW[1:], id="few for Shapley"),
        pytest.param([ConversionPath(("a",), 5000, 1)], True, (), id="enough"),
        pytest.param([ConversionPath(("a",), 5000)], False, ("no column non_conversions",), id="converters alone"),
        pytest.param(
            [ConversionPath(("a", "b"), 5000), ConversionPath(("a", "b"), 70, days_before=(1, 0))],
            True,
            ("5,000 conversions have no days_before: time_decay shares them out evenly",),
            id="no days",
        ),
        pytest.param(
            [ConversionPath(("a",), 5000, value=Decimal(9)), ConversionPath(("b",), 1.5)],
            True,
            ("1.5 conversions have no value",),
            id="value of some",
        ),
        pytest.param(
            [ConversionPath(("Ads",), 5000), ConversionPath(("ads",), 1)],
            True,
            ("channels that differ in case alone are counted apart: Ads, ads",),
            id="case",
        ),
        pytest.param(
            [ConversionPath((f"c{place}",), 5000, 1) for place in range(15)],
            True,
            ("15 channels: above 14 shapley_rate is the mean of 1000 drawn orders (seed 20111); standard error",),
            id="drawn",
        ),
        pytest.param(
            [ConversionPath((f"c{place}",), 5000, 1) for place in range(101)],
            True,
            ("101 channels: shapley_rate is n/a above 100",),
            id="too many channels",
        ),
    ],
)
def test_what_weakens_the_numbers_is_said(paths: list[ConversionPath], known: bool, expected: tuple[str, ...]) -> None:
    warnings = attribute(paths, non_conversions_known=known).warnings
    assert [any(part in warning for warning in warnings) for part in expected] == [True] * len(expected)
    assert len(warnings) == len(expected)


def test_too_many_channels_are_credited_by_all_other_models() -> None:
    credit = attribute([ConversionPath((f"c{place}",), 5000, value=Decimal(1)) for place in range(101)]).channels[0]
    assert [model for model in MODELS if credit.conversions[model] is None] == ["shapley_rate"]
    assert [model for model in MODELS if credit.value[model] is None] == ["shapley_rate"]


@pytest.mark.recordings
def test_ten_thousand_real_paths_are_shared_out_to_the_last_conversion(recordings: Path) -> None:
    with gzip.open(recordings / "campaigns/mta-paths.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    attribution = attribute(
        [
            ConversionPath(tuple(row["path"].split(" > ")), float(row["total_conversions"]), float(row["total_null"]))
            for row in rows
        ]
    )
    starts = [float(row["total_conversions"]) for row in rows if row["path"].split(" > ")[0] == "alpha"]
    assert (len(rows), attribution.conversions, len(attribution.channels)) == (10_000, 19_785, 12)
    assert credited(attribution, "first")["alpha"] == sum(starts)
    for model in MODELS:
        assert sum(credit.conversions[model] or 0 for credit in attribution.channels) == pytest.approx(19_785)
