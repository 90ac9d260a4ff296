"""Small drawn packs: `evidence_row(...)` and its like fill in the columns not named."""

from dataclasses import replace
from datetime import date

import pandas as pd

from peerpack.catalogue.models import Council, Indicator
from peerpack.handover.evidence import (
    COMPARATOR_COLUMNS,
    EVIDENCE_COLUMNS,
    LINEAGE_COLUMNS,
    NUMBER_COLUMNS,
)
from peerpack.handover.pack import NotebookPage, PackContents, Withheld
from peerpack.handover.receipt import (
    Check,
    Corrected,
    FileRead,
    Quarantined,
    Receipt,
    Reconciliation,
    SetAside,
    Verdict,
)
from peerpack.handover.records import Exhibit, Finding
from peerpack.packs.briefing import briefing

SHA = "0123456789abcdef" * 4
SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="40pt" height="20pt" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20"><defs>'
    '<style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>'
    '<clipPath id="p1"><rect width="40" height="20"/></clipPath><path id="dot" d="M0 0h4v4z"/>'
    '</defs><g clip-path="url(#p1)"><use xlink:href="#dot" x="4" style="fill: #12436d"/></g></svg>'
)


def evidence_row(**said):
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    usual = {
        "evidence_id": "KF01", "kind": "indicator", "indicator": "KF01", "title": "Variance",
        "council": "northborough", "quarter": "2024-25-Q1", "theme": "T4", "unit": "%",
        "period": "2024-04-01 to 2024-06-30", "value": 2.4, "display": "2.4%", "numerator": 24.0,
        "denominator": 1000.0, "dataset": "budget", "dataset_sha256": SHA, "rows_n": 42.0,
        "verdict": "warn", "notebook": "01-is-the-budget-held.ipynb", "cell": "compute",
    }  # fmt: skip
    return blank | usual | said


def suppressed_row(**said):
    nothing = dict.fromkeys(("value", "numerator", "denominator", "rows_n"))
    return evidence_row(**{"display": "[c]", "status": "c", **nothing, **said})


def claim_row(**said):
    usual = {
        "evidence_id": "L05", "kind": "claim", "indicator": "", "title": "Collection is 86%",
        "stated_value": 86.0, "stated_decimals": 0.0, "value": 86.4, "display": "86.4%",
        "agreement": "agrees within the interval its rounding implies",
        "note": "LGA report 2024, lines 210 to 212",
    }  # fmt: skip
    return evidence_row(**usual | said)


def frame(rows, columns):
    return pd.DataFrame(rows, columns=list(columns))


def drawn_receipt(**said):
    quarantined = Quarantined(
        file="Budget P3.xlsx", sheet="Q1", row=19, column="budget_gbp", found="n/k <b>",
        expected="an amount in pounds", what_to_do="Ask Finance for the amount.",
    )  # fmt: skip
    checks = (
        Check(
            id="B1", why="Every service has a budget", severity="warn", passed=False,
            failing_n=2, failing_rows=(1, 2),
        ),
        Check(
            id="B2", why="Each service once", severity="stop", passed=True, failing_n=0,
            failing_rows=(),
        ),
    )  # fmt: skip
    usual = {
        "dataset": "budget", "title": "Budget monitoring", "council": "northborough",
        "quarter": "2024-25-Q1", "covers": "year_to_date", "period_start": "2024-04-01",
        "period_end": "2024-06-30", "personal": False, "public": False, "base_of": "",
        "owner": "Finance", "sha256": SHA, "headers": (), "rows_in": 50, "rows_admitted": 42,
        "files": (FileRead(number=1, name="Budget P3.xlsx", sha256=SHA, sheet="Q1",
                           encoding="", rows_in=50),),
        "set_aside": (SetAside(file="Budget P3.xlsx", sheet="Q1", reason="title",
                               lines=(1, 2, 3, 4, 5, 6, 7)),),
        "quarantined": (quarantined,),
        "reconciliations": (Reconciliation(
            file="Budget P3.xlsx", sheet="Q1", row=30, label="Total Adults", column="budget_gbp",
            printed=100.0, detail=90.0, difference=10.0, within_tolerance=False),),
        "corrections": (Corrected(id="c-1", reason="Sign was turned", column="budget_gbp",
                                  rows_n=1),),
        "verdict": Verdict(outcome="warn", checks=checks),
    }  # fmt: skip
    return Receipt(**usual | said)


def drawn_exhibit(**said):
    usual = {
        "id": "variance", "title": "Adults is over budget", "alt": "Bars. Adults 4%, Place 1%.",
        "source": "Budget monitoring, April to June 2024", "svg": SVG,
        "table": "directorate,variance\nAdults,4.0%\nPlace,1.0%\n", "evidence_ids": ("KF01",),
        "theme": "T4", "cell": "figure",
    }  # fmt: skip
    return Exhibit(**usual | said)


INDICATOR = Indicator(
    id="KF01", title="Forecast variance to revised net budget", formula="(forecast - budget) / net",
    numerator="forecast - budget", denominator="net budget", unit="%", decimals=1,
    polarity="lower", theme="T4", source="budget monitoring", comparator_rule="own history",
    pitfalls="gross or net of reserves",
)  # fmt: skip


def drawn_pack(rows=None, comparators=(), lineage=(), **said):
    """A pack with one figure, or with what is said instead."""
    contents = PackContents(
        council=Council(slug="northborough", name="Northborough", invented=True),
        quarter="2024-25-Q1",
        as_at=date(2024, 7, 1),
        evidence=frame([evidence_row()] if rows is None else rows, EVIDENCE_COLUMNS),
        comparators=frame(comparators, COMPARATOR_COLUMNS),
        lineage=frame(lineage, LINEAGE_COLUMNS),
        exhibits=(drawn_exhibit(),),
        findings=(
            Finding(
                text="Forecast is 2.4% over.", theme="T4", evidence_ids=("KF01",), cell="says"
            ),
        ),
        receipts=(drawn_receipt(),),
        notebooks=(
            NotebookPage("01-is-the-budget-held.ipynb", "Is the budget held?", "T4"),
        ),
        withheld=(
            Withheld("05-agency.ipynb", "What drives agency spend?", "T5",
                     "Agency spend: two weeks are missing."),
            Withheld("07-ward.ipynb", "Are residents satisfied?", "T1",
                     "no evidence supplied"),
        ),
        not_used=("Photo of minutes.pdf",),
        indicators={"KF01": INDICATOR},
    )  # fmt: skip
    whole = replace(contents, **said)
    return whole if "briefing" in said else replace(whole, briefing=briefing(whole))
