"""References of a statement, `{{ KF17.comparator }}`, as the words and links they stand for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from peerpack.errors import PeerpackError
from peerpack.handover.records import NamedFinding
from peerpack.handover.statement import Block, Listing, Paragraph, Piece
from peerpack.render.cards import Card
from peerpack.statement.known import Cited, Known, heads_first, hidden
from peerpack.vocab import THEMES
from peerpack.words.numbers import NOT_AVAILABLE, day_in_full, quarter_in_full

NOT_SHOWN = "[c] not shown: too few people"
NOT_KNOWN = "[x] not available"
NOTHING = "No evidence was supplied for this theme."
STOPPED = "Nothing is shown for this theme: what was supplied did not pass its checks."
UNSAID = "No finding was made for this theme."
LINKS_N = 4
_LISTS = ("findings", "theme")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")


class Unresolved(PeerpackError):
    """A reference that names nothing in the pack; its message says why, and what comes near."""

    exit_code = 60


@dataclass(frozen=True)
class Resolved:
    """What stands for a reference, and the evidence that is cited by it."""

    pieces: tuple[Piece, ...]
    cited: tuple[Cited, ...] = ()


def is_list(reference: str) -> bool:
    """Whether a reference stands for a list, and so for a paragraph of its own."""
    return reference.partition(":")[0].strip() in _LISTS


def listed(reference: str, known: Known) -> Block:
    """All findings of a theme, a bullet each; or why there are none."""
    id_ = reference.partition(":")[2].strip()
    if id_ not in THEMES:
        raise Unresolved(f"no such theme; the themes are {', '.join(THEMES)}")
    own = [each for each in known.contents.findings if each.theme == id_]
    if own:
        said = (_sentence(each.text, each.evidence_ids, known) for each in own)
        return Listing(None, tuple((Paragraph(each.pieces),) for each in said))
    return Paragraph((Piece(_why_none(id_, known)),))


def _why_none(theme: str, known: Known) -> str:
    if any(each.stopped for each in known.contents.withheld if each.theme == theme):
        return STOPPED
    return UNSAID if any(r["theme"] == theme for r in known.rows.values()) else NOTHING


def resolved(reference: str, known: Known) -> Resolved:
    """The words that stand for a reference within a line; Unresolved where it names nothing."""
    contents = known.contents
    plain = {
        "council": lambda: contents.council.name,
        "quarter": lambda: contents.quarter,
        "period": lambda: quarter_in_full(contents.quarter),
        "as_at": lambda: day_in_full(contents.as_at),
    }
    if reference in plain:
        return Resolved((Piece(plain[reference]()),))
    if is_list(reference):
        raise Unresolved("a list of findings. Give it a paragraph of its own")
    kind, colon, name = reference.partition(":")
    if colon and kind.strip() == "finding":
        return _finding(name.strip(), known)
    return _figure(reference, known)


def _finding(name: str, known: Known) -> Resolved:
    found = known.findings.get(name, [])
    if not found:
        raise Unresolved(f"no finding of that name; {_near(name, list(known.findings))}")
    notebooks = sorted({each.notebook for each in found})
    if len(notebooks) > 1:
        ways = " or ".join(f"{{{{ finding:{n.partition('-')[0]}/{name} }}}}" for n in notebooks)
        raise Unresolved(f"a finding of several notebooks. Write {ways}")
    return _sentence(" ".join(each.text for each in found), _of_all(found), known)


def _of_all(found: list[NamedFinding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for each in found for id_ in each.evidence_ids))


def _sentence(text: str, evidence_ids: tuple[str, ...], known: Known) -> Resolved:
    """A finding's own words, then the figures it rests on, the whole ones first."""
    heads = list(heads_first(evidence_ids, known))[:LINKS_N]
    links = [p for id_ in heads for p in (Piece(" "), Piece(f"[{unquote(id_)}]", evidence_id=id_))]
    return Resolved((Piece(text), *links), tuple(Cited(id_) for id_ in heads))


def _figure(reference: str, known: Known) -> Resolved:
    name, part = reference, "display"
    row = known.row(name)
    if row is None and "." in reference:
        name, _, part = reference.rpartition(".")
        row = known.row(name)
    if row is None:
        raise Unresolved(f"no such evidence in this pack; {_near(reference, list(known.rows))}")
    if part not in _PARTS:
        raise Unresolved(f"{name} has no {part!r}; there are {', '.join(_PARTS)}")
    evidence_id = row["evidence_id"]
    shielded = hidden(row) and part != "period"
    text = NOT_SHOWN if shielded else _text(part, known.card(evidence_id))
    said = "value" if part == "display" else part
    return Resolved((Piece(text, evidence_id),), (Cited(evidence_id, part=said),))


def _text(part: str, card: Card) -> str:
    text = _PARTS[part](card)
    if not text:
        why = f": {card.no_comparator}" if part == "comparator" and card.no_comparator else ""
        raise Unresolved(f"{card.evidence_id} has no {part} in this pack{why}")
    return text


def shown_number(card: Card) -> str:
    """A figure as displayed; a claim that cannot be recomputed as it was printed."""
    if card.display != NOT_AVAILABLE:
        return card.display
    return card.stated if card.stated and card.stated != "not printed" else NOT_KNOWN


def _alone(card: Card) -> str:
    """A figure without its unit, for a table whose heading says it."""
    shown = shown_number(card)
    found = None if shown.startswith("[") else _NUMBER.search(shown)
    return found[0] if found else shown


def _comparator(card: Card) -> str:
    beside = card.comparator
    if beside is None:
        return ""
    return f"{beside.value} ({beside.words})" if beside.words else beside.value


_PARTS: dict[str, Callable[[Card], str]] = {
    "display": shown_number,
    "value": _alone,
    "comparator": _comparator,
    "target": lambda card: card.target,
    "interval": lambda card: card.interval,
    "period": lambda card: card.period,
    "base": lambda card: card.base,
    "direction": lambda card: card.direction,
    "stated": lambda card: card.stated,
}


def _near(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=3, cutoff=0.5) or list(_same_start(name, names))[:3]
    return f"near: {', '.join(near)}" if near else "see evidence.csv and findings.json of a pack"


def _same_start(name: str, names: list[str]) -> Iterator[str]:
    """Of a cut that is not there, cuts of the same figure."""
    own = name.partition("/")[0].partition(".")[0]
    return (each for each in names if each.partition("/")[0] == own)
