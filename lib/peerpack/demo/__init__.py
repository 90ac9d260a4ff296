"""Demonstration returns of Northborough, an invented council, for the quarter 2024-25-Q1.

`write_returns` writes five exports as a council's systems would print them, with their usual
mess, and gives back the truth that the generator knew before it made the mess. The same seed
gives the same bytes whatever the clock, time zone, locale, umask or hash seed.
"""

from pathlib import Path

from peerpack.demo import absence, budget, neighbours, people, residents
from peerpack.demo.files import stream
from peerpack.demo.truth import Truth

__all__ = ["DEFAULT_SEED", "QUARTER", "Truth", "write_returns"]

DEFAULT_SEED = 20240630
QUARTER = "2024-25-Q1"


def write_returns(folder: Path, seed: int = DEFAULT_SEED) -> Truth:
    """Write the quarter's five returns under a folder of councils and return their truth.

    Files: folder/northborough/2024-25-Q1/, one per export; a file of the same name is replaced.
    """
    lines = budget.lines(stream(seed, "budget"))
    positions = people.positions(stream(seed, "people"))
    spells = absence.spells(stream(seed, "absence"), positions)
    answers = residents.answers(stream(seed, "residents"))
    figures = neighbours.figures(stream(seed, "neighbours"))
    quarter = folder / "northborough" / QUARTER
    quarter.mkdir(parents=True, exist_ok=True)
    for name, content in {
        budget.FILE: budget.export(stream(seed, "budget print"), lines),
        people.FILE: people.export(stream(seed, "people print"), positions),
        absence.FILE: absence.export(spells),
        residents.FILE: residents.export(stream(seed, "residents print"), answers),
        neighbours.FILE: neighbours.export(figures),
    }.items():
        (quarter / name).write_bytes(content)
    return Truth(
        budget=budget.truth(lines),
        sickness=absence.truth(spells, positions),
        satisfaction=residents.truth(answers),
        neighbours=figures,
        rows_n={
            budget.FILE: len(lines),
            people.FILE: len(positions),
            absence.FILE: len(spells),
            residents.FILE: len(answers),
            neighbours.FILE: len(figures),
        },
    )
