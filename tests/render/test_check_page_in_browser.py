"""The page of a check in a real browser: asks for nothing, and fits a phone."""

import shutil

import pytest

from peerpack import render
from peerpack.handover.check import QuarterChecked, ReturnChecked

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt install chromium)")
def test_it_asks_for_nothing_and_never_scrolls_sideways_on_a_phone(rows, tmp_path):
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    receipt = rows.receipt()
    told = ReturnChecked(dataset="budget", title=receipt.title, owner="Finance", personal=False,
                         holds={}, receipt=receipt)  # fmt: skip
    checked = QuarterChecked(council="n", council_name="Northborough", invented=True,
                             quarter="2024-25-Q1", returns=(told,), not_used=())  # fmt: skip
    where = tmp_path / "check.html"
    where.write_bytes(render.check_page(checked))
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        page = browser.new_context(viewport={"width": 320, "height": 800}, offline=True).new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(where.as_uri())
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert [url for url in asked if not url.startswith("data:")] == [where.as_uri()]
        assert said == []
        browser.close()
