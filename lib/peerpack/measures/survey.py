"""Survey estimates from a sample's design, by the library svy.

Means, shares, totals and ratios of a whole sample or of a part of it, with the interval that the
way of sampling allows, and weights raked to known margins. polars and svy are loaded when first
used: they take half a second.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import Any, Literal

import numpy as np
import pandas as pd

from peerpack.errors import ReturnRefused
from peerpack.measures.sampling import Design, Drawn, drawn, label, numbers

NAN = float("nan")
LOGIT_INTERVAL = "95% interval from the sample's design (logit)"
SAME_TOTAL = 0.001
CLOSE = 1e-6


@dataclass(frozen=True)
class Estimate:
    """One figure of a population, and how firmly a sample gives it.

    `value`, `se`, `lower`, `upper` in the unit of the column, a share from 0 to 1; `degrees` of
    freedom of the interval (t); `base_n` answers; `design_effect`: the variance over that of a
    simple random sample of as many answers; `effective_n`: the simple random sample that would be
    as precise; `kish`: whether that is Kish's formula of weights. Missing where nothing can be
    said, and `note` says why.
    """

    value: float = NAN
    se: float = NAN
    lower: float = NAN
    upper: float = NAN
    degrees: float = NAN
    base_n: int = 0
    effective_n: float = NAN
    design_effect: float = NAN
    kish: bool = False
    note: str = ""


@dataclass(frozen=True, eq=False)
class Raked:
    """Weights raked to margins: one a row of the sample, missing for a row without a weight.

    `gap`: the largest relative miss of a margin; `trimmed_n`: weights held at the limit.
    """

    weights: np.ndarray
    converged: bool
    gap: float
    trimmed_n: int
    note: str


def mean(
    sample: pd.DataFrame, column: str, design: Design, where: pd.Series | None = None
) -> Estimate:
    """The weighted mean of a column over the rows `where` is true, missing values left out.

    Source: Taylor linearisation; a part of the sample keeps the variance of the whole design;
    interval by t on clusters (or units) less strata. Raises ReturnRefused as `drawn` does.
    """
    return _estimate("mean", sample, design, where, numbers(_of(sample, column), column))


def total(
    sample: pd.DataFrame, column: str, design: Design, where: pd.Series | None = None
) -> Estimate:
    """The weighted sum of a column; as `mean`, and the weights must count the population."""
    return _estimate("total", sample, design, where, numbers(_of(sample, column), column))


def ratio(
    sample: pd.DataFrame,
    numerator: str,
    denominator: str,
    design: Design,
    where: pd.Series | None = None,
) -> Estimate:
    """The weighted sum of one column over that of another; as `mean`."""
    above = numbers(_of(sample, numerator), numerator)
    below = numbers(_of(sample, denominator), denominator)
    return _estimate("ratio", sample, design, where, above, below)


def share(
    sample: pd.DataFrame,
    column: str,
    of: Collection[object],
    design: Design,
    where: pd.Series | None = None,
    *,
    dont_know: Literal["excluded", "included"],
    dont_know_is: Collection[object] = ("Don't know",),
) -> Estimate:
    """The weighted share whose answer is one `of` those named; no answer is never in the base.

    `dont_know`: whether answers such as "Don't know" (`dont_know_is`) count in the base, as the
    guidance of the question states. Codes 1, 1.0 and "1" are one answer.
    Source: as `mean`; interval on the logit scale. No interval where all answer alike.
    """
    left_out = dont_know_is if dont_know == "excluded" else ()
    return _estimate("share", sample, design, where, _chosen(sample, column, of, left_out))


def shares(
    sample: pd.DataFrame,
    column: str,
    of: Collection[object],
    design: Design,
    cuts: Mapping[str, pd.Series],
    *,
    dont_know: Literal["excluded", "included"],
    dont_know_is: Collection[object] = ("Don't know",),
) -> dict[tuple[str, str], Estimate]:
    """The share of the whole sample and of every part of each cut, its design worked out once.

    `cuts`: by its name, the part that each row of the sample is in; a row without one is in none.
    Keys: `("", "")` for the whole sample; cut and part, in the order of the rows. Each is the
    figure that `share` gives of that part alone. Raises ReturnRefused as `drawn` does.
    """
    left_out = dont_know_is if dont_know == "excluded" else ()
    taken = _taken(sample, design, None, _chosen(sample, column, of, left_out))
    parts = {name: pd.factorize(part) for name, part in cuts.items()}
    codes = {name: code[taken.kept] for name, (code, _) in parts.items()}
    ready = cache(lambda: _svy_sample(taken.frame, design, codes))
    asked = cache(lambda cut: _by_svy("share", ready(), design, cut))
    whole = _figure("share", taken, taken.valid, lambda: asked("")[""])
    return {("", ""): whole} | {
        (cut, str(name)): _figure(
            "share", taken, taken.valid & (codes[cut] == at), partial(_of_part, asked, cut, at)
        )
        for cut, (_, names) in parts.items()
        for at, name in enumerate(names)
    }


def _of_part(asked: Callable[[str], Mapping[str, Estimate]], cut: str, at: int) -> Estimate:
    return asked(cut)[str(at)]


def _chosen(
    sample: pd.DataFrame, column: str, of: Collection[object], left_out: Collection[object]
) -> np.ndarray:
    """1 for an answer that is one `of` those named, 0 for another, missing where none is valid."""
    answers = _of(sample, column)
    told = answers.map(label, na_action="ignore")
    chosen = told.isin([label(each) for each in of]).to_numpy(dtype="float64")
    outside = told.isin([label(each) for each in left_out]).to_numpy() | answers.isna().to_numpy()
    return np.where(outside, np.nan, chosen)


def kish(weights: np.ndarray) -> float:
    """The effective base that weights alone imply: (sum of weights)² over sum of squares."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else NAN


def _of(sample: pd.DataFrame, column: str) -> pd.Series:
    if column not in sample.columns:
        raise ReturnRefused(f"The sample has no column {column}.")
    return sample[column]


def _estimate(
    kind: str,
    sample: pd.DataFrame,
    design: Design,
    where: pd.Series | None,
    y: np.ndarray,
    x: np.ndarray | None = None,
) -> Estimate:
    taken = _taken(sample, design, where, y, x)
    return _figure(
        kind, taken, taken.valid,
        lambda: _by_svy(kind, _svy_sample(taken.frame, design), design)[""],
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Taken:
    """A sample as estimates are made of it.

    `frame`: the design's columns by role, `y`, `x`, `valid` and `final`, the weights that count.
    `valid`: the rows that have an answer; `kept`: the rows of the sample that stand in the frame.
    """

    frame: pd.DataFrame
    valid: np.ndarray
    kept: np.ndarray
    design: Design
    notes: tuple[str, ...]
    population_n: float

    @cached_property
    def lonely(self) -> tuple[str, ...]:
        """What is said of strata of one."""
        return _lonely(self.frame)


def _taken(
    sample: pd.DataFrame,
    design: Design,
    where: pd.Series | None,
    y: np.ndarray,
    x: np.ndarray | None = None,
) -> _Taken:
    found = drawn(sample, design)
    y = y[found.kept]
    x = np.ones(len(y)) if x is None else x[found.kept]
    valid = ~np.isnan(y) & ~np.isnan(x)
    if where is not None:
        valid &= where.fillna(False).to_numpy(dtype=bool)[found.kept]
    raked = _raked(found, design) if design.margins and valid.any() else None
    notes = (*found.notes, *((raked.note,) if raked and raked.note else ()))
    weights = raked.weights if raked else found.columns["weight"].to_numpy()
    frame = found.columns.assign(
        y=np.where(valid, y, 0.0), x=np.where(valid, x, 0.0), valid=valid, final=weights
    )
    return _Taken(frame, valid, found.kept, design, notes, found.population_n)


def _figure(
    kind: str, taken: _Taken, valid: np.ndarray, by_svy: Callable[[], Estimate]
) -> Estimate:
    """The figure of the `valid` rows; the library is asked only where there is a spread."""
    if not valid.any():
        return Estimate(note=" ".join((*taken.notes, "No valid answer.")))
    y, weights = (taken.frame[name].to_numpy()[valid] for name in ("y", "final"))
    told = _alike(kind, y) or by_svy()
    known = kind in ("mean", "share")
    effect = _effect(told.se, y, weights, len(taken.frame), taken.population_n) if known else NAN
    return _described(told, taken, weights, effect)


def _alike(kind: str, y: np.ndarray) -> Estimate | None:
    """A value without an interval where every answer is the same."""
    if kind in ("total", "ratio") or (y != y[0]).any():
        return None
    return Estimate(value=float(y[0]), note="All answer alike: no interval.")


def _by_svy(kind: str, sample: Any, design: Design, cut: str = "") -> dict[str, Estimate]:
    """The estimate of each part of a cut by its number, or of all under the empty text."""
    import svy

    known, by = svy.col("valid"), {"by": f"cut_{cut}"} if cut else {}
    asked: dict[str, Callable[[], Any]] = {
        "mean": lambda: sample.estimation.mean("y", where=known),
        "total": lambda: sample.estimation.total("y", where=known),
        "ratio": lambda: sample.estimation.ratio("y", "x", where=known),
        "share": lambda: sample.estimation.prop("y", where=known, **by),
    }
    rows = (row for row in asked[kind]().to_dicts()
            if kind != "share" or float(row["y_level"]) == 1)  # fmt: skip
    return {row["by_level"][0] if cut else "": _read(row, design) for row in rows}


def _read(row: Mapping[str, Any], design: Design) -> Estimate:
    told = Estimate(value=float(row["est"]), se=float(row["se"]), degrees=float(row["df"]))
    if told.degrees < 1:
        what = "cluster" if design.cluster else "answer"
        note = f"One {what} in each stratum, or only one at all: no interval."
        return replace(told, se=NAN, note=note)
    if told.se == 0 and not design.population:
        return replace(told, se=NAN, note="No spread between those sampled: no interval.")
    if told.se == 0:
        return replace(told, lower=told.value, upper=told.value)
    return replace(told, lower=float(row["lci"]), upper=float(row["uci"]))


def _svy_sample(
    frame: pd.DataFrame, design: Design, cuts: Mapping[str, np.ndarray] | None = None
) -> Any:
    """The sample as the library takes it; a stratum of one is centred on the whole sample.

    `cuts`: by its name, the number of the part that each row is in.
    """
    import polars
    import svy

    roles = [c for c in frame if c in ("stratum", "cluster", "unit")]
    size: Any = "population" if design.population else None
    if design.unit_population:
        size = svy.PopSize("population", "unit_population")
    named: dict[str, Any] = {"psu" if c == "cluster" else "ssu" if c == "unit" else c: c
                             for c in roles}  # fmt: skip
    dummies = _dummies(frame, design)
    columns = {str(c): polars.Series(frame[c].to_numpy()) for c in frame if c not in roles}
    columns |= {c: polars.Series(frame[c].tolist()) for c in roles} | dummies
    for name, codes in (cuts or {}).items():
        columns[f"cut_{name}"] = polars.Series([str(code) for code in codes.tolist()])
    named |= {"singleton": "center"} if design.stratum else {}
    taken = svy.Design(**named, wgt="final", pop_size=size)
    if dummies:
        record = svy.WgtAdjustment(
            kind="calibration", prev_wgt="weight", new_wgt="final", aux=tuple(dummies)
        )
        taken = taken.update(wgt_adjustment=record)
    return svy.Sample(polars.DataFrame(columns), taken)


def _dummies(frame: pd.DataFrame, design: Design) -> dict[str, Any]:
    """One column a category of the margins, without the first of all but the first margin.

    The library's own sweep after raking holds only where weights were equal before it; a
    regression on these columns, weighted as before, holds for all (measured on apiclus2).
    """
    import polars

    found: dict[str, Any] = {}
    for number in range(len(design.margins)):
        column = frame[f"margin_{number}"]
        for level in sorted(column.unique())[1 if number else 0 :]:
            values = (column == level).to_numpy(dtype="float64")
            found[f"aux_{len(found)}"] = polars.Series(values)
    return found


def _effect(
    se: float, y: np.ndarray, weights: np.ndarray, sampled_n: int, population_n: float
) -> float:
    """The variance over that of a simple random sample of as many, drawn from as many."""
    n = len(y)
    if not se > 0 or n < 2:
        return NAN
    centred = y - np.average(y, weights=weights)
    spread = float((weights * centred**2).sum() / weights.sum()) * n / (n - 1)
    share_sampled = sampled_n / population_n if population_n > sampled_n else 0.0
    return se**2 * n / spread / (1 - share_sampled)


def _described(told: Estimate, taken: _Taken, weights: np.ndarray, effect: float) -> Estimate:
    """The estimate with its base, its effective base and all that must be said of it."""
    by_weights = bool(taken.design.weight) and not taken.design.given
    said = (*taken.notes, *((told.note,) if told.note else ()), *taken.lonely)
    return replace(
        told,
        base_n=len(weights),
        design_effect=effect,
        effective_n=kish(weights) if by_weights else len(weights) / effect,
        kish=by_weights,
        note=" ".join(said),
    )


def _lonely(frame: pd.DataFrame) -> tuple[str, ...]:
    """What is said of strata with one cluster or one unit: nothing in them tells the spread."""
    if "stratum" not in frame:
        return ()
    by = frame.groupby("stratum")
    sizes = by["cluster"].nunique() if "cluster" in frame else by.size()
    certain = by["population"].first() == 1 if "population" in frame else sizes < 1
    alone = int(((sizes == 1) & ~certain).sum())
    if not alone or len(sizes) == 1:
        return ()
    return (f"Strata of one, measured from the mean of the whole sample: {alone:,}.",)


def rake(sample: pd.DataFrame, design: Design) -> Raked:
    """The weights of a sample raked to the design's margins, trimmed at its limit if it has one.

    Raises ReturnRefused where a category of a margin has no respondent, a respondent no category,
    or the margins add up to different populations. `converged` is false where the margins cannot
    all be met, or not with weights under the limit.
    """
    if not design.margins:
        raise ReturnRefused("Raking needs margins. Give the population of each category.")
    found = drawn(sample, design)
    raked = _raked(found, design)
    weights = np.full(len(sample), np.nan)
    weights[found.kept] = raked.weights
    return Raked(weights, raked.converged, raked.gap, raked.trimmed_n, raked.note)


def _raked(found: Drawn, design: Design) -> Raked:
    import polars
    import svy

    columns, targets = found.columns, _targets(found, design)
    limit = design.trim_at * _size(targets) / len(columns) if design.trim_at else None
    names = ["weight", *targets]
    sample = svy.Sample(
        polars.DataFrame({c: polars.Series(list(columns[c])) for c in names}),
        svy.Design(wgt="weight"),
    )
    trimming = svy.TrimConfig(upper=limit, max_iter=200) if limit else None
    controls: Any = targets
    done: Any = sample.weighting.rake(
        controls=controls, tol=CLOSE / 100, max_iter=1000, trimming=trimming,
        on_nonconvergence="ignore", wgt_name="final",
    )  # fmt: skip
    weights = np.minimum(done.data["final"].to_numpy(), limit or np.inf)
    gap = max(
        abs(weights[(columns[c] == level).to_numpy()].sum() / size - 1)
        for c, sizes in targets.items()
        for level, size in sizes.items()
    )
    held = int((weights >= limit * (1 - CLOSE)).sum()) if limit else 0
    return Raked(weights, bool(gap <= CLOSE), float(gap), held, _said(gap, held))


def _said(gap: float, held: int) -> str:
    said = [f"Weights held at the limit: {held:,}."] if held else []
    if gap > CLOSE:
        said.append(f"Raking did not converge: a margin is missed by {100 * gap:.2g}%.")
    return " ".join(said)


def _size(targets: Mapping[str, Mapping[str, float]]) -> float:
    return sum(next(iter(targets.values())).values())


def _targets(found: Drawn, design: Design) -> dict[str, dict[str, float]]:
    """The margins by role and category, every one scaled to the first one's population."""
    named = {}
    for number, (name, sizes) in enumerate(design.margins.items()):
        told = {label(level): float(size) for level, size in sizes.items()}
        _refuse_margin(name, told, set(found.columns[f"margin_{number}"]))
        named[f"margin_{number}"] = told
    whole = _size(named)
    for name, told in zip(design.margins, named.values(), strict=True):
        if abs(sum(told.values()) / whole - 1) > SAME_TOTAL:
            raise ReturnRefused(
                f"The margin {name} adds up to {sum(told.values()):,.6g}, the first one to "
                f"{whole:,.6g}. Give margins of one population."
            )
    return {
        role: {level: size * whole / sum(told.values()) for level, size in told.items()}
        for role, told in named.items()
    }


def _refuse_margin(name: str, told: Mapping[str, float], answered: set[str]) -> None:
    if not all(size > 0 and np.isfinite(size) for size in told.values()):
        raise ReturnRefused(f"The margin {name} has a category of nought or less. Leave it out.")
    if empty := sorted(set(told) - answered):
        raise ReturnRefused(
            f"The margin {name} has categories without a respondent ({', '.join(empty[:5])}), so "
            "no weight can stand for them. Join them with others."
        )
    if strange := sorted(answered - set(told)):
        raise ReturnRefused(
            f"Categories of {name} that are not in its margin: {len(strange):,}. Give their "
            "population, or leave those respondents out and say so."
        )
