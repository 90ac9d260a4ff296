"""Evidence: the columns of `evidence.csv`, and `Shown`, the only table a reader may see.

A measure gives a tidy table at full precision. The recorder controls it and gives back a `Shown`.
Figures, words and any cell that shows a table take only `Shown`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd

from peerpack.vocab import FACETS

EVIDENCE_COLUMNS = (
    "evidence_id", "kind", "indicator", "title", "council", "quarter", "period", "breakdown",
    "group", "value", "unit", "display", "numerator", "denominator", "lower", "upper", "interval",
    "base_n", "effective_n", "stated_value", "stated_decimals", "agreement", "comparator",
    "comparator_value", "comparator_statistic", "comparator_period", "comparator_source", "target",
    "target_basis", "rag", "direction", "status", "theme", "dataset", "dataset_sha256", "rows_n",
    "verdict", "notebook", "cell", "note",
)  # fmt: skip
NUMBER_COLUMNS = (
    "value", "numerator", "denominator", "lower", "upper", "base_n", "effective_n", "stated_value",
    "stated_decimals", "comparator_value", "target", "rows_n",
)  # fmt: skip
COMPARATOR_COLUMNS = (
    "evidence_id", "group", "version", "statistic", "period", "value", "n", "missing",
)  # fmt: skip
REVISION_COLUMNS = (
    "evidence_id", "period", "old", "new", "unit", "reason", "old_rag", "new_rag", "previous_pack",
)  # fmt: skip
HISTORY_COLUMNS = (
    "evidence_id", "indicator", "quarter", "period", "value", "unit", "display", "status",
    "comparator_value", "comparator", "target", "rag", "definition", "evidence_sha256",
)  # fmt: skip
LINEAGE_COLUMNS = ("evidence_id", "role", "dataset", "sha256", "rows")

MEASURED_COLUMNS = (
    "value", "numerator", "denominator", "lower", "upper", "interval", "base_n", "effective_n",
    "status", "note", "largest_share", "numerator_rows", "denominator_rows", "weight_rows",
)  # fmt: skip
"""What a measure may say of a row. Every other column of its table is a cut (`directorate`).

`largest_share` is the largest part, 0 to 1, that one person has in the numerator. `weight_rows` say
how much the other rows count: the posts that days of absence are weighted by, the whole sample that
a design effect is of.
"""


@dataclass(frozen=True)
class Comparison:
    """One comparator: the statistic of a named group, for one indicator and period.

    `missing` names the members without a figure; `rows` are the source rows it was computed from,
    and `denominator_rows` those of a second dataset. `measure` names the figure it is for, of an
    indicator of several; `members` all who are in the group. `unlike`: why its own figures are not
    like for like with each other.
    """

    indicator: str
    group: str
    version: str
    statistic: str
    period: str
    value: float
    n: int
    missing: tuple[str, ...]
    source: str
    rows: tuple[int, ...] = ()
    denominator_rows: tuple[int, ...] = ()
    measure: str = ""
    members: tuple[str, ...] = ()
    unlike: str = ""


@dataclass(frozen=True, eq=False)
class Shown:
    """A table that has been through the recorder: safe to draw, to say and to show.

    `rows`: one row per evidence, columns `EVIDENCE_COLUMNS` and a few for display; a suppressed row
    has no numbers and the display text `[c]`. Without rows, nothing was supplied. `comparators`:
    every comparator of its headlines, as `COMPARATOR_COLUMNS`, `display`, `named` and `members`.
    """

    rows: pd.DataFrame
    cuts: tuple[str, ...]
    comparators: tuple[Mapping[str, Any], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was supplied to show."""
        return self.rows.empty

    @property
    def headline(self) -> pd.Series:
        """The row that is not a part of another; the first, of several figures."""
        return self.rows.iloc[self._heads().to_numpy().nonzero()[0][0]]

    @property
    def heads(self) -> "Shown":
        """The figures that are no parts of others."""
        return Shown(self.rows[self._heads()], self.cuts, self.comparators)

    @property
    def parts(self) -> pd.DataFrame:
        """The rows that are parts, in the measure's order."""
        return self.rows[~self._heads()].reset_index(drop=True)

    def only(self, **cuts: str) -> "Shown":
        """The rows with these cuts: `only(measure="fte")`, `only(directorate="Place")`."""
        wanted = {f"{name}={quote(value, safe='')}" for name, value in cuts.items()}
        keys = self.rows["evidence_id"].map(lambda id_: set(id_.partition("/")[2].split("&")))
        rows = self.rows[keys.map(lambda key: wanted <= key).astype(bool)]
        ids = set(rows["evidence_id"])
        own = tuple(each for each in self.comparators if each["evidence_id"] in ids)
        return Shown(rows, self.cuts, own)

    def cut(self, breakdown: str) -> "Shown":
        """The rows of one breakdown: `cut("directorate")`, `cut("directorate&team")`."""
        return Shown(self.rows[self.rows["breakdown"] == breakdown], self.cuts)

    def beside(self, unit: str = "%") -> pd.DataFrame:
        """Printed figures of a unit that stand beside a comparator, the furthest apart first."""
        rows = self.rows[(self.rows["unit"] == unit) & self.rows["stated_value"].notna()]
        rows = rows[rows["comparator_value"].notna()]
        apart = (rows["stated_value"] - rows["comparator_value"]).abs()
        order = ["apart", "evidence_id"]
        return rows.assign(apart=apart).sort_values(order, ascending=[False, True])

    @property
    def known(self) -> "Shown":
        """The rows that have a value to show."""
        return Shown(self.rows[self.rows["value"].notna()], self.cuts)

    def _heads(self) -> "pd.Series[bool]":
        return self.rows["breakdown"].map(is_head).astype(bool)

    def table(self) -> pd.DataFrame:
        """The rows as a reader sees them: what, display text, comparator, interval, marks."""
        wanted = {
            "what": self.rows["group"].where(self.rows["group"] != "", self.rows["title"]),
            "value": self.rows["display"],
            "base": self.rows["base_n"].map(_whole),
            "comparator": self.rows["comparator_value"].map(_plain),
            "marks": self.rows["status"],
        }
        return pd.DataFrame(wanted)

    def __repr__(self) -> str:
        return self.table().to_string(index=False)

    def _repr_html_(self) -> str:
        table = self.table()
        head = "".join(f'<th scope="col">{escape(c)}</th>' for c in table.columns)
        body = "".join(_row_html(row) for row in table.itertuples(index=False))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def is_head(breakdown: str) -> bool:
    """Whether a row with these cuts is no part of a sum: it has none but facets."""
    return set(filter(None, breakdown.split("&"))) <= set(FACETS)


def _row_html(row: tuple[object, ...]) -> str:
    first, *rest = (escape(str(cell)) for cell in row)
    cells = "".join(f"<td>{cell}</td>" for cell in rest)
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _whole(number: float) -> str:
    return "" if pd.isna(number) else f"{number:,.0f}"


def _plain(number: float) -> str:
    return "" if pd.isna(number) else f"{number:,.2f}"
