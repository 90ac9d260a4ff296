import pytest

from peerpack import render
from peerpack.errors import OurFault
from peerpack.handover.review import StepTold, VersionTold

ANN, CAT = "Ann Analyst <ann@example.org>", "Cat <i>Chief</i> <cat@example.org>"
WRONG = StepTold("2024-07-02T09:05:00Z", ANN, "analyst", "withdraw", "withdrawn", "<b>wrong</b>")
GOOD = StepTold("2024-07-03T00:00:00Z", CAT, "approver", "approve", "approved", other=("v001",))
OVER = StepTold("2024-07-03T00:00:00Z", CAT, "approver", "supersede", "superseded", other=("v2",))
VERSIONS = [
    VersionTold("v001", "a" * 64, "withdrawn", (WRONG,), 1, "d" * 64),
    VersionTold("v002", "b" * 64),
    VersionTold("v010", "c" * 64, "approved", (GOOD,), 1, "e" * 64, signed_by="cat@example.org"),
]


def shown(parse, *versions):
    return parse(render.status_page("Northborough", "2024-25-Q1", versions))


def test_withdrawn_versions_come_first_then_the_newest(parse):
    links = [link for link in shown(parse, *VERSIONS).all("href") if link.endswith("index.html")]
    assert links == ["v001/index.html", "v010/index.html", "v002/index.html"]


def test_a_step_says_what_when_in_full_by_whom_and_why(parse):
    said = shown(parse, *VERSIONS).text
    assert f"Withdrawn by {ANN} on 2 July 2024, 09:05 UTC: <b>wrong</b>" in said
    assert f"Approved; supersedes v001 by {CAT} on 3 July 2024, 00:00 UTC" in said
    assert "Signed by cat@example.org" in said
    assert "Not submitted yet" in said


def test_a_superseded_version_says_by_which(parse):
    said = shown(parse, VersionTold("v001", "a" * 64, "superseded", (OVER,), 1, "d" * 64)).text
    assert "Superseded by v2, which was approved" in said


def test_names_and_reasons_are_words_and_never_markup(parse):
    assert not {"b", "i"} & {tag for tag, _ in shown(parse, *VERSIONS).tags}


def test_a_state_is_a_word_with_a_shape_and_not_a_colour_alone(parse):
    page = shown(parse, *VERSIONS)
    assert "#shape-cross" in page.all("href")
    assert "#shape-tick" in page.all("href")


def test_a_signature_that_does_not_hold_is_said(parse):
    said = shown(parse, VersionTold("v001", "a" * 64, signature_fault="v001.sig: no good")).text
    assert "Signature not accepted v001.sig: no good" in " ".join(said.split())


def test_a_version_whose_pack_was_taken_away_is_listed_without_a_link(parse):
    page = shown(parse, VersionTold("v001", "", "withdrawn", (WRONG,), 1, "d" * 64))
    assert "v001 (taken away)" in page.text
    assert "v001/index.html" not in page.all("href")


def test_an_invented_council_says_so_beside_its_packs_too(parse):
    page = parse(render.status_page("Northborough", "2024-25-Q1", [], invented=True))
    assert "All figures on this page are invented" in page.text
    assert "No version was published." in page.text


def test_a_version_that_is_no_folder_of_a_pack_is_refused():
    with pytest.raises(OurFault, match="not a pack's folder"):
        render.status_page("N", "2024-25-Q1", [VersionTold("../v001", "a" * 64)])
