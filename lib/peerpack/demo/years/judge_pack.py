"""Hold built packs against the truth: `python -m peerpack.demo.years.judge_pack HOME REPORTS`.

HOME is the folder of a generated council, REPORTS the folder its packs were built into. Every true
figure must be in its quarter's pack with the same value and operands, unless it is hidden to
protect people; counts of people may be rounded as the regime says. Exits with 1 where one differs,
or an indicator is missing altogether.
"""

import argparse
import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from peerpack.catalogue.models import Regime

Found = Literal["equal", "rounded", "hidden", "missing", "different"]
Row = Mapping[str, str]
# Measures round days of full-time work to a millionth, so that they add up.
OFF_BY_AT_MOST = 2e-6
OPERANDS = ("value", "numerator", "denominator")
COLUMNS: tuple[Found, ...] = ("equal", "rounded", "hidden", "missing", "different")
HEAD = f"{'':12}{'figures':>9}" + "".join(f"{name:>11}" for name in COLUMNS)
SHOWN_N = 30


@dataclass(frozen=True)
class Held:
    """A true figure or comparator against its pack; `within`: an estimate's interval holds."""

    quarter: str
    evidence_id: str
    found: Found
    words: str = ""
    within: bool | None = None
    is_comparator: bool = False

    @property
    def group(self) -> str:
        """The indicator it is a figure of, or what stands beside figures."""
        return "comparators" if self.is_comparator else self.evidence_id.partition("/")[0]


def judge_packs(home: Path, reports: Path) -> tuple[Held, ...]:
    """Every true figure of every quarter against the newest pack of that quarter.

    A quarter with a return that must be refused has no pack, and is not judged.
    """
    truth = json.loads((home / "truth.json").read_text(encoding="utf-8"))
    return tuple(
        held
        for quarter, known in truth["indicators"].items()
        for pack in [_newest(reports / home.name / quarter)]
        if pack or not _is_refused(truth, quarter)
        for held in (
            *judge_pack(quarter, known, pack),
            *judge_comparators(quarter, truth["comparators"][quarter], pack),
        )
    )


def _is_refused(truth: Mapping[str, Any], quarter: str) -> bool:
    returns = truth["returns"].get(quarter, {})
    return any(each["reports"]["refused"] for each in returns.values())


def _newest(folder: Path) -> Path | None:
    return max((path for path in folder.glob("v[0-9]*") if path.is_dir()), default=None)


def judge_pack(quarter: str, known: Mapping[str, Any], pack: Path | None) -> Iterator[Held]:
    """The true figures of one quarter against its pack, by evidence id."""
    rows = _evidence(pack) if pack else {}
    for evidence_id, figure in known.items():
        row = rows.get(evidence_id)
        if row is None:
            yield Held(quarter, evidence_id, "missing")
        elif "c" in row["status"].split(";"):
            yield Held(quarter, evidence_id, "hidden")
        else:
            apart = [name for name in OPERANDS if not _same(figure[name], _number(row[name]))]
            words = ", ".join(f"{x} true {figure[x]}, in the pack {row[x] or None}" for x in apart)
            found: Found = "equal" if not apart else "different"
            if apart and _is_rounded(figure, row):
                found, words = "rounded", ""
            yield Held(quarter, evidence_id, found, words, _within(figure, row))


def judge_comparators(quarter: str, known: Mapping[str, Any], pack: Path | None) -> Iterator[Held]:
    """The neighbours' medians that a pack shows beside figures; one that is not true is told."""
    for row in _table(pack / "comparators.csv") if pack else ():
        if row["statistic"] == "median" and "neighbour" in row["group"]:
            true = known.get(row["evidence_id"].partition("/")[0], {"value": None, "n": 0})
            same = _same(true["value"], _number(row["value"])) and true["n"] == int(row["n"])
            words = f"neighbours' median true {true}, in the pack {row['value']} of {row['n']}"
            found: Found = "equal" if same else "different"
            said = "" if same else words
            yield Held(quarter, row["evidence_id"], found, said, is_comparator=True)


def _evidence(pack: Path) -> dict[str, Row]:
    return {row["evidence_id"]: row for row in _table(pack / "evidence.csv")}


def _table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(printed: str) -> float | None:
    return float(printed) if printed else None


def _same(true: float | None, found: float | None) -> bool:
    if true is None or found is None:
        return true is found
    return math.isclose(true, found, rel_tol=1e-9, abs_tol=OFF_BY_AT_MOST)


def _is_rounded(figure: Mapping[str, Any], row: Row) -> bool:
    """Whether a count of people is shown to the nearest multiple that the default regime says."""
    base, true = Regime().rounding_base, figure["value"]
    is_count = figure["denominator"] is None and isinstance(true, int)
    return is_count and _number(row["value"]) == base * round(true / base)


def _within(figure: Mapping[str, Any], row: Row) -> bool | None:
    """Whether the interval of an estimate holds what the sample varies about."""
    expected, lower, upper = figure.get("expected"), _number(row["lower"]), _number(row["upper"])
    if expected is None or lower is None or upper is None:
        return None
    return bool(lower <= expected <= upper)


def absent(held: Iterable[Held]) -> list[tuple[str, str]]:
    """Quarters and indicators of which the pack has no figure at all, hidden ones counted."""
    there = {(each.quarter, each.group) for each in held if each.found != "missing"}
    return sorted({(each.quarter, each.group) for each in held} - there)


def main() -> int:
    """Judge the packs of a generated council, and say of each indicator how many figures agree."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", type=Path)
    asked.add_argument("reports", type=Path)
    where = asked.parse_args()
    held = judge_packs(where.home, where.reports)
    print("\n".join(_told(held)))
    return 1 if absent(held) or any(each.found == "different" for each in held) else 0


def _told(held: tuple[Held, ...]) -> Iterator[str]:
    yield HEAD
    for group in sorted({each.group for each in held}):
        yield _line(group, [each for each in held if each.group == group])
    yield _line("all", held)
    judged = [each.within for each in held if each.within is not None]
    if judged:
        yield f"95% intervals that hold the expected share: {sum(judged)} of {len(judged)}"
    yield from (f"no figure of {name} in {quarter}" for quarter, name in absent(held))
    apart = [each for each in held if each.found == "different"]
    yield from (f"{x.quarter} {x.evidence_id}: {x.words}" for x in apart[:SHOWN_N])


def _line(name: str, held: Iterable[Held]) -> str:
    found = Counter(each.found for each in held)
    counts = "".join(f"{found[column]:>11,}" for column in COLUMNS)
    return f"{name:12}{found.total():>9,}{counts}"


if __name__ == "__main__":
    sys.exit(main())
