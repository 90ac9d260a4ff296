"""Delimited text as rows: fast where its quotation marks leave no doubt, else strictly, by line.

Both ways give the same rows on the same lines, and what the strict way refuses the fast one never
takes up.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from peerpack.sources.columns import Cell, Coded, Table, table
from peerpack.sources.limits import MOST_CELLS, MOST_COLUMNS

QUOTE, LINE_FEED, RETURN = ord('"'), ord("\n"), ord("\r")
BYTE_ORDER_MARK = "\ufeff"


class BrokenText(ValueError):
    """Text that is no table from a line on."""

    def __init__(self, line: int, why: object) -> None:
        super().__init__(str(why))
        self.line = line


def delimited(text: str, delimiter: str) -> tuple[Sequence[int], Table]:
    """The line each row begins on, and the rows."""
    return _quickly(text, delimiter) or _strictly(text, delimiter)


def first_rows(text: str, delimiter: str, most_n: int) -> tuple[list[int], list[list[Cell]]]:
    """Enough to see the header: not strictly, for the text may be cut within quotation marks."""
    rows = _Rows(text, delimiter, strict=False)
    try:
        found = [list[Cell](row) for row in islice(rows, most_n)]
    except csv.Error as fault:
        raise BrokenText(rows.before + 1, fault) from fault
    return rows.lines, found


def _strictly(text: str, delimiter: str) -> tuple[Sequence[int], Table]:
    """Row by row: a quotation mark nobody closed cannot swallow the rows after it."""
    rows = _Rows(text, delimiter, strict=True)
    try:
        found = table(rows, words_alone=True)
    except csv.Error as fault:
        raise BrokenText(rows.before + 1, fault) from fault
    return rows.lines, found


@dataclass
class _Rows:
    """The rows of a text; while they are taken, the lines they begin on."""

    text: str
    delimiter: str
    strict: bool
    lines: list[int] = field(default_factory=list)
    before: int = 0

    def __iter__(self) -> Iterator[list[str]]:
        source = io.StringIO(self.text, newline="")
        reader = csv.reader(source, delimiter=self.delimiter, strict=self.strict)
        for row in reader:
            if len(row) > MOST_COLUMNS:
                raise BrokenText(self.before + 1, _too_wide(len(row)))
            self.lines.append(self.before + 1)
            self.before = reader.line_num
            yield row


def _too_wide(cells_n: int) -> str:
    return f"{cells_n:,} cells in a row, more than the {MOST_COLUMNS:,} a table may have"


def _refuse_many_cells(rows_n: int, columns_n: int) -> None:
    if rows_n * columns_n > MOST_CELLS:
        raise BrokenText(
            1, f"{rows_n:,} rows of {columns_n:,} cells, more than {MOST_CELLS:,}: in parts, please"
        )


def _quickly(text: str, delimiter: str) -> tuple[Sequence[int], Table] | None:
    """By columns; nothing where rows differ in width or a quotation mark is open to doubt."""
    width = _width(text, delimiter)
    if not 2 <= width <= MOST_COLUMNS or not delimiter.isascii():
        return None
    content = text.encode()
    layout = _layout(np.frombuffer(content, dtype=np.uint8), ord(delimiter))
    if layout is None or text.startswith(BYTE_ORDER_MARK):
        return None
    _refuse_many_cells(len(layout.lines), width)
    columns = _columns(content, delimiter, width)
    if columns is None or any(len(column.codes) != len(layout.lines) for column in columns):
        return None
    widths = np.full(len(layout.lines), width, dtype=np.int32)
    widths[layout.empty] = 0
    return layout.lines, Table(columns, widths)


def _width(text: str, delimiter: str) -> int:
    source = io.StringIO(text[: csv.field_size_limit()], newline="")
    try:
        return len(next(csv.reader(source, delimiter=delimiter), []))
    except csv.Error:
        return 0


@dataclass(frozen=True)
class _Layout:
    """The line each row begins on, and which rows are empty lines."""

    lines: Sequence[int]
    empty: np.ndarray


def _layout(content: np.ndarray, delimiter: int) -> _Layout | None:
    """Where the rows are; nothing where that, or the size of a cell, is in doubt."""
    quotes = np.flatnonzero(content == QUOTE)
    if not _surely_quoted(content, quotes, delimiter):
        return None
    ends = _line_ends(content)
    of_rows = np.flatnonzero(np.searchsorted(quotes, ends) % 2 == 0)
    begins = np.append(0, ends[of_rows[:-1]] + 1)
    if not len(of_rows) or (ends[of_rows] - begins).max() >= csv.field_size_limit():
        return None
    whole = len(of_rows) == len(ends)
    lines = range(1, len(ends) + 1) if whole else [1, *(of_rows[:-1] + 2).tolist()]
    return _Layout(lines, _is_empty(content, begins, ends[of_rows]))


def _is_empty(content: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Whether a line has nothing before its end, which may be a return and a line feed."""
    return (begins == ends) | ((begins + 1 == ends) & (content[begins] == RETURN))


def _line_ends(content: np.ndarray) -> np.ndarray:
    """The last byte of each line: a line feed, or a return without one; the text's end for one."""
    ends = content == LINE_FEED
    returns = np.flatnonzero(content == RETURN)
    after = np.minimum(returns + 1, len(content) - 1)
    ends[returns[content[after] != LINE_FEED]] = True
    found = np.flatnonzero(ends)
    ended = not len(content) or ends[-1]
    return found if ended else np.append(found, len(content))


def _surely_quoted(content: np.ndarray, quotes: np.ndarray, delimiter: int) -> bool:
    """Each odd quotation mark begins a cell, each even one ends it, or two stand for one."""
    if len(quotes) % 2:
        return False
    edges = np.array([delimiter, LINE_FEED, RETURN, QUOTE], dtype=np.uint8)
    opening, closing = quotes[0::2], quotes[1::2]
    before = content[opening[opening > 0] - 1]
    after = content[closing[closing < len(content) - 1] + 1]
    return bool(np.isin(before, edges).all() and np.isin(after, edges).all())


def _columns(content: bytes, delimiter: str, width: int) -> list[Coded] | None:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    words = pa.dictionary(pa.int32(), pa.string())
    names = [str(place) for place in range(width)]
    try:
        found = arrow_csv.read_csv(
            pa.py_buffer(content),
            read_options=arrow_csv.ReadOptions(column_names=names),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, words), null_values=[]
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [_coded(column.unify_dictionaries().combine_chunks()) for column in found.columns]


def _coded(column: Any) -> Coded:
    return Coded(column.dictionary.to_pylist(), column.indices.to_numpy())
