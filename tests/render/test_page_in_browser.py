"""An indicator's page in a real browser: from disk, without network, by keyboard, on a phone."""

import pytest

from peerpack import render

FOCUSED = "document.activeElement.className"
OPEN_CARDS = "document.querySelectorAll(':popover-open').length"


@pytest.fixture(scope="module")
def where(draw, rows, tmp_path_factory):
    """An indicator's page with 30 cuts, on disk with its site."""
    cuts = [
        rows.figure(evidence_id=f"KF01/team={n}", breakdown="team", group=f"Team {n}",
                    display="£1,234,567,890 net of grants", base_n=20.0, lower=1.0, upper=3.0,
                    rag="amber", status="p")
        for n in range(30)
    ]  # fmt: skip
    named = {"evidence_id": "KF01", "role": "numerator", "dataset": "budget",
             "sha256": "0123456789abcdef" * 4, "rows": "1:8-16"}  # fmt: skip
    pack = draw([rows.figure(), *cuts, rows.claim()], lineage=[named])
    folder = tmp_path_factory.mktemp("site")
    for name, page in render.pages(pack).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(page)
    return folder / "indicators" / "KF01.html"


@pytest.fixture
def phone(opened, where):
    """The page on a phone."""
    with opened(where, width=320, reduced_motion="reduce") as page:
        yield page


def test_the_keyboard_opens_a_card_and_gets_back(phone):
    phone.locator("button.number").first.focus()
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "name-e-KF01"
    box = phone.locator("#card-e-KF01").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    phone.keyboard.press("Escape")
    assert (phone.evaluate(OPEN_CARDS), phone.evaluate(FOCUSED)) == (0, "number big")
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    assert phone.evaluate(FOCUSED) == "close"
    phone.keyboard.press("Enter")
    assert (phone.evaluate(OPEN_CARDS), phone.evaluate(FOCUSED)) == (0, "number big")


def test_the_keyboard_leads_from_a_number_to_its_rows_in_two_presses(phone):
    phone.locator("button.number").first.focus()
    phone.keyboard.press("Enter")
    for _ in range(2):  # past the button that closes the card
        phone.keyboard.press("Tab")
    lines = phone.locator("#card-e-KF01").get_by_text("lines 8 to 16")
    assert phone.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not lines.is_visible()
    phone.keyboard.press("Enter")
    assert lines.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_long_numbers_never_make_a_phone_scroll_sideways(opened, where, scheme):
    with opened(where, width=320, color_scheme=scheme) as page:
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_deep_link_goes_to_its_number(opened, where):
    with opened() as page:
        page.goto(where.as_uri() + "#e-KF01%2Fteam%3D3")
        assert page.locator(":target").inner_text().startswith("Team 3")
