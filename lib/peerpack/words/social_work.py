"""Sentences on children's social workers beside neighbours."""

from peerpack.handover.evidence import Shown
from peerpack.words.compare import council_named, missing_sentence, standing_sentence
from peerpack.words.numbers import NOT_AVAILABLE, period_in_full, said


@said
def vacancy_sentence(shown: Shown) -> str:
    """The share of social workers' posts that stood empty, among neighbours."""
    return _among(shown, "{} of posts for children's social workers stood vacant")


@said
def agency_sentence(shown: Shown) -> str:
    """The share of social workers from agencies, among neighbours."""
    return _among(shown, "{} of children's social workers came from agencies")


@said
def turnover_sentence(shown: Shown) -> str:
    """The share of social workers who left in the year, among neighbours."""
    return _among(shown, "children's social workers who left in the year were {} of those in post")


@said
def caseload_sentence(shown: Shown) -> str:
    """How many cases a social worker who holds any has, among neighbours."""
    return _among(shown, "each full-time social worker who holds cases held {} on average")


def _among(shown: Shown, what: str) -> str:
    whole = shown.headline
    day = f"In {council_named(shown)} on {period_in_full(whole['period'])}"
    if whole["display"] == NOT_AVAILABLE:
        return f"{day} there is no figure."
    told = f"{day}, {what.format(whole['display'])}."
    return " ".join(filter(None, [told, standing_sentence(shown), missing_sentence(shown)]))
