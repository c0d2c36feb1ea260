"""Deeds -> event reports: spans, who says it and what that makes of its status, figures, confidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dragoman.model import Arg, EventReport, FigureMention, Span, StatementReport, Status, When
from dragoman.reading.events.actors import Actors
from dragoman.reading.events.confidence import share_right, traits_of
from dragoman.reading.events.deed import Deed
from dragoman.reading.events.status import status_words
from dragoman.reading.statements.words import speech_words
from dragoman.reading.syntax import Clause, Syntax, Token


class Reports:
    """Makes the reports of one text. Statements and figures are looked up by place, not one by one."""

    def __init__(
        self,
        syntax: Syntax,
        actors: Actors,
        clause_times: tuple[When | None, ...],
        figures: tuple[FigureMention, ...],
        statements: tuple[StatementReport, ...],
        published: When | None = None,
    ) -> None:
        self.syntax = syntax
        self.actors = actors
        self.clause_times = clause_times
        self.today = published.end if published is not None else None
        self.words = status_words(syntax.language)
        self.weekdays = speech_words(syntax.language).weekdays
        self._figures = sorted((f.start, n) for n, f in enumerate(figures))
        self._said = sorted(
            ((c.start, c.end, s) for s in statements if s.speaker is not None for c in s.content),
            key=lambda said: said[:2],
        )
        self._said_starts = [start for start, _, _ in self._said]

    def of(self, deed: Deed) -> EventReport | None:
        """The report of a deed; None where nobody is left on any side and it does not stand by its time or place."""
        clause = deed.clause
        who = self._side(deed.who)
        whom = self._side(deed.whom)
        if deed.whom != deed.who:
            whom = tuple(a for a in whom if not self._is_among(a, who))
        when = self.clause_times[clause.i] if clause.i < len(self.clause_times) else None
        if not who and not whom and not (deed.frame.weighty and (_is_own(when) or deed.place is not None)):
            return None
        attributed, status = self._attributed(deed, who, whom)
        if status in ("happened", "ongoing") and self._is_to_come(clause, when):
            status = "planned"  # "visits Ankara on Friday", told on Wednesday
        sentence = self.syntax.sentences[clause.sent]
        traits = traits_of(
            deed,
            who,
            whom,
            status=status,
            told_by_another=attributed is not None,
            words=sentence.past - sentence.first,
        )
        return EventReport(
            type=deed.type,
            mode=deed.mode,
            status=status,
            trigger=Span(clause.start, clause.end),
            who=who,
            whom=whom,
            place=self.actors.arg(deed.place) if deed.place is not None else None,
            when=when,
            sentence=sentence.span,
            rule=deed.rule,
            confidence=share_right(traits),
            figures=self._counted(clause),
            contexts=deed.contexts,
            attributed=attributed,
        )

    def _is_to_come(self, clause: Clause, when: When | None) -> bool:
        """True where its own words set it on a day after the article's, and it is not told in the past."""
        if self.today is None or when is None or when.start is None or not _is_own(when):
            return False
        return when.start > self.today and clause.tense != "past" and not clause.perfect

    def _side(self, tokens: tuple[Token, ...]) -> tuple[Arg, ...]:
        """A side without the pronouns that stand for nobody known; *I* and *we* of a quotation are its speaker."""
        found: list[Arg] = []
        for token in tokens:
            arg = self.actors.arg(token)
            words = {token.lemma.lower(), token.text.lower()}
            if self.weekdays & {token.text.lower(), token.text.lower().removesuffix("'s").removesuffix("’s")}:
                continue  # "Sunday's attack": a day does nothing
            if (self.actors.is_pronoun(token) and not arg.entities) or words & self.words.second:
                statement = self._statement_at(token.start) if words & self.words.first else None
                if statement is None or statement.speaker is None:
                    continue
                arg = statement.speaker
            if all(arg != other for other in found):
                found.append(arg)
        return tuple(found)

    def _counted(self, clause: Clause) -> tuple[int, ...]:
        """Indices of the figures inside the clause's arguments."""
        found: set[int] = set()
        for a in clause.args:
            if a.role != "time":
                first = bisect_left(self._figures, (a.start, -1))
                past = bisect_left(self._figures, (a.end, -1))
                found.update(n for _, n in self._figures[first:past])
        return tuple(sorted(found))

    def _statement_at(self, position: int) -> StatementReport | None:
        """The innermost of the last few statements begun before a place that still holds it."""
        at = bisect_right(self._said_starts, position)
        for start, end, statement in reversed(self._said[max(0, at - 4) : at]):
            if start <= position < end:
                return statement
        return None

    def _attributed(
        self, deed: Deed, who: tuple[Arg, ...], whom: tuple[Arg, ...]
    ) -> tuple[Arg | None, Status]:
        """The speaker in whose words it is told, if not the doer's own, and the status that follows."""
        if deed.accuser:
            return self.actors.arg(deed.accuser[0]), deed.status
        statement = self._statement_at(deed.clause.start)
        if statement is None or statement.speaker is None:
            return None, deed.status
        speaker = statement.speaker
        if statement.stance == "denies" and deed.status in ("happened", "ongoing", "alleged"):
            return speaker, "denied"
        if _same_side(speaker, who) or any(t.lemma.lower() in self.words.first for t in deed.who):
            return None, deed.status
        if deed.status not in ("happened", "ongoing"):
            return speaker, deed.status
        cue = self.syntax.head_of(*statement.cue) if statement.cue else None
        lemma = cue.lemma.lower() if cue is not None else ""
        party = lemma in self.words.says and _same_side(speaker, whom)
        return speaker, "alleged" if lemma in self.words.claims or party else deed.status

    def _is_among(self, arg: Arg, others: tuple[Arg, ...]) -> bool:
        """True where the same actor stands on the other side already."""
        text = self.syntax.text
        return any(
            (arg.entities and arg.entities == o.entities)
            or text[arg.start : arg.end] == text[o.start : o.end]
            for o in others
        )


def _is_own(when: When | None) -> bool:
    """A time that the words of the event itself tell."""
    return when is not None and when.basis in ("stated", "relative")


def _same_side(speaker: Arg, others: tuple[Arg, ...]) -> bool:
    return any(set(speaker.entities) & set(a.entities) or speaker.span.meets(a.span) for a in others)
