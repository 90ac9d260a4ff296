"""The site as one HTML file: whole, linked within, and asking for nothing."""

import re
from collections import Counter

import pytest
from documents_of import documents

from peerpack.catalogue.branding import Branding
from peerpack.handover.question import Code, Question

LOOK = Branding(name="Anytown", colour="#1f5f5b", accent="#c2571a", crest=b"<svg/>")


@pytest.fixture
def told(draw, rows):
    """The one file of a drawn pack: figures, a published one, a crest, a chart on two pages."""
    cuts = [
        rows.figure(evidence_id=f"KF01/ward=A%20{n}", breakdown="ward", group=f"A {n}")
        for n in range(3)
    ]
    code = Code(name="figure", source="draw()", exhibit_ids=("variance",))
    asked = Question(notebook="01-is-the-budget-held.ipynb", cells=(code,))
    pack = draw(
        [rows.figure(), *cuts, rows.claim()], questions=(asked,), documents=("html",), branding=LOOK
    )
    ((name, content),) = documents(pack).items()
    assert name == "documents/northborough-2024-25-Q1-pack.html"
    return content.decode()


def test_no_id_stands_twice_and_every_reference_leads_to_one(told, parse):
    page = parse(told)
    ids = Counter(page.all("id"))
    assert [each for each, n in ids.items() if n > 1] == []
    naming = ("for", "popovertarget", "aria-labelledby", "aria-describedby")
    named = {id_ for name in naming for value in page.all(name) for id_ in value.split()}
    linked = {href.removeprefix("#") for href in page.all("href") if href.startswith("#")}
    assert (named | linked) - set(ids) == set()


def test_nothing_is_linked_that_is_not_in_the_file(told, parse):
    outside = [href for href in parse(told).all("href") if not href.startswith("#")]
    assert outside == ["data:,"]
    assert "e-KF01%2Fward%3DA%25200" in parse(told).all("id")


def test_it_has_one_first_heading_and_each_chart_once(told):
    assert len(re.findall(r"<h1\b", told)) == 1
    assert told.count('class="chart-title"') == 1
    assert 'Chart: <a href="#' in told


def test_its_own_style_and_script_work_and_nothing_is_asked_for(told, opened, tmp_path):
    (tmp_path / "mail.html").write_text(told, encoding="utf-8")
    with opened(tmp_path / "mail.html") as page:
        assert page.locator("button.sort").count() > 0
        shade = page.locator(".masthead").evaluate("e => getComputedStyle(e).backgroundColor")
        assert shade == "rgb(31, 95, 91)"
        assert page.asked == [(tmp_path / "mail.html").as_uri()]
        assert page.said == []
