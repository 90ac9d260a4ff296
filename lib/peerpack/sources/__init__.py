"""Raw files to tidy typed frames: one tabular core, driven by each dataset's contract."""

from peerpack.sources.apart import latest_year
from peerpack.sources.assign import Assignment, NotUsed, fits
from peerpack.sources.lines import Lines, read_with_lines
from peerpack.sources.read import Reading, read
from peerpack.sources.typed import no_rows

__all__ = [
    "Assignment", "Lines", "NotUsed", "Reading", "fits", "latest_year", "no_rows", "read",
    "read_with_lines",
]  # fmt: skip
