"""Real files that nobody here wrote, and the demonstration's ledger, against sums made apart."""

import csv
import io
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from peerpack.catalogue.load import dataset, datasets
from peerpack.catalogue.places import project_root
from peerpack.intake.repeats import repeats_of
from peerpack.sources import fits, read
from peerpack.vocab import Quarter

REAL = project_root().parent / "shared" / "real"
TRAFFORD = REAL / "trafford" / "2024-25-Q4"
LEDGER = project_root() / "data/northborough/2024-25-Q1/Budget Monitoring P3 (invented).xlsx"
NOT_READ = ("OrganisationURI", "InvoiceNumber", "ProfitCentre", "VATRegistrationNumber")
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")


@pytest.fixture(scope="module")
def spend():
    return read([TRAFFORD / "trafford-supplier-spend-2024-25.zip"], dataset("supplier_spend"))


@pytest.fixture(scope="module")
def raw():
    """The payments by the csv module alone."""
    with zipfile.ZipFile(TRAFFORD / "trafford-supplier-spend-2024-25.zip") as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@needs_real
def test_every_row_of_traffords_payments_is_admitted(spend):
    assert (spend.rows_in, len(spend.frame), len(spend.quarantined)) == (210_069, 210_068, 0)
    assert [(each.reason, each.lines) for each in spend.set_aside] == [("header", (1,))]


@needs_real
def test_traffords_payments_add_up_to_the_penny(spend, raw):
    exact = sum(Decimal(row["Amount"]) for row in raw)
    pence = sum(round(amount * 100) for amount in spend.frame.amount_gbp)
    assert Decimal(pence) / 100 == exact == Decimal("565219573.74")


@needs_real
def test_traffords_unit_called_na_is_kept_as_a_label(spend):
    assert (spend.frame.organisational_unit == "NA").sum() == 1_361


@needs_real
def test_traffords_payments_by_quarter_are_those_of_an_independent_count(spend, raw):
    paid = Counter()
    for row in raw:
        year, month, _ = map(int, row["PaymentDate"].split("-"))
        paid[f"{year}-{(month - 1) // 3}"] += Decimal(row["Amount"])
    found = Counter()
    for day, amount in zip(spend.frame.payment_date, spend.frame.amount_gbp, strict=True):
        assert Quarter.of(day).first_day <= day.date() <= Quarter.of(day).last_day
        found[f"{day.year}-{(day.month - 1) // 3}"] += Decimal(round(amount * 100)) / 100
    assert found == paid


@needs_real
@pytest.mark.parametrize(("but", "groups_n", "rows_n"), [
    ("", 19_018, 69_490), ("TransactionNumber", 24_056, 91_238),
])  # fmt: skip
def test_traffords_lawful_repeats_are_those_of_an_independent_count(
    spend, raw, but, groups_n, rows_n
):
    kept = [name for name in raw[0] if name not in (*NOT_READ, but)]
    # White space is folded when a cell is read.
    alike = Counter(tuple(" ".join(row[name].split()) for name in kept) for row in raw)
    again = {key: n for key, n in alike.items() if n > 1}
    amount = kept.index("Amount")
    at_stake = sum(Decimal(key[amount]) * (n - 1) for key, n in again.items())
    found = repeats_of(spend.frame, dataset("supplier_spend"))[bool(but)]
    assert (len(again), sum(again.values())) == (groups_n, rows_n)
    assert (found.groups_n, found.rows_n) == (groups_n, rows_n)
    assert Decimal(f"{found.at_stake_gbp:.2f}") == at_stake


@needs_real
def test_of_traffords_folder_payments_and_lists_of_neighbours_are_used_and_nothing_else():
    files = sorted(TRAFFORD.iterdir())
    assigned = fits(files, datasets(), {})
    found = {name: len(files) for name, files in assigned.files.items()}
    assert found == {"supplier_spend": 1, "neighbour_group": 2}
    assert len(assigned.not_used) == 11


@needs_real
def test_a_real_damaged_workbook_stops_nothing():
    path = REAL / "spreadsheets" / "changes1218.xlsx"
    assert [left.path for left in fits([path], datasets(), {}).not_used] == [path]


@needs_real
@pytest.mark.parametrize("path", sorted(REAL.glob("csv/torture/*.csv")) or [Path("none")],
                         ids=lambda path: path.stem)  # fmt: skip
def test_no_edge_case_of_csv_breaks_the_assignment(path):
    assert [left.path for left in fits([path], datasets(), {}).not_used] == [path]


@pytest.fixture(scope="module")
def ledger():
    return read([LEDGER], dataset("budget_monitoring"))


def test_row_18_of_the_demonstrations_ledger_is_the_row_the_design_follows(ledger):
    row = ledger.frame.loc[1_000_000_018]
    assert (row.cost_centre, row.original_budget_gbp, row.variance_gbp) == ("01234", 104000, -1240)
    assert (row.directorate, row.service) == ("Adult Social Care", "ASC-Older People")


def test_one_total_of_the_demonstration_is_a_pound_off_and_every_other_reconciles(ledger):
    off = [(r.label, r.column, abs(r.difference)) for r in ledger.reconciliations if r.difference]
    assert off == [("Total Highways", "forecast_outturn_gbp", 1.0)]
    assert len(ledger.reconciliations) == 21 * 8
    assert all(r.within_tolerance for r in ledger.reconciliations)
