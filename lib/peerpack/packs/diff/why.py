"""Why did a figure move? The inputs that moved and can touch it; never a guess among several."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from peerpack.catalogue.load import own_tables
from peerpack.handover.difference import UNEXPLAINED, EvidenceMoved
from peerpack.handover.receipt import Receipt
from peerpack.packs.causes import Moved, causes, moved_inputs, touching_evidence, within_reach
from peerpack.packs.opened import OpenedPack

WHOLE_NOTEBOOK = ("appeared", "vanished", "hidden in B", "shown in B")
"""What may have its reason in any dataset of the notebook, not only in those of the figure."""
OF_RETURNS = ("returns", "earlier_returns")
BY_HAND = "returns.toml"


@dataclass(frozen=True, eq=False)
class Why:
    """Two packs, A and B, and what of their inputs moved."""

    a: OpenedPack
    b: OpenedPack

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """The inputs that are not the same."""
        return moved_inputs(self.a.inputs, self.b.inputs)

    def told(self, item: EvidenceMoved) -> EvidenceMoved:
        """A figure that moved, with the inputs that can be why."""
        able = self.candidates(item)
        return item.model_copy(update={
            "candidates": tuple(each.words for each in able), "causes": causes(able),
            "explained": bool(able), "why": in_words(able),
        })  # fmt: skip

    def candidates(self, item: EvidenceMoved) -> tuple[Moved, ...]:
        """The inputs that moved and can touch a figure, by its lineage and what of it moved."""
        datasets = self._datasets(item)
        if any(self._own_table_moved(item.evidence_id, name) for name in datasets):
            return touching_evidence(self.moved)
        able = within_reach(self.moved, item.notebook, datasets)
        data, corrections = self._of_data(item, datasets)
        return tuple(
            each
            for each in able
            if (each in data if each.given in OF_RETURNS else True)
            and (corrections if each.given == "corrections" else True)
            and (_is_travel(item) if each.given == "previous_pack" else True)
        )

    def _datasets(self, item: EvidenceMoved) -> frozenset[str]:
        own = frozenset(name for pack in (0, 1) for name, _ in self._rests[pack][item.evidence_id])
        if own and item.what not in WHOLE_NOTEBOOK:
            return own
        return own | frozenset(self._of_notebook[item.notebook])

    def _of_data(
        self, item: EvidenceMoved, datasets: Iterable[str]
    ) -> tuple[frozenset[Moved], bool]:
        """The returns that moved and that its datasets were read from; whether a correction may."""
        data: set[Moved] = set()
        corrections = False
        for name in datasets:
            then, now = (self._receipts(pack, item, name) for pack in (0, 1))
            if {r.sha256 for r in then} == {r.sha256 for r in now}:
                continue
            files = _files(then), _files(now)
            data |= set(self._returns_of(*files))
            corrected = any(r.corrections for r in (*then, *now))
            corrections |= corrected or files[0] == files[1]
        return frozenset(data), corrections

    def _returns_of(self, then: frozenset[str], now: frozenset[str]) -> Iterator[Moved]:
        for each in self.moved:
            own = each.then in then or each.now in now
            if each.given in OF_RETURNS and (own or each.name == BY_HAND):
                yield each

    def _receipts(self, pack: int, item: EvidenceMoved, name: str) -> list[Receipt]:
        """The receipts that a figure's rows are from; where none are named, all of the dataset."""
        every = [r for (dataset, _), r in (self.a, self.b)[pack].receipts.items()
                 if dataset == name]  # fmt: skip
        named = {sha256 for dataset, sha256 in self._rests[pack][item.evidence_id]
                 if dataset == name}  # fmt: skip
        either = item.what not in WHOLE_NOTEBOOK
        return [r for r in every if r.sha256 in named] if named and either else every

    def _own_table_moved(self, evidence_id: str, name: str) -> bool:
        """Whether it rests on a table that the build made of the pack itself, and that moved."""
        then, now = ({sha for dataset, sha in self._rests[pack][evidence_id] if dataset == name}
                     for pack in (0, 1))  # fmt: skip
        return name in own_tables() and then != now

    @cached_property
    def _rests(self) -> Sequence[dict[str, set[tuple[str, str]]]]:
        """The returns that each figure rests on in A and in B: dataset and digest."""
        sides = []
        for pack in (self.a, self.b):
            found: dict[str, set[tuple[str, str]]] = defaultdict(set)
            told = pack.lineage[["evidence_id", "dataset", "sha256"]]
            for id_, dataset, sha256 in told.itertuples(index=False, name=None):
                found[str(id_)].add((str(dataset), str(sha256)))
            sides.append(found)
        return sides

    @cached_property
    def _of_notebook(self) -> dict[str, set[str]]:
        """The datasets that the figures of each notebook rest on, in either pack."""
        found: dict[str, set[str]] = defaultdict(set)
        for pack, rests in zip((self.a, self.b), self._rests, strict=True):
            told = pack.evidence[["evidence_id", "notebook", "dataset"]]
            for id_, notebook, dataset in told.itertuples(index=False, name=None):
                found[notebook] |= {dataset, *(name for name, _ in rests[id_])}
        return found


def in_words(able: Sequence[Moved]) -> str:
    """The cause where there is one, else between which; said loudly where there is none."""
    if not able:
        return UNEXPLAINED
    if len(able) == 1:
        return able[0].words
    if len(causes(able)) == 1:
        named = ", ".join(f"{each.name} {each.became}" for each in able)
        return f"{able[0].cause}, one of: {named}"
    return f"one of: {'; '.join(each.words for each in able)}"


def _files(receipts: Iterable[Receipt]) -> frozenset[str]:
    return frozenset(file.sha256 for receipt in receipts for file in receipt.files)


def _is_travel(item: EvidenceMoved) -> bool:
    """Whether nothing moved but what is said in the light of the pack before."""
    names = {each.name for each in item.fields}
    marks = next((each for each in item.fields if each.name == "status"), None)
    revised = marks is None or _marks(marks.old) ^ _marks(marks.new) == {"r"}
    return bool(names) and item.what == "said otherwise" and names <= {"direction", "status"} and (
        revised
    )  # fmt: skip


def _marks(status: object) -> set[str]:
    return set(filter(None, str(status).split(";")))
