"""How are counts, units and numbers without a display text said? The rest is in `words`."""

from peerpack.words.numbers import display

_UNITS = {
    "%": "per cent",
    "pp": "percentage points",
    "GBP": "pounds",
    "GBP m": "millions of pounds",
    "GBP per head": "pounds per head",
    "count": "number",
}


def unit_in_words(unit: str) -> str:
    """A unit as a reader says it."""
    return _UNITS.get(unit, unit)


def printed(value: float | None, unit: str = "", decimals: int | None = None) -> str:
    """A number with its unit, nothing where missing; without `decimals`, two where needed."""
    if value is None:
        return ""
    return display(value, unit, decimals_of(value) if decimals is None else decimals)


def decimals_of(value: float) -> int:
    """How many decimals a number needs, two at most."""
    return len(f"{value:.2f}".rstrip("0").partition(".")[2])


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 row`, `1,240 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """A text with its first letter as a capital, the rest as it was."""
    return text[:1].upper() + text[1:]
