"""The first page answers in one screen; themes answer in full; every number opens its card."""

from collections import Counter
from dataclasses import replace

import pytest

from peerpack import render
from peerpack.handover.briefing import Briefing, Counted, Figure, Gone, ThemeBriefing
from peerpack.handover.pack import Withheld
from peerpack.handover.records import Finding
from peerpack.render.site.strip import strip
from peerpack.vocab import THEMES

GROUP = {"comparator": "15 neighbours", "comparator_statistic": "median",
         "comparator_period": "2023-24", "comparator_value": 1.1}  # fmt: skip
HOSTILE = '<script>alert("x")</script>\u202e'
PAGES = ["index.html", "themes/T4.html"]


@pytest.fixture
def behind(draw, rows):
    """A pack whose one figure is behind its comparator and misses its target."""
    return draw([rows.figure(**GROUP, target=2.0, rag="red")])


def finding(text, *ids):
    return Finding(text=text, theme="T4", evidence_ids=ids, cell="says")


def test_a_theme_without_anything_says_so_on_both_pages(draw, read):
    empty = draw([], findings=(), receipts=(), notebooks=(), withheld=(), exhibits=())
    assert read(empty, "index.html").text.count("No evidence supplied.") == 10
    assert "No evidence supplied." in read(empty, "themes/T2.html").text


def test_the_five_themes_stand_in_order_and_lead_to_their_pages(draw, read):
    page = read(draw(), "index.html")
    assert [page.text_of(theme) for theme in THEMES] == list(THEMES.values())
    assert {f"themes/{theme}.html" for theme in THEMES} <= set(page.all("href"))


def test_what_a_gate_stopped_is_said_before_anything_else(draw, read):
    text = read(draw(), "index.html").text_of("main")
    assert text.startswith("Withheld: why 1 question is not answered here")
    assert "Agency spend: two weeks are missing." in text
    supplied = [w for w in draw().withheld if not w.stopped]
    assert "Withheld" not in read(draw(withheld=tuple(supplied)), "index.html").text


def test_the_worst_gap_stands_with_its_number_its_words_and_its_strip(behind, read):
    page = read(behind, "index.html")
    assert (
        "2.4% : where Variance comes from Variance : 1.3 percentage points higher than the median "
        "of 15 neighbours, 1.1%. 1 missed"
    ) in page.text
    assert next(s["cx"] for _, s in page.tags if s.get("class") == "own") == "114.0"


def test_a_first_pack_says_so_and_a_later_one_what_moved(draw, read):
    first = read(draw(), "index.html").text
    assert "This is the first pack." in first
    assert "Since the last pack" not in first
    moved = (Counted("worse", "1 worse"), Counted("new", "9 new"), Counted("gone", "2 gone"))
    told = Briefing(themes=(ThemeBriefing("T4", figures=(Figure("KF01"),), moved=moved),),
                    previous="2023-24-Q4")  # fmt: skip
    later = read(draw(briefing=told), "index.html").text
    assert "Moves are since the pack of January to March 2024." in later
    assert "1 worse" in later
    assert "2 gone" in later
    assert "9 new" not in later


@pytest.mark.parametrize("path", PAGES)
def test_a_number_in_a_finding_opens_the_card_of_what_it_is(draw, rows, read, path):
    said = (finding("It is 2.4% in all.", "KF01"),)
    page = read(draw(findings=said), path)
    button = next(s for t, s in page.tags if t == "button" and "popovertarget" in s)
    assert button["popovertarget"] == "card-e-KF01"
    assert "2.4% : where Variance comes from in all." in page.text


def test_a_finding_whose_number_is_not_printed_has_it_beside(draw, rows, read):
    many = [rows.figure(evidence_id=f"KF01/team={n}", breakdown="team", group=f"T{n}")
            for n in range(9)]  # fmt: skip
    said = (finding("Over in all.", "KF01", *(row["evidence_id"] for row in many)),)
    page = read(draw([rows.figure(), *many], findings=said), "themes/T4.html")
    assert page.text_of("main").count("Evidence: Variance 2.4%") == 1
    assert not [c for c in page.all("popovertarget") if "team" in c]


@pytest.mark.parametrize("path", PAGES)
def test_each_card_stands_once_and_each_button_finds_one(behind, read, path):
    again = tuple(finding(f"It is 2.4%, said {n}.", "KF01") for n in range(3))
    page = read(replace(behind, findings=again), path)
    cards = Counter(s["id"] for _, s in page.tags if "popover" in s)
    assert set(cards) == {b["popovertarget"] for t, b in page.tags if t == "button"
                          and "popovertarget" in b}  # fmt: skip
    assert set(cards.values()) == {1}
    assert [i for i, n in Counter(page.all("id")).items() if n > 1] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_finding_title_or_question_is_shown_as_text(draw, rows, read, path):
    row = rows.figure(title=HOSTILE, display=f"9%{HOSTILE}", group=HOSTILE, **GROUP)
    contents = draw([row], findings=(finding(f"It is 9%{HOSTILE}.", "KF01"),),
                    withheld=(Withheld(HOSTILE, HOSTILE, "T4", HOSTILE),))  # fmt: skip
    gone = (Gone("KF09", HOSTILE, HOSTILE),)
    of_t4 = replace(contents.briefing.of("T4"), gone=gone, missing=HOSTILE, worst_said=HOSTILE)
    page = read(replace(contents, briefing=Briefing(themes=(of_t4,))), path)
    assert all(s.get("src", "").startswith("assets/") or s.get("src", "").startswith("../assets/")
               for t, s in page.tags if t == "script")  # fmt: skip
    assert page.text.count('<script>alert("x")</script>') > 4


def test_only_documents_that_the_pack_holds_are_offered(draw, read):
    none = read(draw(), "index.html").all("href")
    assert not [link for link in none if link.startswith("documents/")]
    both = read(draw(documents=("word", "html")), "index.html").all("href")
    assert [link for link in both if link.startswith("documents/")] == [
        "documents/northborough-2024-25-Q1-pack.docx",
        "documents/northborough-2024-25-Q1-position-statement.docx",
        "documents/northborough-2024-25-Q1-pack.html",
    ]


def test_a_theme_shows_each_figure_with_gap_target_and_reason_for_none(behind, draw, rows, read):
    text = read(behind, "themes/T4.html").text
    assert (
        "2.4% : where Variance comes from 1.3 percentage points higher than the median of 15 "
        "neighbours, 1.1%: worse 2.0% Red: target missed"
    ) in text
    alone = draw([rows.figure(note="No comparator: others code it differently.")])
    assert "None: others code it differently." in read(alone, "themes/T4.html").text


def test_a_theme_names_what_is_not_evidenced_and_what_is_no_longer_shown(draw, read):
    page = read(draw(), "themes/T5.html")
    assert "What drives agency spend? Agency spend: two weeks are missing." in page.text
    gone = ThemeBriefing("T4", figures=(Figure("KF01"),), gone=(Gone("KF09", "Debt", "not here"),))
    told = Briefing(themes=(gone,), previous="2023-24-Q4")
    assert "No longer shown Debt : not here" in read(draw(briefing=told), "themes/T4.html").text


def test_a_pack_of_many_findings_keeps_its_first_page_under_300_kb(draw, rows):
    figures = [rows.figure(evidence_id=f"KF{n}", indicator="KF01", title=f"Figure {n}",
                           theme=f"T{1 + n % 5}", **GROUP) for n in range(90)]  # fmt: skip
    said = tuple(
        Finding(text="Words. " * 60, theme=f"T{1 + n % 5}", cell="says",
                evidence_ids=tuple(f"KF{(n + k) % 90}" for k in range(30)))
        for n in range(90)
    )  # fmt: skip
    assert 50_000 < len(render.pages(draw(figures, findings=said))["index.html"]) < 300_000


def quartiles(lower, upper, group="neighbours"):
    return [{"group": group, "statistic": f"{which} quartile", "value": value}
            for which, value in (("lower", lower), ("upper", upper))]  # fmt: skip


def test_a_strip_has_the_least_and_the_most_at_its_ends(rows):
    row = rows.figure(**GROUP, target=3.1, lower=2.0, upper=2.8)
    drawn = strip(row, quartiles(1.6, 2.1))
    assert (drawn.comparator, drawn.target, drawn.value) == (6.0, 114.0, 76.2)
    assert (drawn.middle, drawn.sure) == ((33.0, 27.0), (54.6, 43.2))


@pytest.mark.parametrize("said", [{"comparator_value": None}, {"value": None}, {"value": 1.1}])
def test_nothing_is_drawn_where_nothing_is_apart(rows, said):
    assert strip(rows.figure(**GROUP) | said, []) is None


def test_the_quartiles_of_another_group_are_not_drawn(rows):
    assert strip(rows.figure(**GROUP), quartiles(1.0, 2.0, "England")).middle is None
