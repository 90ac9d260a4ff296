"""Words a person types; errors to exit codes and one readable paragraph.

A file per command or few, each of which only says its words and calls what does the work;
`commands` lists them.
"""

import gc
import sys

from peerpack.errors import OurFault, PeerpackError


def main() -> None:
    """Run the command line; a stop becomes one paragraph and its exit code, a fault of ours 70."""
    try:
        _answer(sys.argv[1:])
    except PeerpackError as stop:
        print(f"peerpack: {stop}", file=sys.stderr)
        sys.exit(stop.exit_code)
    except Exception:
        import traceback

        traceback.print_exc()
        print("peerpack: a fault of ours. Please report the lines above.", file=sys.stderr)
        sys.exit(OurFault.exit_code)


def _answer(words: list[str]) -> None:
    """A plain `verify PACK` without typer, which takes longer to load than a pack to hash."""
    if words[:1] == ["verify"] and len(words) == 2 and not words[1].startswith("-"):
        from pathlib import Path

        from peerpack.cli.verified import tell

        tell(Path(words[1]))
        return
    # Libraries leave hundreds of thousands of objects: searching them all again and again for what
    # could be freed takes a tenth of a build, and frees nothing.
    gc.set_threshold(50_000)
    from peerpack.cli.commands import app

    app(standalone_mode=True)
