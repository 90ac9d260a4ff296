"""A notebook begins as soon as the returns it reads are judged, and not before."""

import pytest

from peerpack.errors import GateStopped
from peerpack.intake.earlier import nothing
from peerpack.packs.admitting import Waiting, all_passed, first_wanted
from peerpack.packs.plan import plan
from peerpack.vocab import Quarter

BUDGET, ABSENCE, RESIDENTS = "02", "05", "06"


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    return plan("northborough", "2024-25-Q1", (), tmp_path_factory.mktemp("reports"))


def receipt(dataset, outcome="pass", quarter="2024-25-Q1"):
    made = nothing(dataset, "northborough", Quarter.parse(quarter), "").receipt
    return made.model_copy(
        update={"verdict": made.verdict.model_copy(update={"outcome": outcome, "checks": ()})}
    )


def begun(waiting, *receipts):
    return [s.name[:2] for each in receipts for s in waiting.admitted(each)]


def test_a_notebook_waits_for_what_it_can_do_without_too(planned):
    waiting = Waiting(planned)
    assert begun(waiting, receipt("budget_monitoring")) == []
    assert begun(waiting, receipt("neighbour_figures")) == [BUDGET]
    assert begun(waiting, receipt("resident_survey")) == [RESIDENTS]
    assert begun(waiting, receipt("hr_positions")) == []
    assert begun(waiting, receipt("absence_spells")) == [ABSENCE]
    assert [source.name[:2] for source in waiting.judges] == ["07"]


def test_what_the_longest_notebook_reads_is_admitted_first_and_of_that_the_fewest_bytes(planned):
    seconds = {RESIDENTS: 3.0, ABSENCE: 2.0, BUDGET: 1.0}
    longest_first = first_wanted(planned, lambda name: seconds[name[:2]])
    waiting = Waiting(planned)
    assert begun(waiting, *map(receipt, longest_first)) == [RESIDENTS, ABSENCE, BUDGET]
    assert first_wanted(planned, lambda _: 0.0) == [
        "neighbour_figures", "absence_spells", "budget_monitoring", "resident_survey",
        "hr_positions",
    ]  # fmt: skip


def test_a_gate_that_stops_holds_back_only_who_needs_the_dataset(planned):
    waiting = Waiting(planned)
    stopped = receipt("neighbour_figures", "stop"), receipt("absence_spells", "stop")
    rest = map(receipt, ("budget_monitoring", "hr_positions", "resident_survey"))
    assert begun(waiting, *stopped, *rest) == [BUDGET, RESIDENTS]


def test_an_earlier_return_that_was_stopped_holds_nothing_back(planned):
    waiting = Waiting(planned)
    earlier = receipt("absence_spells", "stop", "2023-24-Q4")
    names = ("neighbour_figures", "hr_positions", "absence_spells")
    assert begun(waiting, earlier, *map(receipt, names)) == [ABSENCE]
    assert all_passed([earlier], "2024-25-Q1") == [earlier]


def test_strict_is_told_of_every_stop_at_once():
    stopped = [receipt("absence_spells", "stop"), receipt("hr_positions", "stop")]
    with pytest.raises(GateStopped) as told:
        all_passed(stopped, "2024-25-Q1")
    assert str(told.value).count("did not pass its checks") == 2
