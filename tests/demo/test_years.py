"""Returns of many quarters: they agree with each other, and every fault put in is reported."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import peerpack
from peerpack.catalogue.places import project_root
from peerpack.cli import begin
from peerpack.demo.years import mess, rows
from peerpack.demo.years.chance import stream
from peerpack.demo.years.events import strain
from peerpack.demo.years.exports import exports
from peerpack.demo.years.generate import delivered, write_years
from peerpack.demo.years.judge import judge
from peerpack.demo.years.printed import content
from peerpack.demo.years.span import run_day, year_to_date
from peerpack.demo.years.world import world
from peerpack.errors import UsageError
from peerpack.intake import supplied
from peerpack.intake.admit import admit_from
from peerpack.vocab import Quarter

LIB = Path(peerpack.__file__).parents[1]
Q1 = Quarter(2023, 1)
SCALE = 0.05


@pytest.fixture(scope="module")
def council():
    """Five quarters, so that one financial year ends and another begins."""
    return world("northborough", Q1, 5, 1, SCALE)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return write_years(tmp_path_factory.mktemp("years"), "northborough", Q1, 2, 1, SCALE)


def listed(dataset, council, quarter):
    return list(getattr(rows, dataset)(council, quarter))


# The same anywhere


def written_elsewhere(folder, zone, locale, hash_seed, umask):
    code = (
        f"import os, pathlib; os.umask(0o{umask});"
        "from peerpack.demo.years.generate import write_years; from peerpack.vocab import Quarter;"
        f"write_years(pathlib.Path({str(folder)!r}), 'eastmoor', Quarter(2024, 3), 1, 7, 0.02)"
    )
    surroundings = {
        **os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": str(LIB), "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", code], env=surroundings, check=True)
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.*") if p.is_file()}


def test_zone_locale_umask_and_hash_seed_do_not_change_a_byte(tmp_path):
    here = written_elsewhere(tmp_path / "a", "Pacific/Auckland", "C", "1", "077")
    there = written_elsewhere(tmp_path / "b", "America/New_York", "de_DE.UTF-8", "2", "002")
    assert Path("eastmoor/truth.json") in here
    assert len(here) > 10
    assert here == there


def test_more_quarters_of_the_same_years_leave_the_first_as_it_was(home, tmp_path):
    longer = write_years(tmp_path, "northborough", Q1, 3, 1, SCALE)
    for path in (home / str(Q1)).iterdir():
        assert path.read_bytes() == (longer / str(Q1) / path.name).read_bytes(), path.name


def test_every_file_and_the_council_itself_say_that_they_are_invented(home):
    returns = [path for path in home.glob("*/*") if path.is_file()]
    assert len(returns) >= 15
    assert all("(invented)" in path.name for path in returns)
    assert "invented = true" in (home / "council.toml").read_text(encoding="utf-8")


def test_an_option_of_many_quarters_without_their_number_is_refused(tmp_path):
    with pytest.raises(UsageError, match="--quarters how many quarters"):
        begin.demo(tmp_path, council="eastmoor", first="2023-24-Q1", seed=1, scale=1.0)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_quarters_asked_for_and_says_where(tmp_path, capsys):
    begin.demo(tmp_path, council="eastmoor", first="2024-25-Q4", quarters=2, seed=3, scale=0.01)
    home = tmp_path / "eastmoor"
    assert {path.name for path in home.iterdir()} == {
        "2024-25-Q4", "2025-26-Q1", "council.toml", "truth.json",
    }  # fmt: skip
    assert capsys.readouterr().out.strip() == str(home)


# Coherence


def paid_gbp(post, first, last):
    """Pay with on-costs of 28 per cent for the days a post was held, from its printed row."""
    start, end = max(post["position_start"], first), min(post["position_end"] or last, last)
    days = max((end - start).days + 1, 0) if post["person_ref"] else 0
    return Fraction(int(post["Salary"]) * post["fte"] * days * 128, 100 * 365 * 100)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_employee_lines_of_the_ledger_are_the_pay_of_the_posts_to_the_pound(council, number):
    quarter = Quarter(2023, number)
    paid = defaultdict(Fraction)
    for each in year_to_date(quarter):
        for post in listed("hr_positions", council, each):
            if post["location_type"] == "Council":
                paid[post["team"]] += paid_gbp(post, each.first_day, each.last_day)
    ledger = {
        row["cost_centre_name"].removesuffix(" - Employees"): row["actual_gbp"] / 100
        for row in listed("budget_monitoring", council, quarter)
        if row["cost_centre_name"].endswith(" - Employees")
    }
    assert len(ledger) >= 15
    assert {team: float(gbp) for team, gbp in paid.items()} == pytest.approx(ledger, abs=1)


def test_supplies_lines_of_the_ledger_are_the_payments_of_the_year_to_the_penny(council):
    quarter = Quarter(2023, 3)
    paid = Counter()
    for _, part in rows.supplier_spend(council, quarter):
        for row in part:
            paid[row["organisational_unit"]] += row["amount_gbp"]
    ledger = {
        row["service"]: row["actual_gbp"]
        for row in listed("budget_monitoring", council, quarter)
        if row["cost_centre_name"].endswith(" - Supplies and services")
    }
    assert paid == ledger


def test_savings_lines_of_the_ledger_are_the_tracker(council):
    quarter = Quarter(2023, 2)
    tracked = defaultdict(lambda: [0, 0, 0])
    for row in listed("savings_tracker", council, quarter):
        for at, name in enumerate(("target_gbp", "forecast_gbp", "delivered_gbp")):
            tracked[row["directorate"]][at] -= row[name] or 0
    ledger = defaultdict(lambda: [0, 0, 0])
    for row in listed("budget_monitoring", council, quarter):
        if row["cost_centre_name"].endswith(" - Savings"):
            names = ("original_budget_gbp", "forecast_outturn_gbp", "actual_gbp")
            for at, name in enumerate(names):
                ledger[row["directorate"]][at] += row[name]
    assert tracked == ledger


def test_a_budget_is_the_same_in_every_quarter_of_its_year_and_virements_are_nil(council):
    budgets = [
        {row["cost_centre"]: row["original_budget_gbp"] for row in listed(
            "budget_monitoring", council, Quarter(2023, number))}
        for number in (1, 4)
    ]  # fmt: skip
    assert budgets[0] == budgets[1]
    moved = [row["virements_gbp"] for row in listed("budget_monitoring", council, Q1)]
    assert any(moved) and sum(moved) == 0


def test_absence_is_of_people_in_post_on_those_days_and_its_end_is_known_only_later(council):
    for quarter in council.quarters:
        posts = {(p["position_ref"], p["person_ref"]): p for p in listed(
            "hr_positions", council, quarter)}  # fmt: skip
        for spell in listed("absence_spells", council, quarter):
            post = posts[spell["position_ref"], spell["person_ref"]]
            end = spell["absence_end"]
            assert post["position_start"] <= spell["absence_start"]
            assert (end or quarter.last_day) <= (post["position_end"] or date.max)
            assert end is None or end <= run_day(quarter)


def test_referrals_are_of_people_absent_for_four_weeks_while_they_were_absent(council):
    long = {(s.holding.person_ref, s.start): s for s in council.spells
            if (s.end - s.start).days >= 27}  # fmt: skip
    found = [row for q in council.quarters for row in listed(
        "occupational_health_referrals", council, q)]  # fmt: skip
    assert found
    for row in found:
        assert any(
            person == row["person_ref"] and start <= row["referral_date"] <= spell.end
            for (person, start), spell in long.items()
        )


def test_reserves_and_arrears_roll_from_one_year_into_the_next(council):
    before, after = Quarter(2023, 4), Quarter(2024, 1)
    closing = {
        row["reserve_ref"]: row["closing_gbp"] for row in listed("reserves", council, before)
    }
    opening = {row["reserve_ref"]: row["opening_gbp"] for row in listed("reserves", council, after)}
    assert closing == opening
    last = {row["tax"]: row for row in listed("council_tax_collection", council, before)}
    for row in listed("council_tax_collection", council, after):
        owed = last[row["tax"]]["arrears_carried_forward_gbp"]
        assert row["arrears_brought_forward_gbp"] == owed


def test_what_is_carried_within_a_year_only_grows(council):
    first, second = ({(r["tax"], r["period_end"]): r for r in listed(
        "council_tax_collection", council, Quarter(2023, n))} for n in (1, 2))  # fmt: skip
    assert first.items() <= second.items()
    assert len(second) == 2 * len(first)


def test_complaints_grow_and_satisfaction_falls_with_strain():
    """Over eight seeds: strained directorates in their quarter against those at rest."""
    complaints, content = defaultdict(list), defaultdict(list)
    for seed in range(1, 9):
        one = world("northborough", Q1, 2, seed, SCALE)
        for quarter in one.quarters:
            cases = listed("complaints_and_requests", one, quarter)
            by = Counter(r["directorate"] for r in cases if r["case_type"] == "Complaint")
            services = Counter(s.directorate for s in rows.voices.OWN_SERVICES)
            for name, services_n in services.items():
                complaints[strain(one.events, name, quarter) > 0.3].append(by[name] / services_n)
            answers = [row["q2_council_runs_things"] for row in listed(
                "resident_survey", one, quarter)]  # fmt: skip
            share = sum("satisfied" in str(a) and "dis" not in str(a) for a in answers)
            total = sum(strain(one.events, name, quarter) for name in services)
            content[total > 0.3].append(share / len(answers))
    assert mean(complaints[True]) > 1.2 * mean(complaints[False])
    assert mean(content[True]) < mean(content[False]) - 0.03


def mean(numbers):
    return sum(numbers) / len(numbers)


# Faults


@pytest.fixture(scope="module")
def drawn_faults():
    """The faults of six councils' two quarters, by dataset; nothing is written."""
    found = defaultdict(list)
    for seed in range(1, 7):
        one = world("northborough", Q1, 2, seed, 0.02)
        for export in exports():
            before = None
            for quarter in one.quarters:
                before = delivered(one, export, quarter, before)
                found[export.dataset] += before.faults
    return found


def test_at_least_eighteen_kinds_of_fault_are_put_in_and_three_into_every_dataset(drawn_faults):
    kinds = {name: {fault.kind for fault in faults} for name, faults in drawn_faults.items()}
    assert len(set().union(*kinds.values())) >= 18
    assert kinds.keys() == {export.dataset for export in exports()}
    assert all(len(each) >= 3 for each in kinds.values())


def test_every_kind_of_fault_is_on_the_page_about_demonstration_returns(drawn_faults):
    page = project_root() / "docs/reference/demonstration-returns.md"
    said = page.read_text(encoding="utf-8")
    kinds = {fault.kind for faults in drawn_faults.values() for fault in faults}
    assert sorted(kind for kind in kinds if kind not in said) == []


@pytest.mark.parametrize("dataset", ["budget_monitoring", "supplier_spend", "absence_spells"])
def test_mess_without_faults_raises_no_alarm(council, tmp_path, dataset):
    """Title rows, styles, totals and all."""
    folder = tmp_path / "northborough" / str(Q1)
    folder.mkdir(parents=True)
    export = next(each for each in exports() if each.dataset == dataset)
    for part, own in export.parts(council, Q1):
        file = mess.printed(stream("mess", part), export, council.name, part, own, Q1)
        (folder / file.name).write_bytes(content(file))
    receipt = admit_from(supplied("northborough", Q1, [tmp_path]), dataset).receipt
    assert (receipt.verdict.outcome, receipt.quarantined) == ("pass", ())
    assert not any(total.difference for total in receipt.reconciliations)


@pytest.fixture(scope="module")
def judged(home):
    return judge(home)


def test_every_fault_is_reported_at_its_place_and_nothing_else_is(judged):
    assert judged.faults_n == judged.reported_n >= 15
    assert (judged.missed, judged.false_alarms) == ((), ())


def test_every_true_sum_and_count_is_recovered_to_the_penny(judged):
    assert judged.wrong == ()
    assert judged.recovered_n == judged.aggregates_n > 300


def test_the_judge_sees_a_fault_missed_a_false_alarm_and_a_penny(home, tmp_path):
    copy = shutil.copytree(home, tmp_path / "northborough")
    truth = json.loads((copy / "truth.json").read_text(encoding="utf-8"))
    known = truth["returns"]["2023-24-Q1"]
    spoilt = next(name for name in known if known[name]["reports"]["quarantine"])
    kept = {spoilt, "absence_spells", "supplier_spend"}
    truth["returns"] = {"2023-24-Q1": {name: known[name] for name in kept}}
    column, places = known[spoilt]["reports"]["quarantine"].popitem()
    known["absence_spells"]["reports"]["checks"]["reason-given"] = [["no such file", "", 5]]
    known["supplier_spend"]["admitted"]["sums"]["amount_gbp"] += 1
    (copy / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    found = judge(copy)
    assert any("no such file" in each for each in found.missed)
    assert any(f"quarantine {column}" in each for each in found.false_alarms) and places
    assert [each for each in found.wrong if "sums amount_gbp" in each and "supplier" in each]
    assert not found.is_right
