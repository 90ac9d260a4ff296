"""Baseline: the cells of notebooks as plain Python in one process, with nothing between them.

It does what a kernel does to be seen: a cell's last value is written out, as text and as HTML where
it has that; charts left open at the end of a cell are drawn as PNG. It starts no kernel, sends no
message and keeps no notebook; a notebook finds the modules that the one before it has loaded, and
whatever it has left in them.
"""

import argparse
import ast
import io
import json
import sys
from pathlib import Path


def run(notebook, given, out):
    """Execute a notebook's code cells in a scope of their own; write what they show."""
    scope, shown = {"__name__": "__main__"}, []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        value = value_of("".join(cell["source"]), scope, f"{notebook.stem}-{cell['id']}")
        shown += [*seen(value), *charts()]
        if "parameters" in cell["metadata"].get("tags", ()):
            scope |= given
    (out / f"{notebook.stem}.out").write_bytes(b"\n".join(shown))


def value_of(source, scope, name):
    """Run a cell; the value of its last line, where that is an expression."""
    body = ast.parse(source, name).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), name, "exec"), scope)
    return eval(compile(ast.Expression(last.value), name, "eval"), scope) if last else None


def seen(value):
    """A value as text, and as HTML where it has that."""
    parts = value if isinstance(value, tuple) else (value,)
    html = [each._repr_html_() for each in parts if hasattr(each, "_repr_html_")]
    return [] if value is None else [repr(value).encode(), *(each.encode() for each in html)]


def charts():
    """The open charts as PNG, as a notebook shows them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    drawn = [pyplot.figure(number) for number in pyplot.get_fignums()] if pyplot else []
    images = []
    for figure in drawn:
        image = io.BytesIO()
        figure.savefig(image, format="png", bbox_inches="tight")
        pyplot.close(figure)
        images.append(image.getvalue())
    return images


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--given", nargs=2, action="append", default=[])
    asked.add_argument("out", type=Path)
    asked.add_argument("notebooks", nargs="+", type=Path)
    said = asked.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    for notebook in said.notebooks:
        run(notebook, dict(said.given), said.out)


if __name__ == "__main__":
    main()
