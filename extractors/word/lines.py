"""One paragraph of a Word file as a reader sees it: its text, and what is kept out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from extractors.model import RAISED_DIGITS
from extractors.word.numbering import Label, Numbering
from extractors.word.schema import (
    PARAGRAPH_NUMBER,
    Element,
    M,
    R,
    child,
    is_on,
    local,
    value,
    w,
    whole,
)
from extractors.word.settle import CHECKED, UNCHECKED
from extractors.word.styles import Styles
from extractors.word.symbols import sign, translate

Change = Literal["kept", "inserted", "deleted", "moved_in", "moved_out"]
_CHANGES: dict[str, Change] = {
    "ins": "inserted",
    "del": "deleted",
    "moveTo": "moved_in",
    "moveFrom": "moved_out",
}
_GONE: tuple[Change, ...] = ("deleted", "moved_out")
_TYPED_BOXES = str.maketrans(dict.fromkeys("□▢❏❑", UNCHECKED) | dict.fromkeys("☑🗹⊠🗷", CHECKED))
_BLANKS = re.compile(r"[^\S\n\t]+")
_TYPED_MARKS = re.compile(r"(?<=[\w)\]%.,;:])([*†‡§]{1,4}|[¹²³⁴-⁹]{1,2})(?=$|[\s,.;:)])")
_SUPERSCRIPT_MARK = re.compile(r"\s*\(?([*†‡§#]{1,4}|[0-9]{1,2}|[A-Za-z])\)?\s*")
_UNIT_BEFORE = re.compile(r"(?:^|[\s\d])(?:k|c|m)?m$|\b10$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph with one look: `mark` pieces call a footnote."""

    text: str
    bold: bool = False
    hidden: bool = False
    superscript: bool = False
    mark: bool = False
    change: Change = "kept"


@dataclass(slots=True)
class Line:
    """A paragraph that was read. `text` is the accepted, visible text without footnote marks.

    `text` keeps tabs and manual line breaks; `before` is what stood there before tracked
    insertions and deletions; `notes` are the ids of the footnotes called (`footnote:3`).
    `boxes` holds the content elements of text boxes anchored here.
    """

    element: Element
    paragraph: int | None
    text: str = ""
    raw: str = ""
    before: str = ""
    hidden: str = ""
    inserted: str = ""
    deleted: str = ""
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bold: bool = False
    label: Label | None = None
    style: str = ""
    heading: int | None = None
    left: int = 0
    first: int = 0
    begins_with_tab: bool = False
    boxes: tuple[Element, ...] = ()
    diagrams: tuple[str, ...] = ()  # link ids of the diagrams drawn here
    lost: tuple[str, ...] = ()  # names of drawn things whose words are not read


@dataclass(slots=True)
class Reader:
    """What reading paragraphs needs to know, and what it must remember from one to the next.

    `fields` is the stack of open complex fields, which may span paragraphs; each entry is
    True while its instruction runs and False once its result begins.
    """

    styles: Styles
    numbering: Numbering
    note_marks: dict[str, str] = field(default_factory=dict)
    fields: list[bool] = field(default_factory=list)
    settled_fields: list[bool] = field(default_factory=list)

    def read(self, paragraph: Element) -> Line:
        """The paragraph as a Line; counts its number, so read each once and in order."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        line = Line(paragraph, whole(paragraph.get(PARAGRAPH_NUMBER)))
        line.style = self.styles.name(style)
        line.heading = self.styles.heading_level(properties)
        line.left, line.first = self.styles.indent(properties)
        line.label = self.numbering.label(*self.styles.numbering(properties))
        pieces: list[Piece] = []
        found = _Found()
        self._collect(paragraph, style, "kept", pieces, found)
        line.boxes, line.lost = tuple(found.boxes), tuple(found.lost)
        line.notes, line.diagrams = tuple(found.notes), tuple(found.diagrams)
        _compose(line, pieces)
        # An instruction that is still open here is a torn field; it must not swallow what follows.
        running = [not begun for begun in self.fields]
        self.fields = [False for kept in running if kept]
        self.settled_fields = [False for _ in self.fields]
        return line

    def _collect(
        self,
        parent: Element,
        style: str | None,
        change: Change,
        pieces: list[Piece],
        found: _Found,
    ) -> None:
        for part in parent:
            name = local(part)
            if name == "r":
                self._collect_run(part, style, change, pieces, found)
            elif name in _CHANGES and part.tag == w(name):
                inner = _CHANGES[name]
                outer_gone = change in _GONE
                self._collect(part, style, change if outer_gone else inner, pieces, found)
            elif part.tag in (f"{{{M}}}oMath", f"{{{M}}}oMathPara"):
                pieces.append(Piece(_equation(part), change=change))
            elif name not in ("pPr", "p", "tbl") and len(part):
                self._collect(part, style, change, pieces, found)

    def _collect_run(
        self,
        run: Element,
        style: str | None,
        change: Change,
        pieces: list[Piece],
        found: _Found,
    ) -> None:
        properties = child(run, "rPr")
        hidden = self.styles.toggled(properties, style, "vanish")
        bold = self.styles.toggled(properties, style, "b")
        raised = value(child(properties, "vertAlign")) == "superscript"
        font = self.styles.font(properties)
        custom_mark = False
        for part in run:
            name = local(part)
            text, mark = "", False
            if name == "fldChar":
                text = self._turn_field(part)
                if text:  # a form field shows itself, whatever its result holds
                    pieces.append(Piece(text, bold, hidden, change=change))
                continue
            if any(self.fields):
                continue
            if name in ("t", "delText"):
                text = translate((part.text or "").replace("\n", " "), font)
            elif name in ("tab", "ptab"):
                text = "\t"
            elif name in ("br", "cr"):
                text = "\n" if value(part, "type") in (None, "textWrapping") else " "
            elif name == "noBreakHyphen":
                text = "-"
            elif name == "sym":
                text = _symbol(part)
            elif name in ("footnoteReference", "endnoteReference"):
                key = f"{name.removesuffix('Reference')}:{value(part, 'id')}"
                follows = part.get(w("customMarkFollows"))
                custom_mark = follows not in (None, "0", "false", "off")
                if change not in _GONE:
                    found.notes.append(key)
                text, mark = "" if custom_mark else self.note_marks.get(key, ""), True
            elif name == "ruby":
                base, above = part.find(w("rubyBase")), part.find(w("rt"))
                words = [_words(e) for e in (base, above)]
                text = f"{words[0]} ({words[1]})" if words[1] else words[0]
            elif name in ("drawing", "pict", "object"):
                _look_into(part, found)
            if text:
                if custom_mark and found.notes:
                    self.note_marks.setdefault(found.notes[-1], text.strip())
                mark = mark or custom_mark
                pieces.append(Piece(text, bold, hidden, raised and not mark, mark, change))

    def _turn_field(self, character: Element) -> str:
        """Follow one field character; a form field gives back what its box shows."""
        kind = value(character, "fldCharType")
        if kind == "begin":
            shown = _form_field(child(character, "ffData"))
            self.fields.append(True)
            self.settled_fields.append(shown is not None)
            return shown or ""
        if self.fields and kind == "separate":
            self.fields[-1] = self.settled_fields[-1]
        elif self.fields and kind == "end":
            self.fields.pop()
            self.settled_fields.pop()
        return ""


@dataclass(slots=True)
class _Found:
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def _form_field(data: Element | None) -> str | None:
    """What a legacy check box or drop-down shows; None for other fields."""
    box = child(data, "checkBox")
    if box is not None:
        state = child(box, "checked")
        state = child(box, "default") if state is None else state
        return CHECKED if state is not None and is_on(state) else UNCHECKED
    choices = child(data, "ddList")
    if choices is not None:
        entries = [value(entry) or "" for entry in choices.iterfind(w("listEntry"))]
        chosen = whole(value(child(choices, "result")))
        chosen = whole(value(child(choices, "default"))) if chosen is None else chosen
        return entries[chosen or 0] if 0 <= (chosen or 0) < len(entries) else ""
    return None


def _words(element: Element | None) -> str:
    texts = [] if element is None else element.iter(w("t"))
    return "".join(text.text or "" for text in texts)


def _symbol(element: Element) -> str:
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return ""
    known = sign(value(element, "font") or "", code)
    return known if known is not None else (chr(code) if 0x20 <= code <= 0xFFFD else "")


def _look_into(drawing: Element, found: _Found) -> None:
    """Note the text boxes of a drawing (not those inside them), and what cannot be read."""
    boxes = list(drawing.iter(w("txbxContent")))
    for box in boxes:
        if not any(outer in boxes for outer in box.iterancestors(w("txbxContent"))):
            found.boxes.append(box)
    if local(drawing) == "object" or any(local(e) == "OLEObject" for e in drawing.iter()):
        found.lost.append("embedded object")
    for element in drawing.iter():
        name = local(element)
        if name == "chart":
            found.lost.append("chart")
        elif name == "relIds":
            found.diagrams.append(element.get(f"{{{R}}}dm") or "")
        elif name in ("blip", "imagedata"):
            found.lost.append("picture")


def _equation(element: Element) -> str:
    """An equation on one line: `a/b` for fractions, `^` and `_` for raised and lowered parts."""
    joins = {"f": "/", "sSup": "^", "sSub": "_"}
    parts: list[str] = []
    for part in element:
        name = local(part)
        if name == "t":
            parts.append(part.text or "")
        elif name in joins:
            inside = [_equation(e) for e in part if not local(e).endswith("Pr")]
            parts.append(joins[name].join(f"({i})" if " " in i else i for i in inside))
        elif name == "rad":
            parts.append("√" + "".join(_equation(e) for e in part if local(e) == "e"))
        elif not name.endswith("Pr"):
            parts.append(_equation(part))
    return "".join(parts)


def clean(text: str) -> str:
    """Text with single spaces, without soft hyphens and zero-width signs; tabs and breaks stay.

    Boxes typed as characters become the two that stand for a check box, ☐ and ☒.
    """
    if not text:
        return ""
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    text = text.replace("\u2011", "-").replace("\r", "\n").translate(_TYPED_BOXES)
    return re.sub(r" ?\n ?", "\n", _BLANKS.sub(" ", text)).strip()


def _compose(line: Line, pieces: list[Piece]) -> None:
    """Fill the line's texts from its pieces."""
    shown = [p for p in pieces if not p.hidden and p.change not in _GONE]
    text = raw = ""
    marks: list[str] = []
    for piece in shown:
        called = len(marks)
        raised = _SUPERSCRIPT_MARK.fullmatch(piece.text) if piece.superscript else None
        if piece.mark:
            marks.append(piece.text.strip())
        elif raised and text.strip() and not _UNIT_BEFORE.search(text):
            marks.append(raised.group(1))
        else:
            text += piece.text
        # Raised digits after a sum would read as more of its digits.
        raw += piece.text if len(marks) == called else piece.text.translate(RAISED_DIGITS)
    line.text, typed = take_marks(clean(text))
    line.marks = tuple(mark for mark in marks if mark) + typed
    line.begins_with_tab = "".join(p.text for p in shown).lstrip(" ").startswith("\t")
    line.raw = clean(raw)
    visible = [p for p in pieces if not p.hidden]
    earlier = (p.text for p in visible if p.change not in ("inserted", "moved_out"))
    line.before = clean("".join(earlier))
    line.hidden = clean("".join(p.text for p in pieces if p.hidden and p.change not in _GONE))
    line.inserted = clean("".join(p.text for p in visible if p.change == "inserted"))
    line.deleted = clean("".join(p.text for p in visible if p.change == "deleted"))
    words = [p for p in shown if p.text.strip() and not p.mark]
    line.bold = bool(words) and all(p.bold for p in words)


def take_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without typed footnote marks (`52,445*` → `52,445`), and the marks."""
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        mark = match.group(1)
        if mark[0] not in "*†‡§" and _UNIT_BEFORE.search(text[: match.start()]):
            return mark  # square metres
        marks.append(mark)
        return ""

    return _TYPED_MARKS.sub(take, text), tuple(marks)
