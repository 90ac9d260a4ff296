"""Admit a dataset: hash, read, correct, judge; frame and receipt."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from peerpack import corrections, gates
from peerpack.catalogue.load import dataset as contract_of
from peerpack.catalogue.models import Dataset
from peerpack.corrections import Correction
from peerpack.errors import GateStopped, ReturnRefused
from peerpack.handover.receipt import Admission, Check, Corrected, Receipt, Verdict
from peerpack.intake import mapped
from peerpack.intake.cache import (
    KEPT_N,
    KEPT_OF_PERSONAL_N,
    Parts,
    once,
    rules,
    sha256_of,
)
from peerpack.intake.desk import Desk
from peerpack.intake.gaps import checks_of_gaps
from peerpack.intake.period import checks_of_period
from peerpack.intake.repeats import repeats_of
from peerpack.intake.shrinks import check_of_last_month
from peerpack.intake.sums import checks_of_sums
from peerpack.sources import Reading, read
from peerpack.vocab import Quarter


def admit_supplied(
    desk: Desk,
    folder: Path,
    kept: Path | None = None,
    names: Sequence[str] | None = None,
    told: Callable[[Desk, str, str], object] = lambda *_: None,
) -> Iterator[Receipt]:
    """Admit every dataset on the desk, or those of `names`, and lay them in a folder for kernels.

    With `kept`, the folder of the cache, a dataset is not admitted again from the same bytes; then
    `told` is given of each why it was admitted, and an empty text where it was not.
    """
    for name in desk.assignment.files if names is None else names:
        why = partial(told, desk, name)
        admission = admit_once(desk, name, kept, why) if kept else admit_from(desk, name)
        lay(folder, admission)
        yield admission.receipt


def admit_once(
    desk: Desk, name: str, kept: Path, told: Callable[[str], object] = lambda _: None
) -> Admission:
    """Admit one dataset, or take it as it was admitted from the same bytes by the same rules.

    `told` is given why it is admitted; an empty text where it is taken.
    """
    return once(
        kept / desk.council / str(desk.quarter) / name,
        lambda: made_from(desk, name),
        take=lambda entry: take(entry, name, desk.council, desk.quarter),
        make=lambda: admit_from(desk, name),
        lay=lay,
        kept_n=KEPT_OF_PERSONAL_N if contract_of(name).personal else KEPT_N,
        told=told,
    )


def made_from(desk: Desk, name: str) -> Parts:
    """All that the admission of a dataset is made from, by digest."""
    written = [each.model_dump_json() for each in desk.corrections if each.dataset == name]
    asked = [desk.council, str(desk.quarter), name, desk.years.get(name)]
    files = {f"return {desk.name_of(path)}": sha256_of(path) for path in desk.files(name)}
    return {"the period asked for": asked, "corrections": written} | files | rules()


def admit_from(desk: Desk, name: str) -> Admission:
    """Admit one dataset, whatever its verdict."""
    contract = contract_of(name)
    reading = read(desk.files(name), contract, desk.years.get(name))
    if reading.frame.empty:
        raise ReturnRefused(
            f"{name}: no row of {', '.join(f.name for f in reading.files)} could be admitted; "
            f"{len(reading.quarantined)} cells are in quarantine. See `peerpack check`."
        )
    written = [c for c in desk.corrections if c.dataset == name]
    frame, corrected = corrections.apply(reading.frame, written)
    judged = gates.judge(frame, name, gates.suite_path(name))
    ours = checks_of_sums(frame, contract)
    period = _period(contract, desk)
    ours += checks_of_period(frame, contract, period)
    ours += checks_of_gaps(frame, contract, period)
    ours += check_of_last_month(frame, contract, period)
    verdict = _verdict(judged, ours, reading)
    sha256 = digest_of(reading, written)
    receipt = _receipt(desk, contract, reading, corrected, verdict, sha256)
    return Admission(frame, receipt.model_copy(update={"repeats": repeats_of(frame, contract)}))


def _verdict(judged: Verdict, ours: tuple[Check, ...], reading: Reading) -> Verdict:
    """What the gate says; a check of ours or a total that is off, or quarantine, is a warning."""
    doubtful = (
        not all(check.passed for check in ours)
        or not all(r.within_tolerance for r in reading.reconciliations)
        or reading.quarantined
    )
    outcome = "warn" if doubtful and judged.outcome == "pass" else judged.outcome
    return Verdict(outcome=outcome, checks=judged.checks + ours)


def _receipt(
    desk: Desk,
    contract: Dataset,
    reading: Reading,
    corrected: tuple[Corrected, ...],
    verdict: Verdict,
    digest: str,
) -> Receipt:
    start, end = _period(contract, desk)
    return Receipt(
        dataset=contract.dataset,
        title=contract.title,
        council=desk.council,
        quarter=str(desk.quarter),
        covers=contract.covers,
        period_start=start.isoformat(),
        period_end=end.isoformat(),
        personal=contract.personal,
        public=contract.public,
        base_of=contract.base_of,
        owner=contract.owner,
        sha256=digest,
        files=reading.files,
        headers=reading.headers,
        not_read=reading.not_read,
        noticed=reading.noticed,
        rows_in=reading.rows_in,
        rows_admitted=len(reading.frame),
        set_aside=reading.set_aside,
        quarantined=reading.quarantined,
        reconciliations=reading.reconciliations,
        corrections=corrected,
        verdict=verdict,
    )


def _period(contract: Dataset, desk: Desk) -> tuple[date, date]:
    quarter = desk.quarter
    if contract.reference:
        return contract.reference.period(desk.years[contract.dataset])
    if contract.covers == "quarter":
        return quarter.first_day, quarter.last_day
    if contract.covers == "year_to_date":
        return quarter.year_start, quarter.last_day
    return quarter.last_day, quarter.last_day


def digest_of(reading: Reading, written: Sequence[Correction]) -> str:
    """One digest of the raw files and of the corrections laid over them."""
    parts = [f"{file.name} {file.sheet} {file.sha256}" for file in reading.files]
    parts += [each.model_dump_json() for each in written]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def lay(folder: Path, admission: Admission) -> None:
    """Put an admission where kernels of this build can take it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = admission.receipt.dataset
    mapped.write(folder / f"{name}{mapped.ENDING}", admission.frame)
    (folder / f"{name}.json").write_text(admission.receipt.model_dump_json(), encoding="utf-8")


def take(folder: Path, dataset: str, council: str, quarter: Quarter) -> Admission:
    """An admission that the batch has laid there; refuse one of another council or quarter."""
    path = folder / f"{contract_of(dataset).dataset}.json"
    if not path.is_file():
        raise ReturnRefused(f"{dataset} was not supplied for {council} {quarter}.")
    receipt = Receipt.model_validate_json(path.read_bytes())
    if (receipt.council, receipt.quarter) != (council, str(quarter)):
        raise ReturnRefused(
            f"This build admitted {receipt.council} {receipt.quarter}, not {council} {quarter}."
        )
    frame = mapped.read(path.with_suffix(mapped.ENDING))
    return Admission(frame.set_index("source_row", drop=False), receipt)


def refuse_if_stopped(receipt: Receipt) -> None:
    """Refuse a dataset whose gate says stop, with the checks and rows that failed."""
    if receipt.verdict.outcome == "stop":
        raise GateStopped(stop_reason(receipt))


def stop_reason(receipt: Receipt) -> str:
    """Why a gate stopped, in one paragraph."""
    failed = [c for c in receipt.verdict.checks if not c.passed and c.severity == "stop"]
    told = " ".join(f"{c.why.rstrip('.')} (check {c.id}, {_rows(c.failing_n)})." for c in failed)
    return (
        f"{receipt.title} of {receipt.quarter} did not pass its checks. {told} "
        "Mend the return at its source, or write a correction; `peerpack check` lists the rows."
    )


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n:,} rows"
