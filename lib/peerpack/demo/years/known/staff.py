"""True figures of the workforce: days lost, who left, posts vacant, how many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peerpack.demo.years.known.figures import (
    Figure,
    Figures,
    Rows,
    named,
    number,
    parts,
    per_cent,
    text,
    whole_and_parts,
)
from peerpack.demo.years.rows import Row
from peerpack.demo.years.span import is_working_day
from peerpack.demo.years.staff import DAYS_OF_PATTERN
from peerpack.vocab import Quarter

NOT_STATED = "Not stated"
LONG_TERM_DAYS = 20
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
RESIGNED = "Resignation"


@dataclass(frozen=True)
class Lost:
    """What a spell cost in a quarter, in days of full-time work, and the post it was from."""

    spell: Row
    post: Row
    fte_days: float


def held(positions: Rows, first: date, last: date, *, schools: bool = False) -> Rows:
    """Posts with a holder on any day from first to last."""
    return [
        post
        for post in positions
        if text(post, "person_ref")
        and (schools or post["location_type"] != "School")
        and _day(post, "position_start") <= last
        and _day(post, "position_end", date.max) >= first
    ]


def _day(row: Row, column: str, otherwise: date = date.min) -> date:
    value = row.get(column)
    return value if isinstance(value, date) else otherwise


def fte_on(posts: Rows, day: date) -> float:
    """Full-time equivalents of posts held on a day."""
    return sum(number(post, "fte") for post in held(posts, day, day, schools=True)) / 100


def average_fte(posts: Rows, quarter: Quarter) -> float:
    """Those of the quarter's first day and of its last, halved."""
    return (fte_on(posts, quarter.first_day) + fte_on(posts, quarter.last_day)) / 2


def lost_in(spells: Rows, posts: Rows, quarter: Quarter) -> list[Lost]:
    """Each spell beside its post, with the days of the quarter that it cost, day by day."""
    by_holder = defaultdict(list)
    for post in posts:
        by_holder[post["person_ref"], post["position_ref"]].append(post)
    found = [
        Lost(spell, post, _fte_days(spell, post, quarter))
        for spell in spells
        for post in by_holder[spell["person_ref"], spell["position_ref"]]
    ]
    return [each for each in found if each.fte_days]


def _fte_days(spell: Row, post: Row, quarter: Quarter) -> float:
    """Days of full-time work: a week off is five times the FTE, whatever days are worked."""
    worked = DAYS_OF_PATTERN.get(text(post, "working_pattern"), MONDAY_TO_FRIDAY)
    begin, end = _day(spell, "absence_start"), _day(spell, "absence_end", date.max)
    first = max(begin, quarter.first_day, _day(post, "position_start"))
    last = min(end, quarter.last_day, _day(post, "position_end", date.max))
    halves = 0
    for day in _days(first, last):
        if day.weekday() in worked and _not_a_holiday(day):
            halves += 2
            halves -= day == begin and spell["start_part_day"] == "PM"
            halves -= day == end and spell["end_part_day"] == "AM"
    return halves / 2 * number(post, "fte") / 100 * 5 / len(worked)


def _not_a_holiday(day: date) -> bool:
    """Whether a day is no bank holiday; a weekend's day is none."""
    return is_working_day(day) or day.weekday() > 4


def _days(first: date, last: date) -> Iterator[date]:
    for more in range((last - first).days + 1):
        yield first + timedelta(days=more)


def sickness(spells: Rows, positions: Rows, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    """KW01 and, with schools, KW02: days lost per average FTE; by directorate, and by team."""
    for indicator, schools in (("KW01", False), ("KW02", True)):
        posts = held(positions, quarter.first_day, quarter.last_day, schools=schools)
        lost = lost_in(spells, posts, quarter)
        for cut, own in (*whole_and_parts(posts, "directorate"),
                         *parts(posts, "directorate", "team")):  # fmt: skip
            yield named(indicator, **cut), _per_fte(_of(lost, cut), average_fte(own, quarter))


def _of(lost: Iterable[Lost], cut: Mapping[str, str]) -> list[Lost]:
    return [one for one in lost if _is_of(one.post, cut)]


def _sum(lost: Iterable[Lost]) -> float:
    return sum(one.fte_days for one in lost)


def _per_fte(lost: Iterable[Lost], fte: float) -> Figure:
    days = _sum(lost)
    return Figure(days / fte if fte else None, days, fte)


def long_term_and_reasons(
    spells: Rows, positions: Rows, quarter: Quarter
) -> Iterator[tuple[str, Figure]]:
    """KW04: days of spells of more than twenty working days; KW05: days by reason."""
    posts = held(positions, quarter.first_day, quarter.last_day)
    lost = lost_in(spells, posts, quarter)
    for cut in ({}, *({"directorate": name} for name in sorted({_directorate(x) for x in lost}))):
        own = _of(lost, cut)
        long = [one for one in own if _length(one, quarter) > LONG_TERM_DAYS]
        yield named("KW04", **cut), per_cent(_sum(long), _sum(own))
    stated = [one for one in lost if one.spell["reason"] not in (None, NOT_STATED)]
    yield "KW05", per_cent(_sum(stated), _sum(lost))
    yield named("KW05", measure="not_stated"), per_cent(_sum(lost) - _sum(stated), _sum(lost))
    for reason in sorted({text(one.spell, "reason") for one in stated}):
        own = [one for one in stated if one.spell["reason"] == reason]
        yield named("KW05", reason=reason), per_cent(_sum(own), _sum(stated))


def _directorate(one: Lost) -> str:
    return text(one.post, "directorate")


def _length(one: Lost, quarter: Quarter) -> int:
    """Working days, Monday to Friday, of a whole spell as far as the quarter's last day."""
    last = min(_day(one.spell, "absence_end", date.max), quarter.last_day,
               _day(one.post, "position_end", date.max))  # fmt: skip
    return sum(map(is_working_day, _days(_day(one.spell, "absence_start"), last)))


def posts_and_people(positions: Rows, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    """KW08: vacant of established FTE; KW11: people and FTE; all on the last day, no schools."""
    day = quarter.last_day
    listed = [
        post
        for post in positions
        if post["location_type"] != "School"
        and _day(post, "position_start") <= day <= _day(post, "position_end", date.max)
    ]
    for cut, own in whole_and_parts(listed, "directorate"):
        vacant = [post for post in own if not text(post, "person_ref")]
        yield named("KW08", **cut), per_cent(_fte(vacant), _fte(own))
    filled = [post for post in listed if text(post, "person_ref")]
    for cut, own in whole_and_parts(filled, "directorate"):
        yield named("KW11", measure="fte", **cut), Figure(_fte(own), _fte(own))
    for cut, own in whole_and_parts(main_posts(filled), "directorate"):
        yield named("KW11", measure="headcount", **cut), Figure(len(own), len(own))


def _fte(posts: Rows) -> float:
    return sum(number(post, "fte") for post in posts) / 100


def main_posts(posts: Rows) -> Rows:
    """One post a person: that of most FTE, and of those the first by its reference."""
    best: dict[str, Row] = {}
    for post in sorted(posts, key=lambda p: (-number(p, "fte"), text(p, "position_ref"))):
        best.setdefault(text(post, "person_ref"), post)
    return list(best.values())


@dataclass(frozen=True)
class Year:
    """Four quarters' lists of positions and, where they came, of absence."""

    quarters: Sequence[Quarter]
    positions: Sequence[Rows]
    spells: Sequence[Rows] = ()


def over_the_year(year: Year) -> Iterator[tuple[str, Figure]]:
    """KW03: the days of four quarters, each by its own lists, over the mean of their FTE."""
    posts = [held(p, q.first_day, q.last_day)
             for q, p in zip(year.quarters, year.positions, strict=True)]  # fmt: skip
    lost = [lost_in(*each) for each in zip(year.spells, posts, year.quarters, strict=True)]
    names = sorted({text(post, "directorate") for each in posts for post in each})
    for cut in ({}, *({"directorate": name} for name in names)):
        own = [one for each in lost for one in _of(each, cut)]
        yield named("KW03", **cut), _per_fte(own, _mean_fte(year, posts, cut))
    for quarter, each in zip(year.quarters, lost, strict=True):
        part = _per_fte(each, _mean_fte(year, posts, {}))
        yield named("KW03", financial_quarter=str(quarter)), part


def _mean_fte(year: Year, posts: Sequence[Rows], cut: Mapping[str, str]) -> float:
    each = [
        average_fte([post for post in own if _is_of(post, cut)], quarter)
        for quarter, own in zip(year.quarters, posts, strict=True)
    ]
    return sum(each) / len(each)


def turnover(year: Year) -> Iterator[tuple[str, Figure]]:
    """KW06 and KW07: who left in twelve months, and who of them resigned, of the average people.

    Casual workers are outside. A leaver holds no post, in a school neither, on the day after.
    """
    paid = [[p for p in own if number(p, "fte")] for own in year.positions]
    gone = _leavers(year, paid)
    people = _headcounts(year, paid)
    reasons = {text(post, "leaving_reason") for post in gone}
    for cut in ({}, *({"directorate": name} for name in sorted(set(people) - {""}))):
        own = [post for post in gone if _is_of(post, cut)]
        average = people[cut.get("directorate", "")] / (2 * len(year.quarters))
        yield named("KW06", **cut), per_cent(len(own), average)
        if reasons - {""}:
            resigned = [post for post in own if post["leaving_reason"] == RESIGNED]
            yield named("KW07", **cut), per_cent(len(resigned), average)


def _headcounts(year: Year, paid: Sequence[Rows]) -> dict[str, int]:
    """People on the first and last day of each quarter, summed; by directorate, "" for all."""
    found: dict[str, int] = defaultdict(int)
    for quarter, own in zip(year.quarters, paid, strict=True):
        for day in (quarter.first_day, quarter.last_day):
            for post in main_posts(held(own, day, day)):
                found[""] += 1
                found[text(post, "directorate")] += 1
    return found


def _leavers(year: Year, paid: Sequence[Rows]) -> Rows:
    """The last post of each person who was there and is not on the day after the twelve months."""
    after = year.quarters[-1].last_day + timedelta(days=1)
    still = {text(p, "person_ref") for p in held(year.positions[-1], after, after, schools=True)}
    last: dict[str, Row] = {}
    for quarter, own in zip(year.quarters, paid, strict=True):
        for post in main_posts(held(own, quarter.first_day, quarter.last_day)):
            last[text(post, "person_ref")] = post
    return [post for person, post in last.items() if person not in still]


def referrals(listed: Rows, positions: Rows, quarter: Quarter) -> Iterator[tuple[str, Figure]]:
    """KW22: referrals made in the quarter for each hundred of average FTE, schools in neither."""
    everyone = held(positions, quarter.first_day, quarter.last_day, schools=True)
    posts = held(positions, quarter.first_day, quarter.last_day)
    own = {text(post, "person_ref") for post in posts}
    of_schools = {text(post, "person_ref") for post in everyone} - own
    made = [
        row
        for row in listed
        if quarter.first_day <= _day(row, "referral_date") <= quarter.last_day
        and text(row, "person_ref") not in of_schools
    ]
    names = {text(row, "directorate") for row in (*made, *posts)} - {""}
    for cut in ({}, *({"directorate": name} for name in sorted(names))):
        referred_n = sum(1 for row in made if _is_of(row, cut))
        fte = average_fte([post for post in posts if _is_of(post, cut)], quarter)
        yield named("KW22", **cut), per_cent(referred_n, fte)


def _is_of(row: Row, cut: Mapping[str, str]) -> bool:
    return all(row[name] == label for name, label in cut.items())


def figures(
    returns: Mapping[str, Rows], quarter: Quarter, before: Sequence[Mapping[str, Rows]]
) -> Figures:
    """Every figure that these returns and those of the three quarters `before` allow."""
    spells, positions = returns.get("absence_spells"), returns.get("hr_positions")
    referred = returns.get("occupational_health_referrals")
    found: list[Iterator[tuple[str, Figure]]] = []
    if positions:
        found.append(posts_and_people(positions, quarter))
        found += [referrals(referred, positions, quarter)] if referred else []
    if positions and spells:
        found.append(sickness(spells, positions, quarter))
        found.append(long_term_and_reasons(spells, positions, quarter))
    four = [*before, returns]
    if len(four) == 4 and all(each.get("hr_positions") for each in four):
        quarters = [quarter.previous().previous().previous()]
        while len(quarters) < 4:
            quarters.append(quarters[-1].next())
        year = Year(quarters, [each["hr_positions"] for each in four])
        found.append(turnover(year))
        if all(each.get("absence_spells") for each in four):
            spells_of = [each["absence_spells"] for each in four]
            found.append(over_the_year(Year(quarters, year.positions, spells_of)))
    return dict(pair for each in found for pair in each)
