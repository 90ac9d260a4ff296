"""A receipt: what admitting a dataset says, and the arithmetic that proves nothing was lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

Outcome = Literal["pass", "warn", "stop"]


class Model(BaseModel):
    """Frozen and strict."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileRead(Model):
    """One raw file (or one member of an archive) as received; `number` heads its source rows."""

    number: int
    name: str
    sha256: str
    sheet: str
    encoding: str
    rows_in: int


class SetAside(Model):
    """Raw rows that carry no data of their own: title, header, blank, padding, total.

    `lookup keys` are a workbook's own; `other period` is one that the quarter does not take.
    """

    file: str
    sheet: str
    reason: Literal[
        "title", "header", "repeated header", "blank", "padding", "total", "lookup keys",
        "other period",
    ]  # fmt: skip
    lines: tuple[int, ...]


class Quarantined(Model):
    """A raw row that could not be read, and what to do about it."""

    file: str
    sheet: str
    row: int
    column: str
    found: str
    expected: str
    what_to_do: str


class Reconciliation(Model):
    """A total printed among the rows, against the detail it sums."""

    file: str
    sheet: str
    row: int
    label: str
    column: str
    printed: float
    detail: float
    difference: float
    within_tolerance: bool


class HeaderUsed(Model):
    """Which heading of the file was read as which column.

    `scale`: how many pounds one unit of the file's amounts is, 1,000 under the heading £000.
    """

    file: str
    sheet: str
    column: str
    heading: str
    scale: int = 1


class HeadingNotRead(Model):
    """A heading of the file that no column of the dataset uses: its cells are not read."""

    file: str
    sheet: str
    heading: str


class Noticed(Model):
    """What the cells of a column say together and no row says alone, such as mixed styles of date.

    `row`: the first row that shows it; `rows_n`: how many rows it speaks of.
    """

    file: str
    sheet: str
    column: str
    row: int
    rows_n: int
    words: str


class Corrected(Model):
    """A written correction that was applied, and to how many rows."""

    id: str
    reason: str
    column: str
    rows_n: int


class Repeats(Model):
    """Rows alike in every column read, or in every one `but` one: kept, and told.

    `rows_n` counts every row of the `groups_n` groups, `at_stake_gbp` the amounts of those beyond
    the first of each: what paying twice would have cost. `runs`: first and last `source_row` of
    each run of such rows, capped; `runs_n` counts them all.
    """

    but: str
    groups_n: int
    rows_n: int
    at_stake_gbp: float | None
    runs: tuple[tuple[int, int], ...]
    runs_n: int


class Renamed(Model):
    """A column that was read under another heading a quarter before."""

    column: str
    before: str
    now: str


class ColumnsChanged(Model):
    """What became of the headings since the quarter before; `columns_gone` were read then."""

    renamed: tuple[Renamed, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    columns_gone: tuple[str, ...]


class Check(Model):
    """One expectation judged: failing rows by `source_row`, never by their values.

    `found` says of a check of a whole table what was found: dates and counts, never a cell.
    """

    id: str
    why: str
    severity: Literal["warn", "stop"]
    passed: bool
    failing_n: int
    failing_rows: tuple[int, ...]
    found: str = ""


class Verdict(Model):
    """What the gate says of a dataset."""

    outcome: Outcome
    checks: tuple[Check, ...]


class Receipt(Model):
    """Files, hashes, rows in, admitted, set aside, quarantined, corrections, verdict."""

    dataset: str
    title: str
    council: str
    quarter: str
    covers: str
    period_start: str
    period_end: str
    personal: bool
    public: bool
    base_of: Literal["", "staff", "survey"]
    owner: str
    sha256: str
    files: tuple[FileRead, ...]
    headers: tuple[HeaderUsed, ...]
    not_read: tuple[HeadingNotRead, ...] = ()
    noticed: tuple[Noticed, ...] = ()
    rows_in: int
    rows_admitted: int
    set_aside: tuple[SetAside, ...]
    quarantined: tuple[Quarantined, ...]
    reconciliations: tuple[Reconciliation, ...]
    corrections: tuple[Corrected, ...]
    repeats: tuple[Repeats, ...] = ()
    verdict: Verdict

    @property
    def period(self) -> str:
        """The period the figures of this dataset speak of: `2024-04-01 to 2024-06-30`."""
        if self.period_start == self.period_end:
            return self.period_end
        return f"{self.period_start} to {self.period_end}"

    @property
    def rows_set_aside(self) -> int:
        """How many raw rows were set aside."""
        return sum(len(each.lines) for each in self.set_aside)

    @property
    def rows_quarantined(self) -> int:
        """How many raw rows are in quarantine; a row with two faults counts once."""
        return len({(q.file, q.sheet, q.row) for q in self.quarantined})


@dataclass(frozen=True)
class Admission:
    """An admitted dataset: its frame, indexed by `source_row`, and its receipt.

    `absent` says why there is nothing: not supplied, or stopped by its gate. `returns`: the receipt
    of each return in the frame by how many quarters back it is; by default only the quarter's own.
    """

    frame: pd.DataFrame
    receipt: Receipt
    absent: str = ""
    returns: Mapping[int, Receipt] = field(default_factory=dict)

    @property
    def supplied(self) -> bool:
        """Whether there is anything in it."""
        return not self.absent

    @property
    def receipts(self) -> Mapping[int, Receipt]:
        """The receipt of every return in it, by how many quarters back."""
        return self.returns or {0: self.receipt}

    def __repr__(self) -> str:
        r = self.receipt
        if self.absent:
            return f"{r.title}: {self.absent}"
        return (
            f"{r.title}, {r.period}: {r.rows_in:,} rows in, {r.rows_admitted:,} admitted, "
            f"{r.rows_set_aside:,} set aside, {r.rows_quarantined:,} in quarantine; "
            f"verdict: {r.verdict.outcome}"
        )
