"""Awards that each stand in a box of their own, the sum on top of the name and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extractors.budget.cards import LONE_SUM
from extractors.budget.splitting import reads_like_description
from extractors.budget.vocabulary import row_words
from extractors.model import Passage, PrintedAmount, PrintedLine, Role

_TEXTS = 4  # lines under a sum, at most


def read_sum_boxes(passages: Sequence[Passage]) -> tuple[list[PrintedLine], set[int]]:
    """Awards of text boxes that begin with their sum, two or more alike, and the passages taken."""
    lines: list[PrintedLine] = []
    taken: set[int] = set()
    for boxed, run in groupby(passages, key=lambda p: p.kind == "text_box"):
        boxes = _boxes(list(run)) if boxed else []
        if len(boxes) < 2 or len({len(box) for box in boxes}) > 1:
            continue
        roles = _roles([[p.text for p in box[1:]] for box in boxes])
        for box in boxes:
            taken |= {p.order for p in box}
            lines.append(_line(box, roles))
    return lines, taken


def _boxes(run: Sequence[Passage]) -> list[list[Passage]]:
    """The run parted before each sum; none where it begins with something else."""
    if not LONE_SUM.fullmatch(run[0].text.strip()):
        return []
    boxes: list[list[Passage]] = []
    for passage in run:
        if LONE_SUM.fullmatch(passage.text.strip()):
            boxes.append([])
        boxes[-1].append(passage)
    return boxes if all(1 < len(box) <= 1 + _TEXTS for box in boxes) else []


def _roles(texts: Sequence[Sequence[str]]) -> list[Role]:
    """What each line under the sums says, told from all boxes together."""
    lines = list(zip(*texts, strict=True))
    speaks = [sum(bool(row_words("organisation").search(t)) for t in line) for line in lines]
    paid = speaks.index(max(speaks)) if 2 * max(speaks) >= len(texts) else None
    roles: list[Role] = []
    for number, line in enumerate(lines):
        described = sum(map(reads_like_description, line)) > len(line) / 2
        if number == paid:
            roles.append("provider")
        elif not described and "service" not in roles:
            roles.append("service")
        else:
            roles.append("note" if "provision" in roles else "provision")
    return roles


def _line(box: Sequence[Passage], roles: Sequence[Role]) -> PrintedLine:
    top, *texts = box
    return PrintedLine(
        row=None,
        section=top.heading_path[-1] if top.heading_path else None,
        fields=tuple((role, p.text.strip()) for role, p in zip(roles, texts, strict=True)),
        amounts=(PrintedAmount(0, "", top.text.strip(), top.text.strip(), top.marks, top.places),),
        passage=top.order,
        places=top.places,
    )
