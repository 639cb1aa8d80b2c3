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

from normalizers.judgements import Decision, Judgements, LineKey, line_key, pair_key
from normalizers.service_names import vocabulary
from normalizers.services import Comparison, ServiceLine, compare, service_words


@dataclass(frozen=True, slots=True)
class Link:
    """Two lines compared, and what became of them.

    `decided_by` is `rule`, `person`, or `undecided`; `rule` the sentence of the rule, `margin` by
    how many bits the pair beats the next best. `apart` says that the lines are kept apart.
    """

    comparison: Comparison
    decided_by: str
    rule: str
    margin: float
    apart: bool = False

    @property
    def ids(self) -> tuple[str, str]:
        return (
            self.comparison.earlier.line.line_id,
            self.comparison.later.line.line_id,
        )


@dataclass(frozen=True, slots=True)
class Matching:
    """Groups of lines that are one service (line ids), the links that made them, open questions."""

    groups: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    questions: tuple[Link, ...]


NAMED = ("same_words", "same_telling_words")
WITHIN = ("long_one_within_the_other", "one_within_the_other")
SAME_PROVIDER = ("same", "shared")
SAME_SUM = ("same_year_same_figure", "continued_unusual")


def rule_of(pair: Comparison) -> str | None:
    """The rule by which a pair may be linked without a person, in words; None where none fits.

    Every rule asks for two kinds of evidence that do not follow from each other, and that nothing
    speaks against: neither place nor people apart, nor one a part of the other.
    """
    name, provider = pair.level("name"), pair.level("provider")
    amount, provision = pair.level("amount"), pair.level("provision")
    place, people = pair.level("place"), pair.level("people")
    if place in ("apart", "narrower") or people in ("contrast", "narrower"):
        return None
    if amount == "very_far" and provision == "different":
        return None
    if place == "other_words" and provider not in SAME_PROVIDER:
        return None
    own_words = pair.earlier.own_description and pair.later.own_description
    if name in NAMED:
        if provider in SAME_PROVIDER:
            return "the same name and provider"
        if amount in (*SAME_SUM, "continued_round"):
            return "the same name and the same sum"
        if provision in ("identical", "alike"):
            return "the same name and description"
        if place == "same_small" and amount in ("near", "within_double"):
            return "the same name, part of the area and size"
        return None
    if name in WITHIN or name == "most_words":
        if provider in SAME_PROVIDER and amount in (*SAME_SUM, "continued_round", "near"):
            return "a like name, the same provider and nearly the same sum or the very same"
        if provider in SAME_PROVIDER and provision in ("identical", "alike"):
            return "a like name, the same provider and description"
        if provider == "same" and place == "same_small" and amount == "within_double":
            return "a like name, the same provider, part of the area and size"
        if amount in SAME_SUM and provider != "different":
            return "a like name and the same unusual sum"
    if name in WITHIN and people == "same" and place in ("same", "same_small"):
        if provision == "names_it":
            return "a like name, and the description of the one names the other"
        if (
            name == "long_one_within_the_other"
            and provider == "unknown"
            and amount in ("near", "within_double")
        ):
            return "a long name within the other, for the same area and of the same size"
    if amount in SAME_SUM and provision == "identical" and own_words:
        return "the same description and the same unusual sum"
    if provider == "same" and place in ("same", "same_small"):
        if amount in SAME_SUM:
            return "the same provider, place and unusual sum"
        if provision == "identical" and own_words and amount not in ("far", "very_far"):
            return "the same provider, place and description"
    return None


def match_services(lines: Sequence[ServiceLine], judgements: Judgements) -> Matching:
    """The lines of all publishers grouped into services."""
    by_publisher: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in sorted(lines, key=_order):
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


def _order(line: ServiceLine) -> tuple[str, tuple[str, int], int, str]:
    return line.first_year, line.listing, line.line.order, line.line.line_id


def key_of(line: ServiceLine) -> LineKey:
    """What a decision about the line is keyed to."""
    return line_key(
        line.publisher.name, service_words(line.line), line.line.provider_printed, line.label
    )


def _match_publisher(lines: list[ServiceLine], judgements: Judgements) -> Matching:
    listings: dict[tuple[str, int], list[ServiceLine]] = defaultdict(list)
    for line in lines:
        listings[line.listing].append(line)
    decided = _decisions(lines, judgements)
    automatic: list[Link] = []
    likely: list[Link] = []
    names = sorted(listings)
    for position, one in enumerate(names):
        for other in names[position + 1 :]:
            found = match_listings(listings[one], listings[other], decided)
            automatic += [link for link in found if link.decided_by == "rule"]
            likely += [link for link in found if link.decided_by != "rule"]
    return _group(lines, automatic, likely, decided)


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
    """Pairs worth comparing: a telling word, a provider, a whole name or an exact sum in common."""
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
    blocks |= {("provider", key) for key in line.providers}
    blocks |= {("sum", pence) for pence in line.unusual}
    return blocks


def match_listings(
    left: list[ServiceLine],
    right: list[ServiceLine],
    decided: dict[tuple[str, str], Decision],
) -> list[Link]:
    """The best one-to-one matching of two listings: links by rule, and pairs to ask about."""
    thresholds = vocabulary()["thresholds"]
    scored: dict[tuple[int, int], Comparison] = {}
    for one, other in candidates(left, right):
        first, second = sorted((left[one].line.line_id, right[other].line.line_id))
        if decided.get((first, second)) == "no":
            continue
        pair = compare(left[one], right[other])
        if pair.score > 0:
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
    if not pairs:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows = sorted({row for row, _ in pairs})
    columns = sorted({column for _, column in pairs})
    row_at = {row: n for n, row in enumerate(rows)}
    column_at = {column: n for n, column in enumerate(columns)}
    scores = np.zeros((len(rows), len(columns)))
    for (row, column), pair in pairs.items():
        scores[row_at[row], column_at[column]] = pair.score
    chosen = linear_sum_assignment(scores, maximize=True)
    cells = ((rows[r], columns[c]) for r, c in zip(*chosen, strict=True))
    return [cell for cell in cells if cell in pairs]


def _group(
    lines: list[ServiceLine],
    automatic: list[Link],
    likely: list[Link],
    decided: dict[tuple[str, str], Decision],
) -> Matching:
    """Lines joined into services; a listing gives a service one line, a `no` keeps two apart."""
    by_id = {line.line.line_id: line for line in lines}
    group: dict[str, set[str]] = {line_id: {line_id} for line_id in by_id}
    kept: list[Link] = []
    questions: list[Link] = []
    for link in _decided_links(by_id, automatic, likely, decided):
        if _join(link, group, by_id, decided):
            kept.append(link)
    for link in sorted(automatic, key=_strength):
        if decided.get(_sorted_ids(link)) == "yes":
            continue
        if _join(link, group, by_id, decided):
            kept.append(link)
        else:
            questions.append(Link(link.comparison, "undecided", link.rule, link.margin))
    asked: set[frozenset[str]] = set()
    for link in sorted([*likely, *questions], key=_strength):
        one, other = (min(group[line_id]) for line_id in link.ids)
        both = frozenset((one, other))
        if (
            one == other
            or both in asked
            or decided.get(_sorted_ids(link)) in ("yes", "no")
            or _shares_listing(group[one], group[other], by_id)
            or _kept_apart(group[one], group[other], decided)
        ):
            continue
        asked.add(both)
        questions = [q for q in questions if q.ids != link.ids]
        questions.append(link)
    final = {frozenset(members) for members in group.values()}
    ordered = [tuple(sorted(m, key=lambda i: _order(by_id[i]))) for m in final]
    ordered.sort(key=lambda members: _order(by_id[members[0]]))
    open_questions = [q for q in questions if min(group[q.ids[0]]) != min(group[q.ids[1]])]
    return Matching(
        tuple(ordered),
        tuple(kept),
        tuple(sorted(open_questions, key=_strength)),
    )


def _strength(link: Link) -> tuple[float, tuple[str, str]]:
    return -link.comparison.score, link.ids


def _sorted_ids(link: Link) -> tuple[str, str]:
    first, second = sorted(link.ids)
    return first, second


def _decided_links(
    by_id: dict[str, ServiceLine],
    automatic: list[Link],
    likely: list[Link],
    decided: dict[tuple[str, str], Decision],
) -> list[Link]:
    known = {_sorted_ids(link): link for link in (*automatic, *likely)}
    links = []
    for ids, decision in sorted(decided.items()):
        if decision == "yes":
            found = known.get(ids)
            pair = found.comparison if found else compare(by_id[ids[0]], by_id[ids[1]])
            links.append(Link(pair, "person", "a person said yes", found.margin if found else 0.0))
    return links


def _join(
    link: Link,
    group: dict[str, set[str]],
    by_id: dict[str, ServiceLine],
    decided: dict[tuple[str, str], Decision],
) -> bool:
    one, other = (group[line_id] for line_id in link.ids)
    if one is other:
        return True
    if _shares_listing(one, other, by_id) or _kept_apart(one, other, decided):
        return False
    one |= other
    for line_id in other:
        group[line_id] = one
    return True


def _shares_listing(one: set[str], other: set[str], by_id: dict[str, ServiceLine]) -> bool:
    return bool({by_id[i].listing for i in one} & {by_id[i].listing for i in other})


def _kept_apart(one: set[str], other: set[str], decided: dict[tuple[str, str], Decision]) -> bool:
    return any(decided.get((a, b) if a < b else (b, a)) == "no" for a in one for b in other)


def decision_row(link: Link) -> dict[str, str]:
    """The columns of `services.csv` that say which pair is meant."""
    earlier, later = link.comparison.earlier, link.comparison.later
    row = {"publisher": earlier.publisher.name}
    for side, line in (("earlier", earlier), ("later", later)):
        row[f"{side}_service"] = service_words(line.line)
        row[f"{side}_provider"] = line.line.provider_printed or ""
        row[f"{side}_years"] = line.label
    return row


__all__ = [
    "Link",
    "Matching",
    "candidates",
    "decision_row",
    "key_of",
    "match_listings",
    "match_services",
    "pair_key",
    "rule_of",
]
