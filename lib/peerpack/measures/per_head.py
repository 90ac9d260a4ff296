"""What services cost, from the national revenue outturn, beside neighbours and England."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from peerpack.handover.evidence import Comparison
from peerpack.handover.neighbours import ENGLAND, Group
from peerpack.measures import compare
from peerpack.measures.neighbours import Operand, beside_others, operand, ratio_row
from peerpack.measures.table import PER_CENT

CHILDREN = r"\b0 ?(?:to|-|–) ?17\b"
CHILDREN_NET = "children_social_care_net_gbp"
ADULTS_NET = "adult_social_care_net_gbp"
EVERYONE = "it counts districts, police and fire authorities too"
ALL_KINDS = "England, all kinds of authority"
NO_SOCIAL_CARE = "A district council runs no social care."


def childrens_services(
    outturn: pd.DataFrame, population: pd.DataFrame, ons_code: str, groups: Sequence[Group]
) -> pd.DataFrame:
    """Children's services: net current expenditure for each resident aged 0 to 17 (KF25).

    Rows: the council, each member of its groups in their order, England; cut `area`, missing for
    the council. Columns: value (GBP per resident; missing, with the symbol printed in its place as
    status, where an authority sent no return); numerator (GBP, total children's social care, net
    current expenditure, from form RO3, or from the summary RSX where RO3 is not there);
    denominator (residents aged 0 to 17 in mid-year). Schools and public health are not in it.
    Source: revenue outturn, column C7; mid-year population estimates.
    """
    care = _of_form(outturn, "RO3", CHILDREN_NET)
    children = population[population["age_group"].str.contains(CHILDREN, na=False)]
    row = partial(_per_child, care, children)
    return beside_others(row, ons_code, groups)


def _per_child(care: pd.DataFrame, children: pd.DataFrame, code: str) -> dict[str, Any]:
    spent = operand(care, code, CHILDREN_NET)
    return ratio_row(spent, operand(children, code, "population_n"))


def _of_form(outturn: pd.DataFrame, form: str, column: str) -> pd.DataFrame:
    """The rows of a form, or of the other where the form has nothing to say of a column."""
    own = outturn[outturn["form"] == form]
    told = own[column].notna() | own[f"{column}_status"].notna()
    return own if told.any() else outturn[outturn["form"] != form]


def social_care_share(
    outturn: pd.DataFrame, ons_code: str, groups: Sequence[Group]
) -> pd.DataFrame:
    """Adult and children's social care as a share of net spending on all services (KF13).

    Rows: the council, each member of its groups, England with all
    kinds of authority; cut `area`. Columns: value (%; missing
    for a district, which runs no social care, with status `z`); numerator (GBP, both services' net
    current expenditure); denominator (GBP, net current expenditure on all services, education
    among them). Source: revenue outturn summary RSX, column C7; the ratio is CIPFA's.
    """
    row = partial(_social_care, _of_form(outturn, "RSX", ADULTS_NET))
    return _of_all_kinds(beside_others(row, ons_code, groups))


def _social_care(summary: pd.DataFrame, code: str) -> dict[str, Any]:
    both = [operand(summary, code, column) for column in (CHILDREN_NET, ADULTS_NET)]
    spent = Operand(
        sum(o.value for o in both), ";".join(dict.fromkeys(o.status for o in both if o.status)),
        both[0].rows, both[0].note,
    )  # fmt: skip
    own = (summary["ons_code"] == code) & (summary["area_kind"] == "authority")
    if (summary.loc[own, "authority_class"] == "SD").any():
        spent = Operand(float("nan"), "z", spent.rows, NO_SOCIAL_CARE)
    return ratio_row(spent, operand(summary, code, "total_services_net_gbp"), PER_CENT)


def fees_share(outturn: pd.DataFrame, ons_code: str, groups: Sequence[Group]) -> pd.DataFrame:
    """Sales, fees and charges as a share of spending on all services before income (KF14).

    Rows: the council, each member of its groups, England with all
    kinds of authority; cut `area`. Columns: value (%); numerator
    (GBP, sales, fees and charges, column C4); denominator (GBP, total expenditure, column C3).
    Source: revenue outturn summary RSX; the ratio is CIPFA's.
    """
    row = partial(_fees, outturn[outturn["form"] == "RSX"])
    return _of_all_kinds(beside_others(row, ons_code, groups))


def _fees(summary: pd.DataFrame, code: str) -> dict[str, Any]:
    charged = operand(summary, code, "total_services_fees_gbp")
    return ratio_row(charged, operand(summary, code, "total_services_gross_gbp"), PER_CENT)


def beside(
    table: pd.DataFrame, indicator: str, period: str, groups: Sequence[Group]
) -> tuple[Comparison, ...]:
    """The comparators of a figure above, the median of the first group first (measures.compare).

    A share of all services of the whole of England is not like for like: it counts authorities
    that have few of them.
    """
    if indicator == "KF25":
        return compare.beside(table, indicator, period, groups)
    found = compare.beside(table, indicator, period, groups, times=PER_CENT)
    return tuple(replace(c, unlike=EVERYONE) if c.group == ENGLAND else c for c in found)


def _of_all_kinds(table: pd.DataFrame) -> pd.DataFrame:
    """England's row under a name that says whom it counts."""
    return table.assign(area=table["area"].replace(ENGLAND, ALL_KINDS))
