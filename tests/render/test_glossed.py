"""Which words of a page lead to the glossary."""

import re

import pytest
from markupsafe import Markup

from peerpack import render
from peerpack.catalogue.models import Term
from peerpack.handover.receipt import Check, Verdict
from peerpack.render.glossed import Glossed


def term(id_, *spellings, **said):
    return Term(id=id_, term=spellings[0], forms=spellings[1:], meaning="A word.", **said)


TERMS = (
    term("fte", "FTE", "full-time equivalent"),
    term("budget", "Budget"),
    term("net-budget", "Net budget", "revised net budget"),
    term("sar", "SAR"),
    term("check", "Check", jargon=False),
    term("childrens", "Children's services"),
)


def linked(*texts, page="glossary.html"):
    """What a page says, its links as [words](term)."""
    on_page = Glossed(TERMS, page)
    said = "".join(str(on_page(text)) for text in texts)
    return re.sub(r'<a class="term" href="glossary\.html#([a-z-]+)">(.*?)</a>', r"[\2](\1)", said,
                  flags=re.DOTALL)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("Nothing here.", "Nothing here."),
        ("A budget, and the budget.", "A [budget](budget), and the budget."),
        ("The revised net budget.", "The [revised net budget](net-budget)."),
        ("a net\n  budget", "a [net\n  budget](net-budget)"),
        ("Per FTE.", "Per [FTE](fte)."),
        ("A sar is a fish.", "A sar is a fish."),
        ("budgets, budget_gbp, budget.csv", "budgets, budget_gbp, budget.csv"),
        ("children’s services", "[children’s services](childrens)"),
        ("A check.", "A check."),
        ("<b>FTE</b> & co", "&lt;b&gt;[FTE](fte)&lt;/b&gt; &amp; co"),
    ],
)  # fmt: skip
def test_plain_text_is_escaped_and_its_first_whole_words_are_linked(text, said):
    assert linked(text) == said


def test_a_word_is_linked_once_on_a_page_whichever_form_of_it_comes_first():
    assert linked("full-time equivalent", " FTE") == "[full-time equivalent](fte) FTE"


def test_a_longer_word_that_was_linked_already_does_not_lend_its_part_to_a_shorter_one():
    assert linked("net budget, ", "net budget") == "[net budget](net-budget), net budget"


@pytest.mark.parametrize("tag", ["a", "button", "code", "pre", "h2", "h3", "th", "caption"])
def test_nothing_is_linked_inside_a_link_a_button_a_heading_or_code(tag):
    inside = Markup(f"<{tag}>FTE <b>FTE</b></{tag}> FTE")
    assert linked(inside) == f"<{tag}>FTE <b>FTE</b></{tag}> [FTE](fte)"


def test_markup_keeps_its_tags_and_says_the_same_in_its_text():
    given = '<p title="FTE > 1">1 &lt; 2 &amp; <br>3 <img alt="FTE" src="data:,"/></p>'
    assert linked(Markup(given)) == given
    assert linked(Markup("<style>a > b</style>")) == "<style>a > b</style>"
    assert linked(Markup("<h2>1 &lt; 2 &#38; 3</h2>")) == "<h2>1 &lt; 2 &amp; 3</h2>"


def test_an_apostrophe_that_markup_spells_out_does_not_part_a_word():
    assert "](childrens)" in linked(Markup("children&#39;s services"))


def test_a_tag_that_was_escaped_stays_escaped():
    given = Markup("{}").format("<script>FTE</script>")
    assert linked(given) == "&lt;script&gt;[FTE](fte)&lt;/script&gt;"


def test_a_page_in_a_folder_leads_out_of_it():
    assert 'href="../glossary.html#fte"' in str(Glossed(TERMS, "../glossary.html")("FTE"))


def test_ten_thousand_letters_are_no_burden():
    assert linked("budget " * 2000).count("](budget)") == 1


def test_each_page_of_a_pack_links_to_the_glossary_for_itself(draw, rows, parse):
    check = {"id": "B1", "severity": "warn", "passed": False, "failing_n": 2, "failing_rows": ()}
    verdict = {"outcome": "warn", "checks": (Check(why="Twice the FTE, by FTE", **check),)}
    contents = draw(receipts=(rows.receipt(verdict=Verdict(**verdict)),), glossary=TERMS)
    page = parse(render.pages(contents)["quality.html"])
    assert page.all("href").count("glossary.html#fte") == 1
    assert "fte" in parse(render.pages(contents)["glossary.html"]).all("id")
