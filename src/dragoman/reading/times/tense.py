"""The tense in which an expression stands: past, present or future, from the clause that holds it."""

from __future__ import annotations

from functools import cache

from dragoman.model import Language
from dragoman.reading.syntax import Syntax, Tense, Token
from dragoman.reading.times.words import time_words

_PREDICATES = frozenset(("VERB", "AUX"))
_STEPS = 40
_REACH = 30
"""Words to either side among which a word of the future is looked for where there is no tree."""


@cache
def _words(language: Language, name: str) -> frozenset[str]:
    words: frozenset[str] = getattr(time_words(language).tense, name)
    return words


def governing_verb(syntax: Syntax, start: int, end: int) -> Token | None:
    """The nearest predicate above the head word of a stretch, or None where the sentence has none."""
    token = syntax.head_of(start, end)
    for _ in range(_STEPS):
        if token is None:
            return None
        if is_predicate(syntax, token):
            return token
        if token.head == token.i:
            return None
        token = syntax.tokens[token.head]
    return None


def is_predicate(syntax: Syntax, token: Token) -> bool:
    """True for verbs, for nouns and adjectives with a copula, and for *должен прибыть*, which needs none."""
    if token.pos in _PREDICATES:
        return token.dep != "amod"
    return syntax.child(token.i, "cop") is not None or _is_due(syntax, token)


def _is_due(syntax: Syntax, token: Token) -> bool:
    """An adjective that looks ahead to the infinitive below it."""
    if token.pos != "ADJ" or token.lemma.lower() not in _words(syntax.language, "ahead"):
        return False
    return any(t.morph.get("VerbForm") == "Inf" for t in syntax.children(token.i, "xcomp", "csubj", "ccomp"))


def tense_at(syntax: Syntax, start: int, end: int) -> Tense:
    """The tense of the clause that holds the stretch; `none` where it has no verb.

    An infinitive or participle has the tense of what governs it, but one that looks ahead (*expected to
    meet*, *plans to meet*) is future whatever the tense of its governor. Without a tree only words tell that
    something is still to come; all else is `none`.
    """
    if syntax.light:
        return _tense_by_words(syntax, start, end)
    verb = governing_verb(syntax, start, end)
    for _ in range(_STEPS):
        if verb is None:
            return "none"
        tense = own_tense(syntax, verb)
        if tense is not None:
            return tense
        if verb.head == verb.i:
            return "none"
        above = syntax.tokens[verb.head]
        verb = above if is_predicate(syntax, above) else governing_verb(syntax, above.start, above.end)
    return "none"


def _tense_by_words(syntax: Syntax, start: int, end: int) -> Tense:
    """`future` where a word or ending of the future stands between the same commas as the stretch, else `none`."""
    inside = syntax.tokens_in(start, end)
    if not inside:
        return "none"
    words, endings = _words(syntax.language, "future_words"), tuple(_words(syntax.language, "future_ends"))
    first, last = inside[0].i, inside[-1].i
    around = [*syntax.up_to_comma(range(first - 1, first - _REACH, -1), inside[0].sent)]
    around += syntax.up_to_comma(range(last + 1, last + _REACH), inside[0].sent)
    ahead = any(
        t.lemma in words or (endings and t.text.islower() and len(t.text) > 4 and t.lemma.endswith(endings))
        for t in around
    )
    return "future" if ahead else "none"


def is_past_perfect(syntax: Syntax, start: int, end: int) -> bool:
    """True for a stretch in a clause like *had left by then*: it is over, whatever term it names."""
    verb = governing_verb(syntax, start, end)
    return verb is not None and _was_before(syntax, verb)


def own_tense(syntax: Syntax, verb: Token) -> Tense | None:
    """The tense that a predicate's own form tells, or None for a bare infinitive or participle."""
    language = syntax.language
    helpers = [t for t in syntax.children(verb.i) if t.dep.startswith(("aux", "cop"))]
    lemmas = {t.lemma.lower() for t in helpers} | {t.text.lower() for t in helpers}
    features = [t.morph for t in (verb, *helpers)]
    if _is_due(syntax, verb) and not any(m.get("Tense") == "Past" for m in features):
        return "future"
    if lemmas & _words(language, "future_helpers") or any(
        m.get("Tense") == "Fut" or m.get("Mood") == "Cnd" for m in features
    ):
        return "future"
    if any(_has_future_form(language, t) for t in (verb, *helpers)) or _looks_ahead(syntax, verb, helpers):
        return "future"
    finite = [m for m in features if m.get("VerbForm") == "Fin" or (not m.get("VerbForm") and m.get("Tense"))]
    if any(m.get("Tense") in ("Past", "Imp") for m in finite):
        return "past"
    participle = verb.morph.get("VerbForm") == "Part" and verb.morph.get("Tense") == "Past"
    if participle and any(t.lemma in _words(language, "perfect_helpers") for t in helpers):
        return "past"
    if finite:
        return "present"
    if participle:
        return "past"
    return None


def _has_future_form(language: Language, token: Token) -> bool:
    """True where stem and ending are those of a future or conditional, whatever the parser made of it."""
    endings = _words(language, "future_endings")
    if not endings:
        return False
    form, lemma = token.text.lower(), token.lemma.lower()
    stem = lemma.removesuffix("e")
    if form.startswith(stem) and stem.endswith("r") and form[len(stem) :] in endings:
        return True
    return any(form.endswith(e) and form[: -len(e)] in _words(language, "future_stems") for e in endings)


def _looks_ahead(syntax: Syntax, verb: Token, helpers: list[Token]) -> bool:
    """True where the verb sets a term (*scheduled for*), or is the infinitive of one that looks ahead.

    Not so under a past perfect (*had been due to expire*): there the term has passed.
    """
    language = syntax.language
    if any(
        t.morph.get("Tense") == "Past" and t.lemma in _words(language, "perfect_helpers") for t in helpers
    ) and any(t.lemma in _words(language, "have") for t in helpers):
        return False
    if sets_term(syntax, verb):
        if verb.morph.get("VerbForm") == "Inf" and _was_before(syntax, syntax.tokens[verb.head]):
            return False  # *had been due to expire on Friday*
        acting = verb.morph.get("VerbForm") == "Fin" and verb.morph.get("Tense") in ("Past", "Imp")
        return not acting
    if verb.morph.get("VerbForm") == "Inf" and verb.head != verb.i:
        above = syntax.tokens[verb.head]
        if above.lemma.lower() not in _words(language, "ahead"):
            return False
        return not _was_before(syntax, above)
    return False


def _was_before(syntax: Syntax, token: Token) -> bool:
    """True for a predicate in the past perfect."""
    have = _words(syntax.language, "have")
    helpers = (t for t in syntax.children(token.i) if t.lemma in have)
    return any(t.morph.get("Tense") in ("Past", "Imp") for t in helpers)


def sets_term(syntax: Syntax, verb: Token) -> bool:
    """True for a verb whose time is that of a plan (*scheduled for May*), not of the planning."""
    return verb.lemma.lower() in _words(syntax.language, "plans")


def attributive(syntax: Syntax, start: int, end: int) -> bool:
    """True where the stretch stands beside a noun (*Friday's ruling*, *the May 5 attack*), not beside a verb."""
    token = syntax.head_of(start, end)
    if token is None or token.head == token.i:
        return False
    above = syntax.tokens[token.head]
    if is_predicate(syntax, above) and above.pos == "VERB":
        return False
    if syntax.language == "fr" and token.dep == "nmod" and syntax.child(token.i, "case") is None:
        return False  # « rencontrera son homologue samedi »: no preposition joins the day to the noun
    return token.dep in ("nmod:poss", "compound", "amod", "nummod", "nmod", "appos") and above.pos in (
        "NOUN",
        "PROPN",
    )
