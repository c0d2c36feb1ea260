"""Text -> `Syntax` without a parser: words, sentences, nothing else.

Every word is its own head and its lower-case form is its lemma, so that what asks for a tree finds none.
"""

from __future__ import annotations

import re

from dragoman.model import Language
from dragoman.reading.light.sentences import split_sentences
from dragoman.reading.syntax import Sentence, Syntax, Token

_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u200c\u200d"
"""Marks and joiners that stand inside a word."""
_WORD = re.compile(rf"[\w{_MARKS}]+|[^\w\s]")


def light_syntax(text: str, language: Language) -> Syntax:
    """The words and sentences of a text; linear in its length."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for n, span in enumerate(split_sentences(text, language)):
        first = len(tokens)
        for match in _WORD.finditer(text, span.start, span.end):
            i, word = len(tokens), match.group()
            tokens.append(Token(i, *match.span(), word, word.lower(), "X", "root", i, {}, n))
        sentences.append(Sentence(first, len(tokens), span.start, span.end))
    return Syntax(text, language, tokens, sentences, light=True)
