"""What crosses out of the extractors' room: pages, tables, passages, printed budget lines.

Everything here is as printed. Nothing in this room says what an amount is worth or which
year a heading means; `normalizers` does that from the printed words.

Coordinates are PDF points with the origin at the top left of the page as a reader sees it
(after /Rotate). Pages and table numbers count from 1; rows and columns of a table from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CARDS = "cards"  # the reader of records printed as cards: a row each, their labels the headings
RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # of footnote marks in `raw` texts


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )

    def holds_middle(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the middle of another box lies in this one, or no further off than `slack`."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return (
            self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: a page and box (PDF), or a paragraph (Word).

    `paragraph` counts the paragraphs of a Word file's body from 1 in document order, those
    in table cells and text boxes included.
    """

    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at; the pipeline stores it as an issue.

    `code` is stable kebab-case, listed in the README; `message` says what is wrong and what
    to do next; `printed` is the publisher's text it is about, where there is one.
    """

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    printed: str | None = None
    place: Place = Place()
    table: int | None = None


# --- the page layer (PDF) -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, on one baseline.

    `rise` is 1 for superscript, -1 for subscript, 0 for the rest; a rise change starts a new
    word, and `glued` says that no space stands before it (so `C` `2` `ARA` is `C2ARA`).
    `angle` is 0 for upright text, else the turn of its baseline in degrees, counter-clockwise
    (90 reads upwards). `confidence` is 0..1 and only set by OCR.
    """

    text: str
    box: Box
    size: float
    bold: bool = False
    italic: bool = False
    rise: Literal[-1, 0, 1] = 0
    glued: bool = False
    angle: int = 0
    colour: tuple[int, int, int] = (0, 0, 0)
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight line, or a filled box so thin that a reader sees a line.

    `box` has zero height for horizontal and zero width for vertical rules (centre line);
    `width` is the stroke's thickness in points, `grey` its darkness from 0 (black) to 1 (white).
    """

    box: Box
    width: float
    grey: float

    @property
    def horizontal(self) -> bool:
        return self.box.bottom - self.box.top <= self.box.x1 - self.box.x0


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area (cell shading), with its colour as 0..255 red, green, blue."""

    box: Box
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """All that is printed on one PDF page, read once; every reading of a table uses it.

    `source` tells where the words come from: the page's own `text`, `ocr`, or `none` (a page
    of images without OCR, or an empty one; `images` tells which). `slope` is how far in degrees
    the lines of a scan fall to the right; its words and rules stand as if it were turned straight.
    `turned` is 90, 180 or 270 where nearly all text was printed at that angle without /Rotate;
    then everything here, width and height too, stands as for a reader who turned the page.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    images: tuple[Box, ...] = ()
    source: Literal["text", "ocr", "none"] = "text"
    problems: tuple[Problem, ...] = ()
    slope: float = 0.0
    turned: int = 0


# --- tables ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, printed once even where it spans several rows or columns.

    `text` has single spaces; a line break stands only where a paragraph or list item begins
    (list items begin with "• " or their printed number), not where a line merely wraps.
    Footnote marks are taken out of `text` and stand in `marks` (`52,445*` is text `52,445`,
    marks `("*",)`); `raw` is the text with them, as printed. `places` has one entry per page
    or paragraph run; more than one where a page break cuts the cell.
    A check box is the character ☐ or ☒ in the text.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    places: tuple[Place, ...] = ()
    marks: tuple[str, ...] = ()
    raw: str = ""
    bold: bool = False
    shaded: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or table note: its mark, its words, and where it stands."""

    mark: str
    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Table:
    """One logical table, joined over page breaks, on its true grid.

    `title` is the printed caption or the heading that belongs to it; `subtitle` other text
    directly above it that is not a paragraph of its own (a unit such as "£000s"). `intro` is
    the running text just before it. `heading_path` are the headings above, outermost first.
    `header_rows` counts the leading rows that name columns (repeated headers on later pages
    are dropped and counted in `repeated_headers`). `joined_rows` are rows put together from
    two pages. `reader` names the reading that was chosen, `reasons` why; `certainty` is the
    share of neighbouring cells that it is expected to have right (None: a Word table's grid
    needs no reading). `parent` is set for
    a Word table nested in a cell: (table number, row, column).
    """

    number: int
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    title: str | None = None
    subtitle: str | None = None
    intro: str | None = None
    heading_path: tuple[str, ...] = ()
    header_rows: int = 0
    repeated_headers: int = 0
    joined_rows: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    reader: str = ""
    reasons: tuple[str, ...] = ()
    parent: tuple[int, int, int] | None = None
    certainty: float | None = None


PassageKind = Literal[
    "title",
    "heading",
    "paragraph",
    "list_item",
    "footnote",
    "caption",
    "page_header",
    "page_footer",
    "page_number",
    "text_box",
    "hidden",
    "deleted",
    "inserted",
]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading, list item, footnote, caption or text box of running text.

    `number` is the printed number or mark (`3.2`, `a)`, `CI013a`, `1` of a footnote), taken out of
    `text` for headings, numbered paragraphs, list items and footnotes. `text` keeps a tab where
    the print leaves a column gap (tab-laid lists, label and value). `level` is the heading's or
    list's depth from 1. `heading_path` holds the headings above, outermost first. `marks` are
    the footnote marks called in it, taken out of the text. A paragraph cut by a page break is
    one passage with two places. Text in table cells is not a passage here; it is in the table.
    """

    order: int
    kind: PassageKind
    text: str
    number: str | None = None
    level: int = 0
    heading_path: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    marks: tuple[str, ...] = ()
    bold: bool = False
    before_table: int | None = None  # number of the next table, where it follows directly


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the later rooms need of a page when its words are gone."""

    number: int
    width: float
    height: float
    source: Literal["text", "ocr", "none"]
    word_count: int


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one file.

    `file` is its path below `raw_docs/` in POSIX form; `sha256` of its bytes. `properties` are
    the file's own metadata (title, author, created) as printed there, untrusted.
    """

    file: str
    sha256: str
    format: Literal["pdf", "docx", "doc"]
    pages: tuple[PageFacts, ...] = ()
    tables: tuple[Table, ...] = ()
    passages: tuple[Passage, ...] = ()
    problems: tuple[Problem, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


class UnreadableDocument(Exception):
    """A document that cannot be read at all; carries the one problem to show.

    Raised by readers for damaged, encrypted, empty or foreign files.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


# --- printed budget lines -------------------------------------------------------------

Role = Literal[
    "section",  # a column that names the section or theme (often merged downwards)
    "service",
    "provider",
    "provision",
    "mechanism",
    "reach",
    "priority",  # primary, then secondary, in column order
    "amount",
    "note",
    "reference",  # numbers that are not money: charity numbers, ids, dates, counts
    "percentage",
    "difference",
    "other",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a budget table: its role, its heading as printed, and why the role was given."""

    index: int
    role: Role
    heading: str
    evidence: str


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """One amount cell of a line or total, as printed.

    `over` are the titles that the table's header prints over all columns, and the column's heading
    where the cell prints a year of its own: what they say of year, phase and unit holds where
    `heading` is silent.
    """

    column: int
    heading: str
    text: str
    raw: str
    marks: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    confidence: float | None = None
    over: str = ""

    @property
    def words(self) -> str:
        """All that is printed over the amount, its own heading first."""
        return f"{self.heading} {self.over}".strip()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One budget line as printed: `fields` by role (service, provider, provision, ...).

    `row` is the table's row, or None for an award printed in running text (then `passage` is
    its order). `service_cell` is the whole cell where name and description share one.
    """

    row: int | None
    section: str | None
    fields: tuple[tuple[str, str], ...]
    amounts: tuple[PrintedAmount, ...]
    service_cell: str | None = None
    passage: int | None = None
    places: tuple[Place, ...] = ()

    def get(self, role: str) -> str | None:
        """The printed text for a role, or None where the row has none."""
        return next((text for name, text in self.fields if name == role), None)


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """One sub-total (`section` set) or grand total (`section` None) row as printed.

    `rows` are the table rows of the lines it sums, as found by structure, words and arithmetic.
    For a total printed in running text under a list of awards, `row` is its passage's order.
    """

    row: int
    label: str
    section: str | None
    amounts: tuple[PrintedAmount, ...]
    places: tuple[Place, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """A number in a table that is no line amount: `reason` names why it is ignored, or is
    None where nobody could say (an unaccounted number, one issue each)."""

    row: int
    column: int
    text: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PrintedBudget:
    """The budget reading of one table: every number in it is in exactly one of the four.

    `turned` says that the table prints its services side by side and its years downwards: then
    every `row` and `column` here is the table's column and row.
    """

    table: int
    columns: tuple[Column, ...]
    lines: tuple[PrintedLine, ...]
    totals: tuple[PrintedTotal, ...] = ()
    numbers: tuple[NumberSeen, ...] = field(default=())
    turned: bool = False
