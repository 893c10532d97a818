from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listener.utm import Link, LinkError, build, check_links, check_values, links_in, spelling, tags_of

GOOD = "https://acme.example/shop?utm_source=google&utm_medium=cpc&utm_campaign=spring-sale"


def found(url: str, *own: str, page: str | None = None) -> list[tuple[str, str]]:
    return [(problem.tag, problem.what) for problem in check_links([Link(url, "here", page)], own)]


def test_a_good_link_has_no_problem() -> None:
    assert found(GOOD, "acme.example") == []


def test_tags_that_analytics_take_without_reporting_them_are_no_problem() -> None:
    accepted = "utm_id=7&utm_term=a&utm_content=b&utm_source_platform=c&utm_creative_format=d&utm_marketing_tactic=e"

    assert found(f"{GOOD}&{accepted}", "acme.example") == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            GOOD.replace("google", "Google"),
            [("utm_source", '"Google" has capitals, and another spelling counts as another value')],
        ),
        (GOOD.replace("spring-sale", "spring%20sale"), [("utm_campaign", '"spring sale" has blanks')]),
        (GOOD.replace("spring-sale", "spring+sale"), [("utm_campaign", '"spring sale" has blanks')]),
        (GOOD.replace("&utm_medium=cpc", ""), [("utm_medium", "missing")]),
        (GOOD.replace("cpc", ""), [("utm_medium", "empty")]),
        (GOOD.replace("utm_m", "UTM_m"), [("UTM_medium", "a name with capitals, which analytics do not know")]),
        (GOOD + "&utm_contnt=a", [("utm_contnt", "not a tag that analytics know")]),
        (GOOD + "&utm_zzz=a", [("utm_zzz", "not a tag that analytics know")]),
        (GOOD + "&utm_source=google", [("utm_source", "stands there 2 times")]),
        (GOOD + "#?utm_term=a", [("", "tags behind the #, where analytics do not look")]),
        ("https://acme.example/", [("", "no tags: utm_source, utm_medium, utm_campaign are missing")]),
        (GOOD.removeprefix("https://"), [("", "not a web address")]),
        ("https://[acme/?utm_source=a", [("", "not a web address")]),
        ("https://acme:port/?utm_source=a", [("", "not a web address")]),
    ],
    ids=[
        "capitals", "blank", "plus", "part missing", "part empty", "name in capitals", "name misspelt", "name unknown",
        "twice", "behind the fragment", "no tags", "no scheme", "broken", "port in words",
    ],
)  # fmt: skip
def test_a_problem_is_named(url: str, expected: list[tuple[str, str]]) -> None:
    assert found(url) == expected


def test_a_problem_tells_where_and_the_remedy() -> None:
    (problem,) = check_links([Link(GOOD.replace("cpc", "Paid Social"), "links.txt, line 3")])[:1]

    assert (problem.where, problem.tag, problem.remedy) == ("links.txt, line 3", "utm_medium", 'write "paid-social"')


@pytest.mark.parametrize(
    ("url", "page", "internal"),
    [
        (GOOD, "https://acme.example/home", True),
        (GOOD, "https://www.acme.example/home", True),
        (GOOD, "https://blog.example/post", False),
        ("https://other.example/?utm_source=a&utm_medium=b&utm_campaign=c", "https://acme.example/", False),
        (GOOD.replace("google", "acme.example"), None, True),
        (GOOD.replace("google", "notacme.example"), None, False),
    ],
    ids=["same page", "sub-domain", "elsewhere", "leads away", "says so itself", "only looks alike"],
)
def test_a_link_within_ones_own_site_is_told(url: str, page: str | None, internal: bool) -> None:
    assert (("", "a link within your own site") in found(url, "acme.example", page=page)) == internal


def test_spellings_that_differ_by_case_or_blanks_are_told_over_all_links() -> None:
    links = [
        Link(GOOD.replace("google", source), f"line {place}")
        for place, source in enumerate(["news_letter", "news-letter", "news-letter", "other"])
    ]

    assert [(each.where, each.tag, each.what, each.remedy) for each in check_links(links)] == [
        (
            "line 0",
            "utm_source",
            '"news_letter" here and "news-letter" elsewhere are two values to analytics',
            'write "news-letter" everywhere',
        )
    ]


def test_the_spelling_of_the_convention_is_kept_even_where_it_is_rarer() -> None:
    problems = check_links([Link(GOOD.replace("google", source), "x") for source in ("Google", "Google", "google")])

    assert problems[-1].remedy == 'write "google" everywhere'
    assert problems[-1].what.startswith('"Google" here')


def test_values_of_exports_are_checked_without_a_link() -> None:
    problems = check_values(
        [("results of ga4", {"utm_source": "Google"}), ("results of ga4", {"utm_source": "google"})]
    )

    assert [(each.where, each.link, each.what.partition('" ')[2][:12]) for each in problems] == [
        ("results of ga4", "", "has capitals"),
        ("results of ga4", "", 'here and "go'),
    ]


def test_links_of_a_text_come_without_the_punctuation_behind_them() -> None:
    text = 'See https://a.example/?utm_source=x, (http://b.example) and <a href="https://c.example/d?e=f&amp;g=h">.'

    assert links_in(text) == ["https://a.example/?utm_source=x", "http://b.example", "https://c.example/d?e=f&amp;g=h"]


def test_tags_are_decoded_and_entities_of_pages_understood() -> None:
    assert tags_of("https://a.example/?x=1&amp;utm_source=a%20b&amp;utm_term=c%2Bd#utm_id") == {
        "utm_source": "a b",
        "utm_term": "c+d",
    }


def test_building_keeps_other_parameters_and_the_fragment_and_replaces_tags() -> None:
    built = build("https://acme.example/a?x=1&utm_source=Old&y=%20#part", {"utm_source": "Google Ads", "utm_id": "7"})

    assert built == "https://acme.example/a?x=1&y=%20&utm_source=google-ads&utm_id=7#part"


@pytest.mark.parametrize("url", ["acme.example", "mailto:ann@acme.example", "https://", "https://[acme/", ""])
def test_what_is_no_web_address_is_not_tagged(url: str) -> None:
    with pytest.raises(LinkError, match=r"not a web address|cannot be read as an address"):
        build(url, {"utm_source": "a"})


def test_an_empty_tag_is_refused() -> None:
    with pytest.raises(LinkError, match="utm_medium: empty"):
        build("https://acme.example", {"utm_source": "a", "utm_medium": " - "})


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["utm_source", "utm_medium", "utm_campaign"]), st.text(), min_size=3))
def test_what_is_built_has_no_problem_and_reads_back(tags: dict[str, str]) -> None:
    if not all(spelling(value) for value in tags.values()):
        with pytest.raises(LinkError):
            build("https://acme.example/?q=1", tags)
        return
    built = build("https://acme.example/?q=1", tags)

    assert found(built) == []
    assert tags_of(built) == {name: spelling(value) for name, value in tags.items()}
    assert dict(parse_qsl(urlsplit(built).query))["q"] == "1"


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_the_check(text: str) -> None:
    for problem in check_links([Link(text, "here"), Link(f"https://a.example/?{text}", "here")]):
        assert problem.what
