"""What became of a deed, as the words have it: happened, ongoing, planned, possible, denied, alleged."""

from __future__ import annotations

from functools import cache

from dragoman.languages import words_of
from dragoman.languages.schema.grammar import Status as StatusWords
from dragoman.model import Language, Status
from dragoman.reading.clauses.grammar import grammar
from dragoman.reading.syntax import Clause, Sentence, Syntax, Token

_LASTING = frozenset(
    {"ACCUSE", "SUPPORT", "COOPERATE", "PROTEST", "MOBILIZE", "REQUEST", "REJECT", "THREATEN"}
)
_MARGIN = 8
"""Code points between a line's words and its ends that are looked at."""
_STOPS = (".", "!", "?", "…", ",", ";", ":")
_STRENGTH: tuple[Status, ...] = ("denied", "possible", "planned", "alleged", "ongoing", "happened")


@cache
def status_words(language: Language) -> StatusWords:
    """The words of `languages/<language>/status.yaml`."""
    return words_of(StatusWords, language, "status")


def own_status(clause: Clause, type_: str, syntax: Syntax) -> Status:
    """The status that a clause's own words give."""
    words = status_words(syntax.language)
    around = {
        t.lemma.lower() for t in syntax.children(clause.head) if t.dep in ("advmod", "amod", "obl", "obl:mod")
    }
    if clause.light:
        around |= {
            t.lemma.lower() for t in syntax.children(syntax.tokens[clause.head].head, "advmod", "amod")
        }
    if clause.modality == "hypothetical":
        return "possible"  # "had they not sent arms": they may have
    if clause.negated or _is_nobodys(clause, syntax, words):
        return "denied"
    if clause.modality == "conditional" and _has_conditional_auxiliary(clause, syntax):
        # "aurait attaqué": French keeps clear of a claim so; with *if* it is a mere thought
        return "possible" if _has_condition(clause, syntax) else "alleged"
    if clause.modality in ("possible", "conditional", "hypothetical", "imperative") or _is_wished(
        clause, syntax
    ):
        return "possible"
    if clause.modality == "obliged" and clause.tense == "past" and clause.voice == "active":
        return "happened"
    if clause.modality == "obliged":
        # "doivent se rencontrer en avril": what has a day is set, what has none is only asked for
        return "planned" if clause.voice == "passive" or clause.by_role("time") else "possible"
    if clause.modality == "intended" or clause.tense == "future":
        return "planned"
    if clause.tense == "none" and _is_infinitive(clause, syntax):
        return "planned"
    if around & words.alleged:
        return "alleged"
    if around & words.planned and clause.tense not in ("past", "present"):
        return "planned"
    grows = clause.tense == "present" and {clause.lemma, clause.light} & words.continuing
    if grows or _goes_on(clause, type_, syntax) or around & words.ongoing:
        return "ongoing"
    return "happened"


def _has_conditional_auxiliary(clause: Clause, syntax: Syntax) -> bool:
    if syntax.tokens[clause.head].morph.get("VerbForm") != "Part":
        return False
    return any(t.morph.get("Mood") == "Cnd" for t in syntax.children(clause.head, "aux", "aux:tense"))


def _is_infinitive(clause: Clause, syntax: Syntax) -> bool:
    head = syntax.tokens[clause.head]
    verb = syntax.tokens[head.head] if clause.light else head
    return (clause.kind == "verb" or bool(clause.light)) and verb.morph.get("VerbForm") == "Inf"


def _is_nobodys(clause: Clause, syntax: Syntax, words: StatusWords) -> bool:
    """*none of the soldiers was hurt*: the negation may stand in the pronoun alone."""
    heads = (syntax.tokens[a.head] for a in clause.by_role("agent", "patient") if not a.inherited)
    return any(is_nobody(t, syntax, words) for t in heads)


def is_nobody(token: Token, syntax: Syntax, words: StatusWords) -> bool:
    """*nobody*, *no one*, *personne*; not *une personne* nor *dix personnes*."""
    before = [t.text.lower() for t in syntax.children(token.i, "det", "advmod", "nummod", "amod")]
    word = token.text.lower()
    if before:
        return " ".join([*before, word]) in words.nobody
    return word in words.nobody or (token.pos == "PRON" and token.lemma.lower() in words.nobody)


def _is_wished(clause: Clause, syntax: Syntax) -> bool:
    """*que les troupes partent*: a subjunctive that stands alone or as what is said; not one under *bien que*."""
    if clause.relation not in ("", "ccomp", "quote") or clause.perfect:
        return False
    head = syntax.tokens[clause.head]
    return any(
        t.morph.get("Mood") == "Sub" for t in (head, *syntax.children(clause.head, "aux", "aux:pass", "cop"))
    )


def _has_condition(clause: Clause, syntax: Syntax) -> bool:
    words = grammar(syntax.language).hypothetical
    below = syntax.children(clause.head, "advcl")
    return any(m.lemma.lower() in words for t in below for m in syntax.children(t.i, "mark"))


def _goes_on(clause: Clause, type_: str, syntax: Syntax) -> bool:
    if clause.tense != "present" or clause.perfect:
        return False
    if syntax.tokens[clause.head].morph.get("VerbForm") == "Part" and not clause.progressive:
        return False  # "issued a statement condemning": as done as the statement
    if clause.progressive:
        return True
    lasts = clause.kind == "verb" and type_ in _LASTING and clause.voice == "active"
    return lasts and not is_heading(syntax, syntax.sentences[clause.sent])


def is_heading(syntax: Syntax, sentence: Sentence) -> bool:
    """A line by itself that ends without a stop: its present tense tells what has just happened."""
    text, start, end = syntax.text, sentence.start, sentence.end
    before = text[max(0, start - _MARGIN) : start].rstrip(" \t")[-1:]
    after = text[end : end + _MARGIN].lstrip(" \t")[:1]
    alone = before in ("", "\n") and after in ("", "\n")
    return alone and text[end - 1 : end] not in _STOPS


def weaker(one: Status, other: Status) -> Status:
    """The status that claims less."""
    return min(one, other, key=_STRENGTH.index)
