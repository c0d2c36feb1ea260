"""The chronology: of all sentences of a case, those that tell a day best, one a line, weighed by who still tells it.

Four steps: which days the sentences tell (`sentences`), how much each day weighs (`weights`), which sentences of a day
tell one thing and which of them is fit to be shown (`lines`, `fitness`, `standing`), and which neighbouring days are
one event (`neighbours`). Nothing but the readings and the articles is looked at, and nothing depends on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.linking.days import Stretch, stretch_of
from dragoman.linking.entries.fitness import Fitness
from dragoman.linking.entries.lines import Likeness, Line, lines_of
from dragoman.linking.entries.neighbours import merge_neighbours
from dragoman.linking.entries.record import Facts, entry_of
from dragoman.linking.entries.revisions import Denials
from dragoman.linking.entries.sentences import PRINT, Naming, Sentence, sentences_of
from dragoman.linking.entries.vague import vague_lines
from dragoman.linking.entries.weights import measure, repeated, weigh
from dragoman.linking.sources import Library
from dragoman.model import Entry, Event, Figure, State, Statement

SECOND = 0.6
"""Weight of a further line of a day, against one that stood alone for it."""

AGAIN = 0.3
"""How fit another sentence must be, against one that is shown for another day already, to stand in its place."""

DETAIL = 0.25
"""Weight of a further line that one origin alone tells."""

__all__ = ["link_entries"]


def link_entries(
    library: Library,
    events: Sequence[Event],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
    states: Sequence[State],
) -> tuple[Entry, ...]:
    """The lines of the case's chronology, by id.

    Args:
        events, figures, statements, states: The records of the case, on which lines rest.
    """
    sentences = list(sentences_of(library, events))
    if not sentences:
        return ()
    measure(library, sentences)
    twice = repeated(library, sentences)
    days = weigh(library, sentences, twice)
    fitness, likeness = Fitness(library), Likeness(library)
    told = _by_day([s for s in sentences if s.key not in twice], library)
    lines: dict[int, list[Line]] = {}
    for day in sorted(told):
        found = lines_of(day, told[day], fitness, likeness, library)
        for line in found:
            line.weight *= SECOND if len(line.tellers(library)) > 1 else DETAIL
            line.origins = len(days[day].told)
        found[0].weight, found[0].head = days[day].weight, True
        lines[day] = found
    merge_neighbours(lines)
    _show_once(line for some in lines.values() for line in some)
    made = [line for day in sorted(lines) for line in lines[day]]
    shown = [t.sentence.key for line in made for t in line.everything()]
    made += vague_lines(library, events, shown, fitness)
    facts = Facts.of(figures, statements, states, Denials(library, events))
    entries = [entry_of(library, line, facts, fitness) for line in made]
    return tuple(sorted(entries, key=lambda e: e.id))


def _show_once(lines: Iterable[Line]) -> None:
    """Let no sentence be shown for two days: the lighter line shows its next one, or the one that it is not news of."""
    used: set[tuple[str, int]] = set()
    for line in sorted(lines, key=lambda o: (o.looks_ahead(), -o.weight, o.days, o.shown.sentence.key)):
        fresh = [t for t in line.members if t.sentence.key not in used]
        if not fresh or fresh[0].fit < AGAIN * line.shown.fit:
            line.again = line.shown.sentence.key in used
        else:
            line.members = [fresh[0], *(t for t in line.members if t is not fresh[0])]
        used.add(line.shown.sentence.key)


def _by_day(sentences: Sequence[Sentence], library: Library) -> dict[int, list[tuple[Sentence, Naming]]]:
    """Day -> the sentences that tell it; those at the head of what is printed on it only where none names it."""
    told: dict[int, list[tuple[Sentence, Naming]]] = defaultdict(list)
    printed: dict[int, list[tuple[Sentence, Naming]]] = defaultdict(list)
    for s in sentences:
        for day, naming in s.days.items():
            told[day].append((s, naming))
        if s.published is None or not s.is_lead or library.publication(s.article).length != 1:
            continue
        if not (s.days or s.wide or _is_of_another_day(s, s.published)):
            printed[s.published].append((s, Naming(PRINT)))
    for day, some in printed.items():
        told[day].extend(some)
    return told


def _is_of_another_day(sentence: Sentence, day: int) -> bool:
    """True where an event that it tells is known to be of other days."""
    return any(r is not None and not stretch_of(r.when).meets(Stretch(day, day)) for r in sentence.records)
