"""Children's social workers at the national census: vacancies, agency, turnover and cases.

A council's is computed from the counts that the census prints, not from its rounded rates, so that
neighbours can be pooled; it carries the range that the rounding of those counts implies. England's
is the rate as published. A symbol in place of a count (c, x, z, u, low) is missing, never zero.
Source: Department for Education, children's social work workforce, 30 September.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from peerpack.handover.evidence import Comparison
from peerpack.handover.neighbours import ENGLAND, Group
from peerpack.measures import compare
from peerpack.measures.neighbours import Operand, beside_others, operand, ratio_row
from peerpack.measures.rounding import Interval, implied, propagate

RANGE = "range that the rounding of the printed counts implies"
NATION = "As published: its counts hold authorities whose other count is missing."


class Rate(NamedTuple):
    """A rate of the census: its indicator and measure, the counts it divides, the rate as printed.

    `within`: the numerator is a part of the whole beside the denominator, as vacant posts are of
    vacant and filled ones. `times`: 100 for a percentage.
    """

    indicator: str
    measure: str
    numerator: str
    denominator: str
    printed: str
    within: bool
    times: int

    def of(self, counts: Sequence[Fraction]) -> Fraction:
        """The rate of a numerator and a denominator."""
        above, below = counts
        return self.times * above / (below + above if self.within else below)


VACANCY = Rate("KW08", "children_social_workers", "vacancies_fte", "in_post_fte",
               "vacancy_fte_pct", within=True, times=100)  # fmt: skip
AGENCY = Rate("KW09", "", "agency_fte", "in_post_fte", "agency_fte_pct", within=True, times=100)
TURNOVER = Rate("KW10", "turnover", "leavers_fte", "in_post_fte",
                "turnover_fte_pct", within=False, times=100)  # fmt: skip
CASELOAD = Rate("KW10", "cases_per_social_worker", "cases_n", "case_holders_fte",
                "cases_per_case_holder", within=False, times=1)  # fmt: skip


def vacancy(census: pd.DataFrame, ons_code: str, groups: Sequence[Group]) -> pd.DataFrame:
    """Vacant posts of children's social workers as a share of vacant and filled posts (KW08).

    Rows: the council, each member of its groups in their order, England. Columns: measure
    (`children_social_workers`, beside the vacancy rate of all posts); area, missing for the
    council; value (%), lower, upper; numerator (FTE vacant); denominator (FTE vacant and in post).
    """
    return _table(census, ons_code, groups, VACANCY)


def agency(census: pd.DataFrame, ons_code: str, groups: Sequence[Group]) -> pd.DataFrame:
    """Agency workers as a share of agency and other children's social workers (KW09).

    Rows: as vacancy. Columns: area; value (%); numerator (FTE of agency workers); denominator (FTE
    of agency workers and of those in post).
    """
    return _table(census, ons_code, groups, AGENCY)


def turnover(census: pd.DataFrame, ons_code: str, groups: Sequence[Group]) -> pd.DataFrame:
    """Children's social workers who left in the year, as a share of those in post (KW10).

    Rows: as vacancy. Columns: measure (`turnover`); area; value (%); numerator (FTE who left);
    denominator (FTE in post on the day of the census).
    """
    return _table(census, ons_code, groups, TURNOVER)


def caseload(census: pd.DataFrame, ons_code: str, groups: Sequence[Group]) -> pd.DataFrame:
    """Cases held for each full-time social worker who holds any, agency workers among them (KW10).

    Rows: as vacancy. Columns: measure (`cases_per_social_worker`); area; value (cases); numerator
    (cases); denominator (FTE of those who hold cases).
    """
    return _table(census, ons_code, groups, CASELOAD)


def beside(
    table: pd.DataFrame, rate: Rate, period: str, groups: Sequence[Group]
) -> tuple[Comparison, ...]:
    """The comparators of a rate of the census, the first group's pooled rate first."""
    return compare.beside(
        table, rate.indicator, period, groups, headline=compare.POOLED, times=rate.times
    )


def _table(
    census: pd.DataFrame, ons_code: str, groups: Sequence[Group], rate: Rate
) -> pd.DataFrame:
    facet = {"measure": rate.measure} if rate.measure else {}
    return beside_others(partial(_row, census, rate), ons_code, groups, facet)


def _row(census: pd.DataFrame, rate: Rate, code: str) -> dict[str, Any]:
    if code == ENGLAND:
        return _as_published(operand(census, code, rate.printed))
    above, below = (operand(census, code, name) for name in (rate.numerator, rate.denominator))
    whole = replace(below, value=below.value + above.value) if rate.within else below
    known = not math.isnan(whole.value + above.value)
    return ratio_row(above, whole, rate.times) | (_range(rate, above, below) if known else {})


def _as_published(printed: Operand) -> dict[str, Any]:
    return {
        "value": printed.value, "status": printed.status, "note": NATION,
        "numerator_rows": printed.rows, "denominator_rows": printed.rows,
    }  # fmt: skip


def _range(rate: Rate, above: Operand, below: Operand) -> dict[str, Any]:
    """The lowest and highest that the rate can be, full-time equivalents being printed to 0.1."""
    counts = [_printed(above.value, rate.numerator), _printed(below.value, rate.denominator)]
    if counts[1].lower <= 0:
        return {}
    span = propagate(rate.of, counts)
    return {"lower": float(span.lower), "upper": float(span.upper), "interval": RANGE}


def _printed(value: float, column: str) -> Interval:
    """A count as it is printed: cases whole, full-time equivalents to one decimal, none below 0."""
    if not column.endswith("_fte"):
        return Interval.exact(Fraction(str(value)))
    printed = implied(Fraction(str(value)), 1, "=")
    return replace(printed, lower=max(printed.lower, Fraction(0)))
