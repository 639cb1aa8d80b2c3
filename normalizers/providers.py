"""Printed provider names and the organisations they stand for, over all documents together.

A public body is known from reference data and its publisher. Any other name stands for whoever
bears it: spellings that differ in case, spacing, dashes, legal form or a bracketed acronym are one
organisation; names that are merely alike are a question for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from normalizers.judgements import Judgements
from normalizers.organisations import Kind, Organisation
from normalizers.provider_names import (
    NamePart,
    Role,
    is_acronym,
    name_key,
    name_words,
    parse_name,
    split_acronym,
    unit_words,
    vocabulary,
)
from normalizers.public_bodies import Resolution, resolve_body
from normalizers.publishers import Publisher, read_publisher
from normalizers.spelling import compact, printed_key, slug, stem, words

ProviderKey = tuple[str, str]  # scope (a publisher's short name, or "" for everywhere), name key


@dataclass(frozen=True, slots=True)
class PrintedName:
    """One provider cell of one document; `year` is the first financial year of the document."""

    document: str
    publisher: str
    year: str | None
    printed: str


@dataclass(frozen=True, slots=True)
class NamedProvider:
    """One organisation that a printed name stands for, and why.

    `key` is None for a placeholder and for a name that several bodies fit (`candidates`).
    """

    text: str
    role: Role
    key: ProviderKey | None
    decided_by: str
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """One organisation: its name, kind, and official code where it has one."""

    key: ProviderKey
    name: str
    kind: Kind
    code: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ProviderQuestion:
    """Two names that may be one organisation, for a person to decide."""

    publisher: str
    printed: str
    same_as: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProviderBook:
    """Every printed name resolved: by (document, printed); organisations; open questions."""

    names: dict[tuple[str, str], tuple[NamedProvider, ...]]
    providers: dict[ProviderKey, Provider]
    questions: tuple[ProviderQuestion, ...]

    def of(self, document: str, printed: str | None) -> tuple[NamedProvider, ...]:
        """The organisations of one provider cell (none for an empty one)."""
        return self.names.get((document, printed or ""), ())


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(vocabulary()["generic"]["words"])


def _own_key(text: str, publisher: Publisher) -> ProviderKey:
    """The identity of a name that is no public body: everywhere the same, unless it only has
    common words (`Community Safety Partnership`), which mean something within a publisher."""
    name = split_acronym(text)[0]
    common = all(word in _generic() or stem(word) in _generic() for word in name_words(name))
    return (publisher.short if common else "", name_key(name))


def _body_key(body: Organisation) -> ProviderKey:
    return ("", name_key(body.name))


def read_providers(
    printed: Iterable[PrintedName],
    terms: Mapping[str, Mapping[str, str]],
    judgements: Judgements,
) -> ProviderBook:
    """Resolve all printed provider names together.

    `terms` are the glossaries by publisher (short name): term to meaning. The order of `printed`
    does not matter.
    """
    cells = sorted(set(printed), key=lambda n: (n.year or "", n.document, n.printed))
    parsed = [(cell, part) for cell in cells for part in _parse(cell)]
    free = _free_names(parsed)
    aliases = _aliases(parsed, terms)
    same, apart = _decided(judgements)
    names: dict[tuple[str, str], list[NamedProvider]] = defaultdict(list)
    providers: dict[ProviderKey, Provider] = {}
    questions: list[ProviderQuestion] = []
    for cell, part in parsed:
        publisher = read_publisher(cell.publisher)
        for named, provider in _resolve(cell, part, publisher, free, aliases, same):
            names[cell.document, cell.printed].append(named)
            if provider is not None:
                providers.setdefault(provider.key, provider)
            questions += [
                ProviderQuestion(cell.publisher, part.text, candidate, named.reason)
                for candidate in named.candidates
                if _pair(publisher.short, part.text, candidate) not in apart
            ]
    questions += _alike(parsed, names, providers, same, apart)
    unique = {(q.publisher, printed_key(q.printed), printed_key(q.same_as)): q for q in questions}
    return ProviderBook(
        {place: tuple(found) for place, found in names.items()},
        providers,
        tuple(unique[key] for key in sorted(unique)),
    )


def _parse(cell: PrintedName) -> tuple[NamePart, ...]:
    publisher = read_publisher(cell.publisher)

    def known(text: str) -> bool:
        return resolve_body(text, publisher, cell.year) is not None

    return parse_name(cell.printed, known)


def _free_names(parsed: list[tuple[PrintedName, NamePart]]) -> dict[str, dict[str, str]]:
    """Names that are no public body, by publisher: name key -> the earliest printed form."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for cell, part in parsed:
        publisher = read_publisher(cell.publisher)
        if part.role != "placeholder" and resolve_body(part.text, publisher, cell.year) is None:
            name = split_acronym(part.text)[0]
            found[publisher.short].setdefault(name_key(name), name)
    return found


def _aliases(
    parsed: list[tuple[PrintedName, NamePart]], terms: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], str]:
    """(publisher, acronym) -> the name it is short for; an acronym with two meanings has none."""
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    spelled: dict[tuple[str, str], str] = {}
    for cell, part in parsed:
        name, short = split_acronym(part.text)
        if short is not None:
            key = (read_publisher(cell.publisher).short, compact(short))
            meanings[key].add(name_key(name))
            spelled.setdefault(key, name)
    for publisher, glossary in sorted(terms.items()):
        for term, meaning in sorted(glossary.items()):
            if is_acronym(term, meaning):
                key = (publisher, compact(term))
                meanings[key].add(name_key(meaning))
                spelled.setdefault(key, meaning)
    return {key: spelled[key] for key, names in meanings.items() if len(names) == 1}


def _pair(publisher: str, one: str, other: str) -> tuple[str, str, str]:
    first, second = sorted((printed_key(one), printed_key(other)))
    return publisher, first, second


def _decided(
    judgements: Judgements,
) -> tuple[dict[tuple[str, str], set[str]], set[tuple[str, str, str]]]:
    """What a name is the same as, by (publisher, words), and the pairs that are kept apart."""
    same: dict[tuple[str, str], set[str]] = defaultdict(set)
    apart = set()
    for (publisher, one, other), decision in judgements.providers.items():
        if decision == "yes":
            same[publisher, one].add(other)
            same[publisher, other].add(one)
        elif decision == "no":
            apart.add((publisher, one, other))
    return same, apart


def _resolve(
    cell: PrintedName,
    part: NamePart,
    publisher: Publisher,
    free: dict[str, dict[str, str]],
    aliases: dict[tuple[str, str], str],
    same: dict[tuple[str, str], set[str]],
) -> list[tuple[NamedProvider, Provider | None]]:
    """The organisations of one part of a cell, each with its provider (None where unresolved)."""
    role = part.role
    remark = f" (“{part.remark}”)" if part.remark else ""
    if role == "placeholder":
        reason = "the words stand where a name will stand; no organisation"
        return [(NamedProvider(part.text, role, None, "rule", reason), None)]
    body = resolve_body(part.text, publisher, cell.year)
    if body is not None and body.organisations:
        return [
            _named(part.text, role, _from_body(found), "rule", body.reason + remark)
            for found in body.organisations
        ]
    group = _together(publisher.short, printed_key(part.text), same)
    if len(group) > 1:
        meant = _meant(group, publisher, cell.year, body, free)
        if meant is not None:
            return [_named(part.text, role, meant, "person", f"a person decided{remark}")]
    if body is not None:
        candidates = tuple(sorted(c.name for c in body.candidates))
        reason = f"{body.reason}: {', '.join(candidates)}"
        unsure = NamedProvider(part.text, role, None, "undecided", reason, candidates)
        return [(unsure, None)]
    return [_free(part, publisher, cell, free, aliases, remark)]


def _from_body(body: Organisation) -> Provider:
    return Provider(_body_key(body), body.name, body.kind, body.code, body.source)


def _named(
    text: str, role: Role, provider: Provider, decided_by: str, reason: str
) -> tuple[NamedProvider, Provider]:
    return NamedProvider(text, role, provider.key, decided_by, reason), provider


def _together(publisher: str, name: str, same: dict[tuple[str, str], set[str]]) -> tuple[str, ...]:
    """All names that a person declared the same as this one, itself included, sorted."""
    group, ahead = {name}, [name]
    while ahead:
        new = same.get((publisher, ahead.pop()), set()) - group
        group |= new
        ahead += sorted(new)
    return tuple(sorted(group))


def _meant(
    group: tuple[str, ...],
    publisher: Publisher,
    year: str | None,
    body: Resolution | None,
    free: dict[str, dict[str, str]],
) -> Provider | None:
    """The organisation that a person named: a public body of the group, else its first name."""
    for candidate in body.candidates if body is not None else ():
        if printed_key(candidate.name) in group:
            return _from_body(candidate)
    for name in group:
        resolved = resolve_body(name, publisher, year)
        if resolved is not None and len(resolved.organisations) == 1:
            return _from_body(resolved.organisations[0])
    printed = {printed_key(name): name for name in free[publisher.short].values()}
    first = next((printed[name] for name in group if name in printed), None)
    return None if first is None else Provider(_own_key(first, publisher), first, "organisation")


def _free(
    part: NamePart,
    publisher: Publisher,
    cell: PrintedName,
    free: dict[str, dict[str, str]],
    aliases: dict[tuple[str, str], str],
    remark: str,
) -> tuple[NamedProvider, Provider]:
    """The organisation of a name that is no public body."""
    name = split_acronym(part.text)[0]
    long = aliases.get((publisher.short, compact(name)))
    if long is not None:
        body = resolve_body(long, publisher, cell.year)
        if body is not None and len(body.organisations) == 1:
            meant = _from_body(body.organisations[0])
        else:
            meant = Provider(_own_key(long, publisher), long, "organisation")
        return _named(part.text, part.role, meant, "rule", f"short for {long}{remark}")
    spelled = name_words(name)
    for cut in range(len(spelled) - 1, 0, -1):
        behind, key = spelled[cut:], "".join(spelled[:cut])
        if set(behind) <= unit_words() and key in free[publisher.short] and len(key) > 3:
            whole = free[publisher.short][key]
            meant = Provider(_own_key(whole, publisher), whole, "organisation")
            reason = f"“{' '.join(behind)}” only says which part of {whole} is meant{remark}"
            return _named(part.text, part.role, meant, "rule", reason)
    earliest = free[publisher.short][name_key(name)]
    meant = Provider(_own_key(name, publisher), earliest, "organisation")
    same_form = printed_key(earliest) == printed_key(part.text)
    reason = "the name as printed" if same_form else f"another spelling of {earliest}"
    return _named(part.text, part.role, meant, "rule", reason + remark)


def _alike(
    parsed: list[tuple[PrintedName, NamePart]],
    names: dict[tuple[str, str], list[NamedProvider]],
    providers: dict[ProviderKey, Provider],
    same: dict[tuple[str, str], set[str]],
    apart: set[tuple[str, str, str]],
) -> list[ProviderQuestion]:
    """Different organisations of one publisher whose names are much alike."""
    from rapidfuzz.fuzz import ratio

    seen: dict[str, dict[ProviderKey, str]] = defaultdict(dict)
    label = {read_publisher(cell.publisher).short: cell.publisher for cell, _ in parsed}
    for cell, _ in parsed:
        for named in names[cell.document, cell.printed]:
            if named.key is not None and providers[named.key].kind == "organisation":
                short = read_publisher(cell.publisher).short
                seen[short].setdefault(named.key, providers[named.key].name)
    questions = []
    for publisher, found in sorted(seen.items()):
        keys = sorted(found)
        for position, one in enumerate(keys):
            for other in keys[position + 1 :]:
                pair = _pair(publisher, found[one], found[other])
                if pair in apart or pair[2] in same.get((publisher, pair[1]), set()):
                    continue
                alike = ratio(one[1], other[1])
                digits = [[w for w in words(found[k]) if w.isdigit()] for k in (one, other)]
                within = _within(found[one], found[other])
                if (alike >= 85 and digits[0] == digits[1]) or within:
                    reason = (
                        "all words of the one name stand in the other"
                        if within
                        else f"the names are spelled alike ({alike:.0f} of 100)"
                    )
                    questions.append(
                        ProviderQuestion(label[publisher], found[one], found[other], reason)
                    )
    return questions


def _within(one: str, other: str) -> bool:
    short, long = sorted((set(name_words(one)), set(name_words(other))), key=len)
    few_more = len(long) - len(short) <= 3
    return len(short) >= 2 and short < long and few_more and bool(short - _generic())


def provider_slug(provider: Provider) -> str:
    """The readable id that a provider is minted with, before clashes are told apart."""
    scope, _ = provider.key
    name = slug(" ".join(name_words(provider.name)))
    return f"{scope}/{name}" if scope else name
