"""The rules by which two lines are linked without a person, each in a sentence.

Every rule asks for two kinds of evidence that do not follow from each other, and that nothing
speaks against: neither place nor people apart, nor one a part of the other.
"""

from __future__ import annotations

from normalizers.evidence import Comparison

NAMED = ("same_words", "same_telling_words")
WITHIN = ("long_one_within_the_other", "one_within_the_other")
SAME_PROVIDER = ("same", "shared")
SAME_SUM = ("same_year_same_figure", "continued_unusual")


def rule_of(pair: Comparison) -> str | None:
    """The rule by which a pair may be linked without a person, in words; None where none fits."""
    name, provider = pair.level("name"), pair.level("provider")
    amount, provision = pair.level("amount"), pair.level("provision")
    place, people = pair.level("place"), pair.level("people")
    if place in ("apart", "narrower") or people in ("contrast", "narrower"):
        return None
    if amount == "very_far" and provision == "different":
        return None
    one_document = pair.earlier.line.document == pair.later.line.document
    if one_document and amount in ("same_year_other_figure", "unknown"):
        return None  # two tables of one document with two figures for a year: not the same money
    if place == "other_words" and provider not in SAME_PROVIDER:
        return None
    own_words = pair.earlier.own_description and pair.later.own_description
    if pair.earlier.named_by_provider and pair.later.named_by_provider:
        same = pair.earlier.providers and pair.earlier.providers == pair.later.providers
        return "nothing but the provider is printed, the same in both" if same else None
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
        if provision == "names_it" and amount not in ("far", "very_far"):
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
