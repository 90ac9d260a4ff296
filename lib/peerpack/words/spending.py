"""Sentences on what services cost beside neighbours."""

from peerpack.handover.evidence import Shown
from peerpack.words.compare import council_named, missing_sentence, standing_sentence
from peerpack.words.numbers import NOT_AVAILABLE, period_in_full, said


@said
def spending_sentence(shown: Shown) -> str:
    """Net spending on children's services for each resident under 18, among neighbours."""
    return _among(
        shown, "spent {} of its residents aged 0 to 17 on children's social care, net of income"
    )


@said
def social_care_sentence(shown: Shown) -> str:
    """What share of net spending goes to social care, among neighbours."""
    return _among(shown, "put {} of its net spending on services into social care")


@said
def fees_sentence(shown: Shown) -> str:
    """What share of its spending a council gets back by fees and charges, among neighbours."""
    return _among(shown, "took {} of its spending on services back in fees and charges")


def _among(shown: Shown, what: str) -> str:
    whole = shown.headline
    if whole["display"] == NOT_AVAILABLE:
        return f"{council_named(shown)} has no figure for {period_in_full(whole['period'])}."
    year = period_in_full(whole["period"])
    stated = f"{council_named(shown)} {what.format(whole['display'])}, from {year}."
    return " ".join(filter(None, [stated, standing_sentence(shown), missing_sentence(shown)]))
