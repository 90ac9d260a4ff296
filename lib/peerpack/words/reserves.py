"""Sentences about reserves, one for each of the two ratios: they are never mixed."""

import math

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import money, said


@said
def balance_sentence(shown: Shown) -> str:
    """The General Fund balance now and on 1 April, beside the net budget."""
    return _both(shown, "The General Fund balance is", "of the net budget")


@said
def usable_sentence(shown: Shown) -> str:
    """Unallocated and earmarked reserves now and on 1 April, beside forecast net spending."""
    return _both(shown, "With what is earmarked, usable reserves are", "of forecast net spending")


@said
def cover_sentence(balance: Shown, variance: Shown) -> str:
    """A forecast overspend beside the balance that would have to bear it."""
    over = variance.headline["numerator"]
    held = balance.only(basis="closing").headline["numerator"]
    if math.isnan(held) or not over > 0:
        return ""
    return (
        f"An overspend that nothing else covers falls on the General Fund balance: {money(over)} "
        f"is forecast, {money(held)} is held."
    )


def _both(shown: Shown, what: str, of: str) -> str:
    now, before = (shown.only(basis=basis).headline for basis in ("closing", "opening"))
    if math.isnan(now["numerator"]):
        return ""
    return f"{what} {_amount(now, of)}; on 1 April, {_amount_in_brackets(before)}."


def _amount(row: pd.Series, of: str) -> str:
    share = f", {row['display']} {of}" if not math.isnan(row["value"]) else ""
    return f"{money(row['numerator'])}{share}"


def _amount_in_brackets(row: pd.Series) -> str:
    share = f" ({row['display']})" if not math.isnan(row["value"]) else ""
    return f"{money(row['numerator'])}{share}"
