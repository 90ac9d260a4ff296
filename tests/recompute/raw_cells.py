"""What a raw cell says: amounts as exact fractions, days, words. Nothing of the workbook's code."""

import re
from datetime import date, datetime
from fractions import Fraction

NOTHING = {"", "-", "–", "—", "n/a", "na", "#n/a"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OPEN_FROM = 2900


def words(cell):
    """A cell as text: one space between words, straight quotes, no space around it."""
    text = "" if cell is None else str(cell)
    text = text.replace("\u2019", "'").replace("\u2018", "'").replace("\xa0", " ")
    return " ".join(text.split())


def number(cell):
    """A number as an exact fraction; None where the cell holds none.

    Read: commas, a pound sign, brackets or a minus behind for a negative; a dash is nought.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Fraction(repr(cell))
    text = words(cell).replace(",", "").replace("£", "").replace(" ", "")
    if text in ("-", "–", "—"):
        return Fraction(0)
    below = text.startswith("(") and text.endswith(")")
    text = text.strip("()")
    if text.endswith("-"):
        below, text = True, text[:-1]
    if not re.fullmatch(r"[-−+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text):
        return None
    found = Fraction(text.replace("−", "-"))
    return -found if below else found


def day(cell):
    """A day, written the year first or the day first; None for none, and for a far open end."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = words(cell).partition("T")[0]
    if found := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _day(found[1], found[2], found[3])
    if found := re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        return _day(found[3], found[2], found[1])
    if found := re.match(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{2,4})", text):
        year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
        return _day(year, MONTHS.index(found[2].casefold()) + 1, found[1])
    return None


def _day(year, month, day_of_month):
    return None if int(year) >= OPEN_FROM else date(int(year), int(month), int(day_of_month))


def given(cell):
    """The words of a cell, or nothing where it says that there are none."""
    text = words(cell)
    return "" if text.casefold() in NOTHING else text
