"""The names of WordprocessingML, and small readings of its elements and attributes."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = "etree._Element"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# ISO/IEC 29500 "strict" files use other addresses for the same names.
STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    "http://purl.oclc.org/ooxml/officeDocument/math": M,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R,
}

PARAGRAPH_NUMBER = "paragraph-number"  # attribute that `settle` leaves on each w:p of the body


@cache
def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def w14(name: str) -> str:
    """The full name of an element or attribute that Word 2010 added."""
    return f"{{{W14}}}{name}"


def local(element: Element) -> str:
    """The element's name without its namespace; empty for comments and entities."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *names: str) -> Element | None:
    """The element reached by a chain of WordprocessingML child names, or None."""
    for name in names:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of a WordprocessingML element, or None where either is missing."""
    return None if element is None else element.get(w(name))


def whole(text: str | None) -> int | None:
    """The whole number that an attribute holds, or None where it holds none."""
    if text is None or len(text) > 12:
        return None
    try:
        return int(float(text)) if "." in text else int(text)
    except (ValueError, OverflowError):
        return None


def is_on(element: Element) -> bool:
    """Whether an on/off property is on (ECMA-376 part 1, 17.17.4: present means on)."""
    setting = element.get(w("val")) or element.get(w14("val"))
    return setting not in ("0", "false", "off", "none")


def switched(properties: Element | None, name: str) -> bool | None:
    """An on/off property of a properties element: on, off, or None where it is not stated."""
    element = child(properties, name)
    return None if element is None else is_on(element)
