"""Small tables drawn as text: columns parted by bars, blank is missing, rows named from 1 on."""

from io import StringIO

import pandas as pd

FILE = 1_000_000_000
NUMBERS = {"revised_budget_gbp", "forecast_outturn_gbp", "amount_gbp", "fte", "weight",
           "stated_value", "stated_upper", "decimals", "value", "population_n"}  # fmt: skip
DATES = {"payment_date", "position_start", "position_end", "absence_start", "absence_end",
         "stated_date", "referral_date", "received_date", "acknowledged_date", "due_date",
         "closed_date", "embargo_until"}  # fmt: skip


def drawn(text):
    """The table, typed as a reader types it, with `source_row` as column and as index."""
    frame = pd.read_csv(
        StringIO(text.strip()), sep="|", dtype="str", keep_default_na=False, na_values=[""]
    )
    frame = frame.assign(**{name: _typed(frame[name]) for name in frame.columns})
    rows = range(FILE + 1, FILE + 1 + len(frame))
    return frame.assign(source_row=list(rows)).set_index("source_row", drop=False)


def _typed(column):
    if column.name in NUMBERS or column.name.endswith("_gbp"):
        return column.astype("float64")
    return pd.to_datetime(column) if column.name in DATES else column


def lines(rows):
    """Source rows as the lines they were drawn on."""
    return [int(row) - FILE for row in rows]
