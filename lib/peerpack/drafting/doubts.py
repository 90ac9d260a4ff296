"""What the tool could not know, in sentences for the person who will use the draft.

A sentence names headings and rows, and never a value: any value may be about a person.
"""

from collections.abc import Iterator, Mapping, Sequence

from peerpack.catalogue.models import Dataset
from peerpack.drafting.contract import candidate_keys, dates_in_one_period
from peerpack.drafting.kinds import Guess
from peerpack.drafting.profile import Profile
from peerpack.drafting.tables import Table
from peerpack.sources import Reading
from peerpack.sources.rows import is_blank
from peerpack.vocab import ROWS_PER_FILE

MOST_NAMED = 6


def doubts(
    contract: Dataset, reading: Reading, table: Table, profile: Profile, guesses: Sequence[Guess]
) -> Iterator[str]:
    """What to look at before the draft is used: keys, totals, kinds, words, people, time."""
    headings = {column.name: column.synonyms[0] for column in contract.columns}
    yield from table.left_out
    yield from _of_keys(contract, reading, headings)
    yield from _of_totals(contract, reading, profile, headings)
    yield from _of_rows(reading, table)
    yield from _of_kinds(profile.headings, guesses)
    yield from _of_labels(contract)
    yield from _of_people(contract)
    yield from _of_time(contract, reading, headings)


def _named(headings: Sequence[str]) -> str:
    told = ", ".join(headings[:MOST_NAMED])
    more = len(headings) - MOST_NAMED
    return f"{told} and {more} more" if more > 0 else told


def _of_keys(contract: Dataset, reading: Reading, headings: Mapping[str, str]) -> Iterator[str]:
    keys = list(candidate_keys(contract, reading.frame))
    told = [" and ".join(headings[name] for name in each) for each in keys]
    if not told:
        yield "No three columns or fewer tell the rows apart: a row given twice is not noticed."
        return
    yield f"No two rows of the sample share their {told[0]}, so none may: is that the rule?"
    if told[1:]:
        yield f"These would tell them apart as well: {'; '.join(told[1:4])}."


def _of_totals(
    contract: Dataset, reading: Reading, profile: Profile, headings: Mapping[str, str]
) -> Iterator[str]:
    if contract.totals:
        where = headings[contract.totals.code_column]
        yield f"A row that says total and has no {where} is set aside and set against its detail."
    if profile.unplaced:
        yield (
            f"Rows that say total (such as row {profile.unplaced[0]}) are read as data, for no "
            "column is blank in them alone. If they are totals they count twice: take them out "
            "of the export."
        )
    off = sum(not each.within_tolerance for each in reading.reconciliations)
    if off:
        yield f"{off} printed totals differ from the sum of their detail: see `peerpack check`."


def _of_rows(reading: Reading, table: Table) -> Iterator[str]:
    rows = sorted({each.row for each in reading.quarantined})
    if rows:
        yield f"{len(rows)} rows, from row {rows[0]} on, could not be read: see `peerpack check`."
    if len(reading.files) > 1:
        yield f"{len(reading.files)} tables of the file have these headings and are read as one."
    yield from (f"{each.column}: {each.words}" for each in reading.noticed)
    admitted = {int(row) % ROWS_PER_FILE for row in reading.frame.source_row}
    notes = [line for line in _notes(table) if line in admitted]
    if notes:
        yield f"Row {notes[0]} has one cell and is read as data: if it is a note, take it out."


def _notes(table: Table) -> Iterator[int]:
    """Lines of rows with one cell alone, in a table of three columns or more."""
    for line, row in zip(table.grid.lines, table.grid.rows, strict=True):
        if len(table.headings) > 2 and sum(not is_blank([cell]) for cell in row) == 1:
            yield line


def _of_kinds(headings: Sequence[str], guesses: Sequence[Guess]) -> Iterator[str]:
    """Each doubt about a kind once, with the headings it is about."""
    about: dict[str, list[str]] = {}
    for heading, found in zip(headings, guesses, strict=True):
        for doubt in found.doubts:
            about.setdefault(doubt, []).append(heading)
    for doubt, those in about.items():
        yield f"{doubt}: {_named(those)}."


def _of_labels(contract: Dataset) -> Iterator[str]:
    filled = [column.synonyms[0] for column in contract.columns if column.fill_down]
    if filled:
        yield f"Blank below each of its words, which are carried down: {_named(filled)}."
    allowed = [column.synonyms[0] for column in contract.columns if column.allowed]
    if allowed:
        yield f"The sample's words are the ones expected; are there others? {_named(allowed)}."


def _of_people(contract: Dataset) -> Iterator[str]:
    if not contract.personal:
        yield "No sign of personal data was seen. If a row is about a person, say `personal: true`."
        return
    marked = [column.synonyms[0] for column in contract.columns if column.personal]
    yield (
        f"Marked as personal: {_named(marked)}. Files of the dataset are kept out of git, and no "
        "word of the sample stands in contract or suite. Only counts? Say `personal: false`."
    )
    if not contract.base_of:
        yield "Say whose number a base is: `base_of: staff` or `base_of: survey`."


def _of_time(contract: Dataset, reading: Reading, headings: Mapping[str, str]) -> Iterator[str]:
    dates = _named([headings[name] for name in dates_in_one_period(contract, reading.frame)])
    if contract.dated_by:
        yield f"{headings[contract.dated_by]} places a row in the period."
    elif dates and contract.covers == "snapshot":
        yield f"Read as a snapshot, but dated in one quarter: {dates}. Draft with --covers quarter?"
    elif dates and contract.covers != "latest":
        yield f"Each could place a row in the period; name one in `dated_by`: {dates}."
