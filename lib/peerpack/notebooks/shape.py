"""A notebook as it stands in `notebooks/`: its metadata, its parameters, its cells."""

import ast
import io
import math
import tokenize
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from peerpack import spare_iri_grammar
from peerpack.errors import NotFound, UsageError
from peerpack.vocab import Quarter, council_slug

if TYPE_CHECKING:
    from nbformat import NotebookNode

Value = str | int | float | bool | None


class Meta(BaseModel):
    """What a notebook says of itself in `metadata.peerpack`; a misspelt key is refused.

    It runs where all of `datasets` are supplied and, where it names `any_of`, one of those lists.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=1)
    theme: Literal["T1", "T2", "T3", "T4", "T5"]
    datasets: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...] = ()
    indicators: tuple[str, ...]

    @property
    def named(self) -> frozenset[str]:
        """Every dataset it names."""
        return frozenset({*self.datasets, *(name for each in self.any_of for name in each)})

    def can_run_on(self, there: Set[str]) -> bool:
        """Whether these datasets are enough for it."""
        enough = not self.any_of or any(there >= set(each) for each in self.any_of)
        return there >= set(self.datasets) and enough

    def held_back_by(self, stopped: Set[str]) -> tuple[str, ...]:
        """Of the datasets that a gate stopped, those without which it cannot run."""
        needed = set(self.datasets)
        if self.any_of and all(stopped & set(each) for each in self.any_of):
            needed |= self.named
        return tuple(name for name in sorted(stopped) if name in needed)


@dataclass(frozen=True)
class Parameter:
    """One line of the `parameters` cell: `months = 12  # whole months`."""

    name: str
    default: Value
    comment: str

    @property
    def type(self) -> type:
        """The type of the default, which a given value must have too."""
        return type(self.default)


def read(path: Path) -> "NotebookNode":
    """The notebook in a file, exactly as stored: nothing is repaired on the way in."""
    spare_iri_grammar()
    from nbformat import reader

    if not path.is_file():
        raise NotFound(f"Notebook {path.name}: there is no such file. Check its name.")
    try:
        nb = reader.reads(path.read_text(encoding="utf-8"))
    except Exception as fault:
        raise UsageError(f"{path.name} is not a notebook: it cannot be read as one.") from fault
    if nb.get("nbformat") != 4 or not isinstance(nb.get("cells"), list):
        raise UsageError(f"{path.name} is not a notebook of format 4. Save it from JupyterLab.")
    return nb


def meta(nb: "NotebookNode", name: str = "the notebook") -> Meta:
    """`metadata.peerpack`, or a refusal that says which entry is wrong."""
    try:
        return Meta.model_validate(nb.metadata.get("peerpack", {}))
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"{name}: metadata peerpack.{field}: {first['msg']}. "
            "It needs question, theme (T1 to T5), datasets and indicators; any_of where it can "
            "do with some of its datasets."
        ) from None


def tags(cell: Mapping[str, Any]) -> list[str]:
    """The tags of a cell; none is an empty list."""
    return list(cell.get("metadata", {}).get("tags", []))


def parameters(nb: "NotebookNode", name: str = "the notebook") -> dict[str, Parameter]:
    """The parameters a notebook declares: plain literals in its cell tagged `parameters`."""
    tagged = [cell for cell in nb.cells if "parameters" in tags(cell)]
    if len(tagged) != 1:
        raise UsageError(
            f"{name}: {len(tagged)} cells are tagged `parameters`; exactly one must be."
        )
    declared = list(_declared(tagged[0].source, name))
    found = {each.name: each for each in declared}
    if len(found) < len(declared):
        raise UsageError(f"{name}: a parameter is set twice. Keep one line for each.")
    return found


def _declared(source: str, name: str) -> Iterator[Parameter]:
    try:
        lines = ast.parse(source).body
    except SyntaxError as fault:
        raise UsageError(f"{name}: line {fault.lineno} of `parameters` is not Python.") from None
    comments = _comments(source)
    for line in lines:
        match line:
            case ast.Assign(targets=[ast.Name(id=parameter)], value=value) if _is_literal(value):
                last = line.end_lineno or line.lineno
                yield Parameter(parameter, ast.literal_eval(value), comments.get(last, ""))
            case _:
                raise UsageError(
                    f"{name}: line {line.lineno} of `parameters` is not `name = value` with a "
                    "plain text, number, True, False or None. Compute it in a later cell."
                )


def _is_literal(value: ast.expr) -> bool:
    try:
        return isinstance(ast.literal_eval(value), str | int | float | None)
    except (ValueError, TypeError, SyntaxError):
        return False


def _comments(source: str) -> dict[int, str]:
    """The comment on each line of a source, by line number."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}


def validate(
    given: Mapping[str, Value], nb: "NotebookNode", name: str = "the notebook"
) -> dict[str, Value]:
    """The given parameters, each of the type the notebook declares; anything else is refused."""
    declared = parameters(nb, name)
    unknown = [each for each in given if each not in declared]
    if unknown:
        raise UsageError(f"{name} has no parameter {unknown[0]!r}. It has: {', '.join(declared)}.")
    return {key: _checked(declared[key], value, name) for key, value in given.items()}


def _checked(parameter: Parameter, value: Value, name: str) -> Value:
    try:
        typed = _typed(parameter, value)
        if parameter.name == "council":
            return council_slug(typed)
        return str(Quarter.parse(typed)) if parameter.name == "quarter" else typed
    except UsageError as fault:
        raise UsageError(f"{name}, parameter {parameter.name}: {fault}") from None
    except ValueError:
        raise UsageError(
            f"{name}, parameter {parameter.name}: expected {_KINDS[parameter.type]}, such as "
            f"{parameter.default!r}; found {value!r}."
        ) from None


def _typed(parameter: Parameter, value: Value) -> Value:
    """A value of the parameter's type; a text from a command line is converted, never guessed."""
    if parameter.default is None or type(value) is parameter.type:
        return _finite(value)
    if parameter.type is float and type(value) is int:
        return float(value)
    if not isinstance(value, str):
        raise ValueError
    if parameter.type is bool:
        return {"true": True, "false": False}[value] if value in ("true", "false") else _refuse()
    return _finite(parameter.type(value))


def _finite(value: Value) -> Value:
    return _refuse() if isinstance(value, float) and not math.isfinite(value) else value


def _refuse() -> Value:
    raise ValueError


_KINDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "a text or a number",
}
