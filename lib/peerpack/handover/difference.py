"""What `peerpack diff` says of two packs, A and B: what moved, by how much, why, in which rows.

Of evidence that one of the two hides nothing is said but that, not a number and not a row.
"""

from typing import Literal

from peerpack.handover.receipt import Model

Became = Literal["changed", "came", "went"]
What = Literal[
    "hidden in B", "shown in B", "appeared", "vanished", "moved", "said otherwise", "noise"
]
Beyond = Literal["beyond", "within", ""]
UNEXPLAINED = "unexplained: nothing that it rests on moved. Not reproducible?"


class PackTold(Model):
    """One of the two packs: whose, when, which version, and the digest of all its bytes."""

    council: str
    quarter: str
    version: str
    digest: str
    as_at: str
    invented: bool


class InputTold(Model):
    """An input that moved; `then` and `now` are its digest, or its words where it has those."""

    cause: str
    given: str
    name: str
    became: Became
    then: str
    now: str


class FieldMoved(Model):
    """A column of the evidence that moved, beside its value; `of` is the kind of thing it is."""

    of: str
    name: str
    old: str | float | None
    new: str | float | None


class LinesOf(Model):
    """Lines of one raw file as ranges: `18-20,25`."""

    file: str
    sheet: str
    lines: str


class RowsMoved(Model):
    """Rows that entered or left a figure, of one of its datasets.

    `how`: by the lines of a return that both packs read, by the cells of two returns, or not at all
    and then `said` is why. Of personal data they are counted only.
    """

    dataset: str
    title: str
    role: str
    how: Literal["by line", "by cells", "not compared"]
    came_n: int = 0
    left_n: int = 0
    came: tuple[LinesOf, ...] = ()
    left: tuple[LinesOf, ...] = ()
    said: str = ""


class Figure(Model):
    """One side of a figure, as its pack shows it."""

    value: float | None
    display: str
    lower: float | None
    upper: float | None
    interval: str
    status: str
    period: str


class EvidenceMoved(Model):
    """A figure that is not the same in both packs.

    `change` is in `change_unit` (points, for a percentage), `relative_pct` in per cent of the old
    value. `beyond`: each value lies outside the other's interval; empty where either has none.
    `candidates`: the inputs that moved and can touch it; `causes`: which causes those are of.
    """

    evidence_id: str
    what: What
    title: str
    group: str
    kind: str
    theme: str
    notebook: str
    unit: str
    old: Figure | None = None
    new: Figure | None = None
    change: float | None = None
    change_unit: str = ""
    relative_pct: float | None = None
    beyond: Beyond = ""
    fields: tuple[FieldMoved, ...] = ()
    causes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    explained: bool = True
    why: str = ""
    rows: tuple[RowsMoved, ...] = ()


class NumberMoved(Model):
    """A cell of a chart's table that moved; a row that came or went has the name of none."""

    row: str
    column: str
    old: str
    new: str


class ExhibitMoved(Model):
    """A chart whose drawing or numbers moved; `not_drawn`: why a page must not show it."""

    id: str
    what: Literal["appeared", "vanished", "changed"]
    title: str
    theme: str
    evidence_ids: tuple[str, ...]
    drawing_moved: bool
    numbers: tuple[NumberMoved, ...]
    not_drawn: str = ""


class Drawing(Model):
    """A chart of one pack as a page shows it. Not part of the JSON."""

    title: str
    alt: str
    svg: str


class FindingMoved(Model):
    """A sentence that is not the same in both packs; `not_said`: why its words are not repeated."""

    what: Literal["appeared", "vanished", "changed"]
    theme: str
    cell: str
    old: str
    new: str
    not_said: str = ""


class FileNamed(Model):
    """A raw file of a return."""

    name: str
    sheet: str
    sha256: str


class Counts(Model):
    """A return as one pack admitted it."""

    sha256: str
    files: tuple[FileNamed, ...]
    rows_in: int
    rows_admitted: int
    rows_set_aside: int
    rows_quarantined: int
    corrections: tuple[str, ...]
    verdict: str


class CellMoved(Model):
    """A cell of a row that both returns have by its key."""

    column: str
    old: str
    new: str


class RowMoved(Model):
    """A row of both returns whose cells differ; `key`: the cells that it is known by."""

    key: dict[str, str]
    cells: tuple[CellMoved, ...]


class Contents(Model):
    """Two returns held against each other by their cells; `said`: what a reader should know of it.

    Without `compared`, `said` is why not. Of personal data rows are counted, and none is listed.
    """

    compared: bool
    said: str = ""
    came_n: int = 0
    left_n: int = 0
    changed_n: int = 0
    came: tuple[dict[str, str], ...] = ()
    left: tuple[dict[str, str], ...] = ()
    changed: tuple[RowMoved, ...] = ()


class ReturnMoved(Model):
    """A dataset that the two packs did not admit alike."""

    dataset: str
    title: str
    quarter: str
    personal: bool
    old: Counts | None
    new: Counts | None
    contents: Contents | None = None


class NotebookMoved(Model):
    """A notebook that was run for one of the two and not for the other, or is withheld anew."""

    notebook: str
    question: str
    old: str
    new: str


class FileMoved(Model):
    """A file of the pack that is not the same in both."""

    name: str
    became: Became


class Difference(Model):
    """All that is not the same in two packs.

    `parameter`: what makes them packs of different things: another quarter, another council.
    `alike_n`: figures that are the same in both.
    """

    a: PackTold
    b: PackTold
    identical: bool
    parameter: str
    inputs: tuple[InputTold, ...]
    evidence: tuple[EvidenceMoved, ...]
    alike_n: int
    exhibits: tuple[ExhibitMoved, ...]
    findings: tuple[FindingMoved, ...]
    returns: tuple[ReturnMoved, ...]
    notebooks: tuple[NotebookMoved, ...]
    files: tuple[FileMoved, ...]
