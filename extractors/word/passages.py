"""Blocks of a Word file become passages under their headings, and tables get their titles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractors.model import Note, Passage, Place, Table
from extractors.word.headings import ENDS_IN_SUM, HEADING_WORDS, LONG_WORDS, Kind, kind_of, tab_text
from extractors.word.story import Aside, Block, Story
from extractors.word.tabbed import find_tabbed, tabbed_table
from extractors.word.words import is_appendix_label, is_unit_line, note_word

_MARKED = re.compile(r"(\*{1,4}|[†‡§]{1,3}|[¹²³⁴-⁹]|\(?(?:\d{1,2}|[a-z])[).]?)[\s\t]*(?=\S)")
_CERTAIN_MARKS = "*†‡§¹²³⁴⁵⁶⁷⁸⁹"
CONTINUES_BY = 500  # twentieths of a point that a continuation stands further in than its term
TITLE_WORDS = 25


@dataclass(slots=True)
class _Placed:
    """A block with what it is and the headings above it; `passage` is set once it has one."""

    block: Block
    kind: Kind | None
    path: tuple[str, ...]
    passage: int | None = None


@dataclass(slots=True)
class _Headings:
    stack: list[tuple[int, str]] = field(default_factory=list)
    styled: int = 0

    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.stack)

    def open(self, kind: Kind) -> tuple[str, ...]:
        """Put the heading on the stack; gives back the headings above it."""
        while self.stack and self.stack[-1][0] >= kind.level:
            self.stack.pop()
        above = self.path()
        title = f"{kind.number} {kind.text}" if kind.number else kind.text
        self.stack.append((kind.level, title))
        if kind.styled:
            self.styled = kind.level
        return above

    def begin_appendix(self, label: str) -> None:
        """Begin anew under the label of an appendix, which stands above all its headings."""
        self.stack = [(0, label)]
        self.styled = 0


def passages_and_tables(story: Story) -> tuple[list[Passage], list[Table]]:
    """The story's passages in reading order from 1, and its tables with title, intro and notes."""
    tables = dict(story.tables)
    placed = _place(_lay_tabbed(story.blocks, tables))
    passages: list[Passage] = []
    for at, item in enumerate(placed):
        if item.kind is not None:
            continues = _continues(placed, at, passages)
            if continues is not None:
                passages[continues] = _joined(passages[continues], item)
                item.passage = continues
            else:
                item.passage = len(passages)
                passages.append(_passage(item, len(passages) + 1, _table_after(placed, at)))
        for aside in item.block.asides:
            passages.append(_aside(aside, len(passages) + 1, item.path))
    for at, item in enumerate(placed):
        number = item.block.table
        if number is not None:
            tables[number] = _titled(tables[number], placed, at, tables)
    for number in sorted(tables):
        table = tables[number]
        if table.parent is not None:
            tables[number] = _named_by_row(table, tables[table.parent[0]])
    return passages, [tables[number] for number in sorted(tables)]


def _named_by_row(table: Table, outer: Table) -> Table:
    """A nested table under its outer table's headings and what its own row is called there, with
    the words before the outer table."""
    assert table.parent is not None
    _, row, column = table.parent
    before = [c for c in outer.cells if c.row <= row < c.row + c.row_span and c.column < column]
    own = [c for c in outer.cells if (c.row, c.column) == (row, column)]
    texts = (c.text.partition("\n")[0] for c in (*own, *sorted(before, key=lambda c: c.column)))
    label = next((text for text in texts if 0 < len(text.split()) <= TITLE_WORDS), None)
    above = outer.heading_path
    return replace(
        table,
        title=table.title or label or outer.title,
        intro=table.intro or outer.intro,
        heading_path=(*above, label) if label else above,
    )


def _place(blocks: list[Block]) -> list[_Placed]:
    headings = _Headings()
    placed: list[_Placed] = []
    for at, block in enumerate(blocks):
        if block.line is None or not block.line.text:
            placed.append(_Placed(block, None, headings.path()))
            continue
        kind = kind_of(blocks, at, headings.styled)
        if kind.kind == "text_box" and is_appendix_label(kind.text):
            headings.begin_appendix(kind.text)
        path = headings.open(kind) if kind.kind == "heading" else headings.path()
        placed.append(_Placed(block, kind, path))
    return placed


def _lay_tabbed(blocks: list[Block], tables: dict[int, Table]) -> list[Block]:
    """The blocks with a table in place of lines laid in columns with tabs.

    Such tables are numbered after the drawn ones and added to `tables`.
    """
    lines = [
        None if block.in_box or block.line is None or block.line.heading else block.line
        for block in blocks
    ]
    laid = list(blocks)
    for run in find_tabbed(lines):
        number = len(tables) + 1
        inside = [line for line in lines[run.begin : run.end] if line is not None and line.text]
        tables[number] = tabbed_table(number, inside, run.columns)
        for at in range(run.begin, run.end):
            of_table = number if at == run.begin else None
            laid[at] = Block(table=of_table, asides=blocks[at].asides)
    return laid


def _passage(item: _Placed, order: int, before_table: int | None) -> Passage:
    line, kind = item.block.line, item.kind
    assert line is not None and kind is not None
    return Passage(
        order,
        kind.kind,
        kind.text,
        kind.number,
        kind.level,
        item.path,
        (Place(paragraph=line.paragraph),),
        line.marks,
        line.bold,
        before_table,
    )


def _aside(aside: Aside, order: int, path: tuple[str, ...]) -> Passage:
    return Passage(
        order, aside.kind, aside.text, aside.number, heading_path=path, places=(aside.place,)
    )


def _continues(placed: list[_Placed], at: int, passages: list[Passage]) -> int | None:
    """The passage that a line goes on from in a tab-laid list, where it has no term of its own.

    The line stands under the meanings: begun with tabs, or set in from where the terms begin.
    """
    item = placed[at]
    line, kind = item.block.line, item.kind
    before = placed[at - 1] if at else None
    if line is None or kind is None or kind.kind != "paragraph" or kind.number is not None:
        return None
    if before is None or before.passage is None or before.block.line is None:
        return None
    above = before.block.line
    if "\t" not in passages[before.passage].text or "\t" in kind.text:
        return None
    term_starts = above.left + above.first if "\t" in above.text else 0
    inset = line.left + line.first - term_starts >= CONTINUES_BY
    return before.passage if inset or line.begins_with_tab else None


def _joined(passage: Passage, item: _Placed) -> Passage:
    line, kind = item.block.line, item.kind
    assert line is not None and kind is not None
    return replace(
        passage,
        text=f"{passage.text} {kind.text}",
        places=(*passage.places, Place(paragraph=line.paragraph)),
        marks=(*passage.marks, *line.marks),
    )


def _table_after(placed: list[_Placed], at: int) -> int | None:
    for item in placed[at + 1 :]:
        if item.block.table is not None:
            return item.block.table
        if item.kind is not None:
            return None
    return None


def _titled(table: Table, placed: list[_Placed], at: int, tables: dict[int, Table]) -> Table:
    """The table with title, subtitle, intro, headings and the notes printed under it."""
    title = subtitle = intro = None
    for item in reversed(placed[:at]):
        if item.block.table is not None:
            title = title or _label(tables[item.block.table])
            break
        if item.kind is None or item.block.line is None:
            continue
        text = item.kind.text
        if item.block.in_box:
            if is_appendix_label(text):
                title = title or text
                break
            continue
        if item.kind.kind in ("caption", "heading", "title"):
            title = title or text
            if item.kind.kind != "caption":
                break
            continue
        if title is None and subtitle is None and is_unit_line(text):
            subtitle = text
            continue
        short = len(text.split()) < LONG_WORDS and not text.endswith((".", ":", ";"))
        if short and ENDS_IN_SUM.search(text):
            continue  # `Total for six projects: £81,475` over its table names nothing
        looks = item.block.line.bold and len(text.split()) <= TITLE_WORDS
        names_it = short and item.kind.kind == "paragraph" and "\t" not in text
        if title is None and (looks or (names_it and item.kind.number is None)):
            title = text
        elif item.kind.kind in ("paragraph", "list_item") and not (title and short):
            intro = text
        break
    if title is None:
        title = _caption_below(placed, at) or _banner(table)
    path = placed[at].path
    return replace(
        table,
        title=title or (path[-1] if path else None),
        subtitle=subtitle,
        intro=intro,
        heading_path=path,
        notes=(*table.notes, *_notes_below(table, placed, at)),
    )


def _caption_below(placed: list[_Placed], at: int) -> str | None:
    following = [item for item in placed[at + 1 :] if item.kind or item.block.table]
    below = following[0].kind if following else None
    belongs_to_next = len(following) > 1 and following[1].block.table is not None
    if below is None or below.kind != "caption" or belongs_to_next:
        return None
    return below.text


def _label(table: Table) -> str | None:
    """The words of a table of one cell, which is a coloured heading above the next table."""
    text = table.cells[0].text if len(table.cells) == 1 else ""
    return text if "\n" not in text and 0 < len(text.split()) <= HEADING_WORDS else None


def _banner(table: Table) -> str | None:
    """The text of a first row that is one cell over all columns, above rows of several."""
    first = [cell for cell in table.cells if cell.row == 0]
    below = [cell for cell in table.cells if cell.row == 1]
    if len(first) != 1 or len(below) < 2 or table.row_count < 3:
        return None
    text = first[0].text
    is_over_all = first[0].column_span == table.column_count
    return text if is_over_all and 0 < len(text.split()) <= TITLE_WORDS else None


def _notes_below(table: Table, placed: list[_Placed], at: int) -> list[Note]:
    """Notes in the lines that follow the table: `NB. …`, `* …`, `1 …` where 1 is called in it."""
    called = {mark for cell in table.cells for mark in cell.marks}
    notes: list[Note] = []
    for item in placed[at + 1 :]:
        if item.kind is None and item.block.table is None:
            continue
        line = item.block.line
        if line is None or item.block.in_box:
            break
        note = read_note(tab_text(line.raw), called)
        if note is None:
            break
        notes.append(Note(note[0], note[1], Place(paragraph=line.paragraph)))
    for cell in table.cells:
        if cell.row >= table.row_count - 3 and cell.column_span == table.column_count > 1:
            for text in cell.raw.split("\n"):
                note = read_note(text, called)
                if note is not None and cell.places:
                    notes.append(Note(note[0], note[1], cell.places[0]))
    return notes


def read_note(text: str, called: set[str]) -> tuple[str, str] | None:
    """Mark and words of a note line: a note word, a sign such as `*`, or a mark that is called."""
    word = note_word(text)
    if word is not None:
        return word, text
    match = _MARKED.match(text)
    if match is None:
        return None
    mark = match.group(1)
    bare = mark.strip("().")
    if mark[0] in _CERTAIN_MARKS or bare in called:
        return bare, text[match.end() :]
    return None
