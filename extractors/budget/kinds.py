"""What each row of a budget table is: section banner, line, sub-total, total, note.

Structure, words and arithmetic decide together. Words alone make `Total Respect Project` a
total; arithmetic alone makes any line a total that happens to equal two others.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from extractors.budget.closing import Fit, Worth, fit
from extractors.budget.columns import Header
from extractors.budget.rows import Row, plain
from extractors.budget.shapes import shape
from extractors.budget.vocabulary import row_words
from extractors.model import Cell, Column

Kind = Literal[
    "blank", "repeated_header", "banner", "line", "total", "note", "label", "continuation", "orphan"
]


@dataclass(slots=True)
class Entry:
    """One body row while its kind is being found. `values` are its figures by column."""

    row: Row
    kind: Kind
    label: str
    texts: tuple[Cell, ...]
    values: dict[int, tuple[int, int]]
    figures: tuple[Cell, ...]
    not_known: frozenset[int] = frozenset()
    section: str | None = None
    outer: str | None = None
    scope: tuple[int, ...] = ()
    grand: bool = False
    evidence: str = ""
    styled: bool = False
    marks: tuple[str, ...] = field(default=())


_STARTS_WITH_TOTAL = re.compile(
    r"^(?:the\s+)?(?:sub|grand|overall|net|gross|section)?[\s-]*totals?\b", re.I
)
_ENDS_WITH_TOTAL = re.compile(
    r"(?:\b(?:sub|grand|overall|net|gross)?[\s-]*(?:totals?|sum)|\boverall)\s*[:=£()000’'ms\s-]*$",
    re.I,
)


def total_words(label: str) -> Literal["sub", "grand", "total", ""]:
    """What kind of total a label speaks of, if any."""
    shown = label.strip()
    if not row_words("total").search(shown):
        return ""
    if row_words("total", "sub").search(shown):
        return "sub"
    if not (_STARTS_WITH_TOTAL.search(shown) or _ENDS_WITH_TOTAL.search(shown)):
        exact = row_words("total").fullmatch(shown.rstrip(" :"))
        return "total" if exact else ""
    match = row_words("total", "grand").search(shown)
    return "grand" if match and match.start() <= 4 else "total"


def without_total_words(label: str) -> str:
    """The section a sub-total's label names: `Victims sub-total` names `Victims`."""
    bare = row_words("total").sub(" ", label)
    bare = re.sub(
        r"^\W*(?:for|of|the)\s+|\s+(?:for|of)\s*$", "", " ".join(bare.split()), flags=re.I
    )
    return bare.strip(" :-–—,").strip()


def classify(
    body: Sequence[Row],
    columns: Sequence[Column],
    header: Header,
    worth: Worth,
) -> list[Entry]:
    """Every body row with its kind, its section and, for totals, the rows it sums."""
    entries = [_begin(row, columns, worth) for row in body]
    heading_texts = {plain(h) for h in header.headings if h}
    with_figures = [e for e in entries if e.figures]
    typical = median(len(e.texts) for e in with_figures) if with_figures else 0
    plain_style = _common_style(with_figures)
    for position, entry in enumerate(entries):
        entry.styled = _style(entry) != plain_style and any(_style(entry)[:2])
        entry.kind = _first_kind(entry, position, entries, typical, heading_texts, len(columns))
    _join_label_below(entries)
    _sections(entries, columns)
    _find_totals(entries, typical)
    _sections_from_totals(entries, columns)
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
    numeric = {c.index for c in columns if c.role in {"amount", "percentage", "difference"}}
    texts, figures = [], []
    values: dict[int, tuple[int, int]] = {}
    for cell in row.filled:
        if cell.column in amount_columns:
            kind = shape(cell.text)
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
    label = naming[0].text if naming else ""
    not_known = frozenset(
        cell.column
        for cell in figures
        if shape(cell.text) == "unknown" and not _NONE.fullmatch(cell.text.strip())
    )
    return Entry(row, "line", label, tuple(naming), values, tuple(figures), not_known)


_NONE = re.compile(r"nil|none|n\s*/\s*a\.?|not applicable", re.I)


def _first_kind(
    entry: Entry,
    position: int,
    entries: Sequence[Entry],
    typical: float,
    heading_texts: set[str],
    width: int,
) -> Kind:
    filled = entry.row.filled
    if not filled:
        return "blank"
    shown = [plain(cell.text) for cell in filled]
    if heading_texts and len(shown) > 1 and all(text in heading_texts for text in shown):
        return "repeated_header"
    dashes_only = entry.figures and all(shape(c.text) in {"dash", "text"} for c in entry.figures)
    if (
        len(filled) == 1
        and not entry.values
        and shape(filled[0].text) not in {"figure", "dash", "unknown"}
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
        ):
            return "continuation"
    if entry.values and not entry.texts:
        return "line" if any(c.text.strip() for c in entry.row.reaching) else "orphan"
    if total_words(entry.label) and (entry.values or dashes_only):
        return "total"
    return "line"


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
    if len(text) > 140 or (text.endswith(".") and len(text) > 60):
        return "note"
    if total_words(text):
        return "label"
    if not any(e.values for e in later):
        return "note" if len(text) > 60 else "line"
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


def _sections(entries: list[Entry], columns: Sequence[Column]) -> None:
    """Give every row the section it stands in: a section column's cell, else the banner above."""
    column = next((c.index for c in columns if c.role == "section"), None)
    banner: str | None = None
    outer: str | None = None
    outer_style: tuple[bool, ...] | None = None
    inner_style: tuple[bool, ...] | None = None
    previous: Entry | None = None
    carried: str | None = None
    for entry in entries:
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
                if cell is not None and cell.text.strip() and shape(cell.text) != "dash":
                    own = " ".join(cell.text.split())
                    if entry.kind == "total" and cell.row == entry.row.index:
                        pass  # a total's label stands in the section column
                    else:
                        carried = own
                if carried is not None and entry.kind != "total":
                    entry.section, entry.outer = carried, banner
        previous = entry


def _banner_style(entry: Entry) -> tuple[bool, ...]:
    cell = entry.row.filled[0]
    return (cell.bold, cell.shaded, cell.text.isupper(), cell.column_span > 1)


def _find_totals(entries: list[Entry], typical: float) -> None:
    """Decide by arithmetic which rows with figures are totals, and what each of them sums."""
    _find_bare_totals(entries, typical)
    _settle(entries)
    for position, entry in enumerate(entries):
        if entry.kind in {"line", "orphan"} and entry.values:
            _try_unnamed_total(entries, position, typical)
    # Totals that stand before their lines are known from the last one upwards.
    for position in range(len(entries) - 1, -1, -1):
        if entries[position].kind in {"line", "orphan"} and entries[position].values:
            _try_unnamed_total(entries, position, typical)
    _settle(entries)
    # A row that is called a total and sums nothing may be a line of that name.
    for entry in entries:
        if entry.kind != "total" or entry.evidence.startswith("closes"):
            continue
        words = total_words(entry.label)
        if words in {"sub", "grand"} or not without_total_words(entry.label):
            continue
        before = sum(e.evidence.startswith("closes") for e in entries if e.kind == "total")
        entry.kind = "line"
        _settle(entries)
        after = sum(e.evidence.startswith("closes") for e in entries if e.kind == "total")
        few_texts = len(entry.texts) <= max(1, typical - 1)
        if after > before or (not few_texts and typical >= 2):
            entry.evidence = "called a total, but a line by arithmetic"
            continue
        entry.kind = "total"
        _settle(entries)
    for entry in entries:
        if entry.kind == "orphan" and any(e.kind == "line" for e in entries):
            entry.evidence = "figures without a label that sum nothing"


def _lines(entries: Sequence[Entry]) -> list[int]:
    return [i for i, e in enumerate(entries) if e.kind == "line"]


def _scopes(entries: Sequence[Entry], position: int) -> dict[str, tuple[int, ...]]:
    """The sets of lines that a total at this position could sum, by name."""
    lines = _lines(entries)
    before = [i for i in lines if i < position]
    after = [i for i in lines if i > position]
    run_start = max(
        (i for i in range(position) if entries[i].kind in {"total", "banner"}), default=-1
    )
    banner_start = max((i for i in range(position) if entries[i].kind == "banner"), default=-1)
    next_stop = min(
        (i for i in range(position + 1, len(entries)) if entries[i].kind in {"total", "banner"}),
        default=len(entries),
    )
    section = entries[before[-1]].section if before else None
    outer = entries[before[-1]].outer if before else None
    grand_start = max(
        (i for i in range(position) if entries[i].kind == "total" and entries[i].grand), default=-1
    )
    named = plain(without_total_words(entries[position].label))
    own = [i for i in lines if named and _same_section(named, entries[i].section)]
    return {
        "named section": tuple(own),
        "run": tuple(i for i in before if i > run_start),
        "banner": tuple(i for i in before if i > banner_start),
        "section": tuple(
            i for i in before if section is not None and entries[i].section == section
        ),
        "outer": tuple(i for i in before if outer is not None and entries[i].outer == outer),
        "since grand": tuple(i for i in before if i > grand_start),
        "all": tuple(before),
        "run after": tuple(i for i in after if i < next_stop),
        "all after": tuple(after),
        "whole table": tuple(lines),
    }


def _fit(entries: Sequence[Entry], total: Entry, rows: Sequence[int]) -> Fit:
    not_known = {column for i in rows for column in entries[i].not_known}
    return fit(total.values, [entries[i].values for i in rows], not_known)


def _same_section(named: str, section: str | None) -> bool:
    shown = plain(section or "")
    return bool(shown) and (named == shown or named in shown or shown in named)


_SUB_ORDER = (
    "named section",
    "run",
    "banner",
    "section",
    "outer",
    "run after",
    "since grand",
    "all",
    "all after",
)
_GRAND_ORDER = ("since grand", "all", "whole table", "all after", "outer", "run", "section")
_PLAIN_ORDER = (
    "named section", "run", "banner", "section", "since grand", "all", "outer", "run after",
    "all after", "whole table",
)  # fmt: skip


def _settle(entries: list[Entry]) -> None:
    """Find for each total the rows it sums: those that close, else those its words point to."""
    for entry in entries:
        if entry.kind == "total":
            entry.grand = False
    totals = [i for i, e in enumerate(entries) if e.kind == "total"]
    for position in totals:
        entry = entries[position]
        words = total_words(entry.label)
        scopes = _scopes(entries, position)
        everything = set(_lines(entries))
        order = {"sub": _SUB_ORDER, "grand": _GRAND_ORDER}.get(words, _PLAIN_ORDER)
        chosen, result = "", Fit(0, 0)
        for name in order:
            rows = scopes[name]
            if not rows:
                continue
            found = _fit(entries, entry, rows)
            if found.whole:
                chosen, result = name, found
                break
            if found.closed > result.closed:
                chosen, result = name, found
        if not chosen:
            chosen = _by_words(words, scopes, position, totals, entries)
        rows = scopes.get(chosen, ())
        entry.scope = rows
        whole = set(rows) == everything
        several = any(t != position for t in totals)
        sectioned = len({entries[i].section for i in everything}) > 1
        entry.grand = (
            words == "grand"
            or (whole and words != "sub" and (not sectioned or len(rows) == len(everything)))
            or (whole and not several)
        )
        if words == "sub" and whole and several:
            entry.grand = False
        label = "closes" if result.whole else "does not close"
        entry.evidence = f"{label} over {chosen}" if chosen else "sums nothing"


def _by_words(
    words: str,
    scopes: Mapping[str, tuple[int, ...]],
    position: int,
    totals: Sequence[int],
    entries: Sequence[Entry],
) -> str:
    """The rows a total that does not close is meant to sum."""
    if words == "grand":
        order: tuple[str, ...] = ("all", "all after")
    elif words == "sub":
        order = ("named section", "run", "run after", "all")
    elif scopes["named section"]:
        order = ("named section",)
    elif position == totals[-1] and len(totals) > 1 and not scopes["run"]:
        order = ("all",)
    elif position == totals[-1] and len({entries[i].section for i in scopes["all"]}) <= 1:
        order = ("all", "run after")
    else:
        order = ("run", "all", "run after", "all after")
    return next((name for name in order if scopes[name]), "")


def _find_bare_totals(entries: list[Entry], typical: float) -> None:
    """Totals without a word for it, known by their bareness: each sums rows to the next bare one.

    At least two such rows must close, all after or all before their lines.
    """
    bare = [
        i
        for i, e in enumerate(entries)
        if e.kind in {"line", "orphan"}
        and e.values
        and ((len(e.texts) <= 1 and typical >= 2) or e.styled)
    ]
    if len(bare) < 2 or len(bare) * 2 > sum(bool(e.values) for e in entries):
        return
    stops = [*bare, *(i for i, e in enumerate(entries) if e.kind in {"total", "banner"})]
    plain_rows = [i for i, e in enumerate(entries) if e.kind == "line" and i not in bare]
    for after in (True, False):
        closing = []
        for i in bare:
            if after:
                end = min((s for s in stops if s > i), default=len(entries))
                rows = [r for r in plain_rows if i < r < end]
            else:
                start = max((s for s in stops if s < i), default=-1)
                rows = [r for r in plain_rows if start < r < i]
            if rows and _fit(entries, entries[i], rows).whole:
                closing.append(i)
        if len(closing) >= 2:
            whole = [i for i in bare if _fit(entries, entries[i], plain_rows).whole]
            for i in (*closing, *whole):
                entries[i].kind = "total"
            return


def _try_unnamed_total(entries: list[Entry], position: int, typical: float) -> None:
    """Make a row a total because it closes: a bare or oddly named one, after or before lines."""
    entry = entries[position]
    if not any(value for value, _ in entry.values.values()):
        return
    was = entry.kind
    entry.kind = "total"
    scopes = _scopes(entries, position)
    entry.kind = was
    bare = len(entry.texts) <= 1 and typical >= 2
    hint = was == "orphan" or bare or entry.styled
    last = not any(e.values for e in entries[position + 1 :])
    for name in ("run", "banner", "section", "since grand", "all", "run after", "all after"):
        rows = scopes[name]
        if len(rows) < 2:
            continue
        found = _fit(entries, entry, rows)
        if not found.whole:
            continue
        first = name.endswith("after")
        strong = len(rows) >= 3 and (found.closed >= 2 or len(rows) >= 4 or last)
        covers = last and not first and len(rows) >= 2
        if hint or (strong and not first) or covers or (first and len(rows) >= 4 and position == 0):
            entry.kind = "total"
            return


def _sections_from_totals(entries: list[Entry], columns: Sequence[Column]) -> None:
    """Name sections by their totals where no banner or column does; give totals their section."""
    for entry in entries:
        if entry.kind != "total":
            continue
        if entry.grand:
            entry.section = None
            continue
        sections = {entries[i].section for i in entry.scope}
        named = without_total_words(entry.label)
        if sections == {None} and named:
            for i in entry.scope:
                entries[i].section = named
            sections = {named}
        outers = {entries[i].outer for i in entry.scope}
        outer = next(iter(outers)) if len(outers) == 1 else None
        if outer is not None and named and _same_section(plain(named), outer):
            entry.section = outer
        elif len(sections) == 1:
            entry.section = next(iter(sections))
        else:
            entry.section = (
                next(iter(outers)) if len(outers) == 1 and outers != {None} else named or None
            )
