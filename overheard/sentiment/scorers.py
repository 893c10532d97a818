"""The scorers that the config brings: those that it chooses by name or folder, then its lexicons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from config.errors import ConfigError, Problem
from config.findings import nearest
from config.settings import Settings
from overheard.sentiment.lexicons import lexicon_scorers, own_events
from overheard.sentiment.onnx_folder import open_model
from scoring.contract import AnyScorer
from scoring.registry import CHOICES
from scoring.sentiment import SentimentGauge

ONNX: Final = "onnx:"  # in front of a folder


def gauge_of(settings: Settings) -> SentimentGauge:
    """Give what scores the texts of a config. ConfigError tells what of [sentiment] is wrong."""
    return SentimentGauge(settings.sentiment, settings.languages, own_scorers(settings), own_events(settings))


def own_scorers(settings: Settings) -> dict[str, AnyScorer]:
    """Give the scorers of [sentiment], by language: before what comes with us. ConfigError tells what is wrong."""
    scorers: dict[str, AnyScorer] = {**lexicon_scorers(settings)}
    opened: dict[str, AnyScorer] = {}  # by what was chosen: several languages may share a model
    for language, chosen in settings.sentiment.scorers.items():
        if chosen not in opened or chosen in CHOICES:  # which reads some languages alone
            opened[chosen] = chosen_scorer(settings, language)
        scorers[language] = opened[chosen]
    return scorers


def chosen_scorer(settings: Settings, language: str) -> AnyScorer:
    """Give what [sentiment] scorers chooses for a language. ConfigError tells why it cannot be had."""
    chosen = settings.sentiment.scorers[language]
    where = f"sentiment.scorers.{language}"
    if chosen.startswith(ONNX):
        return _made(where, "onnx", lambda: open_model(settings.folder / Path(chosen.removeprefix(ONNX)).expanduser()))
    if chosen not in CHOICES:
        meant = nearest(chosen, CHOICES)
        remedy = f'did you mean "{meant}"?' if meant else f"known are {', '.join(CHOICES)} and {ONNX}FOLDER"
        raise ConfigError(where, [Problem(f'"{chosen}"', "no scorer", remedy)])
    choice = CHOICES[chosen]
    if language not in choice.languages:
        remedy = f"leave it out, or choose {ONNX}FOLDER"
        raise ConfigError(where, [Problem(f'"{chosen}"', f"reads {', '.join(choice.languages)} alone", remedy)])
    return _made(where, choice.extra, choice.make)


def _made(where: str, extra: str, make: Callable[[], AnyScorer]) -> AnyScorer:
    try:
        return make()
    except ImportError as problem:
        remedy = f'run: pip install "overheard[{extra}]"'
        raise ConfigError(where, [Problem("its library", f"cannot be loaded ({problem})", remedy)]) from None
    except OSError as problem:
        found = Problem("its files", f"cannot be read ({problem.strerror})", "correct the name, or permit reading them")
        raise ConfigError(where, [found]) from None
