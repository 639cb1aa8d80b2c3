"""Where documents are published: `raw_docs/sources.toml`, read strictly.

A source is one publisher's pages, feeds, folders or direct document addresses, with the words
that make a link worth taking. Nothing is fetched here.
"""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints


class SourcesError(ValueError):
    """A fault in `sources.toml`; the message names file, source and key and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher's places to look.

    `pages` are index pages, feeds (RSS, Atom) or folders (a path or a file:// address);
    `documents` are direct addresses. A link is taken when its words or address hold every word
    of one entry of `words` and its ending is in `types`. Redirects and links may leave the
    hosts named in `pages` and `documents` only for `allow_hosts`. `allow_private` permits
    loopback and private addresses (for an intranet or a test). `every_days` is how long a page
    is left alone after it was looked at; 0 looks every time.
    """

    name: str
    publisher: str
    pages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    words: tuple[str, ...] = ("commissioning framework",)
    types: tuple[str, ...] = ("pdf", "docx", "doc")
    folder: str = ""
    allow_hosts: tuple[str, ...] = ()
    allow_private: bool = False
    every_days: int = 1
    pace_seconds: float = 2.0
    max_bytes: int = 60_000_000
    max_seconds: float = 120.0
    contact: str = ""


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a `sources.toml`, in file order; none where the file is absent.

    Raises SourcesError for a file that is no TOML, an unknown or missing key, a wrong type,
    a name used twice, or a source without any place to look.
    """
    if not path.exists():
        return ()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path.name}: not readable as TOML ({error}); mend that line") from None
    unknown = set(data) - {"source"}
    if unknown:
        raise SourcesError(f"{path.name}: unknown key {min(unknown)!r}; only [[source]] is known")
    tables = data.get("source", [])
    if not isinstance(tables, list):
        raise SourcesError(f"{path.name}: write [[source]] with two brackets, one for each source")
    sources = tuple(_source(path.name, number, table) for number, table in enumerate(tables, 1))
    names = [source.name for source in sources]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SourcesError(f"{path.name}: source name {twice[0]!r} is used twice; rename one")
    return sources


def _source(file: str, number: int, table: dict[str, Any]) -> Source:
    where = f"{file}, source {table.get('name', number)!r}"
    known = {f.name: f for f in fields(Source)}
    hints = get_type_hints(Source)
    for key in table:
        if key not in known:
            raise SourcesError(f"{where}: unknown key {key!r}; known are {', '.join(known)}")
    values: dict[str, Any] = {}
    for key, spec in known.items():
        if key not in table:
            if spec.default is MISSING:
                raise SourcesError(f"{where}: key {key!r} is missing")
            continue
        values[key] = _typed(where, key, hints[key], table[key])
    source = Source(**values)
    if not source.pages and not source.documents:
        raise SourcesError(f"{where}: names neither pages nor documents; give at least one")
    folder = source.folder or source.name
    if Path(folder).is_absolute() or ".." in Path(folder).parts:
        raise SourcesError(f"{where}: folder {folder!r} must lie below raw_docs/")
    return source


def _typed(where: str, key: str, hint: Any, value: Any) -> Any:
    if hint == tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise SourcesError(f"{where}: {key} must be a list of texts, not {value!r}")
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if type(value) is hint:
        return value
    raise SourcesError(f"{where}: {key} must be {hint.__name__}, not {value!r}")
