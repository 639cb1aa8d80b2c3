"""A story of a Word file made plain before it is read: one copy of everything, no wrappers.

Word wraps text in content controls, smart tags and links, and stores drawings twice (for new
and for old versions). After `settle` a story holds paragraphs, tables, rows, cells and runs
only, besides the four wrappers of tracked changes.
"""

from __future__ import annotations

from extractors.word.schema import (
    MC,
    PARAGRAPH_NUMBER,
    Element,
    child,
    is_on,
    local,
    value,
    w,
    w14,
)

CHECKED = "☒"
UNCHECKED = "☐"
_WRAPPERS = {"sdt", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo"}
_OLD_PROPERTIES = (
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblGridChange",
    "trPrChange",
    "tcPrChange",
    "tblPrExChange",
    "numberingChange",
)
_TEXT = (w("t"), w("delText"), w("sym"), w("drawing"), w("pict"), w("object"))


def settle(story: Element, *, numbered: bool) -> None:
    """Rewrite the story in place; with `numbered` each paragraph carries its number from 1.

    Numbers follow document order, paragraphs of cells and text boxes included, and are given
    before paragraphs whose mark was deleted are joined to the next one.
    """
    _choose_alternatives(story)
    for name in _OLD_PROPERTIES:
        for element in list(story.iter(w(name))):
            _remove(element)
    _settle_check_boxes(story)
    _unwrap(story)
    _join_tables(story)
    if numbered:
        for number, paragraph in enumerate(story.iter(w("p")), start=1):
            paragraph.set(PARAGRAPH_NUMBER, str(number))
    _join_paragraphs(story)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _replace(element: Element, parts: list[Element]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = parts


def _choose_alternatives(story: Element) -> None:
    """Keep one branch of every mc:AlternateContent: the first Choice that shows something."""
    for element in list(story.iter(f"{{{MC}}}AlternateContent")):
        branches = [branch for branch in element if local(branch) in ("Choice", "Fallback")]
        showing = [b for b in branches if next(b.iter(*_TEXT), None) is not None]
        wordy = [b for b in branches if next(b.iter(w("t")), None) is not None]
        best = next(iter(wordy or showing or branches), None)
        _replace(element, list(best) if best is not None else [])


def _settle_check_boxes(story: Element) -> None:
    """Put ☒ or ☐ in place of what a check box control shows; its glyph depends on the font."""
    for box in list(story.iter(w14("checkbox"))):
        properties = box.getparent()
        control = None if properties is None else properties.getparent()
        content = None if control is None else control.find(w("sdtContent"))
        if content is None:
            continue
        state = box.find(w14("checked"))
        sign = CHECKED if state is not None and is_on(state) else UNCHECKED
        runs = list(content.iter(w("r")))
        for run in runs:
            for part in list(run):
                if part.tag != w("rPr"):
                    run.remove(part)
        if runs:
            properties_of_run = runs[0].find(w("rPr"))
            fonts = child(properties_of_run, "rFonts")
            if properties_of_run is not None and fonts is not None:
                properties_of_run.remove(fonts)
            text = runs[0].makeelement(w("t"))
            text.text = sign
            runs[0].append(text)


def _unwrap(story: Element) -> None:
    tags = [w(name) for name in _WRAPPERS]
    for element in list(story.iter(*tags)):
        if local(element) == "sdt":
            content = element.find(w("sdtContent"))
            inside = [] if content is None else list(content)
        else:
            inside = [part for part in element if not local(part).endswith("Pr")]
        _replace(element, inside)


def _join_tables(story: Element) -> None:
    """Join tables with the same columns that no paragraph parts: on the page they are one."""
    for table in list(story.iter(w("tbl"))):
        following = table.getnext()
        while following is not None and local(following).startswith("bookmark"):
            following = following.getnext()
        if following is None or following.tag != w("tbl"):
            continue
        widths, more = _widths(table), _widths(following)
        if len(widths) < 2 or widths != more:
            continue
        # The rows move down, so that a third table finds the two in the second's place.
        first = following.find(w("tr"))
        at = len(following) if first is None else following.index(first)
        following[at:at] = table.findall(w("tr"))
        _remove(table)


def _widths(table: Element) -> list[str | None]:
    return [value(column, "w") for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]


def _join_paragraphs(story: Element) -> None:
    """Join a paragraph whose mark was deleted to the next, as accepting the change does."""
    for paragraph in list(story.iter(w("p"))):
        mark = child(paragraph, "pPr", "rPr")
        if mark is None or (mark.find(w("del")) is None and mark.find(w("moveFrom")) is None):
            continue
        following = paragraph.getnext()
        if following is None or following.tag != w("p"):
            continue
        number = paragraph.get(PARAGRAPH_NUMBER)
        at = 1 if following.find(w("pPr")) is not None else 0
        following[at:at] = [part for part in paragraph if part.tag != w("pPr")]
        if number is not None:
            following.set(PARAGRAPH_NUMBER, number)
        _remove(paragraph)
