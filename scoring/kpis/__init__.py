"""Every KPI there is: one decorated function each, in the files that are listed here and nowhere else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring.kpi import REGISTERED, Kpi
from scoring.kpis import customers, estimates, funnel, plan, spending, voice

_FILES: Final = (spending, funnel, customers, voice, estimates, plan)  # in the order in which they are told
KPIS: Final[Mapping[str, Kpi]] = MappingProxyType(
    {id_: kpi for file in _FILES for id_, kpi in REGISTERED.items() if kpi.function.__module__ == file.__name__}
)
