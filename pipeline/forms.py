"""Forms as records: implications, assessments: each question with its answer or its tick.

A form is a table without figures whose left column asks and whose right column answers, one
with tick boxes, or label and answer laid with a tab under a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Cell, Document, Passage, Place, Table
from normalizers.acronyms import is_glossary_heading
from pipeline.consultation import consultation_columns
from pipeline.records import FormAnswerRow

TICKED, UNTICKED = "☒☑✓✔", "☐□"
BOX = re.compile(rf"[{TICKED}{UNTICKED}]")
LABEL_WORDS = 12
FORM = re.compile(r"\b(?:form|assessment|implications|declaration|checklist)\b", re.IGNORECASE)

Answer = tuple[str | None, str, str | None, bool | None, Place]


def form_rows(document: Document, budgets: frozenset[int] = frozenset()) -> Iterator[FormAnswerRow]:
    """Every answer and tick of every form of a document, in printed order.

    `budgets` are the numbers of tables that are budgets and so no forms.
    """
    found: list[Answer] = list(_laid_forms(document.passages))
    for table in document.tables:
        if table.number not in budgets and consultation_columns(table) is None:
            found += _table_form(table)
    for position, (form, label, answer, checked, place) in enumerate(found):
        yield FormAnswerRow(
            document=document.file,
            position=position,
            form=form,
            label=label,
            answer=answer,
            checked=checked,
            place=place,
        )


def _laid_forms(passages: tuple[Passage, ...]) -> Iterator[Answer]:
    """Labels and answers that a tab parts, at least two of them under one heading."""
    groups: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages:
        if passage.kind == "paragraph" and passage.text.count("\t") == 1:
            groups.setdefault(passage.heading_path, []).append(passage)
    for path, members in groups.items():
        if len(members) < 2 or (path and is_glossary_heading(path[-1])):
            continue
        for passage in members:
            label, answer = (" ".join(part.split()) for part in passage.text.split("\t"))
            if label and answer and len(label.split()) <= LABEL_WORDS:
                place = passage.places[0] if passage.places else Place()
                yield path[-1] if path else None, label.rstrip(" :"), answer, None, place


def _table_form(table: Table) -> Iterator[Answer]:
    form = table.title or (table.heading_path[-1] if table.heading_path else None)
    boxed = any(BOX.search(cell.text) for cell in table.cells)
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    if not boxed and not _asks_and_answers(table, rows):
        return
    question: str | None = None
    for row in sorted(rows):
        cells = sorted(rows[row], key=lambda cell: cell.column)
        if len(cells) > 1 and cells[0].row_span > 1:
            question, cells = None, cells[1:]  # the step that the rows below belong to
        words = [cell.text.strip() for cell in cells if cell.text.strip()]
        if any(BOX.search(word) for word in words):
            question = None
            yield from _ticks(form, cells)
        elif len(words) > 1 and cells[0].text.strip():
            yield form, _label(words[0]), " ".join(words[1:]), None, _place(cells[0])
        elif len(cells) > 1 and cells[0].text.strip():
            yield form, _label(words[0]), None, None, _place(cells[0])
        elif words and question is None:
            question = words[0]  # over the whole width; its answer is the next row
        elif words and question is not None:
            yield form, _label(question), words[0], None, _place(cells[0])
            question = None


def _asks_and_answers(table: Table, rows: dict[int, list[Cell]]) -> bool:
    """Two columns, short labels at the left, and words (not figures) at the right."""
    if table.column_count != 2 or table.row_count < 2 or is_glossary_heading(table.title or ""):
        return False
    pairs = [sorted(cells, key=lambda c: c.column) for cells in rows.values() if len(cells) == 2]
    if len(pairs) < 2 or len(pairs) < len(rows) * 0.6:
        return False
    if any(is_glossary_heading(part) for part in table.heading_path[-1:]):
        return False
    above = " ".join(filter(None, [table.title, *table.heading_path[-1:]]))
    labels = [pair[0].text.split() for pair in pairs]
    figures = [pair[1].text for pair in pairs if re.fullmatch(r"[£\d.,%\s-]+", pair[1].text)]
    colons = sum(pair[0].text.rstrip().endswith((":", "?")) for pair in pairs)
    short = sum(0 < len(label) <= LABEL_WORDS for label in labels)
    worded = sum(len(pair[1].text.split()) >= 4 for pair in pairs)
    return (
        short >= len(pairs) * 0.8
        and not figures
        and table.header_rows == 0
        and (colons >= 1 or worded >= len(pairs) / 2 or FORM.search(above) is not None)
    )


def _ticks(form: str | None, cells: list[Cell]) -> Iterator[Answer]:
    """Each box of a row with its label: the words after it in its cell, else the cell before."""
    label = ""
    for cell in cells:
        boxes = list(BOX.finditer(cell.text))
        if not boxes:
            if cell.text.strip():
                label = cell.text
            continue
        after = [
            cell.text[box.end() : following].strip()
            for box, following in zip(
                boxes, [*(b.start() for b in boxes[1:]), len(cell.text)], strict=True
            )
        ]
        before = cell.text[: boxes[0].start()].strip()
        for box, words in zip(boxes, after, strict=True):
            if not any(after) and before:
                words = before if len(boxes) == 1 else words
            shown = words or label
            if words and label and len(boxes) > 1:
                shown = f"{_label(label)}: {words}"
            yield form, _label(shown), None, box.group() in TICKED, _place(cell)


def _label(text: str) -> str:
    return " ".join(text.split()).rstrip(" :")


def _place(cell: Cell) -> Place:
    return cell.places[0] if cell.places else Place()
