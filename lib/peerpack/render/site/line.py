"""A small line of what each pack said of a figure: display scaling only, labels as shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from peerpack.render.site.past import Past, breaks
from peerpack.vocab import Quarter
from peerpack.words.history import Point, break_sentence, line_alt, line_title
from peerpack.words.numbers import quarter_in_full

WIDTH, HEIGHT = 400, 190
LEFT, RIGHT, TOP, BOTTOM = 24, 376, 40, 124
BASE, UNDER = 156, 176
ABOVE, BELOW = -12, 21
APART = 90
"""How far two labels must stand from each other to be read, and to be drawn."""


@dataclass(frozen=True)
class Mark:
    """A point of the line: where it stands, and the figure it is of."""

    x: float
    y: float
    past: Past


def line(pasts: Sequence[Past], title: str, id_: str) -> Markup:
    """The line as SVG with its title and description; nothing of fewer than two figures.

    Figures in another unit than the newest are not drawn. The line is broken where a figure is
    missing and where those before are not like for like.
    """
    shown = [each for each in pasts if each.unit == pasts[-1].unit]
    known = [each for each in shown if each.value is not None]
    if len(known) < 2:
        return Markup()
    moved = [(quarter, why) for quarter, why in breaks(pasts) if quarter > known[0].quarter]
    said = [break_sentence(quarter, why) for quarter, why in moved]
    svg = _framed(id_, title, line_alt([_point(each) for each in known], said))
    marks = _placed(known)
    for run in _runs(shown, marks, {quarter for quarter, _ in moved}):
        _add(svg, "polyline", "line", points=" ".join(f"{m.x},{m.y}" for m in run))
    for each in marks:
        _add(svg, "circle", "dot", cx=each.x, cy=each.y, r=4)
    _write(svg, marks)
    # Markup is right here: ElementTree escaped every text, and nothing else was put in.
    return Markup(ET.tostring(svg, encoding="unicode"))  # noqa: S704


def _point(past: Past) -> Point:
    return Point(past.quarter, past.value or 0.0, past.display)


def _framed(id_: str, title: str, alt: str) -> ET.Element:
    named = {"role": "img", "aria-labelledby": f"{id_}-title {id_}-desc"}
    svg = ET.Element("svg", {"class": "history", "viewBox": f"0 0 {WIDTH} {HEIGHT}"} | named)
    for name, text in (("title", line_title(title)), ("desc", alt)):
        ET.SubElement(svg, name, {"id": f"{id_}-{name}"}).text = text
    _add(svg, "line", "base", x1=LEFT, y1=BASE, x2=RIGHT, y2=BASE)
    return svg


def _placed(known: Sequence[Past]) -> list[Mark]:
    """Where each figure stands: across by its quarter, up by its value."""
    times = [_time(each.quarter) for each in known]
    values = [each.value or 0.0 for each in known]
    across = _scaled(times, LEFT, RIGHT)
    up = _scaled(values, BOTTOM, TOP)
    return [Mark(x, y, each) for x, y, each in zip(across, up, known, strict=True)]


def _time(quarter: str) -> float:
    told = Quarter.parse(quarter)
    return told.year * 4 + told.number


def _scaled(numbers: Sequence[float], start: float, end: float) -> list[float]:
    """Numbers between two ends of the drawing; equal ones in the middle."""
    low, high = min(numbers), max(numbers)
    if low == high:
        return [(start + end) / 2] * len(numbers)
    return [round(start + (each - low) / (high - low) * (end - start), 1) for each in numbers]


def _runs(shown: Iterable[Past], marks: Sequence[Mark], broken: set[str]) -> Iterator[list[Mark]]:
    """The stretches of the line that are like for like and miss no figure: two points or more."""
    at = {each.past.quarter: each for each in marks}
    run: list[Mark] = []
    for past in shown:
        if past.quarter in broken or past.value is None:
            yield from [run] if len(run) > 1 else []
            run = []
        run += [at[past.quarter]] if past.value is not None else []
    yield from [run] if len(run) > 1 else []


def _write(svg: ET.Element, marks: Sequence[Mark]) -> None:
    """The figures that matter, beside their points, and the first and the last quarter below."""
    chosen = list(_labelled(marks))
    for at, each in enumerate(marks):
        if each in chosen:
            y = each.y + (ABOVE if _is_high(marks, at) else BELOW)
            _add(svg, "text", "", each.past.display, x=each.x, y=y, anchor=_anchor(each.x))
    for each in (marks[0], marks[-1]):
        when = quarter_in_full(each.past.quarter)
        _add(svg, "text", "when", when, x=each.x, y=UNDER, anchor=_anchor(each.x))


def _is_high(marks: Sequence[Mark], at: int) -> bool:
    """Whether a point stands no lower than those beside it, so that its label fits above it."""
    beside = [marks[n].y for n in (at - 1, at + 1) if 0 <= n < len(marks)]
    return marks[at].y <= sum(beside) / len(beside)


def _labelled(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The newest, the oldest, the highest, the lowest, then the others, where there is room."""
    ends = [max(marks, key=lambda m: -m.y), max(marks, key=lambda m: m.y)]
    taken: list[float] = []
    for each in (marks[-1], marks[0], *ends, *marks):
        if all(abs(each.x - other) >= APART for other in taken):
            taken.append(each.x)
            yield each


def _anchor(x: float) -> str:
    return "start" if x == LEFT else "end" if x == RIGHT else "middle"


def _add(
    svg: ET.Element, tag: str, kind: str, text: str = "", anchor: str = "", **places: float | str
) -> None:
    said = {name: str(value) for name, value in places.items()}
    said |= {"class": kind} if kind else {}
    said |= {"text-anchor": anchor} if anchor else {}
    ET.SubElement(svg, tag, said).text = text or None
