"""Children's social workers at the national census: vacancies, agency, turnover and cases.

Each is computed from the counts that the census prints, not from its rounded rates, so that
neighbours can be pooled. A symbol in place of a count (c, x, z, u, low) is missing, never zero.
Source: Department for Education, children's social work workforce, 30 September.
"""

from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from peerpack.handover.evidence import Comparison
from peerpack.handover.neighbours import Group
from peerpack.measures import compare
from peerpack.measures.neighbours import Operand, beside_others, operand, ratio_row
from peerpack.measures.table import PER_CENT


class Rate(NamedTuple):
    """A rate of the census: its indicator and measure, and which counts it divides."""

    indicator: str
    measure: str
    numerator: str
    denominator: tuple[str, ...]
    times: float


VACANCY = Rate(
    "KW08", "children_social_workers", "vacancies_fte", ("vacancies_fte", "in_post_fte"), PER_CENT
)
AGENCY = Rate("KW09", "", "agency_fte", ("agency_fte", "in_post_fte"), PER_CENT)
TURNOVER = Rate("KW10", "turnover", "leavers_fte", ("in_post_fte",), PER_CENT)
CASELOAD = Rate("KW10", "cases_per_social_worker", "cases_n", ("case_holders_fte",), 1.0)


def vacancy(census: pd.DataFrame, ons_code: str, group: Group) -> pd.DataFrame:
    """Vacant posts of children's social workers as a share of vacant and filled posts (KW08).

    Rows: the council, each member of the group in its order, England. Columns: measure
    (`children_social_workers`, beside the vacancy rate of all posts); area, missing for the
    council; value (%); numerator (FTE vacant); denominator (FTE vacant and in post).
    """
    return _table(census, ons_code, group, VACANCY)


def agency(census: pd.DataFrame, ons_code: str, group: Group) -> pd.DataFrame:
    """Agency workers as a share of agency and other children's social workers (KW09).

    Rows: as vacancy. Columns: area; value (%); numerator (FTE of agency workers); denominator (FTE
    of agency workers and of those in post).
    """
    return _table(census, ons_code, group, AGENCY)


def turnover(census: pd.DataFrame, ons_code: str, group: Group) -> pd.DataFrame:
    """Children's social workers who left in the year to the census as a share of those in post (KW10).

    Rows: as vacancy. Columns: measure (`turnover`); area; value (%); numerator (FTE who left);
    denominator (FTE in post on the day of the census).
    """
    return _table(census, ons_code, group, TURNOVER)


def caseload(census: pd.DataFrame, ons_code: str, group: Group) -> pd.DataFrame:
    """Cases held for each full-time social worker who holds any, agency workers among them (KW10).

    Rows: as vacancy. Columns: measure (`cases_per_social_worker`); area; value (cases); numerator
    (cases); denominator (FTE of those who hold cases).
    """
    return _table(census, ons_code, group, CASELOAD)


def beside(table: pd.DataFrame, rate: Rate, period: str, group: Group) -> tuple[Comparison, ...]:
    """The comparators of a rate of the census, the group's pooled rate first (measures.compare)."""
    return compare.beside(
        table, rate.indicator, period, group, headline=compare.POOLED, times=rate.times
    )


def _table(census: pd.DataFrame, ons_code: str, group: Group, rate: Rate) -> pd.DataFrame:
    facet = {"measure": rate.measure} if rate.measure else {}
    return beside_others(partial(_row, census, rate), ons_code, group, facet)


def _row(census: pd.DataFrame, rate: Rate, code: str) -> dict[str, Any]:
    above = operand(census, code, rate.numerator)
    parts = [operand(census, code, column) for column in rate.denominator]
    return ratio_row(above, _sum(parts), rate.times)


def _sum(parts: list[Operand]) -> Operand:
    """Counts of one row added up: missing where one of them is, with that one's symbol."""
    marks = ";".join(dict.fromkeys(part.status for part in parts if part.status))
    return Operand(sum(part.value for part in parts), marks, parts[0].rows, parts[0].note)
