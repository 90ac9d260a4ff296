"""The only door for data: admit a dataset, and get its frame and its receipt."""

from peerpack.catalogue.load import bank_holidays, payees
from peerpack.intake.admit import admit_supplied
from peerpack.intake.as_received import AsReceived, as_received
from peerpack.intake.desk import Desk, corrections_of, supplied
from peerpack.intake.door import (
    admit,
    admit_earlier,
    admit_if_supplied,
    admit_last_wave,
    admit_year,
    as_at,
)
from peerpack.intake.settings import chosen_group, neighbour_lists, official_code

__all__ = [
    "AsReceived", "Desk", "admit", "admit_earlier", "admit_if_supplied", "admit_last_wave",
    "admit_supplied", "admit_year", "as_at", "as_received", "bank_holidays", "chosen_group",
    "corrections_of", "neighbour_lists", "official_code", "payees", "supplied",
]  # fmt: skip
