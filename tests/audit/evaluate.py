"""What `peerpack audit` says of the labelled documents, against labels made without it.

    PYTHONPATH=lib python tests/audit/evaluate.py            every labelled document
    PYTHONPATH=lib python tests/audit/evaluate.py NAME …     those whose labels' name begins so

A label says what a figure at a place is, from the document and arithmetic alone: a verdict of the
audit, or `none` for a number that is no claim (a date, a section, a telephone number). Of several
verdicts the first is ours and the others can be defended. `also` names the other figures at which
the same fault may be reported. Within the lines that are labelled completely, a claim that no label
knows is spurious.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels"
REPORTS = HERE / "report"
SOURCES = HERE.parents[2] / "shared" / "sources"
VERDICTS = (
    "supported", "within_rounding", "cannot_be", "ambiguous", "no_comparator", "not_checkable",
)  # fmt: skip
ACCUSING = ("cannot_be", "ambiguous", "no_comparator")
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
SIGNS = {"£": "GBP", "percent": "%", "per cent": "%", "pct": "%", "points": "pp"}


@dataclass(frozen=True)
class Label:
    """What a figure at a place is: `verdicts` in the order of our preference."""

    line: int
    quotation: str
    value: float | str
    unit: str
    verdicts: tuple[str, ...]
    also: tuple[Any, ...]
    why: str


@dataclass(frozen=True)
class Labelled:
    """A document's labels; `complete`: lines (first, last) in which every figure is labelled."""

    document: str
    complete: tuple[tuple[int, int], ...]
    labels: tuple[Label, ...]

    @property
    def path(self) -> Path:
        ours = REPORTS / self.document
        return ours if ours.exists() else SOURCES / self.document

    def covers(self, line: int) -> bool:
        return any(first <= line <= last for first, last in self.complete)


@dataclass(frozen=True)
class Judged:
    """A claim of the audit beside the label of its figure, if there is one."""

    claim: dict[str, Any]
    label: Label | None

    @property
    def right(self) -> bool:
        """Whether the verdict is one that the label holds."""
        return self.label is not None and self.claim["verdict"] in self.label.verdicts


@dataclass(frozen=True)
class Evaluation:
    """The claims of one document, judged, and the labels whose figure was not found."""

    labelled: Labelled
    judged: tuple[Judged, ...]
    missed: tuple[Label, ...]

    @cached_property
    def spurious(self) -> list[Judged]:
        """Claims made of numbers that are none, or that no label of a complete stretch knows."""
        return [
            each for each in self.judged
            if (each.label is None and self.labelled.covers(each.claim["line"]))
            or (each.label is not None and each.label.verdicts == ("none",))
        ]  # fmt: skip

    @cached_property
    def false_accusations(self) -> list[Judged]:
        """Claims accused of what their label does not hold."""
        known = [each for each in self.judged if each.label is not None or each in self.spurious]
        return [
            each for each in known
            if each.claim["verdict"] in ACCUSING and not each.right and not self.shared(each)
        ]  # fmt: skip

    def shared(self, accused: Judged) -> bool:
        """Whether the accusation is a labelled fault, reported at another of its figures."""
        return any(is_also(accused.claim, label) for label in self.labelled.labels)

    def unseen(self, verdict: str) -> list[Label]:
        """Labels of this verdict to whose figures the audit did not give it."""
        given = [each for each in self.judged if each.claim["verdict"] == verdict]
        said = [each.label for each in given]
        # A figure that is labelled a fault itself is not the other end of a neighbour's.
        ends = [
            each.claim for each in given if not (each.label and each.label.verdicts[0] == verdict)
        ]
        return [
            label
            for label in self.labelled.labels
            if label.verdicts[0] == verdict
            and label not in said
            and not any(is_also(claim, label) for claim in ends)
        ]


@cache
def read_labels(path: Path) -> Labelled:
    """The labels of one document, in the order of its lines."""
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    labels = tuple(as_label(each) for each in held["labels"])
    return Labelled(held["document"], tuple(map(tuple, held["complete"])), labels)


def as_label(held: dict[str, Any]) -> Label:
    verdict = held["verdict"]
    verdicts = tuple(verdict) if isinstance(verdict, list) else (verdict,)
    return Label(
        held["line"], held["quotation"], held["value"], held["unit"], verdicts,
        tuple(held.get("also", ())), held["why"],
    )  # fmt: skip


def claims_of(document: Path) -> list[dict[str, Any]]:
    """What `peerpack audit DOCUMENT --json` finds; a failure shows its own words."""
    from peerpack.cli.commands import app

    result = CliRunner().invoke(app, ["audit", str(document), "--json"])
    if result.exit_code:
        raise RuntimeError(
            f"{document.name}: exit {result.exit_code}: {result.output}"
        ) from result.exception
    return json.loads(result.stdout)["claims"]


def evaluate(labelled: Labelled, claims: list[dict[str, Any]]) -> Evaluation:
    """Claims beside labels: nearest line first, then like unit, then words; each used once."""
    return judged(labelled, claims, match(claims, labelled.labels))


def judged(labelled: Labelled, claims: list[dict[str, Any]], pairs: dict[int, int]) -> Evaluation:
    found = set(pairs.values())
    return Evaluation(
        labelled,
        tuple(
            Judged(claim, labelled.labels[pairs[n]] if n in pairs else None)
            for n, claim in enumerate(claims)
        ),
        tuple(
            label for n, label in enumerate(labelled.labels)
            if n not in found and "none" not in label.verdicts
        ),
    )  # fmt: skip


def match(claims: list[dict[str, Any]], labels: tuple[Label, ...]) -> dict[int, int]:
    """Position of a claim → position of its label, the nearest pairs first."""
    reach = [
        (distance, n, k)
        for n, claim in enumerate(claims)
        for k, label in enumerate(labels)
        if (distance := near_by_line(claim, label)) is not None and same_figure(claim, label)
    ]
    pairs: dict[int, int] = {}
    for _, n, k in sorted(reach):
        if n not in pairs and k not in pairs.values():
            pairs[n] = k
    return pairs


def near_by_line(claim: dict[str, Any], label: Label) -> tuple[float, ...] | None:
    """Distance in lines, unlikeness of units and of words; None beyond one line."""
    away = abs(claim["line"] - label.line)
    alike = unit_of(claim["unit"])[0] == unit_of(label.unit)[0]
    return (away, not alike, not holds(claim, label)) if away <= 1 else None


def same_figure(claim: dict[str, Any], label: Label) -> bool:
    """The same number, whatever its sign, as printed or in whole units; or the same date."""
    if "date" in (label.unit, claim["unit"]):
        alike = plain(str(label.value)) in plain(str(claim["value"]))
        return label.unit == claim["unit"] and isinstance(label.value, str) and alike
    if isinstance(label.value, str) or not isinstance(claim["value"], int | float):
        return str(label.value) == str(claim["value"])
    scaled = [abs(each) for each in (claim["value"] * unit_of(claim["unit"])[1], claim["value"])]
    ours = [abs(each) for each in (label.value * unit_of(label.unit)[1], label.value)]
    return any(abs(a - b) <= 1e-9 * max(a, b) for a in scaled for b in ours)


def unit_of(unit: str) -> tuple[str, float]:
    """`GBP m` → (`GBP`, a million): the kind of a unit and its scale."""
    kind, _, scale = str(unit or "").strip().rpartition(" ")
    if scale.lower() not in SCALES:
        kind, scale = unit or "", ""
    return SIGNS.get(kind, kind), SCALES.get(scale.lower(), 1.0)


def holds(claim: dict[str, Any], label: Label) -> bool:
    """Whether one's words are among the other's, letters and figures alone."""
    said, ours = plain(claim["quotation"]), plain(label.quotation)
    return ours in said or said in ours


def plain(words: str) -> str:
    return "".join(letter for letter in words.lower() if letter.isalnum())


def is_also(claim: dict[str, Any], label: Label) -> bool:
    """Whether the claim stands at one of the other figures of a labelled fault, close by."""
    if label.verdicts[0] != claim["verdict"] or abs(claim["line"] - label.line) > 8:
        return False
    return any(
        claim["unit"] == "date" if other == "date" else claim["value"] == other
        for other in label.also
    )


def tally(evaluations: list[Evaluation]) -> dict[str, dict[str, int]]:
    """Per verdict: said by the audit, of these right, labelled, of these seen."""
    counts = {}
    for verdict in VERDICTS:
        said = [
            (each, one) for one in evaluations for each in one.judged
            if each.claim["verdict"] == verdict and (each.label or each in one.spurious)
        ]  # fmt: skip
        labelled = sum(
            label.verdicts[0] == verdict for one in evaluations for label in one.labelled.labels
        )
        counts[verdict] = {
            "said": len(said),
            "right": sum(each.right or one.shared(each) for each, one in said),
            "labelled": labelled,
            "seen": labelled - sum(len(one.unseen(verdict)) for one in evaluations),
        }
    return counts


def precision(counts: dict[str, int]) -> float:
    """Of what was said, the share that is right; one where nothing was said."""
    return counts["right"] / counts["said"] if counts["said"] else 1.0


def recall(counts: dict[str, int]) -> float:
    """Of what is labelled, the share that was seen; one where nothing is labelled."""
    return counts["seen"] / counts["labelled"] if counts["labelled"] else 1.0


def labelled_sets(begin: tuple[str, ...] = ("",)) -> Iterator[Labelled]:
    """Every labelled document that is here, by name."""
    for path in sorted(LABELS.glob("*.yml")):
        labelled = read_labels(path)
        if path.name.startswith(begin) and labelled.path.exists():
            yield labelled


def report(evaluations: list[Evaluation]) -> Iterator[str]:
    """The lines to read: a table of verdicts, then every case that differs."""
    heads = "{:<16}{:>6}{:>7}{:>11}{:>10}{:>6}{:>8}"
    yield heads.format("verdict", "said", "right", "precision", "labelled", "seen", "recall")
    for verdict, counts in tally(evaluations).items():
        yield (
            f"{verdict:<16}{counts['said']:>6}{counts['right']:>7}{precision(counts):>11.3f}"
            f"{counts['labelled']:>10}{counts['seen']:>6}{recall(counts):>8.3f}"
        )
    for one in evaluations:
        yield from report_document(one)


def report_document(one: Evaluation) -> Iterator[str]:
    said = Counter(each.claim["verdict"] for each in one.judged)
    counts = ", ".join(f"{verdict} {said[verdict]}" for verdict in VERDICTS if said[verdict])
    yield f"\n{one.labelled.document}: {len(one.judged)} claims ({counts})"
    for each in one.false_accusations:
        yield f"  FALSE ACCUSATION {told(each)}"
    for each in one.spurious:
        yield f"  spurious {told(each)}"
    for label in one.missed:
        yield f"  not found: line {label.line}: {label.quotation} ({label.verdicts[0]})"
    for verdict in ACCUSING:
        for label in one.unseen(verdict):
            yield f"  {verdict} unseen: line {label.line}: {label.quotation}: {label.why}"
    yield from other_differences(one)


def other_differences(one: Evaluation) -> Iterator[str]:
    told_already = {id(each) for each in one.false_accusations + one.spurious}
    for each in one.judged:
        if each.label is not None and not each.right and id(each) not in told_already:
            ours = f"{', '.join(each.label.verdicts)}: {each.label.why}"
            yield f"  differs {told(each)}; ours: {ours}"


def told(each: Judged) -> str:
    claim = each.claim
    return (
        f"line {claim['line']}: {claim['value']} {claim['unit']} {claim['verdict']}: "
        f"{claim['reason']} [{str(claim['quotation'])[:90]}]"
    )


def main(words: list[str]) -> None:
    """Print the evaluation; say which documents are not here."""
    for path in sorted(LABELS.glob("*.yml")):
        if not (missing := read_labels(path).path).exists():
            print(f"skipped: {missing.name} is not here")
    sets = list(labelled_sets(tuple(words) or ("",)))
    for line in report([evaluate(each, claims_of(each.path)) for each in sets]):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
