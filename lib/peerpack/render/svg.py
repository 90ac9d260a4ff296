"""What of an SVG may stand in a pack? Shapes and text; nothing that runs or fetches."""

import re
from xml.etree import ElementTree as ET

from markupsafe import Markup

from peerpack.errors import OurFault, StaleCorrection

_SHAPES = {
    "svg", "g", "defs", "use", "symbol", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "clipPath", "mask", "pattern", "marker", "linearGradient",
    "radialGradient", "stop", "image",
}  # fmt: skip
_WORDED = ("text", "tspan")
# What a style may say of a shape or a text: SVG has an attribute of each name.
_STYLED = {
    "baseline-shift", "clip-path", "clip-rule", "color", "display", "dominant-baseline", "fill",
    "fill-opacity", "fill-rule", "font-family", "font-size", "font-stretch", "font-style",
    "font-variant", "font-weight", "image-rendering", "letter-spacing", "marker-end",
    "marker-mid", "marker-start", "mask", "opacity", "overflow", "paint-order",
    "shape-rendering", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "text-rendering",
    "vector-effect", "visibility", "word-spacing",
}  # fmt: skip
# Matplotlib writes this into every file. In a page it would reach every other drawing, so it is
# taken out, and the drawing itself says what of it is no default.
_KNOWN_STYLE = "*{stroke-linejoin: round; stroke-linecap: butt}"
_ROUND = {"stroke-linejoin": "round"}
_FETCHES = re.compile(r"url\((?!\s*['\"]?#)|image-set|@import|javascript:|\\", re.IGNORECASE)
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)", re.IGNORECASE)
_PICTURE = "data:image/png;base64,"


class _Unfit(ValueError):
    """What an SVG holds that may not stand in a pack."""


def inlined(svg: str, prefix: str, title: str, alt: str) -> Markup:
    """The drawing for use inside a page: named, described, its ids under `prefix`.

    Refuses what runs, fetches or is no drawing, as a fault of ours: charts are made by `figures`.
    """
    try:
        root = _parsed(svg)
        _clean(root, prefix)
        _describe(root, prefix, title, alt)
        _say_once(root, "font-family")
    except _Unfit as fault:
        raise OurFault(
            f"Chart {prefix.rstrip('-')}: its SVG holds {fault}, and a page takes only shapes and "
            "text that run and fetch nothing, with alternative text. Mend the figure that drew it."
        ) from fault
    # Markup is right here: every element and attribute left has passed `_clean`.
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704


def crest(svg: bytes) -> bytes:
    """A council's crest as a file of a pack; refuses (12) what runs, fetches or is no drawing."""
    try:
        root = _parsed(svg.decode("utf-8"))
        _clean(root, "crest-")
    except (_Unfit, UnicodeDecodeError) as fault:
        raise StaleCorrection(
            f"crest.svg holds {fault}, and a pack takes only shapes and text that run and fetch "
            "nothing. Save it as plain SVG with styles as attributes, or as crest.png."
        ) from fault
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="utf-8")


def _parsed(svg: str) -> ET.Element:
    if "<!ENTITY" in svg:
        raise _Unfit("an entity declaration")
    try:
        root = ET.fromstring(svg)  # noqa: S314 entities are refused above, DTDs are never fetched
    except ET.ParseError as fault:
        raise _Unfit(f"text that is not XML ({fault})") from fault
    if _local(root.tag) != "svg":
        raise _Unfit(f"a root element <{_local(root.tag)}>")
    return root


def _clean(element: ET.Element, prefix: str) -> None:
    element.tag = _local(element.tag)
    if element.tag not in _SHAPES:
        raise _Unfit(f"an element <{element.tag}>")
    element.attrib = _clean_attributes(element, prefix)
    if element.tag not in _WORDED:
        element.text = None
    for child in list(element):
        if _is_left_out(child):
            element.remove(child)
        else:
            _clean(child, prefix)
            child.tail = child.tail if element.tag in _WORDED else None


def _is_left_out(child: ET.Element) -> bool:
    name = _local(child.tag)
    if name == "style" and (child.text or "").strip() != _KNOWN_STYLE:
        raise _Unfit("a style sheet of its own")
    return name in ("style", "metadata", "title", "desc")


def _clean_attributes(element: ET.Element, prefix: str) -> dict[str, str]:
    kept = {}
    for full, value in element.attrib.items():
        name = _local(full)
        if name.lower().startswith("on") or _FETCHES.search(value):
            raise _Unfit(f'an attribute {name}="{value[:40]}"')
        if name == "href":
            kept["href"] = _clean_link(element.tag, value, prefix)
        elif name == "id":
            kept["id"] = prefix + value
        elif name == "style":
            kept |= _as_attributes(value, prefix)
        elif "}" not in full and name not in ("class", "role") and not name.startswith("aria-"):
            kept[name] = _LOCAL_URL.sub(rf"url(#{prefix}\g<1>)", value)
    return kept


def _as_attributes(style: str, prefix: str) -> dict[str, str]:
    """A style as attributes of the same names: the pages' policy lets no style attribute act."""
    told = [declared.partition(":") for declared in style.split(";") if declared.strip()]
    said = {name.strip(): value.strip() for name, _, value in told}
    unknown = sorted(set(said) - _STYLED)
    if unknown:
        raise _Unfit(f"a style {unknown[0][:40]!r}, which is no attribute of SVG")
    return {name: _LOCAL_URL.sub(rf"url(#{prefix}\g<1>)", value) for name, value in said.items()}


def _clean_link(tag: str, value: str, prefix: str) -> str:
    if value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    if tag == "image" and value.startswith(_PICTURE):
        return value
    raise _Unfit(f'a link to "{value[:40]}"')


def _describe(root: ET.Element, prefix: str, title: str, alt: str) -> None:
    if not alt.strip():
        raise _Unfit("no alternative text")
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    root.attrib |= _ROUND | {"role": "img", "aria-labelledby": f"{prefix}title {prefix}desc"}
    for place, (name, text) in enumerate((("title", title), ("desc", alt))):
        said = ET.Element(name, {"id": f"{prefix}{name}"})
        said.text = text
        root.insert(place, said)


def _say_once(root: ET.Element, name: str) -> None:
    """What all elements that say it say alike is said by the root: fonts are a third of a chart."""
    saying = [each for each in root.iter() if name in each.attrib]
    if len({each.attrib[name] for each in saying}) == 1:
        root.attrib[name] = saying[0].attrib[name]
        for each in saying:
            if each is not root:
                del each.attrib[name]


def _local(name: str) -> str:
    return name.rpartition("}")[2]
