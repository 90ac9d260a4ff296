"""Draw evidence of packs at random, trace each by the command line, and work it out anew.

    python tests/recompute/draw.py --seed 1 --number 200 PACK=DATA [PACK=DATA …]

PACK is the folder of a version, DATA the folder of councils that its returns are in. For each kind
of figure about as many are drawn: counts, sums, shares, ratios, weighted shares. Each is traced by
`peerpack trace … --json`, a process of its own, and recomputed by recompute.py. A suppressed figure
of each pack, where it has one, must refuse to be traced. Ends with 1 where a figure is not equal.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from recompute import Verdict, judged, line

KINDS = ("count", "sum", "share", "ratio", "weighted share")
RATIOS = ("KF01", "KF25", "KW01", "KW02", "KW10")
WEIGHTED = ("KW04", "KW05", "KR")
COUNTS, SUMS = ("count", "people"), ("GBP", "FTE")
AT_ONCE = os.cpu_count() or 1


@dataclass(frozen=True)
class Pack:
    """A pack and the folder of councils that its returns are in."""

    folder: Path
    data: Path

    @classmethod
    def of(cls, words):
        folder, _, data = words.partition("=")
        return cls(Path(folder).resolve(), Path(data).resolve())

    @property
    def council(self):
        return self.folder.parent.parent.name

    def evidence(self):
        with (self.folder / "evidence.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def places(self):
        """Where the lines of its traces stand: the pack itself, the council, England."""
        own = self.data / self.council / self.folder.parent.name
        return tuple(map(str, (self.folder, own, self.data / self.council, self.data / "england")))


def kind(row):
    """Which of the five kinds of figure a row of evidence is."""
    if row["indicator"].startswith(WEIGHTED):
        return "weighted share"
    if row["indicator"] in RATIOS:
        return "ratio"
    if row["unit"] in COUNTS + SUMS:
        return "count" if row["unit"] in COUNTS else "sum"
    return "share"


def is_shown(row):
    return row["kind"] == "indicator" and row["value"] != ""


def is_suppressed(row):
    return "c" in row["status"].split(";")


def drawn(packs, number, seed):
    """About as many of each kind; where a kind has too few, the others give more."""
    dice = random.Random(seed)
    every = [(pack, row) for pack in packs for row in pack.evidence() if is_shown(row)]
    by_kind = {k: [e for e in every if kind(e[1]) == k] for k in KINDS}
    for figures in by_kind.values():
        dice.shuffle(figures)
    taken = []
    while len(taken) < number and any(by_kind.values()):
        for figures in by_kind.values():
            taken += [figures.pop()] if figures and len(taken) < number else []
    return taken


def traced(pack, evidence_id):
    """What the command line answers to be traced: exit code, its output, what it said."""
    words = ("trace", evidence_id, "--pack", pack.folder, "--data", pack.data, "--json")
    done = subprocess.run(
        [sys.executable, "-m", "peerpack", *map(str, words)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr.strip()


def verdict_on(pack, row):
    code, out, said = traced(pack, row["evidence_id"])
    if code:
        return Verdict(row["evidence_id"], float(row["value"]), None, f"exit {code}: {said[:200]}")
    found = judged(json.loads(out), pack.places())
    return Verdict(found.evidence_id, float(row["value"]), found.anew, found.why)


def refusals(packs):
    """The first suppressed figure of each pack, with what tracing it answered."""
    for pack in packs:
        hidden = next(filter(is_suppressed, pack.evidence()), None)
        if hidden is None:
            yield f"{pack.council}: no figure is suppressed", True
            continue
        code, out, said = traced(pack, hidden["evidence_id"])
        yield f"{hidden['evidence_id']}: exit {code}. {said}", code != 0 and not out


def main():
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--number", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("packs", nargs="+", type=Pack.of, metavar="PACK=DATA")
    asked, began = words.parse_args(), time.monotonic()
    figures = drawn(asked.packs, asked.number, asked.seed)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        verdicts = list(pool.map(lambda figure: verdict_on(*figure), figures))
    equal = told(figures, verdicts)
    refused = list(refusals(asked.packs))
    print("\n".join(said for said, _ in refused))
    print(f"seed {asked.seed}, {time.monotonic() - began:.0f} seconds")
    sys.exit(not (equal and all(right for _, right in refused)))


def told(figures, verdicts):
    """Print a line a figure and the sums by kind and by pack; say whether all are equal."""
    for (pack, row), verdict in zip(figures, verdicts, strict=True):
        print(f"{pack.council:12} {kind(row):14} {line(verdict)}")
    names = [(kind(row), pack.council) for pack, row in figures]
    for name, number in sorted(Counter(names).items()):
        equal_n = sum(v.equal for v, own in zip(verdicts, names, strict=True) if own == name)
        print(f"{' of '.join(name)}: {equal_n} of {number} equal")
    print(f"{sum(v.equal for v in verdicts)} of {len(verdicts)} equal")
    return all(v.equal for v in verdicts)


if __name__ == "__main__":
    main()
