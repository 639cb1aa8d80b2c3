"""What a link on a publisher's page leads to: judged by its words, address and ending."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html

from pipeline.sources import Source

Judgement = Literal["take", "unsure", "other"]
YEARS = re.compile(r"(?<!\d)(20\d\d)\s*[-–/_]\s*(20)?(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Link:
    """One address found on a page or in a feed, with the words that a reader sees."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class LinkJudgement:
    """Whether a link is taken, why, and the financial year that its words name (`2017-18`)."""

    judgement: Judgement
    reason: str
    financial_year: str | None


def find_links(body: bytes, address: str) -> tuple[Link, ...]:
    """The links of an HTML page or an RSS/Atom feed, in document order, each address once.

    Relative addresses are resolved; fragments are dropped. Bytes that are neither give none.
    """
    head = body[:512].lstrip().lower()
    found = (
        _feed_links(body)
        if head.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in head
        else _page_links(body)
    )
    links: dict[str, Link] = {}
    for href, text in found:
        try:
            target = urldefrag(urljoin(address, href.strip())).url
        except ValueError:  # an address that no one can follow, such as http://[
            continue
        if urlsplit(target).scheme in ("http", "https") and target not in links:
            links[target] = Link(target, " ".join(text.split()))
    return tuple(links.values())


def _page_links(body: bytes) -> list[tuple[str, str]]:
    if not body.strip():
        return []
    tree = html.document_fromstring(body)
    base = next((node.get("href", "") for node in tree.iter("base")), "")
    return [
        (
            urljoin(base, anchor.get("href", "")),
            " ".join(
                [
                    *map(str, anchor.itertext()),
                    anchor.get("title", ""),
                    anchor.get("aria-label", ""),
                ]
            ),
        )
        for anchor in tree.iter("a")
        if anchor.get("href")
    ]


def _feed_links(body: bytes) -> list[tuple[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    tree = etree.fromstring(body, parser)
    if tree is None:
        return []
    found: list[tuple[str, str]] = []
    for entry in tree.iter("{*}item", "{*}entry"):
        title = entry.findtext("{*}title") or ""
        for node in entry.iter("{*}link", "{*}enclosure"):
            href = node.get("href") or node.get("url") or node.text or ""
            if href:
                found.append((href, title))
    return found


def judge_link(link: Link, source: Source) -> LinkJudgement:
    """Whether a link leads to a document that the source is watched for.

    *take*: one of the source's word groups stands in its words or address, or one of our
    framework words does, and its ending is one of the source's types. *unsure*: the words fit
    but the ending does not tell a document, or only a hint word stands there. Else *other*.
    """
    words = _plain(f"{link.text} {unquote(urlsplit(link.address).path)}")
    year = financial_year(words)
    ending = urlsplit(link.address).path.rpartition(".")[2].lower()
    is_document = ending in source.types
    known = vocabulary()
    if stop := _first(known["other"], words):
        return LinkJudgement("other", f"“{stop}” says that it is something else", year)
    strong = _group(source, words) or _first(known["framework"], words)
    if strong and is_document:
        return LinkJudgement("take", f"“{strong}” and the ending .{ending}", year)
    if strong:
        return LinkJudgement(
            "unsure", f"“{strong}”, but the address does not end as a document", year
        )
    hint = _first(known["hint"], words)
    if hint and is_document:
        return LinkJudgement("unsure", f"only “{hint}” points to spending", year)
    return LinkJudgement("other", "no word of the source or of links.toml", year)


def financial_year(words: str) -> str | None:
    """The first financial year in a text (`2017-18`); two years one apart only."""
    for match in YEARS.finditer(words):
        start, end = int(match[1]), int(match[3])
        if (start + 1) % 100 == end:
            return f"{start}-{end:02}"
    return None


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """The word lists of `links.toml`: `framework`, `hint` and `other`."""
    data = tomllib.loads(files("pipeline").joinpath("links.toml").read_text(encoding="utf-8"))
    if set(data) != {"framework", "hint", "other"}:
        raise ValueError(f"links.toml: keys must be framework, hint and other, not {sorted(data)}")
    return {key: tuple(values) for key, values in data.items()}


def _group(source: Source, words: str) -> str | None:
    if not source.words:
        return "every document of this source"
    fitting = (g for g in source.words if all(w in words for w in _plain(g).split()))
    return next(fitting, None)


def _plain(text: str) -> str:
    # Hyphens join words in addresses but also years (2017-18), which keep theirs.
    return " ".join(re.sub(r"[_+]|(?<=[a-z])-|-(?=[a-z])", " ", text.lower()).split())


def _first(phrases: tuple[str, ...], words: str) -> str | None:
    return next((phrase for phrase in phrases if phrase in words), None)
