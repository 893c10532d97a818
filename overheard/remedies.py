"""What a person can do when a source gave nothing: one sentence for each reason, the same wherever it is told."""

from __future__ import annotations

from storage.records import Reason

REMEDIES: dict[Reason, str] = {
    Reason.NETWORK: "see whether the address opens from this machine; it is tried again by itself",
    Reason.TIMEOUT: "it is tried again by itself; a source that is always slow needs a larger `deadline` in [network]",
    Reason.SERVER: "nothing to do: the fault is the server's, and it is tried again by itself",
    Reason.RATE_LIMITED: "nothing to do: the pause that was asked for is kept; write a longer `every` if it comes back",
    Reason.NOT_FOUND: "look the address, name or path up at the source and correct it in the config",
    Reason.GONE: "it was taken away for good: remove it from the config, or look for its new address",
    Reason.AUTH: "renew the secrets that the config names for this source and see that they may read it",
    Reason.TOO_LARGE: "ask the source for less, or write a larger `max_megabytes` in [network]",
    Reason.MALFORMED: "open the address in a browser: it must give the feed or table itself, not a page around it",
    Reason.MISCONFIGURED: "correct this source in the config, then run `overheard check --online`",
}


def told(reason: Reason, detail: str | None) -> str:
    """Give a failure as people read it: the reason, what happened, what to do."""
    return f"{reason}: {detail or 'no detail kept'}; {REMEDIES[reason]}"
