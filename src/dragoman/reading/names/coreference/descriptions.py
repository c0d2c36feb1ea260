"""Roles and descriptions that refer: "the president", "the Kremlin chief", "the two leaders", "both sides",
"the two countries", "this region", "his country", "the government", "the troops", "its forces"."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.gazetteer.names import capital_of
from dragoman.languages import traits
from dragoman.model import Span
from dragoman.reading.names.bodies import Body, force_draft
from dragoman.reading.names.coreference.discourse import Discourse
from dragoman.reading.names.coreference.pronouns import MARGIN, Pronouns
from dragoman.reading.names.drafts import Draft, RoleDraft
from dragoman.reading.names.roles import RoleMention
from dragoman.reading.names.words import forms_of
from dragoman.reading.syntax import Token

_LEADERS = frozenset(
    {"president", "prime minister", "chancellor", "monarch", "leader", "acting president", "junta leader"}
)
_WINDOW = 4
_NEAR = 6
_FAR = 40
"""Sentences back to which a role, a pair or a force is remembered."""


class Descriptions:
    """Resolves what is not a pronoun, one token after the other."""

    def __init__(self, discourse: Discourse, pronouns: Pronouns, bodies: list[Body]) -> None:
        self.discourse = discourse
        self.words = discourse.words
        self.tokens = discourse.tokens
        self.syntax = discourse.syntax
        self.roster = discourse.roster
        self.pronouns = pronouns
        self.forces = {b.head: b for b in bodies if b.kind == "force" and b.state is None}
        self._rulers: dict[str, tuple[Draft, ...]] = {}

    def at(self, i: int) -> None:
        """Resolve what token `i` begins or heads, if it is such a reference."""
        if i in self.forces:
            self._force(self.forces[i])
            return
        token = self.tokens[i]
        if token.pos in ("ADV", "PRON") and self.words.has("there", token):
            self._there(token)
            return
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            return
        pair = next((self.words.pairs[f] for f in forms_of(token) if f in self.words.pairs), None)
        if pair is not None and self._is_pair(token):
            self._pair(token, pair)
            return
        role = self.discourse.roles.get(i)
        if role is not None:
            if role.person is None:
                self._role(role)
            return
        if token.pos == "NOUN":
            self._thing(token)

    # --- pairs

    def _is_pair(self, token: Token) -> bool:
        """ "both sides", "the two leaders"; "the presidents" where two were spoken of."""
        if self._many(token) is False:
            return False
        before = [t for t in self.tokens[max(0, token.i - 4) : token.i] if t.sent == token.sent]
        counted = any(self.words.has("pair_words", t) for t in before)
        if any(self.words.has("three_words", t) for t in before) and not counted:
            return False
        if any(t.pos == "NUM" and not self.words.has("pair_words", t) for t in before[-2:]):
            return False
        if counted:
            return any(self.words.has("definite", t) or self.words.has("pair_words", t) for t in before)
        shown = any(self.words.has("demonstrative", t) for t in before)
        bare = bool(before) and before[-1].pos == "DET" and self.words.has("definite", before[-1])
        role = self.discourse.roles.get(token.i)
        return (
            shown
            or (bare and role is not None and role.of is None and role.word.leader)
            or self._own_states(token)
        )

    def _own_states(self, token: Token) -> bool:
        """ "their countries"."""
        kind = next((self.words.pairs[f] for f in forms_of(token) if f in self.words.pairs), None)
        owner = self._possessor(token)
        return kind == "state" and owner is not None and len(self.pronouns.meant.get(owner.i, ())) > 1

    def _many(self, token: Token) -> bool:
        if token.morph.get("Number") == "Plur":
            return True
        return traits(self.syntax.language).pair_words and any(
            self.words.has("pair_words", t) for t in self.tokens[max(0, token.i - 3) : token.i]
        )

    def _pair(self, token: Token, kind: str) -> None:
        owner = self._possessor(token)
        drafts: tuple[Draft, ...] = ()
        if kind == "state" and owner is not None:
            states = [self.discourse.state_of(d) for d in self.pronouns.meant.get(owner.i, ())]
            drafts = tuple({id(s): s for s in states if s is not None}.values())
            drafts = drafts if len(drafts) == 2 else ()
        elif owner is None:
            drafts = self._two(token.i, kind)
        rule = "the two spoken of before" if drafts else "two, left open"
        self._add(token, drafts, rule)

    def _two(self, i: int, kind: str) -> tuple[Draft, ...]:
        """The last two that were named together, or the only two of the last sentences."""
        wanted = {"person": ("person",), "state": ("state",), "any": ("state", "person")}[kind]
        for kinds in (wanted,) if kind != "any" else (("state",), ("person",)):
            joined = [
                c
                for c in self.discourse.coordinated(i, _WINDOW)
                if len(c.drafts) == 2 and all(d.type in kinds for d in c.drafts)
            ]
            spoken = self._spoken(i, kinds)
            if len(spoken) == 2:
                return tuple(spoken)
            if joined:
                best = max(joined, key=lambda c: (c.score, c.head))
                return best.drafts
        return self._states_of_pair(i) if kind == "state" else ()

    def _states_of_pair(self, i: int) -> tuple[Draft, ...]:
        """The states of two persons just named together; else the only pair of states of the article so far."""
        for pair in sorted(self.discourse.coordinated(i, 2), key=lambda c: -c.head):
            states = {id(s): s for d in pair.drafts if (s := self.discourse.state_of(d)) is not None}
            if len(pair.drafts) == 2 and len(states) == 2:
                return tuple(states.values())
        pairs = {
            tuple(sorted(id(d) for d in c.drafts)): c.drafts
            for c in self.discourse.coordinated(i, _FAR)
            if len(c.drafts) == 2 and all(d.type == "state" for d in c.drafts)
        }
        return next(iter(pairs.values())) if len(pairs) == 1 else ()

    def _spoken(self, i: int, kinds: tuple[str, ...]) -> list[Draft]:
        """Distinct ones of these types, from the last sentence back until there are two at least."""
        found: dict[int, Draft] = {}
        sent = None
        for mention in self.discourse.before(i, _WINDOW):
            here = self.tokens[mention.head].sent
            if sent is not None and here != sent and len(found) >= 2:
                break
            sent = here
            if "state" in kinds and mention.kind == "role":
                continue
            for draft in mention.drafts:
                if draft.type in kinds and not (draft.key or "").startswith("former:"):
                    found.setdefault(id(draft), draft)
        return list(found.values())[::-1]

    # --- roles

    def _role(self, role: RoleMention) -> None:
        if role.plural or (role.word.rank == "people" and not role.definite):
            return
        if not role.definite and role.of is None:
            return
        if role.counterpart:
            self._counterpart(role)
            return
        drafts = self._holder(role)
        if not drafts and role.word.rank == "people":
            return
        rule = "who holds the role" if drafts else "role, left open"
        span = role.span(self.syntax)
        self.discourse.add(span, role.head, drafts, "role", rule)

    def _holder(self, role: RoleMention) -> tuple[Draft, ...]:
        owner = self._possessor(self.tokens[role.first])
        of = role.of
        if owner is not None and of is None:
            meant = self.pronouns.meant.get(owner.i, ())
            of = self.discourse.state_of(meant[0]) if len(meant) == 1 else None
            if of is None:
                return ()
        fitting = [d for d in self.discourse.named_persons if self._holds(d, role, of)]
        named = {id(d) for d in fitting}
        pool = sorted(
            (
                c
                for c in self.discourse.candidates(role.first, _FAR)
                if c.drafts and id(c.drafts[0]) in named and len(c.drafts) == 1
            ),
            key=lambda c: (-c.score, c.head),
        )
        if pool:
            if len(pool) > 1 and pool[0].score - pool[1].score < MARGIN:
                return ()
            return pool[0].drafts
        if len(fitting) == 1:
            return (fitting[0],)
        return self._only_one_free(role, of) if of is not None and not fitting else ()

    def _holds(self, draft: Draft, role: RoleMention, of: Draft | None) -> bool:
        for held in draft.roles:
            if held.past != role.past_role:
                continue
            same = held.title == role.word.title or (
                role.word.leader and held.title in _LEADERS and "leader" in (role.word.title, held.title)
            )
            # "this chief" of nobody in particular is not therefore "the Libyan leader".
            vague = held.of is None and held.title == "leader"
            if same and (
                of is None or (held.of is None and not vague) or (held.of and self._one(held.of, of))
            ):
                return True
        return False

    def _one(self, a: Draft, b: Draft) -> bool:
        return a is b or (a.key is not None and a.key == b.key)

    def _only_one_free(self, role: RoleMention, of: Draft) -> tuple[Draft, ...]:
        """ "the Kremlin chief": the one person just spoken of whom no other state claims."""
        if not role.word.leader or role.past_role:
            return ()
        free: dict[int, Draft] = {}
        for mention in self.discourse.before(role.first, 2):
            for draft in mention.drafts:
                if draft.type == "person" and not draft.roles:
                    free[id(draft)] = draft
        if len(free) != 1:
            return ()
        only = next(iter(free.values()))
        only.roles.append(RoleDraft(role.word.title, of, False, role.span(self.syntax)))
        return (only,)

    def _counterpart(self, role: RoleMention) -> None:
        """ "his Russian counterpart": the holder of the same office elsewhere."""
        owner = self._possessor(self.tokens[role.first])
        meant = self.pronouns.meant.get(owner.i, ()) if owner is not None else ()
        title = meant[0].roles[-1].title if len(meant) == 1 and meant[0].roles else None
        person = role.person
        drafts: tuple[Draft, ...] = ()
        if person is not None:
            drafts = (person,)
            if title is not None and not any(r.title == title for r in person.roles):
                person.roles.append(RoleDraft(title, role.of, False, role.span(self.syntax)))
        elif title is not None and role.of is not None:
            held = [
                d
                for d in self.discourse.named_persons
                if d not in meant
                and any(r.title == title and r.of is not None and self._one(r.of, role.of) for r in d.roles)
            ]
            drafts = tuple(held) if len(held) == 1 else ()
        rule = "holder of the same office" if drafts else "counterpart, left open"
        self.discourse.add(role.span(self.syntax), role.head, drafts, "role", rule)

    # --- forces, governments, places, organisations

    def _force(self, body: Body) -> None:
        if body.own is not None:
            meant = self.pronouns.meant.get(body.own.i, ())
            state = self.discourse.state_of(meant[0]) if len(meant) == 1 else None
            found = force_draft(self.roster, state, self._sort(body, state)) if state is not None else None
            rule = "force of its owner"
        else:
            found = self._force_before(body)
            rule = "the force spoken of" if found is not None else "armed force"
            found = found or self._nameless(body)
        if found is None:
            return
        span = Span(self.tokens[body.first].start, self.tokens[body.past - 1].end)
        if not found.name:
            found.name = self.syntax.text[span.start : span.end]
        self.discourse.add(span, body.head, (found,), "nominal", rule)

    def _force_before(self, body: Body) -> Draft | None:
        """The only force of a particular sort; of a general word, the last one spoken of, where it is definite
        or counts the men of a force just named ("a force of 2,000 soldiers")."""
        if body.sort != "general":
            sort = f"force:{body.sort}"
            known = [d for d in self.roster.of_sort(sort) if d.of is not None]
            return known[0] if len(known) == 1 else None
        last = next(
            (m for m in self.discourse.before(body.head, _FAR) if m.drafts[0].type == "armed_force"), None
        )
        if last is None:
            return None
        near = body.first - last.head <= _NEAR and self.tokens[last.head].sent == self.tokens[body.head].sent
        return last.drafts[0] if near or self._is_definite(self.tokens[body.first]) else None

    def _sort(self, body: Body, state: Draft | None) -> str:
        kinds = {d.sort.removeprefix("force:") for d in self.roster.of_sort("force") if d.of is state}
        return "peacekeeping" if body.sort == "general" and kinds == {"peacekeeping"} else body.sort

    def _nameless(self, body: Body) -> Draft | None:
        token = self.tokens[body.head]
        if token.morph.get("Number") != "Plur":
            return None
        text = self.syntax.text[self.tokens[body.first].start : self.tokens[body.past - 1].end].lower()
        known = next((d for d in self.roster.of_sort(f"force:{body.sort}") if d.name == text), None)
        draft = known or self.roster.add(Draft("armed_force", text, sort=f"force:{body.sort}", plural=True))
        draft.add_form(text)
        return draft

    def _thing(self, token: Token) -> None:
        forms = forms_of(token)
        if any(f in self.words.sets["capital_words"] for f in forms) and self._capital(token):
            return
        if not self._is_definite(token) or token.morph.get("Number") == "Plur":
            return
        if self.tokens[token.head].i > token.i and token.dep in ("compound", "amod"):
            return
        owner = self._possessor(token)
        if any(f in self.words.sets["states"] for f in forms):
            self._state(token, owner)
        elif (
            owner is None
            and any(f in self.words.governments for f in forms)
            and not self.words.has("by_adjective", token)
        ):
            self._government(token)
        elif owner is None and (
            kind := next((self.words.place_words[f] for f in forms if f in self.words.place_words), None)
        ):
            self._place(token, kind)

    def _state(self, token: Token, owner: Token | None) -> None:
        if owner is not None:
            meant = self.pronouns.meant.get(owner.i, ())
            state = self.discourse.state_of(meant[0]) if len(meant) == 1 else None
            if state is not None:
                self._add(token, (state,), "state of its owner")
            return
        if self._has_complement(token):
            return
        self._add(token, self._latest(token.i, ("state",), lambda d: True), "the state spoken of before")

    def _government(self, token: Token) -> None:
        if self._has_complement(token):
            return
        # "The junta" means the same one all through an article, "the government" now this one, now that.
        known = next((self._rulers[f] for f in forms_of(token) if f in self._rulers), None)
        found = known or self._latest(token.i, ("state",), lambda d: True)
        if found and self.words.has("one_rule", token):
            self._rulers.update(dict.fromkeys(forms_of(token), found))
        self._add(token, found, "the government of the state spoken of" if found else "government, left open")

    def _place(self, token: Token, kind: str) -> None:
        if self._has_complement(token):
            return

        def fits(draft: Draft) -> bool:
            key = draft.key or ""
            if kind == "city":
                return key.startswith("city:")
            return key.startswith(("territory:", "region:"))

        found = self._latest(token.i, ("place",), fits) or self._latest(
            token.i, ("place",), lambda d: not d.key
        )
        if found:
            self._add(token, found, "the place spoken of before")

    def _there(self, token: Token) -> None:
        """ "the miners living there": the place spoken of before; not the empty one of "there is", "il y a"."""
        verb = self.tokens[token.head]
        if token.dep == "expl" or verb.pos != "VERB":
            return
        if any(f in self.words.empty_verbs or f in self.words.sets["have"] for f in forms_of(verb)):
            return
        found = self._latest(token.i, ("place",), lambda d: True)
        if found:
            self._add(token, found, "there, where was spoken of before")

    def _capital(self, token: Token) -> bool:
        """ "the Armenian capital", "its capital"."""
        state: Draft | None = None
        owner = self._possessor(token)
        if owner is not None:
            meant = self.pronouns.meant.get(owner.i, ())
            state = self.discourse.state_of(meant[0]) if len(meant) == 1 else None
        for other in self.syntax.children(token.i, "amod", "nmod:poss", "nmod", "compound"):
            mention = self.discourse.by_head.get(other.i)
            if mention is not None and len(mention.drafts) == 1:
                state = self.discourse.state_of(mention.drafts[0]) or state
        found = capital_of(state.country) if state is not None and state.country else None
        if found is None:
            return False
        key, name = found
        self._add(
            token,
            (self.roster.keyed(key, "place", name, state.country if state else None),),
            "capital of a state",
        )
        return True

    def _latest(self, i: int, kinds: tuple[str, ...], fits: Callable[[Draft], bool]) -> tuple[Draft, ...]:
        """The one of these types that leads clearly in the last sentences; nothing where two are close."""
        pool = sorted(
            (
                c
                for c in self.discourse.candidates(i, 2)
                if len(c.drafts) == 1 and c.drafts[0].type in kinds and fits(c.drafts[0])
            ),
            key=lambda c: (-c.score, c.head),
        )
        if not pool or (len(pool) > 1 and pool[0].score - pool[1].score < MARGIN):
            return ()
        return pool[0].drafts

    # --- small questions

    def _has_complement(self, token: Token) -> bool:
        """ "the region of Tavush", "the Soviet republic": it says itself which one."""
        shown = any(self.words.has("demonstrative", t) for t in self.syntax.children(token.i, "det"))
        for child in self.syntax.children(token.i):
            if shown and child.dep.startswith("acl"):
                continue
            if child.dep in ("nmod", "appos", "flat", "flat:name", "acl:relcl", "acl") and child.i > token.i:
                return True
            if child.dep in ("amod", "compound", "nmod:poss", "nmod") and child.i in self.discourse.covered:
                return True
        return False

    def _is_definite(self, token: Token) -> bool:
        if traits(self.syntax.language).no_articles:
            return any(self.words.has("demonstrative", t) for t in self.syntax.children(token.i, "det"))
        before = self.tokens[max(0, token.i - 4) : token.i]
        for t in reversed(before):
            if t.sent != token.sent or t.pos in ("VERB", "ADP", "PUNCT", "CCONJ"):
                break
            if self.words.has("definite", t) or (t.pos in ("DET", "PRON") and self._is_possessive(t)):
                return True
        return False

    def _is_possessive(self, token: Token) -> bool:
        word = next((self.words.pronouns[f] for f in forms_of(token) if f in self.words.pronouns), None)
        return word is not None and (word.poss or word.maybe_poss)

    def _possessor(self, token: Token) -> Token | None:
        """The possessive of a phrase, where it has one."""
        for k in range(token.i - 1, max(-1, token.i - 5), -1):
            t = self.tokens[k]
            if t.sent != token.sent or t.pos in ("VERB", "ADP", "PUNCT"):
                return None
            if t.pos in ("DET", "PRON") and self._is_possessive(t):
                return t
        return None

    def _add(self, token: Token, drafts: tuple[Draft, ...], rule: str) -> None:
        self.discourse.add(self.discourse.span(token), token.i, drafts, "nominal", rule)
