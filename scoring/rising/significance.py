"""When a word is more frequent than before by more than chance does, among all the words that were looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import exp, lgamma
from typing import Final

FALSE_DISCOVERIES: Final = 0.05  # part of what is called rising that may be chance
_NEGLIGIBLE: Final = 1e-12  # of the tail that is summed up already


def fisher(now: int, of_now: int, before: int, of_before: int) -> float:
    """Give the one-sided p-value of Fisher's exact test that the first of two parts is not the greater one.

    `now` of `of_now` texts hold a word, `before` of `of_before` held it before: the chance that so many or more of all
    that hold it are among those of now (R. A. Fisher, "The Logic of Inductive Inference", Journal of the Royal
    Statistical Society 98, 1935). It is exact however small the counts are.
    """
    held = now + before
    chance = exp(_log_chance(now, held, of_now, of_before))
    total = chance
    for number in range(now, min(held, of_now)):
        chance *= (held - number) * (of_now - number) / ((number + 1) * (of_before - held + number + 1))
        total += chance
        if chance < total * _NEGLIGIBLE:
            break
    return min(total, 1.0)


def attainable(held: Iterable[int], of_now: int, of_before: int, rate: float = FALSE_DISCOVERIES) -> tuple[int, int]:
    """Give the fewest texts, now and before together, that must hold a word to be tested, and how many words have them.

    `held` counts the texts of each word. A word that could not be significant even if all its texts were of now does
    not count among the tests (R. E. Tarone, "A Modified Bonferroni Method for Discrete Data", Biometrics 46, 1990).
    Which words are tested hangs on both counts together, never on how they are divided.
    """
    by_number = Counter(held)
    words = sum(by_number.values())
    for fewest in sorted(by_number):
        if fewest > of_now or words * fisher(fewest, of_now, 0, of_before) <= rate:
            return fewest, words
        words -= by_number[fewest]
    return max(by_number, default=0) + 1, 0


def discovered(chances: Sequence[float], tests: int, rate: float = FALSE_DISCOVERIES) -> float:
    """Give the largest p-value that is called a discovery, 0 for none; at most `rate` of them are false on average.

    `chances` are the smallest of so many tests. The step-up procedure of Y. Benjamini and Y. Hochberg, "Controlling the
    False Discovery Rate", Journal of the Royal Statistical Society B 57, 1995; it holds for words that come together
    (Y. Benjamini and D. Yekutieli, The Annals of Statistics 29, 2001).
    """
    bar = 0.0
    for place, chance in enumerate(sorted(chances), start=1):
        if chance <= rate * place / max(tests, 1):
            bar = chance
    return bar


def _log_chance(now: int, held: int, of_now: int, of_before: int) -> float:
    return _log_ways(of_now, now) + _log_ways(of_before, held - now) - _log_ways(of_now + of_before, held)


def _log_ways(of: int, taken: int) -> float:
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
