"""What a credited conversion cost in each channel, and what its value returned: a range over the models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.attribution.models import Attribution, ChannelCredit


@dataclass(frozen=True, slots=True)
class ChannelReturn:
    """One channel's cost against what the models credit to it.

    A range reaches from the most friendly model to the least friendly one. An end is None where no model, or not every
    model, gives a number: see `cac_range`.
    """

    channel: str
    cost: Decimal
    cac: Mapping[str, Decimal | None]  # by model: cost / credited conversions; None where it credits none
    roi: Mapping[str, Decimal | None]  # by model: (credited value - cost) / cost; None without value or cost

    @property
    def cac_range(self) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and the highest cost of a conversion; no highest where a model credits none at all."""
        known = _known(self.cac)
        return (min(known, default=None), max(known) if len(known) == len(self.cac) and known else None)

    @property
    def roi_range(self) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and the highest return."""
        known = _known(self.roi)
        return min(known, default=None), max(known, default=None)


def returns(attribution: Attribution, costs: Mapping[str, Decimal]) -> dict[str, ChannelReturn]:
    """Give the return of every channel whose cost is known, by channel. Costs of other channels are left out."""
    return {
        credit.channel: _return(credit, costs[credit.channel])
        for credit in attribution.channels
        if credit.channel in costs
    }


def _return(credit: ChannelCredit, cost: Decimal) -> ChannelReturn:
    # A model that cannot be had for these paths (too many channels) has no say in the range.
    conversions = {model: given for model, given in credit.conversions.items() if given is not None}
    return ChannelReturn(
        credit.channel,
        cost,
        {model: cost / Decimal(given) if given > 0 else None for model, given in conversions.items()},
        {model: _roi(credit.value[model], cost) for model in conversions},
    )


def _roi(value: float | None, cost: Decimal) -> Decimal | None:
    return (Decimal(value) - cost) / cost if value is not None and cost else None


def _known(numbers: Mapping[str, Decimal | None]) -> list[Decimal]:
    some: Iterable[Decimal | None] = numbers.values()
    return [number for number in some if number is not None]
