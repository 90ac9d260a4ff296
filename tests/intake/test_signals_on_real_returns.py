"""What the desk notices in real files that nobody here wrote: complete ones raise no alarm."""

import zipfile
from datetime import date

import pandas as pd
import pytest

from peerpack.catalogue.load import dataset
from peerpack.catalogue.places import project_root
from peerpack.intake.gaps import checks_of_gaps
from peerpack.intake.headings import columns_changed
from peerpack.intake.repeats import repeats_of
from peerpack.intake.shrinks import check_of_last_month, check_of_size
from peerpack.sources import read
from peerpack.vocab import Quarter

REAL = project_root().parent / "shared" / "real"
PAYMENTS = dataset("supplier_spend")
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")


def told(frame, period):
    checks = (*checks_of_gaps(frame, PAYMENTS, period),
              *check_of_last_month(frame, PAYMENTS, period))  # fmt: skip
    return [check.id for check in checks if not check.passed]


@pytest.fixture(scope="module", params=["2024-25", "2025-26"])
def trafford(request):
    """A year of Trafford's payments: dates and amounts, by pandas alone."""
    path = REAL / f"trafford/{request.param}-Q4/trafford-supplier-spend-{request.param}.zip"
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as member:
        raw = pd.read_csv(member, usecols=["PaymentDate", "Amount"], parse_dates=["PaymentDate"])
    frame = raw.rename(columns={"PaymentDate": "payment_date", "Amount": "amount_gbp"})
    return frame.assign(source_row=frame.index)


def test_traffords_year_to_date_is_complete_at_the_end_of_every_month(trafford):
    start = date(trafford.payment_date.min().year, 4, 1)
    for month in pd.period_range(start, periods=12, freq="M"):
        so_far = trafford[trafford.payment_date <= month.end_time]
        assert told(so_far, (start, month.end_time.date())) == []


@pytest.mark.parametrize("day", ["03-05", "03-15"])
def test_traffords_year_cut_in_march_stops_early(trafford, day):
    start = date(trafford.payment_date.min().year, 4, 1)
    cut = trafford[trafford.payment_date <= f"{start.year + 1}-{day}"]
    assert told(cut, (start, date(start.year + 1, 3, 31))) == [
        "stops-early", "last-month-not-shrunk",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def devon():
    """Devon's months as read."""

    def month(year_month):
        return read([REAL / f"devon/DCCSpendingOver500_{year_month}.csv"], PAYMENTS)

    return month


@pytest.mark.parametrize(("month", "found"), [
    ("201203", ["months-present"]),  # to 30 March, a Friday: the month itself is complete
    ("201406", ["stops-early", "months-present"]),  # to 11 June
    ("202503", ["months-present"]),  # to 27 March, two working days before the end
    ("202512", ["months-present"]),  # to Christmas Eve
])  # fmt: skip
def test_a_month_of_devons_is_not_a_quarter_and_one_that_stops_early_is_told(devon, month, found):
    quarter = Quarter.of(date(int(month[:4]), int(month[4:]), 1))
    assert told(devon(month).frame, (quarter.first_day, quarter.last_day)) == found


def test_devons_month_after_its_change_of_ledger_is_far_smaller_and_lost_a_column(devon):
    now, before = devon("202504"), devon("202503")
    check = check_of_size((now.frame, Quarter(2025, 1)), (before.frame, Quarter(2024, 4)), PAYMENTS)
    assert check.found.startswith("237 rows in 2025-26-Q1, 14,183 in 2024-25-Q4; £2,845,421 in")
    assert columns_changed(now, before).gone == ("Invoice Number",)


def test_devon_repeats_no_payment_but_many_that_differ_by_their_number_alone(devon):
    (found,) = repeats_of(devon("202512").frame, PAYMENTS)
    assert (found.but, found.groups_n, found.rows_n) == ("transaction_number", 100, 302)
