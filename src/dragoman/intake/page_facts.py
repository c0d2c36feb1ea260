"""What a page states about itself: JSON-LD, meta tags, its headline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any

import lxml.html

from dragoman.intake.decode import tidy
from dragoman.model.lines import Json

_LD_CHARS = 1_000_000
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|WebPage)$")
_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SHORT = 12
_SQUEEZED = 20_000
"""Most code points of a field that are looked at."""
_TITLE_NAMES = ("og:title", "twitter:title")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the metadata say.

    Attributes:
        titles: All that is given as the headline, the one chosen first.
        descriptions: What the page gives as its summary.
        article_body: The body as JSON-LD states it, often without its paragraphs; None where it does not.
        meta: Property, name or itemprop in small letters -> contents, in order.
        ld: JSON-LD objects of articles.
    """

    titles: tuple[str, ...]
    url: str | None
    outlet: str | None
    byline: str | None
    language: str | None
    descriptions: tuple[str, ...] = ()
    article_body: str | None = None
    meta: dict[str, list[str]] = field(default_factory=dict)
    ld: tuple[Json, ...] = ()

    @property
    def title(self) -> str | None:
        return self.titles[0] if self.titles else None


def facts_of(tree: lxml.html.HtmlElement, url: str | None = None) -> PageFacts:
    meta = _meta(tree)
    ld = tuple(_articles_of(tree))
    described = [_text(thing.get("description")) for thing in ld]
    for name in ("og:description", "description", "twitter:description"):
        described += meta.get(name, [])[:1]
    bodies = [b for thing in ld if isinstance(b := thing.get("articleBody"), str)]
    return PageFacts(
        titles=_titles(tree, meta, ld),
        url=url or _url(tree, meta),
        outlet=_outlet(meta, ld),
        byline=_byline(meta, ld),
        language=_language(tree, meta),
        descriptions=tuple(dict.fromkeys(d for d in described if d)),
        article_body=_unmarked(max(bodies, key=len, default="")) or None,
        meta=meta,
        ld=ld,
    )


def _unmarked(text: str) -> str:
    """A body as JSON-LD gives it: with entities, sometimes with markup."""
    return tidy(_TAG.sub(" ", unescape(text))).strip()


def squeeze(text: str | None) -> str | None:
    """White space made single; None for nothing."""
    plain = _SPACES.sub(" ", tidy((text or "")[:_SQUEEZED])).strip()
    return plain[:1000] or None


def _meta(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = squeeze(element.get("content"))
        if content is None:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _articles_of(tree: lxml.html.HtmlElement) -> Iterator[Json]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LD_CHARS:
            continue
        try:
            data = json.loads(script.text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (thing for thing in _things(data) if _ARTICLE_TYPES.search(type_of(thing)))


def _things(data: Any) -> Iterator[Json]:
    """The objects at the top of a JSON-LD block, of its graph and of the page's main entity."""
    if isinstance(data, list):
        for item in data[:200]:
            if isinstance(item, dict):
                yield from _things(item)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            inner = data.get(key)
            if isinstance(inner, dict):
                yield inner
            elif isinstance(inner, list):
                yield from (item for item in inner[:200] if isinstance(item, dict))


def type_of(thing: Json) -> str:
    """The type of a JSON-LD object; of several the one that is an article's."""
    kind = thing.get("@type")
    if isinstance(kind, list):
        kind = next((k for k in kind if isinstance(k, str) and _ARTICLE_TYPES.search(k)), "")
    return kind if isinstance(kind, str) else ""


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _text(value: Any) -> str | None:
    return squeeze(value) if isinstance(value, str) else None


def _titles(tree: lxml.html.HtmlElement, meta: dict[str, list[str]], ld: tuple[Json, ...]) -> tuple[str, ...]:
    """All headlines given, by votes; one that another carries with the outlet's name behind it gets its vote.

    Of those with equal votes the one printed on the page comes first.
    """
    h1 = [t for element in islice(tree.iter("h1"), 20) if (t := squeeze(element.text_content()))]
    stated = [_text(thing.get("headline")) for thing in ld]
    given = [h1[0] if len(h1) == 1 else None, *stated[:1], *(_first(meta, n) for n in _TITLE_NAMES)]
    given += [squeeze(e.text_content()) for e in islice(tree.iter("title"), 1)]
    if len(h1) > 1:
        given += [h for h in h1 if len(h) > _SHORT and any(t and t.startswith(h) for t in given)]
    titles = [_UNSEEN.sub("", tidy(unescape(t))) for t in given if t]
    keys = [_letters(t) for t in titles]
    votes = {
        key: sum(other == key or (other.startswith(key) and len(key) > _SHORT) for other in keys)
        + (key in map(_letters, h1))
        for key in keys
    }
    order = sorted(range(len(titles)), key=lambda i: (-votes[keys[i]], i))
    return tuple(dict.fromkeys(titles[i] for i in order))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _url(tree: lxml.html.HtmlElement, meta: dict[str, list[str]]) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            return squeeze(link.get("href"))
    return next((u for u in meta.get("og:url", []) if u.startswith("http")), None)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        names = [n for item in value[:10] if (n := _name(item))]
        return ", ".join(dict.fromkeys(names)) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _outlet(meta: dict[str, list[str]], ld: tuple[Json, ...]) -> str | None:
    if name := _first(meta, "og:site_name", "application-name"):
        return name
    return next((n for thing in ld if (n := _name(thing.get("publisher")))), None)


def _byline(meta: dict[str, list[str]], ld: tuple[Json, ...]) -> str | None:
    named = next((n for thing in ld if (n := _name(thing.get("author")))), None)
    named = named or _first(meta, "author", "article:author", "byl", "parsely-author")
    return None if named is None or named.startswith("http") else named[:200]


def _language(tree: lxml.html.HtmlElement, meta: dict[str, list[str]]) -> str | None:
    return tree.get("lang") or tree.get("xml:lang") or _first(meta, "content-language", "og:locale")
