"""A small drawn pack to write statements against: `read(text)`, or `faults(text)`."""

from datetime import date

import pandas as pd
import pytest

from peerpack.catalogue.models import Council, Facet, Indicator
from peerpack.errors import StatementRefused
from peerpack.handover.evidence import (
    COMPARATOR_COLUMNS,
    EVIDENCE_COLUMNS,
    LINEAGE_COLUMNS,
    NUMBER_COLUMNS,
)
from peerpack.handover.pack import PackContents, Withheld
from peerpack.handover.records import NamedFinding
from peerpack.handover.statement import Heading, Listing, Paragraph, Table
from peerpack.statement import statement

GROUP = {"comparator": "15 neighbours", "comparator_statistic": "median",
         "comparator_period": "2023-24"}  # fmt: skip


def row(evidence_id, value=None, display="", **said):
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    usual = {
        "evidence_id": evidence_id, "kind": "indicator", "indicator": evidence_id.partition("/")[0],
        "title": "A figure", "value": value, "unit": "%", "display": display or f"{value}%",
        "period": "2023-24", "theme": "T4", "verdict": "pass", "notebook": "04-x", "cell": "says",
    }  # fmt: skip
    return blank | usual | said


COLLECTED = row(
    "KF17", 86.0, "86%", title="Council tax collected in the year", comparator_value=93.2,
    target=85.0, target_basis="set in March", rag="green", **GROUP,
)  # fmt: skip
ABSENCE = row(
    "KW01", 2.25, "2.25 days", title="Sickness absence", unit="days", theme="T5", target=2.0,
    comparator_value=2.67, rag="red", **GROUP,
)  # fmt: skip
SATISFIED = row(
    "KR01", 45.8, "46%", title="Residents satisfied with the council", theme="T1", lower=42.3,
    upper=49.3, base_n=977.0, effective_n=775.0, comparator_value=48.0, **GROUP,
)  # fmt: skip
SPENT = row("KF35", 1_354_000.0, "£1,354,000", title="Payments to suppliers", unit="GBP")
HIDDEN = row("KW01/team=Legal", None, "[c]", title="Sickness absence: Legal", status="c",
             unit="days", breakdown="team", group="Legal")  # fmt: skip
UNIT = row("KF35/organisational_unit=NA", 54_000.0, "£54,000", title="Payments: NA", unit="GBP",
           breakdown="organisational_unit", group="NA")  # fmt: skip
CLAIM = row("L20", None, "[x]", kind="claim", indicator="", title="Main points of the auditors",
            unit="count", stated_value=18.0, stated_decimals=0.0, theme="T3", comparator_value=27.0,
            agreement="cannot be recomputed", comparator="published figure L21",
            comparator_statistic="own earlier period")  # fmt: skip
PEOPLE = row("KW11", 592.0, "592 people", title="People employed", unit="people", theme="T5")
CHANGED = row("KR01/measure=change", 4.1, "4.1 percentage points", unit="pp", theme="T1",
              breakdown="measure", group="change", lower=0.4, upper=7.8,
              title="Change in satisfaction")  # fmt: skip
ROWS = (COLLECTED, ABSENCE, SATISFIED, SPENT, HIDDEN, UNIT, CLAIM, PEOPLE, CHANGED)
RANK = {"evidence_id": "KF17", "group": "neighbours", "version": "2024", "period": "2023-24",
        "statistic": "rank from the highest", "value": 16.0, "n": 16.0, "missing": ""}  # fmt: skip
FINDINGS = (
    NamedFinding(text="£5m of savings were made.", theme="T4", evidence_ids=("KF17", "KF35"),
                 cell="finding-savings", name="savings", notebook="03-are-the-savings-real"),
    NamedFinding(text="<b>86%</b> is collected.", theme="T4", evidence_ids=("KF17",),
                 cell="collected", name="collected", notebook="04-what-is-collected"),
)  # fmt: skip


def indicator(id_, polarity, **measures):
    return Indicator(
        id=id_, title=id_, formula="-", numerator="-", denominator="-", unit="%", decimals=1,
        polarity=polarity, theme="T4", source="-", comparator_rule="-", pitfalls="-",
        measures=measures,
    )  # fmt: skip


CHANGE = Facet(title="Change", unit="pp", decimals=1, polarity="higher")
KNOWN = {"KF17": indicator("KF17", "higher"), "KW01": indicator("KW01", "lower"),
         "KR01": indicator("KR01", "higher", change=CHANGE), "KW11": indicator("KW11", "context"),
         "KF35": indicator("KF35", "context")}  # fmt: skip


def drawn(rows=ROWS, **said):
    usual = {
        "council": Council(slug="anytown", name="Anytown *Council*"),
        "quarter": "2024-25-Q1",
        "as_at": date(2024, 7, 1),
        "evidence": pd.DataFrame(list(rows), columns=list(EVIDENCE_COLUMNS)),
        "comparators": pd.DataFrame([RANK], columns=list(COMPARATOR_COLUMNS)),
        "lineage": pd.DataFrame(columns=list(LINEAGE_COLUMNS)),
        "findings": FINDINGS,
        "indicators": KNOWN,
        "withheld": (Withheld("n", "Who?", "T2", "no evidence supplied"),
                     Withheld("n", "Why?", "T3", "The rates did not add up.")),
    }  # fmt: skip
    empty = dict.fromkeys(("exhibits", "receipts", "notebooks", "not_used"), ())
    return PackContents(**empty | usual | said)


def before(*rows):
    return pd.DataFrame(list(rows), columns=list(EVIDENCE_COLUMNS))


def text_of(block):
    """What a block says, links and all: `[86%](KF17)`."""
    if isinstance(block, Listing):
        return [[text_of(each) for each in item] for item in block.items]
    if isinstance(block, Table):
        return [["".join(map(said, cell)) for cell in r] for r in (block.head, *block.rows)]
    assert isinstance(block, Heading | Paragraph)
    return "".join(map(said, block.pieces))


def said(piece):
    return f"[{piece.text}]({piece.evidence_id})" if piece.evidence_id else piece.text


@pytest.fixture(scope="session")
def read():
    """`read(text)`: what each block of a statement says against the drawn pack."""

    def reading(text, contents=None, then=None):
        made = statement(text.encode(), contents or drawn(), then)
        told = [text_of(block) for block in made.blocks]
        return told[0] if len(told) == 1 else told

    return reading


@pytest.fixture(scope="session")
def faults(read):
    """`faults(text)`: the lines of its refusal, or nothing."""

    def refused(text, contents=None, then=None):
        try:
            read(text, contents, then)
        except StatementRefused as stop:
            return str(stop).split("\n")[1:]
        return []

    return refused


@pytest.fixture(scope="session")
def draw():
    """The drawn pack, and its rows to draw others from."""
    return type("Draw", (), {name: staticmethod(f) for name, f in
                             {"pack": drawn, "before": before, "row": row}.items()}
                | {"rows": ROWS, "rank": RANK, "findings": FINDINGS})  # fmt: skip


@pytest.fixture(scope="session")
def drawn_pack():
    """The drawn pack, once for properties."""
    return drawn()
