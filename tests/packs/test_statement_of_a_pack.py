"""The position statement in a published pack, and a build that it stops."""

import json
import re
from urllib.parse import unquote

import pytest
from workbench import LIVERPOOL, visible

from peerpack.errors import NotFound, StatementRefused
from peerpack.packs.statement import Held, check_statement

PAGE, TEXT = "position-statement.html", "position-statement.md"


def ids(page):
    return set(re.findall(r' id="([^"]+)"', page.read_text(encoding="utf-8")))


def test_every_figure_of_the_councils_own_statement_leads_to_its_card(northborough):
    page = (northborough / PAGE).read_text(encoding="utf-8")
    links = re.findall(r'href="(indicators/[^"#]+)#([^"]+)"', page)
    assert len(links) > 20
    assert all(anchor in ids(northborough / path) for path, anchor in set(links))
    assert "Nobody at the council wrote this" not in page
    assert "Invented council." in page
    linked = {unquote(anchor.removeprefix("e-")) for _, anchor in links}
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


FAULTY = "# Us\n\nThe gap is worth £99.9m and it rose. {{ KF71 }}"


def told_all(told):
    lines = told.stderr.partition("peerpack: position-statement.md: 3 faults;")[2]
    return all(f"line 3: “{words}”" in lines for words in ("£99.9m", "rose", "{{ KF71 }}"))


@pytest.fixture
def of_one_notebook(own_checkout):
    """A checkout whose packs are quickly built, and where its council's statement stands."""
    for path in (own_checkout.root / "notebooks").glob("0[2-9]*.ipynb"):
        path.unlink()
    return own_checkout, own_checkout.root.joinpath("data", *LIVERPOOL, TEXT)


def test_a_statement_that_the_evidence_does_not_hold_stops_the_build(of_one_notebook, tmp_path):
    checkout, own = of_one_notebook
    own.write_text(FAULTY, encoding="utf-8")
    told = checkout.peerpack("build", *LIVERPOOL, "--reports", tmp_path / "reports")
    assert (told.returncode, told.stdout) == (60, "")
    assert told_all(told)
    assert visible(tmp_path / "reports", *LIVERPOOL) == []


def test_a_writer_need_not_wait_for_a_build(own_checkout, liverpool, monkeypatch):
    monkeypatch.setenv("PEERPACK_ROOT", str(own_checkout.root))
    monkeypatch.delenv("PEERPACK_DATA", raising=False)
    own, reports = own_checkout.root.joinpath("data", *LIVERPOOL, TEXT), liverpool.parents[2]
    with pytest.raises(NotFound, match="Copy data/reference"):
        check_statement(*LIVERPOOL, reports=reports)
    own.write_text(FAULTY, encoding="utf-8")
    with pytest.raises(StatementRefused, match=r"line 3: “£99\.9m”"):
        check_statement(*LIVERPOOL, reports=reports)
    own.write_text("It is worth {{ L29 }}, that is £15.4m.", encoding="utf-8")
    assert check_statement(*LIVERPOOL, reports=reports) == Held("v001", 2)
