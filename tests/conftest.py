"""What holds for every test: examples are counted, not timed; pages open in one Chromium."""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

CHECKER = Path(__file__).parents[1] / ".validators/node_modules/vnu-jar/build/dist/vnu.jar"
# The checker knows no origin of a page on disk, so 'self' allows nothing in its eyes, and it works
# out no digest of a style. That nothing is refused is seen in Chromium, whose console is silent.
OF_POLICY = "violates Content Security Policy (meta tag)"
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


@pytest.fixture(scope="session")
def checked():
    """`checked(*paths)`: what the Nu HTML checker says of files: place, line, kind and words."""
    if not CHECKER.is_file() or shutil.which("java") is None:
        pytest.skip("needs java, and the HTML checker that `make test` fetches with npm")

    def messages(*paths):
        words = [
            "java",
            "-jar",
            CHECKER,
            "--exit-zero-always",
            "--skip-non-html",
            "--format",
            "json",
        ]
        told = json.loads(subprocess.run([*words, *paths], capture_output=True, check=True).stderr)
        return [
            (os.path.relpath(m["url"].removeprefix("file:"), paths[0]), m.get("lastLine"),
             m.get("subType", m["type"]), m["message"])
            for m in told["messages"]
            if OF_POLICY not in m["message"]
        ]  # fmt: skip

    return messages
