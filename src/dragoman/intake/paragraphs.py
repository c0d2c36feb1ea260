"""Text that stands bare between line breaks -> paragraphs, for extraction keeps those and loses bare text beside a
block: an advert in the middle of such an article took what stood above it along."""

from __future__ import annotations

import lxml.html

_HOLDERS = ("div", "section", "article", "main", "td")
_BLOCKS = frozenset(
    """address article aside blockquote div dl figure footer form h1 h2 h3 h4 h5 h6 header hr iframe ins main nav
    ol p pre section table ul""".split()  # noqa: SIM905, a list of 28
)
_FEWEST = 200
"""Fewest code points of bare text that make an element hold paragraphs."""


def set_paragraphs(tree: lxml.html.HtmlElement) -> None:
    """Wrap bare text in the page's elements that part it by line breaks; text and its order stay."""
    for holder in list(tree.iter(*_HOLDERS)):
        breaks = [child for child in holder if child.tag == "br"]
        if not breaks or not any(child.tag in _BLOCKS for child in holder):
            continue
        bare = len((holder.text or "").strip()) + sum(len((child.tail or "").strip()) for child in holder)
        if bare >= _FEWEST:
            _wrap(holder)


def _wrap(holder: lxml.html.HtmlElement) -> None:
    """Runs of text and inline elements become `p`; two breaks in a row, or a block, end a run."""
    result: list[lxml.html.HtmlElement] = []
    run = _run(holder.text)
    holder.text = None
    broken = False
    for child in list(holder):
        tail, child.tail = child.tail, None
        holder.remove(child)
        if child.tag in _BLOCKS:
            _close(run, result)
            result.append(child)
            run, broken = _run(tail), False
        elif child.tag == "br" and broken:
            _close(run, result)
            run, broken = _run(tail), False
        else:
            child.tail = tail
            run.append(child)
            broken = child.tag == "br" and not (tail or "").strip()
    _close(run, result)
    holder.extend(result)


def _run(text: str | None) -> lxml.html.HtmlElement:
    run = lxml.html.Element("p")
    run.text = text
    return run


def _close(run: lxml.html.HtmlElement, result: list[lxml.html.HtmlElement]) -> None:
    if len(run) or (run.text or "").strip():
        result.append(run)
