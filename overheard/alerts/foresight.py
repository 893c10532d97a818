"""What can be told of a source without asking it: where it must fail, or will do less than its owner expects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from config.settings import Settings, SourceSettings
from config.values import format_duration
from listener.addresses import literal, read_url, refusal
from scoring.sentiment import SCORERS

_MINUTE = timedelta(minutes=1)
_PUBLIC = ip_address("1.1.1.1")  # for a host with a name: only its port can be judged before it is looked up
_HERE = ip_address("127.0.0.1")


def refused(source: SourceSettings, settings: Settings) -> Iterator[str]:
    """Give a sentence for each address of a source that the limits of [network] will not let through."""
    own = getattr(source, "allow_private", None)
    allowed = settings.network.allow_private if own is None else bool(own)
    for url in getattr(source, "urls", ()):
        where = read_url(url)
        named_here = where.host == "localhost" or where.host.endswith(".localhost")
        address = literal(where.host) or (_HERE if named_here else _PUBLIC)
        why = refusal(address, where.port, settings.network.ports, allow_private=allowed)
        if why is not None:
            yield f"{where.scheme}://{where.authority}: {why}"


def missing(source: SourceSettings, settings: Settings) -> Iterator[str]:
    """Give a sentence when the file of a source is not there."""
    path = getattr(source, "path", None)
    if isinstance(path, str) and not (settings.folder / Path(path).expanduser()).exists():
        yield f"{path}: does not exist in {settings.folder.absolute()}; correct `path`, or put the file there"


def hasty(source: SourceSettings) -> Iterator[str]:
    """Give a sentence when a source on the network is polled more often than once a minute."""
    if not hasattr(source, "path") and source.every < _MINUTE:
        yield (
            f"every {format_duration(source.every)} is more often than once a minute, which servers tend to refuse; "
            'write every = "15m"'
        )


def unscored(settings: Settings) -> Iterator[str]:
    """Give a sentence for each language whose texts get no sentiment."""
    tagged = [source.language for source in settings.sources if source.language is not None and source.enabled]
    served = [*settings.sentiment.scorers, *settings.sentiment.lexicons]  # in vain, unless their language is listed
    known = {*SCORERS, *served}
    for language in dict.fromkeys([*settings.languages, *tagged, *served]):
        if language not in known:
            yield f"texts in {language} will be unscored; name a lexicon or a scorer for it in [sentiment]"
        elif language not in settings.languages:
            yield f'texts in {language} will be unscored; add "{language}" to `languages`'
