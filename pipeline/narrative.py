"""Running text and its records: what of a document is prose, and what stands in it.

Passages are running text, and so are the comments, responses and sentences in the cells of
tables that are no budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.model import Cell, Document, Passage, Place, PrintedBudget, Table
from normalizers.acronyms import find_acronyms, is_glossary_heading, split_term
from normalizers.model import Text
from pipeline.consultation import Comment, consultation_columns, read_comments
from pipeline.records import CommentRow, PassageRow, TermRow
from pipeline.rows import PATH_JOINT

SILENT = {"page_header", "page_footer", "page_number", "hidden", "deleted", "inserted"}
SENTENCE_WORDS = 5  # a cell of fewer words is a label or a figure
LABEL_WORDS = 10  # before a tab
LEAD_WORDS = 10
LEAD = re.compile(
    r"^(?:\(?[\dA-Za-z]{1,3}[).]\s+)?(?P<lead>[A-Z][^.;–—:\t]{2,90}?)\s*(?:\s[–—-]\s|:\s)"
)
TERM_WORDS = 5  # most terms of a glossary have no more words


@dataclass(frozen=True, slots=True)
class Located:
    """A piece of running text and the places it is printed at, page by page."""

    text: Text
    places: tuple[Place, ...]
    lead: str | None = None  # what the numbered item above speaks of, for a paragraph below it
    paragraph: str | None = None  # its own printed number, or that of the item it belongs to

    def place(self, start: int) -> Place:
        """The place of the character at `start`; of several places, the one it falls into by
        the share of the text that each holds (measured by height)."""
        if len(self.places) < 2:
            return self.places[0] if self.places else Place()
        heights = [p.box.bottom - p.box.top if p.box else 1.0 for p in self.places]
        reach = sum(heights) * (start + 0.5) / max(1, len(self.text.text))
        for place, height in zip(self.places, heights, strict=True):
            reach -= height
            if reach < 0:
                return place
        return self.places[-1]


def running_texts(document: Document, budgets: Iterable[PrintedBudget] = ()) -> tuple[Located, ...]:
    """All running text of a document: passages first, then cells, each with its own key.

    `p12` is the passage of order 12, `t3r4c1` the cell of table 3 at row 4 and column 1. Cells
    of budget tables are left out; comments and responses are there whatever their length.
    """
    found = list(_passage_texts(document.passages))
    known = {budget.table for budget in budgets if budget.lines}
    for table in document.tables:
        if table.number not in known:
            found += _cell_texts(table)
    return tuple(found)


def _passage_texts(passages: Sequence[Passage]) -> Iterator[Located]:
    """Passages of running text; bullets and unnumbered paragraphs belong to the number above."""
    path: tuple[str, ...] = ()
    number: str | None = None
    lead: str | None = None
    for passage in passages:
        if passage.kind in SILENT:
            continue
        if passage.heading_path != path or passage.kind in ("heading", "title"):
            path, number, lead = passage.heading_path, None, None
        numbered = (
            (passage.number or "").rstrip(".") if re.search(r"\w", passage.number or "") else None
        )
        if numbered and passage.kind != "footnote":
            number, lead = numbered, lead_of(passage.text)
        heading = PATH_JOINT.join(passage.heading_path)
        label, tab, rest = passage.text.partition("\t")
        if tab and rest.strip() and len(label.split()) <= LABEL_WORDS and not numbered:
            heading = PATH_JOINT.join(filter(None, [heading, " ".join(label.split()).rstrip(" :")]))
        text = Text(f"p{passage.order}", passage.kind, heading, passage.number, passage.text)
        belongs = passage.kind in ("paragraph", "list_item") and not numbered
        yield Located(
            text,
            passage.places,
            lead=lead if belongs else None,
            paragraph=number if belongs or numbered == number else numbered,
        )


def lead_of(text: str) -> str | None:
    """The words before the dash or colon that a paragraph or list item opens with."""
    match = LEAD.match(text)
    if match is None or len(match["lead"].split()) > LEAD_WORDS:
        return None
    return match["lead"].strip()


def _cell_texts(table: Table) -> list[Located]:
    comments = read_comments(table)
    said: dict[tuple[int, int], tuple[str, str | None, str | None]] = {}
    for comment in comments:
        about = comment.question or comment.theme
        for position in comment.comment_cells:
            said.setdefault(position, ("comment", comment.number, about))
        if comment.response_cell:
            said.setdefault(comment.response_cell, ("response", comment.number, about))
        if comment.question_cell:
            said.setdefault(comment.question_cell, ("question", None, comment.theme))
    found = []
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        kind, number, theme = said.get((cell.row, cell.column), ("cell", None, None))
        if kind == "cell" and not _is_prose(cell, table):
            continue
        if not cell.text.strip():
            continue
        path = [*table.heading_path, *filter(None, [table.title, theme])]
        if kind == "cell":
            path += filter(None, [_row_label(table, cell)])
        found.append(
            Located(
                Text(
                    key=f"t{table.number}r{cell.row}c{cell.column}",
                    kind=kind,
                    heading=PATH_JOINT.join(dict.fromkeys(" ".join(p.split()) for p in path)),
                    number=number,
                    text=cell.text,
                ),
                cell.places,
                paragraph=number,
            )
        )
    return found


def fact_texts(document: Document, budgets: Iterable[PrintedBudget] = ()) -> tuple[Text, ...]:
    """What tells a document's facts: labels and values, passages, running heads, comments, and
    who is paid.

    Rows of two cells in tables near the beginning come first, laid as `label<tab>value`.
    """
    early = [t for t in document.tables if _begins(t) and t.column_count <= 3][:3]
    labels = []
    for table in early:
        for row in range(min(table.row_count, 12)):
            words = [" ".join(c.text.split()) for c in table.cells if c.row == row]
            words = [word for word in words if word]
            if len(words) == 2 and len(words[0].split()) <= LABEL_WORDS:
                label = words[0].rstrip(" :")
                labels.append(
                    Text(f"t{table.number}r{row}", "cell", "", None, f"{label}\t{words[1]}")
                )
    passages = [
        Text(f"p{p.order}", p.kind, PATH_JOINT.join(p.heading_path), p.number, p.text)
        for p in document.passages
        if p.kind not in ("page_number", "hidden", "deleted")
    ]
    cells = [t.text for t in running_texts(document, budgets) if t.text.key.startswith("t")]
    providers = [
        Text(f"t{budget.table}r{line.row}", "provider", "", None, provider)
        for budget in budgets
        for line in budget.lines
        if (provider := line.get("provider"))
    ]
    return (*labels, *passages, *cells, *providers)


def _begins(table: Table) -> bool:
    """Whether a table stands on the first page, or among the first paragraphs of a Word file."""
    places = [place for cell in table.cells for place in cell.places]
    return any(place.page == 1 or (place.paragraph or 99) < 40 for place in places)


def _is_prose(cell: Cell, table: Table) -> bool:
    """Whether a cell holds words rather than a label or a figure."""
    if cell.row < table.header_rows:
        return False
    words = re.findall(r"[A-Za-z]{2,}", cell.text)
    return len(words) >= SENTENCE_WORDS


def _row_label(table: Table, cell: Cell) -> str | None:
    """The short text at the left of a cell, which says what the cell is about."""
    left = [
        other
        for other in table.cells
        if other.column < cell.column and other.row <= cell.row < other.row + other.row_span
    ]
    first = min(left, key=lambda other: other.column, default=None)
    if first is None or not first.text.strip() or len(first.text) > 120:
        return None
    return " ".join(first.text.split()).rstrip(" :")


def passage_rows(document: Document, texts: Sequence[Located]) -> Iterator[PassageRow]:
    """Every passage in printed order, running heads too, then the cells of running text."""
    running = {located.text.key: located for located in texts}
    rows: list[Located] = []
    for passage in document.passages:
        key = f"p{passage.order}"
        heading = PATH_JOINT.join(passage.heading_path)
        silent = Text(key, passage.kind, heading, passage.number, passage.text)
        rows.append(running.pop(key) if key in running else Located(silent, passage.places))
    for position, located in enumerate((*rows, *running.values())):
        text = located.text
        yield PassageRow(
            document=document.file,
            key=text.key,
            position=position,
            heading=text.heading or None,
            number=text.number,
            kind=text.kind,
            text=text.text,
            place=located.place(0),
        )


def comments_of(document: Document) -> tuple[Comment, ...]:
    """The consultation comments of all tables, in printed order."""
    return tuple(comment for table in document.tables for comment in read_comments(table))


def comment_rows(document: Document) -> Iterator[CommentRow]:
    """Every consultation comment or answer as a row."""
    for position, comment in enumerate(comments_of(document)):
        yield CommentRow(
            document=document.file,
            position=position,
            number=comment.number,
            theme=comment.theme,
            question=comment.question,
            comment=comment.comment,
            response=comment.response,
            response_joined=comment.response_joined,
            tally=comment.tally,
            place=comment.place,
        )


# --- glossary and acronyms --------------------------------------------------------------


def term_rows(document: Document, texts: Sequence[Located]) -> Iterator[TermRow]:
    """Every glossary term, then every acronym that running text defines, once per meaning."""
    found = [*_listed_terms(document.passages), *_tabled_terms(document.tables)]
    known = {(term.casefold(), _folded(meaning)) for term, meaning, _ in found}
    rows = [(term, meaning, "glossary", place) for term, meaning, place in found]
    for located in texts:
        for term, meaning, start in find_acronyms(located.text.text):
            if (term.casefold(), _folded(meaning)) not in known:
                known.add((term.casefold(), _folded(meaning)))
                rows.append((term, meaning, "text", located.place(start)))
    for position, (term, meaning, source, place) in enumerate(rows):
        yield TermRow(
            document=document.file,
            position=position,
            term=term,
            meaning=meaning,
            source=source,
            place=place,
        )


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _listed_terms(passages: Sequence[Passage]) -> list[tuple[str, str, Place]]:
    """Terms of a glossary that is laid with tabs or dashes under its heading.

    On a page a meaning may go on below, in its own column; the first other text ends the list.
    """
    found: list[tuple[str, str, Place]] = []
    under = None
    for passage in passages:
        heading = passage.heading_path[-1] if passage.heading_path else ""
        if passage.kind in SILENT | {"heading", "title", "caption", "footnote"}:
            continue
        if not is_glossary_heading(heading):
            under = None
            continue
        if under == "left":
            continue
        place = passage.places[0] if passage.places else Place()
        for line in passage.text.split("\n"):
            entry = split_term(line)
            if entry is not None:
                found.append((*entry, place))
                under = heading
            elif under is not None and found and _is_right_of(place, found[-1][2]):
                term, meaning, first = found.pop()
                found.append((term, f"{meaning} {' '.join(line.split())}", first))
            elif under is not None and line.strip():
                under = "left"
                break
    return found


def _is_right_of(place: Place, other: Place) -> bool:
    """Whether something begins well to the right of the start of something on the same page."""
    if place.box is None or other.box is None or place.page != other.page:
        return False
    return place.box.x0 > other.box.x0 + 20


def _tabled_terms(tables: Sequence[Table]) -> list[tuple[str, str, Place]]:
    """Terms of a glossary that is a table: short terms, and what they mean beside them."""
    found: list[tuple[str, str, Place]] = []
    for table in tables:
        heads = [cell.text for cell in table.cells if cell.row < table.header_rows]
        above = [table.title or "", *table.heading_path[-1:], *heads]
        if not any(map(is_glossary_heading, above)) or consultation_columns(table):
            continue
        entries: list[tuple[str, str, Place]] = []
        for row in range(table.header_rows, table.row_count):
            cells = [cell for cell in table.cells if cell.row == row and cell.text.strip()]
            cells.sort(key=lambda cell: cell.column)
            words = [" ".join(cell.text.split()) for cell in cells]
            if len(cells) >= 2:
                place = cells[0].places[0] if cells[0].places else Place()
                entries.append((words[0].rstrip(":"), " ".join(words[1:]), place))
            elif entries and cells and cells[0].column > 0:
                term, before, place = entries.pop()
                entries.append((term, f"{before} {words[0]}", place))
        lengths = sorted(len(term.split()) for term, _, _ in entries)
        if lengths and lengths[len(lengths) // 2] <= TERM_WORDS:
            found += entries
    return found


def meanings(rows: Iterable[TermRow]) -> Mapping[str, str]:
    """Each term with its meaning in full, glossaries before running text."""
    known: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.source != "glossary"):
        known.setdefault(row.term, row.meaning)
    return known
