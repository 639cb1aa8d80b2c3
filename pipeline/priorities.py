"""Strategic priorities with their printed numbers and themes, as the document lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.model import Document, Place, PrintedBudget
from pipeline.records import LinePriorityRow, LineRow, PriorityRow

HEADING = re.compile(
    r"\b(?:strategic|key|our|plan|policing|commissioning)\s+(?:priorities|objectives|outcomes|aims)\b"
    r"|^(?:the\s+)?priorities$",
    re.IGNORECASE,
)
THEME = re.compile(
    r"^(?:theme|aim|goal|pillar|outcome|priority area)\s*\d*\s*[:–—-]\s*", re.IGNORECASE
)
CODE = re.compile(r"(?<![A-Za-z0-9])(?P<prefix>[A-Z]{1,4})\s?(?P<number>\d{1,2})(?![0-9])")


def code_prefix(budgets: Iterable[PrintedBudget]) -> str | None:
    """The letters that priority codes begin with in the budget's own columns (`SP` of `SP3`)."""
    counts: dict[str, int] = {}
    for budget in budgets:
        for line in budget.lines:
            for role, text in line.fields:
                if role == "priority" and (match := CODE.search(text)):
                    counts[match["prefix"]] = counts.get(match["prefix"], 0) + 1
    return max(sorted(counts), key=lambda prefix: counts[prefix], default=None)


def priority_rows(
    document: Document, budgets: Iterable[PrintedBudget] = ()
) -> Iterator[PriorityRow]:
    """Every numbered priority under a heading that announces them, in printed order.

    A code is the printed number behind the prefix that the budget's lines use, and the bare
    number where no line uses any; the theme is the sub-heading it stands under.
    """
    prefix = code_prefix(budgets) or ""
    position = 0
    for passage in document.passages:
        if passage.kind not in ("paragraph", "list_item") or not passage.number:
            continue
        depth = next(
            (d for d, part in enumerate(passage.heading_path) if HEADING.search(part)), None
        )
        match = re.fullmatch(r"\(?(?P<code>[A-Z]{0,4}\d{1,2}[a-z]?)[.):]?", passage.number)
        if depth is None or match is None:
            continue
        below = passage.heading_path[depth + 1 :]
        code = match["code"] if match["code"][0].isalpha() else prefix + match["code"]
        yield PriorityRow(
            document=document.file,
            position=position,
            code=code,
            theme=THEME.sub("", below[-1]) if below else None,
            priority=" ".join(passage.text.split()),
            place=passage.places[0] if passage.places else Place(),
        )
        position += 1


def codes_of(printed: str) -> tuple[str, ...]:
    """The codes in the print of a line: `SP5/6; SP9` are three, `Various` is none."""
    found: list[str] = []
    for match in re.finditer(
        r"(?P<prefix>[A-Z]{1,4})\s?(?P<numbers>\d{1,2}(?:\s?[/&,]\s?\d{1,2})*)", printed
    ):
        for number in re.findall(r"\d+", match["numbers"]):
            found.append(match["prefix"] + number)
    return tuple(dict.fromkeys(found))


def line_priority_rows(
    lines: Iterable[LineRow], priorities: Iterable[PriorityRow]
) -> Iterator[LinePriorityRow]:
    """Every priority of every line that carries codes, with its words where they are listed."""
    listed = {(row.document, row.code): row for row in priorities}
    for line in lines:
        for position, code in enumerate(codes_of(line.priorities or "")):
            row = listed.get((line.document, code))
            yield LinePriorityRow(
                line_id=line.line_id,
                position=position,
                document=line.document,
                code=code,
                theme=row.theme if row else None,
                priority=row.priority if row else None,
            )
