"""How is a figure cited? In one line that finds it again and says which bytes it stood in."""

from peerpack.words.numbers import quarter_in_full


def citation(evidence_id: str, council: str, quarter: str, sha256: str, *, invented: bool) -> str:
    """`KF01, Liverpool City Council, April to June 2024 (2024-25-Q1), evidence.csv sha256 53…`."""
    whose = f"{council} (invented)" if invented else council
    of = f"{evidence_id}, {whose}, {quarter_in_full(quarter)} ({quarter})"
    return f"{of}, evidence.csv sha256 {sha256}" if sha256 else of
