"""How long the parts of a build took before: what begins first, and what is left, rest on it.

Kept in one private file beside the packs. Never an input of a pack, and never believed further than
that: a file that does not read as it should is passed over, and the next build writes another.
"""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, linear_regression
from typing import Any

FILE = ".durations.json"
BUILD = "build"
LARGEST_BYTES = 4_000_000
LONGEST_S = 1e6
# Of what was never timed: what a kernel takes to start, and what a notebook reads in a second.
START_S, BYTES_PER_S = 2.0, 2e6


@dataclass(frozen=True)
class Took:
    """One part of a build: the bytes it read, and the seconds from its begin to its end."""

    bytes_n: int
    seconds: float


@dataclass(frozen=True)
class Durations:
    """What is known of one council's parts, and of the same parts elsewhere."""

    council: str
    known: Mapping[str, Mapping[str, Took]] = field(default_factory=dict)

    def recorded(self, name: str) -> bool:
        """Whether a part of this name was ever timed, here or elsewhere."""
        return any(name in parts for parts in self.known.values())

    def expected(self, name: str, bytes_n: int) -> float:
        """The seconds a part is expected to take.

        As long as it took this council last; else as the same part took others, along the line
        through their bytes and seconds; else by its bytes alone.
        """
        own = self.known.get(self.council, {}).get(name)
        if own:
            return own.seconds
        others = [parts[name] for parts in self.known.values() if name in parts]
        return _along(others, bytes_n) if others else START_S + bytes_n / BYTES_PER_S


def of(reports: Path, council: str) -> Durations:
    """What earlier builds into these reports recorded, for one council."""
    return Durations(council, _read(reports / FILE))


def record(reports: Path, council: str, quarter: str, took: Mapping[str, Took]) -> None:
    """Keep how long a council's parts took; of two builds that end at once the last one stands.

    The caller sees to it that one build of the quarter writes at a time.
    """
    known = _read(reports / FILE)
    known[council] = {**known.get(council, {}), **took}
    # The quarter's own name: what a killed build left is written over, and nothing gathers.
    new = reports / f".durations-{council}-{quarter}.new"
    new.unlink(missing_ok=True)
    told = {name: _told(parts) for name, parts in sorted(known.items())}
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(told, file, sort_keys=True)
    new.replace(reports / FILE)


def _along(others: list[Took], bytes_n: int) -> float:
    """The line through others' bytes and seconds, at these bytes; more bytes never take less."""
    shortest, mean = min(t.seconds for t in others), fmean(t.seconds for t in others)
    if len({t.bytes_n for t in others}) < 2:
        return mean
    line = linear_regression([t.bytes_n for t in others], [t.seconds for t in others])
    return max(line.slope * bytes_n + line.intercept, shortest) if line.slope > 0 else mean


def _read(path: Path) -> dict[str, dict[str, Took]]:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return {}
        told = json.loads(path.read_bytes())
        return {council: _parts(parts) for council, parts in told.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _parts(told: Mapping[str, Any]) -> dict[str, Took]:
    return {name: _took(*each) for name, each in told.items()}


def _took(bytes_n: float, seconds: float) -> Took:
    if not (math.isfinite(bytes_n) and bytes_n >= 0 and 0 <= seconds <= LONGEST_S):
        raise ValueError(seconds)
    return Took(int(bytes_n), float(seconds))


def _told(parts: Mapping[str, Took]) -> dict[str, list[float]]:
    return {name: [each.bytes_n, round(each.seconds, 3)] for name, each in parts.items()}
