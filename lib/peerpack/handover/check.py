"""What `peerpack check` tells the owners of a quarter's returns."""

from typing import Literal

from pydantic import computed_field

from peerpack.handover.receipt import Check, ColumnsChanged, Model, Outcome, Receipt

Result = Literal["pass", "warn", "stop", "refused"]
RESULTS: tuple[Result, ...] = ("refused", "stop", "warn", "pass")


class FileLeft(Model):
    """A file of the folder that is no return, and why; `exit_code` where it is refused."""

    name: str
    why: str
    exit_code: int = 0


class Since(Model):
    """A return beside the one of the quarter before: what is new, gone, mended.

    `refused`: why there is no comparison; the rest is then empty. `uncorrected`: the written
    corrections do not fit that quarter's return, and were left out of it. `checks` are ours about
    the comparison, all warnings: a pack speaks of its own quarter and does not hold them.
    """

    quarter: str
    refused: str = ""
    uncorrected: bool = False
    rows_admitted: int = 0
    outcome: Outcome = "pass"
    files_new: tuple[str, ...] = ()
    files_gone: tuple[str, ...] = ()
    columns: ColumnsChanged = ColumnsChanged(renamed=(), new=(), gone=(), columns_gone=())
    newly_failing: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


class ReturnChecked(Model):
    """One dataset: its receipt, or why it was refused (`exit_code` says by which kind of stop).

    `holds` says of each column what it holds and in which unit.
    """

    dataset: str
    title: str
    owner: str
    personal: bool
    holds: dict[str, str]
    receipt: Receipt | None = None
    refused: str = ""
    exit_code: int = 0
    since: Since | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def result(self) -> Result:
        """The verdict, a warning about the quarter before counted in; or `refused`."""
        if self.receipt is None:
            return "refused"
        outcome = self.receipt.verdict.outcome
        warned = self.since and any(not check.passed for check in self.since.checks)
        return "warn" if warned and outcome == "pass" else outcome


class QuarterChecked(Model):
    """A council's quarter as it lies on the desk.

    `not_supplied`: datasets of the quarter before that nobody gave this time, by title.
    """

    council: str
    council_name: str
    invented: bool
    quarter: str
    returns: tuple[ReturnChecked, ...]
    not_used: tuple[FileLeft, ...]
    not_supplied: tuple[str, ...] = ()
    quarter_before: str = ""

    @property
    def worst_first(self) -> tuple[ReturnChecked, ...]:
        """The returns, those that need their owner first, by title among equals."""
        return tuple(sorted(self.returns, key=lambda r: (RESULTS.index(r.result), r.title)))
