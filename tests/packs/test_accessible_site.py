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
def seen(opened, places):
    """Each page once at a laptop's size and once at a phone's: what axe and our own looks saw."""
    found = {}
    with opened(reduced_motion="reduce") as page:
        for place in places:
            page.asked.clear()
            page.said.clear()
            page.set_viewport_size({"width": 1280, "height": 800})
            page.goto(place.as_uri())
            said = list(page.said)
            leave_out_closed_cards(page)
            at = {"axe": violations(page), "moving": faults(page, "moving")}
            page.set_viewport_size({"width": 320, "height": 800})
            unfold(page)
            at |= {name: faults(page, name) for name in ("sideways", "undersized")}
            found[place] = at | {"asked": list(page.asked), "said": said}
    return found


def named(found, what):
    return {place.name: each[what] for place, each in found.items() if each[what]}


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read_without_colour(opened, templates, scheme):
    with opened(color_scheme=scheme) as page:
        for place in templates:
            page.goto(place.as_uri())
            unfold(page)
            assert (place.name, faults(page, "faint")) == (place.name, [])


def test_axe_finds_nothing_on_a_phone_with_everything_unfolded(opened, templates):
    with opened(width=320) as page:
        for place in templates:
            page.goto(place.as_uri())
            leave_out_closed_cards(page)
            unfold(page)
            assert (place.name, violations(page, REST)) == (place.name, [])


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


def test_focus_is_seen_wherever_it_goes(opened, templates):
    with opened(reduced_motion="reduce") as page:
        for place in templates:
            page.goto(place.as_uri())
            page.keyboard.press("Tab")
            assert (place.name, faults(page, "unfocused")) == (place.name, [])


def test_letters_twice_as_large_still_fit(opened, templates):
    with opened() as page:
        for place in templates:
            page.goto(place.as_uri())
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert (place.name, faults(page, "sideways")) == (place.name, [])


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
