"""Published figures recomputed: whether what was printed follows from what else was printed."""

from fractions import Fraction
from typing import Any

import pandas as pd

from peerpack.measures.book import Book
from peerpack.measures.printed import Figure, decimals, key_of, place, printed_interval, stated
from peerpack.measures.rounding import Interval, rounds_to

AGREES = "agrees"
AGREES_WITHIN = "agrees within the interval its rounding implies"
CANNOT_BE = "cannot be"
CANNOT_BE_RECOMPUTED = "cannot be recomputed"
NOT_STATED = "not printed; follows from printed figures"


def recompute(published: pd.DataFrame) -> pd.DataFrame:
    """Each published figure beside what the other published figures make it.

    Rows: one per figure, as in the return. Columns: claim_id, part, document; title (its meaning),
    unit, period, theme, indicator; stated_value, stated_decimals, stated (as printed); value,
    lower, upper (our recomputation, in the unit, with the interval that the rounding of its
    operands implies; missing where it cannot be recomputed); numerator, denominator (operands of
    two); agreement (one of five); comparator and its value, statistic, period, source; note (place,
    caution, why not recomputed); numerator_rows.
    Errors: StaleCorrection for an operand that names no figure, or figures that lead in a circle,
    or a divisor that may be zero.
    Source: interval arithmetic on figures as printed; decision record 0004.
    """
    book = Book(published)
    return pd.DataFrame([_row(figure, book) for figure in book.figures.values()])


def _row(figure: Figure, book: Book) -> dict[str, Any]:
    found = book.recomputed(figure)
    return {
        "claim_id": figure["claim_id"],
        "part": figure["part"],
        "document": figure["document"],
        "title": figure["meaning"],
        "unit": figure["unit"],
        "period": figure["period"] or "not stated",
        "theme": figure["theme"],
        "indicator": figure["indicator"] or "",
        "kind_of_claim": figure["kind"],
        "stated": figure["figure_as_printed"],
        "stated_value": figure["stated_value"],
        "stated_decimals": figure["decimals"],
        **_numbers(found, book.operands(figure)),
        "agreement": _agreement(figure, found),
        "note": _note(figure),
        "numerator_rows": book.rows(figure),
        **_comparator(figure, book.figures.get(figure["comparator"] or "")),
    }


def _numbers(found: Interval | None, operands: list[Interval]) -> dict[str, Any]:
    pair = [each.value for each in operands] if len(operands) == 2 else [None, None]
    rounded = found is not None and found.lower != found.upper
    return {
        "value": _float(found.value if found else None),
        "lower": _float(found.lower if found else None),
        "upper": _float(found.upper if found else None),
        "interval": "range that the rounding of its operands implies" if rounded else "",
        "numerator": _float(pair[0]),
        "denominator": _float(pair[1]),
    }


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _agreement(figure: Figure, found: Interval | None) -> str:
    if found is None:
        return CANNOT_BE_RECOMPUTED
    if figure["stated_value"] is None:
        return NOT_STATED
    printed = printed_interval(figure)
    if figure["operator"] in ("<", ">", "between"):
        agrees = printed.lower <= found.value <= printed.upper
    else:
        agrees = rounds_to(found.value, stated(figure), decimals(figure))
    return AGREES if agrees else AGREES_WITHIN if found.overlaps(printed) else CANNOT_BE


def _comparator(figure: Figure, other: Figure | None) -> dict[str, Any]:
    if other is None:
        return {"comparator": "", "comparator_value": None, "comparator_statistic": "",
                "comparator_period": "", "comparator_source": ""}  # fmt: skip
    return {
        "comparator": f"published figure {key_of(other)}",
        "comparator_value": other["stated_value"],
        "comparator_statistic": figure["comparator_statistic"] or "not stated",
        "comparator_period": other["period"] or "not stated",
        "comparator_source": place(other),
    }


def _note(figure: Figure) -> str:
    words = [f"{place(figure)}."]
    if figure["not_recomputed_because"]:
        words.append(f"Not recomputed: {figure['not_recomputed_because']}.")
    if figure["comparator_note"]:
        words.append(f"Comparator: {figure['comparator_note']}.")
    if figure["caution"]:
        words.append(f"Caution: {figure['caution']}.")
    return " ".join(words)
