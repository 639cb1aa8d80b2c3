"""A whole PDF becomes a Document: pages, tables, passages, and what is doubtful told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.grid import Grid, GridTable, Turn, read_tables
from extractors.grid.rulings import with_drawn_bullets
from extractors.model import (
    Box,
    Document,
    Page,
    PageFacts,
    Passage,
    Place,
    Problem,
    Table,
    Word,
)
from extractors.pdf.ahead import LONG, pages_by_two
from extractors.pdf.askew import askew_pages, passages_as_seen, size_as_seen, tables_as_seen
from extractors.pdf.blocks import Block, make_blocks, usual_leading
from extractors.pdf.frames import text_frames
from extractors.pdf.lines import Hyphens, Line, Segment, learn_hyphens, read_lines, turned_texts
from extractors.pdf.margins import Margin, find_margins
from extractors.pdf.ocr import needs_ocr, ocr_installed
from extractors.pdf.pages import open_pages
from extractors.pdf.passages import (
    Item,
    body_style,
    join_broken,
    make_passages,
    set_kinds,
)
from extractors.pdf.titles import surroundings

WIDE = 0.7  # of the width of a page's text: what a table reaches over to end its columns
_PROPERTIES = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")


def read_pdf(path: Path, file: str, processes: int = 1) -> Document:
    """The Document of a PDF; `file` is its name below `raw_docs/`.

    Where there may be two processes, a long one is read by both.

    Raises UnreadableDocument where nothing can be read: foreign, empty, damaged, encrypted.
    """
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with open_pages(path) as pdf:
        described = pdf.properties()
        pages: list[Page] = []
        known: dict[Turn, list[Grid]] = {}
        if processes > 1 and len(pdf) >= LONG:
            source = pages_by_two(path, pdf, known)
        else:
            source = (pdf[i] for i in range(len(pdf)))
        grids = read_tables(_kept(source, pages), known)
    passages, tables = passages_and_tables(pages, grids)
    if askew := askew_pages(pages):
        passages, tables = passages_as_seen(passages, askew), tables_as_seen(tables, askew)
    return Document(
        file=file,
        sha256=digest,
        format="pdf",
        pages=tuple(
            PageFacts(page.number, *size_as_seen(page), page.source, len(page.words))
            for page in pages
        ),
        tables=tables,
        passages=passages,
        problems=_problems(pages, passages, tables),
        properties=tuple(
            (key.lower(), described[key]) for key in _PROPERTIES if described.get(key)
        ),
    )


def _kept(pages: Iterator[Page], kept: list[Page]) -> Iterator[Page]:
    """The pages, each put aside as it goes by."""
    for page in pages:
        kept.append(page)
        yield page


def passages_and_tables(
    pages: Sequence[Page], grids: Sequence[GridTable]
) -> tuple[tuple[Passage, ...], tuple[Table, ...]]:
    """The running text of pages, and their tables with what stands round them."""
    widths = {page.number: page.width for page in pages}
    regions: dict[int, list[tuple[int, Box]]] = {}
    for number, grid in enumerate(grids, start=1):
        for page_number, box in _regions(grid, widths).items():
            regions.setdefault(page_number, []).append((number, box))
    flows: dict[int, list[tuple[Box | None, list[Line]]]] = {}
    for page in pages:
        words = with_drawn_bullets(page).words
        outside = [w for w in words if not _within(w, regions.get(page.number, []))]
        flows[page.number] = _page_flows(page, outside, regions.get(page.number, []))
    margins = find_margins(
        [
            (page.number, page.height, [ln for _, flow in flows[page.number] for ln in flow])
            for page in pages
        ]
    )
    running = [
        line
        for page_flows in flows.values()
        for _, flow in page_flows
        for line in flow
        if id(line) not in margins
    ]
    body = body_style(running)
    leading = usual_leading(running)
    hyphens = learn_hyphens([line.text for line in running])
    edge = _text_edge(flows, margins)
    begins = _first_seen(grids)
    items: list[Item] = []
    for page in pages:
        items += _page_items(
            page,
            flows[page.number],
            regions.get(page.number, []),
            begins,
            margins,
            leading,
            edge,
            hyphens,
        )
    heights = {page.number: page.height for page in pages}
    set_kinds(items, heights, body)
    items = join_broken(items)
    tables = []
    at = {item.table: place for place, item in enumerate(items) if item.table is not None}
    for number, grid in enumerate(grids, start=1):
        around = surroundings(items, at[number], grid.regions, grid.cells)
        tables.append(
            Table(
                number=number,
                row_count=grid.row_count,
                column_count=grid.column_count,
                cells=grid.cells,
                title=around.title,
                subtitle=around.subtitle,
                intro=around.intro,
                heading_path=around.heading_path,
                header_rows=grid.header_rows,
                repeated_headers=grid.repeated_headers,
                joined_rows=grid.joined_rows,
                notes=around.notes,
                reader=grid.reader,
                reasons=grid.reasons,
                certainty=min(1.0, *(piece.score for piece in grid.grids)),
            )
        )
    return tuple(make_passages(items, hyphens)), tuple(tables)


def _regions(grid: GridTable, widths: dict[int, float]) -> dict[int, Box]:
    """Where a table stands on each of its pages.

    A page of columns that were put beside those of an earlier page (a sheet printed in strips)
    prints the labels of the rows again; the whole strip is the table's.
    """
    found: dict[int, Box] = {}
    own = {place.page for place in grid.regions}
    places = [*grid.regions, *(place for cell in grid.cells for place in cell.places)]
    for place in places:
        if place.page is not None and place.box is not None:
            known = found.get(place.page)
            found[place.page] = known.union(place.box) if known else place.box
    return {
        page: box if page in own else Box(0.0, box.top, widths.get(page, box.x1), box.bottom)
        for page, box in found.items()
    }


def _first_seen(grids: Sequence[GridTable]) -> dict[int, int]:
    """The page on which each table begins, by its number."""
    return {number: grid.regions[0].page or 0 for number, grid in enumerate(grids, start=1)}


def _within(word: Word, regions: Sequence[tuple[int, Box]]) -> bool:
    return any(box.holds_middle(word.box, 1.0) for _, box in regions)


def _page_flows(
    page: Page, words: Sequence[Word], regions: Sequence[tuple[int, Box]]
) -> list[tuple[Box | None, list[Line]]]:
    """The flows of a page: those of the open page, then those in drawn boxes, with the box."""
    frames = text_frames(page, [box for _, box in regions]) if words else []
    inside: dict[int, list[Word]] = {}
    open_words: list[Word] = []
    for word in words:
        at = next((i for i, box in enumerate(frames) if box.holds_middle(word.box, 1.0)), None)
        if at is None:
            open_words.append(word)
        else:
            inside.setdefault(at, []).append(word)
    flows: list[tuple[Box | None, list[Line]]] = [
        (None, flow) for flow in _open_flows(page, open_words, regions)
    ]
    for at in sorted(inside):
        flows += [(frames[at], flow) for flow in read_lines(inside[at], page.number)]
    return flows


def _open_flows(
    page: Page, words: Sequence[Word], regions: Sequence[tuple[int, Box]]
) -> list[list[Line]]:
    """The flows of a page's running text; columns end where a table stands across both."""
    flows = read_lines(words, page.number)
    if len(flows) < 2:
        return flows
    left, right = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    across = sorted(box.top for _, box in regions if box.x1 - box.x0 > WIDE * (right - left))
    parts: list[list[Word]] = [[] for _ in range(len(across) + 1)]
    for word in words:
        parts[sum(top < word.box.top for top in across)].append(word)
    return [flow for part in parts if part for flow in read_lines(part, page.number)]


def _page_items(
    page: Page,
    flows: Sequence[tuple[Box | None, list[Line]]],
    regions: Sequence[tuple[int, Box]],
    begins: dict[int, int],
    margins: dict[int, Margin],
    leading: dict[int, float],
    edge: float,
    hyphens: Hyphens,
) -> list[Item]:
    """What stands on a page in reading order: blocks, boxes and the places of tables."""
    heads: list[Item] = []
    feet: list[Item] = []
    order: list[Item] = []
    apart: list[tuple[Box, list[Item]]] = []
    alone = sum(1 for frame, _ in flows if frame is None) == 1
    for frame, flow in flows:
        lines = []
        for line in flow:
            kind = margins.get(id(line))
            if kind is None:
                lines.append(line)
                continue
            item = Item(page.number, make_blocks([line], leading)[0], box=line.box, kind=kind)
            if item.block is not None and item.block.marker:
                item.block.parts, item.block.marker = [line.text], None
            (heads if line.box.top < page.height / 2 else feet).append(item)
        if not lines:
            continue
        left, right = min(x.box.x0 for x in lines), max(x.box.x1 for x in lines)
        if alone and frame is None:
            right = max(right, edge)
        for line in lines:
            line.column = (left, right)
        blocks = make_blocks(lines, leading, hyphens)
        made = [Item(page.number, block, box=block.box) for block in blocks]
        if frame is None:
            order += made
            continue
        for block in blocks:
            block.inside = frame
        if apart and apart[-1][0] is frame:
            apart[-1][1].extend(made)
        else:
            apart.append((frame, made))
    turned = [w for w in page.words if w.angle and not _within(w, regions)]
    for text, box, words in turned_texts(turned):
        apart.append(
            (
                box,
                [
                    Item(
                        page.number,
                        _turned_block(text, box, words, page.number),
                        box=box,
                        kind="text_box",
                    )
                ],
            )
        )
    placed: set[int] = set()
    for number, box in regions:
        first = begins[number] == page.number and number not in placed
        placed.add(number)
        apart.append((box, [Item(page.number, table=number if first else None, box=box)]))
    apart.sort(key=lambda group: (group[0].top, group[0].x0))
    for box, group in apart:
        at = _place_in(order, box)
        while at < len(order) and order[at].block is None and _beside(order[at].box, box):
            at += 1  # the table to the left goes first
        order[at:at] = group
    return heads + order + feet


def _beside(one: Box | None, two: Box) -> bool:
    return one is not None and one.x1 <= two.x0 + 2 and one.top < two.bottom


def _place_in(order: Sequence[Item], box: Box) -> int:
    """Where something that stands in a box belongs among what is read on its page."""
    at = None
    for index, item in enumerate(order):
        other = item.box
        if other is None:
            continue
        if min(other.x1, box.x1) - max(other.x0, box.x0) > 0 and other.top <= box.top - 1:
            at = index + 1
    if at is not None:
        return at
    for index, item in enumerate(order):
        if item.box is not None and item.box.top >= box.top:
            return index
    return len(order)


def _turned_block(text: str, box: Box, words: Sequence[Word], page: int) -> Block:
    line = Line(
        page,
        [Segment(text, box.x0, box.x1)],
        box,
        box.bottom,
        words[0].size,
        all(word.bold for word in words),
        words[0].colour,
        box.x1 - box.x0,
    )
    return Block(page, [line], [text], marker_x=box.x0, text_x=box.x0)


def _text_edge(
    flows: dict[int, list[tuple[Box | None, list[Line]]]], margins: dict[int, Margin]
) -> float:
    """Where the lines of single-column pages usually end on the right."""
    edges = []
    for page_flows in flows.values():
        free = [flow for frame, flow in page_flows if frame is None]
        if len(free) == 1:
            ends = [line.box.x1 for line in free[0] if id(line) not in margins]
            if len(ends) > 4:
                edges.append(max(ends))
    return sorted(edges)[len(edges) // 2] if edges else 0.0


def _problems(
    pages: Sequence[Page], passages: Sequence[Passage], tables: Sequence[Table]
) -> tuple[Problem, ...]:
    """What a person should look at: pages of images, pages that left nothing."""
    told = {place.page for passage in passages for place in passage.places}
    told |= {place.page for table in tables for cell in table.cells for place in cell.places}
    found: list[Problem] = []
    for page in pages:
        found += page.problems if page.source != "ocr" else ()
        if page.source == "none" and needs_ocr(page) and not ocr_installed():
            found.append(
                Problem(
                    "needs-ocr",
                    "error",
                    f"Page {page.number} is an image without text: install spendtrail[ocr] "
                    "and run again to read it.",
                    place=Place(page.number),
                )
            )
        elif page.words and page.number not in told:
            found.append(
                Problem(
                    "page-unread",
                    "warning",
                    f"Page {page.number} has {len(page.words)} words but left neither passage "
                    "nor table cell: look at the page.",
                    place=Place(page.number),
                )
            )
    if pages and not any(page.words for page in pages) and not any(p.images for p in pages):
        found.append(
            Problem("no-text", "error", "No page of this document holds any text or image.")
        )
    return tuple(found)
