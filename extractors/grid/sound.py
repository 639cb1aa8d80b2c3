"""When a drawn grid can be trusted without weighing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.grid.draft import Draft
from extractors.grid.lines import Line


def is_sound(draft: Draft) -> bool:
    """True for a grid drawn in full whose cells hold one figure or running text each."""
    facts = draft.facts
    return (
        facts["is_ruled"] > 0
        and facts["lone_rows"] <= 0.6
        and draft.rows >= 2
        and draft.columns >= 2
        and (draft.rows > 2 or facts["stacked"] == 0)
        and facts["stacked"] <= 0.02
        and facts["mixed"] <= 0.04
        and facts["striped"] <= 0.1
        and facts["crowded"] <= 0.02
        and facts["filled"] >= 0.4
        and facts["walled"] == 0
        and facts["straddled"] <= 0.05
        and facts["lost_words"] <= 0.15
        and sum(1 for c in draft.cells if c.words) >= 4
    )


def is_ruled_off(draft: Draft) -> bool:
    """True where a line stands between all rows, each with a label and one figure to a cell."""
    facts = draft.facts
    return (
        draft.ruled_rows > 0.99
        and draft.rows >= 5
        and draft.columns >= 2
        and facts["stacked"] <= 0.02
        and facts["mixed"] <= 0.04
        and facts["striped"] <= 0.1
        and facts["crowded"] <= 0.02
        and facts["filled"] >= 0.6
        and facts["lone_rows"] <= 0.3
        and facts["no_label"] == 0
        and facts["walled"] == 0
        and facts["straddled"] <= 0.05
        and facts["lost_words"] <= 0.15
    )


_LABEL = re.compile(r"[^:£]{2,40}:")


def label_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a label with its colon and a value apart from it, where the label comes again
    on the page."""
    labels = {
        id(line): line.chunks[0].text
        for line in lines
        if len(line.chunks) == 2 and _LABEL.fullmatch(line.chunks[0].text)
    }
    counts = Counter(labels.values())
    return [line for line in lines if counts[labels.get(id(line), "")] > 1]


def is_label_lines(draft: Draft, lines: Sequence[Line], labelled: Sequence[Line]) -> bool:
    """True where nothing is drawn and most lines are `labelled` (see `label_lines`): a form that
    comes again from one award to the next, which is running text."""
    if draft.reader.partition("/")[0] in {"ruled", "shaded"}:
        return False
    box = draft.box
    own, all_lines = (
        sum(
            box.top < line.middle < box.bottom and line.x0 < box.x1 and box.x0 < line.x1
            for line in of
        )
        for of in (labelled, lines)
    )
    return own >= 3 and own >= 0.6 * all_lines
