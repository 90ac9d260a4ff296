"""The returns of a build, admitted and judged once, and which notebooks may begin as they are."""

from collections.abc import Callable, Iterable, Iterator

from peerpack.errors import GateStopped
from peerpack.handover.pack import Withheld
from peerpack.handover.receipt import Receipt
from peerpack.intake import Desk, admit_supplied
from peerpack.intake.admit import stop_reason
from peerpack.intake.cache import CACHE
from peerpack.intake.door import EARLIER
from peerpack.packs.plan import Plan, Source
from peerpack.packs.reasons import of_dataset
from peerpack.packs.work import Work


def admit(work: Work) -> Iterator[Receipt]:
    """Each return as it is admitted, whatever its verdict, and laid where notebooks take it.

    The quarter's own, and those of earlier quarters that figures may rest on, judged as they were
    then. What the longest notebook reads comes first.
    """
    planned, kept = work.planned, work.reports / CACHE

    def told(desk: Desk, name: str, reason: str) -> None:
        work.reasons.append(of_dataset(name, str(desk.quarter), str(planned.quarter), reason))

    for left in planned.desk.assignment.not_used:
        work.tell(f"not used: {left.name}: {left.reason}")
    for desk, name in planned.earlier:
        before = work.admitted / EARLIER / str(desk.quarter)
        yield from admit_supplied(desk, before, kept, [name], told)
    names = first_wanted(planned, work.watch.expected)
    for receipt in admit_supplied(planned.desk, work.admitted, kept, names, told):
        work.tell(f"admitted {receipt.dataset}: {receipt.rows_admitted:,} rows, "
                  f"verdict {receipt.verdict.outcome}")  # fmt: skip
        yield receipt


def first_wanted(planned: Plan, expected: Callable[[str], float]) -> list[str]:
    """The quarter's returns: what the longest notebook reads first, of that the fewest bytes."""

    def order(name: str) -> tuple[float, int, str]:
        readers = (s for s in planned.to_run if not s.judges and s.reads and name in s.reads)
        longest_s = max((expected(source.name) for source in readers), default=0.0)
        return -longest_s, sum(p.stat().st_size for p in planned.desk.files(name)), name

    return sorted(planned.desk.assignment.files, key=order)


class Waiting:
    """The notebooks of a plan that wait for the returns they read to be judged."""

    def __init__(self, planned: Plan) -> None:
        self._quarter = str(planned.quarter)
        own = {(self._quarter, name) for name in planned.desk.assignment.files}
        self._left = own | {(str(desk.quarter), name) for desk, name in planned.earlier}
        self._to_run = planned.to_run
        self._sources = [source for source in self._to_run if not source.judges]
        self._stopped: set[str] = set()

    def admitted(self, receipt: Receipt) -> Iterator[Source]:
        """The notebooks that may begin now: nothing they read is left, no gate holds them back."""
        self._left.discard((receipt.quarter, receipt.dataset))
        if receipt.quarter == self._quarter and receipt.verdict.outcome == "stop":
            self._stopped.add(receipt.dataset)
        for source in [each for each in self._sources if not self._waits(each)]:
            self._sources.remove(source)
            if not source.meta.held_back_by(self._stopped):
                yield source

    @property
    def judges(self) -> list[Source]:
        """The notebooks that judge what the others say, and that no gate holds back."""
        own = [source for source in self._to_run if source.judges]
        return [source for source in own if not source.meta.held_back_by(self._stopped)]

    def _waits(self, source: Source) -> bool:
        return any(source.reads is None or name in source.reads for _, name in self._left)


def held_back(planned: Plan, receipts: Iterable[Receipt]) -> tuple[Withheld, ...]:
    """The notebooks withheld because a gate stopped a dataset they need, and those without data."""
    why = stop_reasons(receipts)
    held = []
    for source in planned.to_run:
        by = source.meta.held_back_by(set(why))
        held += [source.withheld(" ".join(why[name] for name in by))] if by else []
    return (*held, *planned.not_supplied)


def all_passed(receipts: Iterable[Receipt], quarter: str) -> list[Receipt]:
    """The receipts, once all are there; GateStopped where a gate stopped one of the quarter's."""
    every = list(receipts)
    why = stop_reasons(r for r in every if r.quarter == quarter)
    if why:
        raise GateStopped(" ".join(why.values()))
    return every


def stop_reasons(receipts: Iterable[Receipt]) -> dict[str, str]:
    """Why each dataset was stopped that was."""
    return {r.dataset: stop_reason(r) for r in receipts if r.verdict.outcome == "stop"}
