"""Read a spreadsheet in a process of its own, which alone suffers what the file does to it.

It imports nothing of the package, starts in some hundredths of a second, and writes JSON: for each
sheet its name, whether it is shown, and its rows; or the words of a refusal. Never a pickle: a file
that took this process over must not reach the one that reads its answer.
Arguments: the folder of the reader's library, the bytes and seconds it may use, the most cells a
sheet may span, and how many rows of each sheet are wanted (0: all).
"""

import io
import json
import sys
from datetime import date, time, timedelta


def main() -> None:
    """Read, and write what was read; leave the rest to whoever started this."""
    library, memory, seconds, most_cells, rows_n = sys.argv[1], *map(int, sys.argv[2:6])
    _limit(memory, seconds)
    sys.path.append(library)
    try:
        answer: object = _sheets(sys.stdin.buffer.read(), most_cells, rows_n or None)
    except Exception as fault:  # what the reader raises differs by kind of file
        answer = str(fault)
    except BaseException as fault:  # a panic of the reader is no Exception
        if type(fault).__name__ != "PanicException":
            raise
        answer = "its reader broke off"
    json.dump(answer, sys.stdout, default=_tagged)


def _tagged(cell: object) -> dict[str, object]:
    """A day, a moment, a time of day or a length of time, with the name of its type."""
    if isinstance(cell, timedelta):
        return {"timedelta": [cell.days, cell.seconds, cell.microseconds]}
    if isinstance(cell, (date, time)):  # a datetime is a date too
        return {type(cell).__name__: cell.isoformat()}
    raise TypeError(f"a cell of the type {type(cell).__name__}")


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is bounded from outside as well
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(content: bytes, most_cells: int, rows_n: int | None) -> list[tuple[str, bool, list]]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = []
    for said in book.sheets_metadata:
        sheet = book.get_sheet_by_name(said.name)
        _refuse_span(sheet, most_cells)
        rows = sheet.to_python(skip_empty_area=False, nrows=rows_n)
        found.append((said.name, said.visible == SheetVisibleEnum.Visible, rows))
    return found


def _refuse_span(sheet: object, most_cells: int) -> None:
    """A cell far out makes a table of millions of blank cells."""
    last_row, last_column = getattr(sheet, "end", None) or (0, 0)
    if (last_row + 1) * (last_column + 1) > most_cells:
        raise ValueError(
            f"the sheet {getattr(sheet, 'name', '')!r} reaches to row {last_row + 1:,} and column "
            f"{last_column + 1:,}, which is more than {most_cells:,} cells; a stray cell far out "
            "does this: delete it"
        )


if __name__ == "__main__":
    main()
