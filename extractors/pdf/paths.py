"""What is drawn on a PDF page besides text: rules, shading and images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.model import Box, Fill, Rule
from extractors.pdf import engine
from extractors.pdf.engine import Matrix
from extractors.pdf.letters import clip_of

THIN = 2.0  # points: a filled box no thicker than this is a line to the eye
DASH = 6.0  # pieces shorter than this are dashes, and may stand as far apart as GAP
GAP = 4.0
TOUCH = 1.0

Low = tuple[float, float, float, float]  # x0, y0, x1, y1, low to high


@dataclass(slots=True)
class Drawn:
    """Everything drawn on a page, on the page as seen."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    dots: list[tuple[float, float, float, float]] = field(default_factory=list)


def read_paths(page: int, seen: Matrix, width: float, height: float) -> Drawn:
    """The rules, fills and image boxes of a page, form XObjects descended into."""
    drawn = Drawn()
    whole = engine.address(page)
    objects = (engine.page_object(whole, i) for i in range(engine.page_count_objects(page)))
    _walk(objects, seen, (0.0, 0.0, width, height), drawn, depth=0)
    drawn.rules = merged(drawn.rules + _dotted(drawn.dots))
    return drawn


def _walk(
    objects: Iterable[int | None], to_page: Matrix, view: Low, drawn: Drawn, depth: int
) -> None:
    for found in objects:
        if not found:
            continue
        pointer = engine.address(found)
        kind = engine.object_type(pointer)
        if kind == engine.PATH:
            _path(pointer, to_page, view, drawn)
        elif kind == engine.IMAGE:
            box = _inside(engine.applied_box(to_page, engine.bounds(pointer)), view)
            if box:
                _image(box, drawn)
        elif kind == engine.FORM and depth < 12:
            own = engine.matrix(engine.object_matrix, pointer)
            inner = view
            clip = clip_of(pointer)
            if clip:
                inner = _inside(engine.applied_box(to_page, clip), view) or (0, 0, 0, 0)
            children = (
                engine.form_object(pointer, i) for i in range(max(0, engine.form_count(pointer)))
            )
            _walk(children, engine.multiplied(own, to_page), inner, drawn, depth + 1)


def _inside(box: Low, view: Low) -> Low | None:
    """The part of a box within a view, or None; lines without thickness count as inside."""
    x0, y0, x1, y1 = (
        max(box[0], view[0]),
        max(box[1], view[1]),
        min(box[2], view[2]),
        min(box[3], view[3]),
    )
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def _image(box: Low, drawn: Drawn) -> None:
    if min(box[2] - box[0], box[3] - box[1]) <= THIN < max(box[2] - box[0], box[3] - box[1]):
        drawn.rules.append(_rule(box, 0.0))
    else:
        drawn.images.append(_box(box))


def _box(box: Low) -> Box:
    return Box(round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def _rule(box: Low, grey: float, width: float | None = None) -> Rule:
    """A thin box as a rule along its centre line."""
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        middle = round((y0 + y1) / 2, 2)
        line = Box(round(x0, 2), middle, round(x1, 2), middle)
        thick = y1 - y0
    else:
        middle = round((x0 + x1) / 2, 2)
        line = Box(middle, round(y0, 2), middle, round(y1, 2))
        thick = x1 - x0
    return Rule(line, round(width if width is not None else thick, 2), grey)


def grey_of(colour: tuple[int, int, int]) -> float:
    """Lightness of a colour from 0 (black) to 1 (white), by the Rec. 601 weights."""
    red, green, blue = colour
    return round((0.299 * red + 0.587 * green + 0.114 * blue) / 255, 3)


def _path(pointer: engine.Address, to_page: Matrix, view: Low, drawn: Drawn) -> None:
    bounds = engine.applied_box(to_page, engine.bounds(pointer))
    if _inside(bounds, view) is None:
        return
    fills, strokes = engine.draw_mode(pointer)
    if not fills and not strokes:
        return
    clip = clip_of(pointer)
    if clip:
        clipped = _inside(engine.applied_box(to_page, clip), view)
        if clipped is None:
            return
        view = clipped
    outlines = _outlines(pointer, to_page)
    if fills:
        colour, opacity = engine.colour(engine.object_fill, pointer)
        if opacity:
            for points in outlines:
                _filled(points, colour, view, drawn)
    if strokes:
        colour, opacity = engine.colour(engine.object_stroke, pointer)
        width = engine.length(engine.object_width, pointer)
        matrix = engine.matrix(engine.object_matrix, pointer)
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
        scale *= abs(to_page[0] * to_page[3] - to_page[1] * to_page[2]) ** 0.5
        thick = max(width * scale, 0.1)
        if opacity:
            for points in outlines:
                _stroked(points, thick, colour, view, drawn)


def _outlines(pointer: engine.Address, to_page: Matrix) -> list[list[tuple[float, float] | None]]:
    """The sub-paths as lists of points on the page as seen; None stands before a curve's end."""
    whole = engine.multiplied(engine.matrix(engine.object_matrix, pointer), to_page)
    outlines: list[list[tuple[float, float] | None]] = []
    current: list[tuple[float, float] | None] = []
    beziers = 0
    for index in range(engine.path_segments(pointer)):
        found = engine.path_segment(pointer, index)
        segment = engine.address(found) if found else None
        point = engine.point(segment) if found else None
        if point is None:
            continue
        spot = engine.applied(whole, *point)
        kind = engine.segment_type(segment)
        if kind == 2:  # move
            if len(current) > 1:
                outlines.append(current)
            current = [spot]
            beziers = 0
        elif kind == 1:  # a curve: two control points, then its end
            beziers += 1
            if beziers % 3 == 0:
                current += [None, spot]
        else:
            current.append(spot)
        if engine.segment_closes(segment) and current and current[0] is not None:
            current.append(current[0])
    if len(current) > 1:
        outlines.append(current)
    return outlines


def _filled(
    points: list[tuple[float, float] | None],
    colour: tuple[int, int, int],
    view: Low,
    drawn: Drawn,
) -> None:
    spots = [point for point in points if point is not None]
    xs = [x for x, _ in spots]
    ys = [y for _, y in spots]
    box = _inside((min(xs), min(ys), max(xs), max(ys)), view)
    if box is None:
        return
    across, down = box[2] - box[0], box[3] - box[1]
    if across <= THIN and down <= THIN:
        drawn.dots.append(box)
    elif min(across, down) <= THIN:
        drawn.rules.append(_rule(box, grey_of(colour)))
    else:
        drawn.fills.append(Fill(_box(box), colour))


def _stroked(
    points: list[tuple[float, float] | None],
    thick: float,
    colour: tuple[int, int, int],
    view: Low,
    drawn: Drawn,
) -> None:
    grey = grey_of(colour)
    for one, two in pairwise(points):
        if one is None or two is None or one == two:
            continue
        slack = 0.5 + thick / 2
        across, down = abs(one[0] - two[0]), abs(one[1] - two[1])
        if min(across, down) > slack:
            continue  # a slanted line is no ruling
        low: Low = (
            min(one[0], two[0]),
            min(one[1], two[1]),
            max(one[0], two[0]),
            max(one[1], two[1]),
        )
        box = _inside(low, (view[0] - slack, view[1] - slack, view[2] + slack, view[3] + slack))
        if box is None:
            continue
        if thick > 6 and max(across, down) > thick:  # a stroke this broad is shading
            half = thick / 2
            grown = (
                (box[0], box[1] - half, box[2], box[3] + half)
                if across >= down
                else (box[0] - half, box[1], box[2] + half, box[3])
            )
            drawn.fills.append(Fill(_box(grown), colour))
        elif max(across, down) <= 1.0:
            drawn.dots.append(box)
        else:
            drawn.rules.append(_rule(box, grey, thick))


def _dotted(dots: list[Low]) -> list[Rule]:
    """Rows and columns of five or more dots, as the dotted lines they look like."""
    rules: list[Rule] = []
    for along, across in ((0, 1), (1, 0)):
        lines: dict[int, list[float]] = defaultdict(list)
        for dot in dots:
            lines[round((dot[across] + dot[across + 2]) / 2 * 2)].append(
                (dot[along] + dot[along + 2]) / 2
            )
        for level, places in sorted(lines.items()):
            places.sort()
            begin = 0
            for k in range(1, len(places) + 1):
                if k < len(places) and places[k] - places[k - 1] <= GAP:
                    continue
                if k - begin >= 5:
                    low, high, at = places[begin], places[k - 1], level / 2
                    box = (low, at, high, at) if along == 0 else (at, low, at, high)
                    rules.append(_rule(box, 0.0, 0.5))
                begin = k
    return rules


def merged(rules: list[Rule]) -> list[Rule]:
    """Rules with collinear pieces that touch, and dashes in a row, made one each.

    Sorted: horizontal ones first, from the top; then vertical ones from the left.
    """
    groups: dict[tuple[bool, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        level = rule.box.top if rule.horizontal else rule.box.x0
        groups[rule.horizontal, round(level * 2)].append(rule)
    found: list[Rule] = []
    for (horizontal, _), group in sorted(
        groups.items(), key=lambda item: (not item[0][0], item[0][1])
    ):
        spans = sorted(
            (
                (r.box.x0, r.box.x1, r.box.top, r.width, r.grey)
                if horizontal
                else (r.box.top, r.box.bottom, r.box.x0, r.width, r.grey)
            )
            for r in group
        )
        start, end, level, width, grey = spans[0]
        short = end - start < DASH
        for begin, stop, at, thick, shade in spans[1:]:
            dash = short and stop - begin < DASH
            if begin - end <= (GAP if dash else TOUCH) and abs(shade - grey) < 0.25:
                end = max(end, stop)
                width = max(width, thick)
                grey = min(grey, shade)
                continue
            found.append(_line(horizontal, start, end, level, width, grey))
            start, end, level, width, grey = begin, stop, at, thick, shade
            short = end - start < DASH
        found.append(_line(horizontal, start, end, level, width, grey))
    return found


def _line(
    horizontal: bool, start: float, end: float, level: float, width: float, grey: float
) -> Rule:
    box = Box(start, level, end, level) if horizontal else Box(level, start, level, end)
    return Rule(box, width, grey)
