"""Awards printed outside tables: bullets, label lines under a heading, cards of labels and values.

A sum in ordinary prose is no award line. What is read must be shaped like a list: several entries
of one pattern, or several cards with the same labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from extractors.budget.boxes import read_sum_boxes
from extractors.budget.cards import is_bare_label, is_total_label, read_cards
from extractors.budget.entries import total_words
from extractors.budget.lists import award_line, read_lists
from extractors.budget.prose import told_awards
from extractors.budget.rows import plain
from extractors.budget.shapes import looks_like_money
from extractors.budget.told_totals import told_totals
from extractors.budget.vocabulary import award_words
from extractors.model import (
    Cell,
    Document,
    Passage,
    PrintedLine,
    PrintedTotal,
    Table,
)

_RUNNING = {"paragraph", "list_item", "text_box", "heading"}


@dataclass(frozen=True, slots=True)
class Awards:
    """The awards of a document in printed order, and totals printed under them."""

    lines: tuple[PrintedLine, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()


def read_awards(document: Document) -> tuple[PrintedLine, ...]:
    """The awards that a document prints outside its tables, each once.

    `row` is None and `passage` the order of the passage that holds the amount; the column of an
    amount counts the awards of its passage. A page that prints the list again in another
    language, or prose that repeats an award, adds nothing.
    """
    return find_awards(document).lines


def find_awards(document: Document) -> Awards:
    """The awards outside tables, with the totals printed under them."""
    passages = [p for p in document.passages if p.kind in _RUNNING and p.text.strip()]
    title = " ".join(p.text for p in document.passages if p.kind == "title")
    listed = _awards_of(untangle(passages), title)
    found = [x for x in (*listed, *_told(passages, listed, document)) if not _names_a_total(x)]
    totals = tuple(told_totals(passages))
    found = [x for x in found if not _is_total(x, totals)]
    if len(found) < 3:
        found = _beside_tables(found, document)
    # A heading with headings below it is the document's or a chapter's, no section of a list,
    # save where these are the names of what is paid for.
    names = {name for x in found for role in ("service", "provider") if (name := x.get(role))}
    paths = [p.heading_path for p in document.passages if p.heading_path]
    chapters = {text for path in paths for text in path[:-1] if path[-1] not in names}
    found = [replace(x, section=None) if x.section in chapters else x for x in found]
    over_tables = {
        table.heading_path[-1]
        for table in document.tables
        if table.heading_path and any(looks_like_money(cell.text) for cell in table.cells)
    }
    return Awards(tuple(_sectioned(found, over_tables)), totals)


def _names_a_total(line: PrintedLine) -> bool:
    names = [text for role, text in line.fields if role in {"service", "provider"}]
    return any(is_total_label(name) or name.startswith("£") for name in names)


def _is_total(line: PrintedLine, totals: Sequence[PrintedTotal]) -> bool:
    """Whether a line is a total that its passage prints: its label, or its very sum."""
    own = [total for total in totals if total.row == line.passage]
    who = plain(line.get("provider") or line.get("service") or "")
    sums = [a.text for a in line.amounts]
    for total in own:
        named = bool(who) and who in plain(total.label) and not total_words(total.label)
        if [a.text for a in total.amounts] == sums and not named:
            return True
    labels = [plain(total.label) for total in own]
    names = [plain(text) for role, text in line.fields if role in {"service", "provider"}]
    return any(name and label.startswith(name) for label in labels for name in names)


def _denies(heading: str) -> bool:
    """Whether a heading says that what stands below was refused, or came in."""
    refused = any(award_words(word).search(heading) for word in ("against", "refusing"))
    return refused or bool(re.search(r"\breceived\b|\bapplications?\b", heading, re.I))


def _beside_tables(lines: Sequence[PrintedLine], document: Document) -> list[PrintedLine]:
    """A few awards in text count beside tables of money only under a heading of such a table, or
    under one that speaks of grants itself."""
    money = [t for t in document.tables if any(looks_like_money(c.text) for c in t.cells)]
    if not money:
        return list(lines)
    headings = {table.heading_path for table in money}
    above = {p.order: p.heading_path for p in document.passages}
    return [
        line
        for line in lines
        if (path := above.get(line.passage or 0)) in headings
        or (path and award_words("grants").search(path[-1]) and not _denies(path[-1]))
    ]


def _told(
    passages: Sequence[Passage], listed: Sequence[PrintedLine], document: Document
) -> list[PrintedLine]:
    """Awards told in sentences of text that speaks of awards; each once, lists say it better."""
    used = {line.passage for line in listed}
    told = [one for one in told_awards(passages) if one.passage.order not in used]
    context = " ".join(p.text for p in passages if p.kind in {"title", "heading", "paragraph"})
    if not told or not award_words("context").search(context):
        return []
    if len(told) < 3 and not listed and not document.tables:
        return []
    known = {(_who(line), sums) for line in listed for sums in _sums(line)}
    sections = {line.section for line in listed}
    lines = [award_line(one.award, one.passage, one.number, "provider") for one in told]
    if listed:
        lines = [
            line if line.section in sections else replace(line, section=None) for line in lines
        ]
    return [
        line for line in _once(lines) if not any((_who(line), one) in known for one in _sums(line))
    ]


def _who(line: PrintedLine) -> str:
    return plain(line.get("provider") or "")


def read_cells(table: Table) -> tuple[PrintedLine, ...]:
    """The awards printed in the cells of a table that has no column of amounts.

    Cards side by side and lists set in columns come as such tables: each column is read downwards
    as running text. `row` is the row of the cell that holds the amount.
    """
    path = tuple(text for text in (*table.heading_path[-1:], table.title, table.intro) if text)
    cells = sorted(
        (cell for cell in table.cells if cell.text.strip()), key=lambda c: (c.column, c.row)
    )
    some_bold = sum(cell.bold for cell in cells) <= 0.6 * len(cells)
    passages = [
        Passage(
            number,
            "paragraph",
            cell.text,
            level=cell.column + 1,
            heading_path=path,
            places=cell.places,
            marks=cell.marks,
            bold=cell.bold and some_bold,
        )
        for number, cell in enumerate(cells)
    ]
    labelled = _labels_down(table)
    if labelled:
        cells = [value for _, value in labelled]
        passages = [
            Passage(
                n,
                "paragraph",
                f"{label.text.rstrip(' :')}: {value.text}",
                heading_path=path,
                places=value.places,
                marks=value.marks,
            )
            for n, (label, value) in enumerate(labelled)
        ]
    found = []
    for line in _sectioned(_awards_of(passages)):
        cell = cells[line.passage or 0]
        amounts = tuple(replace(amount, column=cell.column) for amount in line.amounts)
        section = line.section if line.section not in path else None
        found.append(replace(line, row=cell.row, passage=None, amounts=amounts, section=section))
    return tuple(found)


def _labels_down(table: Table) -> list[tuple[Cell, Cell]]:
    """Labels and values of a table that prints one fact a row, its label in the first column."""
    at = {(cell.row, cell.column): cell for cell in table.cells if cell.text.strip()}
    rows = sorted({row for row, column in at if column == 0})
    pairs = [(at[row, 0], at[row, 1]) for row in rows if (row, 1) in at]
    known = sum(is_bare_label(label.text.rstrip(" :")) for label, _ in pairs)
    return pairs if table.column_count == 2 and known >= 3 and known * 2 >= len(pairs) else []


def _awards_of(passages: Sequence[Passage], title: str = "") -> list[PrintedLine]:
    boxes, boxed = read_sum_boxes(passages)
    cards, used = read_cards([p for p in passages if p.order not in boxed])
    used |= boxed
    entries = read_lists([p for p in passages if p.order not in used], title)
    return _once(_in_print_order([*boxes, *cards, *entries]))


def untangle(passages: Sequence[Passage]) -> list[Passage]:
    """Passages with columns that were read across (`Tea and Tech⇥Green Corner`) read downwards.

    A run of passages is taken apart where most of its lines have the same number of tabs; a label
    with its colon and the value after it stay together.
    """
    found: list[Passage] = []
    run: list[Passage] = []
    for passage in (*passages, None):
        if (
            passage is not None
            and len(passage.text) <= 160
            and passage.kind in {"paragraph", "heading"}
        ):
            run.append(passage)
            continue
        found += _untangled(run)
        run = []
        if passage is not None:
            found.append(passage)
    return found


def _untangled(run: Sequence[Passage]) -> list[Passage]:
    tabbed = [p for p in run if "\t" in p.text]
    if len(tabbed) < 4 or not all(p.places and p.places[0].box for p in run):
        return list(run)
    if 2 * sum(p.text.partition("\t")[0].endswith(":") for p in tabbed) > len(tabbed):
        return list(run)
    start, end = run.index(tabbed[0]), run.index(tabbed[-1]) + 1
    block = run[start:end]
    count = Counter(p.text.count("\t") for p in tabbed).most_common(1)[0][0] + 1
    if len(tabbed) * 2 < len(block):
        return list(run)
    boxes = [place.box for p in block for place in p.places[:1] if place.box]
    left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    columns: list[list[Passage]] = [[] for _ in range(count)]
    for passage in block:
        parts = passage.text.split("\t")
        box = passage.places[0].box
        assert box is not None
        first = 0
        if len(parts) == 1:
            first = min(count - 1, int((box.x0 - left) / max(1.0, right - left) * count + 0.1))
        for number, part in enumerate(parts):
            at = min(count - 1, first + number)
            columns[at].append(replace(passage, text=part))
    return [*run[:start], *(p for column in columns for p in column), *run[end:]]


def _in_print_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    return sorted(lines, key=lambda line: (line.passage or 0, line.amounts[0].column))


def _sectioned(lines: Sequence[PrintedLine], others: Set[str] = frozenset()) -> list[PrintedLine]:
    """Lines in printed order; a heading is a section only where several group the money.

    `others` are the headings over the document's tables of money.
    """
    ordered = _in_print_order(lines)
    if len(others | {line.section for line in ordered if line.section}) < 2:
        return [replace(line, section=None) for line in ordered]
    return ordered


def _once(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines without those that repeat a list, in another language or in other words."""
    kept = list(lines)
    half = len(kept) // 2
    if half >= 2 and len(kept) % 2 == 0:
        first, second = kept[:half], kept[half:]
        same = [_pounds(line) for line in first] == [_pounds(line) for line in second]
        paid = sum(_who(a) == _who(b) != "" for a, b in zip(first, second, strict=True))
        # Two bodies that get the same sums are no list in two languages.
        if same and (2 * paid >= half or _english(first) != _english(second)):
            kept = first if _english(first) >= _english(second) else second
    seen: set[tuple[str, ...]] = set()
    result = []
    for line in kept:
        key = (
            *(plain(text) for role, text in line.fields if role in {"service", "provider"}),
            *_sums(line),
        )
        if key not in seen:
            seen.add(key)
            result.append(line)
    return result


def _sums(line: PrintedLine) -> tuple[str, ...]:
    return tuple(re.sub(r"\s", "", amount.text) for amount in line.amounts)


def _pounds(line: PrintedLine) -> tuple[str, ...]:
    """The sums of a line without the words round them, which another language says otherwise."""
    return tuple(
        "".join(_POUND_SUM.findall(amount.text)) or re.sub(r"\s", "", amount.text)
        for amount in line.amounts
    )


_POUND_SUM = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m)\b)?")


def _english(lines: Sequence[PrintedLine]) -> int:
    return sum(
        len(award_words("english").findall(text)) for line in lines for _, text in line.fields
    )
