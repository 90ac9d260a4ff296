"""What of a chart's SVG may stand in a page? Shapes and text; nothing that runs or fetches."""

import re
from xml.etree import ElementTree as ET

from markupsafe import Markup

from peerpack.errors import OurFault

_SHAPES = {
    "svg", "g", "defs", "use", "symbol", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "clipPath", "mask", "pattern", "marker", "linearGradient",
    "radialGradient", "stop", "image",
}  # fmt: skip
# Matplotlib writes this into every file. In a page it would reach every other drawing, so it is
# taken out here and said once, for charts alone, in the page's own style sheet.
_KNOWN_STYLE = "*{stroke-linejoin: round; stroke-linecap: butt}"
_FETCHES = re.compile(r"url\((?!\s*['\"]?#)|image-set|@import|javascript:|\\", re.IGNORECASE)
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)", re.IGNORECASE)
_PICTURE = "data:image/png;base64,"


def inlined(svg: str, prefix: str, title: str, alt: str) -> Markup:
    """The drawing for use inside a page: named, described, its ids under `prefix`.

    Refuses what runs, fetches or is no drawing, as a fault of ours: charts are made by `figures`.
    """
    root = _parsed(svg, prefix)
    _clean(root, prefix)
    _describe(root, prefix, title, alt)
    # Markup is right here: every element and attribute left has passed `_clean`.
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704


def _parsed(svg: str, prefix: str) -> ET.Element:
    if "<!ENTITY" in svg:
        raise _refused(prefix, "an entity declaration")
    try:
        root = ET.fromstring(svg)  # noqa: S314 entities are refused above, DTDs are never fetched
    except ET.ParseError as fault:
        raise _refused(prefix, f"text that is not XML ({fault})") from fault
    if _local(root.tag) != "svg":
        raise _refused(prefix, f"a root element <{_local(root.tag)}>")
    return root


def _clean(element: ET.Element, prefix: str) -> None:
    element.tag = _local(element.tag)
    if element.tag not in _SHAPES:
        raise _refused(prefix, f"an element <{element.tag}>")
    element.attrib = _clean_attributes(element, prefix)
    for child in list(element):
        if _is_left_out(child, prefix):
            element.remove(child)
        else:
            _clean(child, prefix)


def _is_left_out(child: ET.Element, prefix: str) -> bool:
    name = _local(child.tag)
    if name == "style" and (child.text or "").strip() != _KNOWN_STYLE:
        raise _refused(prefix, "a style sheet of its own")
    return name in ("style", "metadata", "title", "desc")


def _clean_attributes(element: ET.Element, prefix: str) -> dict[str, str]:
    kept = {}
    for full, value in element.attrib.items():
        name = _local(full)
        if name.lower().startswith("on") or _FETCHES.search(value):
            raise _refused(prefix, f'an attribute {name}="{value[:40]}"')
        if name == "href":
            kept["href"] = _clean_link(element.tag, value, prefix)
        elif name == "id":
            kept["id"] = prefix + value
        elif "}" not in full and name not in ("class", "role") and not name.startswith("aria-"):
            kept[name] = _LOCAL_URL.sub(rf"url(#{prefix}\g<1>)", value)
    return kept


def _clean_link(tag: str, value: str, prefix: str) -> str:
    if value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    if tag == "image" and value.startswith(_PICTURE):
        return value
    raise _refused(prefix, f'a link to "{value[:40]}"')


def _describe(root: ET.Element, prefix: str, title: str, alt: str) -> None:
    if not alt.strip():
        raise _refused(prefix, "no alternative text")
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{prefix}title {prefix}desc"}
    for place, (name, text) in enumerate((("title", title), ("desc", alt))):
        said = ET.Element(name, {"id": f"{prefix}{name}"})
        said.text = text
        root.insert(place, said)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refused(prefix: str, what: str) -> OurFault:
    return OurFault(
        f"Chart {prefix.rstrip('-')}: its SVG holds {what}, and a page takes only shapes and text "
        "that run and fetch nothing, with alternative text. Mend the figure that drew it."
    )
