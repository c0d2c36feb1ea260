"""What has been spoken of so far: mentions in order, how salient each is, and which belong together."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from dragoman.model import Span
from dragoman.reading.names.drafts import Draft, MentionDraft, MentionKind, Roster
from dragoman.reading.names.roles import RoleMention
from dragoman.reading.names.words import Words
from dragoman.reading.syntax import Syntax, Token

WINDOW = 3
"""Sentences before the present one in which a reference looks."""

NEAREST = 200
"""Most mentions, and roles, that a reference is held against; four sentences of prose have forty at the most."""

_WORDS_BACK = 1_000
"""Words before a reference among which a common noun may be what is meant; two sentences of prose have eighty."""

_BY_DISTANCE = (40.0, 30.0, 12.0, 3.0)
_SUBJECT, _MAIN_SUBJECT, _OBJECT, _POSSESSOR = 18.0, 24.0, 8.0, 5.0
_REPEATED, _MOST_REPEATED = 3.0, 5
SUBJECT_DEPS = frozenset({"nsubj", "nsubj:pass", "csubj"})


@dataclass(slots=True, eq=False)
class Candidate:
    """One thing that may be meant: a mention, several coordinated ones, or a common noun (`drafts` empty)."""

    drafts: tuple[Draft, ...]
    head: int
    score: float
    subject: bool


class Discourse:
    """The mentions of one text in order, growing as references are resolved."""

    def __init__(self, syntax: Syntax, words: Words, roster: Roster, roles: list[RoleMention]) -> None:
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.words = words
        self.roster = roster
        self.roles = {r.first: r for r in roles}
        self.role_heads = {r.head: r for r in roles}
        self._role_firsts = sorted(self.roles)
        self.mentions = sorted(roster.mentions, key=lambda m: (m.start, m.end))
        self.starts = [m.start for m in self.mentions]
        self.covered: set[int] = set()
        self.by_head: dict[int, MentionDraft] = {}
        for mention in self.mentions:
            self._cover(mention)
        self._seen: Counter[int] = Counter()
        self._counted = 0
        self.named_persons = [d for d in roster.drafts if d.type == "person"]

    def _cover(self, mention: MentionDraft) -> None:
        self.covered.update(t.i for t in self.syntax.tokens_in(mention.start, mention.end))
        self.by_head.setdefault(mention.head, mention)

    def add(self, span: Span, head: int, drafts: tuple[Draft, ...], kind: MentionKind, rule: str) -> None:
        """A reference, resolved (or left open where `drafts` is empty)."""
        mention = self.roster.mention(span, head, drafts, kind, rule)
        if drafts:
            at = bisect_left(self.starts, mention.start)
            self.mentions.insert(at, mention)
            self.starts.insert(at, mention.start)
        self._cover(mention)

    def span(self, token: Token) -> Span:
        return Span(token.start, token.end)

    def before(self, i: int, window: int = WINDOW) -> list[MentionDraft]:
        """Mentions before token `i`, from the last back to those `window` sentences earlier."""
        sent = self.tokens[i].sent
        found = []
        for k in range(bisect_left(self.starts, self.tokens[i].start) - 1, -1, -1):
            mention = self.mentions[k]
            if sent - self.tokens[mention.head].sent > window:
                break
            if mention.drafts:
                found.append(mention)
            if len(found) == NEAREST:
                break
        return found

    def roles_before(self, i: int) -> list[RoleMention]:
        """Roles of this and the last sentence before token `i`, the nearest first."""
        found = []
        for k in range(bisect_left(self._role_firsts, i) - 1, -1, -1):
            first = self._role_firsts[k]
            if self.tokens[i].sent - self.tokens[first].sent > 1:
                break
            found.append(self.roles[first])
            if len(found) == NEAREST:
                break
        return found

    def times_named(self, draft: Draft, i: int) -> int:
        """How often the draft was mentioned before token `i`; `i` grows from call to call."""
        past = bisect_left(self.starts, self.tokens[i].start)
        while self._counted < past:
            for one in self.mentions[self._counted].drafts:
                self._seen[id(one)] += 1
            self._counted += 1
        return self._seen[id(draft)]

    def salience(self, head: int, i: int) -> tuple[float, bool]:
        """How well the word at `head` is remembered at token `i`, and whether it is a subject."""
        token, here = self.tokens[head], self.tokens[i]
        away = here.sent - token.sent
        score = _BY_DISTANCE[min(max(away, 0), WINDOW)]
        score -= min((i - head) / 8, 6.0) if away == 0 else 0.0
        top = self._top(token)
        subject = top.dep in SUBJECT_DEPS
        if subject:
            governor = self.tokens[top.head]
            score += (
                _MAIN_SUBJECT if governor.dep in ("root", "conj") or governor.head == governor.i else _SUBJECT
            )
        elif top.dep in ("obj", "iobj", "obl:agent"):
            score += _OBJECT
        elif top.dep == "nmod:poss":
            score += _POSSESSOR
        return score, subject

    def _top(self, token: Token) -> Token:
        """The word through which an apposition, a flat name or a conjunct takes part in its clause."""
        for _ in range(4):
            if (token.dep in ("appos", "flat", "flat:name", "conj") and token.head != token.i) or (
                token.dep in ("compound",) and token.head != token.i and token.head in self.role_heads
            ):
                token = self.tokens[token.head]
            else:
                break
        return token

    def candidates(self, i: int, window: int = WINDOW) -> list[Candidate]:
        """The best mention of each thing before token `i`, with its salience."""
        best: dict[tuple[int, ...], Candidate] = {}
        for mention in self.before(i, window):
            score, subject = self.salience(mention.head, i)
            if len(mention.drafts) == 1:
                times = min(self.times_named(mention.drafts[0], i), _MOST_REPEATED)
                score += _REPEATED * times
            if mention.kind == "demonym":
                score -= 12.0
            key = tuple(sorted(id(d) for d in mention.drafts))
            if key not in best or best[key].score < score:
                best[key] = Candidate(mention.drafts, mention.head, score, subject)
        return list(best.values())

    def coordinated(self, i: int, window: int = 1) -> list[Candidate]:
        """Names joined by "and" before token `i`: "Baku and Yerevan", as one candidate each."""
        groups: dict[int, list[MentionDraft]] = {}
        for mention in self.before(i, window):
            token = self.tokens[mention.head]
            root = token
            while root.dep == "conj" and root.head != root.i:
                root = self.tokens[root.head]
            groups.setdefault(root.i, []).append(mention)
        found = []
        for root_i, members in groups.items():
            drafts = tuple(
                {id(m.drafts[0]): m.drafts[0] for m in reversed(members) if len(m.drafts) == 1}.values()
            )
            joined = {m.head for m in members}
            if len(drafts) < 2 or not any(self.tokens[h].dep == "conj" for h in joined):
                continue
            if len({d.type == "person" for d in drafts}) > 1:
                continue
            score, subject = self.salience(root_i, i)
            found.append(Candidate(drafts, root_i, score + 4.0, subject))
        return found

    def common_nouns(self, i: int, plural: bool, gender: str | None) -> list[Candidate]:
        """Nouns of this and the last sentence that stand for no entity, yet may be what is meant."""
        here = self.tokens[i]
        found = []
        for k in range(i - 1, max(-1, i - _WORDS_BACK), -1):
            token = self.tokens[k]
            if here.sent - token.sent > 1:
                break
            if (
                token.pos != "NOUN"
                or k in self.covered
                or token.dep not in (*SUBJECT_DEPS, "obj", "root", "conj", "obl")
            ):
                continue
            if (token.morph.get("Number") == "Plur") != plural:
                continue
            marked = {"Masc": "m", "Fem": "f", "Neut": "n"}.get(token.morph.get("Gender", ""))
            if gender in ("m", "f") and marked is not None and marked != gender:
                continue
            if token.dep in ("obl", "conj") and here.sent != token.sent:
                continue
            score, subject = self.salience(k, i)
            found.append(Candidate((), k, score, subject))
        return found

    def state_of(self, draft: Draft) -> Draft | None:
        """The state that a draft is, belongs to or holds office in."""
        if draft.type == "state":
            return draft
        if draft.of is not None:
            return self.state_of(draft.of) if draft.of is not draft else None
        for role in reversed(draft.roles):
            if role.of is not None and role.of.type == "state":
                return role.of
        if draft.key and draft.key.startswith("country:"):
            return self.roster.known(draft.key, "state") or draft
        return None
