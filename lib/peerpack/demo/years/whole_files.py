"""Faults of whole files: sent twice, cut short, hidden, not sent, or without a column."""

import random
from collections.abc import Callable, Iterator

from peerpack.demo.years.faults import Fault, Report
from peerpack.demo.years.printed import Printed
from peerpack.demo.years.truth import Delivery, headings

LIKELY = 0.06
TWICE, CUT, HIDDEN, COLUMN_GONE = (
    "file sent twice", "file cut short", "sheet hidden", "required column gone",
)  # fmt: skip
MONTH_MISSING, STOPS_EARLY = "month missing", "rows that stop early"
COLUMN_LEFT_OUT = "column left out since the quarter before"
# A column that no check needs: only a comparison with the quarter before can tell.
SPARE = {
    "budget_monitoring": "commitments_gbp",
    "supplier_spend": "category",
    "hr_positions": "sex",
    "absence_spells": "certification",
    "resident_survey": "age_band",
    "staff_survey": "grade_band",
    "occupational_health_referrals": "mode",
    "complaints_and_requests": "exemption",
    "savings_tracker": "lead",
    "reserves": "purpose",
    "council_tax_collection": "refunds_gbp",
    "neighbour_figures": "statistic_basis",
}
SAME_BYTES, IS_HIDDEN = "the same bytes", "is hidden"
NOBODY_KNOWS = "Field 7"
LAST_DAY_SENT = 6


def spoil(rng: random.Random, delivery: Delivery, before: Delivery | None) -> bool:
    """Spoil one file as a whole, now and then; whether it was done."""
    if rng.random() >= LIKELY:
        return False
    kinds = [TWICE, COLUMN_GONE]
    kinds += [CUT, HIDDEN] if delivery.export.sheet else []
    kinds += [MONTH_MISSING, STOPS_EARLY] * 2 if len(delivery.files) > 1 else []
    kinds += [COLUMN_LEFT_OUT] * 2 if _is_new(delivery, before) else []
    kind = rng.choice(kinds)
    # A month that never came is not the last: that would be rows that stop early.
    able = delivery.files[:-1] if kind == MONTH_MISSING else delivery.files
    file = delivery.files[-1] if kind == STOPS_EARLY else rng.choice(able)
    column, reports = DONE[kind](rng, delivery, file)
    delivery.faults.append(Fault(kind, file, None, column, reports))
    return True


Done = tuple[str, tuple[Report, ...]]


def _twice(_: random.Random, delivery: Delivery, __: Printed) -> Done:
    delivery.refused = SAME_BYTES
    return "", (Report("refused", SAME_BYTES),)


def _hidden(_: random.Random, delivery: Delivery, file: Printed) -> Done:
    file.hidden, delivery.refused = True, IS_HIDDEN
    return "", (Report("refused", IS_HIDDEN),)


def _cut(_: random.Random, delivery: Delivery, file: Printed) -> Done:
    delivery.not_used.append(file.name)
    return "", (Report("not used", file.name),)


def _column_gone(rng: random.Random, delivery: Delivery, file: Printed) -> Done:
    """Head a required column by words that nobody knows: the file fits no dataset."""
    export = file.export
    required = [name for name in export.columns if (c := export.column(name)) and c.required]
    name = rng.choice(required)
    for line in file.lines:
        if line.kind in ("header", "repeated header"):
            line.cells[export.columns.index(name)] = NOBODY_KNOWS
    return name, _cut(rng, delivery, file)[1]


def _month_missing(_: random.Random, delivery: Delivery, file: Printed) -> Done:
    delivery.not_sent.append(file.name)
    return "", (Report("check", "months-present"),)


def _stops_early(_: random.Random, delivery: Delivery, file: Printed) -> Done:
    """Leave out all but the first days of the last month, and the total with them."""
    late = [line for line in file.detail() if _day(line.true["payment_date"]) > LAST_DAY_SENT]
    delivery.cut_off += [line.true for line in late]
    gone = {id(line) for line in late}
    file.lines = [x for x in file.lines if id(x) not in gone and x.kind != "total"]
    checks = ("stops-early", "last-month-not-shrunk")
    return "payment_date", tuple(Report("check", check) for check in checks)


def _column_left_out(_: random.Random, delivery: Delivery, __: Printed) -> Done:
    """Leave a column that no check needs out of every file."""
    name = SPARE[delivery.export.dataset]
    for file in delivery.files:
        at = file.export.columns.index(name)
        for line in file.lines:
            del line.cells[at : at + 1]
            line.read = {key: value for key, value in line.read.items() if key != name}
            line.sums.pop(name, None)
    return name, (Report("since", f"gone {name}"),)


def _is_new(delivery: Delivery, before: Delivery | None) -> bool:
    """Whether the quarter before had the column, so that its loss can be told."""
    return before is not None and SPARE[delivery.export.dataset] in headings(before)


def _day(value: object) -> int:
    return getattr(value, "day", 0)


DONE: dict[str, Callable[[random.Random, Delivery, Printed], Done]] = {
    TWICE: _twice,
    CUT: _cut,
    HIDDEN: _hidden,
    COLUMN_GONE: _column_gone,
    MONTH_MISSING: _month_missing,
    STOPS_EARLY: _stops_early,
    COLUMN_LEFT_OUT: _column_left_out,
}


def as_sent(delivery: Delivery, files: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files' bytes as they arrive: one cut short, or once more under another name."""
    kinds = {fault.file.name: fault.kind for fault in delivery.faults if fault.line is None}
    for name, content in files:
        kind = kinds.get(name)
        yield name, content[: len(content) // 2] if kind == CUT else content
        if kind == TWICE:
            yield f"Copy of {name}", content
