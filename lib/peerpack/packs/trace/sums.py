"""How the traced rows give the value, said only where adding them up again shows it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from peerpack.measures.table import money_sum
from peerpack.packs.trace.rows import Block

PENNY = 0.005
NUMERATOR, DENOMINATOR = "numerator", "denominator"


def sums(row: Mapping[str, Any], blocks: Sequence[Block]) -> dict[str, str]:
    """What each operand is of the traced rows, and what the value is of the operands.

    Keys: numerator, denominator, value; each only where it was found to be so. Columns of one sum,
    such as two budgets between which nothing moved, are all named.
    """
    told = {role: _of_rows(row[role], role, blocks) for role in (NUMERATOR, DENOMINATOR)}
    # A count of whole things has no operands: its rows are told of itself.
    plain = _missing(row[NUMERATOR]) and _missing(row[DENOMINATOR])
    told["value"] = _of_rows(row["value"], NUMERATOR, blocks) if plain else _of_operands(row)
    return {name: words for name, words in told.items() if words}


def _of_rows(operand: float, role: str, blocks: Sequence[Block]) -> str:
    found = [block.found for block in blocks if block.role == role]
    if _missing(operand) or not found or any(each is None for each in found):
        return ""
    rows = pd.concat([each for each in found if each is not None])
    over = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
    if operand == len(rows):
        return f"a count of {over}"
    fitting = [column for column, total in _totals(rows) if _same(total, operand)]
    return f"the sum of {' and of '.join(fitting)} over {over}" if fitting else ""


def _totals(rows: pd.DataFrame) -> Iterator[tuple[str, float]]:
    numbers = rows.drop(columns="source_row").select_dtypes("number")
    for column in numbers:
        yield str(column), money_sum(numbers[column].dropna())


def _of_operands(row: Mapping[str, Any]) -> str:
    value, over, under = (float(row[name]) for name in ("value", NUMERATOR, DENOMINATOR))
    if _missing(value) or _missing(over):
        return ""
    if _same(value, over, exact=True):
        return NUMERATOR
    if _missing(under) or not under:
        return ""
    ways = {
        "100 × numerator / denominator": 100 * over / under,
        "numerator / denominator": over / under,
        "numerator - denominator": over - under,
        "100 × (numerator - denominator) / denominator": 100 * (over - under) / under,
    }
    return next((said for said, number in ways.items() if _same(value, number, exact=True)), "")


def _missing(number: float) -> bool:
    return number is None or math.isnan(number)


def _same(one: float, other: float, *, exact: bool = False) -> bool:
    """Equal but for the last bits; of sums of money, to the penny."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12 if exact else PENNY / 10)
