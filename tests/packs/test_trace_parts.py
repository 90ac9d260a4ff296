"""The parts of a trace on drawn rows: masks, sums, what a suppressed figure forbids."""

import re

import numpy as np
import pandas as pd
import pytest
from workbench import REFERENCE

from peerpack.errors import NotReproducible, PackTampered, RecordRefused
from peerpack.intake.earlier import nothing
from peerpack.packs.opened import open_pack
from peerpack.packs.trace.again import refuse_other
from peerpack.packs.trace.entries import parsed
from peerpack.packs.trace.follow import evidence_id
from peerpack.packs.trace.masks import masks_over
from peerpack.packs.trace.rows import Block, Table, rows_of
from peerpack.packs.trace.sums import sums
from peerpack.packs.trace.suppressed import Hidden, refuse_same_rows, telling_columns
from peerpack.vocab import Quarter

QUARTER = Quarter.parse("2024-25-Q1")


def block(dataset, rows, role="numerator", unread=None, corrected=()):
    """Rows of a return, drawn by column; each heading is its column's name in capitals."""
    frame = pd.DataFrame(rows).assign(source_row=range(1, len(next(iter(rows.values()))) + 1))
    frame = frame.set_index("source_row", drop=False)
    unread = unread or {}

    def cells(row):
        own = frame.loc[row].drop("source_row")
        told = {name.upper(): "" if value is None else str(value) for name, value in own.items()}
        return told | {heading: texts[row - 1] for heading, texts in unread.items()}

    columns = {name.upper(): name for name in rows}
    table = Table(frame, lambda row: ("a.csv", "", row), cells, lambda _: columns, dict(corrected))
    receipt = nothing(dataset, "northborough", QUARTER, "").receipt
    return Block(role, receipt, tuple(frame["source_row"]), table)


def told(blocks, telling=()):
    masks = masks_over(blocks, dict(telling))
    return [row for each in blocks for row in rows_of(each, masks)]


def test_one_person_has_one_mask_in_two_returns_and_another_person_another():
    spells = block("absence_spells", {"person_ref": ["E1", "E2", "E1"], "reason": ["Flu"] * 3})
    posts = block("hr_positions", {"person_ref": ["E2", "E3"], "fte": [1.0, 0.5]}, "denominator")
    rows = told([spells, posts])
    people = [row.read["person_ref"] for row in rows]
    assert people == ["[masked 1]", "[masked 2]", "[masked 1]", "[masked 2]", "[masked 3]"]
    assert [row.cells["PERSON_REF"] for row in rows] == people
    assert {row.read["reason"] for row in rows[:3]} == {"[masked 1]"}
    assert [row.read["fte"] for row in rows[3:]] == [1.0, 0.5]


def test_no_name_of_a_person_stands_anywhere_in_a_traced_row():
    posts = block(
        "hr_positions",
        {"person_name": ["Ann Onymous", None], "sex": ["Female", "Male"], "fte": [1.0, 1.0]},
        unread={"Manager": ["Noel Body", ""], "column 9": ["Ann Onymous", "x"]},
    )
    rows = told([posts])
    assert not re.search("Ann|Noel|Female", repr(rows))
    assert rows[0].cells["Manager"] == "[masked 1]"
    assert (rows[1].cells["Manager"], rows[1].cells["column 9"]) == ("", "[masked 2]")
    assert rows[1].read["person_name"] is None


def test_a_cell_that_a_personal_column_read_as_nothing_is_masked_all_the_same():
    posts = block("hr_positions", {"person_ref": [None], "fte": [1.0]})
    masked = masks_over([posts], {}).of("hr_positions", {"person_ref": None})
    assert masked.cells({"No": "n/k"}, {"No": "person_ref"}) == {"No": "[masked]"}


def test_headings_never_read_are_masked_where_the_dataset_is_not_of_people():
    cases = block(
        "complaints_and_requests", {"case_ref": ["1", "2"]},
        unread={"Complainant Name": ["Jo Doe", "Jo Doe"], "Channel": ["Post", "Web"]},
    )  # fmt: skip
    rows = told([cases])
    assert [row.cells["Complainant Name"] for row in rows] == ["[masked 1]", "[masked 1]"]
    assert [row.cells["Channel"] for row in rows] == ["Post", "Web"]


def test_a_payee_who_may_be_a_person_is_masked_wherever_the_row_repeats_the_name():
    spend = block(
        "supplier_spend",
        {
            "supplier": ["Acme Ltd", "Jo Doe", "Acme Ltd t/a Jo Doe", "JO DOE"],
            "purpose": ["Repairs", "Fees of JO DOE", "Repairs", "Fees"],
        },
    )
    rows = told([spend])
    names = [row.read["supplier"] for row in rows]
    assert names == ["Acme Ltd", "[masked 1]", "[masked 2]", "[masked 3]"]
    assert rows[1].read["purpose"] == rows[1].cells["PURPOSE"] == "[masked 1]"
    assert rows[0].cells == {"SUPPLIER": "Acme Ltd", "PURPOSE": "Repairs"}


def test_columns_that_tell_a_suppressed_part_apart_say_c_in_every_row():
    people = {
        "directorate": ["Place"] * 4 + ["Adults"] * 4,
        "service": ["Parks"] * 2 + ["Roads"] * 2 + ["Homes"] * 4,
        "location_type": ["Council", "School"] * 4,
        "position_ref": [f"P{n}" for n in range(8)],
        "sex": ["Female", "Male"] * 4,
        "fte": [1.0] * 8,
    }
    posts = block("hr_positions", people)
    hidden = Hidden(("directorate",), posts.receipt, frozenset({1, 2, 3, 4}))
    telling = telling_columns([posts], [hidden])
    assert telling == {"hr_positions": {"directorate", "service"}}
    rows = told([posts], telling)
    assert {row.read["directorate"] for row in rows} == {"[c]"}
    assert {row.cells["SERVICE"] for row in rows} == {"[c]"}
    assert len({row.read["position_ref"] for row in rows}) == 8


def test_a_hidden_part_of_a_personal_column_is_not_counted_by_its_masks():
    spells = block(
        "absence_spells", {"reason": ["Flu"] * 3 + ["Stress"], "person_ref": list("abcd")}
    )
    rows = told([spells], {"absence_spells": {"reason"}})
    assert [row.read["reason"] for row in rows] == ["[c]"] * 4
    assert rows[3].read["person_ref"] == "[masked 4]"


def test_a_figure_of_just_the_rows_of_a_suppressed_one_is_refused_and_a_wider_one_is_not():
    posts = block("hr_positions", {"directorate": ["Place"] * 3, "fte": [1.0] * 3})
    alike = Hidden(("directorate",), posts.receipt, frozenset({1, 2, 3}))
    with pytest.raises(RecordRefused, match="numerator is of the same rows as a suppressed"):
        refuse_same_rows("KW11", [posts], [alike])
    refuse_same_rows("KW11", [posts], [Hidden((), posts.receipt, frozenset({1, 2}))])


NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "said"),
    [
        (60.0, 60.0, NAN, {"numerator": "the sum of actual_gbp over 3 rows", "value": "numerator"}),
        (3.0, 3.0, NAN, {"numerator": "a count of 3 rows", "value": "numerator"}),
        (3.0, NAN, NAN, {"value": "a count of 3 rows"}),
        (50.0, 3.0, 6.0, {"numerator": "a count of 3 rows", "denominator":
         "the sum of revised_budget_gbp and of original_budget_gbp over 3 rows",
         "value": "100 × numerator / denominator"}),
        (0.5, 5.0, 10.0, {"value": "numerator / denominator"}),
        (-5.0, 5.0, 10.0, {"value": "numerator - denominator"}),
        (7.0, 5.0, 10.0, {}),
        (7.0, 5.0, 0.0, {}),
        (NAN, NAN, NAN, {}),
    ],
)  # fmt: skip
def test_a_sum_is_said_only_where_the_rows_add_up_to_it(value, numerator, denominator, said):
    money = {"actual_gbp": [10.0, 20.0, 30.0], "revised_budget_gbp": [1.0, 2.0, 3.0],
             "original_budget_gbp": [3.0, 2.0, 1.0], "service": ["a", "b", None]}  # fmt: skip
    blocks = [block("budget_monitoring", money, role) for role in ("numerator", "denominator")]
    row = {"value": value, "numerator": numerator, "denominator": denominator}
    assert sums(row, blocks) == said


def test_nothing_is_said_of_rows_that_are_not_here():
    lost = Block("numerator", nothing("budget_monitoring", "a", QUARTER, "").receipt, (1,), None)
    row = {"value": 1.0, "numerator": 1.0, "denominator": NAN}
    assert sums(row, [lost]) == {"value": "numerator"}


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("KF35", "KF35"),
        ("#e-KF35", "KF35"),
        ("e-KF35%2Forganisational_unit%3DN%252FA", "KF35/organisational_unit=N%2FA"),
        ("file:///v001/index.html#e-KF01%2Fteam%3DA%2520B", "KF01/team=A%20B"),
        ("v001/indicators/KF01.html#e-KF01%2Fteam%3DA%2520B", "KF01/team=A%20B"),
        ("https://a.org/v001/published-figures.html#e-L05", "L05"),
        ("KF01/team=A%20B", "KF01/team=A%20B"),
    ],
)
def test_a_link_of_the_page_is_taken_for_its_evidence(word, id_):
    assert evidence_id(word) == id_


@pytest.mark.parametrize(
    "said",
    [
        {"rows": "1:1-999999999"},
        {"rows": "1:8;__import__"},
        {"rows": "8-9"},
        {"rows": "1:-4"},
        {"role": "../numerator"},
        {"sha256": "0" * 64},
        {"dataset": "hr_positions"},
    ],
)
def test_a_lineage_that_no_build_writes_is_refused_before_it_costs_anything(said):
    pack = open_pack(REFERENCE)
    line = pack.lineage.iloc[0].to_dict()
    assert parsed(pack, line).rows
    with pytest.raises(PackTampered, match="Do not rely on it"):
        parsed(pack, line | said)


def test_a_figure_that_comes_out_otherwise_today_is_refused_with_what_moved():
    pack = open_pack(REFERENCE)
    moved = {"lock": "another", "code": "another"}
    pack.__dict__["manifest"] = pack.manifest | {"inputs": pack.inputs | moved}
    then = dict(pack.row("L05"))
    refuse_other(pack, then, then | {"direction": "up", "target": None})
    with pytest.raises(NotReproducible, match=r"differs .* in value, so .*requirements\.lock") as e:
        refuse_other(pack, then, then | {"value": np.nextafter(then["value"], 9)})
    assert "the workbook's code changed" in str(e.value)
    refuse_other(pack, then | {"status": "r"}, then)
    with pytest.raises(NotReproducible, match="differs from the pack in status"):
        refuse_other(pack, then | {"status": "p"}, then)
    with pytest.raises(NotReproducible, match="all of it"):
        refuse_other(pack, then, None)
