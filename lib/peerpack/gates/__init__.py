"""Gates: a frame and its suite in, a verdict out. The only importer of Great Expectations.

Importing this package does not load Great Expectations; the first `judge` does.
"""

from peerpack.gates.lint import lint
from peerpack.gates.load import suite_path
from peerpack.gates.verdicts import judge, judge_file

__all__ = ["judge", "judge_file", "lint", "suite_path"]
