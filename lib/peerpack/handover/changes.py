"""What changed since the pack before, as a page of the pack says it.

Of a figure that one of the two packs hides only its name is here, and of one that is no longer
shown no number either: what the earlier pack said stands in the earlier pack.
"""

from dataclasses import dataclass
from typing import Literal

Of = Literal["whole", "part", "published"]
How = Literal["better", "worse", "higher", "lower", "no clear change", "longer", "other", ""]


@dataclass(frozen=True)
class FigureNamed:
    """A figure by what it is of: the whole, a part of the council or area, or one published."""

    evidence_id: str
    title: str
    theme: str
    of: Of = "whole"


@dataclass(frozen=True)
class FigureMoved:
    """A figure that both packs show and that is not the same; numbers as each pack displays them.

    `by`: the difference with its unit, empty where the two are not numbers of one unit. `how`: what
    that means; `better` and `worse` only where the definition says which way is good, `no clear
    change` where each lies in the other's interval or both are displayed alike, `longer` where one
    speaks of a longer time, `other` where the definition moved or none says. Ratings and targets
    are empty where there are none.
    """

    figure: FigureNamed
    then: str
    now: str
    period_then: str
    period_now: str
    by: str
    how: How
    rating_then: str = ""
    rating_now: str = ""
    target_then: str = ""
    target_now: str = ""


@dataclass(frozen=True)
class InputChanged:
    """A kind of input, other than returns, that is not what it was; `names`: which of its kind."""

    given: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """All that is not as in the pack before, which `previous` names by its quarter.

    `digest`: of all bytes of that pack. `alike_n`: figures that are the same. `hidden`: shown in
    one of the two packs only, to protect people. `went`: no longer there. `redefined`: indicators
    whose formula, operands or unit are not what they were.
    """

    previous: str
    digest: str
    moved: tuple[FigureMoved, ...]
    came: tuple[FigureNamed, ...]
    went: tuple[FigureNamed, ...]
    hidden: tuple[FigureNamed, ...]
    alike_n: int
    inputs: tuple[InputChanged, ...]
    redefined: tuple[str, ...] = ()
