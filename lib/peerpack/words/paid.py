"""What was paid and to whom, in sentences. A payee is named only as the table names it."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import listed, money, own_note, period_in_full, said

NAMED_N = 3
TOGETHER = ("All other payees", "Payees not named here")


@said
def payments_sentence(shown: Shown) -> str:
    """What was paid, and which period it covers."""
    whole = shown.headline
    return (
        f"Payments from {period_in_full(whole['period'])} come to {whole['display']}, from "
        f"{whole['rows_n']:,.0f} published lines."
    )


@said
def classes_sentence(shown: Shown) -> str:
    """What each class of payee was paid, the largest first."""
    return f"Payments by class of payee: {_listed_money(shown.parts)}."


@said
def suppliers_sentence(shown: Shown) -> str:
    """The named payees paid most, and what stands without a name."""
    rows = shown.parts
    named = rows[~rows["label"].str.startswith(TOGETHER)].head(NAMED_N)
    unnamed = rows[rows["label"].str.startswith(TOGETHER[1])]
    kept = (
        f" {money(unnamed['value'].sum())} went to payees whose names do not show that they are "
        "organisations; they are not named."
        if len(unnamed)
        else ""
    )
    most = f"Of the payees named, those paid most are {_listed_money(named)}." if len(named) else ""
    return f"{most}{kept}".strip()


def _listed_money(rows: pd.DataFrame) -> str:
    pairs = zip(rows["label"], rows["value"], strict=True)
    return listed([f"{label} ({money(pounds)})" for label, pounds in pairs])


@said
def concentration_sentence(shown: Shown) -> str:
    """The share of the ten suppliers paid most, and how many there are."""
    row = shown.headline
    if pd.isna(row["value"]):
        return "No supplier in the trade sense was paid more than it gave back."
    return (
        f"The ten suppliers paid most had {row['display']} of the {money(row['denominator'])} that "
        f"went to suppliers in the trade sense. {own_note(row)}"
    )


@said
def legal_sentence(shown: Shown) -> str:
    """What went to lawyers outside the council, and how far that can be told."""
    row = shown.headline
    if not row["numerator"]:
        return f"No payment to lawyers outside the council can be told. {own_note(row)}"
    return (
        f"{money(row['value'])} went to lawyers outside the council, as far as category, purpose "
        f"and payee tell. {own_note(row)}"
    )


@said
def repeats_sentence(shown: Shown) -> str:
    """How many payments are like another of a few days before; never that they are wrong."""
    n = shown.only(measure="repeats_n").headline
    pounds = shown.only(measure="repeats_gbp").headline
    if not n["value"]:
        return f"No payment is like another in payee and amount. {own_note(n)}"
    return (
        f"{n['display']} {'payment' if n['value'] == 1 else 'payments'}, "
        f"{money(pounds['value'])} together, came a few days after another to the same payee, of "
        "the same amount and under another number. Most will be right, such as fees for two "
        "pupils. They are worth a look: the evidence behind their number names the lines. "
        f"{own_note(n)}"
    )


@said
def classes_title(shown: Shown) -> str:
    """Title of the chart of classes of payees: the largest, with what it was paid."""
    most = shown.parts.iloc[0]
    return f"Payments by class of payee: {money(most['value'])} to {_inside(most['label'])}"


@said
def units_title(shown: Shown) -> str:
    """Title of the chart of payments by unit: the one that paid most."""
    rows = shown.known.parts.sort_values(["value", "group"], ascending=[False, True])
    if rows.empty:
        return "Payments by unit: none can be shown"
    return f"Most is paid by {rows.iloc[0]['label']}: {money(rows.iloc[0]['value'])}"


def _inside(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it is an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
