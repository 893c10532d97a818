"""Lexicon files: what is read from them, and what a user is told when a line is wrong."""

from __future__ import annotations

import pytest

from config.errors import ConfigError
from scoring.lexicons.file import read_lexicon
from scoring.lexicons.patterns import read_pattern

HEADER = "language: nl\nversion: 1\n[words]\n"
GOOD = """# a comment
language: nl
version: 2.1
licence: MIT
accents: ignore
capitals: nouns

[words]
goed\t2   # praise
Slecht*\t-2.5
*storing*\t-3
valt tegen\t-2
[negators]
niet\t-3..4
geen\t1..2
[boosters]
zeer\t1.3
enorm\t1.5\t-1..2
[contrast]
maar
[concessions]
hoewel
[conditions]
stel dat
[comparisons]
+ Beter dan -   # praise
"""


def test_everything_that_a_file_says_is_read() -> None:
    lexicon = read_lexicon("\ufeff" + GOOD, "nl.txt")
    assert (lexicon.language, lexicon.version, lexicon.ignore_accents) == ("nl", "2.1", True)
    assert lexicon.words == {"goed": 2.0, "slecht*": -2.5, "*storing*": -3.0, "valt tegen": -2.0}
    assert lexicon.negators == {"niet": (-3, 4), "geen": (1, 2)}
    assert lexicon.boosters == {"zeer": (1.3, (1, 2)), "enorm": (1.5, (-1, 2))}
    assert lexicon.contrast == {"maar"}
    assert lexicon.concessions == {"hoewel"}
    assert lexicon.conditions == {"stel dat"}
    assert lexicon.comparisons == (read_pattern("+ beter dan -"),)
    assert lexicon.capital_nouns


def test_what_a_file_leaves_out_is_as_in_most_languages() -> None:
    lexicon = read_lexicon(HEADER + "goed\t2", "nl.txt")
    assert (lexicon.ignore_accents, lexicon.capital_nouns, lexicon.comparisons) == (False, False, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            HEADER + "goed",
            'nl.txt:4: line 4: the word stands alone; write a TAB and a valence, such as "goed", TAB, "2"',
            id="no valence",
        ),
        pytest.param(
            HEADER + "goed 2",
            'nl.txt:4: line 4: the word stands alone; write a TAB and a valence, such as "goed", TAB, "2"',
            id="a blank for a TAB",
        ),
        pytest.param(
            HEADER + "goed\t2\t3",
            'nl.txt:4: line 4: 2 columns behind the word; write a TAB and a valence, such as "goed", TAB, "2"',
            id="too many columns",
        ),
        pytest.param(
            HEADER + "goed\t5", 'nl.txt:4: line 4: "5" is no valence; write a number from -4 to 4', id="too strong"
        ),
        pytest.param(
            HEADER + "goed\tnan", 'nl.txt:4: line 4: "nan" is no valence; write a number from -4 to 4', id="no number"
        ),
        pytest.param(
            HEADER + "goed\t2\nfijn\t2\nGoed\t3",
            'nl.txt:6: line 6: "goed" stands on line 4 already; take one of the two away',
            id="twice",
        ),
        pytest.param(
            HEADER + "go*ed\t2",
            'nl.txt:4: line 4: "go*ed" cannot be matched; * stands at the beginning or end of a word, in a phrase at '
            "ends alone",
            id="a star inside",
        ),
        pytest.param(
            HEADER + "a b c d e f g\t2",
            'nl.txt:4: line 4: "a b c d e f g" is too long; a phrase has 6 words at most',
            id="a sentence",
        ),
        pytest.param(
            HEADER + "goed\t2\n[negators]\nniet\t0..0",
            'nl.txt:6: line 6: "0..0" is no reach; write the first and last word it acts on, such as "1..3", at most '
            "10 off",
            id="a reach to itself",
        ),
        pytest.param(
            HEADER + "goed\t2\n[negators]\nniet\t1..11",
            'nl.txt:6: line 6: "1..11" is no reach; write the first and last word it acts on, such as "1..3", at most '
            "10 off",
            id="too far",
        ),
        pytest.param(
            HEADER + "goed\t2\n[boosters]\nzeer\t9",
            'nl.txt:6: line 6: "9" is no factor; write a number from 0 to 3',
            id="no factor",
        ),
        pytest.param(
            HEADER + "goed\t2\n[contrast]\nmaar\t1",
            "nl.txt:6: line 6: a contrast word takes no number; leave the word alone on its line",
            id="contrast with a number",
        ),
        pytest.param(
            HEADER + "goed\t2\n[conditions]\nals\t1",
            "nl.txt:6: line 6: a condition takes no number; leave the word alone on its line",
            id="condition with a number",
        ),
        pytest.param(
            HEADER + "goed\t2\n[comparisons]\nbeter dan",
            'nl.txt:6: line 6: "beter dan" has no two sides; write one + where the better one stands, one - for the '
            'worse, such as "+ > -"',
            id="a comparison without sides",
        ),
        pytest.param(
            HEADER + "goed\t2\n[comparisons]\n+ beter dan -\n+  Beter dan -",
            'nl.txt:7: line 7: "+ beter dan -" stands on line 6 already; take one of the two away',
            id="a comparison twice",
        ),
        pytest.param(
            "language: nl\nversion: 1\ncapitals: all\n[words]\ngoed\t2",
            'nl.txt:3: line 3: "all" is not known; write "nouns" or "names"',
            id="capitals",
        ),
        pytest.param(
            HEADER + "goed\t2\n[emoji]\n",
            'nl.txt:5: line 5: no section "emoji"; the sections are words, negators, boosters, contrast, concessions, '
            "conditions, comparisons",
            id="an unknown section",
        ),
        pytest.param(
            "language: nl\nversion: 1\ngoed\t2",
            'nl.txt:3: line 3: "goed\t2" is no header; write one of language, version, accents, capitals, licence, '
            "name and a colon, or open [words]",
            id="words before a section",
        ),
        pytest.param(
            "language: Dutch\nversion: 1\n[words]\ngoed\t2",
            'nl.txt:1: line 1: "Dutch" is no language; write its two letters, such as "nl"\n'
            'nl.txt: header: no language; write "language: nl" above the first section',
            id="a language by its name",
        ),
        pytest.param(
            "language: nl\nversion: one two\n[words]\ngoed\t2",
            'nl.txt:2: line 2: "one two" is no version; write letters, digits and dots, such as "1" or "2.1"\n'
            'nl.txt: header: no version; write "version: 1" above the first section',
            id="a version with blanks",
        ),
        pytest.param(
            "language: nl\nversion: 1\naccents: no\n[words]\ngoed\t2",
            'nl.txt:3: line 3: "no" is not known; write "ignore" or "keep"',
            id="accents",
        ),
        pytest.param(
            "language: nl\nversion: 1\n", 'nl.txt: [words]: empty; write a line such as "goed", TAB, "2"', id="no words"
        ),
    ],
)
def test_what_is_wrong_is_told_with_line_and_remedy(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_lexicon(text, "nl.txt")
    assert str(caught.value) == message


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        read_lexicon("language: nl\n[words]\ngoed\tvery\nslecht\t-9\n", "nl.txt")
    assert [problem.line for problem in caught.value.problems] == [3, 4, None]
