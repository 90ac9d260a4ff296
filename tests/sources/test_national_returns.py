"""The national returns of 2024-25 as published, against a reading of their raw cells made apart."""

# ruff: noqa: E501 (a heading is written as the workbook prints it)

import csv
import zipfile
from collections import Counter
from decimal import Decimal
from xml.etree import ElementTree

import pandas as pd
import pytest

from peerpack.catalogue.load import dataset, datasets
from peerpack.catalogue.places import project_root
from peerpack.sources import fits, latest_year, read
from peerpack.vocab import Quarter

ENGLAND = project_root().parent / "shared" / "real" / "england"
FORMS = {form: ENGLAND / f"{form}_LA_Data_2024-25_data_by_LA.ods" for form in ("RO3", "RSX")}
POPULATION = ENGLAND / "ons_mid-year_population_estimates_2012_to_2024.csv"
WORKFORCE = ENGLAND / "csww_indicators_2017_to_2025.csv"
pytestmark = pytest.mark.skipif(not ENGLAND.is_dir(), reason="../shared/real is missing here")

TABLE, OFFICE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office")
)
OUTTURN = dataset("revenue_outturn")
MONEY = [c.name for c in OUTTURN.columns if c.kind == "money"]
DID_NOT_RETURN = {
    "Amber Valley", "Ashfield", "Birmingham", "Cumberland", "Guildford", "North Warwickshire",
    "North West Leicestershire", "Slough UA", "Warwick",
}  # fmt: skip
OUR_CODES = {"E08000009": "Trafford", "E08000012": "Liverpool", "E08000014": "Sefton"}
# Heading of the workbook, by column: written here by hand, so that a wrong synonym shows.
HEADED = {
    "RSX": {
        "education_net_gbp": "Education services - Net Current Expenditure (C7 = C3 - C6)",
        "children_social_care_net_gbp": "Children Social Care - Net Current Expenditure (C7 = C3 - C6)",
        "adult_social_care_gross_gbp": "Adult Social Care - Total Expenditure (C3 = C1 + C2)",
        "total_services_fees_gbp": "Total Service Expenditure - Sales, Fees and Charges (C4)",
        "total_services_net_gbp": "Total Service Expenditure - Net Current Expenditure (C7 = C3 - C6)",
    },
    "RO3": {
        "children_social_care_net_gbp": "TOTAL CHILDREN SOCIAL CARE - Net Current Expenditure (C7 = C3 - C6)",
        "adult_social_care_net_gbp": "TOTAL ADULT SOCIAL CARE [note 2] - Net Current Expenditure (C7 = C3 - C6)",
        "looked_after_gross_gbp": "Children's social care - Children Looked After - Total Expenditure (C3 = C1 + C2)",
        "looked_after_fostering_net_gbp": "Children's social care - Children Looked After of which fostering services - Net Current Expenditure (C7 = C3 - C6)",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def outturn():
    return read(list(FORMS.values()), OUTTURN)


@pytest.fixture(scope="module")
def raw():
    """The rows under each form's first header, as dictionaries of raw cells, by the XML alone."""
    return {form: list(raw_rows(path, f"{form}_LA_Data_202425")) for form, path in FORMS.items()}


def raw_rows(path, sheet):
    rows = iter(cells_of_sheet(path, sheet))
    head = next(row for row in rows if row[0] == "E-code")
    for row in rows:
        yield dict(zip(head, row, strict=False))


def cells_of_sheet(path, sheet):
    """Rows of a sheet of an OpenDocument workbook: the stored number, else the words."""
    with zipfile.ZipFile(path) as book, book.open("content.xml") as xml:
        table = next(t for _, t in ElementTree.iterparse(xml)
                     if t.tag == f"{TABLE}table" and t.get(f"{TABLE}name") == sheet)  # fmt: skip
    for row in table.iter(f"{TABLE}table-row"):
        yield [cell for part in row for cell in cells_of(part)]


def cells_of(part):
    times = int(part.get(f"{TABLE}number-columns-repeated", 1))
    return [part.get(f"{OFFICE}value") or "".join(part.itertext())] * min(times, 600)


def gbp(thousands):
    """Pounds: a sheet has fifteen digits, and stores 268173.54 as 268173.53999999998."""
    return float(Decimal(f"{float(thousands):.15g}") * 1000)


def own(outturn, form, name, kind="authority"):
    frame = outturn.frame
    found = frame[(frame.form == form) & (frame.area_name == name) & (frame.area_kind == kind)]
    assert len(found) == 1
    return found.iloc[0]


def test_both_forms_are_known_and_only_their_sheet_of_data_is_read(outturn):
    assigned = fits(FORMS.values(), datasets(), {})
    assert assigned.files == {"revenue_outturn": tuple(FORMS.values())}
    assert [(f.name, f.sheet) for f in outturn.files] == [
        (path.name, f"{form}_LA_Data_202425") for form, path in FORMS.items()
    ]


def test_every_row_of_the_outturn_is_in_one_place(outturn):
    assert (outturn.rows_in, len(outturn.frame), outturn.quarantined) == (2 * 431, 2 * 422, ())
    aside = [(a.reason, a.lines) for a in outturn.set_aside if a.sheet.startswith("RSX")]
    assert aside == [("title", (1, 2, 3, 4, 5, 6)), ("header", (7,)), ("repeated header", (419,)),
                     ("lookup keys", (431,))]  # fmt: skip
    assert outturn.frame.groupby(["form", "area_kind"]).size().to_dict() == {
        (form, kind): n
        for form in FORMS
        for kind, n in {"authority": 410, "class": 11, "England": 1}.items()
    }


def test_form_and_year_are_read_from_the_title(outturn):
    assert set(zip(outturn.frame.form, outturn.frame.financial_year, strict=True)) == {
        ("RSX", "2024-25"), ("RO3", "2024-25"),
    }  # fmt: skip
    told = {h.column: h.heading for h in outturn.headers if h.sheet.startswith("RSX")}
    assert told["form"] == told["financial_year"] == (
        "Worksheet 2: Revenue Outturn (RO) 2024-25: Service Expenditure Summary (RSX) data"
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_nine_that_did_not_return_are_there_without_a_figure(outturn, form):
    frame = outturn.frame[outturn.frame.form == form]
    missing = frame[frame.notes == "M"]
    assert set(missing.area_name) == DID_NOT_RETURN
    assert set(frame.area_name[frame.children_social_care_net_gbp_status == "x"]) == DID_NOT_RETURN
    assert missing[MONEY].isna().all(axis=None)
    read_here = [c for c in MONEY if frame[c].notna().any()]
    assert (missing[[f"{c}_status" for c in read_here]] == "x").all(axis=None)


@pytest.mark.parametrize("name", OUR_CODES.values())
@pytest.mark.parametrize("form", FORMS)
def test_a_councils_lines_are_the_raw_cells_in_pounds(outturn, raw, form, name):
    cells = next(row for row in raw[form] if row["Local authority"] == name)
    line = own(outturn, form, name)
    assert OUR_CODES[line.ons_code] == name
    assert {c: line[c] for c in HEADED[form]} == {c: gbp(cells[h]) for c, h in HEADED[form].items()}


@pytest.mark.parametrize("form", FORMS)
def test_every_amount_of_every_area_is_its_raw_cell_times_a_thousand(outturn, raw, form):
    frame = outturn.frame[outturn.frame.form == form]
    headings = {h.column: h.heading for h in outturn.headers if h.sheet.startswith(form)}
    areas = [row for row in raw[form] if row.get("ONS Code", "").startswith("E")]
    assert len(areas) == len(frame) == 422
    for column in (c for c in MONEY if c in headings):
        cells = [row[headings[column]] for row in areas]
        expected = [None if cell.startswith("[") else gbp(cell) for cell in cells]
        assert [None if pd.isna(v) else v for v in frame[column]] == expected, column


def test_englands_total_is_as_published_and_no_sum_of_those_who_returned(outturn, raw):
    printed = next(row for row in raw["RSX"] if row["Local authority"] == "ENGLAND")
    england = own(outturn, "RSX", "ENGLAND", "England").total_services_net_gbp
    assert england == gbp(printed[HEADED["RSX"]["total_services_net_gbp"]]) == 134_158_660_766.14
    frame = outturn.frame
    returned = frame[(frame.form == "RSX") & (frame.area_kind == "authority")]
    assert round(england - returned.total_services_net_gbp.sum()) == 3_174_140_727
    assert outturn.reconciliations == ()


def test_a_class_is_told_apart_from_the_one_authority_in_it(outturn):
    london = [own(outturn, "RSX", "Greater London Authority", k) for k in ("authority", "class")]
    assert {row.ons_code for row in london} == {"E12000007"}
    assert london[0].total_services_net_gbp == london[1].total_services_net_gbp == 7_758_388_850


def test_a_note_in_place_of_an_amount_is_no_amount(outturn):
    gateshead = own(outturn, "RO3", "Gateshead")
    kinds = ["residential", "fostering", "asylum", "other"]
    assert [gateshead[f"looked_after_{k}_net_gbp_status"] for k in kinds] == ["x"] * 4
    assert gateshead[[f"looked_after_{k}_net_gbp" for k in kinds]].isna().all()
    assert gateshead.looked_after_net_gbp > 0


def test_the_two_forms_agree_on_the_lines_that_both_have(outturn):
    both = [c for c in MONEY if outturn.frame.groupby("form")[c].count().min() > 0]
    assert {"children_social_care_net_gbp", "public_health_net_gbp"} <= set(both)
    forms = [outturn.frame[outturn.frame.form == form] for form in FORMS]
    for column in both:
        assert (forms[0][column].fillna(-1).to_numpy() == forms[1][column].fillna(-1)).all()


# Read apart from the file: its symbols, and the status that each stands for.
SYMBOLS = {"c": "c", "x": "x", "z": "z", "u": "u", "low": "u"}


def raw_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_symbol_of_the_workforce_census_is_a_status_and_every_other_cell_a_figure():
    reading = read([WORKFORCE], dataset("social_work_workforce"))
    assert (reading.rows_in, len(reading.frame), reading.quarantined) == (1_464, 1_463, ())
    headings = {h.column: h.heading for h in reading.headers}
    measured = [c.name for c in dataset("social_work_workforce").columns if c.statuses]
    assert len(measured) == 22
    found, printed = Counter(), Counter()
    rows = raw_csv(WORKFORCE)
    for column in measured:
        cells = [row[headings[column]] for row in rows]
        printed.update((column, SYMBOLS[cell]) for cell in cells if cell in SYMBOLS)
        found.update((column, s) for s in reading.frame[f"{column}_status"].dropna())
        figures = [float(cell) for cell in cells if cell not in SYMBOLS]
        assert list(reading.frame[column].dropna()) == figures, column
    assert found == printed
    by_mark = Counter(mark for _, mark in printed.elements())
    assert by_mark == {"x": 98, "z": 81, "u": 63, "c": 8}


def test_the_census_taken_is_of_its_own_year_and_the_others_are_set_aside():
    reading = read([WORKFORCE], dataset("social_work_workforce"), 2024)
    frame = reading.frame
    assert frame.area_kind.value_counts().to_dict() == {
        "authority": 151,
        "region": 11,
        "England": 1,
    }
    aside = {each.reason: len(each.lines) for each in reading.set_aside}
    assert aside == {"header": 1, "other period": 1_300}
    sefton = next(row for row in raw_csv(WORKFORCE)
                  if (row["time_period"], row["la_name"]) == ("2024", "Sefton"))  # fmt: skip
    own = frame[frame.ons_code == "E08000014"].iloc[0]
    assert (own.agency_fte, own.agency_fte_pct) == (
        float(sefton["agency_fte"]), float(sefton["agency_rate_fte"]),
    )  # fmt: skip


def test_two_authorities_that_answer_as_one_stay_one_row():
    frame = read([WORKFORCE], dataset("social_work_workforce"), 2024).frame
    joint = frame[frame.ons_code.str.contains("/", na=False)]
    assert set(joint.ons_code) == {"E06000061 / E06000062", "E09000021 / E09000027"}


@pytest.mark.parametrize(("year", "authorities_n"), [(2024, 153), (2019, 151), (2012, 152)])
def test_population_has_each_kind_of_area_once(year, authorities_n):
    reading = read([POPULATION], dataset("population_estimates"), year)
    assert reading.frame.area_kind.value_counts().to_dict() == {
        "authority": authorities_n, "region": 11, "England": 1,
    }  # fmt: skip
    assert (reading.rows_in, reading.quarantined) == (2_133, ())
    assert set(reading.frame.time_period) == {str(year)}


def test_population_of_a_year_is_the_published_one_and_a_gap_stays_a_gap():
    frame = read([POPULATION], dataset("population_estimates")).frame
    now = frame[frame.time_period == "2024"]
    assert now.population_n[now.area_kind == "England"].item() == 12_183_016
    assert [now.population_n[now.ons_code == code].item() for code in OUR_CODES] == [
        56_737, 97_802, 54_760,
    ]  # fmt: skip
    printed = Counter(row["population_estimate"] for row in raw_csv(POPULATION))
    assert (frame.population_n_status == "x").sum() == printed["x"] == 21


@pytest.mark.parametrize(("name", "file", "quarter", "year"), [
    ("revenue_outturn", FORMS["RSX"], "2024-25-Q1", 2024),
    ("revenue_outturn", FORMS["RSX"], "2026-27-Q2", 2024),
    ("revenue_outturn", FORMS["RSX"], "2023-24-Q4", None),
    ("population_estimates", POPULATION, "2024-25-Q1", 2024),
    ("population_estimates", POPULATION, "2023-24-Q4", 2023),
    ("population_estimates", POPULATION, "2011-12-Q4", None),
    ("social_work_workforce", WORKFORCE, "2024-25-Q1", 2023),
    ("social_work_workforce", WORKFORCE, "2024-25-Q2", 2024),
    ("social_work_workforce", WORKFORCE, "2025-26-Q1", 2024),
])  # fmt: skip
def test_a_quarter_takes_the_latest_period_that_has_begun(name, file, quarter, year):
    assert latest_year([file], dataset(name), Quarter.parse(quarter).last_day) == year
