"""What a document says of itself: title, publisher, kind, date, years, and what it replaces.

Nothing here is certain; whoever uses it marks it as a guess and lets the register overrule it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from normalizers.model import Text
from normalizers.narrative_amounts import find_dates, find_years

FILE = Path(__file__).with_name("facts.toml")
# Whose words count as the publisher's own: not those of comments, nor names in table cells.
OWN = ("title", "heading", "paragraph", "list_item", "text_box")
MARGINS = ("page_header", "page_footer")
HEAD = 40  # the first texts of a document are its first page or so
JUNK_TITLE = re.compile(
    r"^(?:microsoft|powerpoint|untitled|document\d*|slide \d|.*\.(?:docx?|pdf|xlsx?|pptx?|html?)$)"
    r"|^$",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?P<name>(?:[A-Z][\w’'&-]*\s(?:(?:and|of|for|the|&|[A-Z(][\w’'&)-]*)\s)*?)?"
    r"(?:Framework|Plan|Strategy|Budget|Report|Document|Policy|Statement|Programme)\b"
    r"(?:(?:\sfor)?\s(?:19|20)?\d\d\s?[-–—/]\s?(?:19|20)?\d\d)?)"
)
REPLACING = re.compile(
    r"\b(?P<verb>refreshes and (?:therefore )?replaces|updates and replaces|replaces|supersedes"
    r"|refreshes|(?:details|sets out|is|provides) (?:a|the) refresh of"
    r"|takes the place of|stands in (?:the )?place of)\b",
    re.IGNORECASE,
)


class FactsVocabularyError(ValueError):
    """facts.toml holds a key that nobody reads."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """That this document takes the place of another, for one year where it says so."""

    document: str
    financial_year: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself; None is a thing that its words do not tell.

    `published_on` is a date that the document prints as its own (ISO 8601, a day or a month);
    where it prints none, `published_evidence` says what its words allow to conclude.
    """

    title: str | None = None
    publisher: str | None = None
    kind: str | None = None
    published_on: str | None = None
    published_evidence: str | None = None
    financial_years: tuple[str, ...] = ()
    replaces: tuple[Replacement, ...] = ()


@cache
def _vocabulary() -> dict[str, Any]:
    whole = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known = {
        "publishers": {"pattern", "name"},
        "kinds": {"kind", "where", "pattern"},
        "names": {"leading", "generic"},
        "voice": {"before", "after"},
        "packs": {"heading", "kind"},
        "bodies": {"line"},
        "forces": {"commissioner", "force", "elsewhere", "name"},
        "titles": {"noun", "bare", "body"},
        "labels": {"title", "date", "publisher"},
        "dates": {"published"},
    }
    for name, value in whole.items():
        entries = value if isinstance(value, list) else [value]
        for number, entry in enumerate(entries, start=1):
            strange = sorted(set(entry) ^ known.get(name, set()))
            if strange:
                raise FactsVocabularyError(
                    f"{FILE.name}: [{name}] entry {number} has missing or unknown keys "
                    f"{', '.join(strange)}"
                )
    return whole


def infer(texts: Sequence[Text], properties: Mapping[str, str], file_name: str) -> Facts:
    """The facts that a document's own words tell; `properties` are the file's, untrusted."""
    title = _title(texts, properties, file_name)
    published_on, evidence = _published(texts)
    return Facts(
        title=title,
        publisher=_publisher(texts, title or "", file_name),
        kind=_kind(texts, title or "", properties, file_name),
        published_on=published_on,
        published_evidence=evidence,
        financial_years=_years(texts, title or "", file_name),
        replaces=tuple(_replacements(texts, title or "")),
    )


def _labelled(texts: Sequence[Text], labels: Sequence[str]) -> Iterator[str]:
    """What stands behind a label: `Date<tab>9 June 2014`, `Subject: …`, a cell beside its label."""
    spelt = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    pattern = re.compile(rf"^(?:{spelt})\s*(?::\s*|\t+\s*|\s{{2,}})(?P<rest>\S.*)", re.IGNORECASE)
    bare = re.compile(rf"^(?i:{spelt})\s+(?P<rest>[A-Z].*)")
    for text in texts[:HEAD]:
        line = text.text.strip()
        match = pattern.match(line) or (bare.match(line) if len(line.split()) < 16 else None)
        if match:
            yield " ".join(match["rest"].split())
        elif text.heading.rpartition(" › ")[2].lower().rstrip(" :") in labels:
            yield " ".join(line.split())


def _title(texts: Sequence[Text], properties: Mapping[str, str], file_name: str) -> str | None:
    """The printed title that names a document, no body; else a label's, the file's, a heading."""
    words = _vocabulary()["titles"]
    noun = re.compile(words["noun"], re.IGNORECASE)
    body = re.compile(words["body"], re.IGNORECASE)
    bare = re.compile(words["bare"], re.IGNORECASE)
    titles = [" ".join(text.text.split()) for text in texts[:HEAD] if text.kind == "title"]
    headings = [" ".join(text.text.split()) for text in texts[:HEAD] if text.kind == "heading"]
    labelled = next(_labelled(texts, _vocabulary()["labels"]["title"]), None)
    for number, title in enumerate(titles):
        if labelled and bare.match(title):
            continue
        if noun.search(title) and not body.search(title):
            below = titles[number + 1] if number + 1 < len(titles) else ""
            return f"{title} {below}" if find_years(below) and not find_years(title) else title
    if labelled:
        return labelled.capitalize() if labelled.isupper() else labelled
    given = " ".join((properties.get("title") or properties.get("Title") or "").split())
    if given and not JUNK_TITLE.match(given):
        longer = [t for t in (*titles, *headings) if t.casefold().startswith(given.casefold())]
        return longer[0] if longer else given
    shown = [title for title in (*titles, *headings) if not body.search(title)]
    shown.sort(key=lambda title: noun.search(title) is None)
    if shown:
        return shown[0]
    name = re.sub(r"[-_\s]+", " ", Path(file_name).stem).strip()
    return name or None


def _publisher(texts: Sequence[Text], title: str, file_name: str) -> str | None:
    """The organisation that title, labels, first page, running heads and its own voice name.

    Being named in the text is not enough: a framework names many councils that it pays.
    """
    vocabulary = _vocabulary()
    told = list(_labelled(texts, vocabulary["labels"]["publisher"]))
    own = [" ".join(text.text.split()) for text in texts if text.kind in OWN]
    first = " | ".join(own[:12])
    margins = {" ".join(text.text.split()) for text in texts if text.kind in MARGINS}
    stem = re.sub(r"[-_]+", " ", Path(file_name).stem)
    weighed = [(title, 30), *((text, 20) for text in told), (first, 10), (stem, 10)]
    weighed += [(words, 15) for words in sorted(margins)]
    counts: dict[str, int] = {}
    spelt: dict[str, str] = {}
    shown_first = [text for text in texts if text.kind in OWN][:3]
    for text in shown_first:
        words = " ".join(text.text.split())
        if text.kind in ("title", "heading") and re.match(vocabulary["bodies"]["line"], words):
            name = words.title() if words.isupper() else words
            key = re.sub(r"\W+", "", name).casefold()
            spelt[key], counts[key] = name, 25
    for words, weight in weighed:
        for shown, _, _ in _organisations(words):
            key = re.sub(r"\W+", "", shown).casefold()
            spelt.setdefault(key, shown)
            counts[key] = counts.get(key, 0) + weight
    for text in texts:
        if text.kind not in OWN:
            continue
        words = " ".join(text.text.split())
        for shown, start, end in _organisations(words):
            if any(
                re.search(p, words[:start], re.IGNORECASE) for p in vocabulary["voice"]["before"]
            ) or any(
                re.search(p, words[end:], re.IGNORECASE) for p in vocabulary["voice"]["after"]
            ):
                key = re.sub(r"\W+", "", shown).casefold()
                spelt.setdefault(key, shown)
                counts[key] = counts.get(key, 0) + 20
    best = max(counts, key=lambda key: counts[key], default=None)
    return spelt[best] if best else _commissioner_of_the_force(texts)


def _commissioner_of_the_force(texts: Sequence[Text]) -> str | None:
    """The commissioner whose force a document names, where it speaks of "the Commissioner" only."""
    words = _vocabulary()["forces"]
    if not any(re.search(words["commissioner"], text.text) for text in texts):
        return None
    named: Counter[str] = Counter()
    for text in texts:
        for match in re.finditer(words["force"], text.text):
            if match["of"] not in words["elsewhere"]:
                named[match["of"]] += 1
    (first, *others) = named.most_common(2) or [("", 0)]
    if not first[0] or (others and others[0][1] * 2 > first[1]):
        return None
    return str(words["name"]).format(of=first[0])


def _organisations(words: str) -> Iterator[tuple[str, int, int]]:
    """Names of public bodies in some words, with where they begin and end."""
    vocabulary = _vocabulary()
    leading = {word.casefold() for word in vocabulary["names"]["leading"]}
    generic = {word.casefold() for word in vocabulary["names"]["generic"]}
    taken: list[tuple[int, int]] = []
    for entry in vocabulary["publishers"]:
        for match in re.finditer(entry["pattern"], words):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            of = match["of"].strip(" ,&")
            while of.split() and of.split()[0].casefold() in leading:
                of = of.partition(" ")[2]
            parts = [part for part in re.findall(r"[\w’'-]+", of) if part[0].isupper()]
            if "The" in parts or all(part.casefold() in generic for part in parts):
                continue
            taken.append(match.span())
            shown = entry["name"].format(of=of.title() if of.isupper() else of)
            yield shown, match.start(), match.end()


def _kind(
    texts: Sequence[Text], title: str, properties: Mapping[str, str], file_name: str
) -> str | None:
    vocabulary = _vocabulary()
    pack = re.compile(vocabulary["packs"]["heading"], re.IGNORECASE)
    if sum(1 for text in texts if text.kind == "heading" and pack.search(text.text)) > 1:
        return str(vocabulary["packs"]["kind"])
    headings = [text.text for text in texts[:HEAD] if text.kind in ("title", "heading")][:4]
    stem = re.sub(r"[-_]+", " ", Path(file_name).stem)
    places = {
        "title": "\n".join([title, *headings, stem]),
        "head": "\n".join(text.text for text in texts[:HEAD]),
        "text": "\n".join(text.text for text in texts),
    }
    # What the title alone says outweighs what headings and file name add.
    for narrow in (True, False):
        for entry in vocabulary["kinds"]:
            where = title if narrow and entry["where"] == "title" else places[entry["where"]]
            if narrow and entry["kind"] == "report":
                continue
            if re.search(entry["pattern"], where, re.IGNORECASE):
                return str(entry["kind"])
    return None


def _published(texts: Sequence[Text]) -> tuple[str | None, str | None]:
    for told in _labelled(texts, _vocabulary()["labels"]["date"]):
        for found in find_dates(told):
            return found.value, None
    before = re.compile(_vocabulary()["dates"]["published"], re.IGNORECASE)
    for text in texts:
        for found in find_dates(text.text):
            if before.search(text.text[: found.start]):
                return found.value, None
    for text in texts[:HEAD]:
        whole = text.text.strip()
        for found in find_dates(whole):
            if found.start == 0 and found.end == len(whole):
                return None, f"“{whole}” stands alone near the beginning, perhaps its date"
    latest: tuple[str, str] | None = None
    for text in texts:
        for found in find_dates(text.text):
            happened = re.search(
                r"\b(?:was|were|has|have|had|agreed|announced|formed|commenced|since|held)\b",
                text.text[max(0, found.start - 90) : found.end + 60],
            ) and not re.search(
                r"\b(?:to|until|till|by|before|end of|from|of)(?: the)?\s*$",
                text.text[: found.start],
            )
            if happened and found.value and (latest is None or found.value > latest[0]):
                latest = (found.value, text.text[found.start : found.end])
    if latest is None:
        return None, None
    return None, f"not before {latest[1]}, the latest date that it speaks of as past"


def _years(texts: Sequence[Text], title: str, file_name: str) -> tuple[str, ...]:
    """Years of the title; else of sentences with money; else all that the text names."""

    def single(value: str | None) -> list[str]:
        if value is None:
            return []
        first, until = int(value[:4]), int(value[5:])
        span = (until - first) % 100
        return [f"{year}-{(year + 1) % 100:02d}" for year in range(first, first + span)]

    titled = [
        y for found in find_years(f"{title}\n{Path(file_name).stem}") for y in single(found.value)
    ]
    if titled:
        return tuple(sorted(set(titled)))
    moneyed: set[str] = set()
    named: Counter[str] = Counter()
    for text in texts:
        if text.kind == "provider":
            continue
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z£])|\n", text.text):
            years = {y for found in find_years(sentence) for y in single(found.value)}
            named.update(years)
            if "£" in sentence:
                moneyed |= years
    repeated = {year for year, count in named.items() if count > 1}
    return tuple(sorted(moneyed or repeated or named))


def _replacements(texts: Sequence[Text], title: str) -> Iterator[Replacement]:
    """Sentences by which the document says that it refreshes or replaces another."""
    for text in texts:
        for raw in re.split(r"(?<=[.!?])\s+(?=[A-Z£“])", text.text):
            sentence = " ".join(raw.split())
            verb = REPLACING.search(sentence)
            if verb is None or re.search(r"\b(?:be|been|being|will)\s*$", sentence[: verb.start()]):
                continue
            named = NAMED.search(sentence, verb.end())
            if named is None or re.search(r"[.;:]", sentence[verb.end() : named.start()]):
                continue
            behind = [f.value for f in find_years(sentence) if f.start >= named.end()]
            if not behind and re.search(r"\bthis (?:one |financial )?year\b", sentence):
                behind = [found.value for found in find_years(title)]
            if not behind:
                behind = [f.value for f in find_years(named["name"]) if _is_single(f.value)]
            year = behind[-1] if behind else None
            yield Replacement(" ".join(named["name"].split()), year, sentence)


def _is_single(year: str | None) -> bool:
    return year is not None and (int(year[5:]) - int(year[:4])) % 100 == 1
