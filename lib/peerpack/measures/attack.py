"""What a reader can work out from the figures shown: by algebra, and within which bounds.

Figures that sum to one another are a system of equations. A figure not shown follows when it is the
same in every solution; it is bounded by what the others leave it, for a count is never below zero.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any, TypeVar

import numpy as np

from peerpack.vocab import FACETS

Key = tuple[tuple[str, str], ...]
"""The cuts a row is of, outermost first: `(("directorate", "Place"), ("team", "Planning"))`."""

N = TypeVar("N", bound=Any)
Sum = tuple[Key, list[Key]]
"""A total with the rows that sum to it."""
Equation = tuple[N, Sequence[N]]
"""A total with its parts, by any names."""
Bounds = tuple[float, float]

NEARLY = 1e-6
AT_A_TIME = 8
UNBOUNDED = 1e7
"""No count of people of a council is larger; a range that reaches it is open."""


def sums(keys: Iterable[Key]) -> Iterator[Sum]:
    """Every total with the rows that sum to it: a row less some of its cuts is its total.

    A cut that names another figure (`measure`, `question`) is no part of a sum and is never left
    out.
    """
    by_cuts = {frozenset(key): key for key in keys}
    parts: dict[tuple[Key, tuple[str, ...]], list[Key]] = {}
    for key in by_cuts.values():
        own = [cut for cut in key if cut[0] not in FACETS]
        for cut in chain.from_iterable(combinations(own, n) for n in range(1, len(own) + 1)):
            total = by_cuts.get(frozenset(key) - frozenset(cut))
            if total is not None:
                names = tuple(sorted(name for name, _ in cut))
                parts.setdefault((total, names), []).append(key)
    for (total, _), summed in sorted(parts.items()):
        yield total, sorted(summed)


def independent(totals: Sequence[Sum]) -> list[Sum]:
    """The sums without those that follow from others: teams sum to the council by directorates."""
    between = {frozenset(part) for _, parts in totals for part in parts}
    return [(total, parts) for total, parts in totals if not _in_steps(total, parts, between)]


def _in_steps(
    total: Key, parts: list[Key], between: Collection[frozenset[tuple[str, str]]]
) -> bool:
    """Whether each part lies in a row between it and the total, always cut in the same way."""
    added = [frozenset(part) - frozenset(total) for part in parts]
    names = sorted({name for cut in added for name, _ in cut})
    return len(names) > 1 and any(
        all(frozenset(total) | {c for c in cut if c[0] in kept} in between for cut in added)
        for n in range(1, len(names))
        for kept in map(set, combinations(names, n))
    )


def leaks(keys: Sequence[Key], hidden: Iterable[Key]) -> list[Key]:
    """The hidden rows of a table that its shown ones determine, by solving all sums at once."""
    return determined(list(sums(keys)), hidden)


def determined(equations: Iterable[Equation[N]], unknown: Iterable[N]) -> list[N]:
    """The unknowns that all equations together fix, whatever the figures are.

    One is fixed when it is the same in every solution: when it has no part in the null space of
    the coefficients.
    """
    names = sorted(set(unknown))
    matrix = _matrix(equations, names)
    if not matrix.any():
        return []
    _, sizes, directions = np.linalg.svd(matrix)
    free = directions[int((sizes > 1e-9).sum()) :]
    fixed = (np.abs(free) < 1e-9).all(axis=0)
    return [name for name, is_fixed in zip(names, fixed, strict=True) if is_fixed]


def _matrix(equations: Iterable[Equation[N]], names: Sequence[N]) -> np.ndarray:
    """One line an equation: 1 for each unknown part, -1 for an unknown total."""
    at = {name: i for i, name in enumerate(names)}
    lines = [_coefficients(total, parts, at) for total, parts in equations]
    return np.array(lines).reshape(len(lines), len(names))


def _coefficients(total: N, parts: Sequence[N], at: Mapping[N, int]) -> np.ndarray:
    line = np.zeros(len(at))
    for name, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
        if name in at:
            line[at[name]] += sign
    return line


def bounds(
    equations: Sequence[Equation[N]], known: Mapping[N, float], unknown: Iterable[N]
) -> dict[N, Bounds]:
    """The least and the most that each unknown count can be, given the known ones.

    Nothing where the known ones contradict one another: people with two posts are in the count of
    two parts, and then no sum holds.
    """
    names = sorted(set(unknown))
    rest = [known.get(t, 0.0) - sum(known.get(p, 0.0) for p in parts) for t, parts in equations]
    found = extremes(_matrix(equations, names), np.array(rest))
    return {} if found is None else dict(zip(names, map(tuple, found.tolist()), strict=True))


def all_but_told(
    equations: Sequence[Equation[N]],
    truth: Mapping[N, np.ndarray],
    hidden: Iterable[N],
    least: np.ndarray,
    harmless: Mapping[N, np.ndarray],
) -> Iterator[N]:
    """The hidden rows of which a count is all but told to a reader of the other rows.

    `truth`: the counts of each row; `least`: the fewest of each that may be shown; `harmless`: the
    counts of each row that may be told. Judged from the truth, so that people in two parts of a
    total contradict nothing: the reader is taken to know how many they are.
    """
    names = sorted(set(hidden))
    matrix = _matrix(equations, names)
    matrix = matrix[matrix.any(axis=1)]
    loop = _has_loop(matrix)
    counts = np.array([truth[name] for name in names])
    open_ = ~np.array([harmless[name] for name in names])
    for own, fewest, open_to in zip(counts.T, least, open_.T, strict=True):
        ends = _passed_along(matrix, np.array([matrix @ own]))
        within = np.column_stack([own, own]) if ends is None else ends[0]
        asked = open_to & (within[:, 0] < fewest)
        found = (
            _searched(matrix, own, within, asked, fewest)
            if loop
            else _narrow_ones(within, asked, fewest)
        )
        yield from (names[at] for at in found)


def _narrow_ones(within: np.ndarray, asked: np.ndarray, least: float) -> Iterator[int]:
    return (int(at) for at in np.flatnonzero(asked) if _is_narrow(within[at], least))


def _is_narrow(ends: np.ndarray, least: float) -> bool:
    low, high = ends
    return narrow(low, high, least)


def _searched(
    matrix: np.ndarray, truth: np.ndarray, within: np.ndarray, asked: np.ndarray, least: float
) -> Iterator[int]:
    """Which are narrow, by looking for points that are far apart: each shows many to be wide."""
    seen = _moved_along(matrix, truth.astype(float))
    for at in np.flatnonzero(asked):
        for sign in (-1.0, 1.0):
            if seen[at, 1] - seen[at, 0] + 1 + NEARLY < least:
                aim = np.zeros(len(truth))
                aim[at] = sign
                point = _programmed(matrix, matrix @ truth, within, aim[None])
                if point is not None:
                    seen[:, 0] = np.minimum(seen[:, 0], point[0])
                    seen[:, 1] = np.maximum(seen[:, 1], point[0])
        if _is_narrow(seen[at], least):
            yield int(at)


def extremes(matrix: np.ndarray, rest: np.ndarray) -> np.ndarray | None:
    """Least and most of each x >= 0 with matrix x = rest, a line each; None where no x fits.

    A system without a loop is solved by passing bounds along its equations; one with a loop by
    linear programming (HiGHS), some aims at a time.
    """
    used = matrix.any(axis=1)
    if (np.abs(rest[~used]) > NEARLY).any():
        return None
    matrix, rest = matrix[used], rest[used]
    passed = _passed_along(matrix, rest[None])
    if passed is None or not _has_loop(matrix):
        return None if passed is None else passed[0]
    ends = []
    for at in np.array_split(np.arange(matrix.shape[1]), -(-matrix.shape[1] // AT_A_TIME)):
        aims = np.eye(matrix.shape[1])[at]
        points = _programmed(matrix, rest, passed[0], np.concatenate([aims, -aims]))
        if points is None:
            return None
        low, high = np.split(points, 2)
        ends.append(np.column_stack([(low * aims).sum(axis=1), (high * aims).sum(axis=1)]))
    return np.concatenate(ends)


def _passed_along(matrix: np.ndarray, rests: np.ndarray) -> np.ndarray | None:
    """Bounds narrowed by each equation in turn until none narrows any further."""
    low = np.zeros((len(rests), matrix.shape[1]))
    high = np.full(low.shape, UNBOUNDED)
    told = [(np.flatnonzero(line), line[line != 0]) for line in matrix]
    for _ in range(2 * len(matrix) + 2):
        before = (high - low).sum()
        for (on, sign), rest in zip(told, rests.T, strict=True):
            ends = np.sort(np.stack([sign * low[:, on], sign * high[:, on]]), axis=0)
            others = ends.sum(axis=2, keepdims=True) - ends
            left = np.sort(sign * (rest[None, :, None] - others), axis=0)
            low[:, on] = np.maximum(low[:, on], left[0])
            high[:, on] = np.minimum(high[:, on], left[1])
        if (low > high + NEARLY).any():
            return None
        if before - (high - low).sum() < NEARLY:
            break
    return np.stack([low, high], axis=2)


def _has_loop(matrix: np.ndarray) -> bool:
    """Whether equations and unknowns, joined where one is in the other, make a loop."""
    whose = list(range(sum(matrix.shape)))

    def root(of: int) -> int:
        while whose[of] != of:
            of = whose[of]
        return of

    for i, j in zip(*np.nonzero(matrix), strict=True):
        one, other = root(int(i)), root(len(matrix) + int(j))
        if one == other:
            return True
        whose[one] = other
    return False


def _moved_along(matrix: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """What each can be by moving from the truth in one direction, as far as nothing is below zero.

    The direction for each is the one that keeps all equations and moves it most where each may
    move in proportion to what it is, or as far as any other. It needs no linear program.
    """
    seen = np.column_stack([truth, truth])
    for size in (truth, np.ones(len(truth))):
        scaled = matrix * size
        keeps = np.eye(len(truth)) - np.linalg.pinv(scaled) @ scaled
        along = size[:, None] * keeps * size
        along[np.abs(along) < 1e-9] = 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = np.where(along, -truth[:, None] / along, np.inf)
        up = np.where(along < 0, steps, np.inf).min(axis=0)
        down = np.where(along > 0, steps, -np.inf).max(axis=0)
        own = np.diagonal(along)
        for far in (up, down):
            ends = truth + np.where(np.isfinite(far), far, 0.0) * own
            seen = np.column_stack([np.minimum(seen[:, 0], ends), np.maximum(seen[:, 1], ends)])
    return seen


def _programmed(
    matrix: np.ndarray, rest: np.ndarray, within: np.ndarray, aims: np.ndarray
) -> np.ndarray | None:
    """A point for each aim at which it is least, by one linear program: one system an aim."""
    # Loaded when first needed: it takes most of a second.
    from scipy.optimize import linprog
    from scipy.sparse import identity, kron

    found = linprog(
        aims.ravel(),
        A_eq=kron(identity(len(aims)), matrix, format="csc"),
        b_eq=np.tile(rest, len(aims)),
        bounds=np.tile(within, (len(aims), 1)),
        method="highs-ds",
    )
    return found.x.reshape(aims.shape) if found.success else None


def narrow(low: float, high: float, least: float) -> bool:
    """Whether a count that may not be shown is all but told: it could be small, and of few values.

    It must be possible for `least` whole numbers at least, or be known to be `least` or more.
    """
    smallest, largest = np.ceil(low - NEARLY), np.floor(high + NEARLY)
    return bool(smallest < least and largest - smallest + 1 < least)
