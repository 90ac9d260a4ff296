"""Payment files of councils nobody here chose, row by row, against sums made with csv and decimal.

What each row is was decided by reading the files, not by running this code:

Devon, six months. The header is line 1, no row is empty, every row but one has a date, a supplier
and an amount, so each of these is a payment: rows of 0.00 too (four in March 2012, one in June
2014: they have a supplier and a transaction of their own). The last line of December 2025 has an
amount and nothing else, and that amount is the sum of the 2,164 before it: a total nobody labelled.
Suppliers called TOTAL, such as Total Gas & Power, are payments. March 2025 prints binary fractions
(1793.3999999999999): pence are those of each row, rounded. June 2014 stops on the 11th
and April 2025, of a new ledger, begins on the 9th: short months, no row of which is lost here.

Leeds, three months. 12 headings, and 3, 25 or no columns without one. September 2011 has 55,936
rows of commas after its 9,569 payments. December 2011 has a row of commas after its 9,953 payments,
then 78,917,710.50 alone, their sum, then eight rows of commas. April 2012 ends 2,912 of its rows
with a comma too many, empty behind it: payments like the others. Payments of the months before
stand in each file (1,590 of August in September's): late, not wrong.

Darlington. 15 lines of a query, a title, its month and the names of the ledger's fields (18 lines),
then the headings, then 2,837 payments. No payment has a date: the gate stops them, reading does
not. Manchester: a byte-order mark encoded twice stands before the first heading. Newcastle: a
column without heading says `#N/A` in 4,624 rows and in others whether to redact: not read. Its
header alone has 10 cells, each row 11. Salford's is a register of contracts.
"""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from peerpack import gates
from peerpack.catalogue.load import dataset, datasets
from peerpack.catalogue.places import project_root
from peerpack.errors import ReturnRefused
from peerpack.sources import fits, read

REAL = project_root().parent / "shared" / "real"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")
pytestmark = needs_real
SPEND = dataset("supplier_spend")


class Real(NamedTuple):
    """A file: where its payments lie (rows from 0), its rows by what they are, and their sum."""

    path: str
    amount_at: int
    first: int
    detail: int
    aside: dict[str, int]
    total: str
    days: tuple[date, date] | None


def devon(month, amount_at, detail, printed, first_day, last_day, **aside):
    year, number = int(month[:4]), int(month[4:])
    days = (date(year, number, first_day), date(year, number, last_day))
    path = f"devon/DCCSpendingOver500_{month}.csv"
    return Real(path, amount_at, 1, detail, {"header": 1} | aside, printed, days)


FILES = [
    devon("201203", 5, 6_848, "22236447.77", 1, 30),
    devon("201406", 5, 3_135, "13346068.70", 2, 11),
    devon("202503", 5, 14_183, "125367262.22", 3, 27),
    devon("202504", 4, 237, "2845421.21", 9, 30),
    devon("202511", 4, 1_838, "28916429.05", 3, 28),
    devon("202512", 4, 2_164, "38360526.29", 1, 24, total=1),
    Real("leeds/raw_2011-09.csv", 9, 1, 9_569, {"header": 1, "blank": 55_936}, "85636646.06",
         (date(2011, 8, 1), date(2011, 9, 30))),
    Real("leeds/raw_2011-12.csv", 9, 1, 9_953, {"header": 1, "blank": 9, "total": 1},
         "78917710.50", (date(2011, 10, 17), date(2011, 12, 30))),
    Real("leeds/raw_2012-04.csv", 9, 1, 10_177, {"header": 1}, "73182739.90",
         (date(2012, 3, 1), date(2012, 4, 30))),
    Real("others/darlington_2013-02.csv", 5, 19, 2_837, {"title": 18, "header": 1},
         "10027753.87", None),
    Real("others/manchester_2022-05.csv", 5, 1, 3_564, {"header": 1}, "97400227.10",
         (date(2022, 5, 3), date(2022, 5, 31))),
    Real("others/newcastle_2022-08.csv", 9, 1, 6_568, {"header": 1}, "48013024.97",
         (date(2022, 8, 1), date(2022, 8, 31))),
]  # fmt: skip


@pytest.fixture(scope="module", params=FILES, ids=lambda real: real.path)
def real(request):
    return request.param


@pytest.fixture(scope="module")
def reading(real):
    return read([REAL / real.path], SPEND)


def rows_of(path):
    """Every row of a text file by the csv module alone."""
    content = (REAL / path).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return list(csv.reader(io.StringIO(text, newline="")))


def pence(printed):
    """An amount as printed, in pence, by decimal alone."""
    return int(round(Decimal(printed.replace(",", "").strip()), 2) * 100)


def pence_of(frame):
    return sum(round(amount * 100) for amount in frame.amount_gbp)


def test_a_payment_file_is_known_by_its_headings(real):
    path = REAL / real.path
    assert fits([path], datasets(), {}).files == {"supplier_spend": (path,)}


def test_every_row_is_a_payment_or_is_set_aside_for_a_reason(real, reading):
    assert len(reading.frame) == real.detail
    assert {each.reason: len(each.lines) for each in reading.set_aside} == real.aside
    assert reading.quarantined == ()
    assert reading.rows_in == len(rows_of(real.path)) == real.detail + sum(real.aside.values())


def test_payments_add_up_to_the_penny(real, reading):
    rows = rows_of(real.path)[real.first : real.first + real.detail]
    exact = sum(pence(row[real.amount_at]) for row in rows)
    assert pence_of(reading.frame) == exact == int(Decimal(real.total) * 100)


def test_each_payment_has_its_unit_its_supplier_and_its_date(real, reading):
    assert reading.frame[["organisational_unit", "supplier"]].notna().all(axis=None)
    if real.days is None:
        assert reading.frame.payment_date.isna().all()
    else:
        days = reading.frame.payment_date.dt.date
        assert days.notna().all()
        assert (days.min(), days.max()) == real.days


def test_a_printed_total_is_set_beside_its_payments(real, reading):
    found = [(r.label, Decimal(str(r.printed)), r.difference) for r in reading.reconciliations]
    printed = [("an amount alone", Decimal(real.total), 0)] if "total" in real.aside else []
    assert found == printed


def test_six_months_of_devon_are_one_table_of_28405_payments():
    months = [real for real in FILES if real.path.startswith("devon")]
    reading = read([REAL / real.path for real in months], SPEND)
    assert len(reading.frame) == sum(real.detail for real in months) == 28_405
    assert pence_of(reading.frame) == sum(int(Decimal(real.total) * 100) for real in months)
    assert reading.frame.index.is_unique


@pytest.mark.parametrize("by", ["2", "-0.01", "1000000"])
def test_a_hidden_total_that_is_off_is_still_a_total(tmp_path, by):
    rows = rows_of("devon/DCCSpendingOver500_202512.csv")
    rows[-1][4] = str(Decimal("38360526.29") + Decimal(by))
    with (tmp_path / "off.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    reading = read([tmp_path / "off.csv"], SPEND)
    assert (len(reading.frame), pence_of(reading.frame)) == (2_164, 38_360_526_29)
    assert [r.difference for r in reading.reconciliations] == [float(by)]
    assert not reading.reconciliations[0].within_tolerance


def test_a_register_of_contracts_is_no_list_of_payments():
    path = REAL / "others" / "salford_2022-07.csv"
    assert [left.path for left in fits([path], datasets(), {}).not_used] == [path]
    with pytest.raises(ReturnRefused, match=r"none of salford_2022-07.csv has its columns"):
        read([path], SPEND)
    with pytest.raises(ReturnRefused, match=r"is assigned to supplier_spend .* has not its col"):
        fits([path], datasets(), {path.name: "supplier_spend"})


def test_payments_without_a_date_are_read_and_stopped_by_the_gate():
    frame = read([REAL / "others" / "darlington_2013-02.csv"], SPEND).frame
    verdict = gates.judge(frame, "supplier_spend", gates.suite_path("supplier_spend"))
    failed = {c.id: c.failing_n for c in verdict.checks if not c.passed and c.severity == "stop"}
    assert (verdict.outcome, failed) == ("stop", {"payment-date-given": 2_837})


@pytest.mark.parametrize("path", ["devon/DCCSpendingOver500_202512.csv", "leeds/raw_2011-12.csv"])
def test_payments_without_the_date_of_the_expense_are_judged_and_it_is_said(path):
    frame = read([REAL / path], SPEND).frame
    verdict = gates.judge(frame, "supplier_spend", gates.suite_path("supplier_spend"))
    assert verdict.outcome == "warn"
    assert [c.id for c in verdict.checks if not c.passed] == ["effective-date-given"]


def test_traffords_year_2025_26_is_admitted_to_the_penny():
    # 241,765 lines, the first of them the header: neither a blank row nor one without a date.
    path = REAL / "trafford" / "2025-26-Q4" / "trafford-supplier-spend-2025-26.zip"
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    exact = [pence(row["Amount"]) for row in csv.DictReader(io.StringIO(text, newline=""))]
    reading = read([path], SPEND)
    assert (reading.rows_in, len(reading.frame), len(exact)) == (241_765, 241_764, 241_764)
    assert [(each.reason, each.lines) for each in reading.set_aside] == [("header", (1,))]
    assert pence_of(reading.frame) == sum(exact) == 621_913_624_42
    assert reading.quarantined == ()
