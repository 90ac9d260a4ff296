"""Files of statistics programs as rows of cells: Parquet, and SPSS with its labels.

The first row holds the names of the columns, as in any table; of an SPSS file the second holds what
each is called in words. Nothing of a file is run, and nothing is written to disk.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from peerpack.errors import ReturnRefused
from peerpack.sources.tabular import Cell

if TYPE_CHECKING:
    import pyarrow as pa

PARQUET_ENDINGS = (".parquet",)
MOST_CELLS = 300_000_000


@dataclass(frozen=True)
class Missing:
    """Values that a file itself declares missing: where their column stands, how many, which."""

    place: int
    line: int
    rows_n: int
    called: str


@dataclass(frozen=True)
class Contents:
    """The rows of a file, the first `heads` of them headings, and what it declares missing."""

    rows: list[list[Cell]]
    heads: int
    missing: tuple[Missing, ...] = ()


def contents(name: str, content: bytes, rows_n: int | None) -> Contents:
    """A file's rows, or its first `rows_n`; one that cannot be read is refused."""
    read = _parquet if name.lower().endswith(PARQUET_ENDINGS) else _spss
    return read(name, content, rows_n)


def _parquet(name: str, content: bytes, rows_n: int | None) -> Contents:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        _refuse_cells(name, file.metadata.num_rows, file.metadata.num_columns)
        for field in file.schema_arrow:
            _refuse_nested(name, field)
        found = next(file.iter_batches(rows_n), None) if rows_n else file.read(use_threads=False)
        columns = [_values(column) for column in found.columns] if found is not None else []
    except (pa.ArrowException, OSError) as fault:
        raise damaged(name, "a Parquet file", fault) from fault
    head: list[Cell] = [field.name for field in file.schema_arrow]
    return Contents([head, *map(list, zip(*columns, strict=True))], heads=1)


def _refuse_nested(name: str, field: "pa.Field") -> None:
    import pyarrow.types as of

    kind = field.type.value_type if of.is_dictionary(field.type) else field.type
    bytes_ = of.is_binary(kind) or of.is_large_binary(kind) or of.is_fixed_size_binary(kind)
    if of.is_nested(kind) or bytes_:
        raise ReturnRefused(
            f"{name}: the column {field.name!r} holds {field.type}, expected one plain value a "
            "cell. Export that column as text, or leave it out."
        )


def _values(column: Any) -> list[Cell]:
    import pyarrow as pa
    import pyarrow.types as of

    if of.is_timestamp(column.type):
        # A moment with a zone may be of two days: its text is refused where a day is expected.
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    if of.is_duration(column.type):
        column = column.cast(pa.duration("us"), safe=False)
    return [_cell(value) for value in column.to_pylist()]


def _cell(value: Any) -> Cell:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    return value


def _spss(name: str, content: bytes, rows_n: int | None) -> Contents:
    import pyreadstat

    try:
        _, told = pyreadstat.read_sav(io.BytesIO(content), metadataonly=True)
        _refuse_cells(name, told.number_rows or 0, len(told.column_names))
        found, told = pyreadstat.read_sav(
            io.BytesIO(content), user_missing=True, output_format="dict", row_limit=rows_n or 0
        )
    except (
        pyreadstat.ReadstatError,
        pyreadstat.PyreadstatError,
        OverflowError,
        ValueError,
    ) as fault:
        raise damaged(name, "an SPSS file", fault) from fault
    missing: list[Missing] = []
    columns = []
    for place, variable in enumerate(told.column_names):
        labels = told.variable_value_labels.get(variable, {})
        ranges = told.missing_ranges.get(variable, [])
        gone = [at for at, v in enumerate(found[variable]) if _within(v, ranges)]
        if gone:
            codes = {found[variable][at] for at in gone}
            missing.append(Missing(place, gone[0] + 3, len(gone), _called(codes, labels)))
        columns.append(_labelled(found[variable], labels, set(gone)))
    heads: list[list[Cell]] = [list(told.column_names), [v or "" for v in told.column_labels]]
    return Contents([*heads, *map(list, zip(*columns, strict=True))], 2, tuple(missing))


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _within(value: Any, ranges: Sequence[Any]) -> bool:
    """Whether the value is one that its variable declares missing."""
    for each in ranges:
        if isinstance(value, type(each["lo"])) and each["lo"] <= value <= each["hi"]:
            return True
    return False


def _called(codes: set[Any], labels: dict[Any, str]) -> str:
    """The words of those values; a value without words may be somebody's answer and is not told."""
    words = sorted(labels[code] for code in codes if code in labels)
    return ", ".join(map(repr, words)) or "codes without words"


def _labelled(values: Sequence[Any], labels: dict[Any, str], gone: set[int]) -> list[Cell]:
    """Each value as its label, or as it is where it has none; blank where it is missing."""
    return [
        None if at in gone or _is_nan(value) else labels.get(value, value)
        for at, value in enumerate(values)
    ]


def _refuse_cells(name: str, rows_n: int, columns_n: int) -> None:
    if rows_n * columns_n > MOST_CELLS:
        raise ReturnRefused(
            f"{name}: {rows_n:,} rows of {columns_n:,} columns, more than the {MOST_CELLS:,} "
            "cells a return may have. Export it in parts."
        )


def damaged(name: str, what: str, fault: object) -> ReturnRefused:
    """The refusal of a file that cannot be read as what it is called."""
    return ReturnRefused(
        f"{name}: cannot be read as {what} ({fault}). Ask its owner to export it again."
    )
