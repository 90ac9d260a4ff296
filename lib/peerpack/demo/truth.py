"""What the generator knows: the figures a correct reading of the returns must arrive at."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class BudgetLine:
    """One cost centre of the ledger, whole pounds; income is negative."""

    directorate: str
    service: str
    cost_centre: str
    cost_centre_desc: str
    original_gbp: int
    virements_gbp: int
    forecast_gbp: int
    profiled_gbp: int
    actual_gbp: int
    commitments_gbp: int

    @property
    def revised_gbp(self) -> int:
        """Original budget with its virements."""
        return self.original_gbp + self.virements_gbp

    @property
    def variance_gbp(self) -> int:
        """Forecast less revised budget: positive is an overspend."""
        return self.forecast_gbp - self.revised_gbp


@dataclass(frozen=True)
class BudgetTotal:
    """Net revised budget and forecast of some lines, and KF01: variance as a % of the budget."""

    revised_gbp: int
    forecast_gbp: int
    variance_gbp: int
    variance_pct: float


@dataclass(frozen=True)
class BudgetTruth:
    """KF01 overall and by directorate, with every ledger line in printed order."""

    lines: tuple[BudgetLine, ...]
    overall: BudgetTotal
    by_directorate: Mapping[str, BudgetTotal]


@dataclass(frozen=True)
class SicknessRate:
    """KW01: FTE working days lost in the quarter over average FTE, schools excluded."""

    days_lost_fte: float
    average_fte: float
    days_per_fte: float


@dataclass(frozen=True)
class Headcount:
    """Distinct people holding a post, casuals included: on any day, and on the last day."""

    any_day_n: int
    last_day_n: int


@dataclass(frozen=True)
class SicknessTruth:
    """KW01 overall and by its cuts; headcount by team (council teams only)."""

    overall: SicknessRate
    by_directorate: Mapping[str, SicknessRate]
    by_team: Mapping[str, SicknessRate]
    headcount_by_team: Mapping[str, Headcount]


@dataclass(frozen=True)
class SatisfiedShare:
    """KR01: weighted % very or fairly satisfied, and the unweighted base that answered."""

    satisfied_pct: float
    base_n: int


@dataclass(frozen=True)
class SatisfactionTruth:
    """KR01 overall and by ward; don't know and blanks are outside the base."""

    overall: SatisfiedShare
    by_ward: Mapping[str, SatisfiedShare]


@dataclass(frozen=True)
class NeighbourFigure:
    """One neighbour's value of one indicator as text; '[x]' is not available."""

    area: str
    indicator: str
    statistic_basis: str
    value: str
    unit: str


@dataclass(frozen=True)
class Truth:
    """Everything known about the five returns of one quarter; rows_n counts data rows by file."""

    budget: BudgetTruth
    sickness: SicknessTruth
    satisfaction: SatisfactionTruth
    neighbours: tuple[NeighbourFigure, ...]
    rows_n: Mapping[str, int]
