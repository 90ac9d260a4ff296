"""Small reports drawn in tests, and what the audit says of a figure in them."""

from peerpack.audit import claims
from peerpack.prose import read


def claim_of(text, figure):
    """The one claim of a text whose figure is printed so; a date by its words."""
    wanted = {
        (round(float(q.value), 6), q.unit)
        for sentence in read(text)
        for q in sentence.quantities
        if q.text.endswith(figure)
    } | {(figure, "date")}
    found = [each for each in claims(text) if (each.value, each.unit) in wanted]
    assert len(found) == 1, [(each.value, each.unit, each.verdict) for each in claims(text)]
    return found[0]


def verdict_of(text, figure):
    return claim_of(text, figure).verdict
