"""Pounds, thousands or millions: what a heading or a title says of the amounts under it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from peerpack.catalogue.models import Dataset
from peerpack.errors import ReturnRefused
from peerpack.sources.tabular import Cell, Grid

if TYPE_CHECKING:
    from peerpack.sources.header import Header

SAID = {1: "pounds", 1_000: "£ thousand", 1_000_000: "£ million", 1_000_000_000: "£ billion"}
NOTES_N = 20

_SIZE = r"(?P<size>['’‘`]?000['’]?s?|1,?000['’]?s|thousands?|k|millions?|mn?|billions?|bn)(?![\w%])"
_POUND = r"(?:£|\bgbp\b|\bpounds?\b)"
_SIZED_POUND = re.compile(
    rf"(?:\(|\bin\b)?\s*{_POUND}[\s()]*(?:in\s+)?{_SIZE}\s*\)?", re.IGNORECASE
)
_SIZE_OF_POUNDS = re.compile(rf"(?<![\w,.])(?<!\d\s){_SIZE}\s+(?:of\s+)?{_POUND}", re.IGNORECASE)
_SIZE_ALONE = re.compile(
    rf"\(\s*(?:in\s+)?{_SIZE}\s*\)|(?<![\w,.])(?P<noughts>['’‘`]000s?|000['’]?s)(?!\w)",
    re.IGNORECASE,
)
_PLAIN_POUND = re.compile(r"\(?\s*(?:£|\bgbp\b|\bpounds\b)(?!\s*\d)\s*\)?", re.IGNORECASE)
_IN_A_HEADING = (_SIZED_POUND, _SIZE_OF_POUNDS, _SIZE_ALONE)
_ALL_IN_SIZE = re.compile(
    rf"\b(?:figures?|amounts?|values?|data|budgets?|all|shown|reported|expressed|stated)\b"
    rf"[^.;]*?\b(?:in\s+|\()(?:whole\s+)?{_SIZE}",
    re.IGNORECASE,
)
_ALL_IN_POUNDS = re.compile(r"\bin\s+(?:whole\s+)?(?:pounds\b|£(?!\s*[\w'’‘`(]))", re.IGNORECASE)
_OTHER_UNITS = ("%", "fte", "days", "hours", "no", "no.", "number")


@lru_cache(maxsize=10_000)
def without_unit(heading: str) -> str:
    """A heading without the words that say in what its amounts are: `Target £k` is `Target`."""
    for pattern in (*_IN_A_HEADING, _PLAIN_POUND):
        heading = pattern.sub(" ", heading)
    return " ".join(heading.split())


def scales_of_heading(words: str) -> dict[int, str]:
    """How many pounds one unit is, for each size that a heading names, and the words for it."""
    sized = _sizes(_IN_A_HEADING, words)
    plain = _PLAIN_POUND.search(words)
    return sized or ({1: plain[0].strip()} if plain else {})


def scales_of_title(words: str) -> dict[int, str]:
    """The same of a title: only where it speaks of all amounts, not of one (`over £500`)."""
    found = _sizes((_SIZED_POUND, _SIZE_OF_POUNDS, _ALL_IN_SIZE), words)
    plain = _ALL_IN_POUNDS.search(words)
    return found or ({1: plain[0]} if plain else {})


def _sizes(patterns: Iterable[re.Pattern[str]], words: str) -> dict[int, str]:
    found = (match for pattern in patterns for match in pattern.finditer(words))
    return {_scale(match): match[0].strip(" ()") for match in found}


def _scale(match: re.Match[str]) -> int:
    size = (match.groupdict().get("noughts") or match["size"]).casefold().lstrip("'’‘`")
    if size.startswith("b"):
        return 1_000_000_000
    return 1_000_000 if size.startswith("m") else 1_000


def with_units(grid: Grid, header: "Header", dataset: Dataset) -> "Header":
    """The header with the scale of each column of money, and with a row of units under it, if any.

    A heading speaks for its own column; a title, the sheet's name or a note under the table for
    every column whose heading is silent. Where they disagree the table is refused.
    """
    money = [c.name for c in dataset.columns if c.kind == "money" and c.name in header.positions]
    if not money:
        return header
    below = _row_of_units(grid, header)
    called = [_words(cell) for cell in grid.rows[1]] if grid.heads > 1 else []
    above = _row_of_headings(grid, header)
    titles = _titles(grid, header, passing=header.first - 1 if above else None)
    scales = {}
    for name in money:
        place = header.positions[name]
        words = [header.headings[name], *(_at(row, place) for row in (above, below, called))]
        scales[name] = _agreed(grid, header.headings[name], words, titles)
    return replace(header, last=header.last + bool(below), scales=scales)


def _agreed(grid: Grid, heading: str, words: list[str], titles: dict[int, str]) -> int:
    own: dict[int, str] = {}
    for each in words:
        own |= scales_of_heading(each)
    said = titles | own
    if len(said) > 1:
        one, other = sorted(said)[:2]
        raise ReturnRefused(
            f"{grid.file}: under {heading!r} one place says {said[one]!r}, in {SAID[one]}, and "
            f"another {said[other]!r}, in {SAID[other]}. Correct one of them in the export."
        )
    return next(iter(said), 1)


def _row_of_units(grid: Grid, header: "Header") -> list[str]:
    """The row under the header if it holds units alone, such as £000 under each heading."""
    if header.last + 1 >= len(grid.rows):
        return []
    words = [_words(cell) for cell in grid.rows[header.last + 1]]
    told = [each for each in words if each]
    units = [each for each in told if scales_of_heading(each) and not without_unit(each)]
    others = [each for each in told if each.casefold() in _OTHER_UNITS]
    blank_or_unit = all(
        not str(cell).strip() or isinstance(cell, str)
        for cell in grid.rows[header.last + 1]
        if cell is not None
    )
    return words if units and blank_or_unit and len(units) + len(others) == len(told) else []


def _row_of_headings(grid: Grid, header: "Header") -> list[str]:
    """The row above the header if it names units over several columns: merged cells carried on."""
    if header.first == 0 or header.body is not None:
        return []
    words = [_words(cell) for cell in grid.rows[header.first - 1]]
    if sum(bool(scales_of_title(each)) for each in words) < 2:
        return []
    spread = [""]
    for place in range(header.width):
        spread.append(_at(words, place) or spread[-1])
    return spread[1:]


def _titles(grid: Grid, header: "Header", passing: int | None) -> dict[int, str]:
    said = scales_of_title(grid.sheet)
    first = header.first if header.body is None else header.body
    for at in [*range(first), *_notes(grid.rows, header.last)]:
        for cell in grid.rows[at] if at != passing else ():
            said |= scales_of_title(_words(cell))
    return said


def _notes(rows: Sequence[Sequence[Cell]], last: int) -> Iterator[int]:
    """Rows under the table that hold words in one cell alone."""
    for at in range(max(last + 1, len(rows) - NOTES_N), len(rows)):
        told = [cell for cell in rows[at] if cell is not None and str(cell).strip()]
        if len(told) == 1 and isinstance(told[0], str):
            yield at


def _at(words: list[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _words(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""
