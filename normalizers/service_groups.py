"""Lines that links join into services, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.evidence import Comparison
from normalizers.judgements import Decision
from normalizers.services import ServiceLine

Listing = tuple[str, int]  # a document and a table of it


@dataclass(frozen=True, slots=True)
class Link:
    """Two lines compared, and what became of them.

    `decided_by` is `rule`, `person`, or `undecided`; `rule` the sentence of the rule, `margin` by
    how many bits the pair beats the next best.
    """

    comparison: Comparison
    decided_by: str
    rule: str
    margin: float

    @property
    def ids(self) -> tuple[str, str]:
        return (
            self.comparison.earlier.line.line_id,
            self.comparison.later.line.line_id,
        )


def print_order(line: ServiceLine) -> tuple[str, Listing, int, str]:
    """Where a line stands: year, document and table, place in print."""
    return line.first_year, line.listing, line.line.order, line.line.line_id


class Groups:
    """Lines joined into services; a listing gives a service one line, a `no` keeps two apart."""

    def __init__(
        self, lines: Sequence[ServiceLine], decided: dict[tuple[str, str], Decision]
    ) -> None:
        self._line = {line.line.line_id: line for line in lines}
        self._members = {line_id: {line_id} for line_id in self._line}
        self._listings = {line_id: {line.listing} for line_id, line in self._line.items()}
        self._denied = [pair for pair, decision in decided.items() if decision == "no"]

    def has(self, line: ServiceLine, listing: Listing) -> bool:
        """Whether the line's service has a line in the listing."""
        return listing in self._listings[line.line.line_id]

    def same(self, link: Link) -> bool:
        """Whether the two lines are one service already."""
        one, other = link.ids
        return self._members[one] is self._members[other]

    def may_join(self, link: Link) -> bool:
        """Whether the two lines' services may be one."""
        one, other = (self._members[line_id] for line_id in link.ids)
        if self._listings[link.ids[0]] & self._listings[link.ids[1]]:
            return False
        return not any(
            (a in one and b in other) or (a in other and b in one) for a, b in self._denied
        )

    def join(self, link: Link) -> bool:
        """Make the two lines' services one, if they may be; whether they are now."""
        if self.same(link):
            return True
        if not self.may_join(link):
            return False
        members = self._members[link.ids[0]] | self._members[link.ids[1]]
        listings = self._listings[link.ids[0]] | self._listings[link.ids[1]]
        for line_id in members:
            self._members[line_id] = members
            self._listings[line_id] = listings
        return True

    def name(self, line_id: str) -> str:
        """A name for the line's service while it is being put together."""
        return min(self._members[line_id])

    def ordered(self) -> tuple[tuple[str, ...], ...]:
        """The services as line ids, oldest line first, services in the order of these."""
        final = {frozenset(members) for members in self._members.values()}
        groups = [tuple(sorted(m, key=lambda i: print_order(self._line[i]))) for m in final]
        return tuple(sorted(groups, key=lambda members: print_order(self._line[members[0]])))
