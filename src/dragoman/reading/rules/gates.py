"""Which deeds are events of public life: who stands on their sides, and what sort of article tells them.

A frame asks by its `gate` for `open` (anybody: killings, arrests, trials, war), `public` (one side at least is an
actor of public life), `doer` (who acts is one) or `both` (who acts is one, and whom it meets too where that is told).
In an article of sport or show every gate asks for an authority.
"""

from __future__ import annotations

from dragoman.reading.frames import kinds
from dragoman.reading.rules.actors import Actors
from dragoman.reading.rules.deed import Deed
from dragoman.reading.rules.status import is_nobody, status_words
from dragoman.reading.syntax import Syntax, Token

_PUBLIC = ("actor", "official", "diplomat", "monitor", "force", "weapon", "blast", "attack", "team")
_MANY = 4
"""Different words of sport or show that make an article one of sport or show,"""
_SHARE = 0.012
"""and their share of all its words."""
_BLIND = frozenset({"ASSAULT", "COERCE", "THREATEN", "MOBILIZE"})
"""Types of harm that a storm or a crash is said to do too."""
_DISASTERS = 3
"""Words of disaster in an article that make it one of a disaster, if they are more than those of attack."""


class Gates:
    """Answers for one text whether a deed is one of public life."""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors
        words = kinds(actors.syntax.language)
        self._words = status_words(actors.syntax.language)
        self._private = words["private"]
        self._authority = words["authority"]
        self._nouns = frozenset().union(*(words[k] for k in _PUBLIC)) - self._private
        self._arming = words["arming"]
        self._mishaps = words["mishap"]
        self._figurative = words["figurative"]
        self._fleeing = words["fleeing"]
        self._leaving = words["leaving"]
        self._alliances = words["alliance"]
        fought = words["attack"] | words["weapon"]
        if not any(t.lemma.lower() in fought for t in actors.syntax.tokens):
            self._mishaps = (
                self._mishaps | words["burst"]
            )  # "an explosion at the port", and nothing tells of an attack
        self.is_show = _tells_of_show(actors.syntax, words["show"])
        self.is_disaster = _tells_of_disaster(
            actors.syntax, words["disaster"], words["attack"] | words["weapon"] | words["blast"]
        )

    def lets_in(self, deed: Deed) -> bool:
        if deed.type in _BLIND and self._by_mishap(deed):
            return False
        if deed.type in ("ASSAULT", "THREATEN") and self._is_figure_of_speech(deed):
            return False
        if deed.who and all(t.lemma.lower() in self._fleeing for t in deed.who) and _is_no_flight(deed):
            return False
        if deed.type == "AGREE" and self._leaves_alliance(deed):
            return False
        if deed.status == "denied" and self._is_done_to_nobody(deed):
            return False
        if self.is_disaster and (deed.type == "THREATEN" or (deed.type == "ASSAULT" and not deed.who)):
            return False
        gate = deed.gate
        if deed.frame.weighty and not deed.who and not deed.whom:
            return not self.is_show
        if self.is_show:
            sides = (*deed.who, *deed.whom)
            return any(self.is_authority(t) for t in (sides if gate == "open" else deed.who or deed.whom))
        if gate == "open":
            return True
        if gate in ("doer", "both"):
            return self._by_public_doer(deed, both=gate == "both")
        named = any(t.pos == "PROPN" and not self.is_public(t) for t in deed.who)
        return any(self.is_public(t) for t in deed.who) or any(
            self.is_public(t) and (named or not self._is_city(t)) for t in deed.whom
        )

    def _by_mishap(self, deed: Deed) -> bool:
        """Killed by an earthquake, struck by a car: nobody did it."""
        tokens = self.actors.syntax.tokens
        roles = ("agent", "means", "other", "place", "time") if deed.type == "ASSAULT" else ("agent",)
        if deed.type == "ASSAULT" and any(t.lemma.lower() in self._mishaps for t in (*deed.who, *deed.whom)):
            return True
        return any(tokens[a.head].lemma.lower() in self._mishaps for a in deed.clause.args if a.role in roles)

    def _is_figure_of_speech(self, deed: Deed) -> bool:
        """*a legal battle*, « guerre commerciale »: what is said to be fought is no fight."""
        syntax = self.actors.syntax
        heads = {deed.clause.head, *(a.head for a in deed.clause.args)}
        return any(
            t.lemma.lower() in self._figurative
            for i in sorted(heads)
            if syntax.tokens[i].pos in ("NOUN", "PROPN")
            for t in syntax.children(i, "amod", "compound", "nmod")
        )

    def _leaves_alliance(self, deed: Deed) -> bool:
        """*will leave the alliance*: who leaves it agrees to nothing."""
        tokens, clause = self.actors.syntax.tokens, deed.clause
        if clause.lemma not in self._leaving:
            return False
        left = (
            tokens[a.head] for a in clause.args if a.role in ("patient", "source", "place", "goal", "other")
        )
        return any(t.lemma.lower() in self._alliances for t in left)

    def _is_done_to_nobody(self, deed: Deed) -> bool:
        """*nobody was hurt*, *the blast killed no one*"""
        syntax = self.actors.syntax
        heads = [syntax.tokens[a.head] for a in deed.clause.by_role("patient")]
        return any(is_nobody(t, syntax, self._words) and not syntax.children(t.i, "nmod") for t in heads)

    def _by_public_doer(self, deed: Deed, *, both: bool) -> bool:
        """With `both`, whom it meets is a public actor too; of two names one will do, for titles are often left out."""
        met = [t for t in deed.whom if self.is_public(t)]
        if not deed.who:
            return any(self.is_authority(t) for t in met) if both else bool(met)
        done = [t for t in deed.who if self.is_public(t)]
        if both and deed.whom:
            return bool(done and met) or bool((done or met) and self._are_names(deed))
        return bool(done)

    def _are_names(self, deed: Deed) -> bool:
        return all(t.pos == "PROPN" for t in (*deed.who, *deed.whom))

    def is_public(self, token: Token) -> bool:
        """A state, body, force or group, somebody of an office or role, a common noun for such; a city."""
        lemma = token.lemma.lower()
        if lemma in self._private:
            near = self.actors.syntax.children(token.i, "amod", "acl")
            return any(t.lemma.lower() in self._arming for t in near)
        mention = self.actors.mention(token)
        if mention is not None and mention.entities:
            entities = [self.actors.names.entities[e] for e in mention.entities]
            return any(e.type != "person" or e.key or e.country or e.of or e.roles for e in entities)
        if lemma in self._nouns or (token.text[:1].isupper() and self._is_name(token)):
            return True
        below = self.actors.counted(token) if token.pos != "PRON" else ()
        return any(self.is_public(t) for t in below)

    def _is_name(self, token: Token) -> bool:
        """A name of which nothing is known, a city, an adjective of a nation."""
        return token.pos in ("PROPN", "ADJ") or self.actors.is_named(token) or token.lemma[:1].isupper()

    def is_authority(self, token: Token) -> bool:
        """Who governs, judges, polices or commands: what an article of sport or show must have on a side."""
        if token.lemma.lower() in self._authority:
            return True
        mention = self.actors.mention(token)
        if mention is None or not mention.entities:
            return False
        entities = [self.actors.names.entities[e] for e in mention.entities]
        return any(
            e.type == "armed_force"
            or (e.type == "state" and mention.kind == "name")
            or any(word in self._authority for r in e.roles for word in r.title.lower().split())
            or any(word in self._authority for word in e.name.lower().split())
            for e in entities
        )

    def _is_city(self, token: Token) -> bool:
        mention = self.actors.mention(token)
        if mention is None or not mention.entities:
            return self.actors.is_place(token)
        return all(self.actors.names.entities[e].type == "place" for e in mention.entities)


def _is_no_flight(deed: Deed) -> bool:
    """What those who flee are not said to do, though a border or a town stands where its object would."""
    return deed.type in ("ASSAULT", "COERCE", "MOBILIZE") or (deed.type == "CONSULT" and deed.mode == "visit")


def _tells_of_disaster(syntax: Syntax, disasters: frozenset[str], attacks: frozenset[str]) -> bool:
    """The dead of an earthquake are nobody's deed, whoever counts them."""
    found = [t.lemma.lower() for t in syntax.tokens if t.lemma.lower() in disasters]
    fought = sum(t.lemma.lower() in attacks for t in syntax.tokens)
    return len(set(found)) >= 2 and len(found) >= _DISASTERS and len(found) > fought


def _tells_of_show(syntax: Syntax, words: frozenset[str]) -> bool:
    found = [t.lemma.lower() for t in syntax.tokens if t.lemma.lower() in words]
    return len(set(found)) >= _MANY and len(found) >= _SHARE * len(syntax.tokens)
