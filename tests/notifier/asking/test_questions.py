"""What is typed behind the command, read."""

from __future__ import annotations

import pytest

from notifier.asking.questions import Question, QuestionError, question


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mentions battery life", Question("mentions", "battery life")),
        ("  MENTIONS   battery ", Question("mentions", "battery")),
        ("mentions", Question("mentions", "")),
        ("sov", Question("sov", "7d")),
        ("sov 2026-11-01", Question("sov", "2026-11-01")),
        ("coverage", Question("coverage", "7d")),
        ("why sov.acme.20260706-20260707", Question("why", "sov.acme.20260706-20260707")),
        ("", Question("help", "")),
        ("help me", Question("help", "me")),
    ],
)
def test_a_question_is_read(text: str, expected: Question) -> None:
    assert question(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sovv 7d", "no question 'sovv'; did you mean 'sov'?"),
        ("xyzzy", "no question 'xyzzy'; ask for mentions, sov, why, coverage or help"),
        ("<!channel>\u202e", "no question '<!channel>'; ask for"),
        ("coverage 7d 8d", "coverage 7d 8d: one word only; write /overheard coverage 7d"),
        ("why a b", "why a b: one word only; write /overheard why ID"),
        ("why", "why: of which number? Copy an id from a digest's thread: /overheard why ID"),
    ],
)
def test_a_question_that_cannot_be_read_says_how_it_is_written(text: str, told: str) -> None:
    with pytest.raises(QuestionError) as caught:
        question(text)
    assert str(caught.value).startswith(told)


def test_a_question_is_shown_without_what_would_trick_the_eye() -> None:
    assert question("mentions a\u202eb\x00\nc").written == "/overheard mentions ab c"
