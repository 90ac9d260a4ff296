"""Evidence worked out anew from the raw lines that `peerpack trace … --json` names.

    python tests/recompute/recompute.py --data FOLDER [--data FOLDER] TRACES.json …

A file holds one trace or several, one after another. FOLDER is the pack, or one of raw files.
Prints each evidence id with the value in the pack, the value worked out here, and whether they are
equal; ends with 1 where one is not. Nothing here is of the workbook's own code: raw files are read
by the standard library (spreadsheets by python-calamine), and formulas are written from
`data/reference/indicators.yml`, docs/explanation/methods.md and docs/decisions.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from math import isclose
from pathlib import Path

import of_money
import of_own_tables
import of_people
import of_residents
import raw_files
import traced

FORMULAS = of_money.FORMULAS | of_people.FORMULAS | of_residents.FORMULAS | of_own_tables.FORMULAS
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Verdict:
    """What a pack says of a piece of evidence, and what its traced lines come to."""

    evidence_id: str
    in_pack: float | None
    anew: float | None
    why: str = ""

    @property
    def equal(self):
        if self.why or self.in_pack is None or self.anew is None:
            return not self.why and self.in_pack is self.anew
        return isclose(self.in_pack, self.anew, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def documents(text):
    """The JSON documents that stand one after another in a text."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        document, end = decoder.raw_decode(text, at)
        yield document
        at = end + 1


def judged(trace, folders):
    """The verdict on one trace; what cannot be worked out says why, and is not equal."""
    name, told = trace["evidence_id"], trace["value"]
    formula = FORMULAS.get(trace["indicator"])
    if formula is None:
        return Verdict(name, told, None, "no formula here")
    if changed := [f["name"] for f in files_of(trace) if f["sha256"] != digest(f, folders)]:
        return Verdict(name, told, None, f"not the file of the receipt: {', '.join(changed)}")
    try:
        anew = formula(traced.fetched(trace, folders))
    except (KeyError, IndexError, ZeroDivisionError, TypeError, ValueError) as fault:
        return Verdict(name, told, None, f"{type(fault).__name__}: {fault}")
    return Verdict(name, told, None if anew is None else float(anew))


def files_of(trace):
    """The raw files behind a trace; own tables of the pack are none."""
    returns = [r for r in trace["returns"] if r["dataset"] not in traced.OWN_TABLES]
    return [file for each in returns for file in each["files"]]


def digest(file, folders):
    return raw_files.digest(tuple(map(str, folders)), file["name"])


def line(verdict):
    """One line of the table."""
    shown = ["—" if n is None else f"{n:,.6f}" for n in (verdict.in_pack, verdict.anew)]
    equal = "equal" if verdict.equal else verdict.why or "DIFFERENT"
    return f"{verdict.evidence_id[:72]:72} {shown[0]:>22} {shown[1]:>22}  {equal}"


def main():
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--data", type=Path, action="append", required=True)
    words.add_argument("traces", type=Path, nargs="+", metavar="TRACES.json")
    asked = words.parse_args()
    traces = (each for path in asked.traces for each in documents(path.read_text("utf-8")))
    verdicts = [judged(each, tuple(asked.data)) for each in traces]
    print("\n".join(map(line, verdicts)))
    print(f"{sum(v.equal for v in verdicts)} of {len(verdicts)} equal")
    sys.exit(not all(v.equal for v in verdicts))


if __name__ == "__main__":
    main()
