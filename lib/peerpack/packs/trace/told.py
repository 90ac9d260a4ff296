"""A trace as JSON for machines, as lines for a person, as CSV for a spreadsheet."""

import csv
import json
import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from peerpack.errors import UsageError
from peerpack.handover.receipt import Receipt
from peerpack.packs.trace.follow import Traced, refuse_incomplete
from peerpack.packs.trace.rows import Block, Row, rows_of
from peerpack.render.numbers import counted
from peerpack.words.cells import inert

SHOWN_N = 20
PLACES = ("role", "dataset", "quarter", "source_row", "file", "sheet", "line", "corrected")
_ROWS = '"rows": []'


def as_json(traced: Traced) -> Iterator[str]:
    """The whole trace as JSON text, in parts: of two million rows not all are in memory at once."""
    text = json.dumps(_document(traced), sort_keys=True, ensure_ascii=False, indent=1)
    # Within a text a quotation mark has a stroke before it, so this stands there once.
    before, _, after = text.partition(_ROWS)
    yield f'{before}"rows": ['
    for at, row in enumerate(traced.rows()):
        line = json.dumps(_row(row), sort_keys=True, ensure_ascii=False)
        yield f"{',' if at else ''}\n{line}"
    yield f"]{after}\n"


def _document(traced: Traced) -> dict[str, Any]:
    row, definition, inputs = traced.row, traced.definition, traced.pack.inputs
    same = ("evidence_id", "indicator", "title", "council", "quarter", "period", "unit", "display")
    own = ("interval", "status", "notebook", "cell", "verdict", "note")
    compared = ("comparator", "comparator_statistic", "comparator_period", "comparator_source")
    return {
        **{name: row[name] for name in (*same, *own, *compared)},
        **{name: _number(row[name]) for name in ("value", "lower", "upper", "comparator_value")},
        "formula": definition.formula if definition else "",
        "numerator": definition.numerator if definition else "",
        "denominator": definition.denominator if definition else "",
        "operands": {role: _number(row[role]) for role in ("numerator", "denominator")},
        "code_sha256": inputs["code"],
        "lock_sha256": inputs["lock"],
        "pack": {"version": traced.pack.version, "sha256": traced.pack.digest},
        "sums": dict(traced.sums),
        "moved": list(traced.moved),
        "not_here": [vars(each) for each in traced.not_here],
        "returns": [_return(traced, receipt) for receipt in traced.receipts],
        "rows": [],
    }


def _return(traced: Traced, receipt: Receipt) -> dict[str, Any]:
    reasons = {each.id: each.reason for each in receipt.corrections}
    return {
        "dataset": receipt.dataset,
        "quarter": receipt.quarter,
        "sha256": receipt.sha256,
        "receipt": receipt_file(traced, receipt),
        "files": [
            {"number": f.number, "name": f.name, "sha256": f.sha256, "sheet": f.sheet}
            for f in receipt.files
        ],
        "rows_in": receipt.rows_in,
        "rows_admitted": receipt.rows_admitted,
        "rows_set_aside": receipt.rows_set_aside,
        "rows_quarantined": receipt.rows_quarantined,
        "verdict": receipt.verdict.outcome,
        "failing": [{"id": c.id, "why": c.why, "rows_n": c.failing_n}
                    for c in receipt.verdict.checks if not c.passed],
        "corrections": [
            {"id": id_, "reason": reasons.get(id_, ""), "rows": rows}
            for id_, rows in traced.corrections(receipt).items()
        ],
    }  # fmt: skip


def receipt_file(traced: Traced, receipt: Receipt) -> str:
    """Where in the pack a receipt stands."""
    of = "" if receipt.quarter == str(traced.pack.quarter) else f"-{receipt.quarter}"
    return f"quality/{receipt.dataset}{of}.json"


def _row(row: Row) -> dict[str, Any]:
    return vars(row) | {"corrected": list(row.corrected)}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def as_lines(traced: Traced) -> Iterator[str]:
    """The way back in words, with the first rows of each role; safe for any terminal."""
    yield from map(_safe, _lines(traced))


def _lines(traced: Traced) -> Iterator[str]:
    row = traced.row
    yield f"{row['evidence_id']}: {row['title']}"
    yield f"{row['display']}, {row['period']}, {row['council']} {row['quarter']}"
    yield ""
    yield from (f"{name}: {words}" for name, words in _facts(traced) if words)
    for receipt in traced.receipts:
        yield ""
        yield from _of_return(traced, receipt)
    for block in traced.blocks:
        yield ""
        yield from _of_block(traced, block)


def _facts(traced: Traced) -> Iterator[tuple[str, str]]:
    row, definition, inputs = traced.row, traced.definition, traced.pack.inputs
    if definition:
        yield "Definition", definition.title
        yield "Formula", definition.formula
    for role in ("numerator", "denominator"):
        yield role.capitalize(), "; ".join(filter(None, _operand(traced, role)))
    yield "Value", f"{_exact(row['value'])} {row['unit']}".strip()
    yield "Worked out as", traced.sums.get("value", "")
    ends = " to ".join(filter(None, (_exact(row["lower"]), _exact(row["upper"]))))
    yield "Interval", ", ".join(filter(None, (ends, row["interval"])))
    yield "Comparator", _comparator(row)
    yield "Marks", row["status"]
    yield "Verdict", row["verdict"]
    yield "Note", row["note"]
    yield "Notebook", f"{row['notebook']}, cell {row['cell']}"
    yield "Pack", f"{traced.pack.version}, sha256 {traced.pack.digest}"
    yield "Code", f"sha256 {inputs['code']}"
    yield "Lock", f"sha256 {inputs['lock']}"
    yield "This checkout is not the pack's", "; ".join(traced.moved)


def _operand(traced: Traced, role: str) -> Iterator[str]:
    yield getattr(traced.definition, role, "")
    number = _exact(traced.row[role])
    yield f"= {number}" if number else ""
    yield traced.sums.get(role, "")


def _comparator(row: Mapping[str, Any]) -> str:
    value = _exact(row["comparator_value"])
    said = (row["comparator_statistic"], row["comparator"], row["comparator_period"])
    source = f"Source: {row['comparator_source']}" if row["comparator_source"] else ""
    return ", ".join(filter(None, (value, *said, source))) if value else ""


def _of_return(traced: Traced, receipt: Receipt) -> Iterator[str]:
    yield f"Return: {receipt.title} ({receipt.dataset}), {receipt.quarter}, sha256 {receipt.sha256}"
    yield f"  Receipt: {receipt_file(traced, receipt)}"
    yield from (f"  File {f.number}: {f.name}{_sheet(f.sheet)}, sha256 {f.sha256}"
                for f in receipt.files)  # fmt: skip
    yield (
        f"  {counted(receipt.rows_in, 'row')} in, {receipt.rows_admitted:,} admitted, "
        f"{receipt.rows_set_aside:,} set aside, {receipt.rows_quarantined:,} in quarantine; "
        f"verdict {receipt.verdict.outcome}"
    )
    for check in (c for c in receipt.verdict.checks if not c.passed):
        yield f"  Failing: {check.id}, {counted(check.failing_n, 'row')}. {check.why}"
    reasons = {each.id: each.reason for each in receipt.corrections}
    for id_, rows in traced.corrections(receipt).items():
        lines = ", ".join(map(str, rows[:SHOWN_N]))
        yield f"  Corrected: {id_}, {counted(len(rows), 'row')} ({lines}). {reasons.get(id_, '')}"
    for each in (n for n in traced.not_here if (n.dataset, n.quarter) == _key(receipt)):
        yield f"  Not here as the pack read it: {each.words}"


def _key(receipt: Receipt) -> tuple[str, str]:
    return receipt.dataset, receipt.quarter


def _of_block(traced: Traced, block: Block) -> Iterator[str]:
    whose = f"{block.role.capitalize()}, {block.receipt.dataset} of {block.receipt.quarter}"
    if block.rows is None:
        yield f"{whose}: the pack does not name its rows, and they were not found again"
        return
    yield f"{whose}: {counted(len(block.rows), 'row')}"
    for at, row in enumerate(rows_of(block, traced.masks)):
        if at == SHOWN_N:
            yield f"  and {len(block.rows) - SHOWN_N:,} more: --csv FILE"
            return
        cells = " | ".join(f"{heading}: {text}" for heading, text in row.cells.items() if text)
        marks = f" (corrected by {', '.join(row.corrected)})" if row.corrected else ""
        yield f"  {row.file}{_sheet(row.sheet)}, line {row.line}{marks}: {cells}"


def _sheet(name: str) -> str:
    return f", sheet {name}" if name else ""


def _exact(number: float) -> str:
    return "" if math.isnan(number) else f"{number:,.15g}"


def _safe(line: str) -> str:
    """Without what would move a terminal's cursor or colour it: cells are strangers' text."""
    return "".join(each if each.isprintable() else " " for each in line)


def write_csv(traced: Traced, path: Path) -> None:
    """A line a row: its place, then the values as admitted, masked; whole or not at all.

    For its owner's eyes alone: mode 0600. Refused where a return is not here.
    """
    refuse_incomplete(traced)
    if not path.parent.is_dir() or path.is_dir():
        raise UsageError(f"--csv {path.name}: no folder to write it in. Give a file's path.")
    columns = _columns(traced)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".pp-")
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - a handle
            _write(file, traced, columns)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write(file: IO[str], traced: Traced, columns: list[str]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*PLACES, *columns])
    for row in traced.rows():
        own = vars(row) | {"corrected": ";".join(row.corrected)}
        values = [own[name] for name in PLACES] + [row.read.get(column) for column in columns]
        writer.writerow([inert(value) for value in values])
    file.flush()
    os.fsync(file.fileno())


def _columns(traced: Traced) -> list[str]:
    """The columns of every table of the trace, in the order first met."""
    frames = [block.found for block in traced.blocks if block.found is not None]
    return list(dict.fromkeys(str(c) for f in frames for c in f.columns if c != "source_row"))
