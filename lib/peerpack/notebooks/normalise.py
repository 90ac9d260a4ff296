"""What stays of an executed notebook, and what of it may be kept for good.

Two runs of one notebook differ in times, in papermill's notes and in the random id of the cell it
injects. `normalise` takes those away; what is left is the same text for the same inputs.
"""

import copy
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from peerpack import spare_iri_grammar
from peerpack.catalogue.places import project_root
from peerpack.errors import NotebookIncomplete, OurFault
from peerpack.handover.records import RECORDS_MIME, Records, fingerprint
from peerpack.notebooks.shape import tags

if TYPE_CHECKING:
    from nbformat import NotebookNode

INJECTED = "injected-parameters"
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
BINARY = ("image/png", "image/jpeg", "application/pdf")

_ADDRESS = re.compile(r"<[^<>\n]* at 0x[0-9a-fA-F]+>")


def normalise(nb: "NotebookNode") -> "NotebookNode":
    """An executed notebook without what differs between two runs of it.

    Refuses outputs that cannot be the same on another machine: an address in memory, a path of
    this machine, anything on standard error.
    """
    kept = _plain(nb)
    for cell in kept.cells:
        for output in cell.get("outputs", []):
            output.pop("transient", None)
            _refuse_fault(cell.get("id", ""), output)
    return kept


def strip(nb: "NotebookNode") -> "NotebookNode":
    """A notebook as it stands in `notebooks/`: no outputs, no counts, no injected cell."""
    kept = _plain(nb)
    kept.cells = [cell for cell in kept.cells if INJECTED not in tags(cell)]
    for cell in kept.cells:
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    return kept


def _plain(nb: "NotebookNode") -> "NotebookNode":
    """A copy with only the metadata that the workbook reads."""
    kept = copy.deepcopy(nb)
    said = kept.metadata
    kept.metadata = type(kept)(kernelspec=type(kept)(KERNELSPEC))
    if "peerpack" in said:
        kept.metadata["peerpack"] = said["peerpack"]
    for cell in kept.cells:
        mine = tags(cell)
        cell["metadata"] = type(kept)(tags=mine) if mine else type(kept)()
        cell["source"] = cell["source"].replace("\r\n", "\n")
        if INJECTED in mine:
            cell["id"] = INJECTED
    return kept


def to_text(nb: "NotebookNode") -> str:
    """The one way a notebook is written: sorted keys, indent 1, LF, a newline at the end."""
    spare_iri_grammar()
    from nbformat import v4

    return str(v4.writes_json(nb)) + "\n"


def _refuse_fault(cell: str, output: "NotebookNode") -> None:
    if output.get("name") == "stderr":
        raise OurFault(
            f"Cell `{cell}` wrote to standard error, which differs from run to run. "
            "Remove what warns; the warning stands in the executed notebook."
        )
    for text in _texts(output):
        for what in _differing(text):
            raise OurFault(
                f"Cell `{cell}` shows {what}, which differs from machine to machine. "
                "Give what it shows a repr of its own."
            )


def _texts(output: "NotebookNode") -> Iterator[str]:
    """Every text of an output; pictures are bytes, and hold any text by chance."""
    yield str(output.get("text", ""))
    yield from output.get("traceback", [])
    for mime, data in output.get("data", {}).items():
        if mime not in BINARY:
            yield data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def _differing(text: str) -> Iterator[str]:
    if _ADDRESS.search(text):
        yield "an address in memory (`<… at 0x…>`)"
    for place in (project_root(), Path.home(), Path(tempfile.gettempdir())):
        # In a container the home may be `/`, which begins every path and gives nothing away.
        if len(place.parts) > 1 and re.search(rf"(?<![\w/.-]){re.escape(str(place))}(?!\w)", text):
            yield "a path of this machine"


def cells_by_fingerprint(nb: "NotebookNode") -> dict[str, str]:
    """The name of each code cell by its fingerprint."""
    names: dict[str, str] = {}
    for cell in nb.cells:
        if cell.cell_type == "code":
            twin = names.setdefault(fingerprint(cell.source), cell["id"])
            if twin != cell["id"]:
                raise OurFault(
                    f"Cells `{twin}` and `{cell['id']}` hold the same text, so a record cannot "
                    "say which of them it came from. Keep one."
                )
    return names


def records(nb: "NotebookNode") -> Records:
    """The records an executed notebook published: once, in its `record` cell."""
    found = [
        (cell["id"], output["data"][RECORDS_MIME])
        for cell in nb.cells
        for output in cell.get("outputs", [])
        if RECORDS_MIME in output.get("data", {})
    ]
    if [cell for cell, _ in found] != ["record"]:
        where = ", ".join(f"`{cell}`" for cell, _ in found) or "no cell"
        raise NotebookIncomplete(
            f"Records were published by {where}; expected once, by `record`. "
            "End the notebook with a cell `record` that holds record.close() and nothing else."
        )
    try:
        return Records.model_validate(found[0][1])
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise OurFault(
            f"The records of cell `record` do not fit: {field}: {first['msg']}."
        ) from None
