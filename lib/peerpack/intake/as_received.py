"""A return read a second time, for a figure to be traced: its rows, its lines, what was corrected.

Nothing is judged again: the verdict stands in the receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from peerpack import corrections
from peerpack.catalogue.load import dataset as contract_of
from peerpack.corrections import Correction
from peerpack.handover.receipt import Receipt
from peerpack.intake.admit import digest_of
from peerpack.sources import Lines, latest_year, read_with_lines
from peerpack.vocab import Quarter


@dataclass(frozen=True, eq=False)
class AsReceived:
    """A return: `frame` as admitted, `lines` as received by number of file, and its digest.

    `corrected`: the source rows that each written correction changed, by its id.
    """

    frame: pd.DataFrame
    lines: dict[int, Lines]
    corrected: dict[str, list[int]]
    sha256: str


def as_received(
    files: Sequence[Path], receipt: Receipt, written: Sequence[Correction]
) -> AsReceived:
    """Read the files of a receipt again, and correct them; `written`: the council's corrections.

    Raises ReturnRefused and StaleCorrection, as admitting does. Whether it is the return of the
    receipt, its digest says.
    """
    contract = contract_of(receipt.dataset)
    last_day = Quarter.parse(receipt.quarter).last_day
    year = latest_year(files, contract, last_day) if contract.reference else None
    reading, lines = read_with_lines(files, contract, year)
    own = [each for each in written if each.dataset == receipt.dataset]
    rows = corrections.touched(reading.frame, own)
    frame, _ = corrections.apply(reading.frame, own)
    return AsReceived(frame, lines, rows, digest_of(reading, own))
