"""`python -m peerpack.kernels install | check`: the kernelspec "peerpack" of this interpreter."""

import sys

from peerpack.kernels.spec import install, wrong_with_spec


def main(words: list[str]) -> str | None:
    """What went wrong, or nothing."""
    match words:
        case ["install"]:
            print(install())
            return None
        case ["check"]:
            return wrong_with_spec() or None
    return "usage: python -m peerpack.kernels install | check"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
