from __future__ import annotations

import pytest

from config.settings import SourceSettings
from listener.registry import COLLECTORS, collector_class, source_kinds


@pytest.mark.parametrize("source", COLLECTORS)
def test_every_line_leads_to_a_collector_whose_settings_have_its_type(source: str) -> None:
    made_by = collector_class(source)
    settings = source_kinds().settings_class(source)
    assert callable(getattr(made_by, "collect", None))
    assert callable(getattr(made_by, "queries", None))
    assert issubclass(settings, SourceSettings)
    assert settings.model_fields["type"].default == source


def test_the_config_may_name_every_registered_type() -> None:
    assert list(source_kinds().names) == list(COLLECTORS)


def test_other_types_are_unknown() -> None:
    with pytest.raises(KeyError, match="carrier pigeon"):
        collector_class("carrier pigeon")
