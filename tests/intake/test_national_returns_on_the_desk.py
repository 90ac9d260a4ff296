"""National returns: where they lie, whose wins, which period of them a quarter takes."""

import pytest

from peerpack.catalogue.load import council
from peerpack.catalogue.places import project_root
from peerpack.errors import NotFound
from peerpack.intake import supplied
from peerpack.intake.admit import admit_from
from peerpack.packs.plan import plan
from peerpack.vocab import Quarter

Q1, Q2 = Quarter(2024, 1), Quarter(2024, 2)
HEAD = "time_period,geographic_level,region_code,new_la_code,la_name,age_group,population_estimate"
LEDGER = """Directorate,Service,Cost Centre,Original Budget,Revised Budget,Forecast Outturn,Variance
Adults,Homecare,01,100,100,110,10
"""


def population(*years, northby=60_000):
    """A national return: Northby, its region's neighbour that has no figure, and England."""
    rows = [
        row
        for year in years
        for row in (
            f"{year},Local authority,E12000002,E08000099,Northby,Children,{northby}",
            f"{year},Local authority,E12000002,E08000098,Southby,Children,x",
            f"{year},National,,,,Children,12000000",
        )
    ]
    return "\n".join([HEAD, *rows]) + "\n"


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A data root that knows the council of Northby; its quarter has a ledger."""
    monkeypatch.delenv("PEERPACK_DATA", raising=False)
    put(tmp_path / "northby" / "council.toml", 'slug = "northby"\nname = "Northby"\n')
    put(tmp_path / "northby" / str(Q1) / "ledger.csv", LEDGER)
    return tmp_path


def files(desk, name="population_estimates"):
    return desk.assignment.files.get(name, ())


def test_a_national_return_serves_a_council_whose_folder_has_none(root):
    national = put(root / "england" / "whatever.csv", population(2024))
    desk = supplied("northby", Q1, [root])
    assert files(desk) == (national,)
    assert list(desk.assignment.files) == ["budget_monitoring", "population_estimates"]


def test_the_councils_own_file_wins_and_the_other_is_not_used(root):
    national = put(root / "england" / "whatever.csv", population(2024))
    own = put(root / "northby" / str(Q1) / "own.csv", population(2024, northby=61_000))
    desk = supplied("northby", Q1, [root])
    assert files(desk) == (own,)
    [left] = desk.assignment.not_used
    assert (left.path, left.reason) == (
        national, "population_estimates is taken from the council's own folder"
    )  # fmt: skip


def test_of_two_roots_with_england_the_first_wins_whole(root, tmp_path):
    put(root / "england" / "notes.txt", "nothing yet")
    put(tmp_path / "second" / "england" / "p.csv", population(2024))
    assert not files(supplied("northby", Q1, [root, tmp_path / "second"]))
    assert files(supplied("northby", Q1, [tmp_path / "second", root]))


def test_only_a_national_dataset_is_looked_for_in_england(root):
    stray = put(root / "england" / "ledger of somebody.csv", LEDGER)
    desk = supplied("northby", Q1, [root])
    assert files(desk, "budget_monitoring") == (root / "northby" / str(Q1) / "ledger.csv",)
    assert [left.path for left in desk.assignment.not_used] == [stray]


def test_a_known_council_has_national_returns_in_a_quarter_without_a_folder(root):
    put(root / "england" / "p.csv", population(2024))
    desk = supplied("northby", Q2, [root])
    assert list(desk.assignment.files) == ["population_estimates"]
    assert admit_from(desk, "population_estimates").receipt.rows_admitted == 3


@pytest.mark.parametrize(("who", "message"), [
    ("nowhere", "Council nowhere: no data root holds nowhere/council.toml"),
    ("northby", "northby 2010-11-Q1: none of 1 files fits a dataset"),
])  # fmt: skip
def test_an_unknown_council_or_a_period_not_begun_is_not_found(root, who, message):
    put(root / "england" / "p.csv", population(2024))
    with pytest.raises(NotFound, match=message):
        supplied(who, Quarter(2010, 1), [root])


def test_without_england_a_quarter_without_a_folder_is_not_found(root):
    with pytest.raises(NotFound, match=r"no data root holds the folder northby/2024-25-Q2"):
        supplied("northby", Q2, [root])


def test_rows_of_other_years_are_set_aside_and_nothing_is_lost(root):
    put(root / "england" / "p.csv", population(2022, 2023, 2024, 2025))
    receipt = admit_from(supplied("northby", Q1, [root]), "population_estimates").receipt
    assert [(each.reason, each.lines) for each in receipt.set_aside] == [
        ("header", (1,)), ("other period", (2, 3, 4, 5, 6, 7, 11, 12, 13)),
    ]  # fmt: skip
    assert receipt.rows_in == 13 == receipt.rows_admitted + receipt.rows_set_aside
    assert receipt.period == "2024-06-30"
    assert receipt.verdict.outcome == "pass"


def test_of_two_files_of_different_years_the_later_begun_is_taken(root):
    for year in (2023, 2024, 2026):
        put(root / "england" / f"{year}.csv", population(year, northby=year))
    frame = admit_from(supplied("northby", Q1, [root]), "population_estimates").frame
    assert set(frame.time_period) == {"2024"}
    assert frame.population_n[frame.ons_code == "E08000099"].tolist() == [2024]


def test_a_row_without_its_year_is_left_for_the_gate_to_judge(root):
    put(root / "england" / "p.csv", population(2024).replace("2024,National", ",National"))
    receipt = admit_from(supplied("northby", Q1, [root]), "population_estimates").receipt
    failed = [c.id for c in receipt.verdict.checks if not c.passed]
    assert (receipt.rows_admitted, failed) == (3, ["time-period-given"])


def test_a_pack_names_a_national_file_as_englands_among_its_inputs(root):
    put(root / "england" / "p.csv", population(2024))
    inputs = plan("northby", str(Q1), [root], root / "reports").inputs
    assert list(inputs["returns"]) == ["england/p.csv", "ledger.csv"]


@pytest.mark.parametrize("slug", ["liverpool", "sefton", "trafford"])
def test_each_real_council_has_the_code_by_which_it_finds_its_own_row(slug):
    assert council(slug, [project_root() / "data"]).ons_code.startswith("E08")
