"""How well a sentence serves as the line of a day: it stands by itself, the day is its news, it is near the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.linking.days import stretch_of
from dragoman.linking.entries.centrality import cosine
from dragoman.linking.entries.context import names_left_out
from dragoman.linking.entries.sentences import EVENT, PRINT, WORDS, Naming, Sentence
from dragoman.linking.entries.standing import begin_of, is_bound, opening, unfit, worth_of
from dragoman.linking.sources import Library
from dragoman.model import Context, EventReport, Span

NAMED_BESIDE = 0.8
"""What is left of a sentence that opens with a pronoun whose name can be shown beside it."""

PAIRED, LONGEST_PAIR = 0.6, 340
"""Of one that is shown with the sentence before, which it takes up; and how many characters both may have."""

BACKGROUND = 0.45
"""Of one whose event, as news, is of another day."""

SEVERAL = (1.0, 0.75, 0.45)
"""Of one that names one, two, three or more days."""

LOOSE = 0.2
"""Of one that names the day as a bound only ("since", "before")."""

SAYING = 0.6
"""Of one that tells what somebody said."""

DENYING = 0.35
"""Of one that tells that somebody denies something, and no deed besides."""

HOW = {EVENT: 0.7, PRINT: 0.5}
"""Of one that does not name the day itself."""

NOT_DONE = 0.5
"""Of one whose event of the day is planned, possible or denied, on a day that has passed."""


IN_PASSING = 0.6
"""What a sentence loses whose event is told as known before: it recalls the day in the course of other news."""

SECOND_DAY = 0.7
"""Of one that names another day first."""

_DASHES = frozenset("-–—")
AS_HEADING, DATELINE, IN_CAPTION = 2, 40, 0.05
"""Code points between a date that heads a sentence, or stands in the dateline of a dispatch, and the sentence; what
is left of one whose day was in a caption before it."""

LINE_OF_ITS_OWN = 2.3
"""Weight of an event, 1 to 3, from which it is a line of a chronology."""

LEADING = 0.4
"""What the first sentence of an article has before one far down in it."""

OF_THE_MATTER, NEAREST = 0.5, 3.0
"""Power of the nearness to what the case is about, and from where on more says no more."""

STILL_TO_COME = 0.35
"""Of one written before the day."""


@dataclass(slots=True)
class Fit:
    """`span`: what is shown; `standing`: 0 to 1, how well it stands alone; `reasons` against; `names`: for brackets."""

    span: Span
    standing: float
    reasons: tuple[str, ...]
    names: tuple[Context, ...]


class Fitness:
    """Fitness of sentences, worked out once for each."""

    def __init__(self, library: Library) -> None:
        # Of this link alone: how a sentence stands hangs on decisions and on the other articles too.
        self._library = library
        self._known: dict[str, dict[int, Fit]] = {name: {} for name in library.ids}

    def of(self, sentence: Sentence) -> Fit:
        known = self._known[sentence.article]
        found = known.get(sentence.number)
        if found is None:
            found = known[sentence.number] = self._make(sentence)
        return found

    def _make(self, sentence: Sentence) -> Fit:
        library = self._library
        span = Span(begin_of(library.article(sentence.article).text, sentence.span.start), sentence.span.end)
        text = library.article(sentence.article).text[span.start : span.end]
        begin = span.start + opening(text, sentence.language, library.article(sentence.article).title or "")
        span = Span(begin, span.end)
        reading = library.reading(sentence.article)
        text = library.article(sentence.article).text[span.start : span.end]
        mentions = library.mentions(sentence.article, span)
        told = bool(sentence.reports) or any(span.meets(s.sentence) for s in reading.statements)
        named = any(m.kind in ("name", "demonym") for m in mentions)
        reasons = unfit(text, sentence.language, told, named)
        names = names_left_out(library, sentence)
        standing = worth_of(reasons)
        if "pronoun" in reasons and names:
            standing *= NAMED_BESIDE / worth_of(("pronoun",))
            reasons = tuple(r for r in reasons if r != "pronoun")
        if "nameless" in reasons and names:
            standing /= worth_of(("nameless",))
        fit = Fit(span, min(standing, 1.0), reasons, names)
        if "leaning" in reasons or ("pronoun" in reasons and not names):
            return self._with_the_one_before(sentence, fit) or fit
        return fit

    def _with_the_one_before(self, sentence: Sentence, fit: Fit) -> Fit | None:
        """Both sentences as one, where this one takes up the one before and that one stands by itself."""
        library, article = self._library, sentence.article
        if sentence.number == 0:
            return None
        whole = library.reading(article).sentences[sentence.number - 1]
        text = library.article(article).text
        before = Span(whole.start + opening(text[whole.start : whole.end], sentence.language), whole.end)
        if (
            sentence.span.end - before.start > LONGEST_PAIR
            or "\n\n\n" in text[before.end : sentence.span.start]
        ):
            return None
        if any(
            whole.start <= t.start < whole.end and t.first == t.last and t.first
            for t in library.reading(article).times
        ):
            return None  # it has a day of its own
        named = any(m.kind in ("name", "demonym") for m in library.mentions(article, before))
        reasons = unfit(text[before.start : before.end], sentence.language, told=False, named=named)
        if not set(reasons) <= {"connective", "short"}:
            return None
        left = tuple(r for r in fit.reasons if r not in ("leaning", "pronoun", "short", "nameless"))
        return Fit(Span(before.start, sentence.span.end), PAIRED * worth_of(left), left, ())

    def for_day(self, sentence: Sentence, day: int, naming: Naming, centre: Mapping[str, float]) -> float:
        """How well it tells a day whose sentences have this centre; 0 upwards."""
        worth: float = self.of(sentence).standing * (0.15 + cosine(sentence.vector, centre))
        worth *= SEVERAL[min(len(sentence.days), 3) - 1] if sentence.days else 1.0
        worth *= HOW.get(naming.by, 1.0)
        if naming.future:
            worth *= STILL_TO_COME
        if naming.time is not None and naming.time.mod in ("BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER"):
            worth *= LOOSE
        worth *= self._named_as_news(sentence, naming)
        worth *= self._as_news(sentence, day, naming)
        worth *= sentence.central * min(sentence.nearness, NEAREST) ** OF_THE_MATTER
        return worth * (1.0 + LEADING / (1 + sentence.number))

    def _named_as_news(self, sentence: Sentence, naming: Naming) -> float:
        """Less for a day that the sentence names as a bound, behind another day, or in a caption that ran into it."""
        time = naming.time
        if time is None or naming.by != WORDS:
            return 1.0
        span = self.of(sentence).span
        text = self._library.article(sentence.article).text
        if self.day_is_cut_off(sentence, naming):
            return IN_CAPTION
        if time.start < span.start:
            return 1.0
        factor = (
            LOOSE
            if is_bound(text[span.start : span.end], time.start - span.start, sentence.language)
            else 1.0
        )
        others = [n.time.start for n in sentence.days.values() if n.time is not None and n.by == WORDS]
        return factor * (SECOND_DAY if min(others, default=time.start) < time.start else 1.0)

    def day_is_cut_off(self, sentence: Sentence, naming: Naming) -> bool:
        """Whether the words that name the day are in no part that is shown: in a caption that ran into it."""
        time, span = naming.time, self.of(sentence).span
        if time is None or naming.by != WORDS or time.start >= span.start:
            return False
        head = self._library.article(sentence.article).text[time.end : span.start]
        if len(head) <= AS_HEADING or (len(head) <= DATELINE and not _DASHES.isdisjoint(head)):
            return False
        times = self._library.reading(sentence.article).times
        return not any(t.first == t.last == time.first and span.start <= t.start < span.end for t in times)

    def _as_news(self, sentence: Sentence, day: int, naming: Naming) -> float:
        """Whether what happens in it happens on the day."""
        pairs = list(zip(sentence.reports, sentence.records, strict=True))
        here: list[EventReport] = []
        elsewhere = False
        for report, record in pairs:
            days = stretch_of(record.when if record is not None else report.when)
            if days.first is not None and days.last is not None and days.first <= day <= days.last:
                here.append(report)
            elif days.closed:
                elsewhere = True
        factor = 1.0
        if here:
            best = max(here, key=lambda r: (weight_of(r) - known_of(r), -r.trigger.start))
            factor *= (0.5 + 0.4 * weight_of(best)) * (1 - IN_PASSING * known_of(best))
            if best.status in ("planned", "possible", "denied") and not naming.future:
                factor *= NOT_DONE
        elif elsewhere:
            factor *= BACKGROUND
        if self._denies(sentence) and not any(is_line(r) for r in here):
            factor *= DENYING
        elif self._says(sentence):
            factor *= SAYING if not here else 0.5 * (1 + SAYING)
        return factor

    def _denies(self, sentence: Sentence) -> bool:
        statements = self._library.reading(sentence.article).statements
        return any(s.stance == "denies" and sentence.span.meets(s.sentence) for s in statements)

    def _says(self, sentence: Sentence) -> bool:
        reading = self._library.reading(sentence.article)
        for s in reading.statements:
            if sentence.span.meets(s.sentence):
                inside = sum(
                    min(c.end, sentence.span.end) - max(c.start, sentence.span.start)
                    for c in s.content
                    if c.meets(sentence.span)
                )
                if 2 * inside > sentence.span.end - sentence.span.start:
                    return True
        return False


def weight_of(report: EventReport) -> float:
    """How weighty an event is among the news, 0 to 2, 1 where nothing says it."""
    return 1.0 if report.weight is None else max(0.0, min(report.weight - 1.0, 2.0))


def known_of(report: EventReport) -> float:
    """How surely an event is told as known before, 0 to 1, 0 where nothing says it."""
    return 0.0 if report.known is None else report.known


def is_line(report: EventReport) -> bool:
    """Whether its event was learnt to be a line of a chronology, and is told as news."""
    return (report.weight or 0.0) >= LINE_OF_ITS_OWN and known_of(report) <= 0.5
