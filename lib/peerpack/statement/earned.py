"""Whether the evidence that a sentence cites earns what the sentence claims."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from peerpack.handover.evidence import is_head
from peerpack.measures import compare
from peerpack.render.rows import Row
from peerpack.statement.claims import Claim
from peerpack.statement.known import Cited, Known, hidden, number_of
from peerpack.vocab import days_of

OWN_EARLIER = "own earlier period"
UNCLEAR = "within what chance or rounding can make of it"
REACHED = {"=": (0.95, 1.05), "~": (0.9, 1.1), ">": (1.0, math.inf), "just over": (1.0, 1.1),
           "<": (0.85, 1.0), "just under": (0.85, 1.0)}  # fmt: skip
"""How much of a factor must be reached, by how it is hedged: doubled, almost doubled."""
_CHANGE = re.compile(r"[/&](?:measure=change(?=&|$)|part=(?:growth|increase|change))")
_LESS = re.compile(r"[/&]part=reduction")
_GAP = re.compile(r"[/&]part=(?:gap|excess)")
_LACKS = {
    "times": "nothing earlier to be set against in this pack",
    "change": "nothing earlier to be set against in this pack",
    "comparison": "no like-for-like comparator, or neither way is the better one",
    "rank": "no rank in this pack",
    "target": "no target in this pack",
}
_EARLIER = re.compile(r"\b(?:last|previous|prior|before|earlier|a year ago)\b", re.IGNORECASE)
_TO_TARGET = re.compile(r"\btargets?\b", re.IGNORECASE)
_TO_NATION = re.compile(r"\b(?:England|English|national|nationally)\b", re.IGNORECASE)
_SAID = {"up": "went up", "down": "went down", "same": "is the same", "unclear": f"moved {UNCLEAR}",
         "better": "says better", "worse": "says worse", "missed": "is not at its target",
         "met": "is at its target", "exceeded": "is beyond its target"}  # fmt: skip
_STOOD = {"higher": "up", "lower": "down", "the same": "same", "not clearly different": "unclear"}


@dataclass(frozen=True)
class Ends:
    """A figure now and then, with how far each may be off either way."""

    now: float
    then: float
    off: float = 0.0

    @property
    def way(self) -> str:
        """`up`, `down`, `same`, or `unclear` where the change is not beyond its interval."""
        if math.isclose(self.now, self.then, rel_tol=1e-9, abs_tol=1e-12):
            return "same"
        if abs(self.now - self.then) <= self.off:
            return "unclear"
        return "up" if self.now > self.then else "down"


def why_not(claim: Claim, cited: Sequence[Cited], known: Known) -> str:
    """Why evidence does not earn a claim, in a clause; nothing where it does.

    `cited`: what the claim's part of the sentence cites, else what the sentence does. One of it
    must earn the claim and none speak against it. A claim that is denied needs evidence that could
    have earned it and does not.
    """
    if not cited:
        return "no evidence is cited in the sentence"
    if claim.kind == "times":
        return _times(claim, cited, known)
    ways = {each.evidence_id: _way(claim, each, cited, known) for each in cited}
    told = {id_: way for id_, way in ways.items() if way}
    if not told:
        return f"{', '.join(ways)}: {_LACKS[claim.kind]}"
    kept = {id_ for id_, way in told.items() if way == claim.way}
    against = {id_: way for id_, way in told.items() if way in _against(claim)}
    if claim.denied:
        return f"{' and '.join(sorted(kept))} says that it is so" if kept else ""
    if kept and not against:
        return ""
    return "; ".join(
        f"{id_} {_SAID.get(way, way)}" for id_, way in sorted((against or told).items())
    )


def _against(claim: Claim) -> tuple[str, ...]:
    if claim.kind in ("rank", "target"):
        return ("missed",) if claim.way == "met" else ()
    return tuple({"up": ("down",), "down": ("up",), "better": ("worse",), "worse": ("better",)}
                 .get(claim.way, ()))  # fmt: skip


def _way(claim: Claim, each: Cited, cited: Sequence[Cited], known: Known) -> str:
    """What one piece of evidence says to a claim, in the claim's own words where it can."""
    row = known.rows[each.evidence_id]
    if hidden(row):
        return ""
    if claim.kind == "rank":
        return _rank(claim, row, known)
    if claim.kind == "target":
        return _target(claim, row, known)
    earlier = claim.kind == "change" or bool(_EARLIER.search(claim.to))
    way = _changed(each, cited, known) if earlier else _stands(claim, each, cited, known)
    return _good(way, row, known) if claim.way in ("better", "worse") else way


def _good(way: str, row: Row, known: Known) -> str:
    """`better` or `worse`, by which end of the figure is the better one."""
    if way not in ("up", "down"):
        return way
    polarity = known.polarity(row["evidence_id"])
    if polarity == "context":
        return ""
    return "better" if (way == "up") == (polarity == "higher") else "worse"


def _changed(each: Cited, cited: Sequence[Cited], known: Known) -> str:
    """Which way a figure went: itself a change, or since an earlier one, its own or cited."""
    row = known.rows[each.evidence_id]
    if _CHANGE.search(each.evidence_id) or _LESS.search(each.evidence_id):
        return _of_a_change(row)
    ends = _ends(each, cited, known)
    return ends.way if ends else ""


def _of_a_change(row: Row) -> str:
    """A change's own way; one that is not printed needs an interval, for it is between samples."""
    size = number_of(row)
    if math.isnan(size) or (row["kind"] != "claim" and row["lower"] is None):
        return ""
    return Ends(-abs(size) if _LESS.search(row["evidence_id"]) else size, 0.0, _half(row)).way


def _ends(each: Cited, cited: Sequence[Cited], known: Known) -> Ends | None:
    row, then = known.rows[each.evidence_id], known.before(each.evidence_id)
    now = number_of(row)
    if math.isnan(now):
        return None
    if row["comparator_statistic"] == OWN_EARLIER and row["comparator_value"] is not None:
        return Ends(now, row["comparator_value"])
    if then and then["value"] is not None:
        return Ends(now, then["value"], math.hypot(_half(row), _half(then)))
    others = (known.rows[c.evidence_id] for c in cited if c.evidence_id != each.evidence_id)
    kin = [r for r in others if _of_another_time(row, r) and not math.isnan(number_of(r))]
    if not kin:
        return None
    first, last = sorted((row, kin[0]), key=_began)
    return Ends(number_of(last), number_of(first), math.hypot(_half(first), _half(last)))


def _of_another_time(row: Row, other: Row) -> bool:
    """Whether two rows are one figure at two times."""
    return bool(row["indicator"]) and (
        (row["indicator"], row["unit"]) == (other["indicator"], other["unit"])
        and _lasting(row) == _lasting(other)
        and _began(row) != _began(other)
    )


def _lasting(row: Row) -> frozenset[str]:
    keys = row["evidence_id"].partition("/")[2].split("&")
    return frozenset(k for k in keys if not k.startswith(("wave=", "financial_quarter=")))


def _began(row: Row) -> str:
    return days_of(row["period"]) if row["period"] else ""


def _half(row: Row) -> float:
    """How far a figure may be off either way; nothing where it has no interval."""
    if row["lower"] is None or row["upper"] is None:
        return 0.0
    return float(row["upper"] - row["lower"]) / 2


def _stands(claim: Claim, each: Cited, cited: Sequence[Cited], known: Known) -> str:
    """How a figure stands to what the sentence sets it against."""
    row = known.rows[each.evidence_id]
    if _GAP.search(each.evidence_id):
        return Ends(number_of(row), 0.0, _half(row)).way
    after = [c for c in cited if c.start > claim.start and c.evidence_id != each.evidence_id]
    if after and after[0].part == "value" and each.start < claim.start:
        return _beside(row, number_of(known.rows[after[0].evidence_id]))
    if (
        each.part == "value"
        and each.start > claim.start
        and len({c.evidence_id for c in cited}) > 1
    ):
        return ""  # it is what another figure is set against
    if _TO_TARGET.search(claim.to) or each.part == "target":
        return _beside(row, math.nan if row["target"] is None else row["target"])
    nation = known.nation(each.evidence_id) if _TO_NATION.search(claim.to) else None
    against = nation if nation is not None else row["comparator_value"]
    return _beside(row, math.nan if against is None else against)


def _beside(row: Row, against: float) -> str:
    if row["effective_n"] is not None and row["lower"] is None:
        return "unclear"  # an estimate without an interval
    lower, upper = (math.nan if row[e] is None else row[e] for e in ("lower", "upper"))
    return _STOOD.get(compare.standing(number_of(row), lower, upper, against), "")


def _rank(claim: Claim, row: Row, known: Known) -> str:
    """The claim's own way where the figure stands at that end, else the place it has."""
    place = known.place(row["evidence_id"]) or _among_parts(row, known)
    if place is None:
        return ""
    at, of = place
    end = claim.way.split()[-1]
    if end in ("best", "worst"):
        polarity = known.polarity(row["evidence_id"])
        if polarity == "context":
            return ""
        end = "highest" if (end == "best") == (polarity == "higher") else "lowest"
    from_end = at if end == "highest" else of + 1 - at
    least = most = int(claim.to or 1)
    if claim.way.startswith("among"):
        least, most = 1, max(1, math.ceil(of / 4))
    earned = least <= from_end <= most
    return claim.way if earned else f"is in place {at} of {of} from the highest"


def _among_parts(row: Row, known: Known) -> tuple[int, int] | None:
    """The place of a part among the parts of its figure; none where one of them is hidden."""
    if is_head(row["breakdown"]):
        return None
    kin = [r for r in known.rows.values()
           if (r["indicator"], r["breakdown"]) == (row["indicator"], row["breakdown"])]  # fmt: skip
    values = [number_of(each) for each in kin]
    if any(hidden(each) for each in kin) or any(map(math.isnan, values)):
        return None
    return 1 + sum(value > number_of(row) for value in values), len(values)


def _target(claim: Claim, row: Row, known: Known) -> str:
    if row["target"] is None or not row["rag"]:
        return ""
    stood = _beside(row, row["target"])
    if claim.way in ("up", "down"):
        return stood
    if claim.way == "exceeded":
        better = _good(stood, row, known) == "better"
        return "exceeded" if better else f"is at {row['rag']} against its target"
    return "met" if row["rag"] == "green" else "missed"


def _times(claim: Claim, cited: Sequence[Cited], known: Known) -> str:
    """`doubled` of a figure and its earlier self: within a twentieth, or to its hedge's side."""
    found = [ends for each in cited if (ends := _ends(each, cited, known)) and ends.then]
    if not found:
        return f"{', '.join(dict.fromkeys(c.evidence_id for c in cited))}: {_LACKS['times']}"
    ratio, factor = found[0].now / found[0].then, float(claim.way)
    reached = ratio / factor if factor > 1 or not ratio else factor / ratio
    least, most = REACHED.get(claim.to, REACHED["="])
    return "" if least <= reached <= most else f"it is {ratio:.2f} times what it was"
