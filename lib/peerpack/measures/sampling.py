"""How a sample was drawn: the design a person states, checked against the sample itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from peerpack.errors import ReturnRefused


@dataclass(frozen=True)
class Design:
    """The columns of a sample that say how it was drawn; leave out what it does not have.

    `weight`: how much each answer counts; without it all count alike, or, where population sizes
    are given, as many as each stands for. `stratum`: sampled apart. `cluster`: drawn whole or in
    part, such as streets; numbers that begin anew in each stratum are different clusters. `unit`:
    drawn within a cluster, at a second stage.
    `population`: how many clusters (without clusters, units) the stratum has, as a whole number N,
    never a share. `unit_population`: how many units the cluster has. Without them no finite
    population correction is made.
    `margins`: column, then category, then its number or share in the population: weights are raked
    to them, and the interval credits that. `trim_at`: no raked weight above so many times the mean.
    """

    weight: str = ""
    stratum: str = ""
    cluster: str = ""
    unit: str = ""
    population: str = ""
    unit_population: str = ""
    margins: Mapping[str, Mapping[object, float]] = field(default_factory=dict)
    trim_at: float | None = None

    @property
    def given(self) -> bool:
        """Whether it says more than a weight."""
        return bool(self.stratum or self.cluster or self.population or self.margins)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A sample that its design fits: plain columns by role, rows kept, and what must be said.

    `population_n`: the size of the population where it follows from the design, else missing.
    """

    columns: pd.DataFrame
    kept: np.ndarray
    notes: tuple[str, ...]
    population_n: float


def drawn(sample: pd.DataFrame, design: Design) -> Drawn:
    """The sample's design by role: weight, stratum, cluster, unit, population, margins.

    Rows: those with a weight above nought; how many are left out is noted. Raises ReturnRefused
    for a column that is not there, weights that are text or below nought, a row without stratum or
    cluster, and population sizes that are shares, too small, or not one for each stratum.
    """
    _refuse_unknown(sample, design)
    kept, notes = _with_weight(sample, design.weight)
    rows = sample.loc[kept, list(dict.fromkeys(_named(design)))]
    columns = pd.DataFrame(index=range(len(rows)))
    for role in ("stratum", "cluster", "unit"):
        if name := getattr(design, role):
            columns[role] = _grouped(rows[name], name)
    if {"stratum", "cluster"} <= set(columns):
        notes = (*notes, *_numbered_anew(columns))
        columns["cluster"] = columns["stratum"] + "\x1f" + columns["cluster"]
    if design.unit_population and not design.unit:
        columns["unit"] = [str(n) for n in range(len(rows))]
    for role in ("population", "unit_population"):
        if name := getattr(design, role):
            columns[role] = _sizes(rows[name], name)
    _refuse_sizes(columns, design)
    columns["weight"] = _weights(rows, columns, design.weight)
    for number, name in enumerate(design.margins):
        columns[f"margin_{number}"] = _grouped(rows[name], name)
    return Drawn(columns, kept, notes, _population_n(columns, design))


def label(value: object) -> str:
    """A category as text: the codes 1, 1.0 and `1` are one category."""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value)


def _named(design: Design) -> list[str]:
    """The columns that a design names."""
    roles = ("weight", "stratum", "cluster", "unit", "population", "unit_population")
    return [*filter(None, (getattr(design, role) for role in roles)), *design.margins]


def _refuse_unknown(sample: pd.DataFrame, design: Design) -> None:
    for name in _named(design):
        if name not in sample.columns:
            raise ReturnRefused(
                f"The design names the column {name}, which the sample does not have. "
                f"It has: {', '.join(str(c) for c in sample.columns[:30])}."
            )
    if (design.unit or design.unit_population) and not design.cluster:
        raise ReturnRefused("Units within clusters need the column of the clusters. Name it.")
    if design.unit_population and not design.population:
        raise ReturnRefused("Name the column with the number of clusters, population, too.")
    if design.unit and design.population and not design.unit_population:
        raise ReturnRefused(
            "The sample has two stages and population sizes for the first alone, so an interval "
            "would leave out what the second adds. Name unit_population, or leave both out."
        )


def _with_weight(sample: pd.DataFrame, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
    if not name:
        return np.ones(len(sample), dtype=bool), ()
    weights = numbers(sample[name], name)
    if (weights < 0).any():
        raise ReturnRefused(
            f"Rows with a weight ({name}) below nought: {(weights < 0).sum():,}. They would "
            "subtract people. Ask whoever weighted the survey."
        )
    kept = weights > 0
    left = int((~kept).sum())
    said = f"Rows without a weight above nought, left out: {left:,}."
    return kept, (said,) if left else ()


def numbers(column: pd.Series, name: str) -> np.ndarray:
    """A column as numbers, missing as missing; text and infinity are refused."""
    if not pd.api.types.is_numeric_dtype(column.dtype):
        raise ReturnRefused(
            f"Column {name} holds text where numbers are needed. Read it as numbers first."
        )
    found = column.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    if np.isinf(found).any():
        raise ReturnRefused(f"Column {name} holds a number without end. Mend it in the source.")
    return found


def _grouped(column: pd.Series, name: str) -> pd.Series:
    if column.isna().any():
        raise ReturnRefused(
            f"Rows without {name}: {column.isna().sum():,}. Nobody can say where in the design "
            "they stand. Give it, or leave the rows out and say so."
        )
    return pd.Series([label(value) for value in column.tolist()], dtype="str")


def _numbered_anew(columns: pd.DataFrame) -> tuple[str, ...]:
    strata_n = columns.groupby("cluster")["stratum"].nunique()
    if (strata_n > 1).any():
        return ("Clusters of one number in several strata are taken as different clusters.",)
    return ()


def _sizes(column: pd.Series, name: str) -> np.ndarray:
    sizes = numbers(column, name)
    if np.isnan(sizes).any() or (sizes < 1).any() or (sizes % 1 != 0).any():
        raise ReturnRefused(
            f"Population sizes ({name}) must be whole numbers N of 1 or more on every row. A share "
            "sampled, such as 0.2, would be read as something else: give N."
        )
    return sizes


def _refuse_sizes(columns: pd.DataFrame, design: Design) -> None:
    pairs = [("population", ["stratum"], "cluster"), ("unit_population", ["cluster"], "unit")]
    for role, within, counted in pairs:
        if role not in columns:
            continue
        by = columns.groupby([c for c in within if c in columns] or (lambda _: 0))
        name = getattr(design, role)
        if (by[role].nunique() > 1).any():
            raise ReturnRefused(
                f"Population sizes ({name}) differ within one {within[0]}. Give one for each."
            )
        sampled = by[counted].nunique() if counted in columns else by.size()
        if (sampled > by[role].first()).any():
            raise ReturnRefused(
                f"A population size ({name}) is below the number sampled from it. Give the whole "
                f"number N of each {within[0]}, neither a share nor the sample's own size."
            )


def _weights(rows: pd.DataFrame, columns: pd.DataFrame, name: str) -> np.ndarray:
    if name:
        return numbers(rows[name], name)
    if "population" not in columns:
        return np.ones(len(rows))
    strata = columns.groupby("stratum") if "stratum" in columns else columns.groupby(lambda _: 0)
    sampled = strata["cluster"].transform("nunique") if "cluster" in columns else None
    sampled = strata["population"].transform("size") if sampled is None else sampled
    weights = columns["population"] / sampled
    if "unit_population" in columns:
        units = columns.groupby("cluster")["unit"].transform("nunique")
        weights = weights * columns["unit_population"] / units
    return weights.to_numpy(dtype="float64")


def _population_n(columns: pd.DataFrame, design: Design) -> float:
    """Units in the population: of the strata, or as many as weights that count clusters' units."""
    if not design.population:
        return float("nan")
    if not design.cluster:
        by = ["stratum"] if design.stratum else (lambda _: 0)
        return float(columns.groupby(by)["population"].first().sum())
    counted = float(columns["weight"].sum())
    return counted if counted > len(columns) else float("nan")
