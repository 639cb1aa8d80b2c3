"""Which lines of all documents are one service: years matched one to one, as a whole.

Each pair of listings (a document's table) is an assignment problem: a document lists a service
once. A pair is linked without a person only by a rule below, and only where nothing else fits
nearly as well; every other likely pair is a question. Which pairs are linked depends on the two
listings and on what people decided, so further documents and their order change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from normalizers.assignment import best_pairs
from normalizers.evidence import Comparison, Likeness, compare, compare_words, quick_score, weights
from normalizers.judgements import Decision, Judgements, LineKey, line_key
from normalizers.link_rules import NAMED, rule_of
from normalizers.service_groups import Groups, Link, Listing, print_order
from normalizers.service_names import vocabulary
from normalizers.services import ServiceLine, service_words


@dataclass(frozen=True, slots=True)
class Matching:
    """Groups of lines that are one service (line ids), the links that made them, open questions."""

    groups: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    questions: tuple[Link, ...]


# A pair below this score is neither linked nor asked about, nor any rival to one that is.
RIVAL = 1.0


class Comparer:
    """Compares lines, each combination of names, providers, places and descriptions only once.

    Services repeat their words from year to year, so only their sums need a fresh look.
    """

    def __init__(self, lines: Sequence[ServiceLine]) -> None:
        numbers: dict[object, int] = {}
        self._profile = {
            line.line.line_id: numbers.setdefault(_profile(line), len(numbers)) for line in lines
        }
        self._known: dict[tuple[int, int], Likeness] = {}
        self._most = max(weights()["amount"].values())

    def compare(self, one: ServiceLine, other: ServiceLine) -> Comparison | None:
        """The comparison of two lines, None where they are no rivals to any pair."""
        key = (self._profile[one.line.line_id], self._profile[other.line.line_id])
        alike = self._known.get(key)
        if alike is None:
            alike = self._known[key] = compare_words(one, other)
        if alike.bits + self._most < RIVAL or quick_score(one, other, alike) < RIVAL:
            return None
        return compare(one, other, alike)


def _profile(line: ServiceLine) -> object:
    """All that `compare_words` looks at."""
    return (
        line.publisher.short,
        line.name,
        line.provision,
        line.providers,
        line.vias,
        line.unsure_provider,
        line.covers,
        line.reach,
        line.theme,
        line.line.section,
        line.mechanism,
        line.named_by_provider,
    )


def match_services(lines: Sequence[ServiceLine], judgements: Judgements) -> Matching:
    """The lines of all publishers grouped into services."""
    by_publisher: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in sorted(lines, key=print_order):
        by_publisher[line.publisher.short].append(line)
    groups: list[tuple[str, ...]] = []
    links: list[Link] = []
    questions: list[Link] = []
    for publisher in sorted(by_publisher):
        found = _match_publisher(by_publisher[publisher], judgements)
        groups += found.groups
        links += found.links
        questions += found.questions
    return Matching(tuple(groups), tuple(links), tuple(questions))


def key_of(line: ServiceLine) -> LineKey:
    """What a decision about the line is keyed to."""
    return line_key(
        line.publisher.name, service_words(line.line), line.line.provider_printed, line.label
    )


def _match_publisher(lines: list[ServiceLine], judgements: Judgements) -> Matching:
    """The services of one publisher: what people said first, then years that lie close together.

    A line that has its like in a listing already is no longer looked for there, so years far apart
    cost little, and a chain through the years between them holds.
    """
    listings: dict[Listing, list[ServiceLine]] = defaultdict(list)
    for line in lines:
        listings[line.listing].append(line)
    decided = _decisions(lines, judgements)
    comparer = Comparer(lines)
    groups = Groups(lines, decided)
    kept = [link for link in _said_yes(lines, decided) if groups.join(link)]
    likely: list[Link] = []
    for one, other in _listing_pairs(listings):
        left = [line for line in listings[one] if not groups.has(line, other)]
        right = [line for line in listings[other] if not groups.has(line, one)]
        if not left or not right:
            continue
        found = sorted(match_listings(left, right, decided, comparer), key=_strength)
        for link in found:
            if link.decided_by == "rule" and groups.join(link):
                kept.append(link)
            else:
                likely.append(Link(link.comparison, "undecided", link.rule, link.margin))
    return Matching(groups.ordered(), tuple(kept), _questions(likely, groups, decided))


def _listing_pairs(
    listings: dict[Listing, list[ServiceLine]],
) -> list[tuple[Listing, Listing]]:
    """Pairs of listings, those whose years lie closest together first, one document's own last."""
    first = {name: min(line.first_year for line in own) for name, own in listings.items()}

    def distance(pair: tuple[Listing, Listing]) -> tuple[bool, int, str, tuple[Listing, Listing]]:
        one, other = pair
        years = [int(first[name][:4] or 0) for name in pair]
        earliest = min(first[one], first[other])
        return one[0] == other[0], abs(years[0] - years[1]), earliest, pair

    names = sorted(listings)
    return sorted(combinations(names, 2), key=distance)


def _decisions(lines: list[ServiceLine], judgements: Judgements) -> dict[tuple[str, str], Decision]:
    """What people decided about pairs of these lines, by their ids (sorted)."""
    by_key: dict[LineKey, list[ServiceLine]] = defaultdict(list)
    for line in lines:
        by_key[key_of(line)].append(line)
    decided: dict[tuple[str, str], Decision] = {}
    for (one, other), decision in judgements.services.items():
        left, right = by_key.get(one, []), by_key.get(other, [])
        if decision == "yes" and (len(left) > 1 or len(right) > 1):
            continue  # printed alike twice in a document: a person's yes does not say which
        for a in left:
            for b in right:
                if a.line.line_id != b.line.line_id:
                    first, second = sorted((a.line.line_id, b.line.line_id))
                    decided[first, second] = decision
    return decided


def candidates(left: list[ServiceLine], right: list[ServiceLine]) -> list[tuple[int, int]]:
    """Pairs worth comparing: a telling word, a description or an unusual sum in common."""
    index: dict[object, list[int]] = defaultdict(list)
    for number, line in enumerate(right):
        for key in _blocks(line):
            index[key].append(number)
    pairs = {
        (one, other)
        for one, line in enumerate(left)
        for key in _blocks(line)
        for other in index.get(key, ())
    }
    return sorted(pairs)


def _blocks(line: ServiceLine) -> set[object]:
    """What a line must share with another to be compared with it."""
    blocks: set[object] = {("word", word[:4]) for word in line.name.telling or line.name.all_words}
    blocks.add(("name", line.name.joined[:8]))
    blocks |= {("sum", pence) for pence in line.unusual}
    if line.provision is not None:
        blocks.add(("description", line.provision.joined))
    return blocks


def match_listings(
    left: list[ServiceLine],
    right: list[ServiceLine],
    decided: dict[tuple[str, str], Decision],
    comparer: Comparer,
) -> list[Link]:
    """The best one-to-one matching of two listings: links by rule, and pairs to ask about."""
    thresholds = vocabulary()["thresholds"]
    scored: dict[tuple[int, int], Comparison] = {}
    for one, other in candidates(left, right):
        first, second = sorted((left[one].line.line_id, right[other].line.line_id))
        if decided.get((first, second)) == "no":
            continue
        pair = comparer.compare(left[one], right[other])
        if pair is not None:
            scored[one, other] = pair
    links: list[Link] = []
    open_pairs = dict(scored)
    # What is certain is taken first and leaves the field to the rest: round after round, so that
    # the order of rows plays no part.
    while True:
        best = _best_others(open_pairs)
        chosen = _assign(open_pairs)
        taken: list[tuple[int, int]] = []
        for cell in sorted(chosen):
            pair = open_pairs[cell]
            margin = round(pair.score - best[cell], 2)
            rule = rule_of(pair)
            if rule is not None and margin >= thresholds["margin"]:
                links.append(Link(pair, "rule", rule, margin))
                taken.append(cell)
        if not taken:
            break
        rows, columns = {r for r, _ in taken}, {c for _, c in taken}
        open_pairs = {
            (r, c): pair
            for (r, c), pair in open_pairs.items()
            if r not in rows and c not in columns
        }
    best = _best_others(open_pairs)
    for cell in sorted(_assign(open_pairs)):
        pair = open_pairs[cell]
        if pair.score >= thresholds["proposal"] and _is_worth_asking(pair):
            margin = round(pair.score - best[cell], 2)
            links.append(Link(pair, "undecided", rule_of(pair) or "", margin))
    return links


def _is_worth_asking(pair: Comparison) -> bool:
    """Whether a likely pair is a question; one document rarely lists a service in two tables."""
    if pair.earlier.line.document != pair.later.line.document:
        return True
    return pair.level("name") in NAMED or pair.level("amount") == "same_year_same_figure"


def _best_others(pairs: dict[tuple[int, int], Comparison]) -> dict[tuple[int, int], float]:
    """For each pair, the best score of another pair in its row or column (0 where none)."""
    rows: dict[int, list[float]] = defaultdict(list)
    columns: dict[int, list[float]] = defaultdict(list)
    for (row, column), pair in pairs.items():
        rows[row].append(pair.score)
        columns[column].append(pair.score)
    for scores in (*rows.values(), *columns.values()):
        scores.sort(reverse=True)
    best = {}
    for (row, column), pair in pairs.items():
        others = []
        for scores in (rows[row], columns[column]):
            if len(scores) > 1:
                others.append(scores[1] if scores[0] == pair.score else scores[0])
        best[row, column] = max(others, default=0.0)
    return best


def _assign(pairs: dict[tuple[int, int], Comparison]) -> list[tuple[int, int]]:
    """The pairs of the one-to-one matching with the highest sum of scores."""
    return best_pairs({cell: pair.score for cell, pair in pairs.items()})


def _questions(
    likely: Sequence[Link], groups: Groups, decided: dict[tuple[str, str], Decision]
) -> tuple[Link, ...]:
    """The likely pairs that are still open, the strongest for each two services."""
    asked: set[frozenset[str]] = set()
    questions = []
    for link in sorted(likely, key=_strength):
        both = frozenset(groups.name(line_id) for line_id in link.ids)
        if both in asked or groups.same(link) or not groups.may_join(link):
            continue
        if decided.get(_sorted_ids(link)) in ("yes", "no"):
            continue
        asked.add(both)
        questions.append(link)
    return tuple(questions)


def _strength(link: Link) -> tuple[float, tuple[str, str]]:
    return -link.comparison.score, link.ids


def _sorted_ids(link: Link) -> tuple[str, str]:
    first, second = sorted(link.ids)
    return first, second


def _said_yes(lines: Sequence[ServiceLine], decided: dict[tuple[str, str], Decision]) -> list[Link]:
    """The pairs that a person linked."""
    by_id = {line.line.line_id: line for line in lines}
    return [
        Link(compare(by_id[one], by_id[other]), "person", "a person said yes", 0.0)
        for (one, other), decision in sorted(decided.items())
        if decision == "yes"
    ]


def decision_row(link: Link) -> dict[str, str]:
    """The columns of `services.csv` that say which pair is meant."""
    earlier, later = link.comparison.earlier, link.comparison.later
    row = {"publisher": earlier.publisher.name}
    for side, line in (("earlier", earlier), ("later", later)):
        row[f"{side}_service"] = service_words(line.line)
        row[f"{side}_provider"] = line.line.provider_printed or ""
        row[f"{side}_years"] = line.label
    return row
