"""The page of what could not be shown, and why."""

from datetime import date

import pytest

from peerpack.catalogue.models import Council, Target
from peerpack.handover.pack import NotebookPage, Withheld
from peerpack.handover.receipt import Check, Verdict

WHY = "Every saving needs a target"
STOP = Verdict(outcome="stop", checks=(
    Check(id="S1", why=WHY, severity="stop", passed=False, failing_n=3, failing_rows=(1, 2, 3)),
    Check(id="S2", why="Not this", severity="warn", passed=False, failing_n=1, failing_rows=(1,)),
))  # fmt: skip


@pytest.fixture
def missing(draw, read):
    """The page of a drawn pack that lacks nothing but what is said."""

    def page(rows=None, **said):
        whole = {"withheld": (), "not_used": (), "indicators": {}}
        return read(draw(rows, **whole | said), "not-shown.html")

    return page


def compared(rows, **said):
    return rows.figure(comparator="median", comparator_value=1.0, target=1.0, **said)


def test_a_pack_that_lacks_nothing_says_so(missing, rows):
    page = missing([compared(rows)])
    assert "Nothing is missing" in page.text
    assert [tag for tag, _ in page.tags if tag == "h2"] == ["h2"]


def test_a_return_that_did_not_pass_comes_first_with_the_checks_that_stopped_it(missing, rows):
    receipt = rows.receipt(dataset="savings", title="Savings tracker", verdict=STOP)
    page = missing(
        [compared(rows)],
        receipts=(rows.receipt(), receipt),
        withheld=(Withheld("03", "Are the savings real?", "T4", "Savings: stopped in 2024-25-Q1"),
                  Withheld("07", "Are residents satisfied?", "T1", "no evidence supplied")),
        notebooks=(NotebookPage("02", "Where will it land?", "T4",
                                ("Savings tracker: It failed.", "Reserves: not here")),),
    )  # fmt: skip
    headings = [said["id"] for tag, said in page.tags if tag == "h2"]
    assert headings == ["contents", "stopped", "unanswered", "not-supplied", "partly"]
    assert f"Savings tracker , from: Finance {WHY} (3 rows; check S1)" in page.text
    assert "Not this" not in page.text
    assert "Savings: stopped in April to June 2024" in page.text
    assert "Savings tracker: did not pass its checks Reserves: not here" in page.text
    assert {"quality.html#dataset-savings", "questions/02.html", "#stopped"} <= {*page.all("href")}


def test_hidden_figures_are_counted_for_each_indicator_and_no_value_is_told(missing, rows):
    parts = {"breakdown": "team", "comparator_value": 1.0, "target": 1.0}
    page = missing([
        compared(rows), rows.figure(evidence_id="KF01/team=A", display="77.7%", **parts),
        rows.suppressed(evidence_id="KF01/team=B", breakdown="team"),
    ])  # fmt: skip
    assert "KF01 : 1 of 3 figures" in page.text
    assert "77.7" not in page.text
    assert "team" not in page.text_of("hidden").lower()


def test_a_figure_that_could_not_be_worked_out_says_why(missing, rows):
    row = compared(
        rows, title="Debt", value=None, display="[x]", note="Nobody was asked in 2024-06-30."
    )
    assert "Debt : Nobody was asked in 30 June 2024." in missing([row]).text


def test_figures_without_a_comparator_stand_under_their_reason_the_most_common_first(missing, rows):
    notes = (
        "No comparator: ours alone.",
        "No comparator: none supplied.",
        "No comparator: ours alone.",
    )
    page = missing([
        rows.figure(evidence_id=f"KF0{n}", title=f"Figure {n}", note=note, target=1.0)
        for n, note in enumerate(notes)
    ])  # fmt: skip
    assert "Ours alone. 2 figures Figure 0 Figure 2 None supplied. 1 figure Figure 1" in page.text


def test_targets_that_may_not_be_shown_are_named_with_the_reason_and_without_their_value(
    missing, rows
):
    held = Target(indicator="KF01", value=4321.0, basis="x", embargo_until=date(2024, 8, 1))
    council = Council(slug="x", name="X", targets=(held, replace_licence(held)))
    page = missing([rows.figure(comparator_value=1.0)], council=council)
    assert "1 headline figure has no target, of 1." in page.text
    assert "KF01: it is under embargo until 1 August 2024" in page.text
    assert "KF01: its licence forbids publication" in page.text
    assert "4321" not in page.text.replace(",", "")


def replace_licence(target):
    return target.model_copy(update={"licence": "restricted"})


def test_an_indicator_without_evidence_says_what_it_needs(missing, rows, draw):
    known = draw().indicators["KF01"]

    def defined(id_, **said):
        return known.model_copy(update={"id": id_, "title": f"About {id_}"} | said)

    indicators = {
        "KF01": known,
        "KF02": defined("KF02", computed_from=("savings",)),
        "KF03": defined("KF03", computed_from=("budget",)),
        "KF04": defined("KF04", computed_from=("stopped",)),
        "KF05": defined("KF05", not_yet="No such data is read.", theme="T1"),
    }
    stopped = rows.receipt(dataset="stopped", title="Stopped", verdict=STOP)
    page = missing([compared(rows)], indicators=indicators, receipts=(rows.receipt(), stopped),
                   declared={"savings": "Savings tracker", "stopped": "Stopped"})  # fmt: skip
    wanted = page.text_of("main")
    assert "About KF02 KF02 Not supplied: Savings tracker." in wanted
    assert "About KF03 KF03 Its data was supplied, but not all that it takes." in wanted
    assert "About KF04 KF04 Did not pass its checks: Stopped." in wanted
    assert "Local priorities and outcomes: 1 indicator About KF05 KF05 No such data" in wanted
    assert "About KF01" not in wanted


def test_files_that_were_not_used_come_last(missing, rows):
    page = missing([compared(rows)], not_used=("Photo of minutes.pdf",))
    assert page.text_of("main").endswith("no table that the workbook knows. Photo of minutes.pdf")
