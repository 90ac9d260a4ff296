"""Notebooks become questions: cells with what they say, print and record; what each needs."""

import pytest
from nbformat import v4

from peerpack.handover.question import Code, Prose
from peerpack.handover.records import RECORDS_MIME, fingerprint
from peerpack.handover.statement import Heading, Paragraph
from peerpack.notebooks.shape import Meta
from peerpack.packs.plan import Source
from peerpack.packs.questions import questions

COMPUTE, SAYS, DRAWS = "shown = record.evidence(t, 'KF01')", "record.finding(s, shown)", "draw()"
ADDS_UP = 'for t in [1]:\n    assert t, "every pound is counted once"\nassert t\nassert t, f"{t}"'
META = {
    "question": "Is the budget held?", "theme": "T4", "indicators": ["KF01"],
    "datasets": ["budget_monitoring"], "any_of": [["reserves"], ["savings_tracker"]],
}  # fmt: skip


def output(kind, mime, data):
    return v4.new_output(kind, data={mime: data, "text/plain": "plain"})


def recorded():
    own = {"theme": "T4", "evidence_ids": ["KF01"]}
    finding = own | {"text": "It is held.", "cell": fingerprint(SAYS)}
    exhibit = own | {"id": "bars", "title": "Bars", "alt": "Two", "source": "Ledger", "svg": "",
                     "table": "", "cell": fingerprint(DRAWS)}  # fmt: skip
    evidence = [{"evidence_id": id_, "cell": fingerprint(COMPUTE)} for id_ in ("KF01", "KF01/a=b")]
    used = {"dataset": "budget_monitoring", "quarter": "2024-25-Q1", "sha256": "0" * 64}
    return {
        "council": "x", "quarter": "2024-25-Q1", "evidence": evidence, "comparators": [],
        "lineage": [], "exhibits": [exhibit], "findings": [finding], "datasets": [used],
    }  # fmt: skip


def cells():
    printed = [v4.new_output("stream", text="1 row"), output("display_data", "text/html", "<b>")]
    told = [
        v4.new_markdown_cell("## Held?\n\nAs the ledger has it.", id="question"),
        v4.new_code_cell(COMPUTE, id="compute", outputs=printed, execution_count=1),
        v4.new_code_cell(ADDS_UP, id="adds-up", execution_count=2),
        v4.new_code_cell(SAYS, id="finding-held", execution_count=3),
        v4.new_code_cell(DRAWS, id="figure", execution_count=4),
        v4.new_code_cell("record.close()", id="record", execution_count=5),
    ]
    told[-1].outputs = [output("display_data", RECORDS_MIME, recorded())]
    return told


class Receipt:
    """As much of a receipt as is asked."""

    def __init__(self, dataset, outcome="pass"):
        self.dataset, self.verdict = dataset, type("Verdict", (), {"outcome": outcome})


@pytest.fixture
def asked(tmp_path):
    """The question of the drawn notebook: as it ran, or as it is written."""

    def made(*receipts, ran=True):
        notebook = v4.new_notebook(cells=cells())
        source = Source(tmp_path / "02-is-the-budget-held.ipynb", Meta(**META), frozenset())
        for cell in notebook.cells[1:] if not ran else ():
            cell.update(outputs=[], execution_count=None)
        source.path.write_text(v4.writes_json(notebook), encoding="utf-8")
        (found,) = questions([(source, notebook)] if ran else [], [source], receipts)
        return found, {cell.name: cell for cell in found.cells}

    return made


def test_each_cell_has_what_it_recorded_and_no_other(asked):
    question, by_name = asked()
    assert by_name["compute"].evidence_ids == ("KF01", "KF01/a=b")
    assert [f.text for f in by_name["finding-held"].findings] == ["It is held."]
    assert by_name["figure"].exhibit_ids == ("bars",)
    assert by_name["record"] == Code("record", "record.close()")
    assert [used.dataset for used in question.used] == ["budget_monitoring"]


def test_prose_is_handed_over_as_blocks(asked):
    blocks = asked()[1]["question"].blocks
    assert isinstance(asked()[1]["question"], Prose)
    assert [type(block) for block in blocks] == [Heading, Paragraph]


def test_of_what_a_cell_shows_only_plain_text_is_kept(asked):
    assert asked()[1]["compute"].outputs == ("1 row",)


def test_the_words_of_an_assertion_are_kept_and_one_without_words_is_not(asked):
    assert asked()[1]["adds-up"].checks == ("every pound is counted once",)


def test_a_notebook_that_did_not_run_has_checked_and_recorded_nothing(asked):
    question, by_name = asked(ran=False)
    assert by_name["adds-up"] == Code("adds-up", ADDS_UP)
    assert (by_name["compute"].evidence_ids, question.used) == ((), ())


def test_each_dataset_it_needs_is_supplied_stopped_or_missing(asked):
    question, _ = asked(Receipt("budget_monitoring", "stop"), Receipt("reserves", "warn"))
    assert [need.state for need in question.needs] == ["stopped"]
    assert [[n.state for n in each] for each in question.any_of] == [["supplied"], ["missing"]]
    assert question.needs[0].title == "Budget monitoring"
