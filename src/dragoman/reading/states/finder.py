"""Rules of states held against clauses: which verb, which of its arguments holds, is held, and where."""

from __future__ import annotations

from dragoman.languages.schema.grammar import Slot, StateRule
from dragoman.model import Arg, StateReport
from dragoman.reading.fillers import Fillers
from dragoman.reading.marks import Names
from dragoman.reading.states.rules import StateWords
from dragoman.reading.states.validity import Validity
from dragoman.reading.syntax import Argument, Clause, Syntax, Token


class StateFinder:
    """Holds rules against clauses."""

    def __init__(self, syntax: Syntax, names: Names, words: StateWords, validity: Validity) -> None:
        self.syntax = syntax
        self.words = words
        self.validity = validity
        self.fillers = Fillers(syntax, names)

    def read(self, clause: Clause, rule: StateRule) -> StateReport | None:
        if rule.voice is not None and clause.voice != rule.voice:
            return None
        if not all_or_none_needed(self._needed(clause, rule), rule):
            return None
        fields: dict[str, Arg] = {}
        slots: tuple[Slot, ...] = ("object", "subject", "place")
        for name in slots:
            token = self._fill(clause, rule, name, fields)
            if token is not None:
                fields[name] = token
        if any(name not in fields for name in rule.require):
            return None
        if rule.type == "deployment" and "subject" not in fields and "object" in fields:
            fields["subject"] = self._force_meant(fields["object"])
        if "place" in fields and "object" in fields and not fields["object"].entities:
            # A mission without a name of its own: the place is what it holds.
            fields["object"] = fields["place"]
        if rule.type == "control" and not (fields["subject"].entities or self._is_force(clause, rule)):
            return None
        if rule.type == "control":
            fields["subject"] = self.fillers.power(fields["subject"])
        so, valid = self.validity.holds(clause, rule.when)
        if not so:
            return None
        return StateReport(
            type=rule.type,
            subject=fields.get("subject"),
            object=fields.get("object"),
            place=fields.get("place"),
            value=self._value(clause, rule),
            valid=valid,
            sentence=self.syntax.sentences[clause.sent].span,
            rule=f"state {rule.name}",
        )

    def _needed(self, clause: Clause, rule: StateRule) -> bool:
        if clause.light and clause.lemma in rule.needs.get("patient", ()):
            return True
        return not clause.light and any(
            (arg.role == slot or arg.case == slot) and self.syntax.tokens[arg.head].lemma.lower() in nouns
            for slot, nouns in rule.needs.items()
            for arg in clause.args
        )

    def _fill(self, clause: Clause, rule: StateRule, name: Slot, fields: dict[str, Arg]) -> Arg | None:
        for spec in getattr(rule, name):
            slot, _, inner = spec.partition(".")
            if clause.light and slot == "patient":
                # "took control of": the noun is the clause's own word, and what hangs on it the clause's argument.
                inner = ""
            if slot in ("object", "subject"):
                made = self._from_field(clause, rule, slot, inner)
                if made is not None:
                    return made
                continue
            for arg in self._arguments(clause, slot):
                token = (
                    self._inside(self.syntax.tokens[arg.head], inner)
                    if inner
                    else self.syntax.tokens[arg.head]
                )
                if token is None or self._is_needed_noun(token, rule):
                    continue
                kind = rule.is_.get(name)
                if kind is not None and not self.fillers.is_kind(token, kind, self.words.force_words):
                    continue
                made = self.fillers.of_argument(arg) if not inner else self.fillers.arg(token)
                if made.entities or name == "subject" or kind in _NAMELESS:
                    return made
        return None

    def _from_field(self, clause: Clause, rule: StateRule, slot: str, inner: str) -> Arg | None:
        """Who owns the troops, or which state the ruler is of: from the other field's token."""
        for spec in getattr(rule, slot):
            for arg in self._arguments(clause, spec):
                token = self.syntax.tokens[arg.head]
                if inner == "owner":
                    return self.fillers.owner(token)
                return self._office_of(token)
        return None

    def _force_meant(self, force: Arg) -> Arg:
        """Troops without an owner are those of the one state whose force the text names."""
        entities = self.fillers.names.entities
        if any(entities[e].of is not None for e in force.entities):
            return force
        owned = [n for n, e in enumerate(entities) if e.type == "armed_force" and e.of is not None]
        return Arg(
            start=force.start, end=force.end, entities=tuple(owned) if len(owned) == 1 else force.entities
        )

    def _is_force(self, clause: Clause, rule: StateRule) -> bool:
        """The holder, though without a name, bears arms (*rebels*, *gunmen*)."""
        heads = (self.syntax.tokens[a.head] for spec in rule.subject for a in self._arguments(clause, spec))
        return any(self.fillers.is_kind(t, "force", self.words.force_words) for t in heads)

    def _office_of(self, token: Token) -> Arg | None:
        """The state that the person holds an office of, where the text says so once and no more."""
        mention = self.fillers.mention(token)
        if mention is None or len(mention.entities) != 1:
            return None
        entity = self.fillers.names.entities[mention.entities[0]]
        states = {
            r.of
            for r in entity.roles
            if isinstance(r.of, int)
            and self.words.offices.name(r.title, self.fillers.names.entities[r.of].type)
        }
        if len(states) != 1:
            return None
        return Arg(start=mention.start, end=mention.end, entities=(states.pop(),))

    def _arguments(self, clause: Clause, slot: str) -> list[Argument]:
        return [a for a in clause.args if slot in (a.role, a.case)]

    def _is_needed_noun(self, token: Token, rule: StateRule) -> bool:
        return any(token.lemma.lower() in nouns for nouns in rule.needs.values())

    def _inside(self, noun: Token, inner: str) -> Token | None:
        """What hangs on a noun: `of` its possessor, `owner` likewise, `place` a place, else by that preposition."""
        for t in self.syntax.children(noun.i, "nmod", "nmod:poss", "amod", "compound", "obl"):
            case = self.syntax.child(t.i, "case")
            lemma = case.lemma.lower() if case is not None else ""
            if inner in ("of", "owner"):
                if t.dep == "nmod:poss" or (t.dep == "nmod" and lemma in ("of", "de", "")):
                    return t
                if t.dep in ("amod", "compound") and self.fillers.names.at(t.start) is not None:
                    return t
            elif inner == "place":
                if case is not None and self.fillers.is_kind(t, "place"):
                    return t
            elif lemma == inner or (inner == "with" and lemma in ("with", "avec", "с")):
                return t
        return None

    def _value(self, clause: Clause, rule: StateRule) -> str | None:
        if rule.value_of:
            arg = next(iter(clause.by_role(rule.value_of)), None)
            return self.syntax.text[arg.start : arg.end] if arg else None
        return rule.value


_NAMELESS = frozenset({"force", "troops", "pact", None})
"""Kinds of which a common noun will do; of the others the object of a state must be a known entity."""


def all_or_none_needed(met: bool, rule: StateRule) -> bool:
    """True where the rule asks for no noun, or one that it asks for is there."""
    return met or not rule.needs
