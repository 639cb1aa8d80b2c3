"""A Word file's body in reading order: paragraphs, tables, text boxes at their anchors."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.model import Cell, Note, PassageKind, Place, Problem, Table
from extractors.word.cards import CardLine, card_table
from extractors.word.changes import figure_change, row_change
from extractors.word.lines import Line, Reader, clean
from extractors.word.schema import PARAGRAPH_NUMBER, Element, local, w, whole
from extractors.word.tables import (
    HeaderCell,
    RawCell,
    RawRow,
    cell_text,
    column_edges,
    header_row_count,
    read_grid,
)


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that belongs to no passage of the running text: hidden, deleted, inserted, a note."""

    kind: PassageKind
    text: str
    place: Place
    number: str | None = None


@dataclass(slots=True)
class Block:
    """One paragraph (`line`) or one table (its number) of the story, with what hangs on it."""

    line: Line | None = None
    table: int | None = None
    in_box: bool = False
    asides: list[Aside] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """The body as it is read: blocks in order, tables by number from 1, problems met.

    `notes` gives each footnote's text by id; `note_marks` of the reader gives its mark.
    `diagrams` gives the words of each diagram (SmartArt) by the id that its drawing names.
    """

    reader: Reader
    notes: dict[str, str]
    diagrams: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    tables: dict[int, Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: list[tuple[str, Place]] = field(default_factory=list)
    card_labels: frozenset[str] = frozenset()  # of the cards that were read
    _last_table: int = 0

    def walk(self, parent: Element, in_box: bool = False) -> None:
        """Read the paragraphs and tables of a container, in order, to the end of it."""
        for element in parent:
            name = local(element)
            if element.tag == w("p"):
                self._paragraph(element, in_box)
            elif element.tag == w("tbl"):
                block = Block(in_box=in_box)
                self.blocks.append(block)
                boxes: list[Element] = []
                block.table = self._table(element, None, block.asides, boxes)
                for box in boxes:
                    self.walk(box, in_box=True)
            elif name in ("altChunk", "subDoc"):
                self.problems.append(
                    Problem(
                        "embedded-document",
                        "warning",
                        "Another document is embedded here and is not read; open the file in "
                        "Word and save it again, which takes the text in.",
                        place=self._place(self.blocks[-1].line if self.blocks else None),
                    )
                )
            elif name not in ("sectPr", "pPr") and len(element):
                self.walk(element, in_box)

    def _paragraph(self, element: Element, in_box: bool) -> None:
        line = self.reader.read(element)
        block = Block(line=line, in_box=in_box)
        self._asides(line, block.asides, None)
        self.blocks.append(block)
        for box in line.boxes:
            self.walk(box, in_box=True)

    @staticmethod
    def _place(line: Line | None) -> Place:
        return Place(paragraph=None if line is None else line.paragraph)

    def _asides(self, line: Line, asides: list[Aside], table: int | None) -> None:
        place = self._place(line)
        if line.hidden:
            asides.append(Aside("hidden", line.hidden, place))
        if line.deleted:
            asides.append(Aside("deleted", line.deleted, place))
        if line.inserted:
            asides.append(Aside("inserted", line.inserted, place))
        for note in self._notes_called(line):
            asides.append(Aside("footnote", note.text, place, note.mark or None))
        for key in line.diagrams:
            asides.extend(Aside("text_box", text, place) for text in self.diagrams.get(key, ()))
        change = figure_change(line.before, line.raw, place, table)
        if change is not None and (line.inserted or line.deleted):
            self.problems.append(change)
        self.lost.extend((thing, place) for thing in line.lost)

    def _table(
        self,
        element: Element,
        parent: tuple[int, int, int] | None,
        asides: list[Aside],
        boxes: list[Element],
    ) -> int:
        self._last_table += 1
        number = self._last_table
        raw = read_grid(element)
        for row in raw.deleted:
            self._left_out(row, "deleted", asides, number)
        for row in raw.hidden:
            self._left_out(row, "hidden", asides, number)
        nested: list[tuple[int, int, RawCell]] = []
        filled: set[Element] = set()
        for at, raw_row in enumerate(raw.rows):
            for cell in raw_row.cells:
                for part in self._contents(cell.element):
                    if part.tag == w("p"):
                        line = self.reader.read(part)
                        cell.lines.append(line)
                        cell.parts.append(line)
                        self._asides(line, asides, number)
                        boxes.extend(line.boxes)
                    else:
                        child = self._table(part, (number, at, 0), asides, boxes)
                        nested.append((child, at, cell))
                        cell.parts.append(child)
                        filled.add(cell.element)
                if any(line.text for line in cell.lines):
                    filled.add(cell.element)
                for covered in cell.covered:
                    self._left_out(covered, "hidden", asides, number)
            if raw_row.inserted:
                self._inserted_row(raw_row, asides, number)
        columns = column_edges(raw, filled)
        cells: list[Cell] = []
        notes: list[Note] = []
        for at, raw_row in enumerate(raw.rows):
            for cell in raw_row.cells:
                if columns[cell.end] > columns[cell.start]:
                    cells.append(self._cell(cell, at, columns))
                for line in cell.lines:
                    notes.extend(self._notes_called(line))
        for child, at, cell in nested:
            self.tables[child] = replace(
                self.tables[child], parent=(number, at, columns[cell.start])
            )
        flagged = 0
        for raw_row in raw.rows:
            if not raw_row.header:
                break
            flagged += 1
        stands_out = self.reader.styles.first_row_stands_out(element.find(w("tblPr")))
        grid: list[list[HeaderCell]] = [[] for _ in raw.rows]
        for c in cells:
            bold = c.bold or (c.row == 0 and stands_out)
            grid[c.row].append((c.column, c.row_span, c.text, bold, c.shaded))
        self.tables[number] = Table(
            number,
            len(raw.rows),
            max(columns.values(), default=0),
            tuple(cells),
            header_rows=header_row_count(grid, flagged),
            notes=tuple(notes),
            reader="word",
            parent=parent,
        )
        if parent is None:
            self._as_cards(number, [cell for raw_row in raw.rows for cell in raw_row.cells])
        return number

    def _as_cards(self, number: int, cells: list[RawCell]) -> None:
        """Put a table of records in place of one that lays cards out, and of what they hold."""
        inner = [
            self.tables[part] for cell in cells for part in cell.parts if isinstance(part, int)
        ]
        if any(table.row_count != 2 for table in inner):
            return  # a table of its own, no labels over their values
        made = card_table(number, [self._card_lines(cell) for cell in cells], self.card_labels)
        if made is None:
            return
        table, left_out, labels = made
        if any(isinstance(part, int) for n in left_out for part in cells[n].parts):
            return  # what is no card holds a table of its own
        notes = [note for n in self.tables if n >= number for note in self.tables[n].notes]
        self.tables = {n: own for n, own in self.tables.items() if n < number}
        self.tables[number] = replace(table, notes=tuple(notes))
        self._last_table = number
        self.card_labels = frozenset(labels)
        self.blocks += [Block(line=line) for n in left_out for line in cells[n].lines]

    def _card_lines(self, cell: RawCell) -> list[CardLine]:
        """The paragraphs of a cell, those of tables in it too: each label, then its value."""
        found: list[CardLine] = []
        for part in cell.parts:
            if isinstance(part, Line):
                raw = " ".join(part.raw.split())
                text = " ".join(part.text.split())
                found.append(CardLine(text, raw, part.marks, self._place(part)))
                continue
            for c in sorted(self.tables[part].cells, key=lambda c: (c.column, c.row)):
                place = (c.places or (Place(),))[0]
                found.append(CardLine(c.text, c.raw, c.marks, place, over=c.row == 0))
        return [line for line in found if line.text]

    def _contents(self, cell: Element) -> list[Element]:
        """Paragraphs and tables of a cell in order, also out of wrappers that should not be."""
        found: list[Element] = []
        for part in cell:
            if part.tag in (w("p"), w("tbl")):
                found.append(part)
            elif local(part) != "tcPr" and len(part):
                found.extend(self._contents(part))
        return found

    def _cell(self, cell: RawCell, row: int, columns: dict[int, int]) -> Cell:
        text, raw = cell_text(cell.lines)
        spoken = [line for line in cell.lines if line.text]
        first = (spoken or cell.lines)[:1]
        return Cell(
            row,
            columns[cell.start],
            text,
            cell.rows,
            columns[cell.end] - columns[cell.start],
            tuple(self._place(line) for line in first),
            tuple(mark for line in cell.lines for mark in line.marks),
            raw,
            bool(spoken) and all(line.bold for line in spoken),
            cell.shaded,
        )

    def _notes_called(self, line: Line) -> list[Note]:
        called: list[Note] = []
        for key in line.notes:
            mark, text = self.reader.note_marks.get(key, ""), self.notes.get(key)
            if text:  # a mark typed by hand is typed again before the note's words
                words = text.removeprefix(mark).lstrip() if mark else text
                called.append(Note(mark, words, self._place(line)))
        return called

    def _left_out(
        self, element: Element, kind: PassageKind, asides: list[Aside], table: int
    ) -> None:
        """Keep by name the words of a row or cell that Word does not show."""
        words = [
            clean("".join(part.text or "" for part in p.iter(w("t"), w("delText"))))
            for p in element.iter(w("p"))
        ]
        text = "\t".join(filter(None, words))
        if not text:
            return
        first = next(element.iter(w("p")), None)
        number = None if first is None else whole(first.get(PARAGRAPH_NUMBER))
        place = Place(paragraph=number)
        asides.append(Aside(kind, text, place))
        problem = row_change(text, True, place, table) if kind == "deleted" else None
        if problem is not None:
            self.problems.append(problem)

    def _inserted_row(self, row: RawRow, asides: list[Aside], table: int) -> None:
        lines = [line for cell in row.cells for line in cell.lines if line.text]
        if not lines or any(line.inserted for line in lines):
            return  # the words themselves are tracked and told already
        text = "\t".join(line.text for line in lines)
        place = self._place(lines[0])
        asides.append(Aside("inserted", text, place))
        problem = row_change(text, False, place, table)
        if problem is not None:
            self.problems.append(problem)
