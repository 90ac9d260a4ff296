"""What the script adds to pages: tables that sort, search, the card that a link leads to."""

import pytest

from peerpack import render
from peerpack.catalogue.models import Term

DISPLAYS = {"Ash": "£9.5m", "Élm": "£800,000", "Oak": "[c]", "Yew": "-£12"}
NASTY = '"><img src=x onerror=alert(1)></script>\u2028'


@pytest.fixture
def laid(draw, rows, tmp_path):
    """A drawn pack on disk, with cuts of one figure and a hostile published figure."""

    def cut(group, display):
        told = rows.suppressed if display == "[c]" else rows.figure
        return told(
            evidence_id=f"KF01/ward={group}", breakdown="ward", group=group, display=display
        )

    figures = [rows.figure(), *(cut(*each) for each in DISPLAYS.items())]
    word = Term(id="fte", term="FTE", forms=("full-time equivalent",), meaning="Hours as posts.")
    pack = draw([*figures, rows.claim(title=NASTY)], glossary=(word,))
    for path, content in render.pages(pack).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def wards(table):
    return table.locator("tbody tr > :first-child").all_inner_texts()


def test_a_table_sorts_by_its_numbers_and_turns_and_returns_to_its_order(laid, opened):
    with opened(laid / "indicators" / "KF01.html") as page:
        table = page.locator("table", has_text="Élm")
        button = table.get_by_role("button", name="Value", exact=True)
        was = wards(table)
        orders = []
        for _ in range(3):
            button.press("Enter")
            orders.append(wards(table))
            told = page.locator("p[role=status]").inner_text()
        assert orders[0] == ["Yew", "Élm", "Ash", "Oak"]
        assert orders[1] == ["Ash", "Élm", "Yew", "Oak"]
        assert orders[2] == was
        assert told == "Table sorted by Value, as it was"
        assert page.locator("th[aria-sort]").count() == 0


def test_words_sort_by_their_letters_and_the_heading_says_so(laid, opened):
    with opened(laid / "indicators" / "KF01.html") as page:
        table = page.locator("table", has_text="Élm")
        table.locator("thead button").first.click()
        assert wards(table) == ["Ash", "Élm", "Oak", "Yew"]
        assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_without_a_script_nothing_offers_to_sort_and_everything_is_listed(laid, opened):
    with opened(laid / "indicators" / "KF01.html", java_script_enabled=False) as page:
        assert page.locator("button.sort").count() == 0
        page.goto((laid / "search.html").as_uri())
        listed = page.locator("#everything a").evaluate_all("all => all.map(a => a.textContent)")
        assert "Is the budget held?" in listed


def test_everything_that_is_listed_is_there(laid, parse):
    listed = [href.split("#") for href in parse((laid / "search.html").read_bytes()).all("href")]
    places = [each for each in listed if len(each) == 2 and each[0]]
    ids = {path: parse((laid / path).read_bytes()).all("id") for path, _ in places}
    assert len(ids) > 3
    assert [(path, id_) for path, id_ in places if id_ not in ids[path]] == []


def test_a_link_to_a_number_opens_its_card_and_escape_leaves_the_number_in_focus(laid, opened):
    place = (laid / "indicators" / "KF01.html").as_uri()
    with opened() as page:
        page.goto(f"{place}#e-KF01%2Fward%3D%C3%89lm")
        assert page.locator(":popover-open .card-value").inner_text() == "£800,000"
        page.keyboard.press("Escape")
        assert page.locator(":popover-open").count() == 0
        assert page.evaluate("document.activeElement.textContent").startswith("£800,000")


SEARCHES = {
    "kf01": "Variance",
    "KF1": "Variance",
    "elm": "Variance: Élm",
    "varience": "Variance",
    "budg": "Budget monitoring",
    "full time equivalents": "FTE",
}


def test_search_finds_by_id_letters_accents_slips_beginnings_and_other_forms(laid, opened):
    with opened(laid / "search.html") as page:
        found = {}
        for typed in SEARCHES:
            page.get_by_role("searchbox").fill(typed)
            found[typed] = page.locator(".results a").first.inner_text()
        assert found == SEARCHES


def test_a_search_asked_on_another_page_is_answered_and_announced(laid, opened):
    with opened(laid / "index.html") as page:
        page.get_by_role("searchbox").fill("variance")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/search.html?q=variance")
        assert page.locator(".results a").first.inner_text() == "Variance"
        assert page.locator("#everything").is_hidden()
        page.locator("p[role=status]", has_text="results").wait_for(state="attached")


def test_a_hostile_title_is_shown_as_its_letters_and_ends_no_script(laid, opened):
    index = (laid / "assets" / "search-index.js").read_text(encoding="ascii")
    assert "<" not in index
    with opened(laid / "search.html") as page:
        page.get_by_role("searchbox").fill("onerror")
        assert NASTY.strip() in page.locator(".results a").first.evaluate("a => a.textContent")
        assert page.locator("img[src=x]").count() == 0
        assert page.said == []
        folder = laid.as_uri()
        assert all(each.startswith(folder) for each in page.asked)
