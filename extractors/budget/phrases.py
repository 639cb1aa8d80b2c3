"""Entries of lists of awards: `Hill Trust – £2,250 for a drop-in`, `Fraud clinics: £8,400 to …`."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.budget.asked import asks, read_asked
from extractors.budget.clauses import (
    AMOUNT,
    YEAR,
    Award,
    Sum,
    is_body,
    plain_line,
    shown_again,
    sums_in,
    without_asides,
)
from extractors.budget.one_award import is_name, read_one
from extractors.budget.several_awards import read_several
from extractors.budget.splitting import dated_sums, reads_like_name
from extractors.budget.vocabulary import award_words

_SENTENCES = re.compile(r"(?<=[.!?])(?<!St\.)(?<!Dr\.)\s+(?=[A-Z“\"£])")


def read_entry(text: str) -> list[Award]:
    """The awards of one list entry, or none where it is not shaped like one."""
    sentences = _SENTENCES.split(" ".join(text.replace("\t", " – ").split()))
    at = next((n for n, sentence in enumerate(sentences) if "£" in sentence), None)
    if at is None or at > 1 or any("£" in sentence for sentence in sentences[at + 1 :]):
        return _several_sentences(sentences)
    after = " ".join(sentences[at + 1 :]).strip()
    if at and re.fullmatch(AMOUNT, plain_line(sentences[at])):
        # Men’s Shed. £3,875. Lathe and dust extraction.
        found = _read_sentence(f"{sentences[0].rstrip('. ')}: {sentences[at]}")
        return [_with_remark(award, after) if after else award for award in found]
    found = [_run_by(award) for award in _read_sentence(sentences[at])]
    if at and found:
        return [_under(sentences[0], award) for award in found]
    if after and len(found) == 1:
        return [_with_remark(found[0], after)]
    return found


def _several_sentences(sentences: list[str]) -> list[Award]:
    if asks(sentences[0]):
        return _read_sentence(" ".join(sentences))
    found: list[Award] = []
    for sentence in sentences:
        if "£" not in sentence:
            continue
        awards = _read_sentence(sentence)
        if not awards:
            return []
        found += awards
    return found


def _run_by(award: Award) -> Award:
    """An award whose words end in who is paid: `Interpretation boards by Wharf Heritage Group`."""
    words = award.first if not (award.provider or award.second) else None
    match = re.fullmatch(
        r"(?P<what>[A-Z].*?[a-z].*)\s(?:run |led )?by\s(?P<who>(?:the )?[A-Z].*)", words or ""
    )
    if match is None or len(match["who"].split()) < 2 or not reads_like_name(match["who"]):
        return award
    if award.purpose:
        return replace(award, first=None, provider=match["who"], service=match["what"])
    return replace(award, first=None, provider=match["who"], purpose=match["what"])


def _under(lead: str, award: Award) -> Award:
    """An award whose name stands in a sentence of its own before it: `Hill Trust. £500 for …`."""
    name = lead.strip(" .")
    if award.provider or award.first or not is_name(name):
        return award
    return replace(award, first=name)


def _with_remark(award: Award, remark: str) -> Award:
    """A sentence after an award says what it is for, where nothing else does."""
    if award.purpose or award.second or (award.service and award.provider):
        return replace(award, note=award.note or remark)
    if award_words("sentence").search(remark):
        return replace(award, note=award.note or remark)
    return replace(award, purpose=remark.rstrip(" ."))


def _read_sentence(sentence: str) -> list[Award]:
    # `To the Repair Café, £95 for testing` names who is paid, as `Repair Café, £95 …` does.
    shown = re.sub(r"^To (?:the )?(?=[A-Z])", "", plain_line(sentence))
    if asks(shown):
        asked = read_asked(shown)
        return [asked] if asked else []
    dated = dated_sums(shown)
    if dated:
        return _over_years(shown, dated)
    each = _each(shown)
    if each:
        return each
    shown, products = without_asides(_without_story(shown))
    count = sums_in(shown)
    if count == 0 or "“" in shown:
        return []
    if count == 1:
        award = read_one(shown)
        found = [award] if award else []
    else:
        found = read_several(shown)
    return [_finished(award, products) for award in found]


def _without_story(shown: str) -> str:
    """An award without what is told after a semicolon, in a sentence that gives to nobody:
    `Horsewatch – property marking; saddle thefts cost owners an estimated £62,000`."""
    award, _, story = shown.partition("; ")
    gives = any(award_words(w).search(story) for w in ("given", "giving", "receives"))
    told = story[:1].islower() and award_words("sentence").search(story) and not gives
    own = sums_in(award) == sums_in(story) == 1
    return (
        award
        if own and told and not re.search(r"\b(?:to|for)\s+(?:the\s+)?[A-Z]", story)
        else shown
    )


_EACH = re.compile(
    rf"^(?:[^£]*?\bof\s+)?(?P<first>{AMOUNT})\s+(?:each\s+)?(?:to|for)(?:\s+each of)?:?\s+"
    r"(?P<to>[^£]+)$|"
    r"^(?P<names>[^£]+?)\s*(?:[:–—,-]|\beach\b|\b(?:will\s+)?receives?\b|\bgets?\b|\s)+\s*"
    rf"(?P<last>{AMOUNT})\s+each(?:,?\s+(?P<purpose>(?:for|towards)\s[^£]+))?$"
)


def _each(shown: str) -> list[Award]:
    """`£500 each to Dale Scouts and Hill Guides`: the same sum for all that are named."""
    match = _EACH.match(shown) if re.search(r"\beach\b", shown) else None
    if match is None:
        return []
    said, purpose = (match["to"] or match["names"]).strip(" ,–-:"), match["purpose"]
    # `for kit` says what for, `Action for Children` is a name.
    what_for = re.search(r",?\s+(?P<purpose>(?:for|towards)\s[a-z].*)$", said)
    if what_for:
        said, purpose = said[: what_for.start()], what_for["purpose"]
    names = re.split(r"\s*,\s*(?:and\s+)?(?:to\s+)?|\s+and\s+(?:to\s+)?", said)
    if len(names) < 2 or not all(reads_like_name(name) and is_body(name) for name in names):
        return []
    text = match["first"] or match["last"]
    return [Award((Sum(text, f"{text} each"),), name, purpose=purpose) for name in names]


def _finished(award: Award, products: dict[str, Sum]) -> Award:
    return replace(
        award,
        sums=tuple(products.get(one.text, one) for one in award.sums),
        service=shown_again(award.service),
        purpose=shown_again(award.purpose),
        second=shown_again(award.second),
    )


_DATED = re.compile(
    rf"(?:\s*(?:,|;|\band\b|[–:(-]|\bin\b|\bfor\b)?\s*(?:{AMOUNT}|\(?(?:{YEAR})\)?))+", re.I
)


def _over_years(shown: str, dated: list[tuple[str, str]]) -> list[Award]:
    """One award with a sum for each of several years."""
    run = max(
        (m for m in _DATED.finditer(shown) if "£" in m[0]), key=lambda m: len(m[0]), default=None
    )
    if run is None or sums_in(run[0]) != len(dated):
        return []
    award = read_one(f"{shown[: run.start()]} – {dated[0][0]} {shown[run.end() :].lstrip(' ,)')}")
    if award is None:
        return []
    return [replace(award, sums=tuple(Sum(text, text, year) for text, year in dated))]
