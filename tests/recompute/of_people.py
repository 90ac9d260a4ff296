"""Formulas of staff: absence, posts and the national census of social workers, by plain loops."""

from datetime import date, timedelta
from fractions import Fraction

from traced import settings

LONG_TERM_DAYS = 20
NO_REASON = {"", "not stated", "not given", "not known", "not recorded", "not disclosed", "unknown",
             "none", "none given", "no reason", "reason not stated", "-"}  # fmt: skip
FIRST_MONTH = {"Q1": 4, "Q2": 7, "Q3": 10, "Q4": 1}
HALVES = ("AM", "PM")


def ends_of(quarter):
    """The first and the last day of a financial quarter such as 2024-25-Q1."""
    year, name = int(quarter[:4]), quarter[-2:]
    first = date(year + (name == "Q4"), FIRST_MONTH[name], 1)
    after = date(first.year + first.month // 12, (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def holidays():
    return set(settings("bank_holidays.yml")["england"])


def in_post(post, day):
    start, end = post.day("position_start"), post.day("position_end")
    return start <= day and (end is None or end >= day)


def average_fte(posts, quarter):
    ends = ends_of(quarter)
    return sum(post.number("fte") for post in posts for day in ends if in_post(post, day)) / 2


def holder(row):
    return row.words("person_ref"), row.words("position_ref")


def lost_days(spells, posts, quarter):
    """Each spell of each post with the days of full-time work it cost in the quarter.

    A half day at work inside the spell, the quarter and the post counts once, to the spell that
    began first; it is worth half of 5 × FTE ÷ the days a week the post works. Gives tuples of
    spell, post, days.
    """
    by_holder = {}
    for spell in spells:
        by_holder.setdefault(holder(spell), []).append(spell)
    found = []
    for post in posts:
        taken = set()
        for spell in sorted(by_holder.get(holder(post), []), key=_began):
            own = _half_days(spell, post, quarter) - taken
            taken |= own
            if own and post.number("fte"):
                found.append((spell, post, len(own) * _worth(post) / 2))
    return found


def _began(spell):
    return spell.day("absence_start"), spell.label("start_part_day") == "PM", spell.line


def _half_days(spell, post, quarter):
    first, last = ends_of(quarter)
    first = max(first, post.day("position_start"))
    last = min(last, post.day("position_end") or last)
    return {half for half in spelled(spell, first, last) if at_work(post, half[0])}


def spelled(spell, first, last):
    """The half days of a spell from one day to another, at work or not."""
    start, end = spell.day("absence_start"), spell.day("absence_end")
    halves, day = set(), max(first, start)
    while day <= min(last, end or last):
        halves |= {(day, half) for half in HALVES}
        day += timedelta(days=1)
    if spell.label("start_part_day") == "PM":
        halves.discard((start, "AM"))
    if spell.label("end_part_day") == "AM":
        halves.discard((end, "PM"))
    return halves


def at_work(post, day):
    return day.weekday() in days_worked(post) and day not in holidays()


def days_worked(post):
    """The days of the week a post works; Monday to Friday where the return names none.

    Read here: `Mon-Fri`, and one letter a day from Monday such as `MTW--`.
    """
    said = post.words("working_pattern")
    if len(said) in (5, 7) and set(said.upper()) <= set("MTWFS-_"):
        return {at for at, sign in enumerate(said) if sign.isalpha()}
    return set(range(5))


def _worth(post):
    return Fraction(5) * post.number("fte") / len(days_worked(post))


def days_of(lost):
    return sum((days for _, _, days in lost), Fraction(0))


def sickness(traced):
    """KW01, and KW02 with schools: days of full-time work lost per average FTE."""
    posts = traced.of("denominator")
    lost = lost_days(traced.of("numerator"), posts, traced.quarter)
    return days_of(lost) / average_fte(posts, traced.quarter)


def all_lost(traced):
    """The days behind a share of them: the spells of its base, each by the post it is from."""
    return lost_days(traced.of("denominator"), traced.of("weight"), traced.quarter)


def long_term_share(traced):
    """KW04: days of spells longer than 20 working days, Monday to Friday, of all days lost."""
    lost = all_lost(traced)
    long = [each for each in lost if _length(*each[:2], traced.quarter) > LONG_TERM_DAYS]
    return 100 * days_of(long) / days_of(lost)


def _length(spell, post, quarter):
    _, last = ends_of(quarter)
    halves = spelled(spell, spell.day("absence_start"), min(last, post.day("position_end") or last))
    weekdays = [h for h in halves if h[0].weekday() < 5 and h[0] not in holidays()]
    return Fraction(len(weekdays), 2)


def reasons(traced):
    """KW05: days with a reason stated of all days; the measure not_stated is the rest.

    A reason's own share is of the days with one.
    """
    lost = all_lost(traced)
    if reason := traced.cuts.get("reason"):
        own = [each for each in lost if each[0].words("reason") == reason]
        return 100 * days_of(own) / days_of(lost)
    stated = [e for e in lost if e[0].words("reason").casefold() not in NO_REASON]
    share = 100 * days_of(stated) / days_of(lost)
    return 100 - share if traced.cuts.get("measure") == "not_stated" else share


def vacancies(traced):
    """KW08 of all posts: FTE of posts without a holder, of all FTE."""
    if traced.cuts.get("measure"):
        return census_rate(traced)
    posts = traced.of("denominator")
    vacant = [post for post in posts if not post.words("person_ref")]
    return 100 * _fte(vacant) / _fte(posts)


def _fte(posts):
    return sum((post.number("fte") for post in posts), Fraction(0))


def size(traced):
    """KW11: people in post, each once, those of a part rounded; and their FTE."""
    posts = traced.of("numerator")
    if traced.cuts["measure"] == "fte":
        return _fte(posts)
    return traced.rounded(len({post.words("person_ref") for post in posts}))


CENSUS = {
    "KW08": ("vacancies_fte", "in_post_fte", "vacancy_fte_pct"),
    "KW09": ("agency_fte", "in_post_fte", "agency_fte_pct"),
    "turnover": ("leavers_fte", "in_post_fte", "turnover_fte_pct"),
    "cases_per_social_worker": ("cases_n", "case_holders_fte", "cases_per_case_holder"),
}


def census_rate(traced):
    """Rates of children's social workers, from the printed counts; England's as published.

    Vacancies and agency workers are a part of the whole they stand in; leavers and cases are not.
    """
    name = traced.indicator if traced.indicator in CENSUS else traced.cuts["measure"]
    above, below, printed = CENSUS[name]
    numerator, denominator = traced.of("numerator"), traced.of("denominator")
    if traced.cuts.get("area") == "England":
        return numerator[0].number(printed)
    part = sum(row.number(above) for row in numerator)
    whole = sum(row.number(below) for row in denominator)
    whole += part if name in ("KW08", "KW09") else 0
    return (1 if name.startswith("cases") else 100) * part / whole


FORMULAS = {
    "KW01": sickness,
    "KW02": sickness,
    "KW04": long_term_share,
    "KW05": reasons,
    "KW08": vacancies,
    "KW09": census_rate,
    "KW10": census_rate,
    "KW11": size,
}
