"""Two public collections of CSV edge cases: what each file must come to, reasoned from its bytes."""

# ruff: noqa: E501 (a drawn table is read along its rows)

import pytest

from peerpack.catalogue.models import Column, Dataset
from peerpack.catalogue.places import project_root
from peerpack.errors import ReturnRefused
from peerpack.sources import read
from peerpack.sources.tabular import grids

CSV = project_root().parent / "shared" / "real" / "csv"
pytestmark = pytest.mark.skipif(not CSV.is_dir(), reason="../shared/real is missing here")

NOT_QUOTED = "',' expected after '\"'"
NO_TEXT = "expected UTF-8, UTF-16 or cp1252 text, found bytes that are none of these"

# File, rows (of a file in lines: its lines, blank ones too), the widest row, and why.
READ = """
spectrum/comma_in_quotes                 |  2 | 5 | a comma within quotation marks is no delimiter
spectrum/empty                           |  3 | 3 | "" is an empty cell
spectrum/empty_crlf                      |  3 | 3 | the same with other line ends
spectrum/escaped_quotes                  |  3 | 2 | two quotation marks stand for one
spectrum/json                            |  2 | 2 | commas and quotation marks of JSON within one cell
spectrum/location_coordinates            |  2 | 4 | a quotation mark within a cell that has none around it
spectrum/newlines                        |  4 | 3 | a line's end within quotation marks
spectrum/newlines_crlf                   |  4 | 3 | the same with other line ends
spectrum/quotes_and_newlines             |  3 | 2 | both within one cell
spectrum/simple                          |  2 | 3 | plain
spectrum/simple_crlf                     |  2 | 3 | plain
spectrum/utf8                            |  3 | 3 | a letter of two bytes, no last line's end
torture/accounting_parentheses           |  6 | 2 | brackets are the amount's reader's to judge
torture/ambiguous_delimiter              |  2 | 2 | comma and semicolon agree as well: the comma is tried first
torture/backslash_in_quoted_rfc          |  3 | 2 | a backslash is a letter like others
torture/basic_new                        |  3 | 2 | plain
torture/basic_old                        |  3 | 2 | plain
torture/blank_lines_before_header        |  5 | 2 | white space alone is a blank row, and stays one
torture/blank_only                       |  2 | 2 | white space alone: no row is lost, none carries data
torture/blank_records                    |  5 | 2 | an empty line is a row without cells
torture/blank_records_between            |  6 | 2 | sep= names the delimiter, and is a row of its own
torture/bom_no_trailing_newline          |  3 | 2 | the mark of UTF-8 is no cell
torture/caret_basic                      |  3 | 2 | ^ divides every line alike
torture/caret_delimiter                  |  3 | 3 | ^ divides every line alike
torture/caret_quoted                     |  3 | 3 | ^ within quotation marks is no delimiter
torture/control_byte_header              |  3 | 1 | a control byte is no delimiter that a council's system writes
torture/crlf_line_endings                |  3 | 2 | plain
torture/currency_values                  |  4 | 2 | dollars are the amount's reader's to refuse
torture/delim_0x1f                       |  3 | 2 | the unit separator divides every line alike
torture/duplicate_headers                |  2 | 2 | the contract decides whether two headings collide
torture/empty_fields                     |  4 | 3 | empty cells keep their place
torture/empty_file                       |  0 | 0 | nothing
torture/empty_header_names               |  2 | 3 | headings may be empty
torture/empty_headers                    |  2 | 4 | headings may be empty
torture/excel_quoted_commas              |  4 | 3 | as Excel writes it
torture/extra_fields_empty               |  3 | 4 | a row keeps the cells it has
torture/extra_fields_non_empty           |  3 | 3 | a row keeps the cells it has
torture/extra_trailing_empty_fields      |  3 | 4 | a row keeps the cells it has
torture/extra_trailing_nonempty          |  3 | 3 | a row keeps the cells it has
torture/header_only                      |  1 | 3 | a header without rows
torture/header_with_spaces               |  4 | 2 | spaces are the contract's to see through
torture/hex_prefix_header                |  3 | 2 | "hex:" is a word
torture/leading_blank_lines              |  5 | 2 | empty lines are rows, and the header stands on line 3
torture/leading_tabs_header              |  4 | 2 | sep= says comma, whatever tabs there are
torture/locale_decimal                   |  3 | 2 | decimal commas are the amount's reader's to refuse
torture/missing_tokens                   |  6 | 3 | NA, NULL and - stay the words they are
torture/missingness_numeric_vs_missing   |  5 | 2 | NA stays a word
torture/mixed_line_endings               |  3 | 2 | each line's end is one
torture/mixed_types_numeric_text         |  4 | 2 | words among numbers stay
torture/multiline_quoted                 |  4 | 2 | a row of two lines, after sep=
torture/no_trailing_newline              |  3 | 2 | the last line needs no end
torture/non_ascii_header                 |  3 | 3 | UTF-8
torture/numeric_thousands                |  3 | 2 | commas within quotation marks
torture/only_blank_lines                 |  3 | 2 | blank rows alone
torture/only_header                      |  1 | 3 | a header without rows
torture/percent_values                   |  3 | 2 | plain
torture/pipe_delimiter                   |  3 | 3 | | divides every line alike
torture/pipe_quoted                      |  3 | 3 | | within quotation marks is no delimiter
torture/pipe_with_spaces                 |  3 | 3 | spaces stay in their cells
torture/plus_sign_numbers                |  4 | 2 | a plus is the amount's reader's to judge
torture/quoted_empty_fields              |  3 | 3 | "" is an empty cell
torture/ragged_rows_long_empty           |  3 | 4 | a row keeps the cells it has
torture/ragged_rows_short                |  4 | 3 | a short row is short
torture/rfc4180_quotes                   |  3 | 2 | two quotation marks stand for one
torture/rfc_quote_escape                 |  3 | 2 | after sep=
torture/scientific_notation              |  3 | 2 | plain
torture/semicolon_delimiter              |  3 | 3 | ; divides every line alike
torture/semicolon_quoted                 |  3 | 3 | ; within quotation marks is no delimiter
torture/semicolon_with_spaces            |  3 | 3 | spaces stay in their cells
torture/sep_caret                        |  4 | 2 | sep= names the delimiter, and is a row of its own
torture/sep_equal                        |  4 | 3 | even where it is the equals sign itself
torture/sep_equals                       |  4 | 3 | the same
torture/sep_only                         |  1 | 2 | nothing but the name of the delimiter
torture/sep_pipe                         |  4 | 3 | sep= names the delimiter
torture/sep_semicolon                    |  4 | 3 | sep= names the delimiter
torture/sep_tab                          |  4 | 3 | sep= names the delimiter
torture/single_column                    |  2 | 1 | a table of one column has no delimiter
torture/tab_basic                        |  3 | 2 | tabs divide every line alike
torture/tab_delimiter                    |  3 | 3 | tabs divide every line alike
torture/tab_quoted                       |  3 | 3 | a tab within quotation marks is no delimiter
torture/tab_with_spaces                  |  3 | 3 | spaces stay in their cells
torture/trailing_blank_lines             |  5 | 2 | blank rows at the end stay
torture/trailing_spaces_fields           |  3 | 2 | spaces within quotation marks stay
torture/u8_prefix_header                 |  3 | 2 | "u8:" is a word
torture/utf16le_bom                      |  0 | 0 | a mark and nothing after it
torture/utf8_accented                    |  3 | 2 | UTF-8
torture/utf8_bom                         |  3 | 2 | the mark of UTF-8 is no cell
torture/utf8_bom_blank_lines             |  6 | 2 | a mark, empty lines, and the header on line 4
torture/utf8_bom_sep_pipe                |  3 | 3 | a mark before sep=
torture/wide_row_extra_empty             |  2 | 4 | a row keeps the cells it has
torture/wide_row_extra_non_empty         |  3 | 3 | a row keeps the cells it has
torture/windows_crlf                     |  3 | 2 | plain
torture/windows_quotes_crlf              |  3 | 2 | plain
"""
REFUSED = {
    "torture/backslash_escape": ("line 3", NOT_QUOTED),  # \" ends the cell: what follows is lost
    "torture/invalid_quote": ("line 2", NOT_QUOTED),
    "torture/unterminated_quote": ("line 2", "unexpected end of data"),
    "torture/encoding_nul_first8k": (NO_TEXT,),
    "torture/nul_in_8k": (NO_TEXT,),
    "torture/encoding_utf16le": (NO_TEXT,),  # the mark says UTF-16, the bytes are ASCII and odd
    "torture/encoding_utf32be": (NO_TEXT,),
    "torture/utf32be_bom": (NO_TEXT,),
}


NOT_PLACED = {"torture/duplicate_headers": "two columns are headed 'name', and either could be"}


def drawn():
    """The rows of the table above; the one name with a bar in its reason stays whole."""
    lines = [[part.strip() for part in line.split("|", 3)] for line in READ.strip().splitlines()]
    assert all(why for *_, why in lines)
    return [pytest.param(name, int(n), int(width), id=name) for name, n, width, _ in lines]


def anything(path):
    """A contract that takes any table: one column of words, headed as the first words here are."""
    heads = {"A"}
    for grid in grids(path):
        heads |= {cell.strip() for row in grid.rows for cell in row if cell.strip()}
    column = Column(name="any", kind="text", description="Any.", required=True, in_order=True,
                    synonyms=tuple(sorted(heads)))  # fmt: skip
    return Dataset(dataset="any", title="Any", description="Any.", grain="a row", personal=False,
                   covers="latest", owner="Tests", columns=(column,))  # fmt: skip


def test_every_file_of_both_collections_is_in_one_of_the_tables():
    there = {f"{path.parent.name}/{path.stem}" for path in CSV.glob("*/*.csv")}
    assert there == {each.values[0] for each in drawn()} | REFUSED.keys()
    assert len(there) == 101


@pytest.mark.parametrize(("name", "rows_n", "width"), drawn())
def test_every_row_is_there_as_wide_as_it_was_on_a_line_of_its_own(name, rows_n, width):
    [grid] = grids(CSV / f"{name}.csv")
    assert (len(grid.rows), max(map(len, grid.rows), default=0)) == (rows_n, width)
    assert len(set(grid.lines)) == rows_n == len(grid.lines)


@pytest.mark.parametrize(("name", "rows_n", "width"), drawn())
def test_every_row_is_placed_once_by_a_contract_that_takes_any_words(name, rows_n, width):
    path = CSV / f"{name}.csv"
    contract = anything(path)
    refusal = NOT_PLACED.get(name, "has its columns" * (len(contract.columns[0].synonyms) < 2))
    if refusal:
        with pytest.raises(ReturnRefused, match=refusal):
            read([path], contract)
        return
    reading = read([path], contract)
    aside_n = sum(len(each.lines) for each in reading.set_aside)
    apart_n = len({each.row for each in reading.quarantined})
    assert reading.rows_in == rows_n == len(reading.frame) + aside_n + apart_n


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_table_is_refused_in_a_sentence(name):
    path = CSV / f"{name}.csv"
    with pytest.raises(ReturnRefused) as refusal:
        list(grids(path))
    for words in (path.name, *REFUSED[name]):
        assert words in str(refusal.value)
