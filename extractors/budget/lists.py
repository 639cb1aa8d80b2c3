"""Awards printed as lists: runs of entries of one heading that all have the shape of an award."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.budget.clauses import NAME, Award, is_body
from extractors.budget.entries import total_words
from extractors.budget.phrases import read_entry
from extractors.budget.splitting import reads_like_name
from extractors.budget.told_totals import told_totals
from extractors.budget.vocabulary import award_words, row_words
from extractors.model import Passage, PrintedAmount, PrintedLine, Role


@dataclass(frozen=True, slots=True)
class _Group:
    """Entries under one heading; `context` are the words above them, `near` the nearest.

    `paid` is who gets what all entries say, where the words above name them.
    """

    context: str
    near: str
    entries: tuple[Passage, ...]
    paid: str | None = None

    def read(self) -> list[tuple[Passage, list[Award]]]:
        read = [(passage, read_entry(passage.text)) for passage in self.entries]
        return [
            (
                passage,
                [a if a.provider or a.first else replace(a, provider=self.paid) for a in awards],
            )
            for passage, awards in read
            if awards
        ]


_Read = tuple[_Group, list[tuple[Passage, list[Award]]]]


def read_lists(passages: Sequence[Passage], title: str = "") -> list[PrintedLine]:
    """Awards of lists; a short list counts where a longer one of the document is a list of awards.

    Whether the names are organisations or services is told by each list, where it leaves open by
    the others. `title` is the document's, where it stands above all lists.
    """
    lists: list[_Read] = []
    short: list[_Read] = []
    beside: list[_Read] = []
    for group in _groups(passages):
        good = group.read()
        with_money = [p for p in group.entries if "£" in p.text and not _is_total(p)]
        if not good or len(good) < 0.6 * len(with_money) or len(good) * 2 < len(group.entries):
            continue
        # What follows counts where it sums awards up: `the panel made twelve awards worth £39,695`.
        first = good[0][0].order
        near = (p for p in passages if p.order < first or list(told_totals([p])))
        elsewhere = " ".join(p.text for p in near)
        if not _speaks_of_awards(group, good, title, elsewhere):
            if _may_stand_beside(group, good):
                beside.append((group, good))
            continue
        awards = sum(len(found) for _, found in good)
        is_list = all(p.kind == "list_item" for p, _ in good)
        if not is_list and len(good) < 2 and "\t" in good[0][0].text:
            continue  # a row of a table
        (lists if awards >= (2 if is_list else 3) else short).append((group, good))
    if any(p.kind == "list_item" for _, good in lists for p, _ in good):
        short += beside  # bullets under other headings of a document that lists awards so
    kept = sorted([*lists, *short], key=lambda one: one[1][0][0].order) if lists else []
    all_awards = [award for _, good in kept for _, found in good for award in found]
    known = sum(_names_provider(award) for award in all_awards)
    usual: Role = "provider" if known * 2 >= len(all_awards) and known else "service"
    read = [(good, _role(group, good, usual)) for group, good in kept]
    others = [id(good) for _, good in beside]
    named = [x for x in read if any(a.first for _, found in x[0] for a in found)]
    alike = {role for good, role in named if id(good) not in others}
    lines = []
    for good, role in read:
        if len(alike) == 1 and id(good) in others:
            role = next(iter(alike))
        for passage, found in good:
            lines += [award_line(award, passage, n, role) for n, award in enumerate(found)]
    return lines


def _may_stand_beside(group: _Group, good: Sequence[tuple[Passage, list[Award]]]) -> bool:
    """Whether bullets name bodies, each in several words, and say of some what the sum is for:
    beside a list of awards they are awards, too; `Precept – £300,000` is none."""
    awards = [award for _, found in good for award in found]
    names = [award.provider or award.first or "" for award in awards]
    told = sum(bool(award.provider or award.purpose or award.second) for award in awards)
    return (
        good[0][0].kind == "list_item"
        and not award_words("against").search(group.near)
        and 3 * told >= len(awards)
        and all(len(n.split()) > 1 and reads_like_name(n) and is_body(n) for n in names)
    )


def _role(group: _Group, good: Sequence[tuple[Passage, list[Award]]], usual: Role) -> Role:
    return _names_are(group.context, [a for _, found in good for a in found if a.first], usual)


def _speaks_of_awards(
    group: _Group, good: Sequence[tuple[Passage, list[Award]]], title: str, elsewhere: str
) -> bool:
    """Whether the words above a list speak of awards; for entries that do so themselves, anywhere
    in the document will do."""
    if award_words("against").search(group.near):
        return False
    if award_words("context").search(f"{group.context} {title}"):
        return True
    if any(_is_total(p) for p in group.entries[1:]):
        return True  # a sum below it says that its entries are sums of one kind
    awards = [award for _, found in good for award in found]
    plainly = sum(bool(award.provider or award.purpose) for award in awards)
    return plainly * 2 >= len(awards) and bool(award_words("context").search(elsewhere))


def _is_total(passage: Passage) -> bool:
    return "£" in passage.text and bool(total_words(passage.text.split("£")[0].strip(" :–-")))


def _groups(passages: Sequence[Passage]) -> Iterable[_Group]:
    """Runs of list items, or of short paragraphs with money, under one heading.

    Words that announce what follows (`The other awards are:`) stand over all lists up to the next
    paragraph, be there headings between them.
    """
    run: list[Passage] = []
    before = announced = ""
    for passage in (*passages, None):
        same = (
            passage is not None
            and passage.kind != "heading"
            and (passage.kind == "list_item" or ("£" in passage.text and len(passage.text) <= 200))
        )
        if (
            same
            and passage is not None
            and (
                not run
                or (run[-1].heading_path == passage.heading_path and run[-1].kind == passage.kind)
            )
        ):
            run.append(passage)
            continue
        if run:
            near = " ".join((*run[0].heading_path[-1:], before))
            context = " ".join((*run[0].heading_path, announced, before))
            yield _Group(context, near, tuple(run), _who_is_paid(before))
            if len(run) == 1:
                before = run[0].text  # it may announce a list: `paid from the £2,000 budget:`
            run = []
        if same and passage is not None:
            run = [passage]
        elif passage is not None:
            before = passage.text
            if passage.kind != "heading":
                announced = before if before.rstrip().endswith(":") else ""


def _who_is_paid(announced: str) -> str | None:
    """Who gets all that follows: `In 2025/26 we will pay Bright Water Trust:`."""
    giving = award_words("giving").pattern
    match = re.search(rf"(?i:{giving})\s+(?:to\s+)?(?P<name>{NAME})\s*:$", announced.strip())
    named = match and is_body(match["name"]) and _is_organisation(match["name"])
    return match["name"] if match and named else None


def _is_organisation(text: str) -> bool:
    return bool(row_words("organisation").search(text))


def _names_provider(award: Award) -> bool:
    return bool(award.provider or (award.first and _is_organisation(award.first)))


def _names_are(context: str, awards: Sequence[Award], usual: Role) -> Role:
    """Whether the names of a list are organisations or services."""
    organisations = sum(
        _is_organisation(award.first or "") for award in awards if not award.provider
    )
    open_ = [award for award in awards if not award.provider]
    if organisations * 3 >= len(open_) > 0 or award_words("recipients").search(context):
        return "provider"
    named = sum(reads_like_name(award.first or "") for award in open_)
    told = sum(bool(award.purpose or award.note) for award in open_)
    if open_ and named > 0.7 * len(open_) and told > 0.7 * len(open_):
        return "provider"  # names, each with what its award is for
    grants = bool(award_words("grants").search(context))
    if grants and len(open_) < len(awards) and named > 0.7 * len(open_):
        return "provider"  # as those are whom the same list names by `to`
    described = sum((award.second or "")[:1].islower() for award in open_)
    if named > 0.7 * len(open_) and described > 0.7 * len(open_):
        return "provider" if grants else usual
    return usual


def award_line(award: Award, passage: Passage, number: int, role: Role) -> PrintedLine:
    """An award as a printed line; `role` is the part of its name where its own words do not say."""
    return PrintedLine(
        row=None,
        section=passage.heading_path[-1] if passage.heading_path else None,
        fields=tuple(_fields(award, role)),
        amounts=tuple(
            PrintedAmount(
                number + at, one.heading, one.text, one.raw, passage.marks, passage.places
            )
            for at, one in enumerate(award.sums)
        ),
        passage=passage.order,
        places=passage.places,
    )


def _fields(award: Award, role: Role) -> Iterable[tuple[str, str]]:
    provider, service = award.provider, award.service
    purpose, first, second = award.purpose, award.first, award.second
    if provider is None and first and second and _second_is_paid(first, second, role):
        provider, first, second = second, None, first
        service, second = second, None
    if first and provider is None and role == "provider":
        provider, first = first, None
    elif first:
        service, first = service or first, None
    if provider is None and service is None and not second and purpose:
        second, purpose = purpose, None
    if service is None and not first and second and not award_words("delivery").match(second):
        service, second = _named_first(second, bool(provider))
    words = [text for text in (second, purpose) if text]
    named: Role = "provider" if provider and not service else "service"
    for text in words:
        name, description = read_purpose(text, named)
        if name and named == "provider" and service is None:
            service = name
        elif name and provider is None:
            provider = name
        elif name:
            description = name if description is None else f"{name}, {description}"
        if description:
            purpose = description
            yield "provision", description
    if provider:
        yield "provider", provider.removeprefix("the ")
    if service:
        yield "service", service
    if award.note:
        yield "note", award.note


def _named_first(text: str, paid: bool) -> tuple[str | None, str | None]:
    """What an entry without a name says it is for, as a name and the words about it: `for Girls’
    Space, a weekly group`. Where who is `paid` is known, words that are no name stay words."""
    lead_in = award_words("lead_in").match(text)
    bare = text[lead_in.end() :].strip() if lead_in else text
    head, _, tail = bare.partition(", ")
    if reads_like_name(head):
        return head, tail or None
    return (None, text) if paid else (bare, None)


def _second_is_paid(first: str, second: str, role: Role) -> bool:
    """Whether of two facts the later is who is paid: `Sanctuary scheme: Secure Homes Trust`."""
    if len(second.split()) > 8 or award_words("purpose").match(second):
        return False
    if _is_organisation(first) != _is_organisation(second):
        return _is_organisation(second)
    if reads_like_name(first) != reads_like_name(second):
        return reads_like_name(second)
    return False


def read_purpose(rest: str, named: Role) -> tuple[str | None, str | None]:
    """The name (of a project, or of who is paid) and the description in words after an award."""
    bare = re.sub(r"^[\s,–—:-]+", "", rest).strip()
    lead_in = award_words("lead_in").match(bare)
    if lead_in:
        bare = bare[lead_in.end() :].strip()
    if not bare:
        return None, None
    last = re.search(r"\(([A-Z][^()]*)\)$", bare)
    if last:
        return last[1], bare[: last.start()].strip(" ,–—-") or None
    inside = re.fullmatch(r"\(([^()]+)\)", bare)
    if inside:
        bare = inside[1].strip()
    head, comma, tail = (
        re.split(r"(,\s+|\s+[–—-]\s+|:\s+)", bare, maxsplit=1)
        if re.search(r",\s+|\s+[–—-]\s+|:\s+", bare)
        else (bare, "", "")
    )
    if comma and reads_like_name(head) and named == "provider":
        return head, tail
    if reads_like_name(bare) and named == "provider" and not bare.endswith("."):
        return bare, None
    by = re.fullmatch(r"(?:delivered by|provided by|by|to)\s+(.+)", bare, re.I)
    if by and named == "service":
        return by[1], None
    return None, bare
