"""One notebook gives the same records by the batch, plain papermill, nbval and JupyterLab."""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from workbench import NORTHBOROUGH, canonical, run

from peerpack.handover.records import RECORDS_MIME

NAME = "02-where-will-the-budget-land.ipynb"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
           "--disable-background-networking"]  # fmt: skip
START_S, RUN_S = 60, 120


def records_of(path):
    """The records that an executed notebook published, in one way of writing them."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [o["data"][RECORDS_MIME] for c in cells for o in c.get("outputs", [])
             if RECORDS_MIME in o.get("data", {})]  # fmt: skip
    assert len(found) == 1, f"{path.name}: {len(found)} records"
    return canonical(found[0])


@pytest.fixture(scope="module")
def by_the_batch(northborough):
    return northborough / "notebooks" / NAME


def test_plain_papermill_from_another_folder_gives_the_records_of_the_batch(
    checkout, by_the_batch, tmp_path
):
    council, quarter = NORTHBOROUGH
    words = [checkout.root / "notebooks" / NAME, tmp_path / "out.ipynb", "--no-progress-bar",
             "-p", "council", council, "-p", "quarter", quarter]  # fmt: skip
    command = [sys.executable, "-m", "papermill", *words]
    told = run(command, cwd=tmp_path, env=checkout.env())
    assert told.returncode == 0, told.stderr
    assert records_of(tmp_path / "out.ipynb") == records_of(by_the_batch)


def nbval(checkout, path):
    words = ["--nbval", path, "-p", "no:cacheprovider", "-c", checkout.root / "pyproject.toml"]
    command = [sys.executable, "-m", "pytest", *words]
    return run(command, cwd=path.parent, env=checkout.env())


def test_nbval_finds_one_digit_of_the_records_changed(checkout, by_the_batch, tmp_path):
    """All else agrees: what was changed is the only cell that nbval finds."""
    notebook = json.loads(by_the_batch.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if RECORDS_MIME in output.get("data", {}):
                output["data"][RECORDS_MIME]["evidence"][0]["numerator"] += 1
    (tmp_path / NAME).write_text(json.dumps(notebook), encoding="utf-8")
    told = nbval(checkout, tmp_path / NAME)
    assert told.returncode == 1
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert f"1 failed, {len(code) - 1} passed" in told.stdout


@pytest.fixture
def lab(checkout, tmp_path):
    """A JupyterLab of the test's own, that only this machine can reach, and its address."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(checkout.root / "notebooks" / NAME, tmp_path / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    own = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
               "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
               "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
               f"--ServerApp.root_dir={tmp_path / 'notebooks'}",
               "--LabApp.news_url=None", "--LabApp.check_for_updates_class="
               "jupyterlab.NeverCheckForUpdate"]  # fmt: skip
    env = checkout.env(JUPYTER_TOKEN=token, **own)
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=log, stderr=log)
    try:
        yield Lab(f"http://127.0.0.1:{port}", token, tmp_path / "notebooks" / NAME)
    finally:
        server.terminate()
        server.wait(timeout=30)


class Lab:
    """What a person does in JupyterLab, and what its server says meanwhile."""

    def __init__(self, address, token, path):
        self.address, self.token, self.path = address, token, path

    def ask(self, what):
        request = urllib.request.Request(
            f"{self.address}/api/{what}", headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def wait(self, what, seconds):
        until = time.monotonic() + seconds
        while True:
            try:
                if what():
                    return
            except OSError:
                pass
            assert time.monotonic() < until, f"waited {seconds} s"
            time.sleep(0.2)

    def kernel_is_ready(self):
        kernels = [session["kernel"] for session in self.ask("sessions")]
        return kernels and kernels[0]["connections"] and kernels[0]["execution_state"] == "idle"

    def run_all(self, page, last):
        """Run every cell, wait for the last prompt, save, and give the records of the file."""
        page.click("text=Run >> nth=0")
        page.click("li.lm-Menu-item[data-command='runmenu:run-all']")
        prompt = f".jp-Notebook .jp-InputPrompt:has-text('[{last}]:')"
        page.wait_for_selector(prompt, timeout=RUN_S * 1000, state="attached")
        saved = self.path.stat().st_mtime_ns
        page.keyboard.press("Control+s")
        self.wait(lambda: self.path.stat().st_mtime_ns > saved, 20)
        self.wait(lambda: self.counts()[-1] == last, 20)
        assert self.counts() == list(range(last - len(self.counts()) + 1, last + 1))
        return records_of(self.path)

    def counts(self):
        cells = json.loads(self.path.read_text(encoding="utf-8"))["cells"]
        return [c["execution_count"] for c in cells if c["cell_type"] == "code"]


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt install chromium)")
def test_run_all_in_jupyterlab_gives_the_records_of_the_batch_and_twice_the_same(
    lab, by_the_batch, tmp_path
):
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    lab.wait(lambda: lab.ask("status"), START_S)
    cells = len(lab.counts())
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{lab.address}/lab/workspaces/test/tree/{NAME}?reset&token={lab.token}")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=START_S * 1000)
        lab.wait(lab.kernel_is_ready, START_S)
        once = lab.run_all(page, cells)
        page.screenshot(path=tmp_path / "jupyterlab.png")
        twice = lab.run_all(page, 2 * cells)
        browser.close()
    assert once == records_of(by_the_batch)
    assert twice == once
    assert (tmp_path / "jupyterlab.png").stat().st_size > 20_000
    assert all(url.startswith((lab.address, "data:", "blob:")) for url in asked)
