"""Neighbour groups and targets as versioned files: strict, under licence and embargo."""

import shutil

import pytest

from peerpack.catalogue import load
from peerpack.errors import StaleCorrection
from peerpack.intake import chosen_group, neighbour_lists
from peerpack.vocab import Quarter, days_of

Q1 = Quarter(2024, 1)
COUNCIL = 'slug = "northby"\nname = "Northby Council"\n'
GROUP = """
group: like councils
version: '{version}'
kind: own choice
licence: {licence}
embargo_until: {embargo}
source: Drawn
members:
  northby: [Southby, Westby]
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A data root that is the reference folder's too, with the council of Northby."""
    (tmp_path / "northby" / str(Q1)).mkdir(parents=True)
    (tmp_path / "northby" / "council.toml").write_text(COUNCIL)
    for name in ("neighbours", "targets"):
        (tmp_path / "reference" / name).mkdir(parents=True)
    shutil.copy(load.reference_folder() / "regimes.yml", tmp_path / "reference")
    monkeypatch.setattr(load, "reference_folder", lambda: tmp_path / "reference")
    monkeypatch.setenv("PEERPACK_DATA", str(tmp_path))
    load.neighbour_groups.cache_clear()
    yield tmp_path
    load.neighbour_groups.cache_clear()


def put_group(root, version="2024", licence="open", embargo="null", text=GROUP):
    filled = text.format(version=version, licence=licence, embargo=embargo)
    (root / "reference" / "neighbours" / f"like-{version}-{licence}.yml").write_text(filled)


def test_a_group_is_taken_in_its_newest_version(root):
    put_group(root, "2023")
    put_group(root, "2024")
    group = chosen_group("northby", str(Q1))
    assert (group.name, group.version) == ("like councils", "2024")
    assert [m.name for m in group.members] == ["Southby", "Westby"]


@pytest.mark.parametrize(("licence", "embargo", "why"), [
    ("open", "2024-07-02", "like councils, version 2024: it is under embargo until 2024-07-02"),
    ("restricted", "null", "like councils, version 2024: its licence forbids publication"),
])  # fmt: skip
def test_a_group_that_may_not_be_shown_is_not_used_and_no_older_one_in_its_place(
    root, licence, embargo, why
):
    put_group(root, "2023")
    put_group(root, "2024", licence, embargo)
    group = chosen_group("northby", str(Q1))
    assert (group.members, group.none_because) == ((), why)


def test_an_embargo_that_ends_on_the_packs_date_no_longer_holds(root):
    put_group(root, embargo="2024-07-01")
    assert len(chosen_group("northby", str(Q1)).members) == 2


def test_a_council_that_no_group_names_has_none(root):
    assert chosen_group("northby", str(Q1)) is None


@pytest.mark.parametrize(("old", "new", "message"), [
    ("[Southby, Westby]", "[Southby, Southby]", "at least one, each once, never itself"),
    ("[Southby, Westby]", "[Southby, northby]", "at least one, each once, never itself"),
    ("[Southby, Westby]", "[]", "at least one, each once, never itself"),
    ("own choice", "favourites", "kind: Input should be"),
    ("licence: {licence}", "licence: ask", "licence: Input should be"),
    ("source: Drawn", "origin: Drawn", "source: Field required"),
])  # fmt: skip
def test_a_fault_in_a_group_names_the_file_and_the_field(root, old, new, message):
    put_group(root, text=GROUP.replace(old, new))
    with pytest.raises(StaleCorrection, match=rf"neighbours/like-2024-open.yml: .*{message}"):
        load.neighbour_groups()


def test_two_files_of_one_version_are_refused(root):
    put_group(root)
    put_group(root, licence="restricted")
    with pytest.raises(StaleCorrection, match="2 files are of like councils, version 2024"):
        load.neighbour_groups()


def put_targets(root, text, year="2024-25"):
    (root / "reference" / "targets" / f"northby-{year}.yml").write_text(text)


def target(value, period="2024-25", more=""):
    return f"- {{indicator: KF01, value: {value}, basis: b, period: '{period}'{more}}}\n"


@pytest.mark.parametrize(("text", "values"), [
    (target(1), [1]),
    (target(1, "2024-25-Q1"), [1]),
    (target(1, "2023-24"), []),
    (target(1, "2024-25-Q2"), []),
    (target(1) + target(2, "2024-25-Q1"), [2, 1]),
    (target(1, more=", embargo_until: 2024-07-02"), []),
    (target(1, more=", licence: restricted"), []),
    (target(1, more=", set_on: 2024-02-01, comparator_when_set: 2.5"), [1]),
    ("", []),
])  # fmt: skip
def test_a_target_is_taken_for_its_own_period_where_a_pack_may_show_it(root, text, values):
    put_targets(root, text)
    assert [t.value for t in load.targets("northby", Q1)] == values


def test_the_councils_own_settings_come_first_and_another_years_file_is_not_read(root):
    settings = COUNCIL + '[[targets]]\nindicator = "KF01"\nvalue = 9.0\nbasis = "b"\n'
    (root / "northby" / "council.toml").write_text(settings)
    put_targets(root, target(1))
    put_targets(root, target(2, "2023-24"), "2023-24")
    assert [t.value for t in load.targets("northby", Q1)] == [9, 1]


@pytest.mark.parametrize(("text", "message"), [
    (target(1, "soon"), "'soon' is neither a financial year nor a quarter of one"),
    ("- {value: 1}", "indicator: Field required"),
    ("- {indicator: KF01, value: 1, weight: 3}", "weight: Extra inputs"),
])  # fmt: skip
def test_a_fault_in_a_target_names_the_file(root, text, message):
    put_targets(root, text)
    with pytest.raises(StaleCorrection, match=f"targets/northby-2024-25.yml: .*{message}"):
        load.targets("northby", Q1)


def test_a_list_under_embargo_is_marked_as_not_to_be_shown(root):
    settings = COUNCIL + (
        '[[neighbour_lists]]\nfile = "a.csv"\ngroup = "G"\nversion = "1"\n'
        "embargo_until = 2024-07-02\n"
    )
    (root / "northby" / "council.toml").write_text(settings)
    assert [each.licence for each in neighbour_lists("northby", "2024-25-Q1")] == ["restricted"]
    assert [each.licence for each in neighbour_lists("northby", "2024-25-Q2")] == ["open"]


def test_the_shipped_groups_are_well_formed():
    load.neighbour_groups.cache_clear()
    assert "northborough" in {c for group in load.neighbour_groups() for c in group.members}


@pytest.mark.parametrize(("period", "days"), [
    ("2024-25", "2024-04-01 to 2025-03-31"),
    ("2024-25-Q4", "2025-01-01 to 2025-03-31"),
    ("2024-09-30", "2024-09-30 to 2024-09-30"),
    ("2024-04-01 to 2024-06-30", "2024-04-01 to 2024-06-30"),
    ("2024-26", "2024-26 to 2024-26"),
])  # fmt: skip
def test_a_period_is_known_by_its_days_however_it_is_written(period, days):
    assert days_of(period) == days
