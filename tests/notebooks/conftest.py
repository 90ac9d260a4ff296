"""A sound notebook, to be broken in one place at a time."""

import pytest
from nbformat import NotebookNode, v4

SOUND = {
    "question": "# Are services within budget?",
    "parameters": (
        'council = "northborough"  # short name of a council\n'
        'quarter = "2024-25-Q1"  # financial quarter\n'
        "months = 12  # whole months\n"
        "share = 0.5  # 0 to 1\n"
        "revised = False  # True or False"
    ),
    "imports": (
        "from peerpack import figures, intake, measures, records, words\nfrom pytest import approx"
    ),
    "admit": (
        "record = records.start(council, quarter)\n"
        'budget = intake.admit("budget_monitoring")\n'
        "budget"
    ),
    "variance-says": "How far each directorate is from its budget.",
    "variance": (
        "table = measures.finance.variance_by_directorate(budget.frame)\n"
        'shown = record.evidence(table, indicator="KF01", rows=[budget])\n'
        "shown"
    ),
    "variance-adds-up": 'assert table["value"].sum() == approx(1), "every pound is counted once"',
    "variance-figure": (
        'record.exhibit(figures.finance.variance_bars(shown, title=f"To {quarter}"), shown)'
    ),
    "variance-finding": (
        "sentence = words.variance_sentence(shown)\nrecord.finding(sentence)\nsentence"
    ),
    "uncertainty": "The forecast may move.",
    "limits": "Schools are not in it.",
    "record": "record.close()",
}
PROSE = ("question", "uncertainty", "limits", "variance-says")
META = {
    "question": "Are services within budget?",
    "theme": "T4",
    "datasets": ["budget_monitoring"],
    "indicators": ["KF01"],
}


def draw(sources: dict[str, str], peerpack: dict = META) -> NotebookNode:
    """A stripped notebook of these cells."""
    cells = [
        v4.new_markdown_cell(source, id=id_) if id_ in PROSE else v4.new_code_cell(source, id=id_)
        for id_, source in sources.items()
    ]
    for cell in cells:
        if cell.id == "parameters":
            cell.metadata["tags"] = ["parameters"]
    nb = v4.new_notebook(cells=cells)
    nb.metadata["kernelspec"] = {"display_name": "P", "language": "python", "name": "python3"}
    nb.metadata["peerpack"] = dict(peerpack)
    return nb


@pytest.fixture
def drawn():
    """A function: the sound notebook with some cells changed, `None` takes one away."""

    def change(**cells):
        given = {id_.replace("_", "-"): source for id_, source in cells.items()}
        return draw({k: v for k, v in {**SOUND, **given}.items() if v is not None})

    return change
