"""Tables and documents of one page, made by hand for tests of what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.budget import read_budget
from extractors.model import Cell, Document, Note, Passage, Place, PrintedBudget, Table
from pipeline.meaning import Meaning, interpret
from pipeline.setting import is_about_money, worth_of
from pipeline.sums import Judgement, judge

Printed = str | tuple[str, int] | None


def table(
    rows: Sequence[Sequence[Printed]],
    number: int = 1,
    header_rows: int = 1,
    title: str | None = "Commissioning budget 2023/24",
    bold: Sequence[int] = (),
    **more: object,
) -> Table:
    """A table of printed cells; `(text, 3)` spans three columns, None is covered by a span.

    `bold` are rows printed bold.
    """
    cells = []
    width = max(sum(c[1] if isinstance(c, tuple) else 1 for c in r if c is not None) for r in rows)
    for index, row in enumerate(rows):
        column = 0
        for printed in row:
            if printed is None:
                continue
            text, span = printed if isinstance(printed, tuple) else (printed, 1)
            cells.append(
                Cell(
                    index,
                    column,
                    text,
                    column_span=span,
                    places=(Place(page=1),),
                    raw=text,
                    bold=index in bold or index < header_rows,
                )
            )
            column += span
    return Table(
        number, len(rows), width, tuple(cells), title=title, header_rows=header_rows, **more
    )  # type: ignore[arg-type]


def document(
    *tables: Table, passages: Sequence[Passage] = (), title: str = "Commissioning plan"
) -> Document:
    first = Passage(0, "title", title)
    return Document("plan.pdf", "f" * 64, "pdf", tables=tables, passages=(first, *passages))


def read(*tables: Table, passages: Sequence[Passage] = (), title: str = "Commissioning plan"):  # type: ignore[no-untyped-def]
    """Budgets, meaning and judgement of a document of these tables, both readings agreeing."""
    made = document(*tables, passages=passages, title=title)
    budgets: list[PrintedBudget] = [
        read_budget(t, worth_of(t, made), about_money=is_about_money(made)) for t in made.tables
    ]
    meaning: Meaning = interpret(made, budgets, "A publisher")
    second = {(t.number, c.row, c.column): c.text for t in made.tables for c in t.cells}
    judgement: Judgement = judge(meaning, made, budgets, second)
    return budgets, meaning, judgement


def note(mark: str, text: str) -> Note:
    return Note(mark, text)
