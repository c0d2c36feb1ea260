"""Who acts for a state, named by a noun with the state's adjective or name: forces, governments, ministries,
parliaments; and groups ("Armenian separatists", "demonstrators").

"Russian peacekeeping troops", "les forces de paix russes", "российские миротворцы" are one armed force
of Russia; "the Armenian authorities" are Armenia; "the Azerbaijani ministry" is the ministry named before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.languages import traits
from dragoman.model import Span
from dragoman.reading.names.drafts import Draft, MentionDraft, Roster
from dragoman.reading.names.spot import Spot
from dragoman.reading.names.words import Words, forms_of, plain
from dragoman.reading.syntax import Syntax, Token

_BACK, _AHEAD = 6, 7
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM", "X"})


@dataclass(slots=True, eq=False)
class Body:
    """A nominal found: tokens `[first, past)`, its head, what sort it is and the state it belongs to."""

    kind: str  # force, government, body, ministry, group
    sort: str
    first: int
    past: int
    head: int
    state: Draft | None
    own: Token | None = None  # "its troops": the possessive that coreference resolves
    end: int | None = None


class Bodies:
    """Finds the nominals of one text. `state_at` gives the state that a token's adjective or name stands for."""

    def __init__(
        self,
        syntax: Syntax,
        words: Words,
        spots: Mapping[int, Spot],
        state_at: Mapping[int, Draft],
        roster: Roster,
    ) -> None:
        self.syntax = syntax
        self.traits = traits(syntax.language)
        self.tokens = syntax.tokens
        self.words = words
        self.spots = spots
        self.state_at = state_at
        self.roster = roster
        self.people = frozenset(i for i, s in spots.items() if s.is_people)
        self.bodies: list[Body] = []
        self.taken: set[int] = set()
        self._ministries: list[tuple[int, Draft]] = []
        self.blocked = self._role_phrases()

    def find(self) -> None:
        """Collect the nominals, then give each its entity; forces and ministries last, when all are known."""
        i = 0
        while i < len(self.tokens):
            body = self._at(i)
            if body is None:
                i += 1
                continue
            self.bodies.append(body)
            self.taken.update(k for k in range(body.first, body.past))
            i = max(body.past, i + 1)
        self._settle()

    def _role_phrases(self) -> set[int]:
        """Tokens of roles of several words ("head of American diplomacy"), which are no bodies."""
        found: set[int] = set()
        for token in self.tokens:
            if token.pos in ("NOUN", "PROPN", "ADJ") and token.i not in found:
                role = self.words.roles.at(self.tokens, token.i, self.people)
                if role is not None and role[0] > token.i + 1:
                    found.update(range(token.i, role[0]))
        return found

    # --- recognising

    def _at(self, i: int) -> Body | None:
        token = self.tokens[i]
        if token.pos not in ("NOUN", "PROPN", "ADJ") or (i in self.spots and not self.people.__contains__(i)):
            return None
        if i in self.people or i in self.blocked:
            return None
        return self._ministry(i) or self._force(i) or self._body(i) or self._government(i) or self._group(i)

    def _force(self, i: int) -> Body | None:
        found = self.words.forces.at(self.tokens, i, self.people)
        if found is None:
            return None
        past, sort = found
        head = past - 1 if self.traits.head_last else i
        token = self.tokens[head]
        if token.pos == "ADJ" and not self.traits.adjectives_as_nouns:
            return None
        if self._modifies(token):
            return None
        first, past_all, state = self._state_of(i, past)
        thing = plain(token.lemma) in self.words.force_things or plain(token.text) in self.words.force_things
        if sort == "general":
            sort = self._force_sort(first, past_all)
            own = self._possessive(i)
            if state is None and own is None and thing:
                return None
            return Body("force", sort, first, past_all, head, state, own)
        return Body("force", sort, first, past_all, head, state, self._possessive(i))

    def _force_sort(self, first: int, past: int) -> str:
        for k in range(first, past):
            for form in forms_of(self.tokens[k]):
                if form in self.words.force_adjectives:
                    return self.words.force_adjectives[form]
        return "general"

    def _body(self, i: int) -> Body | None:
        found = self.words.bodies.at(self.tokens, i, self.people)
        if found is None or self._modifies(self.tokens[found[0] - 1]):
            return None
        past, sort = found
        first, past_all, state = self._state_of(i, past)
        if state is None and self.words.groups.at(self.tokens, i) is not None:
            return None
        head = past - 1 if self.traits.head_last else i
        return Body("body", sort, first, past_all, head, state)

    def _government(self, i: int) -> Body | None:
        token = self.tokens[i]
        if not any(f in self.words.governments for f in forms_of(token)) or self._modifies(token):
            return None
        first, past, state = self._state_of(i, i + 1)
        if state is None or (self.words.has("by_adjective", token) and not self._by_adjective(first, past)):
            return None
        return Body("government", "", first, past, i, state)

    def _by_adjective(self, first: int, past: int) -> bool:
        return any(k in self.people for k in range(first, past))

    def _ministry(self, i: int) -> Body | None:
        token = self.tokens[i]
        short = next((self.words.ministries[f] for f in forms_of(token) if f in self.words.ministries), None)
        if short is None and not any(f in self.words.ministry for f in forms_of(token)):
            return None
        domain, first, past = short or "", i, i + 1
        if short is None:
            domain, first, past = self._domain(i)
        first, past, state = self._state_of(first, past)
        if not domain and state is None and token.text.islower() and not self._is_definite(first):
            return None
        return Body("ministry", domain, first, past, i, state)

    def _domain(self, i: int) -> tuple[str, int, int]:
        """The field of a ministry, before it ("Foreign Ministry") or after it ("ministère de la Défense")."""
        for back in (2, 1):
            k = i - back
            if k >= 0 and self.tokens[k].sent == self.tokens[i].sent:
                found = self.words.domains.at(self.tokens, k)
                if found and found[0] == i:
                    return found[1], k, i + 1
        k = i + 1
        while k < len(self.tokens) and k <= i + 4:
            if (
                k in self.people
                or self.tokens[k].pos in ("ADP", "DET")
                or plain(self.tokens[k].text) in ("'", "l'")
            ):
                k += 1
                continue
            found = self.words.domains.at(self.tokens, k)
            return (found[1], i, found[0]) if found else ("", i, i + 1)
        return "", i, i + 1

    def _group(self, i: int) -> Body | None:
        found = self.words.groups.at(self.tokens, i)
        token = self.tokens[i]
        if found is None or token.pos not in ("NOUN", "PROPN") or self._modifies(token):
            return None
        past, word = found
        many = token.morph.get("Number") == "Plur" or (
            plain(token.text) != plain(token.lemma) and token.text.endswith("s")
        )
        collective = not many and self.words.has("collectives", token)
        if not many and not collective:
            return None
        first, past_all, state = self._state_of(i, past)
        return Body("group", word, first, past_all, i, state)

    def _modifies(self, token: Token) -> bool:
        """ "police officer", "army base": a noun before its head is no actor of its own."""
        head = self.tokens[token.head]
        return (
            token.dep in ("compound", "amod")
            and head.i > token.i
            and head.pos in ("NOUN", "PROPN")
            and head.i == token.i + 1
        )

    def _is_definite(self, first: int) -> bool:
        if self.traits.no_articles:
            return True
        before = self.tokens[first - 1] if first > 0 else None
        # French "des", "du" hold an article too.
        merged = before is not None and before.pos == "ADP" and before.morph.get("Definite") == "Def"
        return before is not None and (merged or self.words.has("definite", before))

    def _possessive(self, i: int) -> Token | None:
        """ "its troops", "ses troupes", "свои войска"."""
        for k in range(i - 1, max(-1, i - 4), -1):
            token = self.tokens[k]
            word = self.words.pronouns.get(plain(token.text)) or self.words.pronouns.get(plain(token.lemma))
            if word is not None and (word.poss or word.maybe_poss):
                return token
            if token.pos not in ("ADJ", "NUM", "PRON", "DET"):
                return None
        return None

    # --- the state it belongs to

    def _state_of(self, first: int, past: int) -> tuple[int, int, Draft | None]:
        """Where the phrase begins and ends with its state in it, and the state."""
        for k in range(first, past):
            if k in self.people and k in self.state_at:
                return first, past, self.state_at[k]
        sent = self.tokens[first].sent
        for k in range(first - 1, max(-1, first - 1 - _BACK), -1):
            token = self.tokens[k]
            if token.sent != sent:
                break
            if k in self.state_at:
                return self._from(k, first), past, self.state_at[k]
            inside = token.pos in _INSIDE or token.text in ("-", "'s", "’s", "'", "’")
            if not inside or k in self.spots:
                break
        k = past
        while k < min(len(self.tokens), past + _AHEAD) and self.tokens[k].sent == sent:
            token = self.tokens[k]
            if k in self.state_at:
                spot = self.spots[k]
                end = spot.past if spot.is_people or self.traits.declines else past
                return first, end, self.state_at[k]
            if k in self.spots or not self._goes_on(token):
                break
            k += 1
        return first, past, None

    def _from(self, k: int, first: int) -> int:
        """Where the phrase begins: with an adjective of the state; "Russia's" stays a name of its own."""
        if k not in self.people:
            return first
        spot = self.spots[k]
        between = range(spot.past, first)
        return (
            spot.first
            if all(self.tokens[j].pos in _INSIDE or self.tokens[j].text == "-" for j in between)
            else first
        )

    def _goes_on(self, token: Token) -> bool:
        """True where the phrase may go on over this word to the name of the state."""
        over = (
            plain(token.text) in self.words.sets["to_state"]
            or token.pos.lower() in self.words.sets["to_state_pos"]
        )
        return over and not self.words.has("phrase_stops", token)

    # --- giving entities

    def _settle(self) -> None:
        forces = [b for b in self.bodies if b.kind == "force"]
        self._own_peacekeepers(forces)
        kinds: dict[int, set[str]] = {}
        for body in forces:
            if body.state is not None:
                kinds.setdefault(id(body.state), set()).add(body.sort)
        for body in self.bodies:
            if body.kind == "force":
                self._give_force(body, kinds)
            elif body.kind == "government" and body.state is not None:
                self._mention(body, body.state, "who governs a state stands for it", form=False)
            elif body.kind == "body":
                self._give_body(body)
            elif body.kind == "group":
                self._give_group(body)
        self._give_ministries([b for b in self.bodies if b.kind == "ministry"])

    def _own_peacekeepers(self, forces: list[Body]) -> None:
        """ "the peacekeepers": those of the one state whose forces the article speaks of."""
        states = {id(b.state): b.state for b in forces if b.state is not None}
        if len(states) == 1:
            for body in forces:
                if body.state is None and body.sort != "general" and self._is_definite(body.first):
                    body.state = next(iter(states.values()))

    def _give_force(self, body: Body, kinds: dict[int, set[str]]) -> None:
        if body.state is None:
            return
        draft = self._force_of(body.state, body.sort, kinds.get(id(body.state), set()))
        self._mention(body, draft, "armed force of a state")

    def _force_of(self, state: Draft, sort: str, kinds: set[str]) -> Draft:
        """A general word means the one particular force of that state which the article speaks of."""
        special = sorted(kinds - {"general"})
        if sort == "general" and special == ["peacekeeping"]:
            sort = "peacekeeping"
        return force_draft(self.roster, state, sort)

    def _give_body(self, body: Body) -> None:
        state = body.state
        if state is None:
            known = self.roster.of_sort(f"body:{body.sort}")
            if len(known) == 1 and self._is_definite(body.first):
                self._mention(body, known[0], "the body named before")
            return
        slug = body.sort.replace(" ", "-")
        key = (
            f"{slug}:{state.key.partition(':')[2]}"
            if state.key and state.key.startswith("country:")
            else None
        )
        draft = self.roster.known(key, "organisation") if key else self._like(f"body:{body.sort}", state)
        if draft is None:
            draft = self.roster.add(
                Draft(
                    "organisation",
                    self._text(body),
                    key=key,
                    country=state.country,
                    of=state,
                    sort=f"body:{body.sort}",
                )
            )
        self._mention(body, draft, "body of a state")

    def _like(self, sort: str, state: Draft | None) -> Draft | None:
        return next((d for d in self.roster.of_sort(sort) if d.of is state), None)

    def _give_group(self, body: Body) -> None:
        sort, state = f"group:{body.sort}", body.state
        draft = self._like(sort, state)
        if draft is None and state is None:
            known = self.roster.of_sort(sort)
            owned = [d for d in known if d.of is not None]
            draft = known[0] if len(known) == 1 and (owned or self._is_definite(body.first)) else None
        if draft is None:
            of = state.key.partition(":")[2] if state is not None and state.key else ""
            key = f"{sort}/{of}" if state is None or of else None
            country = state.country if state is not None else None
            draft = self.roster.add(
                Draft("group", self._text(body), key=key, of=state, country=country, sort=sort, plural=True)
            )
        self._mention(body, draft, "group")

    def _give_ministries(self, bodies: list[Body]) -> None:
        whole = [b for b in bodies if b.sort]
        for body in whole:
            if body.state is None:
                body.state = self._only_state_of(whole, body.sort)
            draft = self._ministry_draft(body)
            self._mention(body, draft, "ministry of a state")
            self._ministries.append((self.tokens[body.first].start, draft))
        for body in bodies:
            if body.sort:
                continue
            known = self.roster.of_sort("ministry")
            if body.state is not None:
                known = [d for d in known if d.of is body.state]
            else:
                known = self._latest_ministry(body)
            if len(known) == 1:
                self._mention(body, known[0], "the ministry named before")
            elif body.state is not None:
                self._mention(body, self._ministry_draft(body), "ministry of a state")

    def _only_state_of(self, whole: list[Body], sort: str) -> Draft | None:
        states = {id(b.state): b.state for b in whole if b.sort == sort and b.state is not None}
        return next(iter(states.values())) if len(states) == 1 else None

    def _latest_ministry(self, body: Body) -> list[Draft]:
        at = bisect_left(self._ministries, self.tokens[body.first].start, key=lambda m: m[0])
        return [self._ministries[at - 1][1]] if at else []

    def _ministry_draft(self, body: Body) -> Draft:
        state = body.state
        sort = f"ministry:{body.sort or 'any'}"
        code = (
            state.key.removeprefix("country:")
            if state and state.key and state.key.startswith("country:")
            else None
        )
        key = f"ministry:{code}/{body.sort.replace(' ', '-')}" if code and body.sort else None
        draft = self.roster.known(key, "organisation") if key else self._like(sort, state)
        if draft is not None:
            return draft
        return self.roster.add(
            Draft(
                "organisation",
                self._text(body),
                key=key,
                country=state.country if state else None,
                of=state,
                sort=sort,
            )
        )

    def _text(self, body: Body) -> str:
        text = self.syntax.text[self.tokens[body.first].start : self.tokens[body.past - 1].end]
        return " ".join(text.split())

    def _mention(self, body: Body, draft: Draft, rule: str, form: bool = True) -> MentionDraft:
        span = Span(self.tokens[body.first].start, self.tokens[body.past - 1].end)
        if form:
            text = self._text(body)
            draft.add_form(text)
            if len(text) > len(draft.name) and draft.sort:
                draft.name = text
        return self.roster.mention(span, body.head, (draft,), "nominal", rule)


def force_draft(roster: Roster, state: Draft, sort: str) -> Draft:
    """The armed force of this sort of a state, made on first use."""
    code = state.key.partition(":")[2] if state.key else None
    key = f"force:{code}/{sort}" if code else None
    draft = (
        roster.known(key, "armed_force")
        if key
        else next((d for d in roster.of_sort(f"force:{sort}") if d.of is state), None)
    )
    if draft is not None:
        return draft
    return roster.add(
        Draft("armed_force", "", key=key, country=state.country, of=state, sort=f"force:{sort}", plural=True)
    )
