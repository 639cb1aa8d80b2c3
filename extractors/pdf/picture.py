"""Pictures of pages with boxes drawn on them, for a person who wants to see it in print."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractors.model import Box
from extractors.pdf.layer import opened

Colour = tuple[int, int, int]

RED: Colour = (214, 39, 40)
BLUE: Colour = (31, 119, 180)
GREEN: Colour = (44, 160, 44)
ORANGE: Colour = (255, 127, 14)


@dataclass(frozen=True, slots=True)
class Frame:
    """A box to draw: its colour, the line's width in points, and a tint inside (0..1)."""

    box: Box
    colour: Colour = RED
    width: float = 1.5
    tint: float = 0.0
    margin: float = 2.0


def draw_page(
    path: Path,
    page: int,
    frames: Iterable[Frame] = (),
    scale: float = 2.0,
    crop: Box | None = None,
) -> bytes:
    """The page (from 1) as a PNG, `scale` pixels a point, with the frames drawn on it.

    `crop` gives only that part of the page.

    Boxes are in points from the top left corner of the page as a reader sees it. Raises
    UnreadableDocument as the reader does, and IndexError for a page that is not there.
    """
    from PIL import Image, ImageDraw

    with opened(path) as document:
        if not 1 <= page <= len(document):
            raise IndexError(f"{path.name} has pages 1 to {len(document)}, no page {page}")
        picture = document[page - 1].render(scale=scale).to_pil().convert("RGBA")
    for frame in frames:
        layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
        box = frame.box
        corners = (
            max(0.0, (box.x0 - frame.margin) * scale),
            max(0.0, (box.top - frame.margin) * scale),
            min(picture.width - 1.0, (box.x1 + frame.margin) * scale),
            min(picture.height - 1.0, (box.bottom + frame.margin) * scale),
        )
        if corners[0] >= corners[2] or corners[1] >= corners[3]:
            continue
        ImageDraw.Draw(layer).rectangle(
            corners,
            fill=(*frame.colour, round(255 * frame.tint)) if frame.tint else None,
            outline=(*frame.colour, 255),
            width=max(1, round(frame.width * scale)),
        )
        picture = Image.alpha_composite(picture, layer)
    if crop is not None:
        part = (crop.x0, crop.top, crop.x1, crop.bottom)
        picture = picture.crop(tuple(round(side * scale) for side in part))
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()
