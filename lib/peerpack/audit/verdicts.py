"""What an audit says of a claim, and which of several sayings stands."""

from dataclasses import dataclass

CANNOT_BE = "cannot_be"
AMBIGUOUS = "ambiguous"
NO_COMPARATOR = "no_comparator"
WITHIN_ROUNDING = "within_rounding"
SUPPORTED = "supported"
NOT_CHECKABLE = "not_checkable"

VERDICTS = (CANNOT_BE, AMBIGUOUS, NO_COMPARATOR, WITHIN_ROUNDING, SUPPORTED, NOT_CHECKABLE)
"""Worst first, as they are listed."""

STANDS = (CANNOT_BE, SUPPORTED, WITHIN_ROUNDING, AMBIGUOUS, NO_COMPARATOR, NOT_CHECKABLE)
"""Of several verdicts on one figure the first of these stands: arithmetic before wording."""

NOTHING_BESIDE = "Nothing in the document to check it against."


@dataclass(frozen=True)
class Judgement:
    """A verdict on one figure: the number of its sentence, of its quantity, and the arithmetic.

    `rests_on`: the places of the figures it was computed from, where these may be wrong themselves.
    """

    sentence: int
    quantity: int
    verdict: str
    reason: str
    rests_on: tuple[tuple[int, int], ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """Which figure it is of."""
        return self.sentence, self.quantity


@dataclass(frozen=True)
class Claim:
    """One quantitative claim of a document, and what can be said of it.

    `value`: the number as printed, in `unit`; a text where the claim is a date (`unit` is then
    `date`). `line`: of the document's text, from 1. `verdict`: one of `VERDICTS`. `page`: of a PDF,
    from 1, else 0.
    """

    value: float | str
    unit: str
    quotation: str
    line: int
    verdict: str
    reason: str
    page: int = 0
