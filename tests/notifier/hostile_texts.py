"""Texts and addresses that try to become more than text, made by chance: the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from html import escape
from typing import Final
from urllib.parse import quote

from tests.notifier.hostile import HOSTILE

Dice = random.Random
Made = Callable[[Dice], str]

WORDS: Final = (
    "Acme",
    "wins",
    "our",
    "export",
    "is",
    "down",
    "again",
    "prices",
    "support",
    "\uc774\ub2c8\ud14d",
    "\u4f60\u597d",
)
BIDI: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HIDDEN: Final = "\u200b\u2060\ufeff\u00ad\u180e\u2061\u2064\u115f\u1160\u3164\uffa0\u034f\u2800\u200c\u200d"
CONTROLS: Final = "".join(map(chr, [*range(32), *range(127, 160)]))
ALIKE: Final = str.maketrans({"a": "\u0430", "e": "\u0435", "o": "\u043e", "p": "\u0440", "c": "\u0441", "i": "\u0456"})
BANKS: Final = ("bank.example", "paypal.example", "slack.example", "login.acme.example")
THIEVES: Final = (
    "evil.example",
    "xn--pypal-4ve.example",
    "bank.example.evil.example",
    "192.0.2.7",
    "[2001:db8::7]",
    "evil\u3002example",
)
TAGS: Final = (
    "script",
    "img",
    "svg",
    "iframe",
    "math",
    "object",
    "embed",
    "form",
    "a",
    "base",
    "meta",
    "link",
    "style",
    "details",
    "video",
    "template",
    "noscript",
    "textarea",
    "title",
    "plaintext",
    "xmp",
    "table",
    "select",
    "!--",
    "![CDATA[",
)
SLOTS: Final = (
    "onload",
    "onerror",
    "onmouseover",
    "onfocus autofocus",
    "style",
    "href",
    "src",
    "srcdoc",
    "formaction",
    "xlink:href",
    "http-equiv",
    "ping",
    "data-name",
    "class",
)


def words(dice: Dice) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(1, 9)))


def _id(dice: Dice, first: str) -> str:
    return first + "".join(dice.choices("ABCDEFGHJKLMNP0123456789", k=dice.randint(0, 11)))


def _address(dice: Dice, hosts: tuple[str, ...] = THIEVES) -> str:
    path = "/".join(dice.choices(("", "login", "a?b=c&d=<e>", "#top", "%0a%0d", "..", "|x", "\u202egpj"), k=2))
    return f"{dice.choice(('https', 'http', 'HTTPS'))}://{dice.choice(hosts)}/{path}"


def broadcast(dice: Dice) -> str:
    name = dice.choice(("channel", "here", "everyone"))
    return dice.choice(
        (f"<!{name}>", f"<!{name}|{name}>", f"@{name}", f"<! {name}>", f"<!{name}|@{words(dice)}>", f"&lt;!{name}&gt;")
    )


def mention(dice: Dice) -> str:
    return dice.choice(
        (f"<@{_id(dice, 'U')}>", f"<@{_id(dice, 'W')}|{words(dice)}>", f"@{words(dice)}", f"<@{_id(dice, 'U')}|>")
    )


def place(dice: Dice) -> str:
    return dice.choice(
        (f"<#{_id(dice, 'C')}>", f"<#{_id(dice, 'C')}|general>", "#general", f"<!subteam^{_id(dice, 'S')}|@all>")
    )


def moment(dice: Dice) -> str:
    return f"<!date^{dice.randint(0, 2**33)}^{{date_num}} {{time}}^{_address(dice)}|{words(dice)}>"


def masked(dice: Dice) -> str:
    bank, evil = _address(dice, BANKS), _address(dice)
    return dice.choice(
        (
            f"<{evil}|{bank}>",
            f"[{bank}]({evil})",
            f"![{bank}]({evil})",
            f"<{evil}>",
            evil,
            bank,
            f"[{bank}]: {evil}",
            f"<mailto:x@{dice.choice(BANKS)}|{bank}>",
            f"<slack://open?{evil}|{words(dice)}>",
            f"www.{dice.choice(BANKS)}",
            dice.choice(BANKS),
            f"<{evil}|{words(dice)}",
        )
    )


def markup(dice: Dice) -> str:
    tag, slot = dice.choice(TAGS), dice.choice(SLOTS)
    value = dice.choice(
        (
            "alert(1)",
            f"javascript:alert({dice.random()})",
            _address(dice),
            "data:text/html,<script>1</script>",
            "expression(alert(1))",
            "url(//evil.example)",
            "refresh",
        )
    )
    mark = dice.choice(('"', "'", "", "`"))
    return dice.choice(
        (
            f"<{tag} {slot}={mark}{value}{mark}>{words(dice)}</{tag}>",
            f"{mark} {slot}={mark}{value}{mark} x={mark}",
            f"</{tag}><{tag}/{slot}={value}>",
            f"<{tag}\n{slot}={value}//",
            f"<<{tag}>{value}<</{tag}>",
        )
    )


def styles(dice: Dice) -> str:
    return dice.choice(
        (
            f"</style><style>@import '{_address(dice)}'</style>",
            f"body{{background:url({_address(dice)})}}",
            "}*{display:none}",
            f"x;position:fixed;inset:0;background:url({_address(dice)})",
            "<!--</style>-->",
            "\\3c script\\3e",
        )
    )


def pictures(dice: Dice) -> str:
    return dice.choice(
        (
            f"<svg onload=alert(1)><use href='{_address(dice)}'/></svg>",
            "<svg><foreignObject><script>1</script></foreignObject></svg>",
            f"<svg><image xlink:href='{_address(dice)}'/><animate onbegin=alert(1) attributeName=x></svg>",
            "]]></svg><script>1</script>",
            "</text><script>alert(1)</script><text>",
            "&#x3c;script&#x3e;",
            "datum.x + toString()",
            "{expr: 'alert(1)'}",
        )
    )


def escapes(dice: Dice) -> str:
    return dice.choice(
        (
            f"\x1b[{dice.randint(0, 107)}m{words(dice)}\x1b[0m",
            f"\x1b]8;;{_address(dice)}\x1b\\{words(dice)}\x1b]8;;\x1b\\",
            "\x1b]0;owned\x07",
            "\x1b[2J\x1b[H",
            "\x1b[1A\x1b[2K",
            "\x9b31m",
            "\x9d8;;https://evil.example\x9c",
            "\x1bP+q544e\x1b\\",
            "\x1b_x\x1b\\",
            "\x1b(0",
            "\x1b[?1049h",
            "\x1b]52;c;ZXZpbA==\x07",
            "\x1b[6n",
            "\r" + words(dice),
            words(dice) + "\b" * 9,
            "\x0e\x0f",
        )
    )


def library_markup(dice: Dice) -> str:
    return dice.choice(
        (
            f"[bold red]{words(dice)}[/]",
            f"[link={_address(dice)}]{words(dice)}[/link]",
            "[@click=app.quit]x[/]",
            "[/]",
            "[/bold]",
            "\\[x]",
            "[[x]]",
            "[on red]",
            ":warning:",
            "[blink]",
            "{{ x }}",
            "{% raw %}",
            "{x}",
            "%(x)s",
            "${x}",
            "{0.__class__}",
            "%s%n",
            "*b* _i_ ~s~ `c`",
            "```x```",
            "> quote",
            "* bullet",
            "1. one",
            "# head",
            "| a | b |",
            "---",
        )
    )


def invisible(dice: Dice) -> str:
    letters = list(words(dice) + broadcast(dice))
    for _ in range(dice.randint(1, 12)):
        letters.insert(dice.randint(0, len(letters)), dice.choice(BIDI + HIDDEN + CONTROLS))
    return "".join(letters)


def nothing(dice: Dice) -> str:
    return "".join(dice.choices(HIDDEN + BIDI + " \t\n\u3000\u00a0", k=dice.randint(0, 30)))


def halves(dice: Dice) -> str:
    return "".join(
        chr(dice.choice((dice.randint(0xD800, 0xDFFF), dice.randint(0xFDD0, 0xFDEF), 0xFFFE, 0, 0xE000, 0x10FFFF, 65)))
        for _ in range(dice.randint(1, 9))
    )


def piled(dice: Dice) -> str:
    marks = [chr(dice.randint(0x300, 0x36F)) for _ in range(dice.randint(5, 200))]
    return words(dice) + "".join(marks) + words(dice)


def endless(dice: Dice) -> str:
    return dice.choice(("w", "\u4f60", "\U0001f600", "\ufdfa", "<", "&", "'", "\uc774", "W\u0301")) * dice.choice(
        (200, 3_000, 20_000)
    )


def chance(dice: Dice) -> str:
    return "".join(
        chr(dice.choice((dice.randint(0, 0x2FF), dice.randint(0, 0xFFFF), dice.randint(0, 0x10FFFF))))
        for _ in range(dice.randint(1, 60))
    )


def known(dice: Dice) -> str:
    return dice.choice(list(HOSTILE.values()))


SCHEMES: Final = ("javascript", "JaVaScRiPt", "data", "vbscript", "file", "slack", "mailto", "blob")
FAMILIES: Final[tuple[Made, ...]] = (
    broadcast,
    mention,
    place,
    moment,
    masked,
    markup,
    styles,
    pictures,
    escapes,
    library_markup,
    invisible,
    nothing,
    halves,
    piled,
    endless,
    chance,
    known,
)
DISGUISES: Final[tuple[Callable[[Dice, str], str], ...]] = (
    lambda _, text: text,
    lambda _, text: escape(text),
    lambda _, text: escape(escape(text)),
    lambda _, text: "".join(f"&#{ord(each)};" for each in text[:300]),
    lambda _, text: "".join(f"\\u{ord(each):04x}" for each in text[:300]),
    lambda _, text: quote(text[:300], errors="replace"),
    lambda _, text: text.translate(ALIKE),
    lambda _, text: text.replace("<", "\uff1c").replace(">", "\uff1e").replace("@", "\uff20"),
    lambda dice, text: "".join(dice.choice((each.upper(), each.lower())) for each in text),
    lambda dice, text: f"{words(dice)} {text} {words(dice)}",
    lambda dice, text: text[: len(text) // 2] + dice.choice(HIDDEN + BIDI + "\n\x00") + text[len(text) // 2 :],
    lambda dice, text: f"<{text}|{dice.choice(FAMILIES)(dice)}>",
    lambda dice, text: dice.choice(FAMILIES)(dice) + text + dice.choice(FAMILIES)(dice),
    lambda dice, text: dice.choice(BIDI) + text + dice.choice(BIDI),
)


def hostile_texts(seed: int = 1) -> Iterator[str]:
    """Give texts without end, family after family, in one of the disguises each."""
    dice = random.Random(seed)
    while True:
        for family in FAMILIES:
            yield dice.choice(DISGUISES)(dice, family(dice))


def hostile_addresses(seed: int = 1) -> Iterator[str]:
    """Give addresses without end: of thieves, of odd kinds, with logins, and such that end their surroundings."""
    dice = random.Random(seed)
    while True:
        host, evil = dice.choice(BANKS), dice.choice(THIEVES)
        yield dice.choice(
            (
                _address(dice),
                f"https://{host}@{evil}/",
                f"https://{host.translate(ALIKE)}/",
                f"//{evil}/",
                f"https:/{evil}",
                f" https://{evil}\n/x ",
                f"{dice.choice(SCHEMES)}:{dice.choice(FAMILIES)(dice)[:200]}",
                f"https://{evil}/{dice.choice(FAMILIES)(dice)[:200]}",
                f"https://{evil}:{dice.randint(-9, 99999)}/",
                f"https://{evil}\\@{host}/",
                f"https://{dice.choice(FAMILIES)(dice)[:60]}/",
                "https://",
                f"https://{evil}/" + "a" * dice.choice((10, 600, 2500)),
                dice.choice(FAMILIES)(dice)[:300],
            )
        )
