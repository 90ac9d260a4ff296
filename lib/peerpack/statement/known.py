"""What a statement may lean on: a pack's figures, the words its page has for them, its findings."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

import pandas as pd

from peerpack.handover.evidence import is_head
from peerpack.handover.neighbours import ENGLAND
from peerpack.handover.pack import PackContents
from peerpack.handover.records import NamedFinding
from peerpack.measures.compare import RANK
from peerpack.render.cards import Card, CardMaker, is_suppressed
from peerpack.render.rows import Row, rows_of
from peerpack.vocab import THEMES
from peerpack.words.numbers import SUPPRESSED

SECTIONS = ("summary", "quality", "about")


@dataclass(frozen=True)
class Cited:
    """Evidence that a sentence leans on, where in it, and which of its figures is said."""

    evidence_id: str
    start: int = 0
    part: str = "value"


class Known:
    """The evidence and findings of one pack, and the evidence of the pack before."""

    def __init__(self, contents: PackContents, before: pd.DataFrame | None = None) -> None:
        self.contents = contents
        self._maker = CardMaker(contents)
        self.rows = {row["evidence_id"]: row for row in rows_of(contents.evidence)}
        earlier = rows_of(before) if before is not None else []
        self._comparators = rows_of(contents.comparators)
        self._before = {row["evidence_id"]: row for row in earlier}

    def row(self, evidence_id: str) -> Row | None:
        """The row of an evidence id, its cuts in any order and written plainly or encoded."""
        return self.rows.get(evidence_id) or self.rows.get(_as_recorded(evidence_id))

    def card(self, evidence_id: str) -> Card:
        """The words that the page has for it."""
        return self._maker.card(self.rows[evidence_id])

    def before(self, evidence_id: str) -> Row | None:
        """The same figure in the pack before; none where that is of the same period, or hidden."""
        row, then = self.rows[evidence_id], self._before.get(evidence_id)
        return then if then and then["period"] != row["period"] and row["direction"] else None

    def has_anchor(self, name: str) -> bool:
        """Whether the reviewer's page has an anchor: of a figure, a theme or a section."""
        return name in THEMES or name in SECTIONS or unquote(name.removeprefix("e-")) in self.rows

    def polarity(self, evidence_id: str) -> str:
        """`higher` or `lower` where one is the better, else `context`."""
        row = self.rows[evidence_id]
        indicator = self.contents.indicators.get(row["indicator"])
        pairs = (key.partition("=") for key in evidence_id.partition("/")[2].split("&"))
        measure = next((value for name, _, value in pairs if name == "measure"), "")
        return indicator.as_shown(measure).polarity if indicator else "context"

    def place(self, evidence_id: str) -> tuple[int, int] | None:
        """The council's place from the highest, and of how many."""
        of_it = self._ranks.get(evidence_id)
        return (int(of_it["value"]), int(of_it["n"])) if of_it else None

    def nation(self, evidence_id: str) -> float | None:
        """England's own figure beside it."""
        found = self._nations.get(evidence_id)
        return found["value"] if found else None

    @cached_property
    def _ranks(self) -> dict[str, Row]:
        return {r["evidence_id"]: r for r in self._comparators if r["statistic"] == RANK}

    @cached_property
    def _nations(self) -> dict[str, Row]:
        return {r["evidence_id"]: r for r in self._comparators if r["group"] == ENGLAND}

    @cached_property
    def heads(self) -> tuple[Row, ...]:
        """The figures that are no parts of others, claims among them."""
        return tuple(r for r in self.rows.values() if is_head(r["breakdown"]))

    @cached_property
    def findings(self) -> dict[str, list[NamedFinding]]:
        """Findings by every name: their cell's, also with the notebook's number, their figure's."""
        named: dict[str, list[NamedFinding]] = {}
        for each in (f for f in self.contents.findings if isinstance(f, NamedFinding)):
            number = each.notebook.partition("-")[0]
            about = each.evidence_ids[:1]
            for name in dict.fromkeys((each.name, f"{number}/{each.name}", *about)):
                named.setdefault(name, []).append(each)
        return named


def number_of(row: Row) -> float:
    """What a figure comes to: its value, or as printed where a claim cannot be recomputed."""
    value = row["value"] if row["value"] is not None else row["stated_value"]
    return math.nan if value is None or hidden(row) else float(value)


def hidden(row: Row) -> bool:
    """Whether a figure is not shown, to protect people."""
    return is_suppressed(row) or row["display"] == SUPPRESSED


def heads_first(evidence_ids: tuple[str, ...], known: Known) -> Iterator[str]:
    """The figures that findings rest on, the whole ones if there are any."""
    there = [each for each in evidence_ids if each in known.rows]
    heads = [each for each in there if is_head(known.rows[each]["breakdown"])]
    yield from heads or there


def _as_recorded(evidence_id: str) -> str:
    name, slash, cuts = evidence_id.partition("/")
    pairs = [cut.partition("=") for cut in cuts.split("&")]
    written = sorted(f"{key.strip()}={quote(unquote(value.strip()), safe='')}"
                     for key, _, value in pairs)  # fmt: skip
    return f"{name}/{'&'.join(written)}" if slash else name
