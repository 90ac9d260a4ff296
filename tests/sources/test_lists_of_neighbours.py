"""Lists of neighbours as published: which councils stand in whose group, and nothing else."""

import csv

import pytest
from drawn_returns import table, write_csv

from peerpack.catalogue.load import dataset, datasets
from peerpack.catalogue.places import project_root
from peerpack.sources import fits, read

REAL = project_root().parent / "shared" / "real"
MODEL = REAL / "england" / "sn_model_2025_wide.csv"
TRAFFORD = REAL / "trafford" / "2024-25-Q4"
CENSUS = REAL / "england" / "csww_indicators_2017_to_2025.csv"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is missing here")


def raw(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def known_as(path):
    return list(fits([path], datasets(), {}).files)


@needs_real
def test_every_authority_of_the_model_has_its_ten_in_their_order():
    reading = read([MODEL], dataset("statistical_neighbours"))
    assert (known_as(MODEL), reading.quarantined) == (["statistical_neighbours"], ())
    assert (reading.rows_in, len(reading.frame)) == (154, 153)
    ten = [f"neighbour_{n}" for n in range(1, 11)]
    found = dict(zip(reading.frame.dfe_code, reading.frame[ten].to_numpy().tolist(), strict=True))
    printed = {r["old_la_code"]: [r[f"SN_{n}"] for n in range(1, 11)] for r in raw(MODEL)}
    assert found == printed
    assert found["341"][:3] == ["890", "805", "806"]


@needs_real
@pytest.mark.parametrize(("name", "rows_n"), [("cipfalga0724.csv", 15), ("cssn.csv", 10)])
def test_a_councils_own_list_is_read_by_its_two_headings(name, rows_n):
    reading = read([TRAFFORD / name], dataset("neighbour_group"))
    assert known_as(TRAFFORD / name) == ["neighbour_group"]
    found = list(zip(reading.frame.area_code, reading.frame.area_name, strict=True))
    assert found == [(r["area_code"], r["area_name"]) for r in raw(TRAFFORD / name)]
    assert len(found) == rows_n


@needs_real
@pytest.mark.parametrize("name", ["social_work_workforce", "population_estimates"])
def test_a_national_return_says_the_departments_code_beside_the_official_one(name):
    path = CENSUS if name == "social_work_workforce" else next(CENSUS.parent.glob("ons_*.csv"))
    frame = read([path], dataset(name), 2024).frame
    own = frame[frame.ons_code.isin(["E08000012", "E08000014", "E08000009"])]
    assert dict(zip(own.ons_code, own.dfe_code, strict=True)) == {
        "E08000012": "341", "E08000014": "343", "E08000009": "358",
    }  # fmt: skip


def test_a_table_of_figures_by_area_is_no_list_of_neighbours(tmp_path):
    figures = """
    area_code | area_name | value
    E08000099 | Northby   | 38.3
    """
    path = write_csv(tmp_path / "waste.csv", table(figures))
    [left] = fits([path], datasets(), {}).not_used
    assert left.reason == "nearest is neighbour_group, but the heading 'value' is of another table"
