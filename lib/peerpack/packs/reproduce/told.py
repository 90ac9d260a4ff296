"""A reproduction in words for a terminal, and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from peerpack.packs.causes import Moved
from peerpack.packs.reproduce.compare import DIFFERS, EXTRA, MISSING, Difference, shortened
from peerpack.packs.reproduce.reproduce import Reproduction

PLACES_N = 8
OF_EVIDENCE = "evidence.csv"


def lines(told: Reproduction, pack: Path) -> Iterator[str]:
    """What a reader is told: the outcome, what moved, and where the bytes differ."""
    yield f"{pack}: {_outcome(told)}"
    yield f"rebuilt from {told.checkout}"
    yield from (f"also differs, and is no input: {note}" for note in told.notes)
    for moved in told.moved:
        yield f"{shortened(moved.words)}{_digests(moved)}"
        yield from (
            f"  {shortened(f'{m.name} {m.became}')}" for m in told.inside.get(moved.given, ())
        )
    if not told.identical and not told.moved:
        yield "every recorded input was found; none of them moved"
    if told.differences and not any(each.file == OF_EVIDENCE for each in told.differences):
        yield f"{OF_EVIDENCE} is identical: no figure moves"
    by_file = groupby(sorted(told.differences, key=_evidence_first), key=lambda each: each.file)
    seen: dict[str, set[str]] = {}
    for file, differences in by_file:
        own = list(differences)
        places = {each.where for each in own}
        twin = next((name for name in seen if seen[name] == places and _are_twins(name, file)), "")
        yield from [f"{file}: as {twin}"] if twin else _of_file(file, own)
        seen[file] = places


def as_json(told: Reproduction, pack: Path) -> str:
    """The same for machines, every difference of it; keys sorted."""
    plain = asdict(told) | {
        "pack": str(pack), "identical": told.identical, "causes": list(told.causes),
    }  # fmt: skip
    return json.dumps(plain, sort_keys=True, indent=1, ensure_ascii=False)


def _outcome(told: Reproduction) -> str:
    if told.identical:
        return f"identical: {told.files_n} files"
    if told.stopped:
        return f"not reproduced: the rebuild stopped, {told.stopped}"
    n = Counter({each.file: each.kind for each in told.differences}.values())
    return (
        f"not reproduced: of {told.files_n} files {n[DIFFERS]} differ, {n[MISSING]} are missing; "
        f"{n[EXTRA]} are extra"
    )


def _digests(moved: Moved) -> str:
    """Then and now, digests shortened to what a reader can compare."""
    then, now = (each[:12] if len(each) == 64 else each for each in (moved.then, moved.now))
    return f": {shortened(then or 'nothing')} recorded, {shortened(now or 'nothing')} here"


def _evidence_first(each: Difference) -> tuple[bool, str]:
    return each.file != OF_EVIDENCE, each.file


def _are_twins(one: str, other: str) -> bool:
    """Whether two files hold one table in two formats."""
    return one != other and Path(one).with_suffix("") == Path(other).with_suffix("")


def _of_file(file: str, differences: list[Difference]) -> Iterator[str]:
    """The places in a file, figures first; digests of what differs are counted and not told."""
    if differences[0].kind != DIFFERS:
        yield f"{file} is {differences[0].kind}"
        return
    own = [each for each in differences if not each.is_of_digests]
    digests_n = len(differences) - len(own)
    yield file if own else f"{file}: digests of what differs, {digests_n}"
    for each in sorted(own, key=lambda each: not each.where.endswith(", value"))[:PLACES_N]:
        change = f": {each.then} → {each.now}" if each.then or each.now else ""
        yield f"  {shortened(each.where)}{change}"
    more = [f"{len(own) - PLACES_N} more places"] if len(own) > PLACES_N else []
    more += [f"{digests_n} digests of what differs"] if own and digests_n else []
    if more:
        yield f"  and {', '.join(more)}; all of them with --json"
