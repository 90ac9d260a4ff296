"""What holds for every test: examples are counted, not timed; pages open in one Chromium."""

import shutil
from contextlib import contextmanager

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
           "--disable-background-networking")  # fmt: skip


@pytest.fixture(scope="module")
def opened():
    """`opened(where, width=…, …)`: a file in a tab of Chromium, without network, as a context.

    The tab keeps what it asked for in `asked` (data: addresses apart), what the console and
    dialogs said in `said`. One browser for the tests of a file.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if CHROMIUM is None:
        pytest.skip("needs chromium (apt install chromium)")
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))

        @contextmanager
        def tab(where=None, width=1280, height=800, **more):
            context = browser.new_context(
                viewport={"width": width, "height": height}, offline=True, **more
            )
            page = context.new_page()
            _listened(page)
            if where is not None:
                page.goto(where.as_uri())
            yield page
            context.close()

        yield tab
        browser.close()


def _listened(page):
    page.asked, page.said = [], []

    def ask(request):
        if not request.url.startswith("data:"):
            page.asked.append(request.url)

    def dismiss(dialog):
        page.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", ask)
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(f"error: {error}"))
    page.on("dialog", dismiss)
