"""The position statement in a published pack, and a build that it stops."""

import json
import re
import shutil
from urllib.parse import unquote

import pytest
from workbench import LIVERPOOL, visible

from peerpack.packs.causes import causes, moved_inputs

PAGE, TEXT = "position-statement.html", "position-statement.md"


def ids(page):
    return set(re.findall(r' id="([^"]+)"', page.read_text(encoding="utf-8")))


def test_every_figure_of_the_councils_own_statement_leads_to_its_card(northborough):
    page = (northborough / PAGE).read_text(encoding="utf-8")
    anchors = re.findall(r'href="index\.html#([^"]+)"', page)
    assert len(anchors) > 20
    assert set(anchors) <= ids(northborough / "index.html")
    assert "Nobody at the council wrote this" not in page
    assert "Invented council." in page
    linked = {unquote(a.removeprefix("e-")) for a in anchors}
    assert {"KF01", "KW01", "KR01", "KR01/ward=Abbey%20Green"} <= linked | {
        unquote(each) for each in linked
    }


def test_it_is_an_input_and_under_the_sums_and_no_return(northborough):
    manifest = json.loads((northborough / "manifest.json").read_text())
    assert TEXT in manifest["inputs"]["council_files"]
    assert not [name for name in manifest["inputs"]["not_used"] if TEXT in name]
    sums = (northborough / "SHA256SUMS").read_text()
    assert {PAGE, TEXT} <= {line.split("  ")[1] for line in sums.splitlines()}
    assert TEXT not in (northborough / "index.html").read_text(encoding="utf-8")


def test_where_the_council_wrote_none_the_pack_says_so_and_lists_what_was_found(liverpool):
    page = (liverpool / PAGE).read_text(encoding="utf-8")
    assert "Nobody at the council wrote this." in page
    assert f'href="{PAGE}"' in (liverpool / "index.html").read_text(encoding="utf-8")
    told = json.loads((liverpool / "findings.json").read_text())
    assert {each["name"] for each in told} >= {"agreement", "fresh"}
    text = re.sub(r"\\(?=\W)", "", (liverpool / TEXT).read_text(encoding="utf-8"))
    assert all(each["text"] in text for each in told)


@pytest.fixture
def refused_then_mended(own_checkout, liverpool, tmp_path):
    """A build that a typed number stops, and the next, in which a reference stands instead."""
    reports = shutil.copytree(liverpool.parents[2], tmp_path / "reports")
    own = own_checkout.root.joinpath("data", *LIVERPOOL, TEXT)

    def build(text):
        own.write_text(text, encoding="utf-8")
        return own_checkout.peerpack("build", *LIVERPOOL, "--reports", reports)

    stopped = build("# Us\n\nThe gap is worth £99.9m and it rose. {{ KF71 }}")
    return reports, stopped, visible(reports, *LIVERPOOL), build("It is worth {{ L29 }}.")


def test_a_statement_that_the_evidence_does_not_hold_stops_the_build(refused_then_mended):
    reports, stopped, seen, mended = refused_then_mended
    assert (stopped.returncode, stopped.stdout) == (60, "")
    told = stopped.stderr.partition("peerpack: position-statement.md: 3 faults;")[2]
    assert all(f"line 3: “{words}”" in told for words in ("£99.9m", "rose", "{{ KF71 }}"))
    assert seen == ["index.html", "v001"]
    assert mended.returncode == 0, mended.stderr
    first, second = (reports.joinpath(*LIVERPOOL, name) for name in ("v001", "v002"))
    assert "It is worth [£15.4m]" in (second / TEXT).read_text(encoding="utf-8")
    then, now = (json.loads((p / "manifest.json").read_text())["inputs"] for p in (first, second))
    assert causes(moved_inputs(then, now)) == ("reference",)
    assert (first / "evidence.csv").read_bytes() == (second / "evidence.csv").read_bytes()
