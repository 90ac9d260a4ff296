"""Tables nobody drew: whatever is drafted from one admits it, or the sample is refused in words."""

import csv
import io
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerpack import gates
from peerpack.drafting.draft import drafted, suite_text
from peerpack.errors import ReturnRefused

QUIETLY = {
    "deadline": None, "derandomize": True,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}  # fmt: skip
WORDS = st.sampled_from(["north", "South-East", "a b", "Yes", "no", "null", "Total cost", "#REF!"])
CELLS = {
    "Amount £": st.integers(-(10**7), 10**7).map(lambda pence: f"£{pence / 100:,.2f}")
    | st.just("-"),
    "Cases": st.integers(0, 5000).map(str) | st.sampled_from(["[x]", ".."]),
    "% Paid": st.integers(0, 1000).map(lambda tenths: f"{tenths / 10}%"),
    "Received": st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(lambda d: f"{d:%d/%m/%Y}"),
    "Case Ref": st.integers(0, 9999).map(lambda n: f"{n:05}"),
    "Type": WORDS,
    "Ward Name": st.text("abc xyz", min_size=1, max_size=12),
    "Days Open": st.integers(0, 99).map(lambda n: f"{n}.00 Day(s)"),
    "Comments": st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
}
HEADINGS = sorted(CELLS)
ANYTHING = st.sampled_from(
    ["A", "B", "b", "Ward", "Cost £", "%", "Total", "Total A", "1", "0", "£3", "-", "x", "[x]",
     "n/a", "2024-01-02", ":", "", "", ""]
)  # fmt: skip


@st.composite
def tables(draw):
    """A table as an export prints it: titles above, a header, rows with a blank here and there."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=6, unique=True))
    row = st.tuples(*(st.one_of(CELLS[h], CELLS[h], CELLS[h], st.just("")) for h in headings))
    titles = draw(
        st.lists(st.sampled_from([["A report"], ["Run date 07/07/2024"], []]), max_size=3)
    )
    return [*titles, headings, *draw(st.lists(row, min_size=1, max_size=30))]


def written(rows, folder):
    """The rows as a text export."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path = folder / "sample.csv"
    path.write_bytes(out.getvalue().encode("utf-8"))
    return path


def judged(draft, folder):
    """The outcome of the sample's own gate."""
    path = folder / "sample.json"
    path.write_text(suite_text(draft), encoding="utf-8")
    assert gates.lint(path) == []
    return gates.judge(draft.reading.frame, "sample", path)


def accounted(draft):
    """Rows in, less those in one place or another."""
    reading = draft.reading
    aside = sum(len(each.lines) for each in reading.set_aside)
    return reading.rows_in - aside - len(reading.frame) - len({q.row for q in reading.quarantined})


@settings(max_examples=20, **QUIETLY)
@given(rows=tables())
def test_a_table_as_exports_print_them_is_admitted_by_its_own_draft(rows, tmp_path):
    try:
        draft = drafted(written(rows, tmp_path), "sample", "snapshot")
    except ReturnRefused as refused:
        assert "no header" in str(refused) or "no row that can" in str(refused)
        return
    assert accounted(draft) == 0
    stopped = [
        c.id for c in judged(draft, tmp_path).checks if not c.passed and c.severity == "stop"
    ]
    assert stopped == []


@settings(max_examples=150, **QUIETLY)
@given(rows=st.lists(st.lists(ANYTHING, max_size=6), max_size=14))
def test_rows_of_anything_are_drafted_with_each_in_one_place_or_refused(rows, tmp_path):
    try:
        draft = drafted(written(rows, tmp_path), "sample", "snapshot")
    except ReturnRefused:
        return
    assert accounted(draft) == 0
    needed = [c.name for c in draft.dataset.columns if c.required]
    assert len(needed) >= 2
    assert all(
        not draft.reading.frame[c.name].isna().any()
        for c in draft.dataset.columns
        if not c.nullable
    )
