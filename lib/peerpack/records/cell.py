"""Which cell is running: its fingerprint, the same in every runner of notebooks."""

from peerpack.handover.records import fingerprint


def current_cell() -> str:
    """The fingerprint of the running cell's source; empty outside a notebook."""
    shell = _shell()
    if shell is None:
        return ""
    # The request itself, not the history: nbval asks the kernel to keep none.
    request = shell.get_parent() if hasattr(shell, "get_parent") else {}
    kept = shell.history_manager.input_hist_raw[-1]
    return fingerprint(request.get("content", {}).get("code", kept))


def _shell():  # type: ignore[no-untyped-def]
    import sys

    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def publish(data: dict[str, object]) -> None:
    """Publish one output of the running cell, by mime type."""
    if _shell() is not None:
        from IPython.display import display

        display(data, raw=True)
