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
    found = extremes(_matrix(equations, names), np.array([rest]))
    return {} if found is None else dict(zip(names, map(tuple, found[0].tolist()), strict=True))


def bounds_of(
    equations: Sequence[Equation[N]], truth: Mapping[N, np.ndarray], hidden: Iterable[N]
) -> dict[N, np.ndarray]:
    """The least and the most that each count of the hidden rows can be to a reader of the others.

    `truth`: the counts of each row. Returns one line a count. Judged from the truth, so that people
    in two parts of a total contradict nothing: the reader is taken to know how many they are.
    """
    names = sorted(set(hidden))
    matrix = _matrix(equations, names)
    found = extremes(matrix, np.array([truth[name] for name in names]).T @ matrix.T)
    return {} if found is None else dict(zip(names, found.transpose(1, 0, 2), strict=True))


def extremes(matrix: np.ndarray, rests: np.ndarray) -> np.ndarray | None:
    """Least and most of each x >= 0 with matrix x = rest, for each of several rests.

    Returns for each rest a line per x, or None where no x fits one of them. A system without a loop
    is solved by passing bounds along its equations; one with a loop by linear programming (HiGHS).
    """
    used = matrix.any(axis=1)
    if (np.abs(rests[:, ~used]) > NEARLY).any():
        return None
    matrix, rests = matrix[used], rests[:, used]
    passed = _passed_along(matrix, rests)
    if passed is None or not _has_loop(matrix):
        return passed
    return _programmed(matrix, rests, passed)


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


def _programmed(matrix: np.ndarray, rests: np.ndarray, within: np.ndarray) -> np.ndarray | None:
    """All least and most values by one linear program: the same system once for each of them."""
    # Loaded when first needed: it takes most of a second.
    from scipy.optimize import linprog
    from scipy.sparse import identity, kron

    n, each = matrix.shape[1], len(rests)
    aims = np.concatenate([np.eye(n).ravel(), -np.eye(n).ravel()])
    found = linprog(
        np.tile(aims, each),
        A_eq=kron(identity(2 * n * each), matrix, format="csc"),
        b_eq=np.repeat(rests, 2 * n, axis=0).ravel(),
        bounds=np.repeat(within, 2 * n, axis=0).reshape(-1, 2),
        method="highs-ds",
    )
    if not found.success:
        return None
    return np.diagonal(found.x.reshape(each, 2, n, n), axis1=2, axis2=3).transpose(0, 2, 1)


def narrow(low: float, high: float, least: float) -> bool:
    """Whether a count that may not be shown is all but told: it could be small, and of few values.

    It must be possible for `least` whole numbers at least, or be known to be `least` or more.
    """
    smallest, largest = np.ceil(low - NEARLY), np.floor(high + NEARLY)
    return bool(smallest < least and largest - smallest + 1 < least)
