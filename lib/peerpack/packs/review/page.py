"""`python -m peerpack.packs.review.page` prints docs/reference/review.md from the table."""

from collections.abc import Iterator

from peerpack.packs.review.table import NEEDS, START, STATES, TABLE, Transition, steps_from

HEAD = """# The review of a pack

Who may take which step from which state, and what it needs. The same table drives the command, its
tests, and this page, which is printed by `python -m peerpack.packs.review.page`.

Analyst, assurer and approver are three people: whoever has taken a step as one of them is not
taken as another in the same version. Two are the same where name, e-mail address or key are. Where
several roles may, a person new to the review acts in the first.
"""
FOOT = """
A new version begins as a draft, with no log. Superseded and withdrawn are final. No step is taken
of a pack that does not verify. How to: [sign and review a pack](../how-to/review-and-sign.md). What
the log holds, and what it cannot notice: [0018](../decisions/0018-signing-and-review.md).
"""


def page() -> str:
    """The reference page of the review, in Markdown: a drawing, and the same in words."""
    return "\n".join([HEAD, *_drawing(), "", *_table(), "", *_finals(), FOOT])


def _drawing() -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {START}"
    for row in TABLE:
        yield f"    {row.state} --> {row.next}: {row.step} ({_who(row)})"
    for state in STATES:
        if not steps_from(state):
            yield f"    {state} --> [*]"
    yield "```"


def _table() -> Iterator[str]:
    yield "| state | step | leads to | who may | needs |\n|---|---|---|---|---|"
    for row in TABLE:
        needs = "; ".join(NEEDS[need] for need in row.needs)
        yield f"| {row.state} | `{row.step}` | {row.next} | {_who(row)} | {needs} |"


def _finals() -> Iterator[str]:
    finals = [state for state in STATES if not steps_from(state)]
    yield f"No step leads on from: {', '.join(finals)}."


def _who(row: Transition) -> str:
    return " or ".join(row.who)


if __name__ == "__main__":
    print(page(), end="")
