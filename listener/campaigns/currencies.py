"""Currencies that stand in a cell: a code (`EUR 12`) or a sign that belongs to one currency alone (`€12`, `R$ 12,28`).

`$`, `kr` and `¥` belong to several; they are taken off the number, and say nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel.numbers import get_currency_precision

from config.codes import CURRENCIES

_SIGNS = {
    "€": "EUR", "£": "GBP", "₩": "KRW", "￦": "KRW", "₹": "INR", "₺": "TRY", "₴": "UAH", "₫": "VND", "₪": "ILS",
    "₱": "PHP",
    "₦": "NGN", "₽": "RUB", "฿": "THB", "zł": "PLN", "Kč": "CZK", "lei": "RON", "원": "KRW", "円": "JPY",
    "R$": "BRL", "US$": "USD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "MX$": "MXN", "HK$": "HKD",
    "NT$": "TWD", "S$": "SGD",
}  # fmt: skip
_SHARED = ("$", "kr", "kr.", "¥", "￥")
_KNOWN = sorted((*_SIGNS, *_SHARED), key=len, reverse=True)
_SIGN = "|".join(re.escape(sign) for sign in _KNOWN)
_EDGES = re.compile(
    rf"(?P<sign>[+\-\u2212(]*)\s*(?P<front>{_SIGN}|[A-Z]{{3}})?\s*"
    r"(?P<number>[+\-\u2212]?[\d.,\s'\u2019]*\d[\d.,]*)\s*"
    rf"(?P<percent>%)?\s*(?P<back>{_SIGN}|[A-Z]{{3}})?\s*(?P<end>\)?)"
)


@lru_cache(maxsize=4096)
def stripped(text: str) -> tuple[str, str | None]:
    """Give a cell without its currency, and the currency (ISO 4217) when it names one; other texts as they are."""
    found = _EDGES.fullmatch(text)
    if found is None:
        return text, None
    named = [name for name in (found["front"], found["back"]) if name]
    codes = {_SIGNS.get(name, name) for name in named if name not in _SHARED}
    if not codes <= CURRENCIES or len(codes) > 1:
        return text, None
    bare = f"{found['sign']}{found['number'].strip()}{found['percent'] or ''}{found['end']}"
    return bare, next(iter(codes), None)


def has_fractions(currency: str) -> bool:
    """Tell whether amounts in this currency have decimals; those in yen, won and dong have none."""
    return get_currency_precision(currency) > 0
