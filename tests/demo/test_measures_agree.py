"""Two ways to one figure: the measures of the workbook, and the loops of the generator."""

import json
import math
from urllib.parse import quote

import pandas as pd
import pytest

from peerpack.catalogue.load import bank_holidays
from peerpack.demo.years.generate import write_years
from peerpack.intake import supplied
from peerpack.intake.admit import admit_from
from peerpack.measures import (
    absence,
    answers,
    budget,
    collection,
    payments,
    reserves,
    residents,
    savings,
    workforce,
)
from peerpack.measures.table import cuts_of
from peerpack.vocab import Quarter

LAST = Quarter(2023, 4)
Q = str(LAST)
SAME = {"rel_tol": 1e-9, "abs_tol": 2e-6}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return write_years(tmp_path_factory.mktemp("agree"), "northborough", LAST, 1, 3, 0.02,
                       faulty=False)  # fmt: skip


@pytest.fixture(scope="module")
def truth(home):
    return json.loads((home / "truth.json").read_text(encoding="utf-8"))["indicators"][Q]


@pytest.fixture(scope="module")
def frame(home):
    """`frame(dataset)`: the return as admitted."""
    desk = supplied("northborough", LAST, [home.parent])
    return lambda name: admit_from(desk, name).frame


def figures(indicator, *tables):
    """Every row of a measure's tables by its evidence id."""
    for table in tables:
        for row in table.to_dict("records"):
            cut = [f"{name}={quote(str(row[name]), safe='')}" for name in sorted(cuts_of(table))
                   if not pd.isna(row[name])]  # fmt: skip
            yield f"{indicator}/{'&'.join(cut)}".rstrip("/"), row


def same(true, found):
    if true is None or pd.isna(found):
        return true is None and pd.isna(found)
    return math.isclose(true, found, **SAME)


def assert_agree(truth, indicator, *tables):
    found = dict(figures(indicator, *tables))
    known = {name: each for name, each in truth.items() if name.startswith(indicator)}
    assert known.keys() <= found.keys()
    for name, each in known.items():
        for operand in ("value", "numerator", "denominator"):
            assert same(each[operand], found[name][operand]), (name, operand)


def test_figures_of_budget_savings_and_reserves_agree(truth, frame):
    ledger, tracker = frame("budget_monitoring"), frame("savings_tracker")
    held = frame("reserves")
    assert_agree(truth, "KF01", budget.forecast_variance(ledger))
    assert_agree(truth, "KF02", budget.variance_before_mitigation(ledger, tracker, Q))
    assert_agree(truth, "KF03", savings.delivered_as_planned(tracker, Q))
    assert_agree(truth, "KF04", savings.delivered_with_substitutes(tracker, Q),
                 savings.by_class(tracker, Q))  # fmt: skip
    assert_agree(truth, "KF05", savings.at_risk(tracker, Q))
    assert_agree(truth, "KF06", reserves.general_fund_balance(held, ledger))
    assert_agree(truth, "KF07", reserves.usable_reserves(held, ledger))


def test_figures_of_collection_and_payments_agree(truth, frame):
    statement, paid = frame("council_tax_collection"), frame("supplier_spend")
    assert_agree(truth, "KF17", collection.in_year_rate(statement, Q),
                 collection.in_year_path(statement, Q))  # fmt: skip
    assert_agree(truth, "KF18", collection.crude_rate(statement, Q),
                 collection.crude_path(statement, Q))  # fmt: skip
    assert_agree(truth, "KF20", collection.arrears(statement, Q))
    assert_agree(truth, "KF21", collection.value_of_a_point(statement, Q))
    assert_agree(truth, "KF35", payments.payments(paid),
                 payments.payments_by_financial_quarter(paid),
                 payments.payments_by_unit(paid))  # fmt: skip


def test_figures_of_staff_agree(truth, frame):
    spells, posts, idle = frame("absence_spells"), frame("hr_positions"), bank_holidays()
    assert_agree(truth, "KW01", absence.sickness_by_team(spells, posts, Q, idle))
    assert_agree(truth, "KW02", absence.sickness_by_team(spells, posts, Q, idle, schools=True))
    assert_agree(truth, "KW04", absence.long_term_share(spells, posts, Q, idle))
    assert_agree(truth, "KW05", absence.share_by_reason(spells, posts, Q, idle))
    assert_agree(truth, "KW08", workforce.vacancy_rate(posts, Q))
    assert_agree(truth, "KW11", workforce.size(posts, Q))


def test_figures_of_cases_and_residents_agree(truth, frame):
    log = frame("complaints_and_requests")
    idle, everywhere = bank_holidays(), bank_holidays(anywhere=True)
    assert_agree(truth, "KC07", answers.complaints_in_time(log, Q, idle))
    assert_agree(truth, "KC08", answers.upheld_by_the_ombudsman(log, Q))
    assert_agree(truth, "KG01", answers.requests_in_time(log, Q, everywhere))
    assert_agree(truth, "KG02", answers.own_data_requests_in_time(log, Q, idle))
    assert_agree(truth, "KR01", residents.positive_answers(frame("resident_survey"), "KR01"))
