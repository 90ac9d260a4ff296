"""Formulas of what a pack thinks of itself, from lines of its own evidence.csv and its receipts."""

import calendar
import json
import re
from datetime import date
from fractions import Fraction
from math import ceil

import raw_files

OWN_WHOLE = "the whole council"
MONTH_DAYS = 30.4375
LEAST_MONTHS = 3


def compared(traced):
    """KG14: indicators of which a figure stands beside somebody else's, of all; or those without.

    The whole council beside its own parts is no comparator.
    """
    if traced.cuts.get("measure") == "without":
        return len(_indicators(traced.of("numerator")))
    figures = traced.of("denominator")
    beside = [row for row in figures if row.words("comparator") not in ("", OWN_WHOLE)]
    return Fraction(100 * len(_indicators(beside)), len(_indicators(figures)))


def _indicators(rows):
    return {row.words("indicator") for row in rows}


def based(traced):
    """KG15: targets whose basis is stated, of all."""
    targets = [row for row in traced.of("denominator") if row.words("target")]
    if not targets:
        return None
    return Fraction(100 * sum(bool(row.words("target_basis")) for row in targets), len(targets))


def fresh(traced):
    """KG17: figures and claims within their shelf life, of all; or a count by the measure."""
    if any(row.dataset == "receipts" for row in traced.of("denominator")):
        return soundness(traced)
    rows = traced.of("denominator")
    told = [(period(r.words("period")), period(r.words("comparator_period"))) for r in rows]
    if (measure := traced.cuts.get("measure")) == "undated":
        return sum(own is None for own, _ in told)
    if measure == "another_period":
        return sum(bool(own and other and own[1] != other[1]) for own, other in told)
    kept = [own and all(traced.as_at <= keeps(p) for p in (own, other) if p) for own, other in told]
    stale = sum(not k and own is not None for k, (own, _) in zip(kept, told, strict=True))
    return stale if measure == "stale" else Fraction(100 * sum(map(bool, kept)), len(kept))


def period(text):
    """First and last day of a period: two days with `to`, a day, a financial quarter or year."""
    ends = [_one(part) for part in text.split(" to ")]
    return (ends[0][0], ends[-1][1]) if all(ends) else None


def _one(text):
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text), date.fromisoformat(text)
    if found := re.fullmatch(r"(\d{4})-\d\d(?:-Q([1-4]))?", text):
        year, quarter = int(found[1]), int(found[2] or 0)
        first = (
            date(year, 4, 1) if quarter < 2 else date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
        )
        return first, _months_after(first, 3 if quarter else 12, before=True)
    return None


def keeps(own):
    """The last day of a shelf life: the period's length and half as long again, three months at
    least, in whole months after its end."""
    months = round(((own[1] - own[0]).days + 1) / MONTH_DAYS)
    return _months_after(own[1], months + max(LEAST_MONTHS, ceil(months / 2)))


def _months_after(day, months, before=False):
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    last = calendar.monthrange(year, month + 1)[1]
    found = date(year, month + 1, min(day.day, last))
    return date.fromordinal(found.toordinal() - 1) if before else found


SUMMED = {"rows_in": "rows_in", "quarantined": "rows_quarantined", "set_aside": "rows_set_aside"}


def soundness(traced):
    """KG17 of returns: how many were supplied, or are missing, and rows in, unread, set aside."""
    measure = traced.cuts["measure"]
    rows = traced.of("numerator")
    if measure in SUMMED:
        return sum(row.number(SUMMED[measure]) for row in rows)
    supplied = measure == "datasets"
    outcome = traced.cuts.get("outcome")
    kept = [r for r in rows if bool(r.words("outcome")) == supplied]
    return len([r for r in kept if outcome in (None, r.words("outcome"))])


def receipt(folders, name):
    """What a receipt of a pack says of a return; nothing for one that nobody supplied."""
    if not name.endswith(".json"):
        return {"outcome": ""}
    told = json.loads(raw_files.content(folders, name))
    unread = {(each["file"], each["sheet"], each["row"]) for each in told["quarantined"]}
    return {
        "outcome": told["verdict"]["outcome"],
        "rows_in": told["rows_in"],
        "rows_quarantined": len(unread),
        "rows_set_aside": sum(len(each["lines"]) for each in told["set_aside"]),
    }


FORMULAS = {"KG14": compared, "KG15": based, "KG17": fresh}
