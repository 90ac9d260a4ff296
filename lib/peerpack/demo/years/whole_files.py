"""Faults of whole files: sent twice, cut short, hidden, or without a column that must be there."""

import random
from collections.abc import Iterator

from peerpack.catalogue.load import dataset
from peerpack.demo.years.faults import Fault, Report
from peerpack.demo.years.printed import Printed
from peerpack.demo.years.truth import Delivery

LIKELY = 0.05
TWICE, CUT, HIDDEN, COLUMN_GONE = (
    "file sent twice", "file cut short", "sheet hidden", "required column gone",
)  # fmt: skip
SAME_BYTES, IS_HIDDEN = "the same bytes", "is hidden"
NOBODY_KNOWS = "Field 7"


def spoil(rng: random.Random, delivery: Delivery) -> bool:
    """Spoil one file as a whole, now and then; whether it was done."""
    if rng.random() >= LIKELY:
        return False
    file = rng.choice(delivery.files)
    kinds = (TWICE, CUT, HIDDEN, COLUMN_GONE) if file.sheet else (TWICE, COLUMN_GONE)
    kind = rng.choice(kinds)
    column = _take_heading(rng, file) if kind == COLUMN_GONE else ""
    if kind in (TWICE, HIDDEN):
        delivery.refused = SAME_BYTES if kind == TWICE else IS_HIDDEN
        report = Report("refused", delivery.refused)
    else:
        delivery.not_used.append(file.name)
        report = Report("not used", file.name)
    file.hidden = kind == HIDDEN
    delivery.faults.append(Fault(kind, file, None, column, (report,)))
    return True


def _take_heading(rng: random.Random, file: Printed) -> str:
    """Head a required column by words that nobody knows; returns the column."""
    contract = dataset(file.export.dataset)
    required = [n for n in file.export.columns if (c := file.export.column(n)) and c.required]
    name = rng.choice(required)
    assert contract.column(name).required  # noqa: S101 - a column that is not would be missed
    for line in file.lines:
        if line.kind in ("header", "repeated header"):
            line.cells[file.export.columns.index(name)] = NOBODY_KNOWS
    return name


def as_sent(delivery: Delivery, files: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files' bytes as they arrive: one cut short, or once more under another name."""
    kinds = {fault.file.name: fault.kind for fault in delivery.faults if fault.line is None}
    for name, content in files:
        kind = kinds.get(name)
        yield name, content[: len(content) // 2] if kind == CUT else content
        if kind == TWICE:
            yield f"Copy of {name}", content
