"""Mentions in running text: money, percentages, years, dates, codes, funds, each in its sentence.

The only module that knows spaCy. It uses a blank English pipeline with rules of our own: no
model is downloaded, and the same text always gives the same mentions. spaCy is imported when
the first text comes that needs it: one with an amount, a fund, or a mention among sentences.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from normalizers.model import Text
from normalizers.narrative_amounts import Found, find_all
from normalizers.narrative_vocabulary import Vocabulary, load

AMOUNTS = ("money", "percentage")
ENDERS = frozenset(".!?…")
CLOSERS = frozenset("\"'’”)]")
OPENERS = frozenset("\"'‘“([•£")


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing mentioned in a text.

    `kind` is money, percentage, financial_year, date, fund, or the kind of a code (intention,
    priority). `start` is where it begins in the text of `key`, `sentence` its sentence with
    single spaces, `sentence_number` that sentence's place in the text from 0. Money has `pence`
    (`pence_to` for the upper end of a range; `step_pence` is what the last printed digit is
    worth), percentages `percent`, the rest `value`. `qualifier` is over, more than, up to,
    increase, reduction or None; `qualifier_words` are the words that stand beside the amount.
    """

    key: str
    kind: str
    printed: str
    start: int
    sentence: str
    sentence_number: int
    pence: int | None = None
    pence_to: int | None = None
    step_pence: int | None = None
    percent: float | None = None
    value: str | None = None
    qualifier: str | None = None
    qualifier_words: str | None = None


def read_mentions(texts: Iterable[Text]) -> tuple[Mention, ...]:
    """The mentions of some running text, in the order of the texts and of their words."""
    mentions: list[Mention] = []
    for text in texts:
        found = find_all(text.text, load())
        if _needs_grammar(text.text, found):
            mentions += _mentions(pipeline()(text.text), text.key)
        elif found:
            mentions += _mentions_of_one_sentence(text, found)
    return tuple(mentions)


def needs_grammar(text: str) -> bool:
    """Whether spaCy must read a text before its mentions are known."""
    return _needs_grammar(text, find_all(text, load()))


def _needs_grammar(text: str, found: Sequence[Found]) -> bool:
    if any(head in text for head in load().fund_heads):
        return True
    if any(part.kind in AMOUNTS for part in found):
        return True
    # Whatever ends a sentence within the text, or may do so; at its very end nothing follows.
    within = text.rstrip("".join(ENDERS))
    return bool(found) and any(mark in within for mark in (*ENDERS, "\n", "\t"))


def _mentions_of_one_sentence(text: Text, found: Iterable[Found]) -> list[Mention]:
    """What `_mentions` gives for a text that is one sentence and tells of no amount and no fund."""
    sentence = " ".join(text.text.split()).removeprefix("• ")
    return [
        Mention(
            text.key,
            part.kind,
            text.text[part.start : part.end].strip(),
            part.start,
            sentence,
            0,
            value=part.value,
        )
        for part in found
    ]


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each with single spaces."""
    return tuple(
        " ".join(span.text.split()) for span in pipeline()(text).sents if span.text.strip()
    )


@cache
def pipeline() -> Any:
    """The blank English pipeline with our tokens, entities, qualifiers and sentences."""
    vocabulary = load()
    nlp = _spacy().blank("en")
    base = nlp.tokenizer
    for abbreviation in sorted(vocabulary.abbreviations):
        for form in {abbreviation, abbreviation.capitalize()}:
            base.add_special_case(form, [{"ORTH": form}])

    def tokenise(text: str) -> Any:
        return _tokenise(base, text, vocabulary)

    nlp.tokenizer = tokenise
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(_fund_patterns(vocabulary))
    _register()
    nlp.add_pipe("spendtrail_sentences")
    nlp.add_pipe("spendtrail_qualifiers")
    return nlp


def _spacy() -> Any:
    """spaCy without its own command line, which takes as long to import as a third of the rest."""
    aside = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    aside["spacy.cli.info"].info = None  # type: ignore[attr-defined]
    new = "spacy" not in sys.modules
    if new:
        sys.modules.update(aside)
    import spacy

    if new:
        for name in aside:
            del sys.modules[name]
    return spacy


def _tokenise(base: Any, text: str, vocabulary: Vocabulary) -> Any:
    """A Doc in which everything found by its printed form is one token, spaces and all."""
    from spacy.tokens import Doc

    found = find_all(text, vocabulary)
    if not found:
        doc = base(text)
        doc.user_data["found"] = {}
        return doc
    words: list[str] = []
    spaces: list[bool] = []
    at: dict[int, Found] = {}
    position = 0
    for part in (*found, None):
        gap = text[position : part.start if part else len(text)]
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            for token in base(gap):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        if part:
            at[len(words)] = part
            words.append(text[part.start : part.end])
            spaces.append(False)
            position = part.end
    doc = Doc(base.vocab, words=words, spaces=spaces)
    doc.user_data["found"] = at
    return doc


def _fund_patterns(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """`Partnership Locality Fund`, `PCC Grant`, `Fund for Victims`: capitals before a head."""
    outside = ["Appendix", "Annex", "Table", "Figure", "Section", "Part", "Page"]
    capital = {"TEXT": {"REGEX": r"^[A-Z][\w’'&-]+$", "NOT_IN": outside}}
    joiner = {"LOWER": {"IN": list(vocabulary.fund_joiners)}}
    head = {"TEXT": {"IN": list(vocabulary.fund_heads)}}
    articles = [*outside, "The", "A", "An", "This", "Our", "Of", "In", "For", "All", "Each"]
    first = {"TEXT": {"REGEX": r"^[A-Z][\w’'&-]+$", "NOT_IN": articles}}
    return [
        {"label": "FUND", "pattern": [first, *middle, head]}
        for middle in (
            [],
            [capital],
            [capital, capital],
            [capital, capital, capital],
            [joiner, capital],
            [capital, joiner, capital],
        )
    ]


def _register() -> None:
    """Make our two components known to spaCy, which finds components by name."""
    from spacy.language import Language

    if not Language.has_factory("spendtrail_sentences"):
        Language.component("spendtrail_sentences", func=_mark_sentences)
        Language.factory("spendtrail_qualifiers", func=_make_qualifiers)


def _mark_sentences(doc: Any) -> Any:
    """Set sentence starts: after a full stop before a capital, and at every line or bullet.

    A stop inside an amount is part of its token; one in an abbreviation or a printed number
    (`3.2`, `(i.e. 2 years plus)`) is part of a token too, or no capital follows it.
    """
    abbreviations = load().abbreviations
    starts = False
    ended = False
    for index, token in enumerate(doc):
        token.is_sent_start = index == 0 or starts
        starts = False
        text = token.text
        if "\n" in text or "\t" in text:
            starts, ended = True, False
            continue
        if index and doc[index - 1].text[-1:] == "." and _ends(doc, index - 1, abbreviations):
            ended = True
        if text in ENDERS or (text[-1] in ENDERS and _ends(doc, index, abbreviations)):
            ended = True
        elif text not in CLOSERS and not text.isspace():
            ended = False
        if ended and index + 1 < len(doc):
            following = doc[index + 1]
            if following.text in CLOSERS and not token.whitespace_:
                continue
            first = following.text[0]
            if token.whitespace_ or following.is_space or text.isspace():
                opens = first.isupper() or first.isdigit() or first in OPENERS
                starts = opens and not following.is_space
    return doc


def _ends(doc: Any, index: int, abbreviations: frozenset[str]) -> bool:
    """Whether a token that ends in a stop also ends the sentence: no abbreviation, no initial."""
    text = doc[index].text
    if text in ENDERS:
        return True
    return (
        text[-1:] in ENDERS
        and text.lower() not in abbreviations
        and not re.fullmatch(r"(?:[A-Za-z]\.)+", text)
    )


def _make_qualifiers(nlp: Any, name: str) -> Callable[[Any], Any]:
    """The component that finds the words beside each amount, with Matcher patterns."""
    from spacy.matcher import Matcher

    vocabulary = load()
    amount = {"_": {"amount": True}}
    between = {"IS_PUNCT": False, "IS_SPACE": False, "_": {"amount": False}, "OP": "{0,5}"}
    from spacy.tokens import Token

    if not Token.has_extension("amount"):
        Token.set_extension("amount", default=False)

    def tokens(phrase: str) -> list[dict[str, Any]]:
        pattern: list[dict[str, Any]] = []
        for word in phrase.split():
            if word == "…":
                pattern.append(between)
            else:
                pattern += [{"LOWER": t.text} for t in nlp.tokenizer(word)]
        return pattern

    matcher = Matcher(nlp.vocab)
    meaning: dict[int, tuple[str, str | None]] = {}
    for side, phrases in (("before", vocabulary.before), ("after", vocabulary.after)):
        for number, (qualifier, phrase) in enumerate(phrases):
            label = f"{side} {number}"
            pattern = tokens(phrase)
            matcher.add(label, [[*pattern, amount] if side == "before" else [amount, *pattern]])
            meaning[nlp.vocab.strings[label]] = (side, qualifier)
    ways = Matcher(nlp.vocab)
    for number, (way, phrase) in enumerate(vocabulary.direction):
        label = f"{way} {number}"
        ways.add(label, [tokens(phrase)])
        meaning[nlp.vocab.strings[label]] = (way, way)

    def qualify(doc: Any) -> Any:
        found: dict[int, Found] = doc.user_data["found"]
        where = {i for i, part in found.items() if part.kind in AMOUNTS}
        qualified: dict[int, tuple[str | None, str]] = {}
        doc.user_data["qualified"] = qualified
        if not where:
            return doc
        for index in where:
            doc[index]._.amount = True
        best: dict[int, tuple[tuple[int, int], str | None, str]] = {}
        for label, start, end in matcher(doc):
            side, qualifier = meaning[label]
            index = end - 1 if side == "before" else start
            words = doc[start : end - 1] if side == "before" else doc[start + 1 : end]
            if doc[start].sent != doc[end - 1].sent:
                continue
            rank = (int(side == "before"), end - start)
            # Words after an amount count only where the words before give no qualifier.
            if qualifier is None:
                rank = (-1, end - start)
            if index not in best or rank > best[index][0]:
                best[index] = (rank, qualifier, words.text)
        for index, (_, qualifier, words) in best.items():
            qualified[index] = (qualifier, words)
        for index in sorted(where - {i for i, (q, _) in qualified.items() if q}):
            if index and doc[index - 1].lower_ == "by":
                sentence = doc[index].sent
                earlier = [
                    (end, meaning[label][1]) for label, _, end in ways(doc[sentence.start : index])
                ]
                if earlier:
                    qualified[index] = (max(earlier, key=lambda way: way[0])[1], "by")
        return doc

    return qualify


def _mentions(doc: Any, key: str) -> list[Mention]:
    found: dict[int, Found] = doc.user_data["found"]
    qualified: dict[int, tuple[str | None, str]] = doc.user_data["qualified"]
    funds = {entity.start: entity for entity in doc.ents if entity.label_ == "FUND"}
    mentions = []
    for number, span in enumerate(s for s in doc.sents if s.text.strip()):
        sentence = " ".join(span.text.split()).removeprefix("• ")
        for index in range(span.start, span.end):
            if index in found:
                part = found[index]
                qualifier, words = qualified.get(index, (None, None))
                mentions.append(
                    Mention(
                        key=key,
                        kind=part.kind,
                        printed=doc[index].text.strip(),
                        start=doc[index].idx,
                        sentence=sentence,
                        sentence_number=number,
                        pence=part.pence,
                        pence_to=part.pence_to,
                        step_pence=part.step_pence,
                        percent=part.percent,
                        value=part.value,
                        qualifier=qualifier,
                        qualifier_words=words,
                    )
                )
            elif index in funds:
                printed = " ".join(funds[index].text.split())
                mentions.append(
                    Mention(key, "fund", printed, doc[index].idx, sentence, number, value=printed)
                )
    return mentions


def of_kind(mentions: Sequence[Mention], *kinds: str) -> tuple[Mention, ...]:
    """The mentions of some kinds."""
    return tuple(mention for mention in mentions if mention.kind in kinds)
