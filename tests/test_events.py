"""What happened to services between editions, with evidence in words."""

from dataclasses import replace

import pytest
from bench_lines import prepare, read_lines

from normalizers.events import Event, Sentence, event_names, find_events
from normalizers.judgements import Judgements, event_key
from normalizers.matching import match_services
from normalizers.merges import MOST_CANDIDATES, find_regroupings
from normalizers.model import BudgetLine


def events_of(
    lines: list[BudgetLine],
    sentences: tuple[Sentence, ...] = (),
    judgements: Judgements | None = None,
) -> dict[tuple[str, tuple[str, ...], tuple[str, ...]], Event]:
    """Events by kind and the line ids before and after."""
    decided = judgements or Judgements()
    ready, _ = prepare(lines)
    found = find_events(match_services(ready, decided), ready, sentences, decided)
    return {
        (
            event.kind,
            tuple(line.line.line_id for line in event.earlier),
            tuple(line.line.line_id for line in event.later),
        ): event
        for event in found
    }


EVENTS = events_of(read_lines())


@pytest.mark.parametrize(
    ("parts", "whole", "sums"),
    [
        (("A10", "A11", "A19"), "B22", "72,150 + 63,825 + 3,700 = 139,675"),
        (("A39", "A44"), "B16", "43,945 + 7,970 = 51,915"),
        (("A40", "A43"), "B15", "43,945 + 8,500 = 52,445"),
    ],
)
def test_mergers_are_found_by_their_sums(parts: tuple[str, ...], whole: str, sums: str) -> None:
    event = EVENTS["merged", parts, (whole,)]
    assert event.evidence.startswith(sums)
    assert "by chance about once in" in event.evidence
    assert event.decided_by == "rule"
    assert event.financial_year == "2017-18"
    assert event.confidence > 0.9


def test_nine_localities_became_one_fund_whose_place_they_make_up() -> None:
    parts = tuple(f"A{number}" for number in range(46, 55))
    event = EVENTS["merged", parts, ("B40",)]
    assert "£450,000 before, £500,000 after" in event.evidence
    assert event.decided_by == "rule"


def test_what_only_the_names_say_is_a_question() -> None:
    assert EVENTS["redrawn", ("B15", "B16"), ("C13", "C14")].decided_by == "undecided"
    assert EVENTS["merged", ("A17", "A35"), ("B41",)].decided_by == "undecided"


def test_a_split_is_found_by_its_sums() -> None:
    event = events_of(read_lines("other_lines.csv"))["split", ("P8",), ("Q8", "Q9")]
    assert event.evidence.startswith("85,000 + 125,000 = 210,000")


@pytest.mark.parametrize(
    ("line", "year", "evidence", "confidence"),
    [
        ("C16", "2020-21", "£75,824 in 2019-20, a printed 0 for 2020-21", 0.95),
        ("C15", "2020-21", "£48,200 in 2019-20, an empty cell for 2020-21", 0.8),
        ("B19", "2018-19", "£162,554 in 2017-18, not in commissioning-framework-2020-21.pdf", 0.6),
    ],
)
def test_an_end_says_by_what_it_is_known(
    line: str, year: str, evidence: str, confidence: float
) -> None:
    event = EVENTS["ended", (line,), ()]
    assert (event.financial_year, event.evidence, event.confidence) == (year, evidence, confidence)


def test_a_start_says_by_what_it_is_known() -> None:
    assert EVENTS["started", (), ("C7",)].evidence == "nothing for 2018-19, £20,000 for 2019-20"
    assert EVENTS["started", (), ("C34",)].evidence.startswith(
        "not in commissioning-framework-2017"
    )


def test_a_new_name_and_a_new_provider_are_told() -> None:
    assert "“Anchor Centre/Recovery Hub” became “Number 5”" in (
        EVENTS["renamed", ("B14",), ("C12",)].evidence
    )
    assert EVENTS["provider_changed", ("B11",), ("C10",)].evidence == (
        "“Turning Point”, then “Rutland County Council”"
    )


def test_an_acronym_written_out_is_no_new_name() -> None:
    assert not any(kind == "renamed" and before == ("A1",) for kind, before, _ in EVENTS)


def test_a_service_moves_only_between_sections_that_both_editions_have() -> None:
    moved = {before for kind, before, _ in EVENTS if kind == "moved_section"}
    assert ("A26",) in moved  # victims, then prevention
    assert ("A7",) not in moved  # reducing offending: there is no such section any more


def test_a_sentence_that_announces_the_change_is_attached() -> None:
    document = "commissioning-framework-2020-21.pdf"
    sentence = Sentence(
        document, "t2r1", "Missing coordinator | 48,200 | Service now mainstreamed."
    )
    events = events_of(read_lines(), (sentence,))
    event = events["ended", ("C15",), ()]
    assert sentence.text in event.evidence
    assert event.confidence == 0.9
    assert sentence.text not in EVENTS["ended", ("C16",), ()].evidence


def test_a_list_of_a_few_grants_ends_nothing() -> None:
    lines = read_lines()
    few = [
        replace(
            line,
            line_id=f"g{line.line_id}",
            document="grants.pdf",
            service_printed=name,
            provider_printed=f"{name} Club",
            provision=None,
        )
        for line, name in zip(lines[60:63], ("Boxing", "Chess", "Music"), strict=True)
    ]
    events = events_of([*lines, *few])
    assert {key for key in EVENTS if key[0] == "ended"} == {k for k in events if k[0] == "ended"}


def test_a_person_may_confirm_or_deny_an_event() -> None:
    event = EVENTS["redrawn", ("B15", "B16"), ("C13", "C14")]
    key = event_key(
        event.shown_on.publisher.name,
        event.kind,
        event_names(event.earlier),
        event_names(event.later),
        event.financial_year,
    )
    said_yes = events_of(read_lines(), (), Judgements(events={key: "yes"}))
    assert said_yes["redrawn", ("B15", "B16"), ("C13", "C14")].decided_by == "person"
    said_no = events_of(read_lines(), (), Judgements(events={key: "no"}))
    assert ("redrawn", ("B15", "B16"), ("C13", "C14")) not in said_no
    assert ("ended", ("B15",), ()) in said_no


def test_the_search_for_sums_is_bounded() -> None:
    ready, _ = prepare(
        [
            replace(
                read_lines()[10],
                line_id=f"l{number}",
                amounts=tuple(
                    replace(amount, pence=100 * (number + 1)) for amount in read_lines()[10].amounts
                ),
            )
            for number in range(40)
        ]
    )
    assert MOST_CANDIDATES == 12
    assert len(find_regroupings(ready[:39], ready[39:])) <= 1
