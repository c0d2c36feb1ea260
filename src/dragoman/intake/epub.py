"""Books and magazines in EPUB: each document of their reading order is read as a page."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from dragoman.intake.budget import Budget
from dragoman.intake.days import read_stamp
from dragoman.intake.decode import NotTextError, declared_charset, decode
from dragoman.intake.found import DayFound, Found
from dragoman.intake.packed import open_zip, part_name, unpack
from dragoman.intake.page_facts import squeeze
from dragoman.intake.pages import read_page
from dragoman.model import SetAside

_CONTAINER = "META-INF/container.xml"
_HINT = "Save its articles as pages or text."


def read_epub(path: str, data: bytes, budget: Budget) -> Iterator[Found | SetAside]:
    """The documents of the reading order. The book's title is their outlet, its date theirs."""
    archive = open_zip(data)
    if isinstance(archive, str):
        yield SetAside(path=path, reason=archive, hint=_HINT)
        return
    with archive:
        opened = _package(archive, budget)
        if isinstance(opened, str):
            yield SetAside(path=path, reason=f"is no EPUB that could be read ({opened})", hint=_HINT)
            return
        package, folder = opened
        title, day = _first(package, "title"), read_stamp(_first(package, "date"))
        names = list(_order(package, folder))
        if not names:
            yield SetAside(path=path, reason="is a book without a text", hint=_HINT)
        for name in names:
            shown = f"{path}#{part_name(name)}"
            text = _part(archive, name, budget)
            if isinstance(text, SetAside):
                yield SetAside(path=shown, reason=text.reason)
                continue
            found = read_page(shown, text)
            if isinstance(found, Found):
                published = found.published or (DayFound(day, "the book states it") if day else None)
                found = replace(found, outlet=found.outlet or title, published=published)
            yield found


def _package(archive: zipfile.ZipFile, budget: Budget) -> tuple[etree._Element, str] | str:
    """The book's package document and the folder that its addresses start from."""
    container = _xml(archive, _CONTAINER, budget)
    if isinstance(container, str):
        return container
    roots = [e.get("full-path") or "" for e in container.iter("{*}rootfile")]
    if not roots:
        return "no package is named"
    package = _xml(archive, roots[0], budget)
    return package if isinstance(package, str) else (package, posixpath.dirname(roots[0]))


def _xml(archive: zipfile.ZipFile, name: str, budget: Budget) -> etree._Element | str:
    data = _bytes(archive, name, budget)
    if isinstance(data, str):
        return data
    if b"<!ENTITY" in data:
        return "it declares entities"
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        return str(error)
    return tree if tree is not None else f"{name} is empty"


def _bytes(archive: zipfile.ZipFile, name: str, budget: Budget) -> bytes | str:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return f"{part_name(name)} is missing"
    return unpack(archive, info, budget)


def _order(package: etree._Element, folder: str) -> Iterator[str]:
    """Names of the documents in their order, each once."""
    items = {e.get("id"): e for e in package.iter("{*}item")}
    seen: set[str] = set()
    for ref in package.iter("{*}itemref"):
        item = items.get(ref.get("idref"))
        if item is None or "html" not in (item.get("media-type") or ""):
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if name not in seen:
            seen.add(name)
            yield name


def _part(archive: zipfile.ZipFile, name: str, budget: Budget) -> str | SetAside:
    data = _bytes(archive, name, budget)
    if isinstance(data, str):
        return SetAside(path="", reason=data)
    try:
        return decode(data, declared_charset(data))
    except NotTextError as error:
        return SetAside(path="", reason=str(error))


def _first(package: etree._Element, name: str) -> str | None:
    return next((squeeze(e.text) for e in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")), None)
