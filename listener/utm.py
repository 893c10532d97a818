"""UTM tags of links: read, checked, written. Analytics tell `google` and `Google` apart, so spelling decides.

Convention: lower case, hyphens for blanks, source and medium and campaign always, and never on links within one's own
site, where they overwrite where a visitor came from.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, unquote_plus, urlsplit

from config.findings import nearest

NEEDED: Final = ("utm_source", "utm_medium", "utm_campaign")
KNOWN: Final = (
    *NEEDED, "utm_term", "utm_content", "utm_id", "utm_source_platform", "utm_creative_format", "utm_marketing_tactic",
)  # fmt: skip
_LINK: Final = re.compile(r"https?://[^\s<>\"'\u201c\u201d]+", re.IGNORECASE)
_END: Final = ".,;:!?)]}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and where it was found."""

    url: str
    where: str  # for people: "links.txt, line 3"
    page: str | None = None  # address of the page on which it stands, when known


@dataclass(frozen=True, slots=True)
class TagProblem:
    """What is wrong with one tag of a link."""

    where: str
    link: str
    tag: str  # "utm_source"; empty when it is the link as a whole
    what: str
    remedy: str


class LinkError(ValueError):
    """A link that cannot be tagged. The text says what and the remedy."""


def links_in(text: str) -> list[str]:
    """Give the http(s) links of a text, without the punctuation behind them."""
    return [found.rstrip(_END) for found in _LINK.findall(text)]


def tags_of(url: str) -> dict[str, str]:
    """Give the UTM tags of a link, decoded, by their names as written; the last one where a name comes twice."""
    return {name: value for name, value in _parameters(_split(url).query) if _is_tag(name)}


def check_links(links: Iterable[Link], own_domains: Sequence[str] = ()) -> list[TagProblem]:
    """Give everything that is wrong with the tags of each link, and with the spelling of values over all of them.

    Raises LinkError for a page that is no web address.
    """
    every = list(links)
    problems = [problem for link in every for problem in _check(link, own_domains)]
    return [*problems, *_spellings((link.where, link.url, tags) for link in every if (tags := _tags_or_none(link.url)))]


def check_values(tagged: Iterable[tuple[str, Mapping[str, str]]]) -> list[TagProblem]:
    """Give what is wrong with the values of tags that stand in exports, each set with where it stands."""
    every = list(tagged)
    problems = [
        TagProblem(where, "", name, what, remedy)
        for where, tags in every
        for name, value in tags.items()
        for what, remedy in _check_tag(name, value)
    ]
    return [*dict.fromkeys(problems), *_spellings((where, "", tags) for where, tags in every)]


def build(url: str, tags: Mapping[str, str]) -> str:
    """Give the link with these tags: lower case, hyphens for blanks. Other parameters and the fragment stay.

    Tags that it carries already are replaced. Raises LinkError for what is no link or an empty tag.
    """
    split = _split(url)
    if split.scheme.lower() not in {"http", "https"} or not split.hostname:
        raise LinkError(f"{url}: not a web address; write it with https:// in front")
    kept = [part for part in split.query.split("&") if part and not _is_tag(unquote_plus(part.partition("=")[0]))]
    written = []
    for name, value in tags.items():
        spelled = spelling(value)
        if not spelled:
            raise LinkError(f"{name}: empty; write letters or digits")
        written.append(f"{name}={quote(spelled, safe='-_.~')}")
    return split._replace(query="&".join([*kept, *written])).geturl()


def spelling(value: str) -> str:
    """Give a value as the convention writes it: "Summer  Sale" becomes "summer-sale"."""
    return re.sub(r"[\s\x00-\x1f]+", "-", value.strip()).lower().strip("-")


def _check(link: Link, own_domains: Sequence[str]) -> Iterator[TagProblem]:
    """Give what is wrong with one link: as a whole, then tag by tag."""
    try:
        split = _split(link.url)
    except LinkError as broken:
        yield TagProblem(link.where, link.url, "", "not a web address", str(broken))
        return
    found = [(name, value) for name, value in _parameters(split.query) if _is_tag(name)]
    for what, remedy in _check_whole(link, split, dict(found), own_domains):
        yield TagProblem(link.where, link.url, "", what, remedy)
    counts = Counter(name.lower() for name, _ in found)
    for name in NEEDED if found else ():
        if name not in counts:
            remedy = f"add it, for example {name}={_EXAMPLES[name]}"
            yield TagProblem(link.where, link.url, name, "missing", remedy)
    for name, times in counts.items():
        if times > 1:
            yield TagProblem(link.where, link.url, name, f"stands there {times} times", "keep one of them")
    for name, value in found:
        for what, remedy in _check_tag(name, value):
            yield TagProblem(link.where, link.url, name, what, remedy)


def _check_whole(
    link: Link, split: SplitResult, tags: Mapping[str, str], own_domains: Sequence[str]
) -> Iterator[tuple[str, str]]:
    if split.scheme.lower() not in {"http", "https"} or not split.hostname:
        yield "not a web address", "write it with https:// in front"
    elif "utm_" in split.fragment.lower():
        yield "tags behind the #, where analytics do not look", "put them before the #, behind a ?"
    elif not tags:
        yield f"no tags: {', '.join(NEEDED)} are missing", "write it with: overheard utm build"
    elif _within_site(link, split, tags, own_domains):
        remedy = "remove the tags: within one's own site they overwrite where the visitor came from"
        yield "a link within your own site", remedy


def _check_tag(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name != name.lower():
        yield "a name with capitals, which analytics do not know", f"write {name.lower()}"
    elif name not in KNOWN:
        meant = nearest(name, KNOWN)
        yield "not a tag that analytics know", f"did you mean {meant}?" if meant else f"known are {', '.join(KNOWN)}"
    if not value.strip():
        yield "empty", "write a value, or remove the tag"
        return
    if value != value.lower():
        yield f'"{value}" has capitals, and another spelling counts as another value', f'write "{spelling(value)}"'
    if re.search(r"\s", value):
        yield f'"{value}" has blanks', f'write hyphens: "{spelling(value)}"'


def _within_site(link: Link, split: SplitResult, tags: Mapping[str, str], own_domains: Sequence[str]) -> bool:
    """Tell whether a link leads from one page of a site to another: by its page, or by what its source says."""
    host = split.hostname or ""
    own = {domain.lower() for domain in own_domains}
    if link.page is not None:
        page = _split(link.page).hostname or ""
        return page == host or (_among(page, own) and _among(host, own))
    return _among(host, own) and _among(tags.get("utm_source", "").lower(), own)


def _among(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _spellings(tagged: Iterable[tuple[str, str, Mapping[str, str]]]) -> Iterator[TagProblem]:
    """Find values of one tag that differ by case, blanks, hyphens or underscores alone; the commonest is kept."""
    written: dict[tuple[str, str], dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for where, link, tags in tagged:
        for name, value in tags.items():
            written[name.lower(), re.sub(r"[\s_-]+", "-", value.strip().casefold())][value].append((where, link))
    for (name, _), values in written.items():
        kept = max(values, key=lambda value: (value == spelling(value), len(values[value]), value))
        for value, ((where, link), *_rest) in values.items():
            if value != kept:
                what = f'"{value}" here and "{kept}" elsewhere are two values to analytics'
                yield TagProblem(where, link, name, what, f'write "{spelling(kept)}" everywhere')


def _tags_or_none(url: str) -> dict[str, str] | None:
    try:
        return tags_of(url)
    except LinkError:
        return None


def _split(url: str) -> SplitResult:
    try:
        split = urlsplit(url.strip())
        split.port  # noqa: B018  # it is read when it is asked for, and refused when it is no number
    except ValueError:
        raise LinkError(f"{url}: cannot be read as an address; copy it anew") from None
    return split


def _parameters(query: str) -> Iterator[tuple[str, str]]:
    """Give the parameters of a query; `&amp;`, as pages write it, parts them too."""
    for part in query.replace("&amp;", "&").split("&"):
        name, _, value = part.partition("=")
        yield unquote_plus(name), unquote_plus(value)


def _is_tag(name: str) -> bool:
    return name.lower().startswith("utm_")


_EXAMPLES: Final = {"utm_source": "google", "utm_medium": "cpc", "utm_campaign": "spring-sale"}
