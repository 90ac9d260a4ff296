"""A number back to its rows: `peerpack trace`."""

from peerpack.packs.trace.follow import Traced, evidence_id, refuse_incomplete, traces
from peerpack.packs.trace.told import as_json, as_lines, write_csv

__all__ = [
    "Traced", "as_json", "as_lines", "evidence_id", "refuse_incomplete", "traces", "write_csv",
]  # fmt: skip
