"""Consultation tables as records: number, theme, question, comment and response of each row.

A table is one where its headings say so (consultation.toml): comments beside responses, or
questions beside answers. A question or response printed once for several rows stands with
each of them; a banner across the table is the theme of the rows below it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from extractors.model import Cell, Place, Table

FILE = Path(__file__).with_name("consultation.toml")
ROLES = ("number", "theme", "question", "comment", "response")
LABEL = re.compile(
    r"^(?P<label>Q(?:uestion)?\s?\d+\s?[a-z]?(?:\s?\([ivxlc]+\)|\s?\([a-z]\))?)[.:)]?(?=\s|$)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^\(?(?P<number>[A-Z]{0,4}\d+(?:\.\d+)*[a-z]?)[.):]?$")
TALLY = re.compile(r"(?P<choice>[A-Za-z][\w’' /-]*?)\s*[=:]\s*(?P<count>\d+)\s*(?:[;,\n]|\s|$)")


@dataclass(frozen=True, slots=True)
class Comment:
    """One consultation comment or answer with its response, and the cells they stand in.

    `number` is the printed number, or question and count (`Q1a.2`) where answers have none.
    `response_joined` says that the response is printed once for this row and the one above.
    `tally` holds counted answers (`No = 9 Yes = 2`) as JSON.
    """

    table: int
    number: str | None
    theme: str | None
    question: str | None
    comment: str | None
    response: str | None
    response_joined: bool
    tally: str | None
    comment_cells: tuple[tuple[int, int], ...]
    response_cell: tuple[int, int] | None
    question_cell: tuple[int, int] | None
    place: Place


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    whole = tomllib.loads(FILE.read_text(encoding="utf-8"))
    strange = sorted({*whole} - {"columns"} | {*whole.get("columns", {})} - {*ROLES})
    if strange:
        raise ValueError(f"{FILE.name}: unknown keys {', '.join(strange)}")
    return {role: tuple(words) for role, words in whole["columns"].items()}


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """The heading words with the role that each gives, long ones first."""
    pairs = ((phrase, role) for role, words in _columns().items() for phrase in words)
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(maxsize=1 << 12)
def _role(heading: str) -> str | None:
    """The role of a column by its heading; whole headings before parts, long phrases first."""
    folded = re.sub(r"[^\w#.' ]+", " ", heading.lower().replace("’", "'")).strip()
    if not folded or len(folded.split()) > 8:
        return None
    phrases = _phrases()
    for phrase, role in phrases:
        if folded == phrase:
            return role
    for phrase, role in phrases:
        # "Response to comments" is a response, "Comment on the question" a comment.
        if folded.startswith(phrase + " ") and role != "number":
            return role
    for phrase, role in phrases:
        if folded.endswith(" " + phrase) and role != "number":
            return role
    return None


def _grid(table: Table) -> Mapping[tuple[int, int], Cell]:
    """Every position of a table with the cell that covers it."""
    covered: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                covered.setdefault((row, column), cell)
    return covered


def consultation_columns(table: Table) -> tuple[int, dict[str, int]] | None:
    """The heading rows of a consultation table and its columns by role, or None for any other."""
    if table.column_count < 2:
        return None
    for row in range(min(3, table.row_count)):
        heads = [cell for cell in table.cells if cell.row == row and cell.text.strip()]
        roles: dict[str, int] = {}
        for cell in heads:
            role = _role(cell.text)
            if role is not None and role not in roles:
                roles[role] = cell.column
                if cell.column_span > 1 and role == "comment":
                    # A heading over two columns: the number stands in the first of them.
                    roles[role] = cell.column + cell.column_span - 1
                    roles.setdefault("number", cell.column)
        paired = {"comment", "response"} <= roles.keys() or {"question", "comment"} <= roles.keys()
        if {"question", "response"} <= roles.keys() and "comment" not in roles:
            roles["comment"], paired = roles.pop("question"), True
        if paired and len(heads) >= 2:
            _number_column(table, row, roles)
            return max(row + 1, table.header_rows), roles
    return None


def _number_column(table: Table, header: int, roles: dict[str, int]) -> None:
    """Find a column of numbers that has no heading of its own."""
    if "number" in roles:
        return
    for column in range(table.column_count):
        if column in roles.values():
            continue
        texts = [c.text.strip() for c in table.cells if c.column == column and c.row > header]
        texts = [text for text in texts if text]
        if texts and sum(bool(NUMBER.match(text)) for text in texts) > len(texts) / 2:
            roles["number"] = column
            return


def _banner(row: list[Cell], table: Table) -> str | None:
    """The words of a row that is a banner: one cell over all columns, or alone and set apart."""
    written = [cell for cell in row if cell.text.strip()]
    if len(written) != 1:
        return None
    (cell,) = written
    text = " ".join(cell.text.split())
    if len(text) > 120:
        return None
    wide = cell.column_span >= max(2, table.column_count - 1)
    starts = all(other.row == cell.row for other in row)
    capital = text.upper() == text and any(c.isalpha() for c in text)
    apart = cell.bold or cell.shaded or capital
    if cell.row_span == 1 and starts and (wide or (apart and not NUMBER.match(text))):
        return text
    return None


def read_comments(table: Table) -> tuple[Comment, ...]:
    """The comments of one table in printed order; empty where it is no consultation table."""
    found = consultation_columns(table)
    if found is None:
        return ()
    first, roles = found
    grid = _grid(table)
    theme: str | None = None
    asked_before: dict[str, int] = {}
    comments: list[Comment] = []
    for row in range(first, table.row_count):
        banner = _banner(_row_cells(grid, table, row), table)
        if banner is not None:
            theme = banner
            continue
        at = {role: cell for role, k in roles.items() if (cell := grid.get((row, k))) is not None}
        comment, response, question = at.get("comment"), at.get("response"), at.get("question")
        said, reply, asked = _text(comment), _text(response), " ".join(_text(question).split())
        joined = response is not None and response.row < row
        if not said and (joined or not reply):
            continue
        number = _text(at.get("number"))
        if "number" in at and at["number"] is comment:
            number, said = _leading_number(said)
        if "number" in roles and not number and comments:
            comments[-1] = _continued(comments[-1], comment, said, "" if joined else reply)
            continue
        if "theme" in at:
            theme = " ".join(_text(at["theme"]).split()) or theme
        comments.append(
            Comment(
                table=table.number,
                number=number.strip("().: ") or _answer_number(asked, asked_before),
                theme=theme,
                question=asked or None,
                comment=said or None,
                response=reply or None,
                response_joined=joined,
                tally=read_tally(said),
                comment_cells=((comment.row, comment.column),) if comment else (),
                response_cell=(response.row, response.column) if response else None,
                question_cell=(question.row, question.column) if question else None,
                place=_place(comment or response),
            )
        )
    return tuple(comments)


def _row_cells(grid: Mapping[tuple[int, int], Cell], table: Table, row: int) -> list[Cell]:
    cells: list[Cell] = []
    for column in range(table.column_count):
        cell = grid.get((row, column))
        if cell is not None and all(cell is not other for other in cells):
            cells.append(cell)
    return cells


def _text(cell: Cell | None) -> str:
    return cell.text.strip() if cell else ""


def _answer_number(asked: str, before: dict[str, int]) -> str | None:
    """`Q1a.2` for the second answer to the question labelled `Q1a`; counts in `before`."""
    if not asked:
        return None
    label = LABEL.match(asked)
    if label is None and asked not in before:
        before[asked] = 0
    name = label["label"].replace(" ", "") if label else f"Q{list(before).index(asked) + 1}"
    key = name if label else asked
    before[key] = before.get(key, 0) + 1
    return f"{name}.{before[key]}"


def _leading_number(text: str) -> tuple[str, str]:
    match = re.match(r"(?P<number>\d+)[.)]?\s+(?P<rest>.*)", text, re.DOTALL)
    return (match["number"], match["rest"]) if match else ("", text)


def _continued(before: Comment, comment: Cell | None, said: str, reply: str) -> Comment:
    """A comment whose row goes on without a number on the next page."""
    cells = before.comment_cells
    if comment and said:
        cells = (*cells, (comment.row, comment.column))
    return replace(
        before,
        comment=" ".join(filter(None, (before.comment, said))) or None,
        response=" ".join(filter(None, (before.response, reply))) or None,
        comment_cells=cells,
    )


def read_tally(text: str) -> str | None:
    """Counted answers such as `No = 9 Yes = 2 Blank = 4` as JSON, where a text is nothing else."""
    matches = list(TALLY.finditer(text + " "))
    if len(matches) < 2 or TALLY.sub("", text + " ").strip(" .;,\n"):
        return None
    counts = {match["choice"].strip(): int(match["count"]) for match in matches}
    return json.dumps(counts, ensure_ascii=False)


def _place(cell: Cell | None) -> Place:
    return cell.places[0] if cell and cell.places else Place()
