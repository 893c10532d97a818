"""The folder of learned models: read, checked, written. One file for each group of brands and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog

from config.errors import ConfigError, OverheardError, Problem
from config.settings import Brand, Settings
from scoring.learning.model import Model
from scoring.learning.model_file import ANEW, Training, read_model, written
from scoring.sentiment import SentimentGauge

ALL = "all"  # the group of brands that name none

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Enabled:
    """A model whose file is in its place."""

    path: Path
    model: Model
    training: Training


def taught(gauge: SentimentGauge, settings: Settings) -> SentimentGauge:
    """Give a gauge that scores by the models of a config's folder too. ConfigError tells which file is wrong.

    A model that was fitted on other rules than these is not used, and a warning says so.
    """
    models: dict[tuple[str, str], Model] = {}
    for found in enabled_models(settings):
        rules = stale(found.model, gauge)
        if rules is not None:
            _log.warning("learned_model_not_used", path=str(found.path), because=rules)
            continue
        for brand in settings.brands:
            if group_of(brand) == found.model.group:
                models[brand.slug, found.model.language] = found.model
    return gauge.taught(models) if models else gauge


def group_of(brand: Brand) -> str:
    """Give the group whose model scores a brand."""
    return brand.group or ALL


def stale(model: Model, gauge: SentimentGauge) -> str | None:
    """Give why a model cannot be used any more, with the remedy; None when it can."""
    rules = gauge.rules(model.language)
    if model.rules == rules:
        return None
    return f"it was fitted on {model.rules}, and {model.language} is scored by {rules or 'nothing'} now; {ANEW}"


def enabled_models(settings: Settings) -> Iterator[Enabled]:
    """Give the models of all groups and languages of a config. ConfigError tells which file is wrong."""
    for group, language in shared(settings):
        found = enabled_model(settings, group, language)
        if found is not None:
            yield found


def shared(settings: Settings) -> list[tuple[str, str]]:
    """Give the groups and languages of a config, each pair of which may have a model."""
    groups = dict.fromkeys(map(group_of, settings.brands))
    return [(group, language) for group in groups for language in settings.languages]


def enabled_model(settings: Settings, group: str, language: str) -> Enabled | None:
    """Give the model of a group in a language; None when none is enabled. ConfigError when its file is wrong."""
    path = model_path(settings, group, language)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise ConfigError(str(path), [Problem("the model", "is damaged: not UTF-8", ANEW)]) from None
    except OSError as problem:
        what = f"cannot be read ({problem.strerror})"
        raise ConfigError(str(path), [Problem("the model", what, "make it readable, or delete it")]) from None
    model, training = read_model(text, str(path))
    if (model.group, model.language) != (group, language):
        what = f"is of the group {model.group} in {model.language}, not what its name says"
        raise ConfigError(str(path), [Problem("the model", what, f"name it {model.group}.{model.language}.json")])
    return Enabled(path, model, training)


def model_path(settings: Settings, group: str, language: str) -> Path:
    """Give where the model of a group in a language stands, or would."""
    return settings.folder / Path(settings.sentiment.models).expanduser() / f"{group}.{language}.json"


def enable(settings: Settings, model: Model, training: Training) -> Path:
    """Write a model in its place, at once or not at all, and give where that is."""
    path = model_path(settings, model.group, model.language)
    beside = path.with_suffix(".json.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(written(model, training), encoding="utf-8")
        beside.replace(path)
    except OSError as problem:
        raise OverheardError(
            f"{path}: cannot be written ({problem.strerror}); make the folder writable, or name another in "
            "sentiment.models"
        ) from None
    return path
