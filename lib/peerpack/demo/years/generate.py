"""Write the returns of an invented council over several quarters, and the truth about them."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from peerpack.demo.years import mess, whole_files
from peerpack.demo.years.chance import stream
from peerpack.demo.years.exports import Export, exports
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
) -> Path:
    """Write `folder/council/<quarter>/…`, `council.toml` and `truth.json`; returns the folder.

    The same arguments give the same bytes, whatever the clock, time zone, locale or hash seed.
    """
    made = world(council, first, quarters_n, seed, scale)
    home = folder / council
    home.mkdir(parents=True, exist_ok=True)
    settings = COUNCIL_FILE.format(slug=council, name=made.name)
    (home / "council.toml").write_bytes(settings.encode())
    returns: dict[str, dict[str, Any]] = {}
    before: dict[str, Delivery] = {}
    for quarter in made.quarters:
        returns[str(quarter)] = dict(_quarter(home / str(quarter), made, quarter, before))
        tell(f"{council} {quarter}: {len(returns[str(quarter)])} datasets")
    known = _known(made, seed) | {"returns": returns}
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
    folder: Path, made: World, quarter: Quarter, before: dict[str, Delivery]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write the quarter's files; `before` has the deliveries before it, and then its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for export in exports():
        last = before.get(export.dataset)
        delivery = delivered(made, export, quarter, last)
        if sum(len(file.detail()) for file in delivery.files) < LEAST_ROWS_N:
            before.pop(export.dataset, None)  # a council sends no list of nobody
            continue
        files = [(file.name, content(file)) for file in delivery.sent]
        for name, found in whole_files.as_sent(delivery, files):
            (folder / name).write_bytes(found)
        yield export.dataset, told(delivery, last)
        before[export.dataset] = delivery


def delivered(
    made: World, export: Export, quarter: Quarter, before: Delivery | None = None
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
    if not whole_files.spoil(chance, delivery, before):
        most_n = 1 if len(files) >= MANY_FILES else 3
        delivery.faults += [fault for file in files for fault in spoilt(chance, file, most_n)]
    return delivery


def _chance(made: World, export: Export, quarter: Quarter, purpose: str) -> random.Random:
    return stream(made.root, f"{export.dataset} {quarter} {purpose}")


def _as_json(truth: dict[str, Any]) -> bytes:
    return (json.dumps(truth, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
