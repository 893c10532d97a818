from __future__ import annotations

import json

from scoring.remarks import Remark, Remarks, first


def test_a_remark_reads_as_english_and_remembers_what_it_is_made_of() -> None:
    inner = Remark("mentions of all brands")
    remark = Remark("{number} is 0", number=inner)

    assert remark == "mentions of all brands is 0"
    assert json.dumps({"why": remark}) == '{"why": "mentions of all brands is 0"}'
    assert (remark.message, remark.values) == ("{number} is 0", {"number": inner})


def test_braces_of_a_value_are_left_alone() -> None:
    assert Remark("missing {facts}", facts="{facts} {0}") == "missing {facts} {0}"


def test_several_remarks_are_one_text_whose_first_can_be_had() -> None:
    several = Remarks([Remark("missing {facts}", facts="clicks"), "no rate"])

    assert several == "missing clicks; no rate"
    assert first(several) == "missing clicks"
    assert first(Remarks([])) == ""
    assert first("a; b") == "a; b"
