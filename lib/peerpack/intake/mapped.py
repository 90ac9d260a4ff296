"""A frame handed from one process to another: an Arrow file that each maps into its memory.

Nothing is packed or unpacked: a text, the bulk of a return, stays where the file is mapped and is
shared by all who map it; a column of numbers or dates is copied, so that a notebook may write to
its own. Parquet, which a pack keeps, takes ten times as long and loads three libraries more.
"""

import mmap
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import ipc

ENDING = ".arrow"


def write(path: Path, frame: pd.DataFrame) -> None:
    """A frame's columns without its index, each in one piece; the same frame, the same bytes."""
    table = pa.Table.from_pandas(frame, preserve_index=False, nthreads=1).combine_chunks()
    with ipc.new_file(path, table.schema) as file:
        file.write_table(table)


def read(path: Path) -> pd.DataFrame:
    """The frame that was written, in the same types.

    Raises OSError where there is no such file, ValueError where it is not whole.
    """
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    # No thread is started, which Arrow's own map of a file would do: a fork would lose it.
    options = ipc.IpcReadOptions(use_threads=False)
    table = ipc.open_file(pa.py_buffer(content), options=options).read_all()
    return table.to_pandas(use_threads=False)
