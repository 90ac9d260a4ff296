"""`peerpack statement`: a position statement against the newest pack, without building one."""

import json

from peerpack.cli.app import AsJson, Council, Data, QuarterWord, Reports, app, default_reports


@app.command()
def statement(
    council: Council,
    quarter: QuarterWord,
    data: Data = None,
    reports: Reports = None,
    as_json: AsJson = False,
) -> None:
    """Hold a quarter's position statement against its newest pack; a build does the same."""
    from peerpack.packs.statement import check_statement

    held = check_statement(
        council, quarter, roots=tuple(data or ()), reports=reports or default_reports()
    )
    told = f"It holds against {held.version}, and cites evidence {held.citations_n} times."
    print(json.dumps(vars(held), sort_keys=True) if as_json else told)
