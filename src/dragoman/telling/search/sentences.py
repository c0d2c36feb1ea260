"""What a search says of its answer: how words were taken, how the answer meets the query, what to try next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.telling.search.finding import Found

Say = Callable[..., str]


def _plainly(text: str, **values: object) -> str:
    return text.format(**values) if values else text


def how(found: Found, articles: bool = False, say: Say = _plainly) -> Iterator[str]:
    """Sentences on an answer; none where there is nothing to say. `say` puts them into an interface's language."""
    yield from found.wrong
    for typed, taken in found.taken:
        yield say("Nothing is written {typed}; it was taken for {taken}.", typed=typed, taken=taken)
    empty = not found.articles if articles else found.level == "none"
    if found.unmet and not empty:
        yield say("Nothing in this case has the words: {words}.", words=", ".join(found.unmet))
    if not articles and found.level == "articles" and found.facts:
        yield say("No fact has all of it. These articles have; the nearest facts follow.")
    elif not articles and found.level == "articles":
        yield say("No fact has all of it. These articles have.")
    elif not articles and found.level == "some":
        yield say("Nothing has all of it. These facts have some.")
    if empty:
        yield from _nothing(found, articles, say)


def _nothing(found: Found, articles: bool, say: Say) -> Iterator[str]:
    if not found.query.groups and not found.query.conditions:
        yield say("Type what is sought: a name, a place, what happened, a year.")
        return
    if found.unmet:
        yield say("Nothing in this case has the words: {words}.", words=", ".join(found.unmet))
    elif articles:
        yield say("No article has all of it.")
    else:
        yield say("Nothing was found.")
    yield say("Try fewer words, another spelling, or OR between words.")
