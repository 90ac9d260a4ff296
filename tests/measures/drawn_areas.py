"""National returns drawn small: an authority a row, England last, symbols as statuses."""

from io import StringIO

import pandas as pd
from drawn import FILE

from peerpack.handover.neighbours import Group, Member

NORTHBY, SOUTHBY, WESTBY, EASTBY = "E08000099", "E08000098", "E08000097", "E08000096"
NEIGHBOURS = Group(
    "statistical neighbours", "model of 2025", "Department for Education",
    (Member(SOUTHBY, "Southby"), Member(WESTBY, "Westby"), Member(EASTBY, "Eastby")),
)  # fmt: skip


def national(text, *numbers):
    """A drawn return: the columns named are numbers, and a symbol in one becomes its status."""
    frame = pd.read_csv(StringIO(text.strip()), sep="|", dtype="str")
    frame["source_row"] = range(FILE + 1, FILE + 1 + len(frame))
    frame = frame.set_index("source_row", drop=False)
    for name in numbers:
        value = pd.to_numeric(frame[name], errors="coerce")
        frame[f"{name}_status"] = frame[name].where(value.isna() & frame[name].notna())
        frame[name] = value
    return frame


def values(table, *columns):
    """The rows of a measure's table as tuples, missing numbers as None."""
    wanted = table[["area", *(columns or ("value",))]].astype(object)
    wanted = wanted.where(wanted.notna(), None)
    return [tuple(row) for row in wanted.itertuples(index=False)]
