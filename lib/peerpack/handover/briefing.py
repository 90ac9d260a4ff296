"""The briefing of a pack: what is said first of each theme, chosen and worded by `packs`."""

from dataclasses import dataclass

from peerpack.handover.records import Finding


@dataclass(frozen=True)
class Figure:
    """What is said beside one headline figure.

    `gap`: how it stands to its comparator, empty where it has none or may not be compared;
    `adverse`: whether it is clearly on the worse side. `moved`: one of MOVES but `gone`, nothing in
    a first pack; `before`: what the pack before said, of one that moved.
    """

    evidence_id: str
    gap: str = ""
    adverse: bool = False
    moved: str = ""
    before: str = ""


NEW, REVISED, SAME, GONE = "new", "revised", "the same", "gone"
MOVES = (
    "better", "worse", "higher", "lower", "no clear change", "longer", "other", SAME, REVISED, NEW,
    GONE,
)  # fmt: skip
"""What can have become of a figure since the pack before: as `handover.changes` says how one moved,
and what else there is; in the order it is counted."""


@dataclass(frozen=True)
class Gone:
    """A headline figure that the pack before shows and this one does not, and why."""

    evidence_id: str
    title: str
    why: str


@dataclass(frozen=True)
class NotEvidenced:
    """Something that the pack says nothing of, and why.

    `kind`: a question `withheld` by a gate or `unanswered`, a `source` not supplied, a `figure`
    without a value.
    """

    kind: str
    what: str
    why: str


@dataclass(frozen=True)
class Counted:
    """How many of a kind, in words: a rating, one of MOVES, or `gone`."""

    kind: str
    words: str


@dataclass(frozen=True)
class Fact:
    """A count over the whole pack with what it counts: `2 of 3`, `targets are missed`."""

    number: str
    words: str


@dataclass(frozen=True)
class ThemeBriefing:
    """What is said first of a theme.

    `findings`: those to read first. `worst`: the figure furthest behind its comparator;
    `worst_said`: what is said of it, or why there is none. `targets`, `moved`: how its figures
    stand to their targets, and what became of them since the pack before. `missing`: what it has
    no evidence for, counted in words; empty where nothing is known to be missing. `figures`: every
    headline figure.
    """

    theme: str
    findings: tuple[Finding, ...] = ()
    worst: str = ""
    worst_said: str = ""
    targets: tuple[Counted, ...] = ()
    moved: tuple[Counted, ...] = ()
    missing: str = ""
    figures: tuple[Figure, ...] = ()
    gone: tuple[Gone, ...] = ()
    not_evidenced: tuple[NotEvidenced, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """The briefing of a pack by theme; `previous`: the quarter of the pack before, if any."""

    facts: tuple[Fact, ...] = ()
    themes: tuple[ThemeBriefing, ...] = ()
    previous: str = ""

    def of(self, theme: str) -> ThemeBriefing:
        """What is said first of a theme: of one that it does not know, nothing."""
        return next((each for each in self.themes if each.theme == theme), ThemeBriefing(theme))
