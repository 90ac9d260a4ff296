"""An indicator's page: its definition, whom it stands beside, its history, where it is used."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from peerpack.catalogue.models import Council
from peerpack.handover.evidence import HISTORY_COLUMNS, NUMBER_COLUMNS
from peerpack.handover.history import NOT_REPEATED, Earlier
from peerpack.handover.records import Finding, NamedFinding
from peerpack.handover.statement import Listing, Paragraph, Piece, Statement
from peerpack.vocab import Quarter

LINE = "line-1"
SHA = "ab" * 32


def quarters(number, last="2024-25-Q1"):
    """The quarters before one, the oldest first."""
    found = [Quarter(2019, 1)]
    while str(found[-1].next()) != last:
        found.append(found[-1].next())
    return [str(each) for each in found[-number:]]


def then(quarter, value, **said):
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in HISTORY_COLUMNS}
    shown = f"{value:.1f}%" if value is not None else "[c]"
    usual = {
        "evidence_id": "KF01", "indicator": "KF01", "quarter": quarter, "period": quarter,
        "value": value, "unit": "%", "display": shown, "evidence_sha256": SHA,
    }  # fmt: skip
    return blank | usual | said


def earlier(*rows, reach="whole", now=""):
    told = pd.DataFrame(rows, columns=list(HISTORY_COLUMNS))
    return Earlier(told, reach, {"KF01": now} if now else {})


@pytest.fixture
def told(draw, read):
    """The page of a pack whose figure is 2.4%, with this history."""
    return lambda *rows, **said: read(draw(history=earlier(*rows, **said)))


def runs(page):
    """The points of each stretch of the line, counted."""
    return [len(said["points"].split()) for tag, said in page.tags if tag == "polyline"]


def test_each_pack_is_a_row_oldest_first_and_this_pack_the_last(told):
    page = told(then("2023-24-Q3", 1.9, comparator="11 councils", comparator_value=1.44,
                     target=1.0, rag="amber", status="p"), then("2023-24-Q4", 2.6))  # fmt: skip
    table = page.text.partition("pack by pack")[2].partition("All headline figures")[0]
    assert table.index("1.9%") < table.index("2.6%") < table.index("(this pack)")
    assert "1.4% (11 councils) 1.0% Amber: near target [p] = provisional abababababab" in table
    assert page.all("href").count("../history.csv") == 1


def test_the_line_states_from_what_to_what_and_its_range_and_never_that_it_rose(told):
    page = told(then("2023-24-Q3", 1.9), then("2023-24-Q4", 2.6))
    assert page.text_of(f"{LINE}-title") == "Variance: what each pack said"
    assert page.text_of(f"{LINE}-desc") == (
        "Line of 3 figures, from 1.9% in October to December 2023 to 2.4% in April to June 2024. "
        "The lowest is 1.9% (October to December 2023), the highest 2.6% (January to March 2024)."
    )
    assert runs(page) == [3]


def test_a_figure_that_never_moved_has_no_lowest_and_no_highest(told):
    said = told(then("2023-24-Q4", 2.4)).text_of(f"{LINE}-desc")
    assert said == (
        "Line of 2 figures, at 2.4% in January to March 2024 and in April to June 2024."
    )


@pytest.mark.parametrize(
    ("rows", "now", "why"),
    [
        ([{"definition": "a" * 64}], "b" * 64, "the definition was written anew"),
        ([{"definition": "a" * 64}], "a" * 64, ""),
        ([{"definition": ""}], "b" * 64, ""),
        ([{"unit": "GBP"}], "", "the unit changed"),
    ],
)
def test_a_line_breaks_where_the_definition_or_the_unit_is_another(told, rows, now, why):
    page = told(*(then(q, 2.0, **rows[0]) for q in quarters(2)), now=now)
    sentence = f"Figures from April to June 2024 on do not compare with earlier ones: {why}."
    assert (sentence in page.text) == bool(why)
    assert runs(page) == ([] if "unit" in why else [2] if why else [3])


def test_a_mark_of_a_break_and_a_suppressed_figure_break_the_line(told):
    marked = told(
        *(then(q, 2.0, status=s) for q, s in zip(quarters(4), ["", "", "b", ""], strict=True))
    )
    assert runs(marked) == [2, 3]
    hidden = told(*(then(q, v) for q, v in zip(quarters(4), [2.0, 2.1, None, 2.0], strict=True)))
    assert runs(hidden) == [2, 2]
    assert "Line of 4 figures" in hidden.text
    gone = told(then("2023-24-Q4", None, display=NOT_REPEATED))
    assert NOT_REPEATED in gone.text
    assert runs(gone) == []


def test_a_line_of_many_packs_keeps_its_labels_apart_and_inside(told):
    page = told(*(then(q, float(n % 3)) for n, q in enumerate(quarters(16))))
    texts = [said for tag, said in page.tags if tag == "text" and "class" not in said]
    places = sorted(float(said["x"]) for said in texts)
    assert len(places) >= 3
    assert all(b - a >= 90 for a, b in pairwise(places))
    dots = [said for tag, said in page.tags if said.get("class") == "dot"]
    assert len(dots) == 17
    assert all(24 <= float(d["cx"]) <= 376 and 40 <= float(d["cy"]) <= 124 for d in dots)


def test_a_label_stands_on_the_side_where_the_line_is_not(told):
    page = told(then("2023-24-Q3", 1.0), then("2023-24-Q4", 3.0))  # and 2.4 now
    dots = {said["cx"]: float(said["cy"]) for _, said in page.tags if said.get("class") == "dot"}
    texts = [said for tag, said in page.tags if tag == "text" and "class" not in said]
    above = {said["x"]: float(said["y"]) < dots[said["x"]] for said in texts}
    assert above == {"24.0": False, "200.0": True, "376.0": False}


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        ("first", "No pack came before this one, so the history of its figures begins here."),
        ("kept none", "The pack before this one kept no history."),
        ("unreadable", "The history that the pack before this one kept could not be read."),
    ],
)
def test_how_far_back_it_goes_is_said_and_not_guessed(told, reach, said):
    page = told(reach=reach)
    assert said in page.text
    assert ("No earlier pack has this figure." in page.text) == (reach != "first")
    assert '<svg class="history"' not in page.text


def test_the_definition_says_which_way_is_better_and_what_misleads(draw, read):
    page = read(draw())
    said = page.text.partition("What it means, and what can mislead How it is worked out")[2]
    for part in ("What is counted forecast - budget", "Out of net budget", "Unit per cent",
                 "A lower figure is better.", "gross or net of reserves",
                 "Whom it may be compared with own history"):  # fmt: skip
        assert part in said


def test_every_comparator_is_a_row_with_who_is_missing(draw, rows, read):
    beside = {"evidence_id": "KF01", "version": "2024", "period": "2023-24", "n": 15.0}
    page = read(draw([rows.figure(comparator="neighbours", comparator_value=1.13)], comparators=[
        beside | {"group": "neighbours", "statistic": "median", "value": 1.13, "missing": "Leeds"},
        beside | {"group": "England", "statistic": "national figure", "value": 1.4, "n": 1.0},
    ]))  # fmt: skip
    assert "Northborough This pack 2.4% 1 April 2024 to 30 June 2024" in page.text
    assert "Neighbours (2024) Median 1.1% 2023-24 15 Leeds" in page.text
    assert "England (2024) National figure 1.4% 2023-24 Target" in page.text


def test_a_target_stands_with_what_it_rests_on_and_without_one_that_is_said(draw, rows, read):
    row = rows.figure(target=1.0, target_basis="Set in 2023 at the median.", rag="red")
    assert "2.4% 1.0% Red: target missed Set in 2023 at the median." in read(draw([row])).text
    assert "The council has recorded no target with a basis for it." in read(draw()).text


def test_every_place_that_uses_it_is_led_to(draw, read):
    cited = Piece("2.4%", evidence_id="KF01")
    blocks = (
        Paragraph((Piece("Of nothing."),)),
        Listing(None, ((Paragraph((Piece("Over by "), cited)),), (Paragraph((Piece("Else."),)),))),
    )
    finding = Finding(text="It is over.", theme="T4", evidence_ids=("KF01",), cell="says")
    named = NamedFinding(
        **finding.model_dump(), name="over", notebook="01-is-the-budget-held.ipynb"
    )
    other = finding.model_copy(update={"text": "Of others.", "evidence_ids": ("KW01",)})
    page = read(draw(statement=Statement(blocks, own=True), findings=(named, finding, other)))
    used = page.text.partition("Where it is used")[2]
    assert (
        "Findings It is over. Is the budget held? It is over. Financial planning and management"
        in used
    )
    assert "Position statement Over by 2.4% Part 2 of the statement Charts that show it" in used
    assert "Of others." not in page.text
    links = page.all("href")
    for link in ("../themes/T4.html", "../questions/01-is-the-budget-held.html", "#chart-variance",
                 "../position-statement.html#s-2"):  # fmt: skip
        assert link in links
    statement = read(draw(statement=Statement(blocks, own=True)), "position-statement.html")
    assert statement.text_of("s-2") == "Over by 2.4% Else."


def test_a_number_is_cited_in_one_line_by_id_council_quarter_and_the_sum_of_its_evidence(
    draw, read
):
    card = read(draw(evidence_sha256=SHA)).text_of("card-e-KF01")
    assert "Link to it KF01 The same in every version of this pack." in card
    assert card.endswith(
        f"To cite it KF01, Northborough (invented), April to June 2024 (2024-25-Q1), "
        f"evidence.csv sha256 {SHA}"
    )
    real = draw(evidence_sha256=SHA, council=Council(slug="a", name="A"), as_at=date(2025, 1, 1))
    assert "To cite it KF01, A, April" in read(real).text


def test_the_permanent_link_is_the_same_whatever_else_is_in_the_pack(draw, rows, read):
    claim = rows.claim()
    cut = rows.figure(evidence_id="KF01/team=A", breakdown="team", group="A")
    for contents in (draw(), draw([cut, rows.figure(), claim], quarter="2031-32-Q4")):
        assert "../indicators/KF01.html#e-KF01" in read(contents).all("href")
        assert "e-KF01" in read(contents).all("id")
    tested = read(draw([claim]), "published-figures.html")
    assert "published-figures.html#e-L05" in tested.all("href")
    assert "e-L05" in tested.all("id")
