"""What a notebook of the workbook must look like, in words its author understands."""

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from peerpack.errors import UsageError
from peerpack.notebooks.normalise import fingerprint
from peerpack.notebooks.shape import meta, parameters, tags
from peerpack.notebooks.shown import RAW, REPR_ONLY, SPEAKERS, WATCHED, Names, arguments, is_under

if TYPE_CHECKING:
    from nbformat import NotebookNode

ORDER = ("question", "parameters", "imports", "admit", "uncertainty", "limits", "record")
PROSE = ("question", "uncertainty", "limits")
LINES = 8
IMPORTS = tuple(f"peerpack.{m}" for m in ("intake", "measures", "figures", "words", "records"))

_FILE = re.compile(r"\d\d(-[a-z0-9]+){2,}\.ipynb\Z")
_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*\Z")
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{8,}\Z")
_PICTURE = re.compile(r"!\[|<img|data:image")
_MAGIC = re.compile(r"^\s*(\w+\s*=\s*)?[%!?]|\?\s*$", re.MULTILINE)
_OUTSIDE = re.compile(
    r"(read|write|open|save|savefig|plot|hist|boxplot|show)(_\w+)?\Z"
    r"|to_(?!dict\Z|list\Z|numpy\Z|string\Z)\w+"
)
_BUILTINS = {
    "open", "exec", "eval", "compile", "__import__", "input", "breakpoint", "globals", "locals",
    "vars", "getattr", "setattr", "delattr", "help", "exit", "quit", "get_ipython",
}  # fmt: skip
_STATEMENTS = {
    ast.FunctionDef: "function",
    ast.AsyncFunctionDef: "function",
    ast.ClassDef: "class",
    ast.Lambda: "lambda",
    ast.NamedExpr: "`:=`",
    ast.With: "`with`",
    ast.AsyncWith: "`with`",
    ast.Try: "`try`",
    ast.Raise: "`raise`",
    ast.Match: "`match`",
    ast.Global: "`global`",
    ast.Delete: "`del`",
}


def lint(nb: "NotebookNode", name: str) -> list[str]:
    """Every fault of a notebook, one sentence each; none when it may stand in `notebooks/`."""
    return [f"{name}: {fault}" for fault in _faults(nb, name)]


def _faults(nb: "NotebookNode", name: str) -> Iterator[str]:
    yield from _of_file(nb, name)
    yield from _of_ids(nb)
    yield from _of_order(nb)
    yield from _of_parameters(nb)
    for cell in nb.cells:
        yield from (f"cell `{cell.get('id', '?')}`: {fault}" for fault in _of_cell(cell))
    yield from _of_code(nb)


def _of_file(nb: "NotebookNode", name: str) -> Iterator[str]:
    if not _FILE.match(name):
        yield "name the file NN-question-in-words.ipynb, in lower case with hyphens"
    if nb.get("nbformat_minor", 0) < 5:
        yield "save it as format 4.5 or later, in which cells have names"
    kernel = nb.metadata.get("kernelspec", {})
    if (kernel.get("name"), kernel.get("language")) != ("python3", "python"):
        yield "set the kernel to python3 with language python (metadata kernelspec)"
    try:
        meta(nb, "the notebook")
    except UsageError as fault:
        yield str(fault)


def _of_ids(nb: "NotebookNode") -> Iterator[str]:
    seen: set[str] = set()
    for number, cell in enumerate(nb.cells, start=1):
        id_ = cell.get("id", "")
        if not _ID.match(id_) or _HEX.match(re.sub("[-_]", "", id_)):
            yield f"cell {number}: give it a name in words instead of {id_!r} as its id"
        elif id_ in seen:
            yield f"cell {number}: another cell is named `{id_}` too; a name is used once"
        seen.add(id_)


def _of_order(nb: "NotebookNode") -> Iterator[str]:
    ids = [cell.get("id", "") for cell in nb.cells]
    for missing in (each for each in ORDER if each not in ids):
        yield f"there is no cell `{missing}`"
    if [each for each in dict.fromkeys(ids) if each in ORDER] != [e for e in ORDER if e in ids]:
        yield f"put the cells in this order: {', '.join(ORDER)}"
    elif ids[:1] != ["question"] and "question" in ids:
        yield "begin with the cell `question`"
    elif ids[-1:] != ["record"] and "record" in ids:
        yield "end with the cell `record`: what follows it is not recorded"


def _of_parameters(nb: "NotebookNode") -> Iterator[str]:
    try:
        declared = parameters(nb, "the notebook")
    except UsageError as fault:
        yield str(fault)
        return
    for missing in (each for each in ("council", "quarter") if each not in declared):
        yield f"there is no parameter {missing}; every notebook runs for a council and a quarter"
    for each in declared.values():
        if not each.comment:
            yield f"parameter {each.name}: say its unit or its allowed values in a comment"


def _of_cell(cell: "NotebookNode") -> Iterator[str]:
    """What one cell must keep to, whatever it says."""
    kind = "markdown" if cell.get("id") in PROSE else "code"
    if cell.get("id") in ORDER and cell.cell_type != kind:
        yield f"make it a {kind} cell"
    if cell.cell_type not in ("code", "markdown"):
        yield "make it a code or a markdown cell"
    if len(cell.source.splitlines()) > LINES:
        yield f"it has more than {LINES} lines; split it, or move the work into the package"
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield "outputs are stored; run `make strip`"
    if cell.get("attachments") or (cell.cell_type == "markdown" and _PICTURE.search(cell.source)):
        yield "no pictures or attachments: a figure is computed, by figures"
    yield from _of_tags(cell)
    if cell.get("id") == "record" and cell.source.strip() != "record.close()":
        yield "it must hold record.close() and nothing else"


def _of_tags(cell: "NotebookNode") -> Iterator[str]:
    allowed = ["parameters"] if cell.get("id") == "parameters" else []
    for tag in tags(cell):
        if tag not in allowed:
            yield f"remove the tag {tag!r}; only the cell `parameters` has one, of that name"


def _of_code(nb: "NotebookNode") -> Iterator[str]:
    """What the code of the cells must keep to, read together."""
    trees: dict[str, ast.Module] = {}
    twins: dict[str, str] = {}
    for cell in (each for each in nb.cells if each.cell_type == "code"):
        id_ = cell.get("id", "?")
        twin = twins.setdefault(fingerprint(cell.source), id_)
        if twin != id_:
            yield f"cell `{id_}`: cell `{twin}` holds the same text; keep one"
        try:
            trees[id_] = ast.parse(cell.source)
        except SyntaxError as fault:
            yield f"cell `{id_}`: {_not_python(cell.source, fault)}"
    names = Names(trees.values())
    if "admit" in trees and "record" not in names.recorders:
        yield "cell `admit`: start the recorder here, `record = records.…`, and name it only once"
    for id_, tree in trees.items():
        for each in dict.fromkeys((*_of_tree(tree, id_, names), *_of_showing(tree, names))):
            yield f"cell `{id_}`: {each}"


def _not_python(source: str, fault: SyntaxError) -> str:
    if _MAGIC.search(source):
        return "no magics, no `!` and no `?`: they work in Jupyter only"
    return f"line {fault.lineno} is not Python"


def _of_tree(tree: ast.Module, id_: str, names: Names) -> Iterator[str]:
    """Statements and names that belong in the package, not in a notebook."""
    for node in ast.walk(tree):
        if type(node) in _STATEMENTS:
            yield f"no {_STATEMENTS[type(node)]} in a notebook; put it into the package"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from _of_import(node, id_)
        elif isinstance(node, ast.Name):
            yield from _of_name(node, names)
        elif isinstance(node, ast.Attribute):
            yield from _of_attribute(node, names)
        elif isinstance(node, ast.Assert) and not _is_plain(node.msg):
            yield "the message of an assert must be a plain text, without values"


def _of_import(node: ast.Import | ast.ImportFrom, id_: str) -> Iterator[str]:
    if id_ != "imports":
        yield "move the import to the cell `imports`"
    module = "." * node.level + (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    for each in node.names:
        path = f"{module}.{each.name}" if module else each.name
        known = path in ("peerpack", "pytest.approx") or is_under(path, IMPORTS)
        if not known or each.name == "*":
            yield f"no import of {path}: only {', '.join(IMPORTS)} and pytest.approx"


def _of_name(node: ast.Name, names: Names) -> Iterator[str]:
    if node.id in _BUILTINS:
        yield f"no {node.id}: a notebook reads, writes and runs nothing by itself"
    elif isinstance(node.ctx, ast.Store) and node.id in names.modules:
        yield f"{node.id} is an imported name; call the value something else"


def _of_attribute(node: ast.Attribute, names: Names) -> Iterator[str]:
    if isinstance(node.ctx, ast.Store):
        yield "assign to a name, not into a thing: a table is changed in measures only"
    elif node.attr.startswith("_"):
        yield f"no {node.attr}: a name with an underscore is private to the package"
    elif _OUTSIDE.match(node.attr) and not names.path(node):
        yield f"no .{node.attr}: reading, writing and plotting belong in the package"


def _is_plain(message: ast.expr | None) -> bool:
    return message is None or (isinstance(message, ast.Constant) and isinstance(message.value, str))


def _of_showing(tree: ast.Module, names: Names) -> Iterator[str]:
    """Raw values on their way to a reader."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, names)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield "assign to a name, not into a thing: a table is changed in measures only"
        elif id(node) not in called | inner and _is_watched(node, names):
            yield f"call {ast.unparse(node)} where you use it, by its full name"
    match tree.body[-1:]:
        case [ast.Expr(value=end)] if names.level(end) == RAW and not _is_judged(end, names):
            yield f"it ends by showing {_short(end)}, which {_NOT_RECORDED}"


def _is_judged(end: ast.expr, names: Names) -> bool:
    """A call whose arguments are judged by themselves, so that one fault is said once."""
    return isinstance(end, ast.Call) and _least_level(end, names) > RAW


_NOT_RECORDED = "has not been through the recorder: show what record.evidence(…) gave back"


def _of_call(node: ast.Call, names: Names) -> Iterator[str]:
    """The arguments of whatever draws, says, prints or mends a shown thing."""
    least = _least_level(node, names)
    for argument in arguments(node):
        if names.level(argument) < least:
            yield f"{_short(node.func)} takes {_short(argument)}, which {_NOT_RECORDED}"


def _least_level(node: ast.Call, names: Names) -> int:
    """How far what a call is given must be fit to be shown."""
    func = node.func
    if isinstance(func, ast.Name) and func.id in ("print", "display"):
        return REPR_ONLY
    if is_under(names.path(func), SPEAKERS):
        return REPR_ONLY
    if names.is_recorder_call(node) and isinstance(func, ast.Attribute):
        return REPR_ONLY if func.attr in ("exhibit", "finding") else RAW
    return names.level(func) if isinstance(func, ast.Attribute) else RAW


def _is_watched(node: ast.AST, names: Names) -> bool:
    """A module, the recorder or a speaking function, handed about instead of called."""
    if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
        return False
    if isinstance(node, ast.Name) and node.id in {*names.modules, *names.recorders}:
        return True
    root = node.value if isinstance(node, ast.Attribute) else node
    recorder = isinstance(root, ast.Name) and root.id in names.recorders
    return recorder or is_under(names.path(node), WATCHED)


def _short(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"
