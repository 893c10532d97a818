"""Paths for tests of attribution: five with known answers, and any at all."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from storage.campaign_records import ConversionPath

# Eight conversions. First to last: 5, 2, 1; last: 0, 7, 1 and so on, as the tests say.
KNOWN = (
    ConversionPath(("reddit", "search"), 3, 2),
    ConversionPath(("linkedin",), 1, 4),
    ConversionPath(("reddit", "linkedin", "search"), 2, 1),
    ConversionPath(("search",), 2, 3),
    ConversionPath(("reddit",), 0, 5),
)

_touches = st.lists(st.sampled_from(["a", "b", "c", "d", "direct"]), min_size=1, max_size=6).map(tuple)
any_path = st.builds(
    ConversionPath,
    _touches,
    st.integers(0, 50).map(float),
    st.integers(0, 50).map(float),
    st.integers(0, 99).map(Decimal),
)
any_paths = st.lists(any_path, min_size=1, max_size=12)
