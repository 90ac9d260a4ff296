"""`new-dataset`, `demo` and `new-quarter`: what a council begins with."""

from pathlib import Path
from typing import Annotated

import typer

from peerpack.cli.app import Council, Data, QuarterWord, app, say
from peerpack.errors import UsageError


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
    print(write_years(folder, slug, start, quarters, seed, scale, say, faulty=faults))


@app.command(name="new-quarter")
def new_quarter(council: Council, quarter: QuarterWord, data: Data = None) -> None:
    """Lay out a quarter's folder with an empty form per dataset; print its path last."""
    from peerpack.packs.new_quarter import new_quarter as lay_out

    told = lay_out(council, quarter, tuple(data or ()))
    if told.returns_n:
        say(f"{told.folder.name} holds returns already ({told.returns_n}): none was touched, "
             "and only missing forms were added")  # fmt: skip
    for path in told.made:
        say(f"made {path.relative_to(told.folder.parent)}")
    print(told.folder)
