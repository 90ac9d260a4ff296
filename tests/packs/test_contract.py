"""Every file and column that the design promises is in a pack, and nothing that would move."""

import csv
import datetime
import json
import re
import socket
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from workbench import LIVERPOOL, ROOT, tree

from peerpack.render.places import place_of

EVIDENCE = """evidence_id, kind, indicator, title, council, quarter, period, breakdown, group,
    value, unit, display, numerator, denominator, lower, upper, interval, base_n, effective_n,
    stated_value, stated_decimals, agreement, comparator, comparator_value, comparator_statistic,
    comparator_period, comparator_source, target, target_basis, rag, direction, status, theme,
    dataset, dataset_sha256, rows_n, verdict, notebook, cell, note"""
COMPARATORS = "evidence_id, group, version, statistic, period, value, n, missing"
LINEAGE = "evidence_id, role, dataset, sha256, rows"
REVISIONS = "evidence_id, period, old, new, unit, reason, old_rag, new_rag, previous_pack"
HISTORY = """evidence_id, indicator, quarter, period, value, unit, display, status,
    comparator_value, comparator, target, rag, definition, evidence_sha256"""
FILES = {"index.html", "evidence.csv", "evidence.parquet", "comparators.csv", "lineage.parquet",
         "revisions.csv", "datapackage.json", "position-statement.html", "position-statement.md",
         "findings.json", "ro-crate-metadata.json", "manifest.json", "SHA256SUMS",
         "build.json", "about.html", "changed.html", "glossary.html", "not-shown.html",
         "quality.html", "search.html", "history.csv", "published-figures.html"}  # fmt: skip
FOLDERS = {"exhibits", "quality", "notebooks", "assets", "indicators", "questions", "themes"}
INPUTS = {"parameters", "as_at", "returns", "earlier_returns", "not_used", "corrections",
          "council_files", "settings", "suites",
          "notebooks", "reference", "code", "lock", "previous_pack"}  # fmt: skip
EACH = pytest.mark.parametrize("council", ["liverpool", "northborough", "sefton", "trafford"])


@pytest.fixture
def pack(council, request):
    return request.getfixturevalue(council)


def words(text):
    return [word.strip() for word in text.split(",")]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(path):
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def evidence(pack):
    return {row["evidence_id"]: row for row in rows(pack / "evidence.csv")}


def read(pack, name):
    return json.loads((pack / name).read_text(encoding="utf-8"))


@EACH
def test_every_file_of_the_contract_is_there_and_no_other(pack):
    top = {name for name in tree(pack) if "/" not in name}
    claims = any(row["kind"] == "claim" for row in rows(pack / "evidence.csv"))
    assert top == FILES | ({"published-figures.html"} if claims else set())
    assert {name.partition("/")[0] for name in tree(pack) if "/" in name} <= FOLDERS
    assert {Path(name).suffix for name in tree(pack)} <= {
        "", ".html", ".css", ".js", ".csv", ".parquet", ".json", ".svg", ".ipynb", ".md",
    }  # fmt: skip


@EACH
def test_every_table_has_the_columns_of_the_contract_in_their_order(pack):
    assert header(pack / "evidence.csv") == words(EVIDENCE)
    assert header(pack / "comparators.csv") == words(COMPARATORS)
    assert header(pack / "revisions.csv") == words(REVISIONS)
    assert header(pack / "history.csv") == words(HISTORY)
    assert list(pd.read_parquet(pack / "evidence.parquet").columns) == words(EVIDENCE)
    assert list(pd.read_parquet(pack / "lineage.parquet").columns) == words(LINEAGE)


@EACH
def test_the_parquet_says_what_the_csv_says(pack):
    table = pd.read_parquet(pack / "evidence.parquet")
    printed = rows(pack / "evidence.csv")
    assert len(table) == len(printed) > 0
    for column in table.columns:
        said = [row[column] for row in printed]
        if table[column].dtype == "float64":
            assert [float(x) if x else None for x in said] == [
                None if pd.isna(x) else x for x in table[column]
            ]
        else:
            assert [x.removeprefix("'") for x in said] == [
                x.removeprefix("'") for x in table[column]
            ]


@EACH
def test_every_row_of_evidence_says_of_whom_when_where_and_how_good(pack):
    found = rows(pack / "evidence.csv")
    assert len({row["evidence_id"] for row in found}) == len(found)
    datasets = {path.stem for path in (pack / "quality").iterdir()}
    notebooks = {path.stem for path in (pack / "notebooks").iterdir()}
    for row in found:
        assert row["kind"] in {"indicator", "claim"}
        assert (row["council"], row["quarter"]) == (pack.parents[1].name, pack.parent.name)
        assert all(row[c] for c in ("title", "period", "unit", "display", "theme", "verdict"))
        assert row["dataset"] in datasets
        assert re.fullmatch("[0-9a-f]{64}", row["dataset_sha256"])
        assert row["notebook"] in notebooks
        assert row["evidence_id"].startswith(row["indicator"]) or row["kind"] == "claim"
        assert (row["breakdown"] == "") == ("/" not in row["evidence_id"])


@EACH
def test_every_cell_that_evidence_names_is_a_code_cell_of_its_notebook(pack):
    cells = {
        path.stem: {c["id"] for c in read(pack, f"notebooks/{path.name}")["cells"]
                    if c["cell_type"] == "code"}
        for path in (pack / "notebooks").iterdir()
    }  # fmt: skip
    for row in rows(pack / "evidence.csv"):
        assert row["cell"] in cells[row["notebook"]]


@EACH
def test_lineage_and_comparators_speak_only_of_evidence_that_is_there(pack):
    known = set(evidence(pack))
    lineage = pd.read_parquet(pack / "lineage.parquet")
    assert set(lineage["evidence_id"]) <= known
    assert set(lineage["role"]) <= {"numerator", "denominator", "weight", "comparator"}
    assert lineage["rows"].str.fullmatch(r"\[c\]|\d+:\d+(-\d+)?([,;] ?(\d+:)?\d+(-\d+)?)*").all()
    assert {row["evidence_id"] for row in rows(pack / "comparators.csv")} <= known


@EACH
def test_exhibits_are_pairs_of_a_picture_and_its_numbers(pack):
    known = evidence(pack)
    names = [Path(name) for name in tree(pack) if name.startswith("exhibits/")]
    assert {p.stem for p in names if p.suffix == ".svg"} == {
        p.stem for p in names if p.suffix == ".csv"
    }
    assert len(names) == 2 * len({p.stem for p in names})
    for name in (p for p in names if p.suffix == ".csv"):
        assert {row["evidence_id"] for row in rows(pack / name)} <= known.keys()
    assert names or pack.parents[1].name in {"liverpool", "sefton"}


@EACH
def test_findings_rest_on_evidence_and_every_receipt_accounts_for_its_rows(pack):
    known = evidence(pack)
    for finding in read(pack, "findings.json"):
        assert finding["text"]
        assert finding["evidence_ids"]
        assert set(finding["evidence_ids"]) <= known.keys()
    for path in (pack / "quality").iterdir():
        receipt = read(pack, f"quality/{path.name}")
        assert receipt["dataset"] == path.stem
        assert receipt["verdict"]["outcome"] in {"pass", "warn", "stop"}
        aside = sum(len(each["lines"]) for each in receipt["set_aside"])
        odd = len({(q["file"], q["sheet"], q["row"]) for q in receipt["quarantined"]})
        assert receipt["rows_in"] == receipt["rows_admitted"] + aside + odd


@EACH
def test_the_crate_describes_every_file_by_its_digest(pack):
    graph = {entity["@id"]: entity for entity in read(pack, "ro-crate-metadata.json")["@graph"]}
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    held = {k: v for k, v in tree(pack).items()
            if k not in ("SHA256SUMS", "build.json", "ro-crate-metadata.json")}  # fmt: skip
    assert parts == set(held)
    assert {name: graph[name]["sha256"] for name in parts} == held
    assert all(int(graph[n]["contentSize"]) == (pack / n).stat().st_size for n in parts)


@EACH
def test_everything_but_the_sums_and_the_build_note_is_summed(pack):
    lines = (pack / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = [line.partition("  ")[2] for line in lines]
    assert named == sorted(tree(pack).keys() - {"SHA256SUMS", "build.json"})


@EACH
def test_the_manifest_names_every_input_of_the_design(pack):
    manifest = read(pack, "manifest.json")
    assert set(manifest["inputs"]) == INPUTS
    assert manifest["invented"] == (pack.parents[1].name == "northborough")
    assert {n["name"] for n in manifest["notebooks"]} == {
        p.stem for p in (pack / "notebooks").iterdir()
    }
    assert all(each["why"] for each in manifest["withheld"])


@EACH
def test_nothing_under_the_sums_says_where_when_or_as_which_version_it_was_made(
    pack, checkout, council
):
    places = {str(ROOT), str(checkout.root), str(Path.home()), tempfile.gettempdir()}
    host = socket.gethostname()
    moving = [re.escape(each) for each in places if len(each) > 1]
    moving += [r"\bv0\d\d\b", re.escape(datetime.datetime.now(datetime.UTC).date().isoformat())]
    moving += [rf"\b{re.escape(host)}\b"] if len(host) > 4 else []
    if council != "trafford":
        moving += [r"\b[0-2]\d:[0-5]\d:[0-5]\d\b"]
    found = re.compile("|".join(f"(?<![\\w/]){each}" for each in moving).encode())
    for name in tree(pack).keys() - {"build.json", "SHA256SUMS"}:
        at = found.search((pack / name).read_bytes())
        assert at is None, (name, at)


@pytest.mark.parametrize(
    ("claim", "value", "lower", "upper", "unit"),
    [
        ("L05", 1.3529, 1.3528, 1.3530, "%"),
        ("L06", 6.0000, 5.9999, 6.0001, "%"),
        ("L15", 87.6019, 87.6000, 87.6038, "%"),
        ("L29", 15.4, 12.9, 18.0, "GBP m"),
    ],
)
def test_liverpools_published_figures_are_recomputed(claim, value, lower, upper, unit, liverpool):
    row = evidence(liverpool)[claim]
    assert (row["kind"], row["unit"]) == ("claim", unit)
    found = [float(row[c]) for c in ("value", "lower", "upper")]
    assert found == pytest.approx([value, lower, upper], abs=5e-5)


@pytest.mark.parametrize(("claim", "value"), [("S03", -23.784), ("S53", 28.571)])
def test_seftons_published_figures_are_recomputed(claim, value, sefton):
    row = evidence(sefton)[claim]
    assert row["unit"] == "%"
    assert float(row["value"]) == pytest.approx(value, abs=5e-4)


def test_traffords_payments_add_up_to_the_penny(trafford):
    found = evidence(trafford)
    assert found["KF35"]["value"] == "565219573.74"
    assert "2024-04-01" in found["KF35"]["period"]
    assert "2025-03-31" in found["KF35"]["period"]
    quarters = [row for row in found.values() if row["breakdown"] == "financial_quarter"]
    assert [row["group"] for row in quarters] == [f"2024-25-Q{n}" for n in (1, 2, 3, 4)]
    for cut in ("financial_quarter", "organisational_unit", "payee_class", "supplier"):
        parts = [float(row["value"]) for row in found.values() if row["breakdown"] == cut]
        assert round(sum(parts), 2) == 565219573.74
    assert found["KF35/organisational_unit=NA"]["group"] == "NA"
    receipt = read(trafford, "quality/supplier_spend.json")
    assert receipt["rows_admitted"] == receipt["rows_in"] - sum(
        len(each["lines"]) for each in receipt["set_aside"]
    )
    assert receipt["quarantined"] == []


def test_the_pack_of_a_council_without_charts_holds_no_empty_folder(liverpool):
    assert "" not in tree(liverpool).values()
    assert liverpool.parent.parent.name == LIVERPOOL[0]


@EACH
def test_every_number_is_at_home_once_where_its_link_leads(pack):
    pages = {path.relative_to(pack).as_posix(): path.read_text(encoding="utf-8")
             for path in pack.rglob("*.html") if path.parent.name != "documents"}  # fmt: skip
    at = {}
    for name, page in pages.items():
        for id_ in re.findall(r' id="(e-[^"]+)"', page):
            at.setdefault(id_, []).append(name)
    for evidence_id in evidence(pack):
        place, _, anchor = place_of(evidence_id).partition("#")
        assert at[anchor] == [place]
