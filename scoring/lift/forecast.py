"""What a daily series would have been in a window, from what went before it.

A regression whose errors depend on each other:

    y = X b + e,   e = what lasts (an AR(1) with coefficient r) + what a day brings alone (a part v of the variance)

r and v are not known. Instead of one guess, every pair of a grid is solved exactly and weighed by how well it explains
the history (restricted likelihood) and by the reference prior of an AR(1) coefficient, 1 / sqrt(1 - r^2) (J.O. Berger
and R. Yang, "Noninformative Priors and Bayesian Testing for the AR(1) Model", Econometric Theory 10, 1994). With the
prior 1 / variance the effect is then a mixture of t distributions: A. Zellner, "An Introduction to Bayesian Inference
in Econometrics", 1971, chapter 4. A single guess of r would be too low and its intervals too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.lift.student import Mixture, Numbers

LEVEL: Final = 0.05  # two-sided: below this p-value an effect is called significant
POWER: Final = 1 + 0.8416 / 1.9600  # of half an interval: what is found with a chance of 80 %
_LASTING: Final = np.array([-0.3, -0.15, 0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.87, 0.92, 0.96, 0.985])
_ENDS: Final = (-0.4, 0.998)  # of the stretch that the values above stand for
_ALONE: Final = (0.0, 0.3, 0.6, 0.85)
_EXACT: Final = 1e-18  # of the sum of squares: less is rounding, and there is no chance to measure against


@dataclass(frozen=True, slots=True)
class Effect:
    """What was seen against what was to be expected, both added up with the weights of the window's days."""

    observed: float
    expected: float
    effect: float  # observed - expected
    low: float  # 95 % interval of `effect`
    high: float
    p_value: float  # two-sided

    @property
    def significant(self) -> bool:
        """Whether chance hardly explains it."""
        return self.p_value < LEVEL

    @property
    def detectable(self) -> float:
        """The smallest effect, up or down, that would have been called significant with a chance of 80 %."""
        return POWER * (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Causes:
    """What explains a series, a column for each: on the days of the history, and on those of the window."""

    history: Numbers  # (days, causes)
    window: Numbers  # (days, causes)
    held: Numbers  # (causes): how firmly a slope is expected to be 0, in 1 / (standard deviations of an error); 0: free


class Forecast:
    """The dependence of errors between the days of a history and those of a window, solved once for many series."""

    def __init__(self, history: Numbers, window: Numbers, weights: Numbers, variances: Numbers | None = None) -> None:
        """Take the days as numbers, of history and window, and what each day of the window weighs in the effect.

        `variances`: of a day's error in proportion to other days, first of the history, then of the window.
        """
        self._weights = weights
        days = np.concatenate([history, window])
        gaps = np.abs(days[:, None] - days[None, :])
        pairs = [(lasting, alone) for lasting in _LASTING for alone in (_ALONE if lasting else _ALONE[:1])]
        every = np.array(
            [(1 - alone) * np.sign(r) ** gaps * np.abs(r) ** gaps + alone * (gaps == 0) for r, alone in pairs]
        )
        if variances is not None:
            every *= np.sqrt(variances[:, None] * variances[None, :])
        known = len(history)
        factors = np.linalg.cholesky(every[:, :known, :known])
        self._whiten = np.linalg.inv(factors)
        across = np.einsum("pwh,w->ph", every[:, known:, :known], weights)
        self._carried = np.einsum("pij,pj->pi", self._whiten, across)
        left = np.einsum("w,pwv,v->p", weights, every[:, known:, known:], weights)
        self._unforeseen = left - (self._carried**2).sum(axis=1)
        self._log_weight = np.log(_prior(pairs)) - np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1)

    def effect(self, history: Numbers, window: Numbers, causes: Causes) -> Effect | None:
        """Give the effect in the window; None when the history leaves nothing unexplained, and so no chance to see."""
        number = len(causes.held)
        white = self._whiten @ np.column_stack([causes.history, history])
        # What is believed of a slope beforehand counts like a day more, on which it was seen to be 0.
        believed_before = np.column_stack([np.diag(causes.held), np.zeros(number)])[causes.held > 0]
        white = np.concatenate([white, np.broadcast_to(believed_before, (len(white), *believed_before.shape))], axis=1)
        freedom = white.shape[1] - number
        x, y = white[:, :, :number], white[:, :, number:]
        carried = np.pad(self._carried, ((0, 0), (0, len(believed_before))))
        turned = x.transpose(0, 2, 1)
        information = turned @ x
        uncertain = np.linalg.inv(information)
        slopes = (uncertain @ (turned @ y))[:, :, 0]
        errors = y[:, :, 0] - np.einsum("phc,pc->ph", x, slopes)
        squares = (errors**2).sum(axis=1)
        if squares.max() <= _EXACT * max((history**2).sum(), 1.0):
            return None
        there = self._weights @ causes.window
        expected = slopes @ there + (carried * errors).sum(axis=1)
        open_causes = there - np.einsum("ph,phc->pc", carried, x)
        spread = self._unforeseen + np.einsum("pc,pcd,pd->p", open_causes, uncertain, open_causes)
        fit = self._log_weight - np.linalg.slogdet(information)[1] / 2 - freedom / 2 * np.log(squares)
        believed = np.exp(fit - fit.max())
        observed = float(self._weights @ window)
        found = Mixture(observed - expected, np.sqrt(squares / freedom * spread), believed / believed.sum(), freedom)
        return _told(observed, found)


def _prior(pairs: list[tuple[float, float]]) -> Numbers:
    """Give the weight of each pair: the reference prior over the stretch around r, shared by its values of v."""
    edges = np.concatenate([[_ENDS[0]], (_LASTING[1:] + _LASTING[:-1]) / 2, [_ENDS[1]]])
    shares = dict(zip(_LASTING.tolist(), np.diff(np.arcsin(edges)).tolist(), strict=True))
    return np.array([shares[float(r)] / (len(_ALONE) if r else 1) for r, _ in pairs])


def _told(observed: float, found: Mixture) -> Effect:
    below = found.below(0.0)
    return Effect(
        observed,
        observed - found.mean,
        found.mean,
        found.quantile(LEVEL / 2),
        found.quantile(1 - LEVEL / 2),
        2 * min(below, 1 - below),
    )
