"""Draw evidence of packs at random, trace it by the command line, and work it out anew.

    python tests/recompute/draw.py --seed 1 --number 200 PACK=DATA [PACK=DATA …]

PACK is the folder of a version, DATA the folder of councils with its returns. Of each kind of
figure about as many are drawn: counts, sums, shares, ratios, weighted shares. One process of
`peerpack trace … --json` traces those of a pack; recompute.py recomputes them. A figure whose rows
would tell a suppressed one is refused by trace; it is said, and another drawn in its place. A
suppressed figure of each pack, where it has one, must be refused too. Ends with 1 where a figure is
not equal.
"""

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest
from pathlib import Path

from recompute import Verdict, documents, judged, line

KINDS = ("count", "sum", "share", "ratio", "weighted share")
RATIOS = ("KF01", "KF25", "KW01", "KW02", "KW10")
WEIGHTED = ("KW04", "KW05", "KR")
COUNTS, SUMS = ("count", "people"), ("GBP", "FTE")
REFUSED = "suppressed"


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
        """Where the lines of its traces stand: the pack itself, the quarter, council, England."""
        own = self.data / self.council
        return self.folder, own / self.folder.parent.name, own, self.data / "england"


@dataclass(frozen=True)
class Figure:
    """A row of evidence of a pack."""

    pack: Pack
    row: dict

    @property
    def id(self):
        return self.row["evidence_id"]

    @property
    def value(self):
        return float(self.row["value"])

    @property
    def kind(self):
        """Which of the five kinds of figure it is."""
        indicator, unit = self.row["indicator"], self.row["unit"]
        if indicator.startswith(WEIGHTED):
            return "weighted share"
        if indicator in RATIOS:
            return "ratio"
        return "count" if unit in COUNTS else "sum" if unit in SUMS else "share"

    @property
    def is_shown(self):
        return self.row["kind"] == "indicator" and self.row["value"] != ""

    @property
    def is_suppressed(self):
        return "c" in self.row["status"].split(";")


def in_order(packs, seed):
    """Every figure shown, in an order drawn by a seed: one of each kind, as long as it has any."""
    dice = random.Random(seed)
    every = [Figure(pack, row) for pack in packs for row in pack.evidence()]
    by_kind = {kind: [f for f in every if f.is_shown and f.kind == kind] for kind in KINDS}
    for figures in by_kind.values():
        dice.shuffle(figures)
    return filter(None, chain.from_iterable(zip_longest(*by_kind.values())))


def traced(pack, ids):
    """Verdicts on the figures that one process traces, by evidence id; its exit code and words."""
    words = ("trace", *ids, "--pack", pack.folder, "--data", pack.data, "--json")
    command = [sys.executable, "-m", "peerpack", *map(str, words)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
        out.seek(0)
        found = {each["evidence_id"]: judged(each, pack.places()) for each in documents(out.read())}
    return found, done.returncode, done.stderr.strip()


def answers(figures):
    """A verdict on each figure, a pack's in one process; of a refused one, why."""
    of_pack = {}
    for figure in figures:
        of_pack.setdefault(figure.pack, []).append(figure.id)
    with ThreadPoolExecutor() as pool:
        told = dict(zip(of_pack, pool.map(traced, of_pack, of_pack.values()), strict=True))
    return [_answer(figure, *told[figure.pack]) for figure in figures]


def _answer(figure, found, code, said):
    if verdict := found.get(figure.id):
        return replace(verdict, in_pack=figure.value)
    own = next((each for each in said.splitlines() if f"{figure.id}: " in each), said[-300:])
    return Verdict(figure.id, figure.value, None, f"exit {code}: {own}")


def is_refused(verdict):
    return REFUSED in verdict.why


def asked_for(packs, number, seed):
    """So many figures with their verdicts, and the verdicts on those that trace refused."""
    queue, kept, refused = in_order(packs, seed), [], []
    while batch := list(islice(queue, number - len(kept))):
        told = list(zip(batch, answers(batch), strict=True))
        kept += [each for each in told if not is_refused(each[1])]
        refused += [each[1] for each in told if is_refused(each[1])]
    return kept, refused


def refusals(packs):
    """Whether the first suppressed figure of each pack is refused, and in which words."""
    for pack in packs:
        every = (Figure(pack, row) for row in pack.evidence())
        hidden = next((figure for figure in every if figure.is_suppressed), None)
        if hidden is None:
            yield True, f"{pack.council}: no figure of the pack is suppressed"
            continue
        found, code, said = traced(pack, [hidden.id])
        yield code != 0 and not found and REFUSED in said, f"exit {code}: {said}"


def printed(kept, refused):
    """Print a line a figure and the sums by kind and pack; say whether all are equal."""
    for figure, verdict in kept:
        print(f"{figure.pack.council:12} {figure.kind:14} {line(verdict)}")
    print(*(f"refused, so another was drawn: {v.evidence_id}" for v in refused), sep="\n")
    names = [f"{figure.kind} of {figure.pack.council}" for figure, _ in kept]
    equal = Counter(n for n, (_, v) in zip(names, kept, strict=True) if v.equal)
    for name, number in sorted(Counter(names).items()):
        print(f"{name}: {equal[name]} of {number} equal")
    print(f"{equal.total()} of {len(kept)} equal")
    return equal.total() == len(kept)


def main():
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--number", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("packs", nargs="+", type=Pack.of, metavar="PACK=DATA")
    asked, began = words.parse_args(), time.monotonic()
    kept, refused = asked_for(asked.packs, asked.number, asked.seed)
    right = [printed(kept, refused)]
    for refuses, said in refusals(asked.packs):
        right.append(refuses)
        print(said)
    print(f"seed {asked.seed}, {time.monotonic() - began:.0f} seconds")
    sys.exit(not all(right))


if __name__ == "__main__":
    main()
