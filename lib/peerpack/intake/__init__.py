"""The only door for data: admit a dataset, and get its frame and its receipt."""

from peerpack.catalogue.load import bank_holidays
from peerpack.intake.admit import admit, admit_if_supplied, admit_supplied
from peerpack.intake.desk import Desk, supplied

__all__ = ["Desk", "admit", "admit_if_supplied", "admit_supplied", "bank_holidays", "supplied"]
