"""Where a benchmark prepares its inputs: a scratch folder, with what several of them need."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "real"
SCRIPTS = ROOT / "tests" / "benchmarks"
NORTHBOROUGH = ("northborough", "2024-25-Q1")
TRAFFORD = ("trafford", "2024-25-Q4")
# Longest first, as the batch has it from the durations that it keeps.
NOTEBOOKS = tuple(
    next((ROOT / "notebooks").glob(f"{number}-*.ipynb")) for number in ("06", "05", "02", "07")
)


@dataclass(frozen=True)
class Place:
    """A scratch folder. What is made in it is made once, and costs no contender anything."""

    folder: Path

    @cached_property
    def env(self):
        """The surroundings of every contender: this checkout's package, nothing else of ours."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PEERPACK_", "PYTEST"))}
        return kept | {"PEERPACK_ROOT": str(ROOT), "PYTHONPATH": str(ROOT / "lib")}

    @cached_property
    def pack(self):
        """Northborough's pack, built once, without documents."""
        root = data_root(self.folder / "data-of-pack", NORTHBOROUGH, documents=False)
        reports = self.folder / "reports-of-pack"
        self.run(*build_words(NORTHBOROUGH, [root], reports))
        return reports.joinpath(*NORTHBOROUGH, "v001")

    @cached_property
    def laid(self):
        """Northborough's datasets as a build lays them for kernels, and its pack's own tables."""
        root, folder = data_root(self.folder / "data-laid", NORTHBOROUGH), self.folder / "laid"
        self.run(*script("lay.py", *NORTHBOROUGH, "--data", root, "--pack", self.pack, folder))
        return folder

    def run(self, *words):
        """A command of the preparation, not timed."""
        done = subprocess.run(
            [str(word) for word in words], env=self.env, cwd=self.folder, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr}")


def script(name, *words):
    """A script of this folder as a command line."""
    return (sys.executable, SCRIPTS / name, *words)


def peerpack(*words):
    """Our command line, started as its entry point starts it."""
    return (sys.executable, "-m", "peerpack", *words)


def build_words(quarter, roots, reports, *more):
    """`peerpack build` of a quarter as a command line."""
    given = [word for root in roots for word in ("--data", root)]
    return peerpack("build", *quarter, *given, "--reports", reports, *more)


def data_root(root, quarter, documents=True):
    """A copy of a council's quarter to change, with or without documents wanted of its pack."""
    council, name = quarter
    own = ROOT / "data" / council
    returns = next(p for p in (own / name, REAL / council / name) if p.is_dir())
    shutil.copytree(own, root / council, ignore=lambda *_: [name], copy_function=shutil.copyfile)
    shutil.copytree(returns, root / council / name, copy_function=shutil.copyfile)
    settings = root / council / "council.toml"
    if not documents:
        settings.write_text(f"documents = []\n{settings.read_text(encoding='utf-8')}", "utf-8")
    return root
