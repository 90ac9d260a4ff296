"""What a national return's contract may say: a title's value, codes, keys of a workbook, a note."""

import pytest
from drawn_returns import table, write_csv

from peerpack.catalogue.load import dataset, datasets
from peerpack.sources import fits, read

OUTTURN = dataset("revenue_outturn")
NET = "Net Current Expenditure (C7 = C3 - C6)"
DRAWN = f"""
Worksheet 2: Revenue Outturn (RO) 2024-25: Service Expenditure Summary (RSX) data
Data are reported in £ thousand.
E-code  | ONS Code  | Local authority | Notes | Class | Detailed Class | Certification | Children Social Care - {NET} | Adult Social Care [note 9] - {NET}
E9901   | E08000099 | Northby         |       | MD    | MD             | Y             | 40                           | 60.5
E9902   | E08000098 | Southby         | M     | MD    | MD             | [x]           | [x]                          | [x]
E9903   | E08000097 | Westby          |       | MD    | MD             | N             | [note 4]                     | -3
Eng     | E92000001 | ENGLAND         |       | Eng   | Eng            | [Y]           | 1000.25                      | 2000
E-code  | ONS Code  | Local authority | Notes | Class | Detailed Class | Certification | Children Social Care - {NET} | Adult Social Care [note 9] - {NET}
[Y]     | E08       | Metropolitan    |       | MD    | MD             | 3             | 99                           | 120
        |           |                 |       |       |                |               | RSX-csc-net                  | RSX-asc-net
"""  # noqa: E501 - a drawn table is read along its rows


def put(tmp_path, text=DRAWN):
    return write_csv(tmp_path / "outturn.csv", table(text))


@pytest.fixture
def reading(tmp_path):
    return read([put(tmp_path)], OUTTURN)


def column(reading, name):
    return [None if value != value else value for value in reading.frame[name]]


def test_what_a_title_says_is_said_of_every_row(reading):
    assert set(reading.frame.form) == {"RSX"}
    assert set(reading.frame.financial_year) == {"2024-25"}


def test_thousands_are_read_as_pounds_and_the_receipt_says_by_how_much(reading):
    assert column(reading, "adult_social_care_net_gbp") == [
        60_500,
        None,
        -3_000,
        2_000_000,
        120_000,
    ]
    scales = {h.column: h.scale for h in reading.headers}
    assert (scales["adult_social_care_net_gbp"], scales["form"]) == (1_000, 1)


def test_an_area_is_what_its_code_of_certification_says(reading):
    kinds = ["authority", "authority", "authority", "England", "class"]
    assert column(reading, "area_kind") == kinds
    assert column(reading, "certification") == ["Y", "[x]", "N", "[Y]", "3"]


def test_no_return_and_a_note_in_place_of_an_amount_are_gaps_with_a_status(reading):
    assert column(reading, "children_social_care_net_gbp") == [
        40_000,
        None,
        None,
        1_000_250,
        99_000,
    ]
    assert column(reading, "children_social_care_net_gbp_status") == [None, "x", "x", None, None]


def test_every_row_is_in_one_place_and_the_workbooks_keys_are_no_fault(reading):
    assert [(each.reason, each.lines) for each in reading.set_aside] == [
        ("title", (1, 2)), ("header", (3,)), ("repeated header", (8,)), ("lookup keys", (10,)),
    ]  # fmt: skip
    assert (reading.rows_in, len(reading.frame), reading.quarantined) == (10, 5, ())


@pytest.mark.parametrize(("old", "new", "at", "expected"), [
    ("RSX-csc-net", "40", "children_social_care_net_gbp", None),
    ("| Y  ", "| P  ", "area_kind", "a code for authority or class or England"),
])  # fmt: skip
def test_what_the_contract_does_not_know_is_quarantined_and_never_guessed(
    tmp_path, old, new, at, expected
):
    reading = read([put(tmp_path, DRAWN.replace(old, new))], OUTTURN)
    assert len({q.row for q in reading.quarantined}) == 1
    assert expected is None or (at, expected) in {
        (q.column, q.expected) for q in reading.quarantined
    }


@pytest.mark.parametrize("title", ["Revenue Outturn 2024-25: a summary", "Form (RSX) data"])
def test_a_table_whose_title_lacks_its_form_or_its_year_is_not_taken(tmp_path, title):
    path = put(tmp_path, DRAWN.replace(DRAWN.splitlines()[1], title))
    assert [left.path for left in fits([path], datasets(), {}).not_used] == [path]
