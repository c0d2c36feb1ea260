"""The time that a clause without one of its own takes over, and from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from dragoman.model import Language, Span, TimeMention, When
from dragoman.reading.event_time.own import borrowed, own_times
from dragoman.reading.event_time.scene import STEPS, Scene, speech_verbs
from dragoman.reading.syntax import Clause, Syntax
from dragoman.reading.times.words import time_words

_RECENT = timedelta(days=2)
"""How far before the article's day an undated deed of the news lies at most."""
_SPOKEN = timedelta(days=60)
"""An undated statement belongs to a date told beside it only if that is no older, seen from the article's day."""
_KNOWN = timedelta(days=7)
"""How long the stretch of the article's own day may be for its news to be dated by it."""

_LEAD = 10
"""Sentences in which an article tells its news; what it tells later without a date is as often background."""
_HISTORIC = 3
"""Present clauses with dates of the past from which an article counts as told in the historical present."""
_SHARING = frozenset(("xcomp", "advcl"))


@dataclass(slots=True)
class Telling:
    """The discourse so far: the last time told, the one that holds in this paragraph, and dated event nouns.

    `retold` holds in this paragraph for what is told in the historical present.
    """

    last: When | None = None
    here: When | None = None
    earlier: bool = False
    """True where that was told in the past perfect, which the next may go on in."""
    retold: When | None = None
    paragraph: int = -1
    nouns: dict[str, When] = field(default_factory=dict)


class Timing:
    """The work on one article; `found` fills up clause by clause, in the order of telling."""

    def __init__(
        self,
        syntax: Syntax,
        clauses: tuple[Clause, ...],
        times: tuple[TimeMention, ...],
        published: When | None,
    ) -> None:
        self.syntax = syntax
        self.clauses = clauses
        self.published = published
        self.scene = Scene(syntax, clauses)
        self.own = own_times(self.scene, times)
        self.words = time_words(syntax.language).discourse
        self.speech = speech_verbs(syntax.language)
        self.marked = self._marked()
        self.historic = sum(self._is_retold(i) for i in self.own.times) >= _HISTORIC
        self.found: dict[int, When | None] = {}
        self.telling = Telling()

    def run(self) -> tuple[When | None, ...]:
        for clause in self._in_order():
            when = self._time(clause)
            self.found[clause.i] = when
            self._remember(clause, when)
        return tuple(self.found.get(c.i) for c in self.clauses)

    def _in_order(self) -> list[Clause]:
        """Clauses as they are told, each after the one that it hangs on."""
        ordered: list[Clause] = []
        done: set[int] = set()
        for clause in self.clauses:
            chain: list[Clause] = []
            one: Clause | None = clause
            while one is not None and one.i not in done:
                done.add(one.i)
                chain.append(one)
                one = self.clauses[one.parent] if one.parent is not None else None
            ordered.extend(reversed(chain))
        return ordered

    def _time(self, clause: Clause) -> When | None:
        paragraph = self.scene.paragraph(clause.start)
        if paragraph != self.telling.paragraph:
            self.telling.paragraph, self.telling.here, self.telling.retold = paragraph, None, None
        if clause.i in self.own.times:
            return self.own.times[clause.i]
        if clause.kind == "noun" and not clause.light:
            return self._noun(clause)
        when = self._from_nouns(clause) or self._from_below(clause) or self._by_marker(clause)
        if when is not None:
            return when
        parent = self.scene.parent(clause)
        if (
            clause.relation == "acl"
            and self.scene.adds(clause)
            and (when := self._of_main(parent)) is not None
        ):
            return borrowed(when, "As the clause that it is added to.")
        if parent is not None and (when := self._voiced(clause, parent)) is not None:
            return when
        if parent is not None and (when := self._from_parent(clause, parent)) is not None:
            return when
        if clause.relation == "relcl" and clause.tense == "present":
            return self._around_publication(clause)
        return self._from_telling(clause) if self.scene.is_main(clause) else None

    # --- from the nouns beside it ---------------------------------------------------------------------

    def _from_nouns(self, clause: Clause) -> When | None:
        """From a dated event beside the verb: *the war of 2020 changed ...*, *agreed after the 2020 war*."""
        for argument in clause.args:
            noun = self.scene.noun_of(argument)
            when = self.own.times.get(noun.i) if noun is not None and noun.i != clause.i else None
            if when is None or when.start is None or when.end is None:
                continue
            if argument.case in self.words.since_event and clause.tense in ("past", "present"):
                return borrowed(when, "Since the event that it is told to follow.", end=None)
            if clause.tense != "past":
                continue
            if argument.case in self.words.past_event:
                return borrowed(when, "After the event it is told to follow.", end=None, basis="bounded")
            if argument.case in self.words.coming_event:
                return borrowed(when, "Before the event it is told to precede.", start=None, basis="bounded")
            causes = argument.role in ("agent", "cause") and clause.lemma not in self.speech
            if causes or argument.case in self.words.while_:
                return borrowed(when, "As the event that it is told with.")
        return self._from_object(clause)

    def _from_object(self, clause: Clause) -> When | None:
        """*подписали соглашение о прекращении огня 20 мая*: the day at the end of its object is that of the deed."""
        if clause.tense != "past" or clause.kind != "verb":
            return None
        for argument in clause.by_role("patient"):
            for noun in self.scene.in_sentence(argument.start):
                when = self.own.times.get(noun.i)
                inside = argument.start <= noun.start and when is not None and when.span is not None
                if not inside or noun.kind != "noun" or when is None or when.span is None:
                    continue
                if when.start == when.end and when.span.end == argument.end and argument.head != noun.head:
                    return borrowed(when, "The day that its object ends with.")
        return None

    # --- from the clauses below it ----------------------------------------------------------------------

    def _from_below(self, clause: Clause) -> When | None:
        """From a dated clause that sets its scene: *when the army attacked on May 3, nobody was there*."""
        if clause.tense != "past" or clause.perfect:
            return None
        for i in self.scene.below(clause):
            other, when = self.clauses[i], self.own.times.get(i)
            if when is None or other.relation != "advcl" or other.tense != "past":
                continue
            marks = {t.lemma.lower() for t in self.syntax.children(other.head, "mark", "advmod")}
            if marks & self.words.when_clause:
                return borrowed(when, "As the clause that sets its scene.")
            if marks & self.words.past_event:
                return borrowed(when, "After what it is told to follow.", end=None, basis="bounded")
        return None

    def _noun(self, clause: Clause) -> When | None:
        """A noun that goes with a dated verb, or one told of before (*this war*)."""
        parent = self.scene.parent(clause)
        if parent is not None and clause.relation == "nominal" and self._happens_with(clause, parent):
            own = self.own.times.get(parent.i)
            when = own or (self.found.get(parent.i) if self._happens_at(clause) else None)
            if when is not None and (own is not None or when.span is not None):
                until = self.published.end if self.published is not None else None
                return borrowed(when, "As the clause that it is told in.", end=when.end or until)
        if parent is not None and self._is_brought_about(clause, parent):
            brought = self.found.get(parent.i)
            if brought is not None and brought.span is not None:
                return borrowed(brought, "Brought about by the clause that it is told in.")
        return self.telling.nouns.get(clause.lemma) if self.scene.points_back(clause) else None

    def _is_brought_about(self, noun: Clause, parent: Clause) -> bool:
        """True for a noun that its verb tells to come about (*led to the deployment of troops*)."""
        if parent.lemma not in self.words.brings or parent.tense == "future":
            return False
        return any(a.head == noun.head and a.role != "agent" for a in parent.args)

    def _happens_with(self, clause: Clause, parent: Clause) -> bool:
        """True for a noun that only accompanies or fills its verb (*spread, with clashes*)."""
        named = any(
            a.head == clause.head and (a.role in ("with", "means") or a.case in self.words.while_)
            for a in parent.args
        )
        return named or self._happens_at(clause)

    def _happens_at(self, noun: Clause) -> bool:
        """True behind a word that makes the noun the occasion of its verb (*during a meeting*, *lors d'une visite*)."""
        above = self.syntax.tokens[self.syntax.tokens[noun.head].head]
        cases = self.syntax.children(noun.head, "case")
        brought = {
            " ".join((t.text, *(f.text for f in self.syntax.children(t.i, "fixed")))).lower() for t in cases
        }
        return not brought.isdisjoint(self.words.occasion) or above.lemma.lower() in self.words.occasion

    # --- by what the discourse says -------------------------------------------------------------------

    def _by_marker(self, clause: Clause) -> When | None:
        """*then*, *since then*, *previously*: by the last time told."""
        last = self.telling.last
        kind = self.marked.get(clause.i)
        if last is None or kind is None:
            return None
        if kind == "since_then":
            until = self.published.end if self.published else None
            return borrowed(last, "Told as since the date before it.", end=until)
        if clause.tense != "past":
            return None
        if kind == "then":
            return borrowed(last, "Told to follow the date before it.")
        return borrowed(last, "Told as earlier than the date before it.", start=None, basis="bounded")

    def _marked(self) -> dict[int, str]:
        """Clause -> the kind of discourse marker that hangs on its predicate."""
        markers = _markers(self.syntax.language)
        tokens = self.syntax.tokens
        found: dict[int, str] = {}
        for token in tokens:
            for kind, phrase in markers.get(token.text.lower(), ()):
                words = tokens[token.i : token.i + len(phrase)]
                if tuple(t.text.lower() for t in words) == phrase and words[-1].sent == token.sent:
                    owner = self._marked_by({t.i for t in words})
                    if owner is not None and kind != "not_then":
                        found.setdefault(owner, kind)
                    break
        return found

    def _marked_by(self, words: set[int]) -> int | None:
        """The clause above a marker; a noun within it (*in response*) is none."""
        for i in words:
            head = self.syntax.tokens[i].head
            if head not in words:
                return self.scene.above(self.syntax.tokens[head])
        return None

    # --- from the clause above --------------------------------------------------------------------------

    def _from_parent(self, clause: Clause, parent: Clause) -> When | None:
        """Coordinated and participial clauses share the time of what they hang on."""
        when = self.found.get(parent.i)
        if when is None:
            return None
        antecedent = self.syntax.tokens[self.syntax.tokens[clause.head].head]
        if (
            clause.relation == "relcl"
            and when.span
            and when.span.holds(Span(antecedent.start, antecedent.end))
        ):
            return borrowed(when, "In the time that it is told of.") if clause.tense == "past" else None
        if clause.relation in ("conj", "parataxis"):
            alike = clause.tense == parent.tense and clause.perfect == parent.perfect
            return borrowed(when, "As the clause that it is joined to.") if alike else None
        shares = clause.relation in _SHARING and parent.relation not in ("acl", "relcl")
        if shares and clause.tense == parent.tense and not clause.perfect:
            return borrowed(when, "As the clause that it belongs to.")
        if clause.relation not in ("ccomp", "quote") or when.end is None:
            return None
        if clause.tense == "present" and clause.perfect and parent.lemma in self.speech:
            return borrowed(when, "Told of then as done; it is no later.", start=None, basis="bounded")
        if clause.tense != "past":
            return None
        if clause.perfect and parent.i in self.own.times and not self._is_of_another(clause):
            return borrowed(when, "Told on that day; it is no later.")
        stative = clause.kind == "adjective" or self.scene.is_imperfect(clause)
        if stative or parent.lemma not in self.speech or parent.tense == "future":
            return None
        return borrowed(when, "Told of then; it is no later.", start=None, basis="bounded")

    def _is_of_another(self, clause: Clause) -> bool:
        """True for what is told to have been within another event (*had been killed in the operation*)."""
        cases = self.words.while_
        return any(self.scene.noun_of(a) is not None and a.case in cases for a in clause.args)

    def _of_main(self, above: Clause | None) -> When | None:
        """The told time of the nearest clause with a verb, here or above."""
        for _ in range(STEPS):
            if above is None:
                return None
            if above.kind == "verb" or above.light:
                when = self.found.get(above.i)
                return when if when is not None and when.span is not None else None
            above = self.scene.parent(above)
        return None

    def _voiced(self, clause: Clause, parent: Clause) -> When | None:
        """A possibility without a time of its own is news of the day on which it was raised."""
        if clause.relation != "acl" or clause.modality != "possible" or parent.kind != "noun":
            return None
        above = self.scene.parent(parent)
        when = self.own.times.get(above.i) if above is not None and above.tense == "past" else None
        return (
            borrowed(when, "A possibility, by the day on which it was raised.") if when is not None else None
        )

    # --- from what was told before, and the article's own day ---------------------------------------------

    def _from_telling(self, clause: Clause) -> When | None:
        """A main clause without a time of its own."""
        if clause.tense == "past":
            when = self._pointed_at(clause)
            if when is not None:
                return borrowed(when, "As the event that it points back to.")
            here = self.telling.here
            if here is not None and clause.i in self.own.lasting:
                return None  # "over nine years": longer than the day told before, we know not when
            if here is not None and not self.telling.earlier and self.scene.is_pluperfect(clause):
                return borrowed(
                    here, "Past perfect: not after the date before it.", start=None, basis="bounded"
                )
            if here is not None and self._continues(clause, here):
                return borrowed(here, "Told on from the date before it.")
        retold = self.telling.retold
        if (
            retold is not None
            and clause.tense == "present"
            and not clause.perfect
            and clause.lemma not in self.speech
        ):
            return borrowed(retold, "Told on, in the historical present, from the date before it.")
        return self._around_publication(clause)

    def _is_retold(self, i: int) -> bool:
        """True for a clause in the historical present: its own words date it before the article's day."""
        clause, when = self.clauses[i], self.own.times[i]
        if clause.tense != "present" or clause.perfect or (clause.kind == "noun" and not clause.light):
            return False
        published = self.published.start if self.published is not None else None
        if published is None or when.start is None or when.end is None:
            return False
        return date.fromisoformat(when.end) < date.fromisoformat(published) - _RECENT

    def _pointed_at(self, clause: Clause) -> When | None:
        """The time of the event that the subject points back to (*This war ended ...*)."""
        if clause.light and self.scene.points_back(clause):
            return self.telling.nouns.get(clause.lemma)
        for argument in clause.args:
            noun = self.scene.noun_of(argument)
            if noun is None or argument.start > clause.start or not self.scene.points_back(noun):
                continue
            if (when := self.telling.nouns.get(noun.lemma)) is not None:
                return when
        return None

    def _continues(self, clause: Clause, here: When) -> bool:
        """A past clause goes on from the date before it; a statement only if that is recent."""
        if clause.lemma not in self.speech or self.published is None or self.published.start is None:
            return True
        if here.end is None:
            return False
        return date.fromisoformat(here.end) >= date.fromisoformat(self.published.start) - _SPOKEN

    def _around_publication(self, clause: Clause) -> When | None:
        """A plain clause of the news lies about the article's own day; not one that only sets the scene."""
        published = self.published
        if published is None or published.start is None or clause.modality != "none":
            return None
        if clause.perfect:
            if clause.tense != "present" or published.end is None or clause.kind == "adjective":
                return None
            why = "Present perfect: not after the article's own day."
            return When(start=None, end=published.end, basis="bounded", why=why)
        background = clause.lemma not in self.speech and self.scene.is_imperfect(clause)
        if background or clause.i in self.own.lasting:
            return None
        if self.historic and clause.tense != "past" and clause.lemma not in self.speech:
            return None
        if clause.tense == "future":
            why = "Future tense: not before the article's own day."
            return When(start=published.start, end=None, basis="bounded", why=why)
        if published.end is None:
            return None
        first, last = date.fromisoformat(published.start), date.fromisoformat(published.end)
        if published.basis == "bounded" or last - first > _KNOWN:
            if clause.tense != "past":
                return None
            why = "Plain past tense, so not after the article's own day, of which only bounds are known."
            return When(start=None, end=published.end, basis="bounded", why=why)
        if clause.tense == "past" and clause.sent >= _LEAD and clause.lemma not in self.speech:
            why = "Plain past tense, well after the lead; not after the article's own day."
            return When(start=None, end=published.end, basis="bounded", why=why)
        if clause.tense == "past" and self._began_before(clause, first - _RECENT):
            why = "Told of what is dated earlier; not after the article's own day."
            return When(start=None, end=published.end, basis="bounded", why=why)
        if clause.tense == "past":
            start = first - _RECENT
            why = "No date is told; plain past tense, so about the article's own day."
            return When(start=start.isoformat(), end=published.end, basis="inferred", why=why)
        if clause.tense == "present" and (clause.kind == "verb" or clause.light):
            why = "No date is told; present tense, so the article's own day."
            return When(start=published.start, end=published.end, basis="inferred", why=why)
        return None

    def _began_before(self, clause: Clause, day: date) -> bool:
        """True where what the clause tells of is dated before that day beside it (*the war, which began in May*)."""
        heads = {a.head for a in clause.args if a.role in ("agent", "patient")}
        for i, when in self.own.times.items():
            other = self.clauses[i]
            if other.relation not in ("acl", "relcl") or other.tense != "past" or when.start is None:
                continue
            if when.start < day.isoformat() and not heads.isdisjoint(self.scene.hangs_on(other)):
                return True
        lasting = (self.clauses[i] for i in self.own.lasting)
        return any(c.relation == "relcl" and not heads.isdisjoint(self.scene.hangs_on(c)) for c in lasting)

    def _remember(self, clause: Clause, when: When | None) -> None:
        """Keep a time for what is told next. The article's own day is no time told (it has no words)."""
        if when is None or when.start is None or when.span is None:
            return
        own = clause.i in self.own.times
        if clause.kind == "noun" and when.end is not None:
            self.telling.nouns[clause.lemma] = when
        if own and when.end is not None:
            for argument in clause.args:
                noun = self.scene.noun_of(argument)
                if noun is not None and noun.kind == "noun":
                    self.telling.nouns.setdefault(noun.lemma, when)
        if own and self._is_retold(clause.i) and self.scene.is_main(clause):
            self.telling.retold = when
        scenery = self.scene.is_imperfect(clause) and not clause.perfect
        told = clause.tense == "past" and not scenery and (own or when.basis != "bounded")
        if told and self.scene.is_main(clause):
            self.telling.last = self.telling.here = when
            self.telling.earlier = self.scene.is_pluperfect(clause)


@cache
def _markers(language: Language) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """First word -> kind and words of the discourse markers that begin with it, the longest first."""
    data = time_words(language).discourse
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for kind in ("then", "since_then", "earlier", "not_then"):
        for phrase in getattr(data, kind):
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((kind, words))
    return {first: tuple(sorted(kinds, key=lambda k: -len(k[1]))) for first, kinds in found.items()}
