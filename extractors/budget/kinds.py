"""What each row of a budget table is: section banner, line, sub-total, total, note.

Structure, words and arithmetic decide together. Words alone make `Total Respect Project` a
total; arithmetic alone makes any line a total that happens to equal two others.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from extractors.budget.closing import Worth
from extractors.budget.entries import (
    ROW_SUM,
    Entry,
    Kind,
    named_by_total,
    part_named,
    total_words,
    without_of_which,
    without_total_words,
)
from extractors.budget.header import Header
from extractors.budget.rows import Row, plain
from extractors.budget.shapes import shape
from extractors.budget.splitting import is_register_number
from extractors.budget.totals import find_totals, sections_from_totals
from extractors.budget.vocabulary import row_words
from extractors.model import Cell, Column

_ALL_OF = re.compile(r"All [a-z]")  # `All third sector funding`
BANDS = 6  # rows named after bands of council tax that are no chance


def classify(
    body: Sequence[Row],
    columns: Sequence[Column],
    header: Header,
    worth: Worth,
    title: str | None = None,
) -> list[Entry]:
    """Every body row with its kind, its section and, for totals, the rows it sums.

    `title` is the table's: it may be the name of the first section.
    """
    entries = [_begin(row, columns, worth) for row in body]
    headings = [plain(h) for h in header.headings]
    with_figures = [e for e in entries if e.figures]
    typical = median(len(e.texts) for e in with_figures) if with_figures else 0
    plain_style = _common_style(with_figures)
    for position, entry in enumerate(entries):
        entry.styled = _style(entry) != plain_style and any(_style(entry)[:2])
        entry.kind = _first_kind(entry, position, entries, typical, headings, len(columns))
    charged = [e for e in entries if row_words("tax").fullmatch(e.label.strip())]
    over = " ".join([title or "", *(e.label for e in entries if e.kind == "banner")])
    if len(charged) >= BANDS and row_words("tax", "said").search(over):
        for entry in charged:
            entry.kind = "note"
    _join_label_below(entries)
    _sections(entries, columns, title if _headed_anew(entries) else None)
    sections = {plain(e.section) for e in entries if e.section}
    for entry in entries:
        part = part_named(entry.label) if entry.kind == "line" and len(entry.texts) == 1 else None
        if part and plain(part) in sections:
            entry.kind = "total"
    for above, entry in itertools.pairwise(e for e in entries if e.kind != "blank"):
        # What a total is made up of is no money of its own.
        total = above.kind == "total" or _ALL_OF.match(above.label)
        if total and entry.kind == "line" and part_named(entry.label):
            entry.kind = "total"
    lines = [entry for entry in entries if entry.kind == "line"]
    if len(lines) == 1 and _ALL_OF.match(lines[0].label) and not sections:
        lines[0].kind = "total"  # of the tables before
    find_totals(entries, typical)
    first = header.headings[0] if header.headings else ""
    sections_from_totals(entries, title, first if named_by_total(first, body) else None)
    return entries


def _style(entry: Entry) -> tuple[bool, bool]:
    cells = entry.row.filled
    return (
        bool(cells) and all(c.bold for c in cells),
        bool(cells) and all(c.shaded for c in cells),
    )


def _common_style(entries: Sequence[Entry]) -> tuple[bool, bool]:
    styles = [_style(entry) for entry in entries]
    return (
        max(set(styles), key=lambda s: (styles.count(s), not any(s))) if styles else (False, False)
    )


def _begin(row: Row, columns: Sequence[Column], worth: Worth) -> Entry:
    amount_columns = {c.index: c for c in columns if c.role == "amount"}
    if not any(cell.column in amount_columns for cell in row.filled):
        # Where only the sum of the row is printed it is the row's amount.
        amount_columns |= {c.index: c for c in columns if c.evidence == ROW_SUM}
    numeric = {c.index for c in columns if c.role in {"amount", "percentage", "difference"}}
    texts, figures = [], []
    values: dict[int, tuple[int, int]] = {}
    for cell in row.filled:
        if cell.column in amount_columns:
            kind = shape(cell.text)
            if kind == "percent":
                continue
            if kind in {"figure", "unknown", "dash"} or cell.column_span == 1:
                figures.append(cell)
                read = worth(cell.text, amount_columns[cell.column].heading)
                if read is not None:
                    values[cell.column] = read
                continue
        words_over_figures = cell.column_span > 1 and shape(cell.text) == "text"
        if words_over_figures or (cell.column not in numeric and shape(cell.text) != "dash"):
            texts.append(cell)
    naming = [c for c in texts if shape(c.text) not in {"empty"}]
    label = without_of_which(next((c.text for c in naming if _is_words(c.text)), ""))
    not_known = frozenset(
        cell.column
        for cell in figures
        if shape(cell.text) == "unknown" and not _NONE.fullmatch(cell.text.strip())
    )
    return Entry(row, "line", label, tuple(naming), values, tuple(figures), not_known)


def _is_words(text: str) -> bool:
    """Whether a text is words, with or without a sum: `Small grants (under £5,000)`."""
    return shape(text) == "text" or len(re.findall(r"[^\W\d_]{3,}", text)) >= 2


_NONE = re.compile(r"nil|none|n\s*/\s*a\.?|not applicable", re.I)


def _first_kind(
    entry: Entry,
    position: int,
    entries: Sequence[Entry],
    typical: float,
    headings: Sequence[str],
    width: int,
) -> Kind:
    filled = entry.row.filled
    if not filled:
        return "blank"
    if _repeats_headings(filled, headings):
        return "repeated_header"
    over = _banner_over_headings(filled, headings)
    if over:
        entry.label = over
        return "banner"
    if not entry.figures and any(shape(cell.text) == "percent" for cell in filled):
        return "note"
    dashes_only = entry.figures and all(shape(c.text) in {"dash", "text"} for c in entry.figures)
    alone = filled[0] if len(filled) == 1 and not entry.values else None
    if alone is not None and (is_register_number(alone.text) or not without_of_which(alone.text)):
        return "note"
    if alone is not None and (
        shape(alone.text) not in {"figure", "dash", "unknown"}
        # `Significant risks (over £10m)` over the whole width is words, not a sum.
        or (alone.column_span > 1 and _is_words(alone.text))
        or shape(re.sub(r"\([^()]*\)", " ", alone.text)) == "text"
    ):
        return _lonely(entry, filled[0], position, entries, typical, width)
    if not entry.figures and not entry.values and entry.texts:
        reaching = any(c.column == 0 for c in entry.row.reaching)
        first = entry.texts[0]
        if (
            first.column > 0
            and not reaching
            and position
            and entries[position - 1].kind in {"line", "continuation"}
            and not _is_as_full(entry, entries[position - 1])
        ):
            return "continuation"
    # Below the label of a total a count behind the sums is none (`People helped`).
    below = position > 0 and entries[position - 1].kind == "label"
    if entry.values and all(
        below and c.column > entry.figures[0].column and shape(c.text) == "figure"
        for c in entry.texts
    ):
        return "line" if any(c.text.strip() for c in entry.row.reaching) else "orphan"
    if total_words(entry.label) and (entry.values or dashes_only):
        return "total"
    if entry.values and any(without_of_which(cell.text) != cell.text for cell in entry.texts):
        return "total"
    return "line"


def _is_as_full(entry: Entry, above: Entry) -> bool:
    """Whether a row has words in all columns in which the one above has, three at least: it is no
    rest of that, but a line whose amounts are blank."""
    own, theirs = ({c.column for c in e.texts if c.column > 0} for e in (entry, above))
    begins = all(c.text[:1].isupper() for c in entry.texts)
    return len(theirs) > 2 and own >= theirs and begins


def _repeats_headings(filled: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Whether cells are headings of the table again, or the lower level of those of their columns.

    On a later page the levels above may be read into other rows.
    """
    texts = [(cell.column, plain(cell.text)) for cell in filled]
    known = {h for h in headings if h}
    return len(texts) > 1 and all(
        text in known or (column < len(headings) and headings[column].endswith(f" {text}"))
        for column, text in texts
    )


def _banner_over_headings(filled: Sequence[Cell], headings: Sequence[str]) -> str:
    """The section printed in one cell with the first of the headings that come again under it."""
    first, *others = filled
    above, _, heading = first.text.rpartition("\n")
    if not above or not others or not _repeats_headings(others, headings):
        return ""
    return above if plain(heading) in {h for h in headings if h} else ""


_NOTE_MARK = re.compile(r"^\s*(?:[*†‡§^]|\(?\d\)|\[\d\])\s*\S")


def _lonely(
    entry: Entry, cell: Cell, position: int, entries: Sequence[Entry], typical: float, width: int
) -> Kind:
    """The kind of a row with a single cell of words: a banner, a note, a label or a bare line."""
    text = cell.text.strip()
    starts = row_words("note", "starts").match(text)
    if starts or _NOTE_MARK.match(text):
        return "note"
    later = [e for e in entries[position + 1 :] if e.row.filled]
    if len(text) > 140 or (text.endswith(".") and (len(text) > 60 or text[:1].islower())):
        return "note"
    if total_words(text):
        return "label"
    if not any(e.values for e in later):
        stands_out = cell.column_span > 1 or entry.styled or cell.bold or cell.shaded
        return "note" if len(text) > 60 or stands_out else "line"
    if cell.column > 0 and cell.column_span == 1 and typical >= 2 and position:
        previous = entries[position - 1]
        if previous.kind in {"line", "continuation"} and not (cell.bold or cell.shaded):
            return "continuation"
    if cell.column_span >= max(2, width - 1) or entry.styled or cell.bold or cell.shaded:
        return "banner"
    if text.isupper() or text.endswith(":") or typical >= 2:
        return "banner"
    before = entries[position - 1] if position else None
    if (
        before is None
        or before.kind in {"blank", "banner", "repeated_header"}
        or total_words(before.label)
    ):
        return "banner"
    return "line"


def _join_label_below(entries: list[Entry]) -> None:
    """A total printed a line below its label takes the label; one above likewise."""
    for before, after in itertools.pairwise(entries):
        if before.kind == "label" and after.kind == "orphan":
            after.label, after.kind = before.label, "total"
            after.evidence = "printed below its label"
    for entry in entries:
        if entry.kind == "label":
            entry.kind = "note" if not entry.values else "total"


def _headed_anew(entries: Sequence[Entry]) -> bool:
    """Whether the headings come again under each banner but the first, which is the title."""
    shown = [e for e in entries if e.kind != "blank"]
    again = [
        banner.kind == "banner" and below.kind == "repeated_header"
        for banner, below in itertools.pairwise(shown)
    ]
    banners = sum(e.kind == "banner" for e in shown)
    return bool(shown) and shown[0].kind == "line" and 0 < sum(again) == banners


def _sections(entries: list[Entry], columns: Sequence[Column], first: str | None) -> None:
    """Give every row the section it stands in: a section column's cell, else the banner above.

    `first` is the section of the rows before any banner.
    """
    column = next((c.index for c in columns if c.role == "section"), None)
    banner: str | None = " ".join(first.split()) if first else None
    outer: str | None = None
    outer_style: tuple[bool, ...] | None = None
    inner_style: tuple[bool, ...] | None = None
    previous: Entry | None = None
    carried: str | None = None
    for entry, after in itertools.zip_longest(entries, entries[1:]):
        if entry.kind == "blank" or entry.kind == "repeated_header":
            continue
        if entry.kind == "banner":
            style = _banner_style(entry)
            if previous is not None and previous.kind == "banner":
                outer, outer_style, inner_style = banner, _banner_style(previous), style
            elif outer is not None and style == outer_style and style != inner_style:
                outer = None
            banner = " ".join(entry.label.split())
            entry.section, entry.outer = banner, outer
        else:
            entry.section, entry.outer = banner, outer
            if column is not None:
                cell = entry.row.at(column)
                ditto = cell is not None and _DITTO.fullmatch(cell.text.strip())
                if (
                    cell is not None
                    and cell.text.strip()
                    and shape(cell.text) != "dash"
                    and not ditto
                ):
                    own = " ".join(cell.text.split())
                    if entry.kind == "total" and cell.row == entry.row.index:
                        pass  # a total's label stands in the section column
                    else:
                        carried = own
                if carried is not None and entry.kind != "total":
                    entry.section, entry.outer = carried, banner
            elif entry.kind == "total" and banner and after is not None and after.kind == "line":
                entry.label, below = _total_and_banner(entry.label, banner)
                banner = below or banner
        previous = entry


def _total_and_banner(label: str, section: str) -> tuple[str, str]:
    """The label of a section's total, and the banner below it where the cell holds both.

    Both are bold and flush, so the next section's name looks like a second line of the label:
    `Total Safer streets` / `Victims`.
    """
    words = label.split()
    for at in range(1, len(words)):
        head, rest = " ".join(words[:at]), " ".join(words[at:])
        named = plain(without_total_words(head)) == plain(section)
        if named and total_words(head) and not total_words(rest) and rest[:1].isupper():
            return head, rest
    return label, ""


_DITTO = re.compile(r"[\"“”〃']+|ditto|do\.|as above", re.I)


def _banner_style(entry: Entry) -> tuple[bool, ...]:
    cell = entry.row.filled[0]
    return (cell.bold, cell.shaded, cell.text.isupper(), cell.column_span > 1)
