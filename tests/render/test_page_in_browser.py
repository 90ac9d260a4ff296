"""An indicator's page in a real browser: from disk, without network, by keyboard, on a phone."""

import shutil

import pytest

from peerpack import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
           "--disable-background-networking"]  # fmt: skip
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt install chromium)")


@pytest.fixture
def opened(draw, rows, tmp_path):
    """The page of a pack with 30 cuts and a claim, opened from disk without network."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    cuts = [
        rows.figure(evidence_id=f"KF01/team={n}", breakdown="team", group=f"Team {n}",
                    display="£1,234,567,890 net of grants", base_n=20.0, lower=1.0, upper=3.0,
                    rag="amber", status="p")
        for n in range(30)
    ]  # fmt: skip
    where = tmp_path / "indicators" / "KF01.html"
    named = {"evidence_id": "KF01", "role": "numerator", "dataset": "budget",
             "sha256": "0123456789abcdef" * 4, "rows": "1:8-16"}  # fmt: skip
    pack = draw([rows.figure(), *cuts, rows.claim()], lineage=[named])
    for name, page in render.pages(pack).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(page)
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)

        def open_page(width, scheme="light"):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True,
                java_script_enabled=True, reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            page.asked, page.said = [], []
            page.on("request", lambda request: page.asked.append(request.url))
            page.on("console", lambda message: page.said.append(message.text))
            page.goto(where.as_uri())
            return page

        yield open_page
        browser.close()


def test_it_asks_for_nothing_outside_its_pack(opened, tmp_path):
    page = opened(1280)
    page.screenshot(path=tmp_path / "desktop.png", full_page=True)
    asked = [url for url in page.asked if not url.startswith("data:")]
    assert asked[0] == (tmp_path / "indicators" / "KF01.html").as_uri()
    assert all(url.startswith(f"{tmp_path.as_uri()}/") for url in asked)
    assert page.said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_never_scrolls_sideways(opened, tmp_path, scheme):
    page = opened(320, scheme)
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    page.screenshot(path=tmp_path / f"mobile-{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_keyboard_opens_a_card_and_gets_back(opened):
    page = opened(320)
    open_cards = "document.querySelectorAll(':popover-open').length"
    focused = "document.activeElement.className"
    page.locator("button.number").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "name-e-KF01"
    box = page.locator("#card-e-KF01").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    page.keyboard.press("Escape")
    assert (page.evaluate(open_cards), page.evaluate(focused)) == (0, "number big")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "close"
    page.keyboard.press("Enter")
    assert (page.evaluate(open_cards), page.evaluate(focused)) == (0, "number big")


def test_the_keyboard_leads_from_a_number_to_its_rows_in_two_presses(opened):
    page = opened(320)
    page.locator("button.number").first.focus()
    page.keyboard.press("Enter")
    for _ in range(2):  # past the button that closes the card
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.locator("#card-e-KF01").get_by_text("lines 8 to 16").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#card-e-KF01").get_by_text("lines 8 to 16").is_visible()


def test_what_is_pressed_is_at_least_24_pixels_high(opened):
    page = opened(320)
    small = page.eval_on_selector_all(
        "button, summary, nav a, .refs a",
        "all => all.map(e => [e.textContent, e.getBoundingClientRect()])"
        ".filter(([t, r]) => r.width && Math.min(r.width, r.height) < 24).map(([t]) => t)",
    )
    assert small == []


def test_a_deep_link_goes_to_its_number(opened):
    page = opened(1280)
    page.goto(page.url + "#e-KF01%2Fteam%3D3")
    assert page.locator(":target").inner_text().startswith("Team 3")
