"""The only door for data: admit a dataset, and get its frame and its receipt."""

from peerpack.catalogue.load import bank_holidays, payees
from peerpack.intake.admit import admit_supplied
from peerpack.intake.desk import Desk, supplied
from peerpack.intake.door import (
    admit,
    admit_earlier,
    admit_if_supplied,
    admit_last_wave,
    admit_year,
    as_at,
)

__all__ = [
    "Desk", "admit", "admit_earlier", "admit_if_supplied", "admit_last_wave", "admit_supplied",
    "admit_year", "as_at", "bank_holidays", "payees", "supplied",
]  # fmt: skip
