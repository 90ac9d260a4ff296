"""The contents of a pack as `packs` hands them to `render`: records, receipts, what is missing."""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from peerpack.catalogue.branding import Branding
from peerpack.catalogue.models import Council, Indicator, Term
from peerpack.handover.briefing import Briefing
from peerpack.handover.changes import Changes
from peerpack.handover.evidence import REVISION_COLUMNS
from peerpack.handover.history import Earlier
from peerpack.handover.question import Question
from peerpack.handover.receipt import Receipt
from peerpack.handover.records import Exhibit, Finding
from peerpack.handover.statement import Statement
from peerpack.vocab import DocumentKind

NO_EVIDENCE = "no evidence supplied"


@dataclass(frozen=True)
class NotebookPage:
    """A notebook that was run: the question it answers, and the theme it answers it for.

    `without`: what it could not say anything of, and why, a sentence each.
    """

    name: str
    question: str
    theme: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withheld:
    """A notebook that was not run, and why: a gate's stop in words, or `no evidence supplied`."""

    notebook: str
    question: str
    theme: str
    why: str

    @property
    def stopped(self) -> bool:
        """Whether a gate stopped it; otherwise nothing was supplied to run it on."""
        return self.why.strip().rstrip(".").casefold() != NO_EVIDENCE


@dataclass(frozen=True, eq=False)
class PackContents:
    """Everything a reader's page may say, in the order it should be said.

    `evidence`, `comparators`, `lineage`: columns as `handover.evidence` lists them.
    `indicators`: the catalogue's entries by id. `not_used`: files that fit no dataset. `earlier`:
    receipts of earlier quarters' returns that figures rest on too. `own`: receipts of the pack's
    own tables, which nobody supplied. `revisions`: REVISION_COLUMNS.
    `evidence_sha256`: of the bytes of evidence.csv, for citations. `documents`: the kinds the
    council wants, of `vocab.DOCUMENTS`. `glossary`: words that a reader may not know.
    `branding`: how the council's packs look, its crest cleaned. `word_reference`: its own reference
    document for Word, if it has one.
    `changes`: since the pack before, where there is one. `declared`: the title of every dataset
    that the workbook knows, supplied or not, by its name.
    `history`: what packs of earlier quarters said of the headline figures. `briefing`: what is said
    first of each theme.
    """

    council: Council
    quarter: str
    as_at: date
    evidence: pd.DataFrame
    comparators: pd.DataFrame
    lineage: pd.DataFrame
    exhibits: tuple[Exhibit, ...]
    findings: tuple[Finding, ...]
    receipts: tuple[Receipt, ...]
    notebooks: tuple[NotebookPage, ...]
    withheld: tuple[Withheld, ...]
    not_used: tuple[str, ...]
    indicators: dict[str, Indicator]
    earlier: tuple[Receipt, ...] = ()
    revisions: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=REVISION_COLUMNS))
    own: tuple[Receipt, ...] = ()
    statement: Statement | None = None
    evidence_sha256: str = ""
    documents: tuple[DocumentKind, ...] = ()
    branding: Branding | None = None
    word_reference: bytes = b""
    glossary: tuple[Term, ...] = ()
    changes: Changes | None = None
    declared: dict[str, str] = field(default_factory=dict)
    history: Earlier = field(default_factory=Earlier)
    briefing: Briefing = field(default_factory=Briefing)
    questions: tuple[Question, ...] = ()
