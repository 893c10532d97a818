# ruff: noqa: RUF001  # odd spellings are what is tested here
from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Brand
from listener.matching import Matcher
from storage.records import Match, Mention


def brand(*terms: str, slug: str = "it", **keys: tuple[str, ...]) -> Brand:
    return Brand(name=terms[0], slug=slug, terms=terms, **keys)


def mention(text: str, title: str | None = None, url: str | None = None, author: str | None = None) -> Mention:
    return Mention("rss", "1", url, title, text, author, None)


def words(found: dict[str, tuple[Match, ...]], body: str) -> dict[str, list[str]]:
    return {slug: [body[match.start : match.end] for match in matches] for slug, matches in found.items()}


NAMED = [
    ("Acme", "We use Acme daily", ["Acme"]),
    ("Acme", "ACME, acme; (Acme)!", ["ACME", "acme", "Acme"]),
    ("Acme", "Acme's and Acme’s", ["Acme", "Acme"]),
    ("Acme", "#Acme @acme _Acme_ **Acme**", ["Acme", "acme", "Acme", "Acme"]),
    ("Acme", "Acme-like, pre-Acme, Acme.com", ["Acme", "Acme", "Acme"]),
    ("#Acme", "go #acme go", ["#acme"]),
    ("@acme", "hey @Acme!", ["@Acme"]),
    ("C++", "C++, C++17 and c++", ["C++", "C++", "c++"]),
    (".NET", "I like .NET and .net", [".NET", ".net"]),
    ("AT&T", "AT&T rocks", ["AT&T"]),
    ("Yahoo!", "Yahoo! is back; yahoo!", ["Yahoo!", "yahoo!"]),
    ("L'Oréal", "L’Oréal and l'ore\u0301al", ["L’Oréal", "l'ore\u0301al"]),
    ("café", "cafe\u0301 CAFÉ", ["cafe\u0301", "CAFÉ"]),
    ("Großmann", "GROSSMANN und Großmann", ["GROSSMANN", "Großmann"]),
    ("Straße", "in der STRASSE", ["STRASSE"]),
    ("fit", "so ﬁt", ["ﬁt"]),
    ("Işık", "IŞIK ve ışık", ["IŞIK", "ışık"]),
    ("İstanbul", "istanbul, ISTANBUL", ["istanbul", "ISTANBUL"]),
    ("トヨタ", "私のﾄﾖﾀは速い", ["ﾄﾖﾀ"]),
    ("삼성", "삼성이 좋다", ["삼성"]),
    ("Samsung", "Samsung은 좋다", ["Samsung"]),
    ("腾讯", "我用腾讯视频", ["腾讯"]),
    ("iPhone", "我的iPhone很好", ["iPhone"]),
    ("ลาซาด้า", "ซื้อที่ลาซาด้าครับ", ["ลาซาด้า"]),
    ("Acme", "A\u200bc\u00adme\u200b!", ["A\u200bc\u00adme"]),
    ("Delta Dental", "Delta\nDental", ["Delta\nDental"]),
    ("🍏", "eat 🍏🍏", ["🍏", "🍏"]),
    ("ΟΔΟΣ", "η οδος", ["οδος"]),
    ("Яндекс", "на ЯНДЕКС", ["ЯНДЕКС"]),
    ("booking.com", "see https://www.booking.com/x", ["booking.com"]),
    ("Acme", "see https://acme.com/ Acme", ["Acme"]),
    ("Acme", "https://t.co/abc丰田Acme", ["Acme"]),
    ("Acme", "“Acme” ‘Acme’ «Acme» „Acme“", ["Acme", "Acme", "Acme", "Acme"]),
    ("O’Neill", "O'Neill and O’NEILL and O‘Neill", ["O'Neill", "O’NEILL", "O‘Neill"]),
    ("οδος", "Η ΟΔΟΣ", ["ΟΔΟΣ"]),
    ("Όμιλος", "ΌΜΙΛΟΣ, όμιλος", ["ΌΜΙΛΟΣ", "όμιλος"]),
    ("Ipek", "İpek ve IPEK'in", ["İpek", "IPEK"]),
    ("Acme", "Acme-Aktie, Acme’nin, Acme'yi, Acme'ish", ["Acme", "Acme", "Acme", "Acme"]),
    ("Acme CRM", "I use #AcmeCRM and #acme_crm and Acme CRM", ["#AcmeCRM", "#acme_crm", "Acme CRM"]),
    ("Acme", "#AcmeCRM #Acme_CRM", ["Acme"]),
    ("@acme", "(@acme), @acme's, _@acme_ @acme@mastodon.example", ["@acme"] * 4),
    ("#acme", "#acme_ #acme", ["#acme", "#acme"]),
    ("example.com", "see example[.]com and hxxps://example[.]com/x", ["example[.]com", "example[.]com"]),
    ("example[.]com", "see example.com", ["example.com"]),
    ("المراعي", "المراعي والمراعي بالمراعي", ["المراعي", "المراعي", "المراعي"]),
    ("مراعي", "في المراعي ومراعي", ["مراعي", "مراعي"]),
    ("בזק", "בזק, ובזק, בבזק, שבבזק, וכשהבזק", ["בזק"] * 5),
    ("المراعي", "للمراعي وللمراعي", ["للمراعي", "للمراعي"]),
    ("مراعي", "للمراعي", ["مراعي"]),
    ("Acme", "في Acme وAcme بـAcme, ב-Acme והAcme", ["Acme"] * 5),
    ("Acme", "URL only: https://acme.example/ or Acme", ["Acme"]),
]
UNNAMED = [
    ("Apple", "Applebee's and pineapple"),
    ("Acme", "Acmeville, 2Acme, Acme2, MyAcme"),
    (".NET", "ASP.NET on example.net"),
    ("@acme", "write to bob@acme.com"),
    ("Nestlé", "Nestle"),
    ("ab", "éab abé ab\u0301"),
    ("삼성", "한국삼성"),
    ("한카드", "신한카드"),
    ("Acme", "https://example.org/acme www.acme.com/acme ftp://acme/"),
    ("booking.com", "notbooking.com"),
    ("हि", "हिन्दी"),
    ("Delta Dental", "Delta and Dental"),
    ("Acme", "Acmes Acmeaktie Acmenin #AcmeCRM"),
    ("@acme", "@acme_support @acmecorp @acme__x"),
    ("#acme", "#acme_day"),
    ("Acme CRM", "AcmeCRM x#AcmeCRM #AcmeCRMs #AcmeCRM_2"),
    ("example.com", "example[.]company notexample[.]com"),
    ("مراعي", "كلمراعي سمراعي"),
    ("Acme", "שלוםAcme مرحباAcme"),
    ("בזק", "מבזקים הבזקה אבזק"),
    ("רב", "ורב"),
]


@pytest.mark.parametrize(("term", "text", "expected"), NAMED)
def test_a_term_is_found_however_it_is_written(term: str, text: str, expected: list[str]) -> None:
    assert words(Matcher([brand(term)]).find(mention(text)), text) == {"it": expected}


@pytest.mark.parametrize(("term", "text"), UNNAMED)
def test_a_part_of_another_word_or_of_a_link_is_not_found(term: str, text: str) -> None:
    assert Matcher([brand(term)]).find(mention(text)) == {}


def test_a_match_tells_the_term_and_its_place_in_title_and_text() -> None:
    found = Matcher([brand("Acme", "AcmeCRM", slug="acme")]).find(mention("Or acmecrm?", title="On Acme"))
    assert found == {"acme": (Match("acme", "Acme", 3, 7), Match("acme", "AcmeCRM", 11, 18))}


def test_without_terms_the_name_counts() -> None:
    assert list(Matcher([Brand(name="Globex", slug="g")]).find(mention("on globex"))) == ["g"]


def test_a_phrase_does_not_reach_from_title_into_text() -> None:
    matcher = Matcher([brand("Delta Dental"), brand("Dental", slug="other")])
    assert list(matcher.find(mention("Dental care", title="Delta"))) == ["other"]


def test_inside_one_brand_the_longest_hit_wins() -> None:
    text = "new york times square, york times"
    found = Matcher([brand("new york times", "times square", "york times")]).find(mention(text))
    assert words(found, text) == {"it": ["new york times", "york times"]}


def test_a_hit_inside_a_longer_one_of_another_brand_does_not_count() -> None:
    matcher = Matcher([brand("Delta", slug="delta"), brand("Delta Dental", slug="dental")])
    text = "Delta Dental, not Delta"
    assert words(matcher.find(mention(text)), text) == {"delta": ["Delta"], "dental": ["Delta Dental"]}
    assert list(matcher.find(mention("my Delta Dental plan"))) == ["dental"]


def test_brands_that_share_a_term_both_count() -> None:
    matcher = Matcher([brand("Acme", slug="a"), brand("ACME", slug="b")])
    assert list(matcher.find(mention("acme"))) == ["a", "b"]


def test_an_excluded_phrase_vetoes_its_brand_alone() -> None:
    matcher = Matcher([brand("Apple", slug="apple", exclude=("apple pie",)), brand("Pear", slug="pear")])
    assert list(matcher.find(mention("Apple pie and pear and Apple"))) == ["pear"]
    assert list(matcher.find(mention("Apple pies and pear"))) == ["apple", "pear"]
    assert list(matcher.find(mention("Apple and #ApplePie and pear"))) == ["pear"]


@pytest.mark.parametrize(
    ("url", "author", "counts"),
    [
        ("https://acme.com/blog", None, False),
        ("https://blog.acme.com/", None, False),
        ("https://ACME.com:8080/", None, False),
        ("https://notacme.com/", None, True),
        ("https://acme.com.example.org/", None, True),
        ("http://[broken", None, True),
        (None, "AcmeHQ", False),
        (None, "@acmehq", False),
        (None, "u/AcmeHQ", False),
        (None, "AcmeHQfan", True),
        (None, None, True),
    ],
)
def test_what_a_brand_says_itself_is_no_mention(url: str | None, author: str | None, counts: bool) -> None:
    own = brand("Acme", domains=("https://www.acme.com/",), handles=("@AcmeHQ",))
    assert bool(Matcher([own]).find(mention("Acme is great", url=url, author=author))) == counts


def test_ten_thousand_terms_are_found_as_ten() -> None:
    brands = [Brand(name=f"Brand{number}x", slug=f"b{number}") for number in range(10_001)]
    assert list(Matcher(brands).find(mention("brand7x and BRAND9999X and brand7"))) == ["b7", "b9999"]


def test_a_text_of_nothing_but_hits_and_links_stays_quick() -> None:
    text = "acme https://a.b/acme " * 3000
    assert len(Matcher([brand("Acme")]).find(mention(text))["it"]) == 3000


def test_blank_terms_name_nothing() -> None:
    assert Matcher([brand("\u200b", " ")]).find(mention("anything \u200b")) == {}


# An oracle that shares no code: it walks every term at every place of a text without folding by length, on an alphabet
# whose folding keeps lengths, and takes word characters from the regex engine.
TERMS = ["ab", "a b", "b", "é", "c+", "+c", "丰", "丰a", "가", "ab c"]
ALPHABET = "abcAB +é丰가나.,_1"


def oracle(text: str, slug_terms: dict[str, list[str]]) -> dict[str, set[tuple[int, int]]]:
    low = "".join(unicodedata.normalize("NFC", character).lower() for character in text)
    spans: dict[str, list[tuple[int, int]]] = {slug: [] for slug in slug_terms}
    for slug, terms in slug_terms.items():
        for term in terms:
            for start in range(len(low)):
                end = start + len(term)
                if low[start:end] == term and alone(low, start, end):
                    spans[slug].append((start, end))
    longer = [span for each in spans.values() for span in each]
    result = {}
    for slug, each in spans.items():
        outer = [
            one for one in set(each) if not any(two != one and two[0] <= one[0] and one[1] <= two[1] for two in longer)
        ]
        kept: list[tuple[int, int]] = []
        for one in sorted(outer, key=lambda span: (span[0] - span[1], span[0])):
            if all(one[1] <= two[0] or two[1] <= one[0] for two in kept):
                kept.append(one)
        if kept:
            result[slug] = set(kept)
    return result


def alone(low: str, start: int, end: int) -> bool:
    before, first, last, after = low[start - 1 : start], low[start], low[end - 1], low[end : end + 1]
    word = re.compile(r"[^\W_]")
    if before and word.match(before) and "丰" not in (before, first):
        korean = "가나"
        if (before in korean) == (first in korean) or not word.match(first):
            return False
    if after and word.match(after) and word.match(last) and "丰" not in (after, last):
        return last in "가나" or after in "가나"
    return True


@given(st.text(alphabet=ALPHABET, max_size=25), st.permutations(TERMS), st.integers(1, 9))
def test_it_agrees_with_a_walk_over_every_place(text: str, terms: list[str], cut: int) -> None:
    brands = {"one": terms[:cut], "two": terms[cut:]}
    matcher = Matcher([brand(*terms, slug=slug) for slug, terms in brands.items()])
    found = {
        slug: {(match.start, match.end) for match in matches} for slug, matches in matcher.find(mention(text)).items()
    }
    assert found == oracle(text, brands)
