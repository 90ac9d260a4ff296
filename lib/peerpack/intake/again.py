"""The previous quarter's file given again, so that old figures would stand as new ones."""

from peerpack.handover.receipt import Check, Receipt
from peerpack.intake.gaps import gap_check

WHY = "Last quarter's file given again would show last quarter's figures as this quarter's."


def check_of_same_file(now: Receipt, before: Receipt) -> tuple[Check, ...]:
    """One check, a warning, of a return that should be new each quarter: its bytes are not."""
    if now.covers == "latest":
        return ()
    known = {file.sha256 for file in before.files}
    same = sorted({file.name for file in now.files if file.sha256 in known})
    found = f"Same bytes as last quarter: {', '.join(same)}. Ask for this quarter's." * bool(same)
    return (gap_check("not-last-quarters-file", WHY, found),)
