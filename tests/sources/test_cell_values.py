"""One cell to one value: every ledger's style of money, dates day first, and never a guess."""

# ruff: noqa: DTZ001, E501 (a cell of a sheet has no zone; a drawn table is read along its rows)

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpack.catalogue.models import Column
from peerpack.sources.tabular import Percent
from peerpack.sources.values import Marked, Status, Unreadable, day, reader, text


def column(kind, **more):
    return Column(name="a_column", kind=kind, description="Drawn.", **more)


MONEY = reader(column("money", dash_is_zero=True))
NUMBER = reader(column("number"))

STYLES = {
    "plain": lambda size, minus: ("-" if minus else "") + f"{size:.2f}",
    "commas": lambda size, minus: ("-" if minus else "") + f"{size:,.2f}",
    "pounds": lambda size, minus: ("-£" if minus else "£") + f"{size:,.2f}",
    "pounds, minus inside": lambda size, minus: ("£-" if minus else "£") + f"{size:,.2f}",
    "brackets": lambda size, minus: f"({size:,.2f})" if minus else f"{size:,.2f}",
    "pounds in brackets": lambda size, minus: f"(£{size:,.2f})" if minus else f"£{size:,.2f}",
    "a typographer's minus": lambda size, minus: ("−" if minus else "") + f"£{size:,.2f}",
    "credit or debit": lambda size, minus: f"{size:,.2f} " + ("CR" if minus else "DR"),
    "credit or nothing": lambda size, minus: f"£{size:,.2f}" + ("Cr" if minus else ""),
    "minus after": lambda size, minus: f"{size:,.2f}" + ("-" if minus else ""),
    "spaced": lambda size, minus: (" - £ " if minus else " £ ") + f"{size:,.2f} ",
    "no-break space": lambda size, minus: ("-" if minus else "") + f"\u00a0£\u00a0{size:,.2f}",
}


@given(st.decimals(0, 10**11, places=2), st.booleans(), st.sampled_from(sorted(STYLES)))
def test_an_amount_reads_back_exactly_from_every_ledger_style(size, minus, style):
    assert MONEY(STYLES[style](size, minus)) == float(-size if minus else size)


@given(st.decimals(0, 10**5, places=3), st.sampled_from(["k", "K", "m", " m"]))
def test_thousands_and_millions_are_scaled_without_a_rounding_error(size, scale):
    factor = 1_000 if scale.strip().lower() == "k" else 1_000_000
    assert MONEY(f"£{size}{scale}") == float(Decimal(size) * factor)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0"])
def test_an_empty_cell_is_missing_and_never_zero(cell):
    assert MONEY(cell) is None
    assert NUMBER(cell) is None
    assert day(cell) is None
    assert text(cell) is None


def test_a_dash_is_zero_only_where_the_ledger_is_declared_to_print_it_so():
    assert MONEY("-") == 0.0 == MONEY("–")
    with pytest.raises(Unreadable, match=r"a value, not a status symbol"):
        NUMBER("-")


@pytest.mark.parametrize("cell", [
    "1 240", "1 2", "1,24", "12,40", "0,125", "1.240,50", "1,2400", "1.2.3", "(5", "5)", "(-5)",
    "--5", "-5-", "£", "()", "1e5", "5%", "2 days", "(5) CR", "-5 DR", "CR", "TBC", "#REF!", "#DIV/0!", "+5", "١٢",
    "n", "nan", "inf", True, datetime(2024, 6, 30), date(2024, 6, 30), time(12), float("nan"),
    float("inf"),
])  # fmt: skip
def test_what_could_be_read_two_ways_is_no_amount(cell):
    with pytest.raises(Unreadable, match=r"number"):
        MONEY(cell)


@pytest.mark.parametrize("cell", ["£5", "5k", "5m", "5%", "7.4 hours"])
def test_a_plain_number_takes_no_mark_of_another_unit(cell):
    with pytest.raises(Unreadable, match=r"a number, such as"):
        NUMBER(cell)


@pytest.mark.parametrize(("cell", "unit"), [
    ("2.00 Day(s)", "days"), ("2 days", "days"), ("2 DAY", "days"), ("2 hrs", "hours"),
])  # fmt: skip
def test_a_duration_is_read_in_the_unit_of_its_column_alone(cell, unit):
    other = "hours" if unit == "days" else "days"
    assert reader(column("number", unit=unit))(cell) == 2.0
    with pytest.raises(Unreadable, match=rf"a number of {other}"):
        reader(column("number", unit=other))(cell)


def test_a_percentage_may_print_its_mark_and_stays_on_its_scale():
    read = reader(column("percentage"))
    assert [read(cell) for cell in ("86%", "86 %", "86.4", 86)] == [86.0, 86.0, 86.4, 86.0]


@pytest.mark.parametrize("symbol", ["[x]", "x", "..", ":", "n/a", "#N/A", "M", "[c]", "z", "LOW"])
def test_a_status_is_never_a_number_nor_a_zero(symbol):
    assert isinstance(reader(column("number", statuses=True))(symbol), Status)
    with pytest.raises(Unreadable, match=r"a value, not a status symbol"):
        NUMBER(symbol)


@pytest.mark.parametrize(("cell", "expected"), [
    ("5/4/2024", date(2024, 4, 5)),
    ("05/04/2024", date(2024, 4, 5)),
    ("05.04.2024 08:14", date(2024, 4, 5)),
    ("2024-04-05", date(2024, 4, 5)),
    ("2024-04-05T23:59:59.999", date(2024, 4, 5)),
    ("05-Apr-24", date(2024, 4, 5)),
    ("5 September 2024", date(2024, 9, 5)),
    ("5 Sept 2024", date(2024, 9, 5)),
    ("29/02/2024", date(2024, 2, 29)),
    (45387.0, date(2024, 4, 5)),
    (datetime(2024, 4, 5, 8, 14), date(2024, 4, 5)),
])  # fmt: skip
def test_a_date_is_read_day_first(cell, expected):
    assert day(cell).date() == expected


@pytest.mark.parametrize("cell", [
    "04/13/2024", "29/02/2023", "31/04/2024", "5/4/24", "5/4-2024", "2024-04-05 or later",
    "2024-04-05T23:30:00Z", "05-Apr-95", "5 Jun Jul 2024", "5 Ma 2024", "5 Marble 2024", "5 Ju 2024",
    "Autumn", "20240405", 20240405.0, 5, True, "45387",
])  # fmt: skip
def test_a_date_that_is_none_or_could_be_two_is_refused(cell):
    with pytest.raises(Unreadable, match=r"a date, day first, such as 30/06/2024"):
        day(cell)


def test_a_far_date_means_no_end_only_where_the_column_may_be_open():
    assert day("31/12/4712", open_ended=True) is None
    assert day("31/12/4712").year == 4712


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_reads_back_from_every_way_the_country_writes_it(drawn):
    for written in (
        f"{drawn:%d/%m/%Y}",
        f"{drawn:%Y-%m-%d}",
        f"{drawn:%d %B %Y}",
        f"{drawn:%d-%b-%Y}",
    ):
        assert day(written).date() == drawn


@pytest.mark.parametrize(("cell", "expected"), [
    ("NA", "NA"), ("  East -   North East ", "East - North East"), ("01234", "01234"),
    (1234.0, "1234"), (12.5, "12.5"), ("don’t", "don't"), ("nan", "nan"), ("#N/A", None), ("N/A", "N/A"),
    ("#REF!", "#REF!"),
])  # fmt: skip
def test_words_stay_as_printed_but_for_white_space(cell, expected):
    assert text(cell) == expected


def test_a_formulas_error_is_no_name_to_group_rows_by():
    assert reader(column("label"))("#REF!") == "#REF!"
    with pytest.raises(Unreadable, match=r"a name or code, not a formula's error"):
        reader(column("label", required=True))("#REF!")


def test_a_word_is_read_in_its_other_ways_of_writing_and_an_unknown_one_stays_for_the_gate():
    stage = reader(column("label", allowed=("Stage 1", "Stage 2"), written_as={"Stage 1": ("1",)}))
    assert [stage(cell) for cell in (1, 1.0, " STAGE 1 ", "stage 2", None, " ")] == [
        "Stage 1", "Stage 1", "Stage 1", "Stage 2", None, None]  # fmt: skip
    assert stage("Informal") == "Informal"


def test_a_formulas_error_is_no_word_of_a_column_that_is_needed():
    stage = reader(column("label", nullable=False, allowed=("1",), written_as={"1": ("one",)}))
    with pytest.raises(Unreadable, match="not a formula's error"):
        stage("#REF!")


@pytest.mark.parametrize("cell", ["12,40", "1,2", "0,125", "1.240,50", "1.234.567,8", "£ 12,4 "])
def test_a_decimal_comma_is_named_and_never_guessed(cell):
    with pytest.raises(Unreadable, match=r"a number, such as") as refusal:
        MONEY(cell)
    assert "a decimal comma" in refusal.value.what_to_do


def test_a_percentage_is_in_the_unit_of_its_column_whatever_its_style():
    per_cent, share = (reader(column("percentage", unit=unit)) for unit in ("%", "ratio"))
    assert [per_cent(cell) for cell in ("86%", Percent(0.86), 86, "86")] == [86.0] * 4
    assert [share(cell) for cell in ("86%", Percent(0.86), 0.86, "0.86")] == [0.86] * 4
    assert per_cent(Percent(0.07)) == 7.0
    assert NUMBER(Percent(0.86)) == 0.86


@pytest.mark.parametrize(("cell", "seconds"), [
    ("4m 40s", 280), ("4 mins 40 secs", 280), ("00:04:40", 280), ("4:40:00", 16_800), ("90s", 90),
    ("1h 5m", 3_900), ("1 hour, 5 minutes", 3_900), ("1.5 hrs", 5_400), ("26:00:00", 93_600),
    (time(0, 4, 40), 280), (time(0, 0, 0, 500_000), 0.5), (timedelta(days=1, hours=2), 93_600),
    (datetime(1900, 1, 1, 12), 129_600), ("-1h", -3_600), ("0:00:00", 0),
])  # fmt: skip
def test_a_length_of_time_is_exact_in_the_unit_of_its_column(cell, seconds):
    for unit, of_these in (("seconds", 1), ("minutes", 60), ("hours", 3_600)):
        assert reader(column("number", unit=unit))(cell) == float(Decimal(str(seconds)) / of_these)
    with pytest.raises(Unreadable, match=r"a number of days"):
        reader(column("number", unit="days"))(cell)


@pytest.mark.parametrize("cell", [
    "4:40", "4m 5m", "40s 4m", "1 day 4 hours", "4:99:00", "1h 2x", "4m", datetime(2024, 1, 1),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["money", "number"])
def test_what_is_no_length_of_time_or_could_be_two_is_refused(cell, kind):
    drawn = column(kind, unit="days" if cell == "4m" and kind == "number" else "minutes")
    if (cell, kind) == ("4m", "money"):
        assert reader(drawn)(cell) == 4_000_000
        return
    with pytest.raises(Unreadable, match=r"a number"):
        reader(drawn)(cell)


def test_a_number_may_repeat_the_unit_of_its_column():
    fte = reader(column("number", unit="FTE"))
    assert [fte(cell) for cell in ("0.8", "0.8 FTE", "1.0fte", 0.5)] == [0.8, 0.8, 1.0, 0.5]
    for cell in ("FTE", "0.8 WTE", "0.8 FTEs"):
        with pytest.raises(Unreadable, match=r"a number, such as"):
            fte(cell)


@pytest.mark.parametrize(("cell", "expected"), [
    ("1,234 [note 3]", Marked(1234.0, "", True)),
    ("86.2 [r]", Marked(86.2, "r", False)),
    ("12[p]", Marked(12.0, "p", False)),
    ("12 [r] [Note 2] [p]", Marked(12.0, "p;r", True)),
    ("(5) [notes 1, 2]", Marked(-5.0, "", True)),
    ("[x] [note 2]", Marked(None, "x", True)),
    ("[x]", Status("x")), ("[n]", Status("x")), ("NA", Status("x")), ("[u]", Status("u")),
])  # fmt: skip
def test_marks_beside_a_figure_leave_it_as_it_is_and_are_kept(cell, expected):
    assert reader(column("number", statuses=True))(cell) == expected


def test_a_mark_of_which_no_status_is_kept_is_no_figure_but_a_note_is_dropped():
    with pytest.raises(Unreadable, match=r"a figure without the mark \[r\]"):
        NUMBER("86.2 [r]")
    assert NUMBER("86.2 [note 1]") == Marked(86.2, "", True)
    for cell in ("[note 1]", "[p]", "text [r]", "[r] 5", "5 [q]", "5 [note]"):
        with pytest.raises(Unreadable, match=r"a number, such as"):
            reader(column("number", statuses=True))(cell)


@pytest.mark.parametrize("cell", [
    "5 April 2024", "5th April 2024", "Friday 5 April 2024", "Fri, 5 Apr 2024", "April 5, 2024",
    "5/Apr/2024", "05-APR-24 08:14", "2024/04/05", "05/04/2024 08:14 AM", " 05/04/2024\u00a0",
])  # fmt: skip
def test_a_date_that_can_be_one_day_only_is_read_however_it_is_written(cell):
    assert day(cell).date() == date(2024, 4, 5)


@given(st.text(st.sampled_from("0123456789 .,-−()£%kKmMCRDr[]note:hsx")))
def test_no_text_breaks_a_reader_or_becomes_a_number_that_is_none(words):
    for drawn in (MONEY, NUMBER, reader(column("number", unit="minutes", statuses=True))):
        try:
            found = drawn(words)
        except Unreadable as fault:
            assert fault.expected
            assert fault.what_to_do
        else:
            assert found is None or isinstance(found, (float, Status, Marked))
