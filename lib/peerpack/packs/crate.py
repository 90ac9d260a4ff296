"""`ro-crate-metadata.json`: the pack as a Provenance Run Crate, for archives and their tools.

Method: RO-Crate 1.1 with the Process, Workflow and Provenance Run Crate profiles 0.5. The workflow
is the batch as `manifest.json` states it; each notebook is a tool that it ran as one step.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peerpack.handover.pack import NotebookPage, PackContents
from peerpack.handover.receipt import Receipt
from peerpack.packs.versions import SUMS, sha256_of
from peerpack.packs.write import write_json
from peerpack.words.numbers import quarter_in_full

if TYPE_CHECKING:
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

METADATA = "ro-crate-metadata.json"
WORKFLOW = "manifest.json"
RUN = "#run"
ENGINE = "#peerpack"
RUN_TERMS = "https://w3id.org/ro/terms/workflow-run/context"
ROCRATE = "https://w3id.org/ro/crate/1.1"
WORKFLOW_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/ro/wfrun/provenance/0.5": "Provenance Run Crate",
    WORKFLOW_CRATE: "Workflow RO-Crate",
}
BIOSCHEMAS = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
PARAMETER = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"
_OFFICE = "application/vnd.openxmlformats-officedocument"
# Not asked of the machine, whose own list of types would then be in the pack.
_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


def write_crate(folder: Path, contents: PackContents, manifest: dict[str, Any]) -> None:
    """Describe the pack, its files with size and sha256, and the run that made them.

    No clock and no random id: the as-at date stands wherever a time is asked for.
    """
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version="1.1")
    crate.metadata.extra_contexts.append(RUN_TERMS)
    _describe(crate, contents)
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != SUMS):
        name = path.relative_to(folder).as_posix()
        crate.add_file(path, dest_path=name, properties=_said(path) | _role(name))
    _workflow(crate, contents, manifest["inputs"])
    _runs(crate, contents)
    graph = crate.metadata.generate()
    graph["@graph"] = sorted(graph["@graph"], key=lambda entity: entity["@id"])
    write_json(folder / METADATA, graph)


def _said(path: Path) -> dict[str, Any]:
    return {
        "contentSize": str(path.stat().st_size),
        "encodingFormat": _TYPES[path.suffix],
        "name": path.name,
        "sha256": sha256_of(path),
    }


def _role(name: str) -> dict[str, Any]:
    """What a file is besides a file: the workflow, or a tool that it ran."""
    if name == WORKFLOW:
        return {"@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"]}
    return {"@type": ["File", "SoftwareSourceCode"]} if name.startswith("notebooks/") else {}


def _describe(crate: "ROCrate", contents: PackContents) -> None:
    council = contents.council
    crate.name = f"Peer challenge evidence, {council.name}, {contents.quarter}"
    crate.description = (
        f"Evidence for {quarter_in_full(contents.quarter)}, as at {contents.as_at.isoformat()}."
        + (" Every figure is invented." if council.invented else "")
    )
    crate.datePublished = contents.as_at
    crate.license = _add(crate, "#licence", "CreativeWork", name="None is stated",
                         description=f"Ask {council.name} before you use it.")  # fmt: skip
    crate.publisher = _add(crate, "#council", "Organization", name=council.name)
    crate.root_dataset["author"] = crate.publisher
    for uri, name in PROFILES.items():
        _add(crate, uri, "CreativeWork", name=name, version=uri.rpartition("/")[2])
    crate.root_dataset["conformsTo"] = [{"@id": uri} for uri in PROFILES]
    crate.metadata["conformsTo"] = [{"@id": ROCRATE}, {"@id": WORKFLOW_CRATE}]


def _workflow(crate: "ROCrate", contents: PackContents, inputs: dict[str, Any]) -> None:
    """The batch: what goes in, what comes out, and its steps in their order."""
    workflow = crate.get(WORKFLOW)
    language = _add(crate, "#jupyter", "ComputerLanguage", name="Jupyter notebooks in Python",
                    url="https://jupyter.org/", identifier="https://jupyter.org/")  # fmt: skip
    steps = [_step(crate, page, at) for at, page in enumerate(contents.notebooks, start=1)]
    said = {
        "name": "Peer challenge pack of a quarter",
        "description": "Which notebooks run on which returns, each input by its sha256.",
        "version": inputs["code"],
        "conformsTo": {"@id": BIOSCHEMAS},
        "programmingLanguage": language,
        "input": list(_parameters(crate, contents)),
        "output": _parameter(crate, "evidence", "File", "evidence.csv"),
        "hasPart": [{"@id": _path(page)} for page in contents.notebooks],
        "step": steps,
    }
    for name, value in said.items():
        workflow[name] = value
    crate.root_dataset["mainEntity"] = workflow


def _step(crate: "ROCrate", page: NotebookPage, at: int) -> "ContextEntity":
    tool = crate.get(_path(page))
    tool["name"] = page.question
    tool["version"] = tool["sha256"]
    return _add(crate, f"#step-{page.name}", "HowToStep", position=str(at), workExample=tool)


def _parameters(crate: "ROCrate", contents: PackContents) -> Iterator["ContextEntity"]:
    for name, value in (("council", contents.council.slug), ("quarter", contents.quarter)):
        given = _add(crate, f"#given-{name}", "PropertyValue", name=name, value=value)
        yield _parameter(crate, name, "Text", given.id)
    for receipt in _returns(contents):
        given = _add(crate, _return(receipt), "PropertyValue", name=receipt.title,
                     propertyID="sha256", value=receipt.sha256)  # fmt: skip
        yield _parameter(crate, f"return-{given.id[1:]}", "PropertyValue", given.id)


def _parameter(crate: "ROCrate", name: str, kind: str, example: str) -> "ContextEntity":
    """A parameter of the workflow and what was given for it, each naming the other."""
    made = _add(crate, f"#parameter-{name}", "FormalParameter", name=name, additionalType=kind,
                conformsTo={"@id": PARAMETER}, workExample={"@id": example})  # fmt: skip
    crate.get(example)["exampleOfWork"] = made
    return made


def _runs(crate: "ROCrate", contents: PackContents) -> None:
    """The run of the whole, the run of each notebook, and that one engine led them."""
    _add(crate, PARAMETER, "CreativeWork", name="FormalParameter", version="1.0-RELEASE")
    results = [part for part in crate.root_dataset["hasPart"] if part.id != WORKFLOW]
    given = ["#given-council", "#given-quarter"]
    returns = [_return(receipt) for receipt in _returns(contents)]
    whole = _action(crate, RUN, WORKFLOW, "The quarter's batch", given + returns, results, contents)
    engine = _add(crate, ENGINE, "SoftwareApplication", name="peerpack",
                  softwareVersion=crate.get(WORKFLOW)["version"])  # fmt: skip
    runs = [_notebook_run(crate, page, given, contents) for page in contents.notebooks]
    led = [
        _add(
            crate,
            f"#control-{page.name}",
            "ControlAction",
            name=f"Ran {page.name}",
            instrument={"@id": f"#step-{page.name}"},
            object=run,
        )
        for page, run in zip(contents.notebooks, runs, strict=True)
    ]
    organised = _add(crate, "#organised", "OrganizeAction", name="Ran the batch",
                     instrument=engine, object=led, result=whole,
                     endTime=contents.as_at.isoformat(), agent={"@id": "#council"})  # fmt: skip
    crate.root_dataset["mentions"] = [whole, *runs, organised]


def _notebook_run(
    crate: "ROCrate", page: NotebookPage, given: list[str], contents: PackContents
) -> "ContextEntity":
    own = contents.evidence["notebook"] == page.name
    used = set(contents.evidence["evidence_id"][own])
    rests_on = set(contents.lineage["sha256"][contents.lineage["evidence_id"].isin(used)])
    returns = [_return(r) for r in _returns(contents) if r.sha256 in rests_on]
    charts = [e.id for e in contents.exhibits if used & set(e.evidence_ids)]
    files = [f"exhibits/{name}.{kind}" for name in charts for kind in ("csv", "svg")]
    results = [crate.get(name) for name in ("evidence.csv", *sorted(files))]
    return _action(
        crate, f"#run-{page.name}", _path(page), page.question, given + returns, results, contents
    )


def _action(
    crate: "ROCrate",
    name: str,
    instrument: str,
    said: str,
    objects: Iterable[str],
    results: Iterable[Any],
    contents: PackContents,
) -> "ContextEntity":
    return _add(
        crate, name, "CreateAction", name=said, instrument={"@id": instrument},
        description=f"Run for {quarter_in_full(contents.quarter)}; its time is the as-at date.",
        object=[{"@id": each} for each in objects], result=list(results),
        endTime=contents.as_at.isoformat(), agent={"@id": "#council"},
        actionStatus="http://schema.org/CompletedActionStatus",
    )  # fmt: skip


def _add(crate: "ROCrate", id_: str, kind: str, /, **said: Any) -> "ContextEntity":
    from rocrate.model.contextentity import ContextEntity

    made = crate.add(ContextEntity(crate, id_, properties={"@type": kind}))
    for key, value in said.items():
        made[key] = value
    return made


def _returns(contents: PackContents) -> tuple[Receipt, ...]:
    return (*contents.receipts, *contents.own, *contents.earlier)


def _return(receipt: Receipt) -> str:
    return f"#{receipt.dataset}-{receipt.quarter}"


def _path(page: NotebookPage) -> str:
    return f"notebooks/{page.name}.ipynb"
