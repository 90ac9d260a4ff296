"""Draft a dataset from a sample: a contract and a suite that admit it, and what to look at."""

from peerpack.drafting.draft import new_dataset

__all__ = ["new_dataset"]
