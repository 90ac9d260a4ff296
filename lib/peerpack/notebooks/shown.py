"""Which names of a notebook may be shown to a reader: those that the recorder gave back.

The executed notebook is in the pack, so a figure, a sentence or a table in it may take only what
went through the recorder. The check reads names, not values, and it reads the notebook as a whole:
a name is shown only when everything ever assigned to it is, so that neither a loop, a branch nor
cells run out of order can pass a raw table off as a shown one.
"""

import ast
from collections.abc import Iterable, Iterator

RECORDS = "peerpack.records"
DOORS = ("admit", "admit_earlier", "admit_if_supplied", "admit_last_wave", "admit_year")
ADMITS = tuple(f"peerpack.intake.{door}" for door in DOORS)
SPEAKERS = ("peerpack.figures", "peerpack.words")
"""Modules whose functions draw or say, and so take only shown things."""
WATCHED = (*SPEAKERS, "peerpack.intake", RECORDS)
SAFE = {
    "abs", "all", "any", "approx", "bool", "dict", "display", "enumerate", "float", "int", "len",
    "list", "max", "min", "print", "range", "reversed", "round", "set", "sorted", "str", "sum",
    "tuple", "zip",
}  # fmt: skip
"""Functions that give nothing beyond what they are given."""
RAW, REPR_ONLY, SHOWN = 0, 1, 2
"""An admitted dataset may be shown by its repr, which counts rows; nothing it holds may."""


class Names:
    """The names of a notebook: modules, the recorder, and how far each may be shown."""

    def __init__(self, trees: Iterable[ast.Module]) -> None:
        nodes = [node for tree in trees for node in ast.walk(tree)]
        self.modules = dict(pair for node in nodes for pair in _imported(node))
        self.assigned = [pair for node in nodes for pair in _bindings(node)]
        self.recorders = {n for n, _ in self.assigned} - {
            n for n, value in self.assigned if not self._starts_recorder(value)
        }
        self.levels = {name: SHOWN for name, _ in self.assigned}
        while any(self._lower(name, value) for name, value in self.assigned):
            """Until nothing moves: what is assigned from a lowered name is lower too."""

    def _starts_recorder(self, value: ast.expr | None) -> bool:
        return isinstance(value, ast.Call) and self.path(value.func).startswith(RECORDS + ".")

    def _lower(self, name: str, value: ast.expr | None) -> bool:
        """Take a name down to the level of what is assigned to it; say whether that moved it."""
        before = self.levels[name]
        self.levels[name] = min(before, self.level(value))
        return self.levels[name] < before

    def path(self, node: ast.expr) -> str:
        """The dotted path of a name that leads into an imported module, or nothing."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if isinstance(node, ast.Name) and node.id in self.modules:
            return ".".join([self.modules[node.id], *parts])
        return ""

    def is_recorder_call(self, node: ast.expr) -> bool:
        """`record.evidence(…)` and its like."""
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in self.recorders
        )

    def level(self, node: ast.AST | None) -> int:
        """How far a reader may see what an expression gives: raw, by its repr only, or shown."""
        match node:
            case None | ast.NamedExpr() | ast.Lambda():
                return RAW
            case ast.Name(id=name):
                return self.levels.get(name, RAW)
            case ast.Call():
                return self._level_of_call(node)
            case ast.Attribute(value=base):
                return SHOWN if self.level(base) == SHOWN else RAW
            case ast.Subscript(value=base, slice=key):
                return SHOWN if min(self.level(base), self.level(key)) == SHOWN else RAW
        return min((self.level(part) for part in _parts(node)), default=SHOWN)

    def _level_of_call(self, node: ast.Call) -> int:
        if self.is_recorder_call(node):
            return SHOWN
        if self.path(node.func) in ADMITS:
            return REPR_ONLY
        lowest = min((self.level(each) for each in arguments(node)), default=SHOWN)
        if is_under(self.path(node.func), SPEAKERS) or _is_safe(node.func):
            return lowest
        # `"{0.frame}".format(budget)` reaches into its arguments, so these must be shown outright.
        return min(self.level(node.func), SHOWN if lowest == SHOWN else RAW)


def arguments(call: ast.Call) -> list[ast.expr]:
    """Whatever a call is given, by place or by name."""
    return [*call.args, *(each.value for each in call.keywords)]


def _is_safe(func: ast.expr) -> bool:
    return isinstance(func, ast.Name) and func.id in SAFE


def is_under(path: str, modules: tuple[str, ...]) -> bool:
    """Whether a dotted path leads into one of the modules."""
    return any(path == each or path.startswith(each + ".") for each in modules)


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Name and dotted path of each import."""
    if isinstance(node, ast.ImportFrom):
        for each in node.names:
            yield each.asname or each.name, f"{node.module}.{each.name}"
    elif isinstance(node, ast.Import):
        for each in node.names:
            root = each.name.split(".")[0]
            yield (each.asname, each.name) if each.asname else (root, root)


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Every name a statement binds, with the expression it comes from."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _unpacked(target, value)
        case ast.AnnAssign(target=target, value=value):
            yield from _unpacked(target, value)
        case ast.AugAssign(target=ast.Name(id=name) as target, op=op, value=value):
            yield name, ast.BinOp(ast.Name(target.id, ast.Load()), op, value)
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield from _unpacked(target, ast.Subscript(value, ast.Constant(0), ast.Load()))
        case ast.NamedExpr(target=target):
            yield target.id, None


def _unpacked(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=names) | ast.List(elts=names), ast.Tuple(elts=values) | ast.List(
            elts=values
        ) if len(names) == len(values):
            for each, part in zip(names, values, strict=True):
                yield from _unpacked(each, part)
        case ((ast.Tuple(elts=names) | ast.List(elts=names)), _):
            for each in names:
                yield from _unpacked(each, value and ast.Subscript(value, ast.Constant(0)))
        case ast.Starred(value=inner), _:
            yield from _unpacked(inner, value and ast.Subscript(value, ast.Constant(0)))


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions inside an expression; operators and contexts say nothing of their own."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.expr | ast.comprehension | ast.keyword):
            yield part
