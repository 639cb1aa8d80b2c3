"""Looks where frameworks are published and takes what is new into `raw_docs/`.

What was seen at each address stands in `raw_docs/sightings.csv`: how its
link was judged and why, which file its bytes became, the server's validators, when it was
first and last seen and when it vanished. Files are never overwritten or deleted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from pipeline.fetch import Fetched, FetchError, Web
from pipeline.links import Link, find_links, judge_link
from pipeline.register import RegisterRow, read_register, write_register
from pipeline.sightings import JOINT, Sighting, read_sightings, write_sightings, write_whole
from pipeline.sources import Source

MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "doc": b"\xd0\xcf\x11\xe0"}


@dataclass(slots=True)
class WatchReport:
    """What one watch did, in lists of `address` or `path` for a person to read."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    not_due: list[str] = field(default_factory=list)


def watch(
    raw: Path,
    sources: tuple[Source, ...],
    today: date,
    web_for: Callable[[Source], Web],
    *,
    dry_run: bool = False,
    now: bool = False,
) -> WatchReport:
    """Looks at every source that is due and stores what is new; says what it did.

    With `dry_run` nothing is downloaded into `raw_docs/` and nothing is written. `now` looks
    even where `every_days` says that it is too early. A place that fails is reported and the
    others go on.
    """
    report = WatchReport()
    seen = {(s.source, s.address): s for s in read_sightings(raw)}
    for source in sources:
        _watch_source(_Look(raw, source, today, web_for(source), dry_run, now, seen, report))
        if not dry_run:
            write_sightings(raw, seen.values())
    return report


@dataclass(slots=True)
class _Look:
    """One source's watch under way."""

    raw: Path
    source: Source
    today: date
    web: Web
    dry_run: bool
    now: bool
    seen: dict[tuple[str, str], Sighting]
    report: WatchReport

    def known(self, address: str) -> Sighting | None:
        return self.seen.get((self.source.name, address))

    def keep(self, sighting: Sighting) -> None:
        day = self.today.isoformat()
        first = sighting.first_seen or day
        self.seen[(sighting.source, sighting.address)] = replace(
            sighting, first_seen=first, last_seen=day
        )


def _watch_source(look: _Look) -> None:
    wanted = {address: Link(address, "") for address in look.source.documents}
    for page in look.source.pages:
        if _too_early(look, page):
            look.report.not_due.append(page)
            continue
        for link in _links_of(look, page):
            if _judge(look, link):
                wanted.setdefault(link.address, link)
    # An address taken before is asked again even where no page links to it any more.
    for (name, address), sighting in sorted(look.seen.items()):
        if name == look.source.name and sighting.judgement == "take" and sighting.path:
            wanted.setdefault(address, Link(address, sighting.text))
    if look.report.not_due and not look.source.documents and not _any_due(look):
        return
    for link in wanted.values():
        _take(look, link)


def _any_due(look: _Look) -> bool:
    return any(page not in look.report.not_due for page in look.source.pages)


def _too_early(look: _Look, page: str) -> bool:
    known = look.known(page)
    if look.now or known is None or not known.last_seen:
        return False
    age = look.today - date.fromisoformat(known.last_seen)
    return age.days < look.source.every_days


def _links_of(look: _Look, page: str) -> list[Link]:
    folder = local_path(page)
    try:
        if folder is not None:
            links = list(_folder_links(folder))
        else:
            # Unconditional on purpose: the links are judged afresh with today's words.
            answer = look.web.get(page)
            if answer.status != 200:
                raise FetchError(f"{page}: the page is gone (status {answer.status})")
            links = list(find_links(answer.body, page))
    except FetchError as error:
        look.report.failed.append(str(error))
        return []
    look.keep(look.known(page) or Sighting(look.source.name, page, "page", f"{len(links)} links"))
    return links


def _folder_links(folder: Path) -> Iterator[Link]:
    if not folder.is_dir():
        raise FetchError(f"{folder.name}: no such folder; mend pages in sources.toml")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield Link(path.absolute().as_uri(), path.name)


def local_path(address: str) -> Path | None:
    """The folder or file an address of `sources.toml` names, or None for a web address."""
    parts = urlsplit(address)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path))
    return None if parts.scheme in ("http", "https") else Path(address)


def _judge(look: _Look, link: Link) -> bool:
    """Whether a link is to be taken; keeps its judgement, lists it where it is unsure."""
    judged = judge_link(link, look.source)
    judgement, reason = judged.judgement, judged.reason
    host = urlsplit(link.address).netloc
    if judgement == "take" and host and host not in look.web.hosts():
        judgement = "unsure"
        reason = f"it lies on {host}; add that to allow_hosts in sources.toml to take it"
    if judgement == "other":
        return False
    before = look.known(link.address) or Sighting(look.source.name, link.address, "", "")
    look.keep(
        replace(
            before,
            judgement=judgement,
            reason=reason,
            text=link.text,
            financial_year=judged.financial_year or "",
        )
    )
    if judgement == "unsure":
        look.report.unsure.append(f"{link.address}: {reason}")
    return judgement == "take"


def _take(look: _Look, link: Link) -> None:
    before = look.known(link.address) or Sighting(
        look.source.name, link.address, "take", "named in sources.toml", link.text
    )
    if look.dry_run and not before.path:
        look.report.new.append(link.address)
        return
    try:
        answer = _ask(look, before)
        if answer.status in (404, 410):
            _vanish(look, before)
        elif answer.status == 304 or _sha256(answer.body) == before.sha256:
            look.report.unchanged.append(before.path)
            look.keep(replace(before, vanished_on=""))
        else:
            _store(look, before, answer)
    except FetchError as error:
        look.report.failed.append(str(error))


def _ask(look: _Look, before: Sighting) -> Fetched:
    path = local_path(before.address)
    if path is None:
        return look.web.get(before.address, before.etag, before.last_modified)
    if not path.is_file():
        return Fetched(before.address, 404, b"", "", "", "")
    if path.stat().st_size > look.source.max_bytes:
        raise FetchError(f"{before.address}: larger than {look.source.max_bytes:,} bytes")
    return Fetched(before.address, 200, path.read_bytes(), "", "", "")


def _vanish(look: _Look, before: Sighting) -> None:
    if not before.path:
        raise FetchError(f"{before.address}: nothing is there (status 404)")
    if not before.vanished_on:
        look.report.vanished.append(before.path)
        look.keep(replace(before, vanished_on=look.today.isoformat()))


def _store(look: _Look, before: Sighting, answer: Fetched) -> None:
    """Puts new bytes beside the old and registers them; raises FetchError for a foreign file."""
    kind = content_kind(answer.body)
    if kind is None:
        said = answer.content_type.split(";")[0] or "no type"
        raise FetchError(
            f"{before.address}: neither PDF nor Word by its content ({said}); not stored"
        )
    sha256 = _sha256(answer.body)
    replaces = JOINT.join(filter(None, (before.replaces, before.path)))
    (look.report.replaced if before.path else look.report.new).append(before.address)
    if look.dry_run:
        return
    register = list(read_register(look.raw))
    path = next((row.path for row in register if row.sha256 == sha256), None)
    if path is None:
        path = _write_beside(look, before.address, kind, sha256, answer.body)
        register.append(
            RegisterRow(
                path=path,
                sha256=sha256,
                publisher=look.source.publisher,
                title="",
                kind="",
                published_on="",
                source_url=before.address if local_path(before.address) is None else "",
                licence="",
                note=_note(look, before),
            )
        )
        write_register(look.raw, register)
    look.keep(
        replace(
            before,
            path=path,
            sha256=sha256,
            replaces=replaces,
            etag=answer.etag,
            last_modified=answer.last_modified,
            vanished_on="",
        )
    )


def _note(look: _Look, before: Sighting) -> str:
    """The judgement of the link, for the register: why it was taken, its year, what it replaces.

    New bytes under an old address replace what stood there. Another document of the same source
    and year only may: that is for a person, or the document's own words, to say.
    """
    parts = [f"found {look.today.isoformat()}: {before.reason}"]
    if before.financial_year:
        parts.append(f"year {before.financial_year}")
    if before.path:
        parts.append(f"replaces {before.path}")
    elif before.financial_year:
        siblings = sorted(
            other.path
            for (name, address), other in look.seen.items()
            if name == look.source.name
            and address != before.address
            and other.path
            and other.financial_year == before.financial_year
        )
        parts += [f"may replace {path}, which is of the same year" for path in siblings]
    return "; ".join(parts)


def _write_beside(look: _Look, address: str, kind: str, sha256: str, body: bytes) -> str:
    name = PurePosixPath(unquote(urlsplit(address).path)).name or "document"
    stem = "".join(c if c.isalnum() or c in "-_. " else "-" for c in PurePosixPath(name).stem)
    folder = PurePosixPath(look.source.folder or look.source.name)
    path = folder / f"{stem.strip(' .')[:100] or 'document'}.{kind}"
    if (look.raw / path).exists() and _sha256((look.raw / path).read_bytes()) != sha256:
        path = path.with_name(f"{path.stem}-{sha256[:8]}.{kind}")
    write_whole(look.raw / path, body)
    return path.as_posix()


def content_kind(body: bytes) -> str | None:
    """`pdf`, `docx` or `doc` by the first bytes, or None; an address or header proves nothing."""
    if MAGIC["pdf"] in body[:1024]:
        return "pdf"
    if body.startswith(MAGIC["docx"]) and b"word/" in body:
        return "docx"
    return "doc" if body.startswith(MAGIC["doc"]) else None


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
