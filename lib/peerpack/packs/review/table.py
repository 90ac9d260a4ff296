"""The one table of the review: from which state which step leads where, by whom, needing what.

Code, tests and the drawing in docs/reference/review.md all read it. Roles follow the AQuA Book:
who analyses, who assures and who approves are three people.
"""

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal[
    "draft", "submitted", "returned", "reviewed", "approved", "superseded", "withdrawn"
]  # fmt: skip
Step = Literal["submit", "return", "review", "approve", "supersede", "withdraw"]
Role = Literal["analyst", "assurer", "approver"]
Need = Literal["exhibits", "reason", "successor"]

STATES: tuple[State, ...] = get_args(State)
STEPS: tuple[Step, ...] = get_args(Step)
ROLES: tuple[Role, ...] = get_args(Role)
NEEDS: dict[Need, str] = {
    "exhibits": "context and controls of each exhibit",
    "reason": "a reason",
    "successor": "a later version that is approved in the same step",
}
START: State = "draft"


@dataclass(frozen=True)
class Transition:
    """One row. `who`: the roles that may; a person new to the log acts in the first of them."""

    state: State
    step: Step
    next: State
    who: tuple[Role, ...]
    needs: tuple[Need, ...] = ()


# Withdrawing is open to all three, at once: a pack that discloses cannot wait for one person.
_ANYONE: tuple[Role, ...] = ("approver", "analyst", "assurer")

TABLE = (
    Transition("draft", "submit", "submitted", ("analyst",), ("exhibits",)),
    Transition("draft", "withdraw", "withdrawn", _ANYONE, ("reason",)),
    Transition("submitted", "return", "returned", ("assurer",), ("reason",)),
    Transition("submitted", "review", "reviewed", ("assurer",)),
    Transition("submitted", "withdraw", "withdrawn", _ANYONE, ("reason",)),
    Transition("returned", "submit", "submitted", ("analyst",), ("exhibits",)),
    Transition("returned", "withdraw", "withdrawn", _ANYONE, ("reason",)),
    Transition("reviewed", "return", "returned", ("approver", "assurer"), ("reason",)),
    Transition("reviewed", "approve", "approved", ("approver",)),
    Transition("reviewed", "withdraw", "withdrawn", _ANYONE, ("reason",)),
    Transition("approved", "supersede", "superseded", ("approver",), ("successor",)),
    Transition("approved", "withdraw", "withdrawn", _ANYONE, ("reason",)),
)


def transition(state: State, step: Step) -> Transition | None:
    """The row of a state and a step, where the table has it."""
    return next((row for row in TABLE if (row.state, row.step) == (state, step)), None)


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps that a person can take from a state; none from a final one."""
    return tuple(row.step for row in TABLE if row.state == state and "successor" not in row.needs)
