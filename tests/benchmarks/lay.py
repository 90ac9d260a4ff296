"""Lay a quarter's datasets, and the own tables of its pack, for notebooks to take ready-made."""

import argparse
from pathlib import Path

import pandas as pd

from peerpack.handover.receipt import Receipt
from peerpack.intake import admit_supplied, own_tables
from peerpack.intake.admit import lay
from peerpack.intake.desk import supplied
from peerpack.vocab import Quarter


def laid(council, quarter, folder, pack, root):
    """Admit every dataset into the folder, and put the pack's evidence and receipts beside them."""
    receipts = list(admit_supplied(supplied(council, quarter, [root]), folder))
    lay(folder, own_tables.of_receipts(receipts, council, quarter))
    told = Receipt.model_validate_json((pack / "quality" / "evidence.json").read_bytes())
    recorded = pd.read_parquet(pack / "evidence.parquet")
    read = recorded[recorded["notebook"].isin([file.name for file in told.files])]
    lay(folder, own_tables.of_evidence(read, council, quarter))


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("council")
    asked.add_argument("quarter", type=Quarter.parse)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--pack", type=Path, required=True)
    asked.add_argument("folder", type=Path)
    said = asked.parse_args()
    laid(said.council, said.quarter, said.folder, said.pack, said.data)


if __name__ == "__main__":
    main()
