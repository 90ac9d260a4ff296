"""A table as an engine takes it: column by column, from a frame or from a Parquet file."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from peerpack.errors import GateCannotJudge
from peerpack.gates.bounds import NotKnown
from peerpack.gates.finding import Mask, Rows

# The checks of one column stand together, and a key or a pair wants a few columns at once.
COLUMNS_KEPT_N = 4


class Table(Protocol):
    """The rows of a dataset, each with its `source_row`."""

    @property
    def rows_n(self) -> int:
        """How many rows there are."""

    @property
    def names(self) -> list[str]:
        """The columns there are, in their order."""

    @property
    def source_rows(self) -> Rows:
        """The `source_row` of each row."""

    def column(self, name: str) -> pd.Series:
        """One column, of the kind that the frame has it in."""

    def missing(self, name: str) -> Mask:
        """Which rows have nothing in a column."""

    def frame(self) -> pd.DataFrame:
        """The whole table, indexed by `source_row`: for Great Expectations, which takes it all."""


class FrameTable:
    """A frame that is in memory already."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self.rows_n = len(frame)
        self.names = [str(name) for name in frame.columns]

    @cached_property
    def source_rows(self) -> Rows:
        """The `source_row` of each row."""
        return self._frame["source_row"].to_numpy(np.int64)

    def column(self, name: str) -> pd.Series:
        """One column of the frame."""
        return self._frame[name]

    def missing(self, name: str) -> Mask:
        """Which rows have nothing in a column."""
        return self._frame[name].isnull().to_numpy(bool)

    def frame(self) -> pd.DataFrame:
        """The frame itself."""
        return self._frame


class FileTable:
    """A Parquet file, of which only the columns a suite asks for are read, and few are kept."""

    def __init__(self, path: Path, dataset: str) -> None:
        import pyarrow.parquet as pq  # here and below: who judges a frame needs none of it

        self._path = path
        try:
            self._described, self._schema = pq.read_metadata(path), pq.read_schema(path)
        except (OSError, pa.ArrowException) as fault:
            raise GateCannotJudge(
                f"{dataset}: expected a Parquet file at {path.name}; found: "
                f"{' '.join(str(fault).split())[:200]}. Admit the dataset anew."
            ) from None
        self.names = [str(name) for name in self._schema.names]
        self.rows_n = int(self._described.num_rows)
        self.column = lru_cache(COLUMNS_KEPT_N)(self._read)

    @cached_property
    def source_rows(self) -> Rows:
        """The `source_row` of each row."""
        return self._read("source_row").to_numpy(np.int64)

    def missing(self, name: str) -> Mask:
        """Which rows have nothing in a column; its texts, the most of a file, are not laid out."""
        kind = self._schema.field(name).type
        if not pa.types.is_string(kind) and not pa.types.is_large_string(kind):
            return self.column(name).isnull().to_numpy(bool)
        import pyarrow.parquet as pq

        coded = [name] if self._is_coded(name) else None
        found = pq.read_table(self._path, columns=[name], read_dictionary=coded).column(0)
        return found.is_null().to_numpy()

    def _is_coded(self, name: str) -> bool:
        """Whether the file holds codes of texts: a text itself takes four bytes and more.

        Texts that do not repeat are ten times faster read as they are.
        """
        at = self.names.index(name)
        groups = [self._described.row_group(n) for n in range(self._described.num_row_groups)]
        bytes_n = sum(group.column(at).total_uncompressed_size for group in groups)
        return bool(bytes_n < 4 * self.rows_n)

    def frame(self) -> pd.DataFrame:
        """The whole file in memory."""
        return pd.read_parquet(self._path).set_index("source_row", drop=False)

    def _read(self, name: str) -> pd.Series:
        return pd.read_parquet(self._path, columns=[name])[name]


def column_of(table: Table, name: Any) -> pd.Series:
    """One column by its name; what is no name of a column, or the name of two, is not known."""
    return table.column(_named(table, name))


def missing_of(table: Table, name: Any) -> Mask:
    """Which rows have nothing in a column, named likewise."""
    return table.missing(_named(table, name))


def _named(table: Table, name: Any) -> str:
    if not isinstance(name, str) or table.names.count(name) != 1:
        raise NotKnown
    return name
