"""Three councils of 2024-25 beside their neighbours, against sums made apart by csv and xml."""

import csv
import statistics
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from peerpack.catalogue.load import dataset
from peerpack.catalogue.places import project_root
from peerpack.handover.neighbours import Group, Member
from peerpack.measures import per_head
from peerpack.measures import social_workers as sw
from peerpack.measures.neighbours import statistical
from peerpack.sources import read

ENGLAND = project_root().parent / "shared" / "real" / "england"
RO3 = ENGLAND / "RO3_LA_Data_2024-25_data_by_LA.ods"
POPULATION = ENGLAND / "ons_mid-year_population_estimates_2012_to_2024.csv"
CENSUS = ENGLAND / "csww_indicators_2017_to_2025.csv"
MODEL = ENGLAND / "sn_model_2025_wide.csv"
TRAFFORDS_LIST = ENGLAND.parent / "trafford" / "2024-25-Q4" / "cipfalga0724.csv"
pytestmark = pytest.mark.skipif(not ENGLAND.is_dir(), reason="../shared/real is missing here")

COUNCILS = {"liverpool": "341", "sefton": "343", "trafford": "358"}
CODES = {"liverpool": "E08000012", "sefton": "E08000014", "trafford": "E08000009"}
NET = "TOTAL CHILDREN SOCIAL CARE - Net Current Expenditure (C7 = C3 - C6)"
TABLE, OFFICE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office")
)
each_council = pytest.mark.parametrize("council", COUNCILS)


def raw_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def apart():
    """The raw cells by the department's code: spending, children, counts of social workers."""
    of_2024 = [r for r in raw_csv(POPULATION) if r["time_period"] == "2024"]
    children = {r["old_la_code"]: r for r in of_2024 if r["old_la_code"]}
    spent = dict(cells_of(RO3, "RO3_LA_Data_202425"))
    census = {r["old_la_code"]: r for r in raw_csv(CENSUS) if r["time_period"] == "2024"}
    ten = {
        r["old_la_code"]: [r[f"SN_{n}"] for n in range(1, 11)] for r in raw_csv(MODEL)
    }  # fmt: skip
    return SimpleNamespace(children=children, spent=spent, census=census, ten=ten)


def cells_of(path, sheet):
    """Official code and net current expenditure on children's social care, GBP thousand."""
    with zipfile.ZipFile(path) as book, book.open("content.xml") as xml:
        table = next(t for _, t in ElementTree.iterparse(xml)
                     if t.tag == f"{TABLE}table" and t.get(f"{TABLE}name") == sheet)  # fmt: skip
    rows = [list(cells(row)) for row in table.iter(f"{TABLE}table-row")]
    head = next(row for row in rows if row[:1] == ["E-code"])
    at, code = head.index(NET), head.index("ONS Code")
    for row in rows:
        if len(row) > at and row[code].startswith("E"):
            yield row[code], row[at]


def cells(row):
    for part in row:
        times = int(part.get(f"{TABLE}number-columns-repeated", 1))
        yield from [part.get(f"{OFFICE}value") or "".join(part.itertext())] * min(times, 600)


@pytest.fixture(scope="module")
def admitted():
    """The national returns as the workbook reads them, the year that 2024-25-Q4 takes."""
    frames = {
        "revenue_outturn": read([RO3], dataset("revenue_outturn")),
        "population_estimates": read([POPULATION], dataset("population_estimates"), 2024),
        "social_work_workforce": read([CENSUS], dataset("social_work_workforce"), 2024),
    }
    model = read([MODEL], dataset("statistical_neighbours"))
    receipt = SimpleNamespace(files=model.files, owner="Department for Education")
    lists = SimpleNamespace(frame=model.frame, receipt=receipt)
    return SimpleNamespace(model=lists, **{name: each.frame for name, each in frames.items()})


def group_of(admitted, council):
    return statistical(admitted.model, CODES[council], admitted.population_estimates)


def pounds_per_child(apart, code):
    child = apart.children[code]
    return 1000 * float(apart.spent[child["new_la_code"]]) / int(child["population_estimate"])


@each_council
def test_spending_per_child_is_that_of_the_raw_cells_and_its_median_that_of_ten(
    admitted, apart, council
):
    group = group_of(admitted, council)
    table = per_head.childrens_services(
        admitted.revenue_outturn, admitted.population_estimates, CODES[council], [group]
    )
    first = per_head.beside(table, "KF25", "2024-25", [group])[0]
    codes = apart.ten[COUNCILS[council]]
    ten = [pounds_per_child(apart, code) for code in codes]
    assert table["value"].iloc[0] == pytest.approx(pounds_per_child(apart, COUNCILS[council]))
    assert (first.statistic, first.n, first.missing) == ("median", 10, ())
    assert first.value == pytest.approx(statistics.median(ten))
    assert [m.name for m in group.members] == [apart.children[c]["la_name"] for c in codes]


RATES = {
    "vacancy": (sw.vacancy, sw.VACANCY, "vacancy_fte", ["vacancy_fte", "inpost_fte"], 100),
    "agency": (sw.agency, sw.AGENCY, "agency_fte", ["agency_fte", "inpost_fte"], 100),
    "turnover": (sw.turnover, sw.TURNOVER, "leavers_fte", ["inpost_fte"], 100),
    "caseload": (sw.caseload, sw.CASELOAD, "cases", ["case_holders_fte"], 1),
}
PRINTED = {"vacancy": "vacancy_rate_fte", "agency": "agency_rate_fte",
           "turnover": "turnover_rate_fte", "caseload": "caseload_fte"}  # fmt: skip


def counted(row, above, below):
    """Numerator and denominator of a raw row, or None where a cell of them is no number."""
    try:
        return float(row[above]), sum(float(row[name]) for name in below)
    except ValueError:
        return None


@each_council
@pytest.mark.parametrize("name", RATES)
def test_social_workers_are_pooled_over_those_with_both_counts_and_never_averaged(
    admitted, apart, council, name
):
    measure, rate, above, below, times = RATES[name]
    group = group_of(admitted, council)
    table = measure(admitted.social_work_workforce, CODES[council], [group])
    first = sw.beside(table, rate, "2024-09-30", [group])[0]
    rows = {code: apart.census[code] for code in apart.ten[COUNCILS[council]]}
    pairs = {code: counted(row, above, below) for code, row in rows.items()}
    known = [pair for pair in pairs.values() if pair]
    expected = times * sum(a for a, _ in known) / sum(b for _, b in known)
    assert (first.statistic, first.value) == ("pooled rate", pytest.approx(expected))
    without = sorted(rows[code]["la_name"] for code, pair in pairs.items() if not pair)
    assert (first.n, list(first.missing)) == (len(known), without)
    if council == "liverpool" and name in ("agency", "turnover"):
        assert without == ["Sunderland"]


@pytest.mark.parametrize("name", RATES)
def test_every_rate_that_is_printed_could_be_ours_before_it_was_rounded(admitted, apart, name):
    measure, *_ = RATES[name]
    printed = {r["new_la_code"]: r[PRINTED[name]] for r in apart.census.values() if r["la_name"]}
    some = dict(list(printed.items())[::7])
    table = measure(
        admitted.social_work_workforce, "", [Group("", "", "", tuple(Member(c, c) for c in some))]
    ).set_index("area")
    told = {code: float(cell) for code, cell in some.items() if cell[:1].isdigit()}
    assert len(told) >= 20
    half = 0.05 + 1e-9
    assert [
        (code, rate)
        for code, rate in told.items()
        if not table.lower[code] - half <= rate <= table.upper[code] + half
    ] == []


def test_englands_figures_are_as_published(admitted, apart):
    group = group_of(admitted, "liverpool")
    table = per_head.childrens_services(
        admitted.revenue_outturn, admitted.population_estimates, CODES["liverpool"], [group]
    )
    spent = 1000 * float(apart.spent["E92000001"])
    assert table["value"].iloc[-1] == pytest.approx(spent / 12_183_016)
    agency = sw.agency(admitted.social_work_workforce, CODES["liverpool"], [group])
    assert (agency["area"].iloc[-1], agency["value"].iloc[-1]) == ("England", 16.2)
