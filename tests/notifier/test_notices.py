from __future__ import annotations

from notifier.notices import notice


def test_a_notice_holds_no_markup_whatever_its_text_holds() -> None:
    message = notice("<!channel> *a* & b", "slack")

    assert message == {
        "text": "&lt;!channel&gt; *a* &amp; b",
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "<!channel> *a* & b", "emoji": False}}],
        "thread": False,
    }


def test_a_long_notice_is_cut_before_slack_refuses_it() -> None:
    message = notice("x" * 5000, "slack")

    assert len(message["blocks"][0]["text"]["text"]) == 2900  # type: ignore[index, call-overload, arg-type]  # a block of ours


def test_the_terminal_gets_the_text_alone() -> None:
    assert notice("a & b", "console") == {"text": "a & b", "blocks": [], "thread": False}
