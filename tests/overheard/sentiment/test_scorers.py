"""What [sentiment] scorers may choose, and what is told of a choice that cannot be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import read_settings
from config.settings import Settings
from overheard.kinds import all_kinds
from overheard.sentiment.scorers import own_scorers
from scoring.sentiment import SentimentGauge
from tests.doubles.tiny_model import TinyModel

LEXICON = "language: de\nversion: 7\n[words]\ngut\t2\n"


def settings(folder: Path, sentiment: str, languages: str = '"en", "de", "fr"') -> Settings:
    text = f'languages = [{languages}]\n[[brands]]\nname = "Acme"\nrole = "own"\n[sentiment]\n{sentiment}\n'
    return read_settings(text, folder / "overheard.toml", all_kinds())


def method(config: Settings, body: str, language: str) -> str:
    return SentimentGauge(config.sentiment, config.languages, own_scorers(config)).whole(body, language).method


def test_a_chosen_scorer_comes_before_a_lexicon_and_a_lexicon_before_ours(tmp_path: Path) -> None:
    TinyModel().write(tmp_path / "models" / "tiny")
    (tmp_path / "de.txt").write_text(LEXICON, encoding="utf-8")
    chosen, lexicon = 'scorers = { de = "onnx:models/tiny" }', 'lexicons = { de = "de.txt" }'
    both = settings(tmp_path, f"{chosen}\n{lexicon}")
    assert method(both, "Acme ist gut", "de").startswith("onnx-tiny-")
    assert method(settings(tmp_path, lexicon), "Acme ist gut", "de") == "lexicon-de-7"
    assert method(settings(tmp_path, ""), "Acme ist gut", "de") == "lexicon-de-2"
    assert method(both, "Acme is great", "en") == "vader-3.3.2"


def test_languages_may_share_a_model(tmp_path: Path) -> None:
    TinyModel().write(tmp_path / "tiny")
    found = own_scorers(settings(tmp_path, 'scorers = { de = "onnx:tiny", fr = "onnx:tiny" }'))
    assert found["de"] is found["fr"]


def test_french_may_be_scored_by_the_library_of_that_name(tmp_path: Path) -> None:
    config = settings(tmp_path, 'scorers = { fr = "vadersentiment-fr" }')
    assert method(config, "Le support d'Acme est catastrophique", "fr") == "vadersentiment-fr-1.3.4"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param(
            'fr = "vadersentiment"',
            'sentiment.scorers.fr: "vadersentiment": no scorer; did you mean "vadersentiment-fr"?',
            id="nearly right",
        ),
        pytest.param(
            'fr = "gpt"',
            'sentiment.scorers.fr: "gpt": no scorer; known are vadersentiment-fr and onnx:FOLDER',
            id="unknown",
        ),
        pytest.param(
            'fr = "vadersentiment-fr", de = "vadersentiment-fr"',
            'sentiment.scorers.de: "vadersentiment-fr": reads fr alone; leave it out, or choose onnx:FOLDER',
            id="of another language",
        ),
        pytest.param(
            'de = "onnx:nowhere"',
            "{folder}/nowhere: the folder: does not exist; correct the name, or put the model there",
            id="no folder",
        ),
        pytest.param(
            f'de = "onnx:{"x" * 300}"',
            "sentiment.scorers.de: its files: cannot be read (File name too long); "
            "correct the name, or permit reading them",
            id="no name of a folder",
        ),
    ],
)
def test_a_choice_that_cannot_be_had_is_told_with_its_remedy(tmp_path: Path, chosen: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        own_scorers(settings(tmp_path, f"scorers = {{ {chosen} }}"))
    assert str(caught.value) == expected.replace("{folder}", str(tmp_path))


@pytest.mark.parametrize(
    ("chosen", "without", "extra"),
    [
        pytest.param('fr = "vadersentiment-fr"', "vaderSentiment_fr", "french", id="vaderSentiment-fr"),
        pytest.param('de = "onnx:tiny"', "onnxruntime", "onnx", id="onnxruntime"),
        pytest.param('de = "onnx:tiny"', "tokenizers", "onnx", id="tokenizers"),
    ],
)
def test_a_missing_library_is_told_with_what_installs_it(tmp_path: Path, chosen: str, without: str, extra: str) -> None:
    TinyModel().write(tmp_path / "tiny")
    config = (
        f'languages = ["de", "fr"]\n[[brands]]\nname = "Acme"\nrole = "own"\n[sentiment]\nscorers = {{ {chosen} }}\n'
    )
    (tmp_path / "overheard.toml").write_text(config, encoding="utf-8")
    code = f"import sys; sys.modules[{without!r}] = None; from overheard.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "check", "--config", str(tmp_path / "overheard.toml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("PROBLEM")]
    assert (done.returncode, done.stderr) == (2, "")
    assert told.startswith(f"PROBLEM  sentiment.scorers.{chosen[:2]}: its library: cannot be loaded (")
    assert told.endswith(f'); run: pip install "overheard[{extra}]"')


def test_nothing_of_it_is_loaded_unless_it_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "overheard.toml").write_text('[[brands]]\nname = "Acme"\nrole = "own"\n', encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from overheard.app import open_app\n"
        "with open_app(Path('overheard.toml')) as app: app.ear._toward('Acme is great', [], 'en', [])\n"
        "print([name for name in ('onnxruntime', 'tokenizers', 'vaderSentiment_fr') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
