"""Pictures of a pack's pages, to be looked at: `python tests/render/shots.py PACK FOLDER [PAGE …]`.

Each page on a laptop and on a phone, in light and dark, without colour, and as it is printed.
A PAGE is a path within the pack; without one, a page of each kind.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from conftest import CHROMIUM, OPTIONS

LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
WAYS = {
    "laptop": {"viewport": LAPTOP},
    "phone": {"viewport": PHONE, "device_scale_factor": 2},
    "dark": {"viewport": LAPTOP, "color_scheme": "dark"},
    "dark-phone": {"viewport": PHONE, "device_scale_factor": 2, "color_scheme": "dark"},
    "grey": {"viewport": LAPTOP},
}
KINDS = ("*.html", "themes/*.html", "questions/*.html", "indicators/*.html")
LONGEST = 6000
"""Pixels of a page that are pictured: beyond it, more of the same."""


def chosen(pack: Path) -> list[str]:
    """Every page of the pack's first folder, and the longest of each other one."""
    first, *rest = ([p.relative_to(pack) for p in pack.glob(kind)] for kind in KINDS)
    longest = [max(found, key=lambda p: (pack / p).stat().st_size) for found in rest if found]
    return [path.as_posix() for path in sorted([*first, *longest])]


def picture(page, where: Path, *, grey: bool = False) -> None:
    """The page from its top, as far as is of use."""
    if grey:
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    size = page.viewport_size
    high = min(LONGEST, page.evaluate("document.documentElement.scrollHeight"))
    page.screenshot(
        path=where, full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": high}
    )


def main(pack: Path, folder: Path, names: list[str]) -> None:
    """Write the pictures, named `<page>-<way>.png`, the print as PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        for way, settings in WAYS.items():
            page = browser.new_context(offline=True, **settings).new_page()
            for name in names or chosen(pack):
                page.goto((pack / name).as_uri())
                told = name.removesuffix(".html").replace("/", "-")
                picture(page, folder / f"{told}-{way}.png", grey=way == "grey")
                if way == "laptop":
                    page.pdf(path=folder / f"{told}-print.pdf", format="A4")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), sys.argv[3:])
