"""Two clicks from a number stand its rows: where they are, and nothing of people."""

import pytest

SHA = "0123456789abcdef" * 4


def lineage(*rows, evidence_id="KF01", role="numerator"):
    named = {"evidence_id": evidence_id, "role": role, "dataset": "budget", "sha256": SHA}
    return [named | {"rows": each} for each in rows]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1:8", "Budget P3.xlsx, sheet Q1, line 8 (1 row)"),
        ("1:8-10,13", "Budget P3.xlsx, sheet Q1, lines 8 to 10, 13 (4 rows)"),
        (
            "1:1,3,5,7,9,11,13-20,22",
            "Q1, lines 1, 3, 5, 7, 9, 11 and 2 more ranges (15 rows)",
        ),
        ("", "No row of it."),
        ("2:8", "Numerator: Budget monitoring 0123456789ab"),
    ],
)
def test_the_lines_of_each_file_are_named_and_long_lists_of_ranges_cut(draw, read, rows, said):
    assert said in read(draw(lineage=lineage(rows))).text_of("card-e-KF01")


def test_a_return_is_told_with_its_counts_its_verdict_and_what_was_corrected(draw, read):
    card = read(draw(lineage=lineage("1:8"))).text_of("card-e-KF01")
    assert "50 rows in, 42 admitted, 7 set aside, 1 in quarantine; verdict warn" in card
    assert "Corrected in it: c-1, 1 row: Sign was turned" in card
    assert "Their cells: peerpack trace 'KF01'" in card


def test_rows_of_the_packs_own_tables_are_not_called_lines(draw, rows, read):
    own = rows.receipt(dataset="evidence", title="Evidence of this pack")
    told = [each | {"dataset": "evidence"} for each in lineage("1:3-4")]
    card = read(draw(lineage=told, own=(own,))).text_of("card-e-KF01")
    assert "Budget P3.xlsx, sheet Q1, rows 3 to 4 (2 rows)" in card


def test_every_role_is_told_the_comparators_too(draw, read):
    told = lineage("1:8") + lineage("1:9", role="denominator") + lineage("1:10", role="comparator")
    card = read(draw(lineage=told)).text_of("card-e-KF01")
    places = [card.index(word) for word in ("line 8", "line 9", "Comparator: Budget", "line 10")]
    assert places == sorted(places)


@pytest.mark.parametrize("named", ["1:8-10", "[c]"])
def test_rows_of_people_are_not_named_even_where_the_pack_names_them(draw, rows, read, named):
    page = read(draw(lineage=lineage(named), receipts=(rows.receipt(personal=True),)))
    assert "Rows are not named here: personal data." in page.text_of("card-e-KF01")
    assert "8 to 10" not in page.text


def test_a_suppressed_number_has_no_word_of_its_rows(draw, rows, read):
    page = read(draw([rows.suppressed()], lineage=lineage("1:8-10")))
    assert "Rows behind" not in page.text
    assert "8 to 10" not in page.text
