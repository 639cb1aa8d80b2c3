"""What a person should look at among names: what fits several, what no vocabulary knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.model import Problem
from normalizers.judgements import Judgements
from normalizers.matching import key_of
from normalizers.model import BudgetLine
from normalizers.providers import ProviderBook
from normalizers.service_groups import Link
from normalizers.services import ServiceLine, service_words
from normalizers.vocabularies import read_mechanism, read_theme


def name_problems(
    book: ProviderBook,
    questions: Sequence[Link],
    ready: Sequence[ServiceLine],
    judgements: Judgements,
    lines: Sequence[BudgetLine],
) -> Iterable[tuple[str | None, Problem]]:
    yield from _provider_problems(book, lines)
    for link in questions:
        earlier, later = link.comparison.earlier, link.comparison.later
        yield (
            later.line.document,
            Problem(
                "service-undecided",
                "info",
                f"“{service_words(earlier.line)}” ({earlier.label}) and "
                f"“{service_words(later.line)}” ({later.label}) may be one service: "
                f"{link.comparison.reason}; decide with `spendtrail review services`",
                service_words(later.line),
                table=later.line.table,
            ),
        )
    yield from _unknown_words(ready)
    keys = {key_of(line) for line in ready}
    for one, other in sorted(judgements.services):
        if judgements.services[one, other] == "yes":
            for key in (one, other):
                if key not in keys and any(known[0] == key[0] for known in keys):
                    yield None, _unused(key[1])


def _unused(words: str) -> Problem:
    return Problem(
        "decision-unused",
        "info",
        f"a decision in services.csv speaks of “{words}”, which no line of these documents prints; "
        "mend its words or leave it for a document that does",
        words,
    )


def _provider_problems(
    book: ProviderBook, lines: Sequence[BudgetLine]
) -> Iterable[tuple[str | None, Problem]]:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        for named in book.of(line.document, line.provider_printed):
            if named.candidates and (line.document, named.text) not in seen:
                seen.add((line.document, named.text))
                yield (
                    line.document,
                    Problem(
                        "provider-ambiguous",
                        "warning",
                        f"“{named.text}” may be {' or '.join(named.candidates)}; "
                        "decide with `spendtrail review providers`",
                        line.provider_printed,
                        table=line.table,
                    ),
                )


def _unknown_words(ready: Sequence[ServiceLine]) -> Iterable[tuple[str | None, Problem]]:
    """Places, funding and sections that no vocabulary knows, once per document."""
    seen: set[tuple[str, str, str]] = set()
    for line in ready:
        printed = {
            "place-unknown": (
                line.line.reach_printed if line.reach is not None and not line.reach.known else None
            ),
            "mechanism-unknown": (
                line.line.mechanism_printed
                if line.line.mechanism_printed
                and read_mechanism(line.line.mechanism_printed) is None
                else None
            ),
            "theme-unknown": (
                line.line.section
                if line.line.section and read_theme(line.line.section) is None
                else None
            ),
        }
        files = {
            "place-unknown": "places.toml",
            "mechanism-unknown": "mechanisms.toml",
            "theme-unknown": "themes.toml",
        }
        for code, words in printed.items():
            key = (line.line.document, code, words or "")
            if words and key not in seen:
                seen.add(key)
                yield (
                    line.line.document,
                    Problem(
                        code,
                        "info",
                        f"“{words}” is in no vocabulary and keeps its printed words; "
                        f"add it to normalizers/data/{files[code]}",
                        words,
                        table=line.line.table,
                    ),
                )
