"""Rows of a pack's own tables: lines of its evidence.csv, and its receipts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from peerpack.catalogue.load import dataset as contract_of
from peerpack.errors import PackTampered
from peerpack.handover.receipt import Admission, Receipt
from peerpack.intake import own_tables
from peerpack.packs.opened import EVIDENCE, OpenedPack
from peerpack.packs.trace.rows import Place, Table
from peerpack.sources.lines import as_text
from peerpack.sources.tabular import grids


def own_table(pack: OpenedPack, receipt: Receipt) -> Table:
    """An own table of a pack, made anew of the pack; PackTampered when it is not the receipt's."""
    of_evidence = receipt.dataset == own_tables.EVIDENCE
    found = _evidence(pack, receipt) if of_evidence else _receipts(pack)
    if found.receipt.sha256 != receipt.sha256:
        raise PackTampered(
            f"{pack.version}: its table of {receipt.dataset} cannot be made of its own files as "
            "it was. It was built by other rules: build it again."
        )
    places = _lines_of_evidence(pack, found) if of_evidence else _files_of_receipts(pack, found)

    def columns(_: int) -> Mapping[str, str]:
        return {column.name: column.name for column in contract_of(receipt.dataset).columns}

    def cells(row: int) -> dict[str, str]:
        values = found.frame.loc[row].drop("source_row")
        return {str(name): _text(value) for name, value in values.items()}

    return Table(found.frame, places.__getitem__, cells, columns)


def _evidence(pack: OpenedPack, receipt: Receipt) -> Admission:
    """From the parquet twin: a spreadsheet's apostrophe stands in the CSV only."""
    recorded = pd.read_parquet(pack.folder / "evidence.parquet")
    read = {file.name for file in receipt.files}
    own = recorded[recorded["notebook"].isin(read)]
    return own_tables.of_evidence(own, pack.council, pack.quarter)


def _receipts(pack: OpenedPack) -> Admission:
    own = [each for each in pack.receipts.values() if each.quarter == str(pack.quarter)]
    return own_tables.of_receipts(own, pack.council, pack.quarter)


def _lines_of_evidence(pack: OpenedPack, found: Admission) -> dict[int, Place]:
    """The line of evidence.csv on which each row begins."""
    grid = next(grids(Path(pack.folder / EVIDENCE)))
    at = list(grid.rows[0]).index("evidence_id")
    lines = {str(row[at]): line for row, line in zip(grid.rows, grid.lines, strict=True)}
    ids = found.frame["evidence_id"]
    return {int(str(row)): (EVIDENCE, "", lines[id_]) for row, id_ in ids.items()}


def _files_of_receipts(pack: OpenedPack, found: Admission) -> dict[int, Place]:
    """The receipt of each dataset; of one that nobody supplied, the table's own row."""
    names = found.frame["dataset"].items()
    return {
        int(str(row)): (f"quality/{name}.json", "", 1)
        if (pack.folder / "quality" / f"{name}.json").is_file()
        else ("quality", "", at)
        for at, (row, name) in enumerate(names, start=1)
    }


def _text(value: Any) -> str:
    return "" if pd.isna(value) else as_text(value)
