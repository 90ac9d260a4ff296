"""A pack's own tables: the evidence its notebooks recorded, and the receipts of its returns.

A notebook that asks how good the evidence is reads them as it reads a dataset. A build makes them
of what the other notebooks of the same pack have just recorded. Outside a build they are taken from
the quarter's newest published pack, where their receipts say which rows were in them: the same
rows, the same digest.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from peerpack.catalogue.load import dataset as contract_of
from peerpack.catalogue.load import datasets, own_tables
from peerpack.catalogue.places import project_root
from peerpack.handover.evidence import EVIDENCE_COLUMNS
from peerpack.handover.pack import NO_EVIDENCE
from peerpack.handover.receipt import Admission, FileRead, Receipt
from peerpack.intake.earlier import nothing
from peerpack.vocab import ROWS_PER_FILE, Quarter

EVIDENCE, RECEIPTS = "evidence", "receipts"
NOT_SUPPLIED = "not supplied"


def of_evidence(evidence: pd.DataFrame, council: str, quarter: Quarter) -> Admission:
    """The rows of `evidence.csv`, numbered within the notebook that recorded each."""
    return _admission(EVIDENCE, evidence[list(EVIDENCE_COLUMNS)], "notebook", council, quarter)


def of_receipts(receipts: Iterable[Receipt], council: str, quarter: Quarter) -> Admission:
    """A row for each dataset that was supplied, or that a council could have supplied."""
    given = {r.dataset: r for r in receipts if r.dataset not in own_tables()}
    wanted = [n for n, each in datasets().items() if n in given or not each.own_record]
    rows = [_row(name, given.get(name)) for name in wanted]
    columns = [column.name for column in contract_of(RECEIPTS).columns]
    table = pd.DataFrame(rows, columns=columns).assign(folder="quality")
    return _admission(RECEIPTS, table, "folder", council, quarter)


def published(name: str, council: str, quarter: Quarter) -> Admission:
    """An own table of the quarter's newest published pack; of a pack without it, nothing."""
    pack = _newest(project_root() / "reports" / council / str(quarter))
    told = pack / "quality" / f"{name}.json" if pack else None
    if not (pack and told and told.is_file()):
        return nothing(name, council, quarter, NO_EVIDENCE)
    receipt = Receipt.model_validate_json(told.read_bytes())
    found = (_evidence_of if name == EVIDENCE else _receipts_of)(pack, receipt, quarter)
    if found.receipt != receipt:
        why = f"{pack.name} was built by other rules, or changed since. Build the pack again."
        return nothing(name, council, quarter, why)
    return found


def _evidence_of(pack: Path, receipt: Receipt, quarter: Quarter) -> Admission:
    recorded = pd.read_parquet(pack / "evidence.parquet")
    read = {file.name for file in receipt.files}
    return of_evidence(recorded[recorded["notebook"].isin(read)], receipt.council, quarter)


def _receipts_of(pack: Path, receipt: Receipt, quarter: Quarter) -> Admission:
    read = [Receipt.model_validate_json(p.read_bytes()) for p in (pack / "quality").glob("*.json")]
    own = [each for each in read if each.quarter == str(quarter)]
    return of_receipts(own, receipt.council, quarter)


def _newest(folder: Path) -> Path | None:
    """The folder of the newest version of a quarter's pack."""
    found = [p for p in folder.glob("v*") if p.name[1:].isdecimal()]
    return max(found, key=lambda path: int(path.name[1:]), default=None)


def _row(name: str, receipt: Receipt | None) -> list[object]:
    if receipt is None:
        return [name, contract_of(name).title, NOT_SUPPLIED, 0.0, 0.0, 0.0, 0.0, 0.0]
    counts = (
        receipt.rows_in,
        receipt.rows_admitted,
        receipt.rows_set_aside,
        receipt.rows_quarantined,
        len(receipt.corrections),
    )
    return [name, receipt.title, receipt.verdict.outcome, *map(float, counts)]


def _admission(
    name: str, table: pd.DataFrame, by: str, council: str, quarter: Quarter
) -> Admission:
    """A table as an admission: each value of `by` is a file, its rows the lines of it."""
    line = table.groupby(by, sort=False).cumcount() + 1
    number = {each: at for at, each in enumerate(dict.fromkeys(table[by]), start=1)}
    rows = table[by].map(number).astype("int64") * ROWS_PER_FILE + line
    own = table[[column.name for column in contract_of(name).columns]].assign(source_row=rows)
    read = tuple(_file(at, each, own[table[by] == each]) for each, at in number.items())
    receipt = nothing(name, council, quarter, "").receipt.model_copy(
        update={"files": read, "rows_in": len(own), "rows_admitted": len(own),
                "sha256": _digest(own)}
    )  # fmt: skip
    return Admission(own.set_index("source_row", drop=False), receipt)


def _file(number: int, name: str, rows: pd.DataFrame) -> FileRead:
    sha256 = _digest(rows)
    return FileRead(
        number=number, name=name, sha256=sha256, sheet="", encoding="", rows_in=len(rows)
    )


def _digest(table: pd.DataFrame) -> str:
    return hashlib.sha256(table.to_csv(index=False).encode()).hexdigest()
