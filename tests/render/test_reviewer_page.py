import re
from collections import Counter
from itertools import pairwise

import pytest

from peerpack import render
from peerpack.catalogue.models import Council
from peerpack.errors import OurFault
from peerpack.handover.pack import Withheld

HOSTILE = '<script>alert("x")</script>\'"=HYPERLINK("http://evil")'


def cuts(rows, number, **said):
    return [
        rows.figure(evidence_id=f"KF01/team={n}", breakdown="team", group=f"Team {n}", **said)
        for n in range(number)
    ]


def comparator(**said):
    usual = {
        "evidence_id": "KF01", "group": "neighbours", "version": "2024", "statistic": "median",
        "period": "2023-24", "value": 1.13, "n": 15, "missing": "",
    }  # fmt: skip
    return usual | said


def test_hostile_values_are_shown_as_text_and_never_as_markup(draw, rows, read):
    texts = dict.fromkeys(
        ("title", "group", "period", "display", "note", "comparator_source", "cell"), HOSTILE
    )
    contents = draw(
        [
            rows.figure(**texts),
            rows.figure(evidence_id=HOSTILE, breakdown=HOSTILE, group=HOSTILE),
            rows.claim(title=HOSTILE, agreement=HOSTILE),
        ],
        comparators=[comparator(group=HOSTILE)],
        receipts=(rows.receipt(title=HOSTILE, owner=HOSTILE),),
        exhibits=(
            rows.exhibit(id=HOSTILE, title=HOSTILE, alt=HOSTILE, table=f"<b>,{HOSTILE}\n<i>,1\n"),
        ),
        withheld=(Withheld(HOSTILE, HOSTILE, "T1", HOSTILE),),
        not_used=(HOSTILE,),
        council=Council(slug="x", name=HOSTILE),
    )
    for path in ("indicators/KF01.html", "published-figures.html"):
        page = read(contents, path)
        scripts = [said for tag, said in page.tags if tag == "script"]
        assert [
            said for said in scripts if not said["src"].startswith(("assets/", "../assets/"))
        ] == []
        assert not [a for _, said in page.tags for a in said if a.startswith("on")]
        assert page.text.count('<script>alert("x")</script>') > 8


def test_every_number_opens_a_card_that_is_named_and_can_be_closed(draw, rows, read):
    page = read(draw([rows.figure(), *cuts(rows, 3), rows.claim()]))
    buttons = [said for tag, said in page.tags if tag == "button" and "popovertarget" in said]
    cards = {said["id"]: said for _, said in page.tags if "popover" in said}
    opened = [b["popovertarget"] for b in buttons if "popovertargetaction" not in b]
    closed = [b["popovertarget"] for b in buttons if "popovertargetaction" in b]
    assert sorted(opened) == sorted(closed) == sorted(cards)
    assert len(cards) == 4
    for card in cards.values():
        assert card["role"] == "dialog"
        assert page.text_of(card["aria-labelledby"])


def test_no_id_is_given_twice_and_every_reference_finds_its_id(draw, rows, read):
    page = read(draw([rows.figure(), *cuts(rows, 20)], exhibits=(rows.exhibit(),)))
    ids = page.all("id")
    named = " ".join([*page.all("aria-labelledby"), *page.all("popovertarget")]).split()
    links = [link[1:] for link in page.all("href") if link.startswith("#")]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert {*named, *links} <= set(ids)


def test_an_evidence_id_is_a_stable_anchor_however_it_is_spelt(draw, rows, read):
    odd = rows.figure(
        evidence_id="KF35/unit=A%20%26 B", indicator="KF35", breakdown="unit", group="A & B"
    )
    assert "e-KF01" in read(draw()).all("id")
    page = read(draw([odd]), "indicators/KF35.html")
    assert "e-KF35%2Funit%3DA%2520%2526%20B" in page.all("id")


def test_the_page_asks_for_nothing_from_outside(draw, read):
    page = read(draw())
    links = page.all("href") + page.all("src")
    assert [x for x in links if re.match(r"[a-z]+:|//", x) and not x.startswith("data:")] == []
    policy = next(s["content"] for t, s in page.tags if t == "meta" and "http-equiv" in s)
    assert policy.startswith("default-src 'none'")
    assert "url(" not in render.pages(draw(exhibits=()))["index.html"].decode()


def test_a_suppressed_value_shows_its_mark_in_words_and_no_number(draw, rows, read):
    row = rows.suppressed(evidence_id="KF01/team=A", breakdown="team", group="Tiny")
    page = read(draw([row | {"rag": "red", "target": 1.0}]))
    card = page.text_of("card-e-KF01%2Fteam%3DA")
    assert "[c] = suppressed to protect confidentiality" in card
    assert "Numerator (forecast - budget): [c]" in card
    assert "2.4" not in card
    assert "Red" not in card


def test_a_suppressed_value_that_still_carries_a_number_stops_the_page(draw, rows):
    with pytest.raises(OurFault, match="KF01 is suppressed and still carries numerator"):
        render.pages(draw([rows.suppressed(numerator=3.0)]))


def test_a_missing_comparator_shows_the_recorded_reason(draw, rows, read):
    note = "Repeats stay in. No comparator: others code it differently."
    page = read(draw([rows.figure(note=note)]))
    assert "None: others code it differently." in page.text_of("e-KF01")
    card = page.text_of("card-e-KF01")
    assert "Why there is no comparator Others code it differently." in card
    assert "Note Repeats stay in." in card


def test_a_cut_is_named_once_though_its_recorded_title_ends_in_it(draw, rows, read):
    row = rows.figure(
        evidence_id="KF01/service=Homes%3A%20A&team=B", breakdown="service&team", group="B",
        title="Variance: Homes: A: B",
    )  # fmt: skip
    page = read(draw([row]))
    assert "Variance, by service and team" in page.text
    assert page.text_of("e-KF01%2Fservice%3DHomes%253A%2520A%26team%3DB").startswith("Homes: A: B")


def test_a_comparator_says_its_value_statistic_group_and_period(draw, rows, read):
    row = rows.figure(
        comparator="neighbours", comparator_value=1.13, comparator_statistic="median",
        comparator_period="2024-04-01 to 2024-06-30", comparator_source="QRC4",
    )  # fmt: skip
    page = read(draw([row], comparators=[comparator(missing="Leeds")]))
    assert "1.1% median of neighbours, 1 April 2024 to 30 June 2024" in page.text_of("e-KF01")
    card = page.text_of("card-e-KF01")
    assert "1.1% median of neighbours (2024), 2023-24, 15 councils No figure for: Leeds" in card
    assert "Source: QRC4" in card


def test_a_card_holds_operands_checks_files_rows_and_cell(draw, read):
    card = read(
        draw(
            lineage=[{"evidence_id": "KF01", "role": "numerator", "dataset": "budget",
                      "sha256": "0123456789abcdef" * 4, "rows": "1:8-16"}]
        )
    ).text_of("card-e-KF01")  # fmt: skip
    for said in (
        "(forecast - budget) / net Numerator (forecast - budget): 24 Denominator (net budget): "
        "1,000",
        "Data passed with warnings Every service has a budget (2 rows; check B1)",
        "Budget monitoring (numerator) Budget P3.xlsx, sheet Q1 0123456789ab",
        "42 rows",
        "01-is-the-budget-held.ipynb, cell compute",
    ):
        assert said in card


def test_of_many_cuts_fifteen_have_cards_and_the_rest_stand_in_a_plain_table(draw, rows, read):
    page = read(draw(cuts(rows, 400)))
    assert len([s for _, s in page.tags if "popover" in s]) == 15
    assert "Show the other 385 rows of 400 rows" in page.text
    assert page.text_of("e-KF01%2Fteam%3D399") == "Team 399 2.4%"
    assert len(render.pages(draw(cuts(rows, 400)))["indicators/KF01.html"]) < 400_000


def test_a_claim_shows_what_was_printed_what_we_find_and_where(draw, rows, read):
    note = "S2, lines 210. Document: Report, 2024; LGA. Not rounded: nothing says how."
    page = read(draw([rows.claim(note=note)]), "published-figures.html")
    row = page.text_of("e-L05")
    assert row.startswith("Collection is 86% L05 86% 86.4%")
    assert row.endswith("Agrees within rounding Not rounded: nothing says how. S2 , lines 210")
    assert page.text_of("document-S2") == "S2 Report, 2024; LGA"
    assert "#document-S2" in page.all("href")
    assert "1 Agrees within rounding" in page.text
    assert "This pack tests no published figure" in read(draw(), "published-figures.html").text


def test_an_indicator_of_two_measures_shows_both_as_headlines(draw, rows, read):
    pair = [
        rows.figure(evidence_id=f"KF20/measure={m}", indicator="KF20", breakdown="measure", group=m)
        for m in ("per dwelling", "share of debit")
    ]
    page = read(draw(pair), "indicators/KF20.html")
    assert "Per dwelling" in page.text_of("e-KF20%2Fmeasure%3Dper%20dwelling")
    assert "The figures" in page.text


def test_an_invented_council_says_so_and_a_real_one_does_not(draw, read):
    real = Council(slug="sefton", name="Sefton")
    assert "All figures on this page are invented" in read(draw()).text
    assert "invented" not in read(draw(council=real)).text


def test_a_chart_has_alternative_text_a_source_and_its_numbers(draw, read):
    page = read(draw())
    drawing = next(s for t, s in page.tags if t == "svg" and s.get("role") == "img")
    named = [page.text_of(i) for i in drawing["aria-labelledby"].split()]
    assert named == ["Adults is over budget", "Bars. Adults 4%, Place 1%."]
    assert "Source: Budget monitoring, April to June 2024" in page.text
    assert "Directorate Variance Adults 4.0% Place 1.0%" in page.text


def test_a_chart_of_evidence_shows_the_readable_columns_of_its_csv(draw, rows, read):
    table = "evidence_id,title,group,display,cell,base_n,status\nKF01,V,North,2%,c9,12.0,\n"
    page = read(draw(exhibits=(rows.exhibit(table=table),)))
    assert "Group Figure People or answers North 2% 12 All columns" in page.text


def test_headings_never_skip_a_level(draw, rows, read):
    page = read(draw([rows.figure(), *cuts(rows, 2), rows.claim()]))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_every_table_has_a_caption_scoped_headers_and_a_place_to_scroll(draw, rows, read):
    row = rows.figure(comparator="x", comparator_value=1.0, target=1.0)
    page = read(draw([row, *cuts(rows, 20), rows.claim()]))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") == 5
    assert all("scope" in said for tag, said in page.tags if tag == "th")
    regions = [s for _, s in page.tags if s.get("class", "").startswith("scroll")]
    assert all(r["tabindex"] == "0" and ("aria-label" in r or "aria-labelledby" in r)
               for r in regions)  # fmt: skip


def test_the_same_pack_gives_the_same_bytes(draw):
    assert render.pages(draw()) == render.pages(draw())


def test_a_rank_is_a_place_and_england_is_no_group_of_councils(draw, rows, read):
    row = rows.figure(comparator="England", comparator_value=1.1, comparator_statistic="x")
    ranked = comparator(statistic="rank from the highest", value=4.0)
    nation = comparator(group="England", version="as published", n=1, value=1.13)
    card = read(draw([row], comparators=[ranked, nation])).text_of("card-e-KF01")
    assert "4 rank from the highest of neighbours (2024)" in card
    assert "1.1% median of England (as published), 2023-24" in card
    assert "1 council" not in card
