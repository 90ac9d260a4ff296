import pytest

from peerpack import render
from peerpack.errors import OurFault

VERSIONS = [
    {"version": "v001", "digest": "a" * 64, "status": "withdrawn on 2 July 2024: <b>wrong</b>"},
    {"version": "v002", "digest": "b" * 64, "status": "published"},
    {"version": "v010", "digest": "c" * 64, "status": "published"},
]


def test_withdrawn_versions_come_first_then_the_newest(parse):
    page = parse(render.status_page("Northborough", "2024-25-Q1", VERSIONS))
    links = [link for link in page.all("href") if link.endswith("index.html")]
    assert links == ["v001/index.html", "v010/index.html", "v002/index.html"]
    assert "Withdrawn on 2 July 2024: <b>wrong</b>" in page.text
    assert "b" not in {tag for tag, _ in page.tags}


def test_an_invented_council_says_so_beside_its_packs_too(parse):
    page = parse(render.status_page("Northborough", "2024-25-Q1", [], invented=True))
    assert "All figures on this page are invented" in page.text
    assert "No version was published." in page.text


def test_a_version_that_is_no_folder_of_a_pack_is_refused():
    with pytest.raises(OurFault, match="not a pack's folder"):
        render.status_page("N", "2024-25-Q1", [VERSIONS[0] | {"version": "../v001"}])
