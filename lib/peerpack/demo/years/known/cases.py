"""True figures of complaints and requests: in time by the law's own clock, on two bases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peerpack.catalogue.load import bank_holidays
from peerpack.demo.years.known.figures import (
    Figure,
    Figures,
    Rows,
    named,
    per_cent,
    text,
    whole_and_parts,
)
from peerpack.demo.years.rows import Row
from peerpack.demo.years.span import months_after
from peerpack.vocab import Quarter

COMPLAINT_DAYS = {"Stage 1": 10, "Stage 2": 20}
REQUEST_DAYS = 20


@dataclass(frozen=True)
class Timed:
    """A case and its last days: by law without and with an extension, and as its system prints."""

    row: Row
    received: date
    closed: date | None
    plain: date
    lawful: date
    printed: date | None

    def in_time(self, by: str) -> bool:
        """Whether it was answered by one of its last days."""
        limit = getattr(self, by)
        return self.closed is not None and limit is not None and self.closed <= limit


def _day(row: Row, column: str) -> date | None:
    value = row.get(column)
    return value if isinstance(value, date) else None


def _working_days_after(day: date, days_n: int, *, anywhere: bool = False) -> date:
    """So many working days after a day; of requests those of any part of the Kingdom are none."""
    idle = bank_holidays(anywhere=True) if anywhere else bank_holidays()
    while days_n:
        day += timedelta(days=1)
        days_n -= day.weekday() < 5 and day not in idle
    return day


def _month_after(day: date, months_n: int) -> date:
    """The corresponding day, or the working day after it."""
    found = months_after(day, months_n)
    return found if _is_worked(found) else _working_days_after(found, 1)


def _is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def _timed(row: Row, plain: date, extended: date) -> Timed | None:
    """The case with its clocks; none of a case that was answered before it came."""
    received, closed = _day(row, "received_date"), _day(row, "closed_date")
    if received is None or (closed and closed < received):
        return None
    lawful = extended if row["extended"] == "Yes" else plain
    return Timed(row, received, closed, plain, lawful, _day(row, "due_date"))


def _complaints(rows: Rows) -> Iterator[Timed | None]:
    for row in rows:
        days_n, received = COMPLAINT_DAYS.get(text(row, "stage")), _day(row, "received_date")
        if row["case_type"] == "Complaint" and days_n and received:
            seen = _day(row, "acknowledged_date")
            clock = seen if seen and seen >= received else received
            yield _timed(row, _working_days_after(clock, days_n),
                         _working_days_after(clock, 2 * days_n))  # fmt: skip


def _requests(rows: Rows) -> Iterator[Timed | None]:
    for row in rows:
        received = _day(row, "received_date")
        if row["case_type"] in ("FOI", "EIR") and received:
            due, later = (_working_days_after(received, days_n, anywhere=True)
                          for days_n in (REQUEST_DAYS, 2 * REQUEST_DAYS))  # fmt: skip
            yield _timed(row, due, later)


def _own_data(rows: Rows) -> Iterator[Timed | None]:
    for row in rows:
        received = _day(row, "received_date")
        if row["case_type"] == "SAR" and received:
            yield _timed(row, _month_after(received, 1), _month_after(received, 3))


def _counted(timed: Sequence[Timed], basis: str, by: str, quarter: Quarter) -> list[Timed]:
    """Closed in the quarter; or received in it and, on its last day, answered or out of time."""
    first, last = quarter.first_day, quarter.last_day
    dated = [one for one in timed if getattr(one, by) is not None]
    if basis == "closed":
        return [one for one in dated if one.closed and first <= one.closed <= last]
    came = [one for one in dated if first <= one.received <= last]
    return [one for one in came if (one.closed and one.closed <= last) or getattr(one, by) <= last]


def _shares(
    indicator: str, timed: Sequence[Timed], clocks: dict[str, str], cuts: Sequence[str], q: Quarter
) -> Iterator[tuple[str, Figure]]:
    for basis in ("closed", "received"):
        for measure, by in clocks.items():
            counted = _counted(timed, basis, by, q)
            facets = {"basis": basis} | ({"measure": measure} if measure else {})
            rows = [one.row | {"in time": str(one.in_time(by))} for one in counted]
            for cut, own in whole_and_parts(rows, *(() if measure else cuts)):
                in_time_n = sum(1 for row in own if row["in time"] == "True")
                yield named(indicator, **facets, **cut), per_cent(in_time_n, len(own))


def _open(
    indicator: str, timed: Sequence[Timed], cuts: Sequence[str], quarter: Quarter
) -> Iterator[tuple[str, Figure]]:
    """What was not answered on the last day, and what of it was past its lawful last day."""
    last = quarter.last_day
    still = [
        one for one in timed if one.received <= last and not (one.closed and one.closed <= last)
    ]
    for cut, own in whole_and_parts([one.row for one in still], *cuts):
        yield named(indicator, measure="open", **cut), Figure(len(own), len(own))
    overdue_n = sum(1 for one in still if one.lawful <= last)
    yield named(indicator, measure="overdue"), Figure(overdue_n, overdue_n)


def _upheld(rows: Rows, quarter: Quarter) -> Figure:
    """KC08: of the Ombudsman's findings closed in the quarter, those that upheld the complaint."""
    found = [
        row
        for row in rows
        if row["stage"] == "Ombudsman"
        and text(row, "upheld")
        and quarter.first_day <= (_day(row, "closed_date") or date.min) <= quarter.last_day
    ]
    return per_cent(sum(1 for row in found if row["upheld"] != "Not upheld"), len(found))


def figures(rows: Rows, quarter: Quarter) -> Figures:
    """Every figure of a log of cases."""
    extended = {"": "plain", "with_extensions": "lawful", "by_system_date": "printed"}
    own = {"": "lawful", "without_extensions": "plain", "by_system_date": "printed"}
    found = {"KC08": _upheld(rows, quarter)}
    for indicator, made, clocks, cuts in (
        ("KC07", _complaints(rows), extended, ("stage", "directorate")),
        ("KG01", _requests(rows), extended, ("case_type", "directorate")),
        ("KG02", _own_data(rows), own, ("directorate",)),
    ):
        timed = [one for one in made if one]
        found |= dict(_shares(indicator, timed, clocks, cuts, quarter))
        found |= dict(_open(indicator, timed, cuts, quarter))
    return found
