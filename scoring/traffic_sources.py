"""Where visitors came from, under one name: web analytics, ad platforms and CRMs spell the same source in many ways.

A source is who sent the visitor (google, linkedin), a medium is how (paid search, email). One source has several media,
so a CRM that knows the medium alone says nothing of the source, and is compared by medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from config.campaign_settings import TrafficSource

Kind = Literal["search", "social", "video", "direct", ""]

DIRECT: Final = "direct"
OFFLINE: Final = "offline"

# name -> (what it is, how it is spelled besides). ".*" at the end of a domain stands for any country's ending; what
# stands for a domain stands for what is below it: facebook.com for l.facebook.com.
SOURCES: Final[Mapping[str, tuple[Kind, tuple[str, ...]]]] = {
    DIRECT: ("direct", ("(direct)",)),
    OFFLINE: ("", ()),  # of a CRM alone: what never was a visit
    "google": ("search", ("google.*", "google ads", "googleads", "adwords", "com.google.android.googlequicksearchbox")),
    "gmail": ("", ("mail.google.com", "com.google.android.gm")),
    "bing": ("search", ("bing.*", "bing ads", "microsoft", "microsoft ads", "microsoft advertising", "msn")),
    "duckduckgo": ("search", ("duckduckgo.com", "ddg")),
    "yahoo": ("search", ("yahoo.*", "search.yahoo.*")),
    "ecosia": ("search", ("ecosia.org", "ecosia.*")),
    "yandex": ("search", ("yandex.*", "ya.ru")),
    "baidu": ("search", ("baidu.*",)),
    "naver": ("search", ("naver.com", "naver.*")),
    "qwant": ("search", ("qwant.*",)),
    "facebook": ("social", ("facebook.*", "fb", "fb.com", "fb.me", "meta", "meta ads", "facebook ads")),
    "instagram": ("social", ("instagram.*", "ig", "insta", "instagram stories", "igshopping")),
    "threads": ("social", ("threads.net", "threads.com")),
    "linkedin": ("social", ("linkedin.*", "lnkd.in", "li", "linkedin ads", "com.linkedin.android")),
    "x": ("social", ("x.com", "twitter", "twitter.*", "t.co", "x ads", "twitter ads")),
    "reddit": ("social", ("reddit.*", "redd.it", "out.reddit.com", "reddit ads")),
    "pinterest": ("social", ("pinterest.*", "pin.it")),
    "tiktok": ("social", ("tiktok.*", "tiktok ads")),
    "mastodon": ("social", ("mastodon.social",)),
    "bluesky": ("social", ("bsky.app", "go.bsky.app")),
    "snapchat": ("social", ("snapchat.*", "snap")),
    "xing": ("social", ("xing.*",)),
    "kakao": ("social", ("kakao.com", "kakaotalk")),
    "vk": ("social", ("vk.com", "vkontakte")),
    "youtube": ("video", ("youtube.*", "youtu.be", "yt")),
    "vimeo": ("video", ("vimeo.com",)),
}  # fmt: skip

# medium -> how CRMs and web analytics call it where they group visitors. None of these is ever a source.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "organic search": ("organic search", "organische suche", "recherche organique", "búsqueda orgánica"),
    "paid search": ("paid search", "bezahlte suche", "recherche payante", "búsqueda de pago"),
    "organic social": (
        "organic social", "social media", "organische soziale medien", "soziale medien", "réseaux sociaux organiques",
        "réseaux sociaux", "redes sociales orgánicas",
    ),
    "paid social": ("paid social", "bezahlte soziale medien", "réseaux sociaux payants", "redes sociales de pago"),
    "email": ("email marketing", "e mail marketing", "marketing por correo electrónico"),
    "referral": ("referrals", "verweise", "sites référents", "referencias"),
    DIRECT: ("direct traffic", "direkter traffic", "trafic direct", "tráfico directo"),
    OFFLINE: ("offline sources", "offline quellen", "offlinequellen", "sources hors ligne", "fuentes sin conexión"),
    "other campaigns": ("other campaigns", "andere kampagnen", "autres campagnes", "otras campañas"),
    "ai referrals": ("ai referrals",),
    "organic video": ("organic video",),
    "paid video": ("paid video",),
    "organic shopping": ("organic shopping",),
    "paid shopping": ("paid shopping",),
    "cross network": ("cross network",),
    "paid other": ("paid other",),
}  # fmt: skip

# medium -> how tags spell it.
MEDIA: Final[Mapping[str, tuple[str, ...]]] = {
    "paid search": ("paidsearch", "sem"),
    "organic search": ("seo",),
    "paid social": ("paidsocial",),
    "organic social": ("social", "social network", "sm"),
    "email": ("email", "e mail", "mail", "newsletter"),
    DIRECT: ("direct", "(none)", "(direct)"),
    "display": ("display", "banner", "cpm", "interstitial", "expandable"),
    "affiliates": ("affiliates", "affiliate"),
    "mobile push notifications": ("mobile push notifications", "push", "notification"),
}

PAID: Final = {
    "paid search", "paid social", "paid video", "paid shopping", "paid other", "display", "cross network",
}  # fmt: skip

_UNSAID: Final = {
    "", "(not set)", "not set", "(not provided)", "(other)", "(data not available)", "unassigned", "unknown",
}  # fmt: skip
_NO_SOURCE: Final = {*_UNSAID, "(none)"}
_NO_CAMPAIGN: Final = {*_NO_SOURCE, "(direct)", "(organic)", "(referral)"}
_PAID: Final = re.compile(r"cp.|ppc|paid|retargeting|remarketing|pay per click")
_WWW: Final = re.compile(r"^(?:www\.)+")
_ENDING, _SHORT = 2, 3  # a country's ending has so many parts of so many letters: de, co.uk, com.br
_OPEN: Final = {"organic", "referral", "link", "app"}  # media that say that nobody paid, and leave open what it is
_PAID_BY_KIND: Final[Mapping[Kind, str]] = {"search": "paid search", "social": "paid social", "video": "paid video"}
_FREE_BY_KIND: Final[Mapping[Kind, str]] = {
    "search": "organic search", "social": "organic social", "video": "organic video",
}  # fmt: skip


class Sources:
    """The names of sources and media, with those of a config in front of the ones that come along."""

    def __init__(self, own: Iterable[TrafficSource] = ()) -> None:
        self._kinds: dict[str, Kind] = {name: kind for name, (kind, _) in SOURCES.items()}
        self._names = {folded(each): name for name, (_, others) in SOURCES.items() for each in (name, *others)}
        for source in own:
            name = self._names.get(folded(source.name), source.name)
            self._names |= {folded(each): name for each in (source.name, *source.spellings)}
        self._groups = {folded(each): name for name, others in GROUPS.items() for each in others}
        self._media = self._groups | {folded(each): name for name, others in MEDIA.items() for each in others}

    def source(self, written: str | None) -> str | None:
        """Give the one name of a source; None where none is said, or a group of many in its place."""
        name = folded(written or "")
        if name in _NO_SOURCE or name in self._groups:
            return None
        return self._names.get(name) or self._of_domain(name)

    def medium(self, source: str | None, written: str | None) -> str | None:
        """Give the one name of a medium, by the source where the medium leaves it open: cpc, organic, referral.

        `source`: by its one name, or None. None where nothing is said.
        """
        name = folded(written or "")
        if name in _UNSAID:
            return DIRECT if source == DIRECT else None
        if name in self._media:
            return self._media[name]
        kind = self._kinds.get(source or "", "")
        if _PAID.fullmatch(name):
            return _PAID_BY_KIND.get(kind, "paid other")
        if name in _OPEN:
            return _FREE_BY_KIND.get(kind, "organic search" if name == "organic" else "referral")
        return name

    def group(self, *written: str | None) -> str | None:
        """Give the first text that names a group of sources, as CRMs write it where a source belongs; else None."""
        return next((each for each in written if folded(each or "") in self._groups), None)

    def _of_domain(self, name: str) -> str:
        """Give the source to which a domain belongs; without one, the name as it is, less "www."."""
        host = name if " " in name else _WWW.sub("", name) or name
        labels = host.split(".")
        for place, label in enumerate(labels[:-1]):
            ending = labels[place + 1 :]
            found = self._names.get(".".join(labels[place:]))
            if not found and len(ending) <= _ENDING and all(len(each) <= _SHORT for each in ending):
                found = self._names.get(f"{label}.*")
            if found:
                return found
        return host


def folded(text: str) -> str:
    """Give a text as it is compared: case, blanks, hyphens and underscores do not count."""
    return re.sub(r"[\s_-]+", " ", text.casefold()).strip()


def campaign_name(*written: str | None) -> str | None:
    """Give the first campaign that is said, as it is compared; None where none is."""
    return next((name for each in written if (name := folded(each or "")) not in _NO_CAMPAIGN), None)
