"""What stands outside the body of a Word file: notes, headers, footers, properties."""

from __future__ import annotations

from extractors.model import Passage, PassageKind
from extractors.word.headings import tab_text
from extractors.word.lines import Reader
from extractors.word.numbering import Numbering, print_number
from extractors.word.package import Package
from extractors.word.schema import A, Element, R, child, is_on, value, w
from extractors.word.settle import settle
from extractors.word.words import is_page_number

_NOTE_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}
_PROPERTIES = ("title", "subject", "creator", "created", "modified", "lastModifiedBy", "revision")


def note_marks(body: Element, settings: Element | None) -> dict[str, str]:
    """The printed mark of each footnote and endnote called in the body, by `footnote:ID`.

    Notes are numbered in the order in which they are called, in the format that the last
    section or the settings state. A mark typed by hand is found when its paragraph is read.
    """
    marks: dict[str, str] = {}
    for kind, usual in _NOTE_FORMS.items():
        sections = [value(child(s, f"{kind}Pr", "numFmt")) for s in body.iter(w("sectPr"))]
        stated = value(child(settings, f"{kind}Pr", "numFmt"))
        form = next((f for f in reversed(sections) if f), stated) or usual
        number = 0
        for call in body.iter(w(f"{kind}Reference")):
            gone = next(call.iterancestors(w("del"), w("moveFrom")), None)
            typed = call.get(w("customMarkFollows")) not in (None, "0", "false", "off")
            if gone is None and not typed:
                number += 1
                marks.setdefault(f"{kind}:{value(call, 'id')}", print_number(number, form))
    return marks


def note_texts(package: Package, reader: Reader) -> dict[str, str]:
    """The words of each footnote and endnote by `footnote:ID`, paragraphs as lines."""
    texts: dict[str, str] = {}
    for kind in _NOTE_FORMS:
        root = package.optional(package.part(f"{kind}s"))
        if root is None:
            continue
        settle(root, numbered=False)
        for note in root.iterfind(w(kind)):
            if value(note, "type") in (None, "normal"):
                lines = [tab_text(reader.read(p).text) for p in note.iter(w("p"))]
                texts[f"{kind}:{value(note, 'id')}"] = "\n".join(filter(None, lines))
    return texts


def diagram_texts(package: Package) -> dict[str, list[str]]:
    """The words in the shapes of each diagram (SmartArt), by the id of the link to it."""
    texts: dict[str, list[str]] = {}
    for link in package.relationships(package.main):
        root = package.optional(link.target) if link.kind == "diagramData" else None
        for shape in [] if root is None else root.iter("{*}pt"):
            words = "".join(part.text or "" for part in shape.iter(f"{{{A}}}t")).strip()
            if words:
                texts.setdefault(link.key, []).append(" ".join(words.split()))
    return texts


def margin_passages(
    package: Package, body: Element, reader: Reader, settings: Element | None, order: int
) -> list[Passage]:
    """Headers and footers that are printed somewhere, each part once; `order` is the first's."""
    targets = {r.key: r.target for r in package.relationships(package.main)}
    even = child(settings, "evenAndOddHeaders")
    shown_even = even is not None and is_on(even)
    passages: list[Passage] = []
    seen: set[str] = set()
    for section in body.iter(w("sectPr")):
        first = child(section, "titlePg")
        for reference in section.iterchildren(w("headerReference"), w("footerReference")):
            kind = value(reference, "type")
            if (kind == "first" and (first is None or not is_on(first))) or (
                kind == "even" and not shown_even
            ):
                continue
            target = targets.get(reference.get(f"{{{R}}}id") or "")
            if target is None or target in seen:
                continue
            seen.add(target)
            root = package.optional(target)
            if root is None:
                continue
            header = reference.tag == w("headerReference")
            for text in _margin_lines(root, reader):
                where: PassageKind = "page_header" if header else "page_footer"
                what: PassageKind = "page_number" if is_page_number(text) else where
                passages.append(Passage(order + len(passages), what, text))
    return passages


def _margin_lines(root: Element, reader: Reader) -> list[str]:
    settle(root, numbered=False)
    plain = Reader(reader.styles, Numbering(None))
    texts = (tab_text(plain.read(p).text) for p in root.iter(w("p")))
    return [text for text in texts if text]


def properties(package: Package) -> tuple[tuple[str, str], ...]:
    """The file's own metadata, as printed there: title, creator, dates; sorted by name."""
    linked = (r.target for r in package.relationships("") if r.kind == "core-properties")
    root = package.optional(next(linked, "docProps/core.xml"))
    found = {}
    for element in [] if root is None else root:
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in _PROPERTIES and element.text and element.text.strip():
            found[name] = element.text.strip()
    return tuple(sorted(found.items()))


def comment_count(package: Package) -> int:
    """How many comments stand in the margin; they are no part of the published text."""
    root = package.optional(package.part("comments"))
    return 0 if root is None else len(root.findall(w("comment")))
