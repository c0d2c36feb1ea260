"""A page's markup -> its article: body by trafilatura, and the fields that its metadata state."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from dragoman.intake.decode import tidy
from dragoman.intake.found import Found
from dragoman.intake.limits import PAGE_CHARS, PAGE_DEPTH, PAGE_ELEMENTS
from dragoman.intake.lines import lines_of
from dragoman.intake.markup import within_bounds
from dragoman.intake.outdated import settled
from dragoman.intake.page_body import body_of, headline_lines
from dragoman.intake.page_dates import page_day
from dragoman.intake.page_facts import facts_of
from dragoman.model import SetAside

_BLOCKS = frozenset(
    """address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul""".split()  # noqa: SIM905, a list of 37
)
_UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "svg", "iframe", "object"))
_FEWEST_LETTERS = 40
_SPACES = re.compile(r"\s+")
_DECLARATION = re.compile(r"^\s{0,50}<\?xml[^>]{0,200}\?>")


def read_page(path: str, markup: str, url: str | None = None) -> Found | SetAside:
    """The article of one page, or why there is none."""
    tree = parse_markup(markup)
    if isinstance(tree, str):
        return SetAside(path=path, reason=tree, hint="Save the article's text alone and read that.")
    nothing = SetAside(
        path=path, reason="has no article text that could be found", hint="Save the article's text alone."
    )
    if not _has_letters(tree.text_content()):  # scripts too: no need to look for an article in it
        return nothing
    facts = facts_of(tree, url)
    day = page_day(tree, facts)
    body = body_of(tree, facts)
    if not _has_letters(body.text):
        return nothing
    return Found(
        path=path,
        text=body.text,
        source="page",
        title=facts.title,
        url=facts.url,
        outlet=facts.outlet,
        byline=facts.byline,
        published=settled(day, facts, body.text),
        declared_language=facts.language,
        cuts=(*headline_lines(lines_of(body.text), facts.titles), *body.cuts),
    )


def _has_letters(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


def parse_markup(markup: str) -> lxml.html.HtmlElement | str:
    """The tree of a page, or the reason why it is not looked at."""
    if len(markup) > PAGE_CHARS:
        return f"has {len(markup)} characters of markup; pages of up to {PAGE_CHARS} are read"
    parser = lxml.html.HTMLParser(
        collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    source = _DECLARATION.sub("", within_bounds(markup)).encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "holds no markup that could be read"
    depth = elements = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            elements += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    if deepest > PAGE_DEPTH:
        return f"nests its elements more than {PAGE_DEPTH} deep"
    if elements > PAGE_ELEMENTS:
        return f"has {elements} elements; pages of up to {PAGE_ELEMENTS} are read"
    return tree


def fragment_text(markup: str) -> str:
    """The text of a piece of markup, one line a block: for feeds and mails, which hold an article alone."""
    tree = parse_markup(f"<html><body><div>{markup}</div></body></html>")
    if isinstance(tree, str):
        return ""
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _UNSEEN:
            hidden += 1 if event == "start" else -1
        if element.tag in _BLOCKS:
            parts.append("\n")
        text = element.text if event == "start" else element.tail
        if text and not hidden:
            parts.append(_SPACES.sub(" ", text))
    return tidy("\n".join(line.strip() for line in "".join(parts).split("\n") if line.strip()))
