"""Printed places, funding and sections in common vocabularies."""

import pytest
from bench_lines import GLOSSARY, LEICESTERSHIRE

from normalizers.places import covered, read_reach
from normalizers.publishers import read_publisher
from normalizers.vocabularies import read_mechanism, read_theme

PUBLISHER = read_publisher(LEICESTERSHIRE)
CITY, COUNTY, RUTLAND = "E06000016", "E10000018", "E06000017"


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("LLR", {CITY, COUNTY, RUTLAND}),
        ("Leicester, Leicestershire and Rutland", {CITY, COUNTY, RUTLAND}),
        ("City", {CITY}),
        ("Leicester City", {CITY}),
        ("County", {COUNTY}),
        ("Leicestershire County and Rutland (not city)", {COUNTY, RUTLAND}),
        ("Leicestershire County and Rutland (excluding Leicester City)", {COUNTY, RUTLAND}),
        ("Leicestershire County and Leicester (not Rutland)", {CITY, COUNTY}),
        ("Charnwood", {"E07000130"}),
        ("Hinckley & Bosworth", {"E07000132"}),
        ("Nationwide", {"K02000001"}),
        ("East Midlands", {"E12000004"}),
        ("Force wide", {"E23000021"}),
        ("Nottinghamshire", {"E10000024"}),
    ],
)
def test_a_place_is_a_set_of_official_areas(printed: str, codes: set[str]) -> None:
    reach = read_reach(printed, PUBLISHER, GLOSSARY[LEICESTERSHIRE])
    assert reach.codes == codes
    assert reach.known


@pytest.mark.parametrize("printed", ["Sub - Leicester City", "Sub-Leicester City"])
def test_a_part_of_a_place_says_so(printed: str) -> None:
    reach = read_reach(printed, PUBLISHER, {})
    assert (reach.codes, reach.part, reach.label) == ({CITY}, True, "part of Leicester")


def test_a_place_that_nobody_knows_keeps_its_words() -> None:
    reach = read_reach("Ashvale and Rutland", PUBLISHER, {})
    assert not reach.known
    assert [(area.code, area.name) for area in reach.areas] == [
        (None, "ashvale"),
        (RUTLAND, "Rutland"),
    ]


def test_an_acronym_without_glossary_is_not_guessed() -> None:
    assert not read_reach("LLR", PUBLISHER, {}).known


def test_the_three_councils_areas_are_the_whole_police_area() -> None:
    parts = covered(frozenset({CITY, COUNTY, RUTLAND}))
    assert parts == covered(frozenset({"E23000021"}))
    assert len(parts) == 9


def test_the_city_of_another_publisher_is_another_city() -> None:
    publisher = read_publisher("Police and Crime Commissioner for Nottinghamshire")
    assert read_reach("City", publisher, {}).codes == {"E06000018"}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Procured – sole funded", "procured, sole funded"),
        ("Procured – Jointly funded (with NHS England)", "procured, jointly funded"),
        ("Co-com", "co-commissioned"),
        ("Grant Funded", "grant"),
        ("Grand Funded", "grant"),
        ("PCC Grant", "grant"),
        ("PLF", "partnership fund"),
        ("Direct", "direct"),
        ("Statutory Contribution", "statutory contribution"),
        ("Not Applicable", "not applicable"),
    ],
)
def test_funding_is_told_in_common_words(printed: str, name: str) -> None:
    term = read_mechanism(printed)
    assert term is not None and term.name == name


def test_a_misprint_says_what_it_was_read_as() -> None:
    term = read_mechanism("Grand Funded")
    assert term is not None and term.reason == "a misprint of “grant funded”"


def test_funding_that_nobody_knows_is_not_guessed() -> None:
    assert read_mechanism("Levy") is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("VICTIMS", "victims"),
        ("Supporting Victims and Witnesses", "victims"),
        ("Reducing Offending and Re-offending", "reducing offending"),
        ("Protecting the Vulnerable", "vulnerability"),
        ("PREVENTION", "prevention"),
        ("Making Communities & Neighbourhoods Safer", "communities"),
        ("CROSS CUTTING/PARTNERSHIP", "cross-cutting"),
    ],
)
def test_a_section_is_a_theme(printed: str, name: str) -> None:
    term = read_theme(printed)
    assert term is not None and term.name == name
