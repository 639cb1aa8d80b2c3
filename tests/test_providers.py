"""Printed provider names and the organisations they stand for."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from bench_lines import LEICESTERSHIRE, prepare, read_lines
from hypothesis import given
from hypothesis import strategies as st

from normalizers.judgements import Judgements
from normalizers.organisations import councils, force_areas
from normalizers.provider_names import is_acronym, is_placeholder, name_key, parse_name
from normalizers.providers import PrintedName, read_providers
from normalizers.public_bodies import resolve_body
from normalizers.publishers import read_publisher

PUBLISHER = read_publisher(LEICESTERSHIRE)


def resolve(*names: str, terms: dict[str, str] | None = None) -> dict[str, list[tuple[str, str]]]:
    """Each printed name with the (organisation, role) pairs it stands for."""
    book = read_providers(
        [PrintedName("a.pdf", LEICESTERSHIRE, "2017-18", name) for name in names],
        {PUBLISHER.short: terms or {}},
        Judgements(),
    )
    return {
        name: [
            (book.providers[named.key].name if named.key else "", named.role)
            for named in book.of("a.pdf", name)
        ]
        for name in names
    }


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("Leicester City Council", "Leicester City Council"),
        ("Leicestershire County Council", "Leicestershire County Council"),
        ("Rutland CC", "Rutland County Council"),
        ("Rutland Council", "Rutland County Council"),
        ("Rutland CC Places Directorate", "Rutland County Council"),
        ("Leicester CC", "Leicester City Council"),
        ("NW Leicester District Council", "North West Leicestershire District Council"),
        ("Melton District Council", "Melton Borough Council"),
        ("the City Council", "Leicester City Council"),
        ("County Council", "Leicestershire County Council"),
        ("Force", "Leicestershire Police"),
        ("Police", "Leicestershire Police"),
        ("Leicestershire Constabulary", "Leicestershire Police"),
        ("PCC's office", "Office of the Police and Crime Commissioner for Leicestershire"),
        ("OPCC", "Office of the Police and Crime Commissioner for Leicestershire"),
        ("Leicestershire Partnership Trust", "Leicestershire Partnership NHS Trust"),
        ("Leicester Partnership Trust", "Leicestershire Partnership NHS Trust"),
        ("Nottingham University Hospital Trust", "Nottingham University Hospitals NHS Trust"),
        ("Bradford MDC", "City of Bradford Metropolitan District Council"),
        ("London Borough of Camden", "London Borough of Camden"),
    ],
)
def test_a_public_body_is_known_by_its_printed_names(printed: str, body: str) -> None:
    assert resolve(printed)[printed] == [(body, "provider")]


def test_city_and_county_stay_apart_and_what_fits_both_is_a_question() -> None:
    found = resolve_body("Leicester County Council", PUBLISHER, "2018-19")
    assert found is not None
    assert found.organisations == ()
    assert [body.name for body in found.candidates] == [
        "Leicester City Council",
        "Leicestershire County Council",
    ]


def test_a_council_is_the_one_of_the_document_s_year() -> None:
    dorset = read_publisher("Police and Crime Commissioner for Dorset")
    before = resolve_body("Dorset County Council", dorset, "2017-18")
    after = resolve_body("Dorset Council", dorset, "2020-21")
    assert before is not None and before.organisations[0].code == "E10000009"
    assert after is not None and after.organisations[0].code == "E06000059"


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        (
            "Inclusion Healthcare (via Leicester City Council)",
            [("Inclusion Healthcare", "provider"), ("Leicester City Council", "via")],
        ),
        (
            "Leicestershire Police to Reducing Re-offending Board",
            [("Leicestershire Police", "provider"), ("Reducing Re-offending Board", "partner")],
        ),
        (
            "Leicester City Council/ Leicestershire County Council",
            [("Leicester City Council", "provider"), ("Leicestershire County Council", "provider")],
        ),
        (
            "Leicestershire County Council and Leicester City Council",
            [("Leicestershire County Council", "provider"), ("Leicester City Council", "provider")],
        ),
        (
            "Partnership agreement with Leicester City Council",
            [("Leicester City Council", "provider")],
        ),
        ("24/7 Locks", [("24/7 Locks", "provider")]),
        ("United Against Violence and Abuse", [("United Against Violence and Abuse", "provider")]),
        (
            "Derbys, Leics, Notts and Rutland Community Rehabilitation Company",
            [("Derbys, Leics, Notts and Rutland Community Rehabilitation Company", "provider")],
        ),
        ("Help to Heal", [("Help to Heal", "provider")]),
        ("Catch22 (to be confirmed)", [("Catch22", "provider")]),
        (
            "Catch22 on behalf of Victim Support",
            [("Catch22", "provider"), ("Victim Support", "partner")],
        ),
    ],
)
def test_a_name_is_parsed_before_it_is_compared(printed: str, parts: list[tuple[str, str]]) -> None:
    def known(text: str) -> bool:
        return resolve_body(text, PUBLISHER, "2017-18") is not None

    assert [(part.text, part.role) for part in parse_name(printed, known)] == parts


def test_districts_and_boroughs_are_the_councils_of_the_area() -> None:
    printed = "Districts, Boroughs, Rutland and City councils"
    names = [name for name, _ in resolve(printed)[printed]]
    assert len(names) == 9
    assert {"Blaby District Council", "Rutland County Council", "Leicester City Council"} < set(
        names
    )
    assert "Leicestershire County Council" not in names


@pytest.mark.parametrize(
    "printed",
    [
        "TBC",
        "Various",
        "To be confirmed",
        "To be selected via competitive tender",
        "Various – To be confirmed via strategic commissioning review",
        "Multiple providers",
        "Out to tender",
    ],
)
def test_a_placeholder_is_never_an_organisation(printed: str) -> None:
    assert is_placeholder(printed)
    assert resolve(printed)[printed] == [("", "placeholder")]


@pytest.mark.parametrize(
    "printed", ["Various Artists Trust", "Turning Point", "Unseen", "None in Three"]
)
def test_a_name_that_looks_like_a_placeholder_is_a_name(printed: str) -> None:
    assert not is_placeholder(printed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24/7 Locks", "24-7 Locks"),
        ("Catch 22", "Catch22"),
        ("Go-Getta CIC", "Go-Getta Community Interest Company (CIC)"),
        ("Pedestrian Limited", "Pedestrian Ltd"),
        ("The Hampton Trust", "Hampton Trust"),
        ("Crimestoppers", "Crime stoppers National Hub"),
        ("Princes Trust", "The Prince’s Trust"),
    ],
)
def test_spellings_of_one_organisation_stand_together(one: str, other: str) -> None:
    found = resolve(one, other)
    assert found[one] == found[other]


def test_an_acronym_is_read_through_brackets_or_the_glossary() -> None:
    found = resolve("United Against Violence and Abuse (UAVA)", "UAVA")
    assert found["UAVA"] == [("United Against Violence and Abuse", "provider")]
    meaning = {"LPT": "Leicestershire Partnership Trust"}
    assert resolve("LPT", terms=meaning)["LPT"] == [
        ("Leicestershire Partnership NHS Trust", "provider")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leicester City Council", "Leicestershire County Council"),
        ("Age UK Leicester", "Age UK"),
        ("Derbyshire Police", "Leicestershire Police"),
        ("Turning Point", "Turning Heads"),
    ],
)
def test_names_that_are_merely_alike_are_not_one_organisation(one: str, other: str) -> None:
    found = resolve(one, other)
    assert found[one] != found[other]


def test_names_that_are_much_alike_are_a_question() -> None:
    book = read_providers(
        [PrintedName("a.pdf", LEICESTERSHIRE, None, n) for n in ("Barnados", "Barnardos")],
        {},
        Judgements(),
    )
    assert [(q.printed, q.same_as) for q in book.questions] == [("Barnados", "Barnardos")]


def test_what_a_person_decided_holds_both_ways() -> None:
    decided = Judgements(
        providers={
            (PUBLISHER.short, "barnados", "barnardos"): "yes",
            (PUBLISHER.short, "leicester county council", "leicestershire county council"): "yes",
        }
    )
    names = ("Barnados", "Barnardos", "Leicester County Council")
    book = read_providers(
        [PrintedName("a.pdf", LEICESTERSHIRE, None, name) for name in names], {}, decided
    )
    keys = [book.of("a.pdf", name)[0].key for name in names]
    assert keys[0] == keys[1]
    assert book.providers[keys[2] or ("", "")].code == "E10000018"
    assert not book.questions


def test_a_name_of_common_words_means_something_within_its_publisher_alone() -> None:
    kent = "Kent County Council"
    book = read_providers(
        [
            PrintedName("a.pdf", LEICESTERSHIRE, None, "Safety Partnership"),
            PrintedName("b.pdf", kent, None, "Safety Partnership"),
            PrintedName("a.pdf", LEICESTERSHIRE, None, "Victim Support Ltd"),
            PrintedName("b.pdf", kent, None, "Catch22"),
            PrintedName("a.pdf", LEICESTERSHIRE, None, "Catch 22"),
        ],
        {},
        Judgements(),
    )

    def key(document: str, name: str) -> object:
        return book.of(document, name)[0].key

    assert key("a.pdf", "Safety Partnership") != key("b.pdf", "Safety Partnership")
    assert key("a.pdf", "Catch 22") == key("b.pdf", "Catch22")


def test_every_name_of_the_five_documents_falls_into_its_organisation() -> None:
    """`provider_names.csv` was gone through name by name: none missing, none wrongly joined."""
    _, book = prepare(read_lines())
    found: dict[str, set[str]] = defaultdict(set)
    for (_, printed), named in book.names.items():
        for part in named:
            if part.role == "provider":
                found[printed].add(book.providers[part.key].name if part.key else "?")
    with (Path(__file__).parent / "bench" / "provider_names.csv").open(encoding="utf-8") as file:
        told = {row["printed"]: set(row["providers"].split("; ")) for row in csv.DictReader(file)}
    assert found == {printed: names for printed, names in told.items() if names != {"-"}}


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("SARC", "Sexual Abuse Referral Centre"),
        ("C2ARA", "Conditional Cautioning And Relationship Abuse"),
        ("CIC", "Go-Getta Community Interest Company"),
        ("ChISVA", "Child Independent Sexual Violence Advocate"),
    ],
)
def test_an_acronym_fits_the_name_before_it(short: str, name: str) -> None:
    assert is_acronym(short, name)


def test_other_brackets_are_no_acronyms() -> None:
    assert not is_acronym("city", "Think Family")
    assert not is_acronym("L&R YOS", "Leicestershire County Council")


def test_each_council_of_england_and_wales_lies_in_one_police_area() -> None:
    codes = {area.code for area in force_areas()}
    outside = [
        council.name
        for council in councils()
        if council.kind not in ("combined", "regional") and council.force_area not in codes
    ]
    assert outside == []


@given(st.text(alphabet="abc &’'-/()", max_size=20), st.sampled_from([" Ltd", " CIC", " plc"]))
def test_a_legal_form_makes_no_other_organisation(name: str, form: str) -> None:
    if name_key(name):
        assert name_key(name + form) == name_key(name)
