"""A language as the digest speaks it. It is handed to whatever writes words; nothing else says which language is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from gettext import NullTranslations
from typing import Final

from config.values import Language
from notifier.languages.english import EnglishFormats
from notifier.languages.formats import Formats
from scoring.remarks import Remark, Remarks


@dataclass(frozen=True, slots=True)
class Speech:
    """One language. English is the language of the code: it needs no catalog, and loads nothing."""

    language: Language = "en"

    def say(self, message: str, /, **values: object) -> str:
        """Give a sentence in this language. `{name}` in it is replaced by the value of that name."""
        return _sentences(self.language).gettext(message).format_map(values)

    def plural(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Give the form of a sentence that fits a number, which is `{number}` in it: 1 mention, 2 mentions."""
        form = _sentences(self.language).ngettext(one, many, number)
        return form.format_map({"number": self.formats.decimal(number), **values})

    def chained(self, parts: Iterable[str]) -> str:
        """Give what is told one after the other as one text, with semicolons between; empty ones are passed over."""
        told = filter(None, parts)
        return reduce(lambda one, other: self.say("{one}; {other}", one=one, other=other), told, next(told, ""))

    def tell(self, told: object) -> str:
        """Give in this language what was put into English words elsewhere; what remembers no parts stays as it is."""
        if isinstance(told, Remarks):
            return self.chained(map(self.tell, told.parts))
        if isinstance(told, Remark):
            return self.say(told.message, **{name: self.tell(value) for name, value in told.values.items()})
        return str(told)

    @property
    def formats(self) -> Formats:
        """How numbers and dates are written."""
        return _formats(self.language)


def to_say(message: str) -> str:
    """Give a message as it is, and mark it for the catalogs: `say` is called where the language is known."""
    return message


ENGLISH: Final = Speech()


@cache
def _sentences(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    from notifier.languages.catalogs import translations  # noqa: PLC0415  # Babel, which English does without

    return translations(language)


@cache
def _formats(language: Language) -> Formats:
    if language == "en":
        return EnglishFormats()
    from notifier.languages.cldr import CldrFormats  # noqa: PLC0415  # likewise

    return CldrFormats(language)
