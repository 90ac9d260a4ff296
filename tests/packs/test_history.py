"""One indicator over packs, which are copies of the reference pack with drawn evidence."""

import csv
import io
import json
import re
import shutil

import pytest
from remade import drawn, remade
from reviewing import step
from typer.testing import CliRunner

from peerpack import render
from peerpack.cli.commands import app
from peerpack.errors import NotFound
from peerpack.packs.history import history

Q1, Q2, Q3 = "2024-25-Q1", "2024-25-Q2", "2024-25-Q3"
AS_AT = {Q1: "2024-07-01", Q2: "2024-10-01", Q3: "2025-01-01"}
JUNE, SEPTEMBER = "2024-06-30", "2024-09-30"
OWN = {"evidence_id": "KF17", "indicator": "KF17", "title": "Collected", "theme": "T4"}


def row(value, period=JUNE, **cells):
    shown = "[c]" if value is None else f"{value:.1f}%"
    return OWN | {"value": value, "display": shown, "period": period} | cells


@pytest.fixture
def published(tmp_path):
    """`published(quarter, *rows)`: the next version of a quarter's pack, with this evidence."""

    def make(quarter, *rows, council="liverpool", as_at=""):
        folder = tmp_path / "reports" / council / quarter
        number = len(list(folder.glob("v*"))) + 1
        return remade(
            folder / f"v{number:03d}",
            edit=lambda _: drawn(*rows, council=council, quarter=quarter),
            manifest={"council": council, "quarter": quarter, "as_at": as_at or AS_AT[quarter]},
        )

    return make


def over(tmp_path, indicator="KF17", **asked):
    return history(tmp_path / "reports", indicator, **asked)


def only(tmp_path, **asked):
    (known,) = over(tmp_path, **asked).known
    return known


def said(known):
    now = known.now and (known.now.pack, known.now.value)
    return (known.then.pack, known.then.value), now, known.changed


def test_a_figure_that_one_pack_reports_is_then_and_now_the_same(tmp_path, published):
    published(Q1, row(94.0))
    assert said(only(tmp_path)) == ((f"{Q1} v001", 94.0), (f"{Q1} v001", 94.0), False)


def test_a_later_pack_that_revises_a_period_is_what_is_known_now(tmp_path, published):
    published(Q1, row(94.0, status="p", lower=93.0, upper=95.0))
    published(Q2, row(94.5, status="r"), row(95.0, SEPTEMBER, evidence_id="KF17"))
    june, september = over(tmp_path).known
    assert said(june) == ((f"{Q1} v001", 94.0), (f"{Q2} v001", 94.5), True)
    assert (june.then.status, june.now.status, june.then.lower) == ("p", "r", 93.0)
    assert said(september) == ((f"{Q2} v001", 95.0), (f"{Q2} v001", 95.0), False)


def test_packs_are_ordered_by_the_date_they_know_and_not_by_their_number_alone(tmp_path, published):
    published(Q1, row(94.0))
    published(Q2, row(94.5))
    published(Q1, row(94.2), as_at="2024-11-01")
    known = only(tmp_path)
    assert [each.pack for each in known.vintages] == [f"{Q1} v001", f"{Q2} v001", f"{Q1} v002"]
    assert said(known)[1] == (f"{Q1} v002", 94.2)


def test_the_noise_of_arithmetic_is_no_change_and_another_unit_is_one(tmp_path, published):
    published(Q1, row(94.0))
    published(Q1, row(94.0 + 1e-12))
    assert not only(tmp_path).changed
    published(Q1, row(94.0, unit="GBP"))
    assert only(tmp_path).changed


def test_a_withdrawn_version_is_marked_and_never_what_is_known_now(tmp_path, published):
    published(Q1, row(94.0))
    withdrawn = published(Q1, row(99.0))
    step(withdrawn, "withdraw", reason="It counted pensioners twice.")
    known = only(tmp_path)
    assert said(known) == ((f"{Q1} v001", 94.0), (f"{Q1} v001", 94.0), False)
    assert [each.withdrawn for each in known.vintages] == [False, True]


def test_a_figure_whose_every_pack_was_withdrawn_is_not_known(tmp_path, published):
    step(published(Q1, row(94.0)), "withdraw", reason="It counted pensioners twice.")
    known = only(tmp_path)
    assert said(known) == ((f"{Q1} v001", 94.0), None, False)
    lines = "\n".join(line.text for line in render.history_lines(over(tmp_path)))
    assert "WITHDRAWN" in lines
    assert "nothing: every pack of it was withdrawn" in lines


def test_a_number_that_a_later_pack_hides_is_not_repeated(tmp_path, published):
    published(Q1, row(94.0, lower=93.0, upper=95.0))
    published(Q2, row(None, status="c"))
    told = over(tmp_path)
    assert not re.search(r"9[345]\.0", told.model_dump_json())
    assert told.known[0].now.display == "[c]"
    assert told.known[0].changed


def test_a_number_that_a_later_pack_shows_is_told(tmp_path, published):
    published(Q1, row(None, status="c"))
    published(Q2, row(94.0))
    assert said(only(tmp_path)) == ((f"{Q1} v001", None), (f"{Q2} v001", 94.0), True)


def test_parts_of_the_council_are_told_when_asked_for_and_claims_never(tmp_path, published):
    part = {"evidence_id": "KF17/ward=North", "breakdown": "ward"}
    measure = {"evidence_id": "KF17/measure=net", "breakdown": "measure"}
    published(
        Q1,
        row(94.0),
        row(1.0, **part),
        row(2.0, **measure),
        row(3.0, kind="claim", evidence_id="L05"),
    )
    ids = ["KF17", "KF17/measure=net", "KF17/ward=North"]
    assert [each.evidence_id for each in over(tmp_path).known] == ids[:2]
    assert [each.evidence_id for each in over(tmp_path, every_cut=True).known] == ids
    assert only(tmp_path, indicator=ids[2]).then.value == 1.0


def test_councils_are_told_apart_and_one_can_be_asked_for(tmp_path, published):
    published(Q1, row(94.0))
    published(Q1, row(90.0), council="sefton")
    assert [each.council for each in over(tmp_path).known] == ["liverpool", "sefton"]
    assert only(tmp_path, council="sefton").then.value == 90.0


def test_a_pack_that_was_touched_is_left_out_and_named(tmp_path, published):
    published(Q1, row(94.0))
    (published(Q2, row(1.0)) / "findings.json").write_text("[]")
    moved = published(Q3, row(2.0))
    moved.rename(moved.parent.parent / Q1 / "v007")
    told = over(tmp_path)
    assert said(told.known[0])[1] == (f"{Q1} v001", 94.0)
    assert [each.pack for each in told.left_out] == [
        f"liverpool/{Q1}/v007", f"liverpool/{Q2}/v001"
    ]  # fmt: skip
    assert "stands in the folder of" in told.left_out[0].why
    assert "findings.json changed" in told.left_out[1].why


def test_a_pack_whose_log_of_review_is_broken_is_left_out(tmp_path, published):
    pack = published(Q1, row(94.0))
    pack.with_name("v001.review.jsonl").write_text("{}\n")
    with pytest.raises(NotFound, match=r"0 were read.*v001\.review\.jsonl"):
        over(tmp_path)


def test_letters_of_a_path_are_letters_and_no_pattern(tmp_path, published):
    published(Q1, row(94.0))
    published(Q2, row(95.0))
    strange, fits_it = tmp_path / "rep[a]*s? é'", tmp_path / "repaXsY é'"
    shutil.copytree(tmp_path / "reports", fits_it)
    (tmp_path / "reports").rename(strange)
    (known,) = history(strange, "KF17").known
    assert said(known) == ((f"{Q1} v001", 94.0), (f"{Q2} v001", 95.0), True)


@pytest.mark.parametrize("word", ["KF99", "KF17' OR '1'='1", "%", ""])
def test_what_no_pack_reports_is_not_found(tmp_path, published, word):
    published(Q1, row(94.0))
    with pytest.raises(NotFound, match="1 were read"):
        over(tmp_path, indicator=word)


def test_the_command_prints_lines_json_and_a_csv_that_runs_nothing(tmp_path, published):
    published(Q1, row(94.0, title="=cmd()"))
    published(Q2, row(96.5, title="=cmd()\x1b[2J"))
    where = ["--reports", str(tmp_path / "reports")]
    file = tmp_path / "out.csv"
    told = CliRunner().invoke(app, ["history", "KF17", *where, "--csv", str(file)])
    assert "30 June 2024: changed by +2.5 points" in told.output
    assert "\x1b" not in told.output
    (cells,) = csv.DictReader(io.StringIO(file.read_text()))
    assert cells["title"].startswith("'=cmd()")
    assert (cells["then_value"], cells["now_value"], cells["changed"]) == ("94.0", "96.5", "yes")
    plain = json.loads(CliRunner().invoke(app, ["history", "KF17", *where, "--json"]).output)
    assert plain["known"][0]["now"]["version"] == "v001"
