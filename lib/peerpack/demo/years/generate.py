"""Write the returns of an invented council over several quarters, and the truth about them."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from peerpack.demo.years import mess, whole_files
from peerpack.demo.years.chance import stream
from peerpack.demo.years.exports import Export, exports
from peerpack.demo.years.known import comparators, indicators
from peerpack.demo.years.printed import content
from peerpack.demo.years.spoiling import spoilt
from peerpack.demo.years.truth import Delivery, told
from peerpack.demo.years.world import World, world
from peerpack.vocab import Quarter

COUNCIL_FILE = """# No such council exists: `peerpack demo` invented every figure of its returns.
slug = "{slug}"
name = "{name}"
type = "invented"
invented = true

[[targets]]
indicator = "KF01"
value = 1.0
tolerance = 0.5
basis = "Invented: the council's own tolerance for the year, 1 per cent of the net budget"

[[targets]]
indicator = "KW01"
value = 2.25
tolerance = 0.25
basis = "Invented: a quarter of the council's target of 9 days for the year"

[[targets]]
indicator = "KR01"
value = 50.0
tolerance = 3.0
basis = "Invented: set in the council plan, three points above the last wave"
"""
MANY_FILES = 3
LEAST_ROWS_N = 4


def write_years(
    folder: Path,
    council: str,
    first: Quarter,
    quarters_n: int,
    seed: int,
    scale: float,
    tell: Callable[[str], None] = lambda _: None,
    *,
    faulty: bool = True,
) -> Path:
    """Write `folder/council/<quarter>/…`, `council.toml` and `truth.json`; returns the folder.

    Untidy returns are untidy either way; `faulty` ones also say what is wrong or cannot be read.
    The same arguments give the same bytes, whatever the clock, time zone, locale or hash seed.
    """
    made = world(council, first, quarters_n, seed, scale)
    home = folder / council
    home.mkdir(parents=True, exist_ok=True)
    settings = COUNCIL_FILE.format(slug=council, name=made.name)
    (home / "council.toml").write_bytes(settings.encode())
    sent: dict[Quarter, dict[str, Delivery]] = {}
    returns: dict[str, dict[str, Any]] = {}
    for quarter in made.quarters:
        last = sent.get(quarter.previous(), {})
        sent[quarter] = dict(_quarter(home / str(quarter), made, quarter, last, faulty=faulty))
        own = sent[quarter].items()
        returns[str(quarter)] = {name: told(each, last.get(name)) for name, each in own}
        tell(f"{council} {quarter}: {len(own)} datasets")
    figures = {"indicators": indicators(made, sent), "comparators": comparators(sent)}
    known = _known(made, seed) | {"returns": returns} | figures
    (home / "truth.json").write_bytes(_as_json(known))
    return home


def _known(made: World, seed: int) -> dict[str, Any]:
    return {
        "council": made.council,
        "seed": seed,
        "scale": made.scale,
        "quarters": [str(quarter) for quarter in made.quarters],
        "events": [
            {"quarter": str(e.quarter), "directorate": e.directorate, "what": e.what}
            for e in made.events
        ],
    }


def _quarter(
    folder: Path, made: World, quarter: Quarter, before: Mapping[str, Delivery], *, faulty: bool
) -> Iterator[tuple[str, Delivery]]:
    """Write the quarter's files; `before` has the deliveries of the quarter before."""
    folder.mkdir(parents=True, exist_ok=True)
    for export in exports():
        delivery = delivered(made, export, quarter, before.get(export.dataset), faulty=faulty)
        if sum(len(file.detail()) for file in delivery.files) < LEAST_ROWS_N:
            continue  # a council sends no list of nobody
        files = [(file.name, content(file)) for file in delivery.sent]
        for name, found in whole_files.as_sent(delivery, files):
            (folder / name).write_bytes(found)
        yield export.dataset, delivery


def delivered(
    made: World,
    export: Export,
    quarter: Quarter,
    before: Delivery | None = None,
    *,
    faulty: bool = True,
) -> Delivery:
    """One dataset of one quarter as printed, with its faults; `before` is the quarter before."""
    files = [
        mess.printed(
            _chance(made, export, quarter, f"print {part}"), export, made.name, part, rows, quarter
        )
        for part, rows in export.parts(made, quarter)
    ]
    delivery = Delivery(export, files)
    chance = _chance(made, export, quarter, "faults")
    if faulty and not whole_files.spoil(chance, delivery, before):
        most_n = 1 if len(files) >= MANY_FILES else 3
        delivery.faults += [fault for file in files for fault in spoilt(chance, file, most_n)]
    return delivery


def _chance(made: World, export: Export, quarter: Quarter, purpose: str) -> random.Random:
    return stream(made.root, f"{export.dataset} {quarter} {purpose}")


def _as_json(truth: dict[str, Any]) -> bytes:
    return (json.dumps(truth, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
