"""Reproduce one pack on a second clone, then change one input of each of the eight kinds in turn.

A bench, not a test: some twenty builds. Prints a table and ends with 1 where a cause was not named
alone. `python tests/packs/eight_causes.py [FOLDER]`; the folder, by default a temporary one, keeps
what was built.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COUNCIL, QUARTER, BEFORE = "liverpool", "2024-25-Q1", "2022-23-Q4"
OWN = f"{COUNCIL}/{QUARTER}"
FIGURES = f"{OWN}/published_figures.csv"
CORRECTION = """\
- id: due-date
  dataset: peer_recommendations
  reason: The council published its date after the report.
  author: A. Analyst
  date: 2024-07-09
  where: {recommendation: 1}
  column: status
  expect: null
  value: begun
"""
LAST = "return self.environment.concat(self.root_render_func(ctx))"
MARK = 'SUPPRESSED = "[c]"'
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONHASHSEED": "4321",
    "SOURCE_DATE_EPOCH": "86400",
    "OMP_NUM_THREADS": "1",
}


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()).resolve()
    bench = Bench(folder)
    bench.lay()
    failed = [bench.show(*each) for each in bench.runs()].count(False)
    print(f"\n{failed} of the rows above are not as they should be" if failed else "\nall as said")
    sys.exit(bool(failed))


class Bench:
    """Two clones, the returns of a council outside both, and packs built in the first."""

    def __init__(self, folder):
        self.folder = folder
        self.first, self.second = folder / "first", folder / "another place é" / "clone"
        self.data, self.reports = folder / "data", folder / "reports"
        self.pack = self.reports / OWN / "v001"

    def lay(self):
        """Clone twice; lay returns that no revision holds; build the quarter before, then ours."""
        for clone in (self.first, self.second):
            words = ["git", "clone", "--quiet", str(ROOT), str(clone)]
            subprocess.run(words, check=True)
        own = ROOT / "data" / COUNCIL
        shutil.copytree(own / QUARTER, self.data / OWN)
        shutil.copytree(own / BEFORE, self.data / COUNCIL / BEFORE)
        shutil.copy(own / "council.toml", self.data / COUNCIL)
        edit(self.data / FIGURES, "613.385", "613.386")
        edit(self.data / COUNCIL / "council.toml", "\nname", "\n# laid for the bench\nname")
        write(self.data / OWN / "pack.toml", "as_at = 2024-07-02\n")
        write(self.data / COUNCIL / "corrections" / "status.yml", CORRECTION)
        for quarter in (BEFORE, QUARTER):
            where = ("--data", self.data, "--reports", self.reports)
            told = peerpack(self.first, "build", COUNCIL, quarter, *where)
            assert told.returncode == 0, told.stderr

    def show(self, what, want, words, clone, env, files):
        """Run a reproduction; print what it said as a row of the table."""
        if not files:
            print(
                "| changed | exit | causes | inputs | files that differ | values that moved | s |"
            )
            print("|---|---|---|---|---|---|---|")
        began = time.monotonic()
        told = peerpack(clone, "reproduce", *words, "--json", **env)
        if told.returncode not in (0, 41) or not told.stdout:
            print(f"| {what} | {told.returncode} | {told.stderr.strip().splitlines()[-1]} |")
            return False
        said = json.loads(told.stdout)
        inputs = ", ".join(inner(said, each) for each in said["moved"])
        differ = {each["file"] for each in said["differences"]}
        rows = {
            each["where"]
            for each in said["differences"]
            if each["file"] == "evidence.csv" and each["where"].endswith(", value")
        }
        causes = [] if said["identical"] else said["causes"]
        cells = (what, told.returncode, ", ".join(causes) or "none", inputs, len(differ), len(rows))
        print(f"| {' | '.join(map(str, cells))} | {time.monotonic() - began:.0f} |", flush=True)
        return causes == want and told.returncode == (41 if want else 0)

    def runs(self):
        """What is changed, the causes wanted, the words, the clone, the surroundings."""
        home = self.folder / "home"
        home.mkdir()
        env = {"env": ELSEWHERE | {"HOME": str(home)}, "umask": 0o077, "prefix": one_core()}
        plain = (self.pack, "--data", self.data)
        yield "nothing, on the first clone", [], plain, self.first, {}, 0
        yield "nothing, elsewhere by another user", [], plain, self.second, env, 1
        yield from self.of_data()
        yield from self.of_checkouts()
        yield from self.of_libraries()
        yield from self.of_packs_before()
        yield from self.of_several()

    def of_data(self):
        """Changes of what lies in the data folder, each in a copy of it."""
        for what, cause, name, old, new in (
            ("a return", "data", FIGURES, "613.386", "614.386"),
            ("a correction", "correction", f"{COUNCIL}/corrections/status.yml", "begun", "done"),
            ("as_at in pack.toml", "parameter", f"{OWN}/pack.toml", "07-02", "07-20"),
            ("the name in council.toml", "reference", f"{COUNCIL}/council.toml", " City", ""),
        ):
            data = self.copy(self.data, what)
            edit(data / name, old, new)
            yield what, [cause], (self.pack, "--data", data), self.second, {}, 1
        data = self.copy(self.data, "no correction")
        shutil.rmtree(data / COUNCIL / "corrections")
        words = (self.pack, "--data", data)
        yield "a correction taken away", ["correction"], words, self.second, {}, 1
        data = self.copy(self.data, "no pack.toml")
        (data / OWN / "pack.toml").unlink()
        words = (self.pack, "--data", data)
        yield "pack.toml taken away", ["parameter"], words, self.second, {}, 1

    def of_checkouts(self):
        """Changes of a checkout, each in a copy of the second clone."""
        reference = "data/reference"
        for what, cause, name, old, new in (
            ("a suite", "suite", "expectations/peer_recommendations.json",
             "cannot be followed", "can not be followed"),
            ("a line of the package", "code", "lib/peerpack/words/numbers.py",
             MARK, f"{MARK}  # edited"),
            ("a notebook", "code", "notebooks/01-what-do-the-published-figures-say.ipynb",
             "uestion", "uestion "),
            ("the lock", "library", "requirements.lock", "hash=sha256:0", "hash=sha256:1"),
            ("a target rule", "reference", f"{reference}/indicators.yml",
             "The council's own target,", "The council's target,"),
            ("neighbours", "reference", f"{reference}/neighbours/invented-2024.yml",
             "Invented Neighbour K", "Invented Neighbour L"),
        ):  # fmt: skip
            clone = self.copy(self.second, what)
            edit(clone / name, old, new)
            words = (self.pack, "--data", self.data, "--here")
            yield what, [cause], words, clone, {}, 1

    def of_libraries(self):
        """Another version of a library, really installed before the locked one."""
        package = Path(metadata.distribution("jinja2").locate_file("jinja2"))
        for what, want, new in (
            ("Jinja2 of another version, that changes nothing", [], LAST),
            ("Jinja2 of another version", ["library"], f'{LAST} + "\\n"'),
        ):
            over = self.folder / what.replace(" ", "-")
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(package, over / "jinja2", ignore=ignored)
            edit(over / "jinja2" / "environment.py", LAST, new)
            said = "Metadata-Version: 2.1\nName: Jinja2\nVersion: 3.0.99\n"
            write(over / "jinja2-3.0.99.dist-info" / "METADATA", said)
            words = (self.pack, "--data", self.data)
            env = {"env": {"PYTHONPATH": f"{self.second / 'lib'}{os.pathsep}{over}"}}
            yield what, want, words, self.second, env, 1

    def of_packs_before(self):
        """The pack before taken away, and another in its place."""
        gone = self.copy(self.reports, "no pack before")
        shutil.rmtree(gone / COUNCIL / BEFORE)
        cause = ["previous pack"]
        words = (gone / OWN / "v001", "--data", self.data)
        yield "the pack before taken away", cause, words, self.second, {}, 1
        data = self.copy(self.data, "another return before")
        edit(data / COUNCIL / BEFORE / "published_figures.csv", "below standard", "below standards")
        other = self.copy(gone, "another pack before")
        told = peerpack(self.first, "build", COUNCIL, BEFORE, "--data", data, "--reports", other)
        assert told.returncode == 0, told.stderr
        words = (other / OWN / "v001", "--data", self.data)
        yield "another pack before", cause, words, self.second, {}, 1

    def of_several(self):
        """Three at once."""
        clone, data = self.copy(self.second, "several"), self.copy(self.data, "several data")
        edit(clone / "lib/peerpack/words/numbers.py", MARK, f"{MARK}  # edited")
        edit(data / FIGURES, "613.386", "614.386")
        edit(data / COUNCIL / "corrections/status.yml", "begun", "done")
        want = ["data", "correction", "code"]
        words = (self.pack, "--data", data, "--here")
        yield "a return, a correction and a line", want, words, clone, {}, 1

    def copy(self, of, name):
        return shutil.copytree(of, self.folder / "copies" / name.replace(" ", "-"))


def inner(said, moved):
    """An input that moved, with the files of it where it is several."""
    files = [each["name"] for each in said["inside"].get(moved["given"], ())]
    return ", ".join(files) or f"{moved['name']} {moved['became']}"


def one_core():
    return ("taskset", "-c", "0") if shutil.which("taskset") else ()


def peerpack(clone, *words, env=None, umask=-1, prefix=()):
    """The command line of a clone, in a folder that is no checkout."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PEERPACK_")}
    own = {"PEERPACK_ROOT": str(clone), "PYTHONPATH": str(clone / "lib")}
    return subprocess.run(
        [*prefix, sys.executable, "-m", "peerpack", *map(str, words)], check=False, text=True,
        env=kept | own | (env or {}), umask=umask, capture_output=True, cwd=clone.parent,
    )  # fmt: skip


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
