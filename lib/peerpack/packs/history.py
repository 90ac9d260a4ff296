"""One indicator over all packs, with vintages: as reported then, as known now.

Packs are ordered by their as-at date, then by quarter and number. By DuckDB, which reads one column
at a time of as many packs as there are; nothing is added up, so that threads could not matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from peerpack.errors import NotFound, PackTampered
from peerpack.handover.evidence import is_head
from peerpack.handover.history import NOT_REPEATED, History, Known, LeftOut, Vintage
from peerpack.packs.diff.figures import NOISE, is_hidden
from peerpack.packs.opened import every_version, open_pack
from peerpack.packs.review.standing import standing_of
from peerpack.packs.versions import Version

PARQUET = "evidence.parquet"
WANTED = """
SELECT packs.council, packs.quarter, packs.version, packs.as_at, packs.digest, packs.state,
       evidence_id, title, period, breakdown, value, unit, display, status, lower, upper,
       "interval", comparator, comparator_value
FROM read_parquet(?, filename = true, union_by_name = true) AS told
JOIN packs ON packs.path = told.filename
WHERE kind = 'indicator' AND (indicator = ? OR evidence_id = ?)
ORDER BY packs.council, evidence_id, period, packs.as_at, packs.quarter, packs.number
"""


@dataclass(frozen=True)
class _Pack:
    """A pack that is read: where its evidence lies, and what is known of all of it."""

    path: str
    council: str
    quarter: str
    version: str
    number: int
    as_at: str
    digest: str
    state: str


def history(
    reports: Path, indicator: str, council: str = "", *, every_cut: bool = False
) -> History:
    """An indicator's figures over every pack under a reports folder.

    `indicator`: its id, or an evidence id. Headlines only, unless `every_cut`. A pack that was
    touched, or whose review was, is left out and named. NotFound where no pack reports it.
    """
    packs: list[_Pack] = []
    left_out: list[LeftOut] = []
    for version in every_version(reports.resolve()):
        name = "/".join(version.folder.parts[-3:])
        if council in ("", version.folder.parts[-3]):
            try:
                packs.append(_pack(version))
            except (PackTampered, NotFound) as stop:
                left_out.append(LeftOut(pack=name, why=str(stop)))
    rows = [r for r in _rows(packs, indicator) if every_cut or _is_asked(r, indicator)]
    if not rows:
        raise NotFound(_nowhere(reports, indicator, len(packs), left_out))
    known = tuple(
        _known(list(own))
        for _, own in groupby(rows, key=lambda r: (r["council"], r["evidence_id"], r["period"]))
    )
    return History(
        indicator=indicator, known=known, left_out=tuple(left_out), packs_n=len(packs)
    )  # fmt: skip


def _pack(version: Version) -> _Pack:
    """A pack that verifies, that stands where it says it belongs, and whose review holds."""
    pack = open_pack(version.folder)
    if (pack.council, str(pack.quarter)) != version.folder.parts[-3:-1]:
        raise PackTampered(
            f"{version.name} is of {pack.council} {pack.quarter} and stands in the folder of "
            f"{'/'.join(version.folder.parts[-3:-1])}. Put it where it belongs."
        )
    as_at = str(pack.manifest.get("as_at", ""))
    try:
        date.fromisoformat(as_at)
    except ValueError:
        raise PackTampered(f"{version.name}: its as-at date {as_at!r} is none.") from None
    return _Pack(
        str(version.folder / PARQUET), pack.council, str(pack.quarter), version.name,
        version.number, as_at, pack.digest, standing_of(version.folder).log.state,
    )  # fmt: skip


def _rows(packs: Sequence[_Pack], indicator: str) -> list[dict[str, Any]]:
    """Every row of the indicator, by council, evidence and period, the oldest pack first."""
    import duckdb

    if not packs:
        return []
    with duckdb.connect() as base:
        base.execute("SET threads = 1")
        base.execute(
            "CREATE TABLE packs (path VARCHAR, council VARCHAR, quarter VARCHAR, version VARCHAR, "
            "number INTEGER, as_at VARCHAR, digest VARCHAR, state VARCHAR)"
        )
        base.executemany(
            "INSERT INTO packs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [astuple(p) for p in packs]
        )
        paths = [_literal(each.path) for each in packs]
        found = base.execute(WANTED, [paths, indicator, indicator])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _literal(path: str) -> str:
    """A path of which no letter stands for others: DuckDB reads a path as a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)


def _is_asked(row: Mapping[str, Any], indicator: str) -> bool:
    return row["evidence_id"] == indicator or is_head(row["breakdown"] or "")


def _known(rows: Sequence[Mapping[str, Any]]) -> Known:
    """One figure of one period over its packs, which are ordered."""
    vintages = tuple(_vintages(rows))
    standing = [each for each in vintages if not each.withdrawn]
    now = standing[-1] if standing else None
    last = rows[-1]
    return Known(
        council=last["council"],
        evidence_id=last["evidence_id"],
        title=last["title"],
        period=last["period"],
        then=vintages[0],
        now=now,
        changed=now is not None and _differ(vintages[0], now),
        vintages=vintages,
    )


def _vintages(rows: Sequence[Mapping[str, Any]]) -> Iterator[Vintage]:
    """Each row as its pack reports it, without the numbers of one that a later pack hides."""
    hidden = [at for at, row in enumerate(rows) if is_hidden(row)]
    for at, row in enumerate(rows):
        fields = {name: row[name] for name in Vintage.model_fields}
        if hidden and at < hidden[-1] and not is_hidden(row):
            numbers = ("value", "lower", "upper", "comparator_value")
            fields |= dict.fromkeys(numbers) | {"display": NOT_REPEATED}
        yield Vintage.model_validate(fields)


def _differ(then: Vintage, now: Vintage) -> bool:
    """Whether what is known is not what was reported: another value, or one shown or hidden."""
    if then.value is None or now.value is None or then.unit != now.unit:
        return (then.value, then.display, then.unit) != (now.value, now.display, now.unit)
    size = max(abs(then.value), abs(now.value), 1.0)
    return abs(then.value - now.value) > NOISE * size


def _nowhere(reports: Path, indicator: str, packs_n: int, left_out: Sequence[LeftOut]) -> str:
    without = "".join(f" Left out: {each.pack}: {each.why}" for each in left_out)
    return (
        f"No pack under {reports.name}/ reports {indicator}; {packs_n} were read. Give an "
        f"indicator of docs/reference/indicators.md that a pack computes.{without}"
    )
