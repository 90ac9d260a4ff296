"""Pages of questions: the answer first, all that stands behind it, and nothing that could harm."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from peerpack import render
from peerpack.handover.pack import NotebookPage, Withheld
from peerpack.handover.question import Code, Need, Prose, Question
from peerpack.handover.records import NOTHING_SHOWN, NamedFinding, Used
from peerpack.statement import prose

NAME = "02-is-the-budget-held"
PAGE = f"questions/{NAME}.html"
USED = Used(dataset="budget", quarter="2024-25-Q1", sha256="0123456789abcdef" * 4)
RIGHT_TO_LEFT = "\u202e"


def says(name, text):
    return Prose(name, prose(text))


def found(text, *ids):
    return NamedFinding(text=text, theme="T4", evidence_ids=ids or ("KF01",), cell="finding")


CELLS = (
    says("question", "# Is the budget held?\n\nThe forecast beside the budget."),
    Code("parameters", 'council = "northborough"'),
    Code("admit", "budget", outputs=("Budget monitoring: 42 rows in",)),
    says("says", "## As the ledger has it\n\nForecast less budget."),
    Code("compute", "shown = record.evidence(table, 'KF01')", evidence_ids=("KF01",)),
    Code("adds-up", "assert 1, 'x'", checks=("every pound is counted once",)),
    Code("finding", "record.finding(…)", outputs=("It is 2.4% over.",),
         findings=(found("It is 2.4% over."),)),
    Code("figure", "record.exhibit(…)", exhibit_ids=("variance",)),
    says("uncertainty", "## How sure is this?\n\nA forecast is a judgement."),
    says("limits", "## What could change the answer\n\nOne assumption."),
    Code("record", "record.close()"),
)  # fmt: skip


@pytest.fixture
def page(draw, parse):
    """The page of a question of these cells, parsed, and as text."""

    def made(cells=CELLS, rows=None, **said):
        without = said.pop("without", ())
        usual = {
            "notebooks": (NotebookPage(NAME, "Is the budget held?", "T4", without),),
            "withheld": (),
            "questions": (Question(NAME, cells, used=(USED,)),),
        }
        return parse(render.pages(draw(rows, **usual | said))[PAGE])

    return made


def headings(page):
    return [(tag, page.text_of(said["id"])) for tag, said in page.tags
            if re.fullmatch(r"h[2-6]", tag) and "id" in said]  # fmt: skip


def test_the_answer_comes_first_and_then_what_it_rests_on_and_what_could_change_it(page):
    told = headings(page(without=("reserves: no evidence supplied",)))
    assert [words for tag, words in told if tag == "h2"] == [
        "The answer", "What is asked", "The evidence", "How sure is this?",
        "What could change the answer", "The data it rests on", "Not evidenced", "The workings",
    ]  # fmt: skip
    assert ("h3", "As the ledger has it") in told


def test_the_answer_leads_to_the_part_that_says_it(page):
    made = page()
    assert "It is 2.4% over." in made.text.partition("The evidence")[0]
    assert "#part-says" in made.all("href")
    assert "part-says" in made.all("id")


def test_a_part_has_its_figures_its_chart_with_a_file_and_what_was_checked(page):
    made = page()
    assert "card-e-KF01" in made.all("popovertarget")
    assert "../exhibits/variance.csv" in made.all("href")
    assert "Adults is over budget" in made.text
    assert "Checked: every pound is counted once." in made.text


def test_no_number_is_at_home_on_a_question_page_and_every_id_is_given_once(page, rows):
    ids = page(rows=[rows.figure(), *parts(rows, 70)], cells=with_parts(70)).all("id")
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert not [i for i in ids if i.startswith("e-")]


def runs_its_own_alone(page):
    """Whether no script stands in the page, but in files of the pack."""
    run = [said.get("src", "") for tag, said in page.tags if tag == "script"]
    return all(src.startswith("../assets/") for src in run)


def parts(rows, number):
    return [
        rows.figure(evidence_id=f"KF01/team={n}", breakdown="team", group=f"Team {n}")
        for n in range(number)
    ]


def with_parts(number):
    ids = ("KF01", *(f"KF01/team={n}" for n in range(number)))
    return (*CELLS[:4], Code("compute", "…", evidence_ids=ids), *CELLS[5:])


def test_the_first_rows_of_a_cut_open_cards_and_the_others_lead_home(page, rows):
    made = page(rows=[rows.figure(), *parts(rows, 20)], cells=with_parts(20))
    cards = [said["id"] for _, said in made.tags if "popover" in said]
    assert len(cards) == 1 + 2
    assert "../indicators/KF01.html#e-KF01%2Fteam%3D2" in made.all("href")
    assert "Show 5 more rows of 20 rows" in made.text


def test_of_very_many_rows_the_last_stand_on_the_indicators_page_alone(page, rows):
    made = page(rows=[rows.figure(), *parts(rows, 70)], cells=with_parts(70))
    assert "Show 45 more rows of 70 rows" in made.text
    assert "Team 59" in made.text
    assert "Team 60" not in made.text
    assert "../indicators/KF01.html" in made.all("href")


def test_published_figures_stand_as_printed_beside_what_was_recomputed(page, rows):
    cells = (*CELLS[:4], Code("compute", "…", evidence_ids=("L05",)), *CELLS[6:7], *CELLS[8:])
    made = page(rows=[rows.claim()], cells=cells, exhibits=())
    for told in ("Collection is 86%", "86.4%", "Agrees within rounding"):
        assert told in made.text_of("main")


def test_code_is_folded_away_named_escaped_and_can_be_scrolled_by_keyboard(page):
    made = page((*CELLS[:4], Code("compute", "a = '<script>alert(1)</script>'\nb = 1"), *CELLS[5:]))
    assert "<script>alert(1)</script>" in made.text
    assert runs_its_own_alone(made)
    scrolled = [said for tag, said in made.tags if tag == "pre"]
    assert "Code of the cell compute" in {said["aria-label"] for said in scrolled}
    assert {(said["tabindex"], said["role"]) for said in scrolled} == {("0", "region")}


def test_what_a_cell_printed_stands_with_its_code_unless_the_page_says_it_already(page):
    labels = [said["aria-label"] for tag, said in page().tags if tag == "pre"]
    assert "What the cell admit printed" in labels
    assert "What the cell finding printed" not in labels


def test_a_part_that_nobody_supplied_anything_for_is_left_open(page):
    cells = (*CELLS[:8], says("says-year", "## Twelve months\n\nFour quarters."),
             Code("finding-year", "…", outputs=(NOTHING_SHOWN,), checks=("the year adds up",)),
             *CELLS[8:])  # fmt: skip
    made = page(cells)
    assert ("h3", "Left open: Twelve months") in headings(made)
    assert "the year adds up" not in made.text
    assert NOTHING_SHOWN not in made.text
    assert "#part-says-year" not in made.all("href")


def test_a_part_of_words_alone_is_not_left_open(page):
    cells = (*CELLS[:3], says("says-beside", "## Beside whom?\n\nThe ten nearest."), *CELLS[3:])
    assert ("h3", "Beside whom?") in headings(page(cells))


def test_figures_that_stand_under_no_heading_are_shown_all_the_same(page):
    assert ("h3", "The figures") in headings(page((*CELLS[:3], *CELLS[4:])))


def test_headings_of_prose_stand_under_their_part_and_skip_no_level(page):
    deep = "## Part\n\n###### Six\n\n# One\n\n#### Four\n\nWords."
    made = page((*CELLS[:3], says("says", deep), *CELLS[4:]))
    levels = [int(tag[1]) for tag, _ in made.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("<details open ontoggle=alert(1)>", "<details open ontoggle=alert(1)>"),
        ("[press](javascript:alert(1))", "press"),
        ("[press](data:text/html,x)", "press"),
        ("[press](//example.org)", "press"),
        ("![seen](https://example.org/a.png)", "seen"),
        ("<https://example.org>", "<https://example.org>"),
        ("{{ contents }} {% raw %}", "{{ contents }} {% raw %}"),
        (f"paid {RIGHT_TO_LEFT}12 000", "paid �12 000"),
        ("x" * 10_000, "x" * 10_000),
        ("> " * 300 + "deep", "deep"),
        ("- " * 300 + "deep", "deep"),
        ("[" * 10_000, "[" * 10_000),
        ("*" * 10_000, "*"),
    ],
)  # fmt: skip
def test_prose_of_a_notebook_is_harmless_whatever_it_says(page, text, shown):
    table = f"| a |\n| --- |\n| {text} |"
    part = says("says", f"## {text}\n\n{text}\n\n{table}")
    cells = (says("question", f"# {text}\n\n{text}"), *CELLS[1:3], part, *CELLS[4:])
    made = page(cells)
    assert shown in made.text
    assert runs_its_own_alone(made)
    assert not {tag for tag, _ in made.tags} & {"img", "iframe"}
    assert not [a for _, said in made.tags for a in said if a.startswith("on")]
    outside = [h for h in made.all("href") if re.match(r"(\w+:|//)", h) and h != "data:,"]
    assert {h.partition("://")[0] for h in outside} <= {"https"}
    assert RIGHT_TO_LEFT not in made.text


def test_code_and_what_it_printed_turn_no_reader_round(page):
    made = page((*CELLS[:2], Code("admit", f"a = 1 # {RIGHT_TO_LEFT}", (f"b{RIGHT_TO_LEFT}",))))
    assert "a = 1 # �" in made.text
    assert RIGHT_TO_LEFT not in made.text


def test_the_data_is_told_with_its_verdict_and_leads_to_its_quality(page):
    made = page()
    told = made.text.partition("The data it rests on")[2]
    assert told.index("Budget monitoring") < told.index("Data passed with warnings")
    assert any(h.startswith("../quality.html") for h in made.all("href"))


def test_a_question_leads_to_its_theme_its_notebook_and_its_neighbours(page):
    others = (
        Withheld("01-what-is-said", "What is said?", "T1", "no evidence supplied"),
        Withheld("03-agency", "What drives agency?", "T5", "no evidence supplied"),
    )
    links = page(withheld=others).all("href")
    for place in (
        "../themes/T4.html", f"../notebooks/{NAME}.ipynb",
        "../questions/01-what-is-said.html", "../questions/03-agency.html",
    ):  # fmt: skip
        assert place in links


@pytest.fixture
def withheld(draw, parse):
    """The page of a withheld question, parsed."""

    def made(why, **said):
        held = Withheld(NAME, "Is the budget held?", "T4", why)
        cells = (*CELLS[:4], Code("compute", "1 / 0"), *CELLS[8:])
        question = Question(NAME, cells, **said)
        contents = draw(notebooks=(), withheld=(held,), questions=(question,))
        return parse(render.pages(contents)[PAGE])

    return made


def need(title, state):
    return Need(title, f"What {title} holds.", "Finance", state)


def test_a_question_that_nobody_supplied_says_what_would_answer_it(withheld):
    any_of = ((need("Council tax", "missing"),),
              (need("Outturn", "missing"), need("Population", "supplied")))  # fmt: skip
    made = withheld("no evidence supplied", needs=(need("Ledger", "missing"),), any_of=any_of)
    assert made.text.index("Not answered: why") < made.text.index("What would answer it")
    for told in ("Ledger Not supplied", "Population Supplied", "What Outturn holds.", "Together"):
        assert told in made.text
    assert "Download" not in made.text


def test_a_question_that_a_gate_stopped_says_why_and_what_it_would_have_shown(withheld):
    made = withheld("Two weeks are missing.", needs=(need("Ledger", "stopped"),))
    assert "Two weeks are missing." in made.text_of("main")
    assert "Ledger Supplied, stopped by a check" in made.text
    assert "What it would show As the ledger has it" in made.text
    assert "1 / 0" in made.text


def test_a_question_without_a_finding_says_so(page):
    assert "leads to no finding" in page((*CELLS[:4], *CELLS[8:]), exhibits=()).text
