"""What is known of one edition of the database while it is served."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from pipeline.serve.pictures import Pictures
from pipeline.stories import Stories

MOST_STORIES = 64  # publishers whose front page is kept


@dataclass(slots=True)
class Edition:
    """The pictures, and the stories that were told already, by publisher."""

    pictures: Pictures
    stories: dict[str, Stories] = field(default_factory=dict)

    def keep(self, publisher: str, told: Stories) -> None:
        """Keep the stories of a publisher; the oldest go first."""
        while len(self.stories) >= MOST_STORIES:
            self.stories.pop(next(iter(self.stories)))
        self.stories[publisher] = told


EDITIONS: WeakKeyDictionary[Any, Edition] = WeakKeyDictionary()  # by their Datasette
