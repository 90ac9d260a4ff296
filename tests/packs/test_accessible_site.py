"""Every page of a pack in a real browser: axe-core, and what axe cannot see.

Pages are opened from disk with the network off, as a peer on a train opens them.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

LOOKS = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"runOnly": TAGS, "resultTypes": ["violations"]}
REST = ALL | {"rules": {"color-contrast": {"enabled": False}}}
OPEN = ":popover-open"
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 800}


def violations(page, options=ALL, within=None):
    """What axe-core holds against a page, or part of it: rule and first place of each."""
    name = "axe_playwright_python.sync_playwright"
    axe = pytest.importorskip(name, reason="needs axe-playwright-python").Axe()
    told = axe.run(page, context=within, options=options).response["violations"]
    return [(each["id"], len(each["nodes"]), each["nodes"][0]["html"][:200]) for each in told]


def faults(page, name):
    """What a function of looks.js sees on a page."""
    page.evaluate(LOOKS)
    return page.evaluate(f"looks.{name}()")


def leave_out_closed_cards(page):
    """Nothing judges what is not shown, and looking for it costs as much again."""
    page.eval_on_selector_all(f"[popover]:not({OPEN})", "all => all.forEach(each => each.remove())")


def unfold(page):
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")


@pytest.fixture(scope="module")
def places(northborough):
    """Every page of the pack's site, and the page of versions beside it."""
    inside = [p for p in sorted(northborough.rglob("*.html")) if p.parent.name != "documents"]
    return [*inside, northborough.parent / "index.html"]


@pytest.fixture(scope="module")
def templates(places, northborough):
    """One page of each template: the longest of those in a folder, each of the others."""
    longest = {}
    for place in sorted(places, key=lambda each: each.stat().st_size):
        folder = place.parent.name
        longest[place if place.parent in (northborough, northborough.parent) else folder] = place
    return sorted(longest.values())


@pytest.fixture(scope="module")
def seen(opened, places, templates):
    """Each page once: what axe and our own looks saw, of one of each template all there is to see.

    A page is opened once, for opening it costs more than most of the looks.
    """
    with opened(reduced_motion="reduce") as page:
        return {place: looked_at(page, place, place in templates) for place in places}


def looked_at(page, place, thoroughly):
    """What is seen of a page, at a laptop's size and then at a phone's, with everything unfolded.

    Contrast as axe works it out takes as long as all its other rules; `faint` asks for more.
    """
    page.asked.clear()
    page.said.clear()
    page.set_viewport_size(LAPTOP)
    page.goto(place.as_uri())
    found = {"said": list(page.said)}
    leave_out_closed_cards(page)
    found |= {
        "axe": violations(page, ALL if thoroughly else REST),
        "moving": faults(page, "moving"),
    }
    found |= with_focus_and_large_letters(page) if thoroughly else {}
    page.set_viewport_size(PHONE)
    unfold(page)
    found |= {name: faults(page, name) for name in ("sideways", "undersized", "faint")}
    found |= on_a_phone_and_in_the_dark(page) if thoroughly else {}
    return found | {"asked": list(page.asked)}


def with_focus_and_large_letters(page):
    page.keyboard.press("Tab")
    found = {"unfocused": faults(page, "unfocused")}
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found |= {"sideways with large letters": faults(page, "sideways")}
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def on_a_phone_and_in_the_dark(page):
    found = {"axe on a phone": violations(page, REST)}
    page.emulate_media(color_scheme="dark")
    found |= {"faint in the dark": faults(page, "faint")}
    page.emulate_media(color_scheme="light")
    return found


def named(found, what):
    assert any(what in each for each in found.values())
    return {place.name: each[what] for place, each in found.items() if each.get(what)}


def test_axe_finds_nothing_on_any_page(seen):
    assert named(seen, "axe") == {}


def test_no_page_asks_for_anything_outside_its_folder(seen, northborough):
    folder = northborough.parent
    for place, each in seen.items():
        asked = [Path(unquote(urlsplit(url).path)) for url in each["asked"]]
        assert place in asked
        assert [path for path in asked if not path.is_relative_to(folder)] == []
        assert all(url.startswith("file:") for url in each["asked"])


def test_no_page_says_anything_to_the_console(seen):
    assert named(seen, "said") == {}


def test_no_page_scrolls_sideways_at_320_pixels(seen):
    assert named(seen, "sideways") == {}


def test_what_is_pressed_is_24_pixels_or_has_room_around_it(seen):
    assert named(seen, "undersized") == {}


def test_nothing_moves_for_a_reader_who_asked_for_no_motion(seen):
    assert named(seen, "moving") == {}


@pytest.mark.parametrize("scheme", ["faint", "faint in the dark"])
def test_pages_can_be_read_without_colour(seen, scheme):
    assert named(seen, scheme) == {}


def test_axe_finds_nothing_on_a_phone_with_everything_unfolded(seen):
    assert named(seen, "axe on a phone") == {}


def test_axe_finds_nothing_in_an_open_card(opened, templates):
    cards = 0
    with opened() as page:
        for place in templates:
            page.goto(place.as_uri())
            if page.locator("button.number").count():
                page.locator("button.number").first.press("Enter")
                unfold(page)
                assert violations(page, ALL, within=OPEN) == []
                cards += 1
    assert cards


def test_focus_is_seen_wherever_it_goes(seen):
    assert named(seen, "unfocused") == {}


def test_letters_twice_as_large_still_fit(seen):
    assert named(seen, "sideways with large letters") == {}


def test_a_page_at_twice_its_size_still_fits(opened, templates):
    with opened(width=640, height=400, device_scale_factor=2) as page:
        for place in templates:
            page.goto(place.as_uri())
            assert (place.name, faults(page, "sideways")) == (place.name, [])


def walk(page, wanted, key="Tab", most=500):
    """Press a key until what is wanted has the focus: how many presses it took."""
    for presses in range(1, most):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", wanted):
            return presses
    raise AssertionError(f"{most} presses of {key} do not lead to {wanted}")


def follow(page):
    """Enter the link that has the focus."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_keyboard_leads_from_the_first_page_to_a_number_its_card_and_back(opened, northborough):
    first = northborough / "index.html"
    with opened(first, reduced_motion="reduce") as page:
        walk(page, "main a[href^='themes/']")
        follow(page)
        walk(page, "main a[href*='indicators/']")
        follow(page)
        page.keyboard.press("Escape")  # a link to a number opens its card
        walk(page, "button.number")
        number = page.evaluate("document.activeElement.getAttribute('popovertarget')")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('[popover]').id") == number
        page.keyboard.press("Escape")
        assert page.locator(OPEN).count() == 0
        assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == number
        walk(page, "a[href='../index.html']", "Shift+Tab")
        follow(page)
        assert page.url == first.as_uri()


def test_every_number_of_every_page_can_be_reached_by_keyboard(places):
    for place in places:
        page = html.document_fromstring(place.read_bytes())
        numbers = page.xpath("//*[@popovertarget]")
        assert [n for n in numbers if n.tag != "button" or n.get("tabindex", "0") != "0"] == []
