"""A Word file's parts, opened safely: bounded in size, without DTDs, strict names made plain."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from extractors.model import Problem, UnreadableDocument
from extractors.word.schema import STRICT, Element, W, w

PART_BYTES = 96 * 1024 * 1024  # one part unpacked; the longest real report has a few megabytes
TOTAL_BYTES = 192 * 1024 * 1024
RATIO = 400  # XML of a real document packs 10 to 60 times smaller
RATIO_FROM_BYTES = 8 * 1024 * 1024  # a tiny file of blanks may pack well without being a bomb
ENTRIES = 20_000
ENCRYPTED = 0x1  # the flag of a part under a password (APPNOTE.TXT 4.4.4)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DTD = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_ENTITY = tuple("<!ENTITY".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another: its id, the last word of its type, its target part."""

    key: str
    kind: str
    target: str
    external: bool = False


@dataclass(slots=True)
class Package:
    """The parts of one Word file; `problems` collects what was wrong with lesser parts."""

    file: str
    archive: zipfile.ZipFile
    names: dict[str, str]
    main: str = ""
    unpacked: int = 0
    problems: list[Problem] = field(default_factory=list)

    def xml(self, name: str) -> Element:
        """The root of a part, or UnreadableDocument naming the part and what is wrong with it."""
        return _parse(self.file, name, self._bytes(name))

    def optional(self, name: str | None) -> Element | None:
        """The root of a lesser part, or None; a damaged one leaves a problem and is left out."""
        if name is None or name.lower() not in self.names:
            return None
        try:
            return self.xml(name)
        except UnreadableDocument as error:
            problem = error.problem
            self.problems.append(Problem("damaged-part", "warning", problem.message, name))
            return None

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The links of a part, in file order; of the package itself for an empty name."""
        folder, name = posixpath.split(part)
        root = self.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return ()
        return tuple(self._links(root, folder))

    def part(self, kind: str) -> str | None:
        """The first part that the main document links to by this kind (`styles`, ...)."""
        return next(
            (r.target for r in self.relationships(self.main) if r.kind == kind and not r.external),
            None,
        )

    def _links(self, root: Element, folder: str) -> Iterator[Relationship]:
        for element in root.iter(f"{{{PACKAGE}}}Relationship"):
            target = (element.get("Target") or "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            yield Relationship(
                element.get("Id") or "",
                (element.get("Type") or "").rpartition("/")[2],
                posixpath.normpath(path) if path else "",
                element.get("TargetMode") == "External",
            )

    def _bytes(self, name: str) -> bytes:
        entry = self.names.get(name.lower())
        if entry is None:
            raise _unreadable(self.file, "missing-part", f"the part {name} is missing from it")
        room = min(PART_BYTES, TOTAL_BYTES - self.unpacked)
        try:
            part = self.archive.getinfo(entry)
            with self.archive.open(entry) as stream:
                data = stream.read(room + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise _unreadable(self.file, "damaged-document", f"{name}: {error}") from error
        except RuntimeError as error:  # under a password, or packed in a way zipfile does not know
            code = "encrypted-document" if part.flag_bits & ENCRYPTED else "damaged-document"
            raise _unreadable(self.file, code, f"{name}: {error}") from error
        if len(data) > room or (
            len(data) > RATIO_FROM_BYTES and len(data) > RATIO * max(part.compress_size, 1)
        ):
            raise _unreadable(
                self.file, "oversized-document", f"{name} unpacks to an unreasonable size"
            )
        self.unpacked += len(data)
        return data


ADVICE = {
    "damaged-document": "fetch it again, or open it in Word, repair it and save it under its name",
    "missing-part": "fetch it again, or open it in Word and save it anew",
    "encrypted-document": "ask the publisher for a copy without a password",
    "oversized-document": "it looks like a zip bomb: do not open it, ask the publisher for it",
    "foreign-file": "register the document itself, as PDF or Word",
    "xml-doctype": "no honest Word file does so: ask the publisher for a clean copy",
}


def _unreadable(file: str, code: str, what: str) -> UnreadableDocument:
    return UnreadableDocument(
        Problem(code, "error", f"{file} cannot be read: {what}; {ADVICE[code]}.")
    )


def open_package(data: bytes, file: str) -> Package:
    """The parts of a Word file given as bytes, its main part found by the package's links.

    Raises UnreadableDocument (`damaged-document`, `foreign-file`, `missing-part`,
    `encrypted-document`, `oversized-document`, `xml-doctype`).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError) as error:
        raise _unreadable(file, "damaged-document", f"it is no whole zip file ({error})") from error
    if len(entries) > ENTRIES:
        raise _unreadable(file, "oversized-document", f"it holds {len(entries)} entries")
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in reversed(entries)}
    package = Package(file, archive, names)
    linked = (r.target for r in package.relationships("") if r.kind == "officeDocument")
    package.main = next(linked, "word/document.xml")
    if package.main.lower() not in names:
        if "word/document.xml" in names:
            package.main = "word/document.xml"
        elif "[content_types].xml" in names or any(n.startswith("word/") for n in names):
            raise _unreadable(file, "missing-part", f"the part {package.main} is missing from it")
        else:
            raise _unreadable(file, "foreign-file", "it is a zip file, but not a Word document")
    return package


def main_document(package: Package) -> Element:
    """The root `w:document` of the package, or UnreadableDocument where it is another kind."""
    root = package.xml(package.main)
    if root.tag != w("document"):
        raise _unreadable(
            package.file, "foreign-file", f"its main part is {root.tag}, not a Word document"
        )
    return root


def read_bytes(path: Path, file: str) -> bytes:
    """The file's bytes, or UnreadableDocument where there are none."""
    data = path.read_bytes()
    if not data:
        raise UnreadableDocument(
            Problem("empty-file", "error", f"{file} is empty (no bytes); fetch it again.")
        )
    return data


def _parse(file: str, name: str, data: bytes) -> Element:
    # Entities are refused before the parser sees them: the packaging standard (ECMA-376 part 2,
    # 8.1.4) forbids DTDs in every part.
    if any(mark in data for mark in (*_DTD, *_ENTITY)):
        raise _unreadable(file, "xml-doctype", f"{name} declares a document type or entities")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(file, "damaged-document", f"{name}: {error}") from error
    if W not in root.nsmap.values() and set(STRICT) & set(root.nsmap.values()):
        text = etree.tostring(root, encoding="utf-8")
        for strict, plain in STRICT.items():
            text = text.replace(f'"{strict}"'.encode(), f'"{plain}"'.encode())
        root = etree.fromstring(text, parser)
    return root
