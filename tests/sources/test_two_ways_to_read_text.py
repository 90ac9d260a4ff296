"""The fast way to read delimited text gives what the strict one gives, or leaves it the text."""

import csv
import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peerpack.catalogue.places import project_root
from peerpack.sources.delimited import BrokenText, _quickly, _strictly, delimited
from peerpack.sources.tabular import decoded

REAL = project_root().parent / "shared" / "real"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")

PIECES = st.sampled_from([
    "a", "b ", " ", '"', '""', '"c"', '"d,e"', '"f\ng"', '"h\r\ni"', '"j\rk"', ",", ",", "\n",
    "\r\n", "\r", "é", "0", "NA", "", "\ufeff", "\x1f", "\x85", "\u2028", ",,\n", '"l""m"', "'",
])  # fmt: skip


def by_module(text):
    """The rows by the csv module, and the line each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found, before = [], 0
    for row in reader:
        found.append((before + 1, row))
        before = reader.line_num
    return found


def rows_of(reading):
    lines, rows = reading
    return list(zip(lines, rows, strict=True))


@settings(max_examples=300, deadline=None)
@example("a,b\n\n1,2\r\n\r\n\r\r")
@example('a,b\n"c"d,e\n')
@example('a,b\nc"d,e"\n')
@example('a,b\n"c,d\n')
@example('a,b\r\n"c\r\nd",e\r\nf,g')
@example('"a","b"\n"""c""",""\n')
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_fast_way_agrees_with_the_csv_module_or_does_not_answer(text):
    quick = _quickly(text, ",")
    try:
        expected = by_module(text)
    except csv.Error:
        assert quick is None
        with pytest.raises(BrokenText):
            delimited(text, ",")
        return
    assert rows_of(_strictly(text, ",")) == expected
    assert quick is None or rows_of(quick) == expected


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"],
                                               exclude_characters="\0\r"),
                                 max_size=6), min_size=3, max_size=3), min_size=1, max_size=20),
       st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
       st.sampled_from(["\r\n", "\n"]))  # fmt: skip
@settings(deadline=None)
def test_what_the_csv_module_writes_is_taken_the_fast_way(rows, quoting, newline):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator=newline).writerows([["a", "b", "c"], *rows])
    quick = _quickly(out.getvalue(), ",")
    assert quick is not None
    assert [row for _, row in rows_of(quick)] == [["a", "b", "c"], *rows]


@pytest.mark.parametrize("text", [
    "a,b\n1,2,3\n", "a,b\n1\n", "\na,b\n", "a\nb\n", "", "\ufeffa,b\n", 'a,b\n5" pipe,1\n',
    "a,b\n" + "x" * 140_000 + ",1\n",
], ids=["wide", "short", "blank", "one column", "nothing", "mark", "inches", "long"])  # fmt: skip
def test_text_that_leaves_doubt_is_left_to_the_strict_way(text):
    assert _quickly(text, ",") is None


@needs_real
@pytest.mark.parametrize("path", [
    "devon/DCCSpendingOver500_202503.csv", "others/manchester_2022-05.csv", "leeds/raw_2011-09.csv",
    "others/salford_2022-07.csv", "survey/apistrat.csv", "csv/spectrum/newlines_crlf.csv",
    "csv/spectrum/quotes_and_newlines.csv",
])  # fmt: skip
def test_real_files_read_the_same_both_ways(path):
    text, _ = decoded(path, (REAL / path).read_bytes())
    text = text[: text.find("\n", 300_000) + 1] or text
    quick = _quickly(text, ",")
    assert quick is None or rows_of(quick) == by_module(text)
    assert rows_of(delimited(text, ",")) == by_module(text)


@needs_real
def test_traffords_payments_are_read_the_fast_way_and_the_same():
    path = REAL / "trafford/2024-25-Q4/trafford-supplier-spend-2024-25.zip"
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0])[: 2**20].decode("utf-8-sig", "ignore")
    text = text[: text.rindex("\n") + 1]
    quick = _quickly(text, ",")
    assert quick is not None
    assert rows_of(quick) == by_module(text)
