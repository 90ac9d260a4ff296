"""Figures as the reasons of an audit say them."""

from fractions import Fraction
from math import floor

from peerpack.prose import Quantity
from peerpack.prose.numbers import SCALES


def plain(number: Fraction, decimals: int = 2) -> str:
    """A number with at most so many decimals, none of them a closing nought."""
    size = abs(number)
    whole = floor(size * 10**decimals + Fraction(1, 2))
    text = f"{whole // 10**decimals:,}"
    rest = f"{whole % 10**decimals:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{'-' if number < 0 and whole else ''}{text}{'.' if rest else ''}{rest}"


def money(pounds: Fraction) -> str:
    """Pounds as £54,000 or £2,130.43."""
    return f"{'-' if pounds < 0 else ''}£{plain(abs(pounds))}"


def amount(number: Fraction, like: Quantity) -> str:
    """A number in the unit of a figure."""
    if like.unit in SCALES:
        scaled = plain(number / SCALES[like.unit], max(like.decimals, 0) + 2)
        return f"{'-' if scaled[0] == '-' else ''}£{scaled.lstrip('-')}{like.unit[4:]}"
    if like.unit == "GBP":
        return money(number)
    if like.unit == "%":
        return f"{plain(number, max(like.decimals, 0) + 1)}%"
    if like.unit == "pp":
        return f"{plain(number)} percentage points"
    after = "" if like.unit in ("count", "ratio") else f" {like.unit}"
    return f"{plain(number)}{after}"


def change(old: Quantity, new: Quantity) -> str:
    """Two ends as `The fall from 29,242 to 22,287`, so that its size needs no sign."""
    way = "fall" if new.amount < old.amount else "rise" if new.amount > old.amount else "change"
    return f"The {way} from {figure(old)} to {figure(new)}"


def figure(quantity: Quantity) -> str:
    """A figure as printed, without the words that hedge it."""
    digits = next((n for n, letter in enumerate(quantity.text) if letter in "£$€-−+0123456789"), 0)
    if quantity.unit == "pp" and not quantity.in_words:
        return f"{plain(quantity.value)} percentage point{'' if quantity.value == 1 else 's'}"
    return quantity.text if quantity.in_words else quantity.text[digits:]
