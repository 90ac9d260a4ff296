"""Seeded chance: one stream for each purpose, so that a change to one leaves the others."""

import random
from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def stream(root: str, purpose: str) -> random.Random:
    """Chance for one purpose; `root` names the council and the seed.

    Text seeds go through SHA-512, not `hash`, and so do not depend on PYTHONHASHSEED.
    """
    return random.Random(f"{root} {purpose}")  # noqa: S311 (data, not secrets)


def drawn(rng: random.Random, shares: Mapping[Key, float]) -> Key:
    """One of the keys, by its share."""
    return rng.choices(list(shares), list(shares.values()))[0]


def pence_around(rng: random.Random, pence: float, spread: float) -> int:
    """An amount in pence within a spread (0.1: ten per cent) of another."""
    return round(pence * rng.uniform(1 - spread, 1 + spread))
