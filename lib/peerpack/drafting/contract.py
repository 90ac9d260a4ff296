"""A contract that a sample keeps: guessed from its cells, then read by it until nothing changes."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from peerpack.catalogue.models import Column, Covers, Dataset, Totals
from peerpack.drafting.kinds import PERIODS, Guess
from peerpack.drafting.names import column_name, listed, words_of
from peerpack.drafting.people import a_value_is_personal, are_staff, heading_is_personal
from peerpack.drafting.profile import HALF, Profile
from peerpack.errors import OurFault, ReturnRefused
from peerpack.sources import Reading, read
from peerpack.sources.header import heading_key
from peerpack.sources.rows import is_blank
from peerpack.sources.tabular import Cell
from peerpack.vocab import Quarter

TO_DESCRIBE = "To be described by its owner."
TO_NAME = "To be named"
MOST_ALLOWED = 10
ALLOWED_SEEN_TIMES = 5
NAMING = listed("name supplier beneficiary payee merchant provider vendor customer")
WIDEST_KEY = 3
MOST_CANDIDATES = 14
KEY_KINDS = ("code", "date", "label", "text")
FEWEST_HEADINGS = 2


def first_contract(
    profile: Profile, guesses: Sequence[Guess], name: str, covers: Covers
) -> Dataset:
    """The contract as the cells suggest it, every heading needed."""
    columns = _columns(profile, guesses)
    personal = any(column.personal for column in columns)
    return Dataset(
        dataset=name,
        title=name.replace("_", " ").capitalize(),
        description=TO_DESCRIBE,
        grain=TO_DESCRIBE,
        covers=covers,
        personal=personal,
        base_of="staff" if personal and are_staff(map(words_of, profile.headings)) else "",
        owner=TO_NAME,
        columns=tuple(columns),
        totals=_totals(profile, columns),
    )


def every_heading_needed(contract: Dataset) -> Dataset:
    """The contract with every one of its headings needed, so that few other tables fit it."""
    columns = [column.model_copy(update={"required": True}) for column in contract.columns]
    return contract.model_copy(update={"columns": tuple(columns)})


def settled(sample: Path, start: Dataset) -> tuple[Dataset, Reading]:
    """The contract once reading by it shows nothing that it does not say, and that reading.

    A heading is needed where no row lacks its value. A contract that so finds other tables or
    other headers than at first, or needs fewer than two headings, needs them all.
    """
    contract, first, all_needed = every_heading_needed(start), None, False
    for _ in range(len(start.columns) + 3):
        reading = read([sample], contract)
        _refuse_empty(sample, reading)
        first = first or _headers(reading)
        seen = observed(contract, reading.frame)
        needed_n = sum(column.required for column in seen.columns)
        all_needed |= _headers(reading) != first or needed_n < FEWEST_HEADINGS
        seen = every_heading_needed(seen) if all_needed else seen
        if seen == contract:
            return contract, reading
        contract = seen
    raise OurFault(f"{sample.name}: no contract was found that its own reading keeps.")


def _headers(reading: Reading) -> list[tuple[str, str, tuple[int, ...]]]:
    """Where the headers stand: file, sheet and lines."""
    return [(a.file, a.sheet, a.lines) for a in reading.set_aside if a.reason == "header"]


def _refuse_empty(sample: Path, reading: Reading) -> None:
    if reading.frame.empty:
        raise ReturnRefused(
            f"{sample.name}: expected rows under the header, found {len(reading.quarantined)} "
            "cells that cannot be read and no row that can. Take a sample with rows in it."
        )


def observed(contract: Dataset, frame: pd.DataFrame) -> Dataset:
    """The contract with what the frame shows: values always given, few words, keys, dates."""
    keys = next(iter(candidate_keys(contract, frame)), ())
    headings = [contract.column(name).synonyms[0] for name in keys]
    return contract.model_copy(
        update={
            "columns": tuple(_observed(c, frame[c.name], contract) for c in contract.columns),
            "keys": keys,
            "grain": f"one row per {' and '.join(headings)}" if keys else TO_DESCRIBE,
            "dated_by": _dated_by(contract, frame),
        }
    )


def _observed(column: Column, values: pd.Series, contract: Dataset) -> Column:
    given = not values.isna().any()
    silent = contract.personal or column.kind != "label" or _names_somebody(column)
    allowed = () if silent else _few_words(values)
    return column.model_copy(update={"required": given, "nullable": not given, "allowed": allowed})


def _names_somebody(column: Column) -> bool:
    """Whether a label's heading says that its words are names, or times: there will be others."""
    return bool((NAMING | PERIODS) & set(words_of(column.synonyms[0])))


def _few_words(values: pd.Series) -> tuple[str, ...]:
    """The words of a label that has few, without figures, each seen several times."""
    words = sorted(map(str, values.dropna().unique()))
    few = 2 <= len(words) <= MOST_ALLOWED and values.count() >= ALLOWED_SEEN_TIMES * len(words)
    figures = any(character.isdigit() for word in words for character in word)
    alike = len({word.casefold() for word in words}) < len(words)
    return tuple(words) if few and not figures and not alike else ()


def candidate_keys(contract: Dataset, frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """The smallest sets of columns, never blank, that no two rows share; the likeliest first."""
    given = [c for c in contract.columns if c.kind in KEY_KINDS and not frame[c.name].isna().any()]
    ranked = sorted(given, key=lambda column: KEY_KINDS.index(column.kind))[:MOST_CANDIDATES]
    names = [column.name for column in ranked] if len(frame) > 1 else []
    # Numbers for values: comparing words again for every set would take seconds.
    numbered = pd.DataFrame({name: frame[name].factorize()[0] for name in names})
    for width in range(1, WIDEST_KEY + 1):
        sets = itertools.combinations(names, width)
        found = [each for each in sets if not numbered.duplicated(list(each)).any()]
        if found:
            yield from found
            return


def _dated_by(contract: Dataset, frame: pd.DataFrame) -> str:
    """The one date that places every row in the period, where the contract has a period."""
    if contract.covers not in ("quarter", "year_to_date"):
        return ""
    found = dates_in_one_period(contract, frame)
    return found[0] if len(found) == 1 else ""


def dates_in_one_period(contract: Dataset, frame: pd.DataFrame) -> list[str]:
    """The date columns, never blank, that lie in one quarter, or of a year to date in one year."""
    dates = [column.name for column in contract.columns if column.kind == "date"]
    return [name for name in dates if _is_in_one_period(frame[name], contract.covers)]


def _is_in_one_period(days: pd.Series, covers: Covers) -> bool:
    if days.isna().any():
        return False
    quarters = {Quarter.of(day) for day in days.unique()}
    return len({q.financial_year if covers == "year_to_date" else q for q in quarters}) == 1


def _columns(profile: Profile, guesses: Sequence[Guess]) -> list[Column]:
    taken = {"source_row"}
    headed = {heading_key(heading) for heading in profile.headings}
    columns, leading = [], True
    for heading, cells, found in zip(profile.headings, profile.columns, guesses, strict=True):
        personal = heading_is_personal(words_of(heading)) or a_value_is_personal(cells)
        leading = leading and not personal and _printed_once(cells)
        column = _column(heading, found, taken, headed - {heading_key(heading)}, leading)
        columns.append(column.model_copy(update={"personal": personal}))
    return columns


def _column(heading: str, found: Guess, taken: set[str], others: set[str], leading: bool) -> Column:
    """The column of a heading; its name, and that of its marks, is no other's."""
    kind = "label" if leading else found.kind
    names = _numbered(column_name(heading, kind, found.unit))
    name = next(n for n in names if not _held(n, found) & taken and heading_key(n) not in others)
    taken |= _held(name, found)
    return Column(
        name=name,
        kind=kind,
        description=TO_DESCRIBE,
        unit=found.unit,
        synonyms=(heading,),
        fill_down=leading,
    ).model_copy(update=found.flags)


def _held(name: str, found: Guess) -> set[str]:
    return {name, f"{name}_status"} if found.flags.get("statuses") else {name}


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in itertools.count(2))


def _printed_once(cells: Sequence[Cell]) -> bool:
    """Whether a column of words is printed on the first row of each group alone."""
    filled = [str(cell).strip() for cell in cells if not is_blank([cell])]
    once = len(set(filled)) == len(filled) and len(filled) > 1
    words = not any(character.isdigit() for label in filled for character in label)
    return once and words and not is_blank(cells[:1]) and len(filled) <= HALF * len(cells)


def _totals(profile: Profile, columns: Sequence[Column]) -> Totals | None:
    if profile.code is None:
        return None
    return Totals(
        label_columns=tuple(columns[place].name for place in profile.labels()),
        group_columns=tuple(columns[place].name for place in profile.groups()),
        code_column=columns[profile.code].name,
    )
