"""The page about the pages: how to read, cite and check them, and who can use them."""

import pytest

from peerpack.catalogue.models import Council, Regime
from peerpack.vocab import STATUS_MARKS


@pytest.fixture
def about(draw, read):
    return lambda *given, **said: read(draw(*given, **said), "about.html")


def test_the_regime_is_said_in_words(about):
    council = Council(slug="a", name="A", disclosure=Regime(threshold=3, rounding_base=1))
    text = about(council=council).text
    assert "Counts of people from 1 to 2 are not shown." in text
    assert "rounded to the nearest" not in text
    assert "rounded to the nearest 5" in about().text


def test_every_mark_and_every_badge_is_explained(about):
    page = about()
    for mark, word in STATUS_MARKS.items():
        assert f"[{mark}] {word}" in page.text
    for badge in ("Data stopped", "Amber: near target", "Cannot be"):
        assert f"{badge} " in page.text
    assert "It misses the target by more than that." in page.text


def test_a_figure_is_cited_by_council_quarter_name_and_the_digest_of_the_evidence(about):
    page = about(evidence_sha256="ab" * 32)
    cited = "Northborough, April to June 2024 (2024-25-Q1): KF01, Variance; evidence.csv, sha256 "
    assert cited + "ab" * 32 in page.text
    assert "indicators/KF01.html#e-KF01" in page.all("href")


def test_a_pack_without_figures_has_no_example_to_cite(about):
    assert "For example" not in about([]).text


def test_the_accessibility_statement_says_what_the_regulations_ask_for(about):
    said = about().text_of("main")
    for needed in (
        "Accessibility Regulations 2018", "partially compliant", "version 2.2, level AA",
        "Some parts are not fully accessible", "ask the council for its complaints procedure",
        "Equality Advisory and Support Service", "Equality and Human Rights Commission",
        "as at 1 July 2024", "have not tested",
    ):  # fmt: skip
        assert needed in said
    assert "accessibility" in about().all("id")
