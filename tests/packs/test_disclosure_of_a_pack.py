"""Northborough has a team of four; a reader with the whole pack in hand looks for them.

The attack knows nothing of `measures.disclosure`: it has the truth of the generator, the raw
return, and the files of the pack, and subtracts what is shown from what is shown.
"""

import csv
import html
import json
import math
import re
from collections import defaultdict
from itertools import combinations, pairwise
from urllib.parse import unquote

import pandas as pd
import pytest
from workbench import ROOT

from peerpack.demo import write_returns

TEAM = "Emergency Planning"
POSITIONS = ROOT / "data/northborough/2024-25-Q1/hr positions (invented).csv"
NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?")
COUNTED = ("numerator", "denominator", "base_n", "rows_n", "value")


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    return write_returns(tmp_path_factory.mktemp("truth"))


@pytest.fixture(scope="module")
def evidence(northborough):
    with (northborough / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hidden(evidence):
    return [row for row in evidence if "c" in row["status"].split(";")]


def figures_of(team, truth):
    """Everything true of a team that a table could give away."""
    rate, heads = truth.sickness.by_team[team], truth.sickness.headcount_by_team[team]
    return {"numerator": rate.days_lost_fte, "denominator": rate.average_fte,
            "value": rate.days_per_fte, "base_n": heads.any_day_n}  # fmt: skip


def key(row):
    """The cuts of a row, in words: {("directorate", "Place"), …}."""
    cut = row["evidence_id"].partition("/")[2]
    return frozenset(tuple(map(unquote, p.split("=", 1))) for p in cut.split("&") if p)


def differences(rows, take, less):
    """Each shown total less all its shown parts, by each way to cut it: total, hidden, rest.

    A part of a total is a row with more cuts than it; parts of one kind have the same cut names. A
    row of another measure or question is no part.
    """
    for total in (r for r in rows if take(r) is not None):
        kinds = defaultdict(list)
        for row in rows:
            more = {name for name, _ in key(row) - key(total)}
            if (
                row["indicator"] == total["indicator"]
                and key(total) < key(row)
                and not (more & {"measure", "question", "basis", "wave"})
            ):
                kinds[frozenset(name for name, _ in key(row))].append(row)
        for parts in kinds.values():
            shown = [take(r) for r in parts if take(r) is not None]
            unseen = [r for r in parts if "c" in r["status"].split(";")]
            if unseen:
                yield total, unseen, less(take(total), shown)


def test_the_team_of_four_is_hidden_and_so_is_another_beside_it(evidence, truth):
    teams = {r["group"] for r in hidden(evidence)}
    assert truth.sickness.headcount_by_team[TEAM].any_day_n == 4
    assert TEAM in teams
    assert len(teams) > 1


def test_a_hidden_row_has_no_number_in_any_column(evidence):
    assert hidden(evidence)
    for row in hidden(evidence):
        kept = {c: row[c] for c in row if c in COUNTED or c in ("lower", "upper", "effective_n",
                "comparator_value", "target", "rag", "direction", "interval")}  # fmt: skip
        assert set(kept.values()) == {""}, kept
        assert row["display"] == "[c]"


def test_no_shown_total_less_its_shown_parts_is_a_hidden_teams_figure(evidence, truth):
    tried = 0
    for column in ("numerator", "denominator", "base_n", "rows_n"):

        def number(row, column=column):
            return float(row[column]) if row[column] else None

        for total, unseen, rest in differences(evidence, number, lambda t, p: t - sum(p)):
            assert len(unseen) > 1, f"{total['evidence_id']} gives {unseen[0]['evidence_id']}"
            for row in (
                r for r in unseen if r["indicator"] == "KW01" and "team=" in r["evidence_id"]
            ):
                tried += 1
                real = figures_of(row["group"], truth)
                assert all(not math.isclose(rest, x, rel_tol=1e-6) for x in real.values()), (
                    column, total["evidence_id"], row["group"], rest,
                )  # fmt: skip
    assert tried


def test_what_is_left_of_a_total_is_of_ten_people_at_least(evidence, truth):
    """Of two hidden teams together, too, nothing may be said if they are fewer than ten."""
    heads = {team: h.any_day_n for team, h in truth.sickness.headcount_by_team.items()}

    def number(row):
        return float(row["numerator"]) if row["numerator"] else None

    for total, unseen, _ in differences(evidence, number, lambda t, p: None):
        teams = [r["group"] for r in unseen if r["group"] in heads]
        if teams:
            assert sum(heads[team] for team in teams) >= 10, total["evidence_id"]


def spans(text):
    """`1:2-3,7` as the set of rows it names."""
    found, file = set(), ""
    for part in re.split(r"[,;] ?", text):
        file = part.split(":")[0] if ":" in part else file
        first, _, last = part.rpartition(":")[2].partition("-")
        found |= {(file, n) for n in range(int(first), int(last or first) + 1)}
    return found


def rows_of_the_team():
    with POSITIONS.open(encoding="cp1252", newline="") as file:
        return {("1", n) for n, line in enumerate(csv.reader(file), start=1) if TEAM in line}


def test_no_row_set_of_the_lineage_and_no_difference_of_two_names_the_teams_rows(
    northborough, evidence
):
    lineage = pd.read_parquet(northborough / "lineage.parquet")
    own = rows_of_the_team()
    assert len(own) == 4
    ids = {r["evidence_id"] for r in hidden(evidence)}
    assert set(lineage[lineage["evidence_id"].isin(ids)]["rows"]) == {"[c]"}
    seen = lineage[(lineage["dataset"] == "hr_positions") & (lineage["rows"] != "[c]")]
    sets = {row.evidence_id: spans(row.rows) for row in seen.itertuples()}
    assert any(own <= rows for rows in sets.values()), "the totals hold them, so there is a risk"
    by_id = {r["evidence_id"]: r for r in evidence}
    rows = [by_id[i] | {"rows": sets.get(i)} for i in by_id if by_id[i]["indicator"] == "KW01"]
    rest = [r for *_, r in differences(rows, lambda r: r["rows"], lambda t, p: t.difference(*p))]
    for left in (*rest, *sets.values(), *(a - b for a, b in combinations(sets.values(), 2))):
        assert not (left & own) or len(left) >= 10 + len(own)


def texts(pack):
    """Every text of the pack, with its file: tables by row, notebooks by output."""
    for path in sorted(p for p in pack.rglob("*") if p.is_file() and p.name != "build.json"):
        name = path.relative_to(pack).as_posix()
        if path.suffix == ".parquet":
            for row in pd.read_parquet(path).itertuples(index=False):
                yield name, " ".join(map(str, row))
        elif path.suffix == ".ipynb":
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                yield from ((f"{name} {cell['id']}", t) for t in outputs(cell))
        else:
            yield name, path.read_text(encoding="utf-8")


def outputs(cell):
    for output in cell.get("outputs", []):
        yield str(output.get("text", ""))
        for data in output.get("data", {}).values():
            if isinstance(data, dict):
                rows = [r for part in data.values() if isinstance(part, list) for r in part]
                yield from (told for row in rows for told in said_in(row))
            else:
                yield "".join(data)


def said_in(row):
    """A record as text; a finding's sentence apart from the figures it rests on."""
    if isinstance(row, dict) and "text" in row:
        return [row["text"], *row["evidence_ids"]]
    return [json.dumps(row)]


def test_the_teams_figures_stand_nowhere_at_full_precision(northborough, truth):
    real = truth.sickness.by_team[TEAM].days_per_fte
    assert f"{real:.3f}" == "6.246"
    for name, text in texts(northborough):
        assert "6.246" not in text, name


def test_wherever_the_team_is_named_no_figure_of_it_stands_near(northborough, truth):
    """`21.3` may stand in a drawing by chance; not in a line, row or card of the team."""
    real = figures_of(TEAM, truth) | {"spells": 3}
    forbidden = {f"{x:.{d}f}" for x in real.values() for d in range(4)} - {"0", "0.0"}
    forbidden |= {f"{x:g}" for x in real.values()}
    named = 0
    for name, text in texts(northborough):
        for piece in pieces(name, text):
            said = unquote(unquote(html.unescape(piece)))
            if TEAM in said:
                named += 1
                found = {n.replace(",", "") for n in NUMBER.findall(without_ids(said))}
                assert not found & forbidden, (name, piece[:300])
    assert named > 5


def pieces(name, text):
    """A text cut so that what is said of one team stays together and nothing else does."""
    if name.endswith((".html", ".svg")):
        return re.split(r"</(?:tr|li|details|article|section|text|p|figure)>", text)
    if name.endswith(".js"):
        return [re.sub(r"^\d,", "", entry) for entry in text.split("],[")]
    if name == "findings.json":
        return [part for f in json.loads(text) for part in (f["text"], *f["evidence_ids"])]
    if name.endswith(".json"):
        return re.split(r"\},?\s", text)
    return re.split(r"\n|</tr>|\\n", text)


def without_ids(piece):
    """Without digests, dates, thresholds of the regime and drawing coordinates."""
    piece = re.sub(r"[0-9a-f]{16,}|\d{4}-\d\d(-\d\d|-Q\d)?|<path[^>]*>|style=\"[^\"]*\"", "", piece)
    return re.sub(r"\b(KW01|x|y|width|height|viewBox|transform)=\"[^\"]*\"", "", piece)


def test_no_picture_draws_a_bar_for_a_hidden_row(northborough):
    tried = 0
    for path in (northborough / "exhibits").glob("*.svg"):
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        shown = {r["group"] for r in rows if r["display"] != "[c]"}
        unseen = {r["group"] for r in rows if r["display"] == "[c]"} - shown
        drawn = re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text(encoding="utf-8"))
        assert not {html.unescape(each).strip() for each in drawn} & unseen, path.name
        tried += len(unseen)
    assert tried


def test_no_finding_and_no_alt_text_says_a_number_of_the_team(northborough):
    findings = json.loads((northborough / "findings.json").read_text(encoding="utf-8"))
    said = [f["text"] for f in findings]
    for page in northborough.rglob("*.html"):
        told = page.read_text(encoding="utf-8")
        said += re.findall(r'(?:alt|aria-label|title)="([^"]*)"|<title>([^<]*)</title>', told)
    for text in said:
        for sentence in re.split(
            r"(?<=[.;]) ", html.unescape(" ".join(text) if isinstance(text, tuple) else text)
        ):
            if TEAM in sentence:
                assert not NUMBER.findall(sentence), sentence


def test_the_hidden_teams_are_not_ranked_by_their_place_among_the_shown(evidence):
    """Rows ordered by value would place a hidden one between two values that bound it."""
    for indicator in {r["indicator"] for r in hidden(evidence)}:
        rows = [r for r in evidence if r["indicator"] == indicator and r["breakdown"]]
        for cut in {r["breakdown"] for r in rows}:
            parts = [r for r in rows if r["breakdown"] == cut]
            values = [float(r["value"]) for r in parts if r["value"]]
            ordered = all(a >= b for a, b in pairwise(values)) and len(values) > 2
            last = [bool(r["value"]) for r in parts]
            assert not ordered or last == sorted(last, reverse=True), (indicator, cut)
