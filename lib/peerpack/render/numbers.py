"""How is a number printed that came without a display text? `2.4%`, `£1,240`, `9.1 days`."""

UNITS = {
    "%": "per cent",
    "pp": "percentage points",
    "GBP": "pounds",
    "GBP m": "millions of pounds",
    "GBP k": "thousands of pounds",
    "count": "number",
    "ratio": "ratio",
}
_MONEY = {"GBP": "", "GBP m": "m", "GBP k": "k"}
_BARE = ("", "count", "ratio", "number")


def unit_in_words(unit: str) -> str:
    """A unit as a reader says it."""
    return UNITS.get(unit, unit)


def printed(value: float | None, unit: str = "", decimals: int | None = None) -> str:
    """A number with its unit: `2.4%`, `£1,240`, `-£3.5m`, `9.1 days`; nothing where missing.

    Without `decimals` at most two are shown, and no trailing zeros.
    """
    if value is None:
        return ""
    digits = _digits(abs(value), decimals)
    sign = "-" if value < 0 and digits.strip("0.,") else ""
    if unit in _MONEY:
        return f"{sign}£{digits}{_MONEY[unit]}"
    if unit == "%":
        return f"{sign}{digits}%"
    return f"{sign}{digits}" if unit in _BARE else f"{sign}{digits} {unit_in_words(unit)}"


def _digits(size: float, decimals: int | None) -> str:
    if decimals is not None:
        return f"{size:,.{decimals}f}"
    return f"{size:,.2f}".rstrip("0").rstrip(".")


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 row`, `1,240 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """A text with its first letter as a capital, the rest as it was."""
    return text[:1].upper() + text[1:]
