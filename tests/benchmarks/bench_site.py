"""What rendering costs: the site and each document of a pack, beside nbconvert in the same run.

Run by `make bench-site COUNCIL=… QUARTER=…`. The baseline is what a team without the workbook does:
nbconvert makes an HTML page of each executed notebook. Prints seconds, bytes and ratios.
"""

import argparse
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from peerpack import render
from peerpack.packs import build
from peerpack.render.documents import makers
from peerpack.render.site.page import Site
from peerpack.vocab import DOCUMENTS

SITE_S, FIRST_PAGE_KB = 3.0, 300


def main():
    """Build a quarter, keep the contents that its pages are made of, and time each way alone."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("council")
    asked.add_argument("quarter")
    asked.add_argument("--data", action="append", type=Path, default=[])
    said = asked.parse_args()
    with TemporaryDirectory() as reports:
        contents, pack = kept(said.council, said.quarter, said.data, Path(reports))
        tell_site(contents)
        tell_documents(contents)
        told("nbconvert, an HTML page a notebook", lambda: converted(pack / "notebooks"))


def kept(council, quarter, roots, reports):
    """The contents that a build hands to `render`, and the pack."""
    handed = []
    everything = render.everything

    def keeping(contents):
        handed.append(contents)
        return everything(contents)

    render.everything = keeping
    try:
        made = build.build(council, quarter, roots=roots, reports=reports)
    finally:
        render.everything = everything
    return handed[0], made.version.folder


def tell_site(contents):
    pages = told("the site", lambda: render.pages(contents))
    kinds = Counter(Path(name).suffix for name in pages)
    print(f"  {dict(kinds)}; first page {len(pages['index.html']) / 1000:.0f} kB (at most "
          f"{FIRST_PAGE_KB}); the site in at most {SITE_S:.0f} s")  # fmt: skip


def tell_documents(contents):
    for kind in DOCUMENTS:
        told(f"{kind}, alone", lambda kind=kind: alone(kind, contents))
    whole = replace(contents, documents=DOCUMENTS)
    told("everything at once", lambda: render.everything(whole))


def alone(kind, contents):
    site = Site(contents)
    return {name: work() for maker in makers([kind]) for name, work in maker.making(site)}


def converted(folder):
    from nbconvert import HTMLExporter

    paths = sorted(folder.glob("*.ipynb"))
    return {p.name: HTMLExporter().from_filename(str(p))[0].encode() for p in paths}


def told(what, work, rounds_n=3):
    """Time a work some times over, the first with its imports; print and give what it made."""
    times = []
    for _ in range(rounds_n):
        started = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - started)
    size = sum(map(len, made.values())) / 1000
    print(f"{what}: {times[0]:.2f} s at first, {min(times):.2f} s after; {size:,.0f} kB in "
          f"{len(made)} files")  # fmt: skip
    return made


if __name__ == "__main__":
    main()
