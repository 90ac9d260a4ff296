"""What does the first screen say? How many figures, from what, and how they stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from peerpack.catalogue.models import Regime
from peerpack.handover.evidence import is_head
from peerpack.handover.pack import PackContents
from peerpack.render.badges import Badge, agreement_badge, mark_in_words, marks_of, verdict_badge
from peerpack.render.numbers import counted
from peerpack.render.rows import Row
from peerpack.vocab import OUTCOMES, STATUS_MARKS
from peerpack.words.numbers import listed

_ORDER = ("Agrees", "Agrees within rounding", "Cannot be", "Cannot be recomputed")


@dataclass(frozen=True)
class Tally:
    """A count beside what it counts."""

    number: int
    badge: Badge


@dataclass(frozen=True)
class Summary:
    """The counts of a pack; counting records is all the arithmetic a page does."""

    indicators_n: int
    cuts_n: int
    claims_n: int
    files_n: int
    returns: tuple[str, ...]
    verdicts: tuple[Tally, ...]
    agreements: tuple[Tally, ...]
    marks: tuple[str, ...]

    @property
    def holds(self) -> str:
        """What the page holds, in words."""
        said = (
            self.indicators_n and counted(self.indicators_n, "headline figure"),
            self.cuts_n and f"{counted(self.cuts_n, 'figure')} for parts of the council or area",
            self.claims_n and f"{counted(self.claims_n, 'published figure')} that we tested",
        )
        return listed([each for each in said if each]) or "no figures"


def summary(contents: PackContents, rows: list[Row]) -> Summary:
    """The counts of a pack; `rows`: those of its evidence."""
    figures = [row for row in rows if row["kind"] != "claim"]
    claims = [row for row in rows if row["kind"] == "claim"]
    return Summary(
        indicators_n=sum(is_head(row["breakdown"]) for row in figures),
        cuts_n=sum(row["breakdown"] not in ("", "measure") for row in figures),
        claims_n=len(claims),
        files_n=len({file.sha256 for r in contents.receipts for file in r.files}),
        returns=tuple(sorted({r.title for r in contents.receipts})),
        verdicts=tuple(_verdicts(contents)),
        agreements=tuple(_agreements(claims)),
        marks=tuple(_marks(rows)),
    )


def _verdicts(contents: PackContents) -> Iterable[Tally]:
    found = Counter[str](r.verdict.outcome for r in contents.receipts)
    for outcome in OUTCOMES:
        badge = verdict_badge(outcome)
        if badge:
            yield Tally(found[outcome], badge)


def _agreements(claims: list[Row]) -> list[Tally]:
    badges = [badge for row in claims if (badge := agreement_badge(row["agreement"]))]
    found = Counter(badges)
    known = sorted(found, key=lambda b: (_ORDER.index(b.text) if b.text in _ORDER else 9, b.text))
    return [Tally(found[badge], badge) for badge in known]


def _marks(rows: list[Row]) -> list[str]:
    used = {mark for row in rows for mark in marks_of(row["status"])}
    return [mark_in_words(mark) for mark in [*STATUS_MARKS, *sorted(used - {*STATUS_MARKS})]]


def regime_in_words(regime: Regime) -> tuple[str, ...]:
    """A regime of disclosure control as sentences that a member of the public can read."""
    hidden = regime.threshold > 1
    last = f" from 1 to {regime.threshold - 1}" if regime.threshold > 2 else " of 1"
    rounded = regime.rounding_base > 1
    said = (
        hidden and f"Counts of people{last} are not shown.",
        rounded
        and f"Other counts of people are rounded to the nearest {regime.rounding_base}, the "
        "council's own head count apart.",
        f"No figure rests on fewer than {counted(regime.min_base_staff, 'member')} of staff.",
        f"One on fewer than {counted(regime.min_base_survey, 'survey answer')} is marked [u].",
        f"A figure about staff is not shown where one person makes up more than "
        f"{regime.dominance * 100:.0f}% of it.",
        "Where a hidden number could be worked out from those around it, another is hidden too.",
        "Payments that the council has already published are exempt.",
    )
    return tuple(sentence for sentence in said if sentence)
