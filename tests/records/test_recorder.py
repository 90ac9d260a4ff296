"""What the recorder refuses, what it keeps, and what it never lets out."""

from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import NUMBER_COLUMNS, Comparison, Shown
from peerpack.handover.receipt import Verdict
from peerpack.handover.records import WHOLE_LINEAGE
from peerpack.measures.table import measured
from peerpack.records import recorder as module
from peerpack.records.lineage import ranges, rows_of

QUARTER = "2024-25-Q1"
ALONE = "no neighbour was asked"
TEAMS = (
    ("Place", "Parks", 40, 40), ("Place", "Roads", 33, 30), ("Adults", "Day", 40, 30),
    ("Adults", "Night", 12, 11), ("Adults", "Tiny", 4, 9),
)  # fmt: skip


def comparison(draw, **said):
    usual = {"indicator": "KF01", "group": "Neighbours", "version": "v1", "statistic": "median",
             "period": QUARTER, "value": 1.0, "n": 3, "missing": ("B",), "source": "as supplied",
             "rows": tuple(draw.rows(1, 4))}  # fmt: skip
    return Comparison(**usual | said)


def by_id(shown):
    return shown.rows.set_index("evidence_id")


def lineage(record):
    return {(each["evidence_id"], each["role"]): each["rows"] for each in record.records().lineage}


# Refusals


def test_a_table_no_measure_gave_is_refused(record, draw):
    table = draw.money(("Place", 1, 100)).drop(columns=["base_n", "note"])
    with pytest.raises(RecordRefused, match=r"KF01: the table lacks base_n, note\. Give the whole"):
        record().evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)


def test_an_empty_table_is_refused(record, draw):
    table = draw.money(("Place", 1, 100)).head(0)
    with pytest.raises(RecordRefused, match="KF01: the table lacks any row"):
        record().evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)


def test_parts_of_personal_data_without_their_total_are_refused(record, draw):
    table = draw.sickness(*TEAMS).iloc[1:]
    with pytest.raises(RecordRefused, match="Parts of personal data without their total"):
        record().evidence(table, "KW01", rows=(draw.spells, draw.posts), no_comparator=ALONE)


def test_a_figure_of_personal_data_without_its_base_is_refused(record, draw):
    table = draw.sickness(*TEAMS).assign(base_n=None)
    with pytest.raises(RecordRefused, match="needs base_n, the people it rests on"):
        record().evidence(table, "KW01", rows=(draw.spells, draw.posts), no_comparator=ALONE)


def test_two_rows_of_one_cut_are_refused(record, draw):
    table = draw.money(("Place", 1, 100), ("Place", 2, 100))
    with pytest.raises(RecordRefused, match="KF01/directorate=Place stands in the table twice"):
        record().evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)


def test_rows_of_no_receipt_are_refused(record, draw):
    table = draw.money(*[(f"D{n}", 1, 100) for n in range(101)])
    message = r"KF01: of its numerator rows, 1 of 101 are not rows of budget\. Carry `source_row`"
    with pytest.raises(RecordRefused, match=message):
        record().evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)


def test_a_figure_that_rests_on_no_row_is_refused(record, draw):
    table = measured([{"value": 1.0}])
    with pytest.raises(RecordRefused, match="KF01: no row stands behind it"):
        record().evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)


def test_a_quarter_without_a_case_is_recorded(record, draw):
    table = draw.sickness(("Place", "Parks", 40, 0))
    shown = record().evidence(table, "KW01", rows=(draw.spells, draw.posts), no_comparator=ALONE)
    assert shown.headline["display"] == "0.00 days"


def test_neither_comparator_nor_reason_is_refused(record, draw):
    with pytest.raises(RecordRefused, match="KF01: no comparator, and no reason why there is none"):
        record().evidence(
            draw.money(("Place", 1, 100)), "KF01", rows=draw.budget, no_comparator=" "
        )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"period": "2023-24-Q4"}, "is not like for like: it is of 2023-24-Q4, not of 2024-25-Q1"),
        ({"indicator": "KF02"}, "is not like for like: it is of KF02, not of KF01"),
        ({"rows": ()}, "the comparator comes from no admitted rows"),
        ({"rows": (5,)}, "of its comparator's rows, 1 of 1 are not rows of neighbours"),
    ],
)
def test_a_comparator_of_something_else_or_from_nowhere_is_refused(record, draw, said, message):
    with pytest.raises(RecordRefused, match=message):
        record().evidence(
            draw.money(("Place", 1, 100)), "KF01", rows=draw.budget,
            comparator=comparison(draw, **said), comparator_rows=draw.neighbours,
        )  # fmt: skip


def test_a_target_without_a_basis_is_refused(record, draw):
    started = record({"indicator": "KF01", "value": 1.5, "basis": " "})
    with pytest.raises(RecordRefused, match=r"KF01: the target 1\.5 has no basis"):
        started.evidence(draw.money(("Place", 1, 100)), "KF01", rows=draw.budget, no_comparator="x")


def test_a_table_of_no_indicator_is_refused(record, draw):
    with pytest.raises(RecordRefused, match="Say which indicator the table is of"):
        record().evidence(draw.money(("Place", 1, 100)), rows=draw.budget)


def test_a_chart_or_a_finding_of_a_table_that_was_not_controlled_is_refused(record, draw):
    table = draw.money(("Place", 1, 100))
    with pytest.raises(RecordRefused, match="Exhibit x was given a DataFrame"):
        record().exhibit(None, table, name="x", title="T", alt="A")
    with pytest.raises(RecordRefused, match="A finding was given a DataFrame"):
        record().finding("All is well.", table)


@pytest.mark.parametrize("words", [{"title": "T", "alt": " "}, {"title": "", "alt": "A"}])
def test_a_chart_without_a_title_and_alt_text_is_refused(record, words):
    with pytest.raises(RecordRefused, match="Exhibit x: a chart needs a title and real alt text"):
        record().exhibit(None, None, name="x", **words)


# Two cells


def test_one_figure_recorded_by_two_cells_is_refused(record, draw, monkeypatch):
    started, table = record(), draw.money(("Place", 1, 100))
    started.evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)
    monkeypatch.setattr(module, "current_cell", lambda: "another")
    with pytest.raises(RecordRefused, match="KF01 is recorded by two cells of this notebook"):
        started.evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)


NOTEBOOK = (
    "record = start()",
    "shown = record.evidence(table, 'KF01', rows=budget, no_comparator='none')",
    "record.finding('It is so.', shown)",
    "record.close()",
)


@pytest.fixture
def shell(record, draw):
    """A shell with names to run the drawn notebook with."""
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.user_ns |= {"start": record, "budget": draw.budget, "table": draw.money(("A", 1, 100))}
    yield shell
    shell.history_manager.end_session()
    InteractiveShell.clear_instance()


def run(shell, *cells):
    for cell in cells:
        shell.run_cell(cell, store_history=True).raise_error()
    return shell.user_ns["record"].records()


def test_running_a_cell_twice_or_all_cells_twice_records_nothing_twice(shell, capsys):
    once = run(shell, *NOTEBOOK)
    assert [len(each) for each in (once.evidence, once.findings, once.lineage)] == [2, 1, 4]
    assert run(shell, NOTEBOOK[1], NOTEBOOK[2], NOTEBOOK[2]) == once
    assert run(shell, *NOTEBOOK) == once


def test_each_record_names_the_cell_it_came_from(shell, capsys):
    records = run(shell, *NOTEBOOK)
    assert len({records.evidence[0]["cell"], records.findings[0].cell, ""}) == 3


def test_the_same_figure_in_a_cell_that_was_changed_is_refused_with_the_way_out(shell, capsys):
    run(shell, *NOTEBOOK)
    with pytest.raises(RecordRefused, match="run the `admit` cell again first"):
        run(shell, NOTEBOOK[1] + "  # changed")


def test_close_outside_a_notebook_is_harmless(record, draw, capsys):
    started = record()
    started.evidence(draw.money(("A", 1, 100)), "KF01", rows=draw.budget, no_comparator=ALONE)
    started.close()
    assert capsys.readouterr().out == ""


# What is kept


def test_an_id_names_its_cuts_sorted_with_their_values_encoded(record, draw):
    table = draw.sickness(("R&D = 100%", "a/b", 40, 40), ("Adults", "Day", 40, 40)).rename(
        columns={"team": "area"}
    )
    table = table[["directorate", "area", *table.columns[2:]]]
    shown = record().evidence(table, "KW01", rows=(draw.spells, draw.posts), no_comparator=ALONE)
    ids = shown.rows["evidence_id"].tolist()
    assert ids[0] == "KW01"
    assert "KW01/directorate=R%26D%20%3D%20100%25" in ids
    assert "KW01/area=a%2Fb&directorate=R%26D%20%3D%20100%25" in ids
    assert unquote(ids[3]).startswith("KW01/area=")
    assert by_id(shown).loc[ids[3], "breakdown"] == "area&directorate"


def test_a_headline_stands_beside_its_group_and_a_rates_parts_beside_the_council(record, draw):
    started = record({"indicator": "KF01", "value": 1.0, "basis": "the plan"})
    shown = started.evidence(
        draw.money(("A", 3, 100), ("B", 1, 100)), "KF01", rows=draw.budget,
        comparator=comparison(draw), comparator_rows=draw.neighbours,
    )  # fmt: skip
    rows = by_id(shown)
    assert rows["comparator"].tolist() == ["3 Neighbours", *["the whole council"] * 2]
    assert rows["comparator_value"].tolist() == [1.0, 2.0, 2.0]
    assert rows["standing"].tolist() == ["higher", "higher", "lower"]
    assert rows["target"].fillna(-1).tolist() == [1.0, -1, -1]
    assert rows["rag"].tolist() == ["red", "", ""]
    assert rows.loc["KF01", "comparator_source"] == "as supplied; no figure for B"
    assert started.records().comparators == (
        {"evidence_id": "KF01", "group": "Neighbours", "version": "v1", "statistic": "median",
         "period": QUARTER, "value": 1.0, "n": 3, "missing": "B"},
    )  # fmt: skip
    assert lineage(started)["KF01", "comparator"] == "1:1-4"


def test_the_reason_for_no_comparator_stands_in_the_note(record, draw):
    shown = record().evidence(
        draw.money(("A", 3, 100)), "KF01", rows=draw.budget, no_comparator=ALONE
    )
    assert shown.headline["note"] == f"No comparator: {ALONE}."


def test_labels_that_a_spreadsheet_would_run_are_inert_in_an_exhibits_csv(record, draw):
    from matplotlib.figure import Figure

    started = record()
    table = draw.money(("=HYPERLINK(1)", -3, 100), ("@cmd", 1, 100), ("+1+1", 1, 100))
    shown = started.evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)
    started.exhibit(Figure(), shown, name="x", title="T", alt="A chart.")
    table = started.records().exhibits[0].table
    for label in ("=HYPERLINK(1)", "@cmd", "+1+1"):
        assert f",'{label}," in table
        assert f",{label}," not in table
    assert ",-3.0,%,-3.0%," in table  # a negative number stays a number


def test_one_exhibit_recorded_by_two_cells_is_refused(record, draw, monkeypatch):
    from matplotlib.figure import Figure

    from peerpack.records import exhibits

    started = record()
    shown = started.evidence(draw.money(("A", 1, 9)), "KF01", rows=draw.budget, no_comparator="x")
    words = {"name": "x", "title": "T", "alt": "A chart."}
    started.exhibit(Figure(), shown, **words)
    started.exhibit(Figure(), shown, **words)
    assert len(started.records().exhibits) == 1
    monkeypatch.setattr(exhibits, "current_cell", lambda: "another")
    with pytest.raises(RecordRefused, match="Exhibit x is recorded by two cells"):
        started.exhibit(Figure(), shown, **words)


def test_a_number_that_is_missing_says_why_and_never_zero(record, draw):
    table = measured([{"numerator": 5.0, "numerator_rows": draw.rows(1, 2)}])
    shown = record().evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)
    assert shown.headline[["display", "status"]].tolist() == ["[x]", "z"]
    assert np.isnan(shown.headline["value"])


# What is never let out


@pytest.fixture
def sickness(record, draw):
    started = record({"indicator": "KW01", "value": 1.0, "basis": "the plan"})
    table = draw.sickness(*TEAMS)
    shown = started.evidence(
        table, "KW01", rows=(draw.spells, draw.posts),
        comparator=comparison(draw, indicator="KW01"), comparator_rows=draw.neighbours,
    )  # fmt: skip
    return started, shown


def test_a_suppressed_row_has_no_number_no_comparator_and_no_note(sickness):
    _, shown = sickness
    hidden = shown.rows[shown.rows["status"] == "c"]
    assert hidden["group"].tolist() == ["Night", "Tiny"]
    assert hidden[list(NUMBER_COLUMNS)].isna().all(axis=None)
    assert (hidden["display"] == "[c]").all()
    assert (hidden["note"] == "No comparator: the figure itself is not shown.").all()
    blank = ["interval", "comparator", "comparator_statistic", "comparator_period",
             "comparator_source", "comparator_display", "rag", "standing",
             "target_basis"]  # fmt: skip
    assert (hidden[blank] == "").all(axis=None)


def test_a_council_too_small_has_neither_comparator_nor_target(record, draw):
    started = record({"indicator": "KW01", "value": 1.0, "basis": "the plan"})
    shown = started.evidence(
        draw.sickness(("Place", "Parks", 9, 9)), "KW01", rows=(draw.spells, draw.posts),
        comparator=comparison(draw, indicator="KW01"), comparator_rows=draw.neighbours,
    )  # fmt: skip
    assert (shown.rows["display"] == "[c]").all()
    assert shown.rows[list(NUMBER_COLUMNS)].isna().all(axis=None)
    assert started.records().comparators == ()
    assert set(lineage(started).values()) == {"[c]"}


def test_of_personal_data_only_the_headlines_rows_are_named(sickness):
    found = lineage(sickness[0])
    assert {key for key, rows in found.items() if rows != "[c]"} == {
        ("KW01", "numerator"), ("KW01", "denominator"), ("KW01", "comparator"),
    }  # fmt: skip
    assert found["KW01", "numerator"] == "1:1-120"


def test_a_hidden_part_does_not_say_whether_it_had_a_case(record, draw):
    def told(spells):
        started = record()
        table = draw.sickness(*TEAMS[:4], ("Adults", "Tiny", 4, spells))
        started.evidence(table, "KW01", rows=(draw.spells, draw.posts), no_comparator=ALONE)
        return {key: rows for key, rows in lineage(started).items() if "Tiny" in key[0]}

    assert told(0) == told(9)


def test_which_people_gave_the_answer_counted_is_not_said(record, draw):
    started = record()
    table = draw.satisfied(("Abbey", 60, 30), ("Docks", 60, 30))
    started.evidence(table, "KR01", rows=draw.survey, no_comparator=ALONE)
    found = lineage(started)
    assert found["KR01", "numerator"] == "[c]"
    assert found["KR01", "denominator"] == "1:1-120"
    assert found["KR01/ward=Abbey", "denominator"] == "[c]"


def test_a_figure_of_no_row_still_says_of_which_return(record, draw):
    table = draw.money(("A", 1.0, 10.0), ("B", 0.0, 10.0))
    none = [draw.rows(1, 0)] * len(table)
    parts = table.assign(denominator_rows=none)
    parts.at[2, "numerator_rows"] = draw.rows(1, 0)
    started = record()
    started.evidence(parts, "KF01", rows=draw.budget, no_comparator=ALONE)
    assert lineage(started)["KF01/directorate=B", "numerator"] == ""
    assert ("KF01/directorate=B", "denominator") not in lineage(started)


def test_a_run_for_a_trace_names_every_row_and_shows_no_more(record, draw, monkeypatch):
    def told():
        started = record()
        table = draw.sickness(*TEAMS[:4], ("Adults", "Tiny", 4, 3))
        started.evidence(table, "KW01", rows=(draw.spells, draw.posts), no_comparator=ALONE)
        return started

    usual = told()
    monkeypatch.setenv(WHOLE_LINEAGE, "yes")
    whole = told()
    assert whole.records().evidence == usual.records().evidence
    assert "[c]" not in lineage(whole).values()
    tiny = "KW01/directorate=Adults&team=Tiny"
    assert len(rows_of(lineage(whole)[tiny, "numerator"])) == 3
    assert lineage(usual)[tiny, "numerator"] == "[c]"


def test_rows_that_weight_others_are_named_and_judged_with_them(record, draw):
    warned = draw.posts.receipt.model_copy(update={"verdict": Verdict(outcome="warn", checks=())})
    table = draw.satisfied(("Abbey", 60, 30), ("Docks", 60, 30))
    table["weight_rows"] = [draw.rows(1, 300)] * len(table)
    started = record()
    shown = started.evidence(table, "KR01", rows=draw.survey, no_comparator=ALONE,
                             weights=replace(draw.posts, receipt=warned))  # fmt: skip
    assert lineage(started)["KR01", "weight"] == "1:1-300"
    assert lineage(started)["KR01/ward=Abbey", "weight"] == "[c]"
    assert shown.headline["verdict"] == "warn"
    assert ("posts", QUARTER) in {(u.dataset, u.quarter) for u in started.records().datasets}


def test_weights_from_another_dataset_than_was_said_are_refused(record, draw):
    table = draw.satisfied(("Abbey", 60, 30), ("Docks", 60, 30))
    table["weight_rows"] = [draw.rows(900, 1)] * len(table)
    with pytest.raises(RecordRefused, match="of its weight rows, 1 of 1 are not rows of posts"):
        record().evidence(table, "KR01", rows=draw.survey, weights=draw.posts, no_comparator=ALONE)


def test_rows_of_public_data_are_named_for_every_part(record, draw):
    started = record()
    table = draw.money(("A", 3, 100), ("B", 1, 100))
    started.evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)
    assert lineage(started)["KF01/directorate=B", "numerator"] == "1:2"


def test_counts_of_staff_are_rounded_to_five_and_so_is_the_number_of_their_rows(sickness):
    parts = sickness[1].rows.set_index("group").loc[["Parks", "Roads", "Day"]]
    assert parts["base_n"].tolist() == [40, 35, 40]
    assert parts["rows_n"].tolist() == [80, 65, 70]
    assert sickness[1].headline[["base_n", "rows_n"]].tolist() == [130, 249]


def test_rounded_bases_do_not_say_how_many_people_are_hidden(record, draw):
    def bases(tiny):
        table = draw.sickness(*TEAMS[:4], ("Adults", "Tiny", tiny, 9))
        shown = record().evidence(table, "KW01", rows=(draw.spells, draw.posts), no_comparator="x")
        return shown.rows["base_n"].dropna().tolist()

    assert bases(3) == bases(4) == bases(5)


def test_what_a_total_less_its_shown_parts_leaves_is_of_enough_people_and_cases(sickness):
    rows = by_id(sickness[1])
    adults = rows.loc["KW01/directorate=Adults"]
    day = rows.loc["KW01/directorate=Adults&team=Day"]
    assert adults["denominator"] - day["denominator"] == 16  # 12 and 4 people
    assert adults["numerator"] - day["numerator"] == 20
    assert adults["rows_n"] - day["rows_n"] >= 10


@pytest.mark.parametrize(
    ("answers", "satisfied", "status"),
    [(7, 7, "c"), (8, 8, "u"), (29, 14, "u"), (30, 14, ""), (29, 7, "c"), (0, 0, "z")],
)
def test_a_small_survey_base_is_hidden_or_marked(record, draw, answers, satisfied, status):
    table = draw.satisfied(
        ("Small", answers, satisfied), ("Next", 31, 15), ("Abbey", 90, 40), ("Docks", 90, 40)
    )
    shown = record().evidence(table, "KR01", rows=draw.survey, no_comparator=ALONE)
    assert by_id(shown).loc["KR01/ward=Small", "status"] == status


def test_an_estimate_without_an_interval_is_not_called_higher(record, draw):
    table = draw.satisfied(("All", 40, 40), ("Abbey", 90, 40), ("Docks", 90, 70))
    shown = record().evidence(table, "KR01", rows=draw.survey, no_comparator=ALONE)
    assert shown.parts["standing"].tolist() == ["not clearly different", "lower", "higher"]


def test_what_a_notebook_may_show_says_no_hidden_number(sickness):
    shown = sickness[1]
    assert isinstance(shown, Shown)
    for text in (repr(shown), shown._repr_html_()):
        assert "[c]" in text
        assert "2.25" not in text  # nine days over four people


# Rows as ranges


@pytest.mark.parametrize(
    ("rows", "text"),
    [([], ""), ([5], "1:5"), ([20, 18, 19, 25, 18], "1:18-20,25")],
)
def test_rows_are_told_as_ranges_by_file(rows, text):
    numbers = np.array(rows, dtype="int64") + 1_000_000_000
    assert ranges(numbers) == text
    assert rows_of(text).tolist() == sorted(set(numbers.tolist()))


def test_rows_of_two_files_stay_apart():
    assert ranges(np.array([1_000_000_002, 2_000_000_002])) == "1:2;2:2"
    assert rows_of("1:2;2:2-3").tolist() == [1_000_000_002, 2_000_000_002, 2_000_000_003]


def test_a_table_of_claims_is_refused_without_its_rows(record, draw):
    table = pd.DataFrame({"claim_id": ["L05"]})
    with pytest.raises(RecordRefused, match="Published figures: the table lacks numerator_rows"):
        record().evidence(table, rows=draw.budget)
