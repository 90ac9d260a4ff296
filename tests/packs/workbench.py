"""A still copy of the checkout to build from, and the words to run in it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from peerpack.packs.verify import BUILD, build_note, sums
from peerpack.packs.versions import SUMS, sha256_of

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "real"
REFERENCE = ROOT / "reports" / "liverpool" / "2024-25-Q1" / "v001"
FOLDERS = ("lib/peerpack", "notebooks", "expectations", "data/reference")
COUNCILS = ("liverpool", "northborough", "sefton", "trafford")
FILES = ("pyproject.toml", "requirements.lock")
LIVERPOOL = ("liverpool", "2024-25-Q1")
NORTHBOROUGH = ("northborough", "2024-25-Q1")
SEFTON = ("sefton", "2024-25-Q3")
TRAFFORD = ("trafford", "2024-25-Q4")

# All that a machine, a user or a day may set otherwise; nothing of it may reach a pack. Kernels are
# cold there: what they show must be what forked ones show.
ELSEWHERE = {
    "PEERPACK_KERNELS": "cold",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONHASHSEED": "4321",
    "SOURCE_DATE_EPOCH": "86400",
    "COLUMNS": "40",
    "OMP_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
}
LATER_ON_ANOTHER_HOST = """
import socket, time
socket.gethostname = lambda: "another-host"
now, now_ns = time.time, time.time_ns
time.time = lambda: now() + 4e7
time.time_ns = lambda: now_ns() + 40_000_000_000_000_000
"""


@dataclass(frozen=True)
class Checkout:
    """A copy of the checkout: `peerpack` run in it knows no other.

    `warm`: reports folders that are finished, from which a build of the same council into a new
    folder may take what was kept: most tests of packs are not about admitting or running. What was
    changed is admitted and run anew all the same; with `again` every notebook is run.
    """

    root: Path
    warm: tuple[Path, ...] = ()
    again: bool = False

    def env(self, **more):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PEERPACK_", "PYTEST"))}
        return kept | {"PEERPACK_ROOT": str(self.root), "PYTHONPATH": f"{self.root}/lib"} | more

    def start(self, *words, env=None, prefix=(), **options):
        """The command line as a process of its own, in a folder that is no checkout."""
        self._lay_what_was_kept(words)
        command = [*prefix, sys.executable, "-m", "peerpack", *map(str, words)]
        return subprocess.Popen(
            command, env=self.env(**(env or {})), cwd=self.root.parent, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
        )  # fmt: skip

    def _lay_what_was_kept(self, words):
        reports = Path(words[words.index("--reports") + 1]) if "--reports" in words else None
        if words[:1] != ("build",) or reports is None or reports.exists():
            return
        if not self.root.joinpath("data", *map(str, words[1:3])).is_dir():
            return  # a build that is refused for its words leaves no folder at all
        for folder in self.warm:
            own = folder.name.startswith(f"reports-{words[1]}-")  # each has a key of its own
            if own and folder.with_name(f"{folder.name}.done").exists():
                for cache in (".admitted",) if self.again else (".admitted", ".ran"):
                    shutil.copytree(folder / cache, reports / cache, dirs_exist_ok=True)

    def peerpack(self, *words, env=None, **options):
        process = self.start(*words, env=env, **options)
        out, err = process.communicate(timeout=400)
        return subprocess.CompletedProcess(words, process.returncode, out, err)


def run(words, **options):
    """A command to its end, with what it said."""
    return subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, **options
    )


def copied(checkout, to):
    """Copy what a build reads of a checkout."""
    leave = shutil.ignore_patterns(".ipynb_checkpoints")
    for name in (*FOLDERS, *(f"data/{council}" for council in COUNCILS)):
        shutil.copytree(checkout / name, to / name, ignore=leave)
    for name in FILES:
        shutil.copy(checkout / name, to / name)
    for council in COUNCILS:
        without_documents(to / "data" / council / "council.toml")


def without_documents(settings):
    """Have a council want no PDF, Word or spreadsheet: most tests of packs are not about them."""
    told = settings.read_text(encoding="utf-8")
    if "documents" not in told:
        settings.write_text(f"documents = []\n{told}", encoding="utf-8")


def commit(checkout):
    """Make a checkout a git repository of one commit."""
    git = ["git", "-C", checkout, "-c", "user.name=A. Analyst", "-c", "user.email=a@example.org"]
    run([*git, "init", "--quiet"])
    run([*git, "commit", "--quiet", "--allow-empty", "--message", "Another history"])


def elsewhere(folder):
    """Settings of another machine, user and year: a home of its own, and a clock that is ahead."""
    (folder / ".config" / "matplotlib").mkdir(parents=True, exist_ok=True)
    style = folder / ".config" / "matplotlib" / "matplotlibrc"
    style.write_text("font.size: 19\nlines.linewidth: 7\nsvg.fonttype: path\n")
    (folder / "sitecustomize.py").write_text(LATER_ON_ANOTHER_HOST)
    return ELSEWHERE | {"HOME": str(folder)}


def tree(folder):
    """Every file below a folder with its digest, every empty folder with none."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        if p.is_file()
        else ""
        for p in sorted(folder.rglob("*"))
        if p.is_file() or not any(p.iterdir())
    }


def visible(reports, council, quarter):
    """What a reader sees in a quarter's folder."""
    folder = reports / council / quarter
    return sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []


def canonical(records):
    """One way of writing JSON, with one kind of number: JupyterLab's page saves 2.0 as 2."""

    def plain(value):
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        if isinstance(value, list):
            return [plain(each) for each in value]
        whole = isinstance(value, float) and value.is_integer()
        return int(value) if whole else value

    return json.dumps(plain(records), sort_keys=True, ensure_ascii=False)


def laid(reports, council="liverpool", quarter="2024-25-Q1", version="v001", manifest=()):
    """A copy of the reference pack, as another council's, quarter's or version, sums in order."""
    pack = reports / council / quarter / version
    shutil.copytree(REFERENCE, pack)
    told = json.loads((pack / "manifest.json").read_text())
    told |= {"council": council, "quarter": quarter} | dict(manifest)
    (pack / "manifest.json").write_text(json.dumps(told, sort_keys=True))
    return summed(pack)


def summed(pack):
    """A pack that was edited, with its sums in order: as if it had been published so."""
    (pack / SUMS).write_bytes(sums(pack))
    (pack / BUILD).write_bytes(build_note({"sums_sha256": sha256_of(pack / SUMS)}))
    return pack
