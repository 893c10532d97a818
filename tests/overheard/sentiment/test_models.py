"""The folder of learned models."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from config.errors import ConfigError, OverheardError
from config.load import read_settings
from config.settings import Settings
from overheard.kinds import all_kinds
from overheard.sentiment.models import enable, enabled_model, enabled_models, taught
from overheard.sentiment.scorers import gauge_of
from scoring.learning.model import Model
from scoring.learning.model_file import Training
from storage.records import Label, Match

CONFIG = """
languages = ["en", "fr"]
[[brands]]
name = "Acme"
role = "own"
[[brands]]
name = "Globex"
group = "cars"
"""
MODEL = Model(
    "all", "en", "vader-3.3.2/targeted-3", (0.0, 0.0, 0.0), {"table": (3.0, 0.0, 0.0), "sad": (0.0, 0.0, 0.0)}
)
TRAINING = Training(datetime(2026, 7, 5, tzinfo=UTC), dict.fromkeys(Label, 0), 0, 0.5, 0.4, frozenset())
TRAINING = replace(TRAINING, labels={label: 9 for label in Label if label is not Label.UNSCORED})
TEXT = "Acme is a table"


def settings(folder: Path, extra: str = "") -> Settings:
    return read_settings(CONFIG + extra, folder / "overheard.toml", all_kinds())


def methods(config: Settings) -> list[str]:
    gauge = taught(gauge_of(config), config)
    return [gauge.toward(TEXT, [Match(slug, "Acme", 0, 4)], "en").method for slug in ("acme", "globex")]


def test_a_model_is_used_for_the_brands_of_its_group(tmp_path: Path) -> None:
    config = settings(tmp_path)
    assert methods(config) == [MODEL.rules] * 2
    assert enable(config, MODEL, TRAINING) == tmp_path / "sentiment-models" / "all.en.json"
    assert methods(config) == [f"{MODEL.rules}/{MODEL.name}", MODEL.rules]
    cars = replace(MODEL, group="cars", weights={})
    enable(config, cars, TRAINING)
    assert methods(config) == [f"{MODEL.rules}/{MODEL.name}", f"{MODEL.rules}/{cars.name}"]


def test_deleting_the_file_is_the_way_back(tmp_path: Path) -> None:
    config = settings(tmp_path)
    enable(config, MODEL, TRAINING).unlink()
    assert [*enabled_models(config)] == []
    assert methods(config) == [MODEL.rules] * 2


def test_the_config_names_the_folder(tmp_path: Path) -> None:
    config = settings(tmp_path, '[sentiment]\nmodels = "learned/here"\n')
    enable(config, MODEL, TRAINING)
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")] == ["learned/here/all.en.json"]
    assert [found.model.name for found in enabled_models(config)] == [MODEL.name]


def test_a_model_of_other_rules_is_not_used_and_said_once(tmp_path: Path) -> None:
    config = settings(tmp_path)
    path = enable(config, replace(MODEL, rules="vader-3.3.2/targeted-1"), TRAINING)
    with capture_logs() as logged:
        assert methods(config) == [MODEL.rules] * 2
    assert logged == [
        {
            "event": "learned_model_not_used",
            "log_level": "warning",
            "path": str(path),
            "because": "it was fitted on vader-3.3.2/targeted-1, and en is scored by vader-3.3.2/targeted-3 now; "
            "train it again with `overheard sentiment train`, or delete the file",
        }
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"\xff", "is damaged: not UTF-8", id="not UTF-8"),
        pytest.param(b"{", "is damaged: not JSON", id="cut off"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    config = settings(tmp_path)
    path = enable(config, MODEL, TRAINING)
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        taught(gauge_of(config), config)
    assert str(caught.value).startswith(f"{path}: the model: {problem}; train it again")


def test_a_file_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    config = settings(tmp_path)
    path = enable(config, MODEL, TRAINING).rename(tmp_path / "sentiment-models" / "cars.fr.json")
    with pytest.raises(ConfigError) as caught:
        enabled_model(config, "cars", "fr")
    assert str(caught.value) == (
        f"{path}: the model: is of the group all in en, not what its name says; name it all.en.json"
    )


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "sentiment-models" / "all.en.json").mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"cannot be read \(Is a directory\); make it readable, or delete it"):
        enabled_model(settings(tmp_path), "all", "en")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "sentiment-models").write_text("a file", encoding="utf-8")
    with pytest.raises(OverheardError, match=r"all\.en\.json: cannot be written \(File exists\); make the folder"):
        enable(settings(tmp_path), MODEL, TRAINING)
