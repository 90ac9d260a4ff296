"""Every way the workbook stops, one exit code each.

PeerpackError
├── UsageError            2   a word on the command line or a parameter that cannot be meant
├── NotFound             10   a council, quarter, pack or evidence that is not there
├── ReturnRefused        11   a return that cannot be read, or is not what it says
├── StaleCorrection      12   a correction or reference that no longer fits its data
├── GateCannotJudge      20   a suite or a frame that the gate cannot judge
├── GateStopped          21   a dataset judged, and failed
├── CellFailed           30   a cell of a notebook failed, or its kernel did
├── NotebookIncomplete   31   a notebook that ended before its `record` cell
├── RecordRefused        31   evidence without comparator, rows or basis; disclosure that would leak
├── PackTampered         40   a pack whose bytes are not those of its sums
├── NotReproducible      41   a rebuild that differs
├── ReviewRefused        50   a step the review does not allow
├── StatementRefused     60   a position statement with unevidenced numbers
└── OurFault             70   a fault of ours

A message says what, where, what was expected, what was found, and what to do next.
"""


class PeerpackError(Exception):
    """A stop with a reason a person can act on."""

    exit_code = 70


class UsageError(PeerpackError):
    """A word on the command line, or a parameter, that cannot be meant."""

    exit_code = 2


class NotFound(PeerpackError):
    """A council, quarter, pack or evidence that no data root or pack holds."""

    exit_code = 10


class ReturnRefused(PeerpackError):
    """A return that cannot be read, or is not the dataset it was assigned to."""

    exit_code = 11


class StaleCorrection(PeerpackError):
    """A correction or reference entry that no longer fits the data it speaks of."""

    exit_code = 12


class GateCannotJudge(PeerpackError):
    """A suite that declares what cannot be understood, or a frame it does not fit."""

    exit_code = 20


class GateStopped(PeerpackError):
    """A dataset that was judged and failed a check whose severity is `stop`."""

    exit_code = 21


class CellFailed(PeerpackError):
    """A notebook cell that raised, ran out of time, or lost its kernel."""

    exit_code = 30


class NotebookIncomplete(PeerpackError):
    """A notebook that ended without its `record` cell having published its records."""

    exit_code = 31


class RecordRefused(PeerpackError):
    """A record without the rows, comparator or basis it must carry, or one that would disclose."""

    exit_code = 31


class PackTampered(PeerpackError):
    """A pack with a file changed, added or missing since it was published."""

    exit_code = 40


class NotReproducible(PeerpackError):
    """A rebuild whose bytes differ from the pack's."""

    exit_code = 41


class ReviewRefused(PeerpackError):
    """A step that the review of a pack does not allow from its present state."""

    exit_code = 50


class StatementRefused(PeerpackError):
    """A position statement with a reference, number or claim that its evidence does not hold."""

    exit_code = 60


class OurFault(PeerpackError):
    """A fault of the workbook itself, not of its data or its user."""

    exit_code = 70
