"""Lines of different years that are one service, and the evidence for it."""

import random
from dataclasses import replace

import pytest
from bench_lines import grouped_pairs, prepare, read_lines, read_pairs, same_pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.evidence import Comparison, compare, weights
from normalizers.ids import Named, give_ids
from normalizers.judgements import Judgements, line_key, pair_key
from normalizers.link_rules import rule_of
from normalizers.matching import Matching, key_of, match_services
from normalizers.model import BudgetLine
from normalizers.publishers import read_publisher
from normalizers.service_names import find_acronyms, read_service_name, share
from normalizers.services import is_round

SETS = [("lines.csv", "service_pairs.csv"), ("other_lines.csv", "other_pairs.csv")]


def match(lines: list[BudgetLine], judgements: Judgements | None = None) -> Matching:
    ready, _ = prepare(lines, judgements)
    return match_services(ready, judgements or Judgements())


def compared(earlier: str, later: str, name: str = "lines.csv") -> Comparison:
    ready = {line.line.line_id: line for line in prepare(read_lines(name))[0]}
    return compare(ready[earlier], ready[later])


@pytest.mark.parametrize(("lines", "pairs"), SETS)
def test_no_wrong_link_is_made_without_a_person(lines: str, pairs: str) -> None:
    found = grouped_pairs(match(read_lines(lines)).groups)
    assert found - same_pairs(read_pairs(pairs)) == set()


@pytest.mark.parametrize(("lines", "pairs"), SETS)
def test_nearly_all_links_are_found(lines: str, pairs: str) -> None:
    found, true = grouped_pairs(match(read_lines(lines)).groups), same_pairs(read_pairs(pairs))
    assert 2 * len(found & true) / (len(found) + len(true)) >= 0.98


def test_what_is_not_linked_is_asked() -> None:
    questions = {link.ids for link in match(read_lines()).questions}
    assert ("B17", "C15") in questions  # the same £48,200 for children who go missing


@pytest.mark.parametrize(
    ("earlier", "later", "levels"),
    [
        ("A24", "B8", {"name": "one_within_the_other", "amount": "continued_unusual"}),
        ("A7", "B20", {"name": "same_telling_words", "provider": "same"}),
        ("A33", "B32", {"place": "apart"}),
        ("A39", "B16", {"people": "narrower"}),
        ("B14", "C12", {"name": "no_words", "provision": "identical", "provider": "same"}),
        ("A22", "B6", {"provision": "names_it"}),
        ("A41", "B17", {"name": "same_words", "provider": "shared"}),
        ("A32", "B30", {"provider": "same", "place": "unknown"}),
    ],
)
def test_evidence_has_ordered_levels(earlier: str, later: str, levels: dict[str, str]) -> None:
    pair = compared(earlier, later)
    assert {evidence: pair.level(evidence) for evidence in levels} == levels


def test_a_score_is_the_sum_of_its_findings_and_says_why() -> None:
    pair = compared("A24", "B8")
    assert pair.score == pytest.approx(sum(finding.bits for finding in pair.findings))
    assert "£67,906 in 2016-17 and again in 2017-18" in pair.reason
    assert all(finding.words for finding in pair.findings)


def test_every_level_has_a_weight_and_they_fall_in_order() -> None:
    for evidence in ("name", "provision", "amount"):
        bits = [b for level, b in weights()[evidence].items() if level != "unknown"]
        if evidence != "amount":
            assert bits == sorted(bits, reverse=True)
        assert len(bits) > 3


def test_a_prior_year_that_a_later_document_states_is_evidence() -> None:
    assert compared("P5", "Q5", "other_lines.csv").level("amount") == "same_year_same_figure"


def test_places_apart_forbid_a_link_whatever_else_agrees() -> None:
    pair = compared("A33", "B32")
    assert pair.level("name") in ("same_words", "same_telling_words")
    assert rule_of(pair) is None


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_the_order_of_documents_and_rows_changes_no_link(seed: int) -> None:
    lines = read_lines()
    shuffled = random.Random(seed).sample(lines, len(lines))
    assert match(shuffled).groups == match(lines).groups


def test_an_unrelated_document_changes_no_link() -> None:
    lines = read_lines()
    publisher = lines[0].publisher
    alone = match(lines)
    for others in (
        read_lines("other_lines.csv"),
        [replace(line, line_id=f"x{line.line_id}", publisher=publisher) for line in OTHER_AWARDS],
    ):
        both = match([*others, *lines])
        assert set(alone.groups) <= set(both.groups)


OTHER_AWARDS = [
    replace(
        line,
        document="awards.pdf",
        service_printed=f"Award {number}",
        provider_printed=f"Group {number}",
        provision=None,
        reach_printed=None,
        section=None,
    )
    for number, line in enumerate(read_lines("other_lines.csv")[:10])
]


def decision(earlier: str, later: str, answer: str, **changed: str) -> Judgements:
    """What a person said of two lines of the five documents."""
    ready = {line.line.line_id: line for line in prepare(read_lines())[0]}
    keys = []
    for line in (ready[earlier], ready[later]):
        words = (line.line.service_printed or "", line.line.provider_printed, line.label)
        keys.append(line_key(line.publisher.name, *words))
    return Judgements(services={pair_key(keys[0], keys[1]): answer})  # type: ignore[dict-item]


def test_a_yes_links_and_a_no_keeps_apart_for_good() -> None:
    lines = read_lines()
    linked = match(lines, decision("B17", "C15", "yes"))
    assert any({"A41", "B17", "C15"} == set(group) for group in linked.groups)
    assert [link.decided_by for link in linked.links if link.ids == ("B17", "C15")] == ["person"]
    apart = match(lines, decision("B17", "C15", "no"))
    assert not any({"B17", "C15"} <= set(group) for group in apart.groups)
    assert not any(set(link.ids) == {"B17", "C15"} for link in apart.questions)
    cut = match(lines, decision("B0", "C0", "no"))
    assert not any({"B0", "C0"} <= set(group) for group in cut.groups)


def test_a_decision_survives_new_ids_pages_and_a_typo_put_right_elsewhere_in_the_row() -> None:
    said = decision("B17", "C15", "yes")
    again = [
        replace(
            line,
            line_id=f"new-{line.line_id}",
            order=line.order + 7,
            table=9,
            provision=(line.provision or "").replace("support", "suport") or None,
            service_printed=(line.service_printed or "").replace("-", "–").upper(),
        )
        for line in read_lines()
    ]
    groups = match(again, said).groups
    assert any({"new-B17", "new-C15"} <= set(group) for group in groups)


def test_a_listing_gives_a_service_one_line() -> None:
    ready = {line.line.line_id: line for line in prepare(read_lines())[0]}
    for group in match(read_lines()).groups:
        listings = [ready[line_id].listing for line_id in group]
        assert len(listings) == len(set(listings))


def test_acronyms_come_from_brackets_and_glossary_and_two_meanings_are_none() -> None:
    found = find_acronyms(
        ["Sexual Abuse Referral Centre (SARC) - Juniper Lodge", "Think Family (city)"],
        {"IOM": "Integrated Offender Management"},
    )
    assert found == {
        "sarc": "sexual abuse referral centre",
        "iom": "integrated offender management",
    }
    assert "sarc" not in find_acronyms(
        ["Sexual Abuse Referral Centre (SARC)", "Support After Rape Crisis (SARC)"], {}
    )


def test_a_name_is_its_telling_words_with_places_and_people_apart() -> None:
    publisher = read_publisher(read_lines()[0].publisher)
    name = read_service_name(
        "Youth Offending Service (YOS) contribution – Leicester City", publisher, {}
    )
    assert name.telling == {"youth", "offending"}
    assert name.generic == {"service", "contribution"}
    assert name.places == {"E06000016"}


def test_a_word_cut_short_counts() -> None:
    assert share(frozenset({"subs", "misuse"}), frozenset({"substance", "misuse"})) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("pounds", "is_it"), [(16000, True), (22500, True), (48200, False), (67906, False), (300, True)]
)
def test_a_round_sum_is_one_that_people_choose(pounds: int, is_it: bool) -> None:
    assert is_round(pounds * 100) is is_it


def test_a_slip_of_one_letter_in_a_long_word_is_no_other_word() -> None:
    assert share(frozenset({"offending", "yuoth"}), frozenset({"ofending", "youth"}))[0] < 1
    assert share(frozenset({"safegaurding"}), frozenset({"safeguarding"})) == (1.0, 1.0)
    assert share(frozenset({"mentoring"}), frozenset({"monitoring"}))[0] == 0


def test_lines_that_print_nothing_but_a_provider_are_told_by_it() -> None:
    base = next(line for line in read_lines() if line.line_id == "B26")
    bare = replace(base, service_printed=None, provision=None, reach_printed=None)
    later = replace(
        bare,
        line_id="later",
        document="later.pdf",
        amounts=tuple(replace(a, pence=1_234_500, financial_year="2018-19") for a in bare.amounts),
    )
    other = replace(later, provider_printed="Leicestershire Carers")
    assert match([bare, later]).groups == (("B26", "later"),)
    assert match([bare, other]).groups == (("B26",), ("later",))


def test_two_tables_of_one_document_with_two_figures_are_two_sums_of_money() -> None:
    one = next(line for line in read_lines() if line.line_id == "B26")
    other = replace(
        one,
        line_id="other",
        table=2,
        amounts=tuple(replace(amount, pence=9_900_000) for amount in one.amounts),
    )
    again = replace(one, line_id="again", table=2)
    assert match([one, other]).groups == (("B26",), ("other",))
    assert match([one, again]).groups == (("B26", "again"),)


# --- ids --------------------------------------------------------------------------------


def keys(*names: str) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name in names)


def test_an_id_is_minted_once_and_a_further_document_renames_nothing() -> None:
    ids, minted = give_ids([Named(keys("b 2017"), ("sarc-juniper-lodge",))], [])
    assert ids == ["sarc-juniper-lodge"]
    earlier = [Named(keys("a 2016", "b 2017", "c 2020"), ("sarc",))]
    assert give_ids(earlier, minted)[0] == ["sarc-juniper-lodge"]


def test_two_services_that_turn_out_to_be_one_keep_the_older_id() -> None:
    known = [("first", ("a",)), ("second", ("b",))]
    assert give_ids([Named(keys("b", "a"), ("third",))], known)[0] == ["first"]


def test_a_service_that_is_parted_leaves_its_id_to_the_older_part() -> None:
    known = [("whole", ("a",)), ("whole", ("b",))]
    groups = [Named(keys("a"), ("a",)), Named(keys("b"), ("b",))]
    assert give_ids(groups, known)[0] == ["whole", "b"]


def test_two_services_of_one_name_get_ids_that_tell_them_apart() -> None:
    groups = [
        Named(keys("a"), ("reviews", "reviews-city-council")),
        Named(keys("b"), ("reviews", "reviews-county-council")),
    ]
    assert give_ids(groups, [])[0] == ["reviews", "reviews-county-council"]


@given(st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_ids_do_not_depend_on_the_order_of_rows(seed: int) -> None:
    def ids_of(lines: list[BudgetLine]) -> dict[str, str]:
        ready = {line.line.line_id: line for line in prepare(lines)[0]}
        groups = match(lines).groups
        wanted = [
            Named(tuple(key_of(ready[i]) for i in group), (ready[group[0]].name.joined,))
            for group in groups
        ]
        return dict(zip((group[0] for group in groups), give_ids(wanted, [])[0], strict=True))

    lines = read_lines("other_lines.csv")
    assert ids_of(random.Random(seed).sample(lines, len(lines))) == ids_of(lines)
