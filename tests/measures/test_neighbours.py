"""Who a council is set beside: the model's ten, or the council's own list."""

import pandas as pd
import pytest
from drawn import FILE, drawn

from peerpack.catalogue.models import NeighbourList
from peerpack.handover.neighbours import Group, Member
from peerpack.handover.receipt import Admission, FileRead, Receipt, Verdict
from peerpack.measures.neighbours import listed, statistical

NORTHBY, SOUTHBY = "E08000099", "E08000098"
TEN = "|".join(f"neighbour_{n}" for n in range(1, 11))
MODEL = f"""
dfe_code|area_name|{TEN}
990|Northby|991|980|981|982|999||||
991|Southby|990|980||||||||
"""
PLACES = """
area_kind|dfe_code|ons_code|area_name
England|||
authority|990|E08000099|Northby
authority|991|E08000098|Southby
authority|980|E08000080|Westby
authority|981 / 982|E06000081 / E06000082|Eastby / Overby
"""


def admission(frame, *names):
    """An admission of a frame, its files named and numbered from 1."""
    files = [FileRead(number=n, name=name, sha256="", sheet="", encoding="", rows_in=0)
             for n, name in enumerate(names, start=1)]  # fmt: skip
    receipt = Receipt(
        dataset="d", title="", council="", quarter="", covers="", period_start="", period_end="",
        personal=False, public=True, base_of="", owner="The department", sha256="",
        files=tuple(files), headers=(), rows_in=0, rows_admitted=0, set_aside=(), quarantined=(),
        reconciliations=(), corrections=(), verdict=Verdict(outcome="pass", checks=()),
    )  # fmt: skip
    return Admission(frame, receipt)


def model(text=MODEL, name="england/model_2025.csv"):
    return admission(drawn(text), name)


def test_a_council_and_its_neighbours_are_tied_by_the_departments_codes():
    group = statistical(model(), NORTHBY, drawn(PLACES))
    assert group == Group(
        "statistical neighbours", "model_2025", "The department",
        (Member(SOUTHBY, "Southby"), Member("E08000080", "Westby"), Member("E06000081", "Eastby"),
         Member("E06000082", "Overby"), Member("", "the authority with the department's code 999")),
    )  # fmt: skip


def test_a_neighbour_whose_code_no_return_knows_keeps_the_models_name():
    places = drawn(PLACES.replace("991|E08000098", "|E08000098"))
    assert statistical(model(), NORTHBY, places).members[0] == Member("", "Southby")


def test_two_authorities_under_codes_that_do_not_pair_are_not_told_apart():
    places = drawn(PLACES.replace("981 / 982|E06000081 / E06000082", "981 / 982|E06000081"))
    members = statistical(model(), NORTHBY, places).members
    assert [m.code for m in members[2:4]] == ["", ""]


@pytest.mark.parametrize(("code", "text", "why"), [
    ("E08000001", MODEL, "the model names no neighbours of a council of E08000001"),
    ("E08000080", MODEL, "the model names no neighbours of a council of E08000080"),
    ("", MODEL, "names no neighbours of a council without an official code in council.toml"),
    (NORTHBY, MODEL.split("990", maxsplit=1)[0], "no model of statistical neighbours was supplied"),
])  # fmt: skip
def test_a_council_in_no_list_has_no_group_and_it_is_said_why(code, text, why):
    group = statistical(model(text), code, drawn(PLACES))
    assert group.members == ()
    assert group.none_because.endswith(why)


LISTS = """
area_code|area_name
E08000098|Southby
E08000099|Northby
E08000080|Westby
"""


def lists(*names):
    """One list a file, the same in each."""
    rows = drawn(LISTS)
    frames = [rows.assign(source_row=rows["source_row"] + n * FILE) for n in range(len(names))]
    return admission(pd.concat(frames) if frames else rows.head(0), *names)


CIPFA = NeighbourList(file="b.csv", group="CIPFA nearest neighbours", version="24", kind="CIPFA")


def test_the_list_that_the_settings_name_is_taken_and_the_council_is_left_out_of_it():
    group = listed(lists("a.csv", "b.csv"), [CIPFA], NORTHBY, "CIPFA")
    assert (group.name, group.version) == ("CIPFA nearest neighbours", "24")
    assert [m.name for m in group.members] == ["Southby", "Westby"]


def test_a_single_list_without_a_setting_goes_by_the_name_of_its_file():
    group = listed(lists("cipfa0724.csv"), [], NORTHBY, "CIPFA")
    assert (group.name, group.version, len(group.members)) == ("cipfa0724", "cipfa0724", 2)


@pytest.mark.parametrize(("names", "settings", "why"), [
    ((), [], "the council supplied no list of them"),
    (("a.csv", "c.csv"), [], "council.toml does not say which of a.csv, c.csv is its CIPFA list"),
    (("a.csv",), [CIPFA], "council.toml does not say which of a.csv is its CIPFA list"),
    (("a.csv", "b.csv"), [CIPFA.model_copy(update={"licence": "restricted"})],
     "a licence or an embargo keeps CIPFA nearest neighbours out of packs"),
])  # fmt: skip
def test_a_list_that_nobody_named_or_that_may_not_be_shown_is_no_group(names, settings, why):
    group = listed(lists(*names), settings, NORTHBY, "CIPFA")
    assert (group.members, group.none_because) == ((), why)
