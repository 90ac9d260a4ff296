"""What is begun first, and what is said of the time left, rest on what was recorded."""

import json
import stat

import pytest

from peerpack.packs import durations
from peerpack.packs.durations import BUILD, FILE, Durations, Took, of, record
from peerpack.packs.watch import Watch

QUARTER = "2024-25-Q1"


def kept(reports, **councils):
    for council, parts in councils.items():
        record(reports, council, QUARTER, parts)


def test_nothing_recorded_goes_by_bytes_alone(tmp_path):
    known = of(tmp_path, "northby")
    assert not known.recorded("02-budget")
    assert known.expected("02-budget", 10) < known.expected("05-absence", 10_000_000)


def test_a_councils_own_last_time_comes_before_all_others(tmp_path):
    kept(tmp_path, northby={"02": Took(10, 9.0)}, southby={"02": Took(10, 1.0)})
    kept(tmp_path, northby={"02": Took(10, 4.0)})
    assert of(tmp_path, "northby").expected("02", 10) == 4.0


def test_elsewhere_goes_along_the_line_of_bytes_and_seconds(tmp_path):
    kept(tmp_path, a={"02": Took(100, 2.0)}, b={"02": Took(300, 4.0)}, c={"03": Took(900, 90.0)})
    assert of(tmp_path, "northby").expected("02", 500) == pytest.approx(6.0)


def test_elsewhere_with_one_size_or_where_more_bytes_took_less_is_their_mean(tmp_path):
    kept(tmp_path, a={"02": Took(100, 5.0), "03": Took(7, 1.0)})
    kept(tmp_path, b={"02": Took(300, 3.0), "03": Took(7, 2.0)})
    known = of(tmp_path, "northby")
    assert (known.expected("02", 9_000), known.expected("03", 9_000)) == (4.0, 1.5)


def test_no_line_leads_below_the_shortest_that_was_seen(tmp_path):
    kept(tmp_path, a={"02": Took(100, 2.0)}, b={"02": Took(200, 12.0)})
    assert of(tmp_path, "northby").expected("02", 0) == 2.0


@pytest.mark.parametrize(
    "damage",
    [
        "", "{", "[]", "7", '"a"', "null", '{"a": 1}', '{"a": {"02": 1}}', '{"a": {"02": [1]}}',
        '{"a": {"02": [1, 2, 3]}}', '{"a": {"02": ["1", "2"]}}', '{"a": {"02": [1, -1]}}',
        '{"a": {"02": [-1, 1]}}', '{"a": {"02": [1, NaN]}}', '{"a": {"02": [Infinity, 1]}}',
        '{"a": {"02": [1, 1e9]}}', '{"a": {"02": [1, null]}}', "[" * 100_000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_a_damaged_file_is_passed_over_and_the_next_build_writes_another(tmp_path, damage):
    raw = damage if isinstance(damage, bytes) else damage.encode()
    (tmp_path / FILE).write_bytes(raw)
    assert of(tmp_path, "a").known == {}
    kept(tmp_path, a={"02": Took(1, 2.0)})
    assert of(tmp_path, "a").expected("02", 1) == 2.0


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    kept(tmp_path, a={"02": Took(1, 2.0)})
    monkeypatch.setattr(durations, "LARGEST_BYTES", (tmp_path / FILE).stat().st_size - 1)
    assert of(tmp_path, "a").known == {}


def test_the_file_is_ours_alone_and_nothing_lies_beside_it(tmp_path):
    beside = tmp_path / f".durations-a-{QUARTER}.new"
    victim = tmp_path / "victim"
    victim.write_text("as it was")
    beside.symlink_to(victim)  # what a killed build, or somebody else, left there
    kept(tmp_path, a={"02": Took(1, 2.0)})
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == [FILE, "victim"]
    assert victim.read_text() == "as it was"


def test_a_part_that_was_not_timed_this_time_keeps_its_last_time(tmp_path):
    kept(tmp_path, a={"02": Took(1, 2.0), "03": Took(1, 3.0)})
    kept(tmp_path, a={"03": Took(1, 5.0)})
    assert json.loads((tmp_path / FILE).read_text()) == {"a": {"02": [1, 2.0], "03": [1, 5.0]}}


class Clock:
    """Seconds that pass only when told."""

    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def watched(known, parts, left=lambda _: None):
    clock = Clock()
    return Watch(known, parts, 10, left, clock), clock


def took(watch, clock, name, seconds):
    with watch.part(name):
        clock.at += seconds


def test_of_a_first_build_no_time_left_is_said(tmp_path):
    said = []
    watch, clock = watched(of(tmp_path, "a"), {"02": 10, "03": 10}, said.append)
    took(watch, clock, "02", 3)
    assert said == []


def test_the_time_left_begins_with_what_the_build_took_before(tmp_path):
    kept(tmp_path, a={"02": Took(10, 2.0), "03": Took(10, 38.0), BUILD: Took(10, 20.0)})
    said = []
    watch, clock = watched(of(tmp_path, "a"), {"02": 10, "03": 10}, said.append)
    took(watch, clock, "02", 30)
    assert said == [20.0, 19.0]


def test_once_enough_is_done_the_time_left_is_at_this_builds_own_pace(tmp_path):
    kept(tmp_path, a={"02": Took(10, 10.0), "03": Took(10, 20.0), BUILD: Took(10, 15.0)})
    watch, clock = watched(of(tmp_path, "a"), {"02": 10, "03": 10})
    took(watch, clock, "02", 40)
    assert watch.left_s() == pytest.approx(80.0)
    took(watch, clock, "03", 80)
    assert watch.left_s() == 0


def test_what_is_recorded_is_each_part_and_the_whole(tmp_path):
    watch, clock = watched(of(tmp_path, "a"), {"02": 4})
    took(watch, clock, "02", 3)
    clock.at += 1
    assert watch.took() == {"02": Took(4, 3.0), BUILD: Took(10, 4.0)}


def test_a_part_that_failed_leaves_no_time(tmp_path):
    watch, _ = watched(of(tmp_path, "a"), {"02": 4})
    with pytest.raises(ValueError, match="broken"), watch.part("02"):
        raise ValueError("broken")
    assert list(watch.took()) == [BUILD]


def test_a_part_that_is_spared_is_no_time_left_and_says_nothing_of_a_whole_build(tmp_path):
    known = Durations("a", {"a": {"02": Took(10, 30), "03": Took(10, 10), BUILD: Took(10, 40)}})
    watch, clock = watched(known, {"02": 10, "03": 10})
    assert watch.left_s() == 40
    watch.spare("02")
    assert watch.left_s() == 10
    took(watch, clock, "03", 8)
    assert watch.took() == {"03": Took(10, 8)}
