"""Words a person types; errors to exit codes and one readable paragraph."""

import json
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peerpack.errors import OurFault, PeerpackError, UsageError

if TYPE_CHECKING:
    from peerpack.handover.check import QuarterChecked

COLOURS = {"good": "green", "care": "yellow", "bad": "bold red", "head": "bold"}
MARKS = {"tick": "✓", "triangle": "!", "cross": "✗"}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="The peer challenge workbook: raw council returns in, verified packs of evidence out.",
)

Council = Annotated[str, typer.Argument(help="A council's folder name, such as northborough.")]
QuarterWord = Annotated[str, typer.Argument(help="A financial-year quarter, such as 2024-25-Q1.")]
Data = Annotated[
    list[Path] | None,
    typer.Option("--data", help="A folder of councils, searched first. Repeatable."),
]
Reports = Annotated[
    Path | None, typer.Option("--reports", help="Where packs go; by default reports/.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def main() -> None:
    """Run the command line; a stop becomes one paragraph and its exit code, a fault of ours 70."""
    try:
        app(standalone_mode=True)
    except PeerpackError as stop:
        print(f"peerpack: {stop}", file=sys.stderr)
        sys.exit(stop.exit_code)
    except Exception:
        traceback.print_exc()
        print("peerpack: a fault of ours. Please report the lines above.", file=sys.stderr)
        sys.exit(OurFault.exit_code)


@app.command()
def build(
    council: Council,
    quarter: QuarterWord,
    data: Data = None,
    reports: Reports = None,
    strict: Annotated[bool, typer.Option(help="Publish nothing when a gate stops.")] = False,
    force: Annotated[bool, typer.Option(help="Build although nothing changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check, run, render and publish a quarter's pack; print its path last."""
    from peerpack.packs.build import build as make

    where = reports or _reports()
    with _progress("building") as tell:
        told = make(council, quarter, roots=tuple(data or ()), reports=where.resolve(),
                    strict=strict, force=force, tell=tell)  # fmt: skip
    path = where / told.version.folder.relative_to(where.resolve())
    if not told.new:
        _say(f"nothing changed since {told.version.name}")
    print(json.dumps({"pack": str(path), "new": told.new}) if as_json else path)


@app.command()
def check(
    council: Council,
    quarter: QuarterWord,
    data: Data = None,
    reports: Reports = None,
    as_json: AsJson = False,
) -> None:
    """Admit every return and report on it to its owner; run no notebook. Prints its page last."""
    from peerpack.packs import check as desk

    where = reports or _reports()
    with _progress("checking") as tell:
        checked = desk.check(council, quarter, where.resolve(), tuple(data or ()), tell)
    if not as_json:
        _report(checked)
    page = where / desk.write_page(checked, where.resolve()).relative_to(where.resolve())
    told = checked.model_dump(mode="json") | {"page": str(page)}
    print(json.dumps(told, indent=1) if as_json else page)
    desk.refuse(checked)


@app.command()
def verify(
    pack: Annotated[Path, typer.Argument(help="The folder of a pack, such as …/v001.")],
    as_json: AsJson = False,
) -> None:
    """Check every file of a pack against its sums."""
    from peerpack.packs.verify import verify as verified

    found = verified(pack)
    told = f"{pack}: {found.files_n} files as published; evidence {found.evidence_sha256}"
    print(json.dumps({"pack": str(pack), "files": found.files_n}) if as_json else told)


@app.command("new-dataset")
def new_dataset(
    sample: Annotated[Path, typer.Argument(help="A file of the return, as received.")],
    name: Annotated[str, typer.Option(help="The dataset's name; by default the file's.")] = "",
    to: Annotated[
        Path | None, typer.Option(help="The checkout to write into; by default this one.")
    ] = None,
    covers: Annotated[
        str, typer.Option(help="What a return covers: quarter, year_to_date, snapshot or latest.")
    ] = "snapshot",
) -> None:
    """Write the contract and the suite of a new dataset from a sample of it."""
    from peerpack.drafting import new_dataset as drafted

    told = drafted(sample, name, to, covers)
    receipt = told.reading
    print(
        f"{sample.name}: {receipt.rows_in:,} rows in, {len(receipt.frame):,} admitted as "
        f"{told.dataset.dataset}, verdict {told.outcome}"
    )
    print("Look at these before you use it:")
    for doubt in told.doubts:
        print(f"- {doubt}")
    print('- Wherever the contract says "To be", its owner\'s words are wanted.')
    print(f"Written: {told.contract} and {told.suite}")
    print("Then print its page: python -m peerpack.catalogue.page > docs/reference/datasets.md")


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the council's folder.")],
    council: Annotated[str, typer.Option(help="The invented council's folder name.")] = (
        "northborough"
    ),
    first: Annotated[str, typer.Option("--from", help="The first quarter.")] = "2023-24-Q1",
    quarters: Annotated[
        int | None, typer.Option(min=1, help="How many quarters; without it, 2024-25-Q1 as kept.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed, other returns.")] = 1,
    scale: Annotated[
        float, typer.Option(min=0.01, max=10, help="1 is a council of 6,000 staff.")
    ] = 1.0,
    faults: Annotated[
        bool, typer.Option(help="With faults, or as after every fault has been mended.")
    ] = True,
) -> None:
    """Generate returns of a council that does not exist; with --quarters, also truth.json."""
    if quarters is None:
        from peerpack.demo import write_returns

        if (council, first, seed, scale, faults) != ("northborough", "2023-24-Q1", 1, 1.0, True):
            raise UsageError("peerpack demo: say with --quarters how many quarters to write.")
        write_returns(folder)
        print(folder / "northborough")
        return
    from peerpack.demo.years.generate import write_years
    from peerpack.vocab import Quarter, council_slug

    start = Quarter.parse(first)
    slug = council_slug(council)
    print(write_years(folder, slug, start, quarters, seed, scale, _say, faulty=faults))


@app.command(name="new-quarter")
def new_quarter(council: Council, quarter: QuarterWord, data: Data = None) -> None:
    """Lay out a quarter's folder with an empty form per dataset; print its path last."""
    from peerpack.packs.new_quarter import new_quarter as lay_out

    told = lay_out(council, quarter, tuple(data or ()))
    if told.returns_n:
        _say(f"{told.folder.name} holds returns already ({told.returns_n}): none was touched, "
             "and only missing forms were added")  # fmt: skip
    for path in told.made:
        _say(f"made {path.relative_to(told.folder.parent)}")
    print(told.folder)


def _reports() -> Path:
    from peerpack.catalogue.places import project_root

    return project_root() / "reports"


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Lines of progress: under a moving bar on a terminal, plain elsewhere."""
    if not sys.stderr.isatty():
        yield _say
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def tell(line: str) -> None:
            bar.console.print(line, markup=False, highlight=False)
            bar.update(task, description=line.partition(":")[0])

        yield tell


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _report(checked: "QuarterChecked") -> None:
    """The report in words; on a terminal with a table and colours that only repeat them."""
    from peerpack.render import overview, report_lines

    if not sys.stdout.isatty():
        for line in report_lines(checked):
            print(line.text)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Verdict", "Return", title=f"{checked.council_name}, {checked.quarter}")
    for head in ("Rows in", "Admitted", "Set aside", "In quarantine"):
        table.add_column(head, justify="right")
    for badge, cells in overview(checked):
        table.add_row(
            Text(f"{MARKS[badge.shape]} {badge.text}", COLOURS[badge.tone]), *map(Text, cells)
        )
    console = Console(highlight=False)
    console.print(table)
    for line in report_lines(checked):
        console.print(Text(line.text, COLOURS.get(line.tone, "")))
