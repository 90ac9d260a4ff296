"""What stands behind one number? Its evidence card: definition, operands, comparator, data."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from peerpack.catalogue.models import Indicator
from peerpack.errors import OurFault, UsageError
from peerpack.handover.pack import PackContents
from peerpack.handover.receipt import Check, FileRead, Receipt
from peerpack.render.badges import (
    Badge,
    agreement_badge,
    mark_in_words,
    marks_of,
    rating_badge,
    verdict_badge,
)
from peerpack.render.numbers import counted, printed, unit_in_words
from peerpack.render.places import anchor
from peerpack.render.rows import Row, grouped, rows_of
from peerpack.render.traced import TracedRows, traced_rows
from peerpack.words.citations import citation
from peerpack.words.numbers import (
    NOT_AVAILABLE,
    SUPPRESSED,
    label,
    period_in_full,
    quarter_in_full,
)

NATION, RANKED = "England", "rank"
NO_COMPARATOR = "No comparator:"
_DOCUMENT = re.compile(r"Document: ([^;]+; [^.]+)\.")
_PRINTED = re.compile("Printed as “([^”]*)”")
_TELLING = (
    "value",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "base_n",
    "effective_n",
    "rows_n",
)


@dataclass(frozen=True)
class Operand:
    """One side of a formula: its part, what it is in words, its number."""

    part: str
    words: str
    number: str


@dataclass(frozen=True)
class Comparator:
    """One comparator said in full, and in parts; `missing` names the members without a figure."""

    value: str
    words: str
    missing: str = ""
    group: str = ""
    statistic: str = ""
    period: str = ""
    members: str = ""


@dataclass(frozen=True)
class Source:
    """A dataset that a number rests on, and the files it was read from."""

    role: str
    title: str
    sha256: str
    files: tuple[FileRead, ...]


@dataclass(frozen=True)
class Card:
    """All that the page says of one number, in words; empty where nothing was recorded."""

    kind: str
    evidence_id: str
    anchor: str
    title: str
    group: str
    display: str
    decimals: int | None
    definition: Indicator | None
    operands: tuple[Operand, ...]
    unit: str
    period: str
    comparator: Comparator | None
    comparators: tuple[Comparator, ...]
    comparator_source: str
    no_comparator: str
    direction: str
    interval: str
    interval_kind: str
    base: str
    effective_base: str
    target: str
    target_basis: str
    rating: Badge | None
    status: str
    marks: tuple[str, ...]
    verdict: Badge | None
    warned: tuple[Check, ...]
    sources: tuple[Source, ...]
    rows: str
    traced: tuple[TracedRows, ...]
    notebook: str
    cell: str
    note: str
    stated: str
    agreement: Badge | None
    citation: str

    @property
    def name(self) -> str:
        """What the number is of, the cut included."""
        return f"{self.title.rstrip('.')}: {self.group}" if self.group else self.title

    @property
    def compared(self) -> tuple[Comparator, ...]:
        """Every comparator of it; the one beside it, where no others are listed."""
        return self.comparators or ((self.comparator,) if self.comparator else ())

    @property
    def place(self) -> str:
        """Where a claim is printed: the first sentence of its note."""
        return self.note.partition(". ")[0]

    @property
    def document(self) -> str:
        """The document that printed a claim, by name."""
        found = _DOCUMENT.search(self.note)
        return found[1] if found else ""

    @property
    def document_id(self) -> str:
        """What the workbook calls that document: the first word of the place."""
        return self.place.partition(",")[0]

    @property
    def recomputed(self) -> str:
        """How a claim was recomputed, or why not: what its note says after the document."""
        found = _DOCUMENT.search(self.note)
        return self.note[found.end() :].strip() if found else ""


class CardMaker:
    """Makes cards from the rows of one pack; its tables are looked up by evidence id."""

    def __init__(self, contents: PackContents) -> None:
        self._indicators = contents.indicators
        self._lineage = grouped(rows_of(contents.lineage), "evidence_id")
        self._comparators = grouped(rows_of(contents.comparators), "evidence_id")
        self._receipts = {r.dataset: r for r in reversed(contents.receipts)}
        self._made: dict[str, Card] = {}
        self._quarter, self._own = contents.quarter, contents.own
        self._council, self._sha256 = contents.council, contents.evidence_sha256
        every = (*contents.earlier, *contents.own, *contents.receipts)
        self._exact = {(r.dataset, r.sha256): r for r in every}

    def card(self, row: Row) -> Card:
        """The card of one row of evidence: made once, though several pages show it."""
        id_ = row["evidence_id"]
        if id_ not in self._made:
            self._made[id_] = self._card(row)
        return self._made[id_]

    def _card(self, row: Row) -> Card:
        _refuse_a_leak(row)
        indicator = self._indicators.get(row["indicator"])
        definition = indicator.defined(_measure(row)) if indicator else None
        decimals = self.decimals(row)
        title, group = self.named(row)
        return Card(
            kind=row["kind"],
            evidence_id=row["evidence_id"],
            anchor=anchor(row["evidence_id"]),
            title=title,
            group=group,
            display=_display(row, decimals),
            decimals=decimals,
            definition=definition,
            operands=tuple(_operands(row, definition)),
            unit=unit_in_words(row["unit"]),
            period=period_said(row["period"]),
            **_comparison(row, decimals, self._comparators.get(row["evidence_id"], [])),
            **_uncertainty(row, decimals),
            **_target(row, decimals),
            status=row["status"],
            marks=tuple(mark_in_words(m) for m in marks_of(row["status"])),
            verdict=verdict_badge(row["verdict"]),
            warned=tuple(self._warned(row)),
            sources=self._sources(row),
            rows=counted(int(row["rows_n"]), "row") if row["rows_n"] is not None else "",
            traced=() if is_suppressed(row) else tuple(self._rows(row)),
            notebook=row["notebook"],
            cell=row["cell"],
            stated=_stated(row),
            agreement=agreement_badge(row["agreement"]),
            citation=self._citation(row["evidence_id"]),
        )

    def named(self, row: Row) -> tuple[str, str]:
        """What a row is of: the title of the whole, and the cut; nothing where it is the whole."""
        return _title_and_group(row, self._indicators.get(row["indicator"]))

    def decimals(self, row: Row) -> int | None:
        """How many decimals a figure is shown with; None where nothing says so."""
        return _decimals(row, self._indicators.get(row["indicator"]))

    def comparators(self, evidence_id: str) -> list[Row]:
        """Every comparator of a number, as `comparators.csv` has them."""
        return self._comparators.get(evidence_id, [])

    def title(self, indicator: str) -> str:
        """What the catalogue calls an indicator; nothing of one that it does not know."""
        return self._indicators[indicator].title if indicator in self._indicators else ""

    def _citation(self, evidence_id: str) -> str:
        named, invented = self._council.name, self._council.invented
        return citation(evidence_id, named, self._quarter, self._sha256, invented=invented)

    def _receipt(self, dataset: str, sha256: str) -> Receipt | None:
        return self._exact.get((dataset, sha256)) or self._receipts.get(dataset)

    def _traced(self, row: Row) -> list[Row]:
        own = {"role": "", "dataset": row["dataset"], "sha256": row["dataset_sha256"]}
        return self._lineage.get(row["evidence_id"]) or ([own] if row["dataset"] else [])

    def _sources(self, row: Row) -> tuple[Source, ...]:
        return tuple(self._source(each) for each in self._traced(row))

    def _source(self, traced: Row) -> Source:
        receipt = self._receipt(traced["dataset"], traced["sha256"])
        title = _title_of(receipt, self._quarter) if receipt else traced["dataset"]
        files = receipt.files if receipt else ()
        return Source(traced["role"].replace("_", " "), title, traced["sha256"], files)

    def _rows(self, row: Row) -> Iterable[TracedRows]:
        for each in self._lineage.get(row["evidence_id"], ()):
            receipt = self._receipt(each["dataset"], each["sha256"])
            if receipt:
                title = _title_of(receipt, self._quarter)
                own = receipt in self._own
                yield traced_rows(each["role"], title, receipt, each["rows"], own=own)

    def _warned(self, row: Row) -> Iterable[Check]:
        for dataset in dict.fromkeys((t["dataset"], t["sha256"]) for t in self._traced(row)):
            receipt = self._receipt(*dataset)
            yield from (c for c in receipt.verdict.checks if not c.passed) if receipt else ()


def _title_of(receipt: Receipt, quarter: str) -> str:
    """A dataset's title; the quarter too, where it is an earlier one."""
    earlier = receipt.quarter != quarter
    return f"{receipt.title} of {quarter_in_full(receipt.quarter)}" if earlier else receipt.title


def _title_and_group(row: Row, indicator: Indicator | None) -> tuple[str, str]:
    """The title of the whole, and the cut; a recorded cut's title ends in its values."""
    title, group = row["title"] or row["evidence_id"], row["group"]
    keys = row["evidence_id"].partition("/")[2].split("&")
    if indicator and indicator.measures:  # each has a title of its own
        keys = [key for key in keys if not key.startswith("measure=")]
        group = ": ".join(part for part in group.split(": ") if part != _measure(row)) * bool(keys)
    tail = sum(len(label(unquote(key.partition("=")[2]))) + len(": ") for key in keys)
    if row["kind"] == "claim":
        return title.rstrip("."), ""  # each part has a sentence of its own
    if not group or not title.endswith(f": {label(group)}") or tail >= len(title):
        return title, group
    return title[:-tail], title[-tail:].removeprefix(": ")


def period_said(period: str) -> str:
    """A period in full, whether it is written as a quarter, as days or in words."""
    try:
        return quarter_in_full(period)
    except UsageError:
        return period_in_full(period)


def is_suppressed(row: Row) -> bool:
    """Whether a row of evidence is marked `[c]`."""
    return "c" in marks_of(row["status"]) or row["display"] == SUPPRESSED


def _refuse_a_leak(row: Row) -> None:
    told = [name for name in _TELLING if row[name] is not None] if is_suppressed(row) else []
    if told:
        raise OurFault(
            f"Evidence {row['evidence_id']} is suppressed and still carries {', '.join(told)}. "
            "A suppressed row has no numbers. The recorder must take them out; nothing was written."
        )


def _display(row: Row, decimals: int | None) -> str:
    if is_suppressed(row):
        return SUPPRESSED
    return row["display"] or printed(row["value"], row["unit"], decimals) or NOT_AVAILABLE


def _decimals(row: Row, indicator: Indicator | None) -> int | None:
    """As printed for a claim, as the catalogue has it for an indicator."""
    as_printed = _whole(row["stated_decimals"])
    if row["kind"] == "claim" and as_printed is not None:
        return max(as_printed, 0)
    return indicator.as_shown(_measure(row)).decimals if indicator else None


def _measure(row: Row) -> str:
    """Which figure of an indicator of several a row is of."""
    pairs = (key.partition("=") for key in row["evidence_id"].partition("/")[2].split("&"))
    return next((value for name, _, value in pairs if name == "measure"), "")


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _operands(row: Row, indicator: Indicator | None) -> Iterable[Operand]:
    for part in ("numerator", "denominator"):
        words = getattr(indicator, part) if indicator else ""
        if row[part] is not None:
            yield Operand(part, words, printed(row[part]))
        elif words and words not in ("-", "none"):
            yield Operand(part, words, SUPPRESSED if is_suppressed(row) else "not recorded")


def _comparison(row: Row, decimals: int | None, others: list[Row]) -> dict[str, Any]:
    reason, note = _reason_and_note(row["note"])
    found = row["comparator_value"] is not None
    said = (row["comparator_statistic"], row["comparator"], row["comparator_period"])
    value = printed(row["comparator_value"], row["unit"], decimals)
    return {
        "comparator": _headline_comparator(value, *said) if found else None,
        "comparators": tuple(_other(each, row["unit"], decimals) for each in others),
        "comparator_source": row["comparator_source"],
        "no_comparator": "" if found else reason,
        "direction": row["direction"],
        "note": note,
    }


def _headline_comparator(value: str, statistic: str, group: str, period: str) -> Comparator:
    words = _comparator_words(statistic, group, period)
    return Comparator(value, words, "", group, statistic, period_said(period))


def _reason_and_note(note: str) -> tuple[str, str]:
    """A note parted into why there is no comparator (to the end of its line), and the rest."""
    before, _, after = note.partition(NO_COMPARATOR)
    reason, _, rest = after.partition("\n")
    return reason.strip(), "\n".join(part for part in (before.strip(), rest.strip()) if part)


def _comparator_words(statistic: str, group: str, period: str) -> str:
    known = statistic if statistic != "not stated" else ""
    named = " of ".join(part for part in (known, group) if part)
    return ", ".join(part for part in (named, period_said(period)) if part)


def _other(row: Row, unit: str, decimals: int | None) -> Comparator:
    group = row["group"] + (f" ({row['version']})" if row["version"] else "")
    words = _comparator_words(row["statistic"], group, row["period"])
    several = row["n"] and row["group"] != NATION
    members = f", {counted(int(row['n']), 'council')}" if several else ""
    return Comparator(
        _of_comparator(row, unit, decimals), words + members, row["missing"], group,
        row["statistic"], period_said(row["period"]), f"{row['n']:,.0f}" if several else "",
    )  # fmt: skip


def _of_comparator(row: Row, unit: str, decimals: int | None) -> str:
    """Its value in the figure's unit; a rank is a place and has none."""
    if row["statistic"].startswith(RANKED):
        return printed(row["value"], "", 0)
    return printed(row["value"], unit, decimals) or NOT_AVAILABLE


def _uncertainty(row: Row, decimals: int | None) -> dict[str, Any]:
    ends = [printed(row[end], row["unit"], decimals) for end in ("lower", "upper")]
    return {
        # A range narrower than the digits shown says nothing.
        "interval": " to ".join(ends) if all(ends) and ends[0] != ends[1] else "",
        "interval_kind": row["interval"],
        "base": printed(row["base_n"], "", 0),
        "effective_base": printed(row["effective_n"], "", 0),
    }


def _stated(row: Row) -> str:
    """A claim as printed: its number, else its words, which its note quotes."""
    if row["kind"] != "claim":
        return ""
    words = _PRINTED.search(row["note"])
    number = printed(row["stated_value"], row["unit"], _whole(row["stated_decimals"]))
    return number or (words[1] if words else "not printed")


def _target(row: Row, decimals: int | None) -> dict[str, Any]:
    hidden = is_suppressed(row)
    return {
        "target": printed(row["target"], row["unit"], decimals),
        "target_basis": row["target_basis"],
        "rating": None if hidden else rating_badge(row["rag"]),
    }
