"""When a drawn grid can be trusted without weighing."""

from __future__ import annotations

from extractors.grid.draft import Draft


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
