"""True sentences and tables, drawn at random: whatever an audit accuses in them is innocent.

Each function draws one true statement in one of its usual wordings. Measured things are drawn
unrounded and printed rounded, as a report prints them, so that only the rounding of what is printed
may explain what does not agree to the last digit.
"""

from collections.abc import Callable
from random import Random

Kind = Callable[[Random], str]

THINGS = (
    "complaints",
    "cases",
    "staff",
    "schools",
    "households",
    "requests",
    "invoices",
    "reviews",
)
DONE = ("closed on time", "upheld", "withdrawn", "referred on", "new", "resolved")
PLACES = ("in Place", "in Adults", "in Children", "in Housing", "in Finance", "in Schools")
UNITS = ("days", "kg", "tonnes", "minutes", "weeks", "kg per person", "days per FTE")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


def percent(draw: Random, share: float) -> str:
    """A share as per cent, to none, one or two decimals."""
    return f"{100 * share:.{draw.choice((0, 0, 1, 1, 2))}f}"


def share_of_count(draw: Random) -> str:
    whole = draw.choice((draw.randint(7, 60), draw.randint(60, 999), draw.randint(1000, 90000)))
    part, thing, done = draw.randint(0, whole), draw.choice(THINGS), draw.choice(DONE)
    said = percent(draw, part / whole) + draw.choice(("%", " per cent"))
    return draw.choice((
        f"Of {whole:,} {thing}, {part:,} ({said}) were {done}.",
        f"Of the {whole:,} {thing} received, {said} were {done}.",
        f"{part:,} of the {whole:,} {thing} ({said}) were {done}.",
        f"In all {part:,} out of {whole:,} {thing}, or {said}, were {done}.",
        f"We had {whole:,} {thing} and {said} of them were {done}.",
        f"There were {whole:,} {thing}, of which {part:,} ({said}) were {done}.",
    ))  # fmt: skip


def share_of_share(draw: Random) -> str:
    whole = draw.randint(20, 400)
    part = draw.randint(5, whole - 5)
    within = draw.randint(1, part)
    of_part, of_whole = f"{100 * within / part:.0f}%", f"{100 * part / whole:.0f}%"
    return draw.choice((
        f"Of {whole} cases {part} were closed, and {of_part} of these were upheld.",
        f"{whole} people applied and {part} were seen, of whom {within} ({of_part}) were taken on.",
        f"There were {whole} referrals. {part} were accepted; {of_part} of those were seen soon.",
        f"Of the {whole} replies {part} ({of_whole}) were complete, and of the complete ones "
        f"{within} ({of_part}) were positive.",
    ))  # fmt: skip


def change_of_count(draw: Random) -> str:
    before, thing = draw.randint(20, 9000), draw.choice(THINGS)
    after = int(before * draw.uniform(0.5, 1.8)) + 1
    moved = percent(draw, abs(after / before - 1))
    rose, more, up = words_of_change(before, after)
    return draw.choice((
        f"The number of {thing} {rose} from {before:,} to {after:,}, {more} of {moved}%.",
        f"There were {after:,} {thing}, {up} {moved}% from {before:,}.",
        f"{after:,} {thing} were received compared to {before:,} last year, "
        f"{more} of {abs(after - before):,} ({moved}%).",
    ))  # fmt: skip


def change_of_measure(draw: Random) -> str:
    before, unit, places = draw.uniform(3, 900), draw.choice(UNITS), draw.choice((0, 1))
    after = before * draw.uniform(0.6, 1.5)
    moved = percent(draw, abs(after / before - 1))
    rose, more, up = words_of_change(before, after)
    then, now = f"{before:.{places}f} {unit}", f"{after:.{places}f} {unit}"
    return draw.choice((
        f"The average {rose} from {then} to {now}, {more} of {moved}%.",
        f"The figure was {now}, {up} from {then} a year before, {more} of {moved} per cent.",
    ))  # fmt: skip


def change_of_money(draw: Random) -> str:
    before, places, m = (
        draw.uniform(1, 400),
        draw.choice((0, 1, 2, 3)),
        draw.choice(("m", " million")),
    )
    after = before * draw.uniform(0.7, 1.4)
    moved = percent(draw, abs(after / before - 1))
    rose, more, up = words_of_change(before, after)
    then, now = f"£{before:.{places}f}{m}", f"£{after:.{places}f}{m}"
    apart = f"£{abs(after - before):.{places}f}{m}"
    return draw.choice((
        f"Spending {rose} from {then} to {now}, {more} of {moved}%.",
        f"Income {rose} by {apart} from {then} to {now}.",
        f"Reserves stand at {now} compared to {then} a year ago, {up} {moved} per cent.",
    ))  # fmt: skip


def change_in_points(draw: Random) -> str:
    before, places = draw.uniform(10, 80), draw.choice((0, 1, 2))
    after = before + draw.uniform(-9, 9)
    rose, more, up = words_of_change(before, after)
    then, now, apart = (f"{each:.{places}f}" for each in (before, after, abs(after - before)))
    return draw.choice((
        f"The rate {rose} from {then}% to {now}%, {more} of {apart} percentage points.",
        f"{now}% of staff agreed, {up} {apart} points from {then}% in 2022.",
    ))  # fmt: skip


def words_of_change(before: float, after: float) -> tuple[str, str, str]:
    return ("rose", "an increase", "up") if after > before else ("fell", "a reduction", "down")


def two_changes(draw: Random) -> str:
    one, two, three, four = (draw.randint(10, 900) for _ in range(4))
    by, low, high = draw.randint(1, 90), draw.randint(2, 9), draw.randint(10, 19)
    return draw.choice((
        f"Calls went from {one} to {two} in March and from {three} to {four} in April.",
        f"The rate went from {low}% to {high}%, and complaints rose by {by}%.",
        f"The share rose from {low}% to {high}%, which is {high - low} percentage points.",
        f"Use fell from {one + two} to {one}, having been up {by}% in the first year.",
    ))  # fmt: skip


def parts_of_whole(draw: Random) -> str:
    counts = [draw.randint(1, 300) for _ in range(draw.randint(2, 5))]
    named = [f"{count} {place}" for count, place in zip(counts, PLACES, strict=False)]
    listed = ", ".join(named[:-1]) + f" and {named[-1]}"
    thing, whole = draw.choice(THINGS), sum(counts)
    more = whole + draw.randint(1, 60)
    return draw.choice((
        f"There were {whole:,} {thing}: {listed}.",
        f"A total of {whole:,} {thing} were made, of which {listed}.",
        f"Of the {more:,} {thing}, the largest groups were {listed}.",
        f"There were {more:,} {thing}, including {listed}.",
    ))  # fmt: skip


def figure_of_another_base(draw: Random) -> str:
    count, share = draw.randint(5, 60), draw.randint(1, 99)
    return draw.choice((
        f"We have {count} libraries, and {share}% of residents use them.",
        f"There were {count} complaints. {share}% of residents are satisfied with the council.",
        f"{count} schools were inspected; {share}% of pupils have free meals.",
        f"The {count} officers answered {share}% of calls in time.",
        f"In {count} wards turnout was above {share}%.",
        f"A team of {count} handles {share}% of all contacts.",
        f"Within {count} days {share}% of invoices had been paid.",
        f"The {count} largest contracts make up {share}% of spending.",
        f"Of {count} councils in the group our rate of {share}% is the third lowest.",
        f"Of those aged {count} and over {share}% live alone.",
        f"{share}% of the £{count}m budget goes on care.",
        f"For {count // 2} of the {count} measures performance is above {share}%.",
    ))  # fmt: skip


def days(draw: Random) -> str:
    year, month, day = draw.randint(2015, 2025), draw.randint(1, 12), draw.randint(1, 28)
    first, then = f"{day} {MONTHS[month - 1]} {year}", f"{draw.randint(1, 28)} May {year + 1}"
    return draw.choice((
        f"The scheme began on {first} and ended on {then}.",
        f"The report of {then} covers the year to {first}.",
        f"It was agreed on {then}, following consultation that closed on {first}.",
        f"The next meeting is on {then}; the last was on {first}.",
        f"It will close on {then}, having opened on {first}.",
        f"Figures as at {then} replace those of {first}.",
        f"He started on {then}; his predecessor left on {first}.",
        f"Data for {year}-{month:02d} to {year + 1}-{draw.randint(1, 12):02d} are provisional.",
        f"The {year}/{(year + 1) % 100:02d} accounts were signed on {then}.",
    ))  # fmt: skip


def table_of_money(draw: Random) -> str:
    budgets = [draw.uniform(1, 90) for _ in range(draw.randint(3, 7))]
    rows = [(budget, budget * draw.uniform(0.8, 1.2)) for budget in budgets]
    rows.append((sum(b for b, _ in rows), sum(o for _, o in rows)))
    places = draw.choice((0, 1, 2, 3))
    lines = [
        f"| {'Total' if n == len(rows) - 1 else f'Service {n}'} | {b:.{places}f} | {o:.{places}f} "
        f"| {o - b:.{places}f} |"
        for n, (b, o) in enumerate(rows)
    ]
    head = ["| Service, £m | Budget | Outturn | Variance |", "|---|---:|---:|---:|"]
    return "\n".join(head + lines)


def table_of_shares(draw: Random) -> str:
    counts = [draw.randint(5, 4000) for _ in range(draw.randint(3, 6))]
    whole, places = sum(counts), draw.choice((0, 1))
    lines = [
        f"| Team {n} | {count:,} | {100 * count / whole:.{places}f}% |"
        for n, count in enumerate(counts)
    ]
    head = ["| Team | Cases | Share |", "|---|---:|---:|"]
    return "\n".join([*head, *lines, f"| Total | {whole:,} | {100:.{places}f}% |"])


KINDS = (
    share_of_count, share_of_share, change_of_count, change_of_measure, change_of_money,
    change_in_points, two_changes, parts_of_whole, figure_of_another_base, days, table_of_money,
    table_of_shares,
)  # fmt: skip


def document(seed: int, of_each: int, kinds: tuple[Kind, ...] = KINDS) -> str:
    """A document of paragraphs, `of_each` of every kind; the same for the same seed."""
    draw = Random(seed)
    return "\n\n".join(kind(draw) for kind in kinds for _ in range(of_each)) + "\n"
