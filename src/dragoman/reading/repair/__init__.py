"""Known faults of the parsers on news, mended in one place. `repair(syntax)` gives a tree that all later stages trust.

Each mender looks for one fault, by its shape and not by its words, and leaves alone what it is not sure of.
What it changes is a relation, a head or a feature; tokens, spans and sentences stay. Each fault has its row in
`tests/test_clauses_repair.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.reading.repair.attachment import (
    adverbs_as_prepositions,
    complex_prepositions,
    interposed_phrases,
    partners_on_means,
    phrases_after_relatives,
    phrases_before_conjunctions,
    phrases_before_inversion,
    phrases_on_days,
    places_as_subjects,
    places_of_persons,
    quantities_of_objects,
    second_subjects,
    subjects_after_prepositions,
    subjects_before_colons,
)
from dragoman.reading.repair.forms import (
    adjectives_as_nouns,
    agents_of_passives,
    bare_objects,
    misread_forms,
    nouns_as_adjectives,
    nouns_before_days,
    nouns_of_participles,
    unknown_verbs,
)
from dragoman.reading.repair.main_verbs import (
    conjuncts_of_infinitives,
    conjuncts_of_relatives,
    disagreeing_participles,
    finite_descriptions,
    infinitives_of_nouns,
    infinitives_of_the_bidden,
    nominal_conjuncts,
    participles_after_conjunctions,
    participles_as_main_verbs,
    passives_of_headings,
    results,
    subjectless_complements,
    subjects_between,
    subjects_in_participles,
    wrong_heirs,
)
from dragoman.reading.repair.mended import Mended
from dragoman.reading.repair.phrases import (
    appositions_as_conjuncts,
    bare_times,
    copulas_of_place,
    datelines,
    futures_of_the_past,
    hung_on_auxiliaries,
    hung_on_punctuation,
    lemmas_of_verbs,
    lost_agents,
    nominal_complements,
    nouns_with_auxiliaries,
    postposed_participles,
    purposes,
    speakers_after,
    stray_roots,
    subjects_as_modifiers,
    times_as_subjects,
)
from dragoman.reading.syntax import Syntax

MENDERS: tuple[Callable[[Mended], None], ...] = (
    datelines,
    unknown_verbs,
    misread_forms,
    nouns_of_participles,
    nouns_as_adjectives,
    nouns_before_days,
    adjectives_as_nouns,
    bare_objects,
    complex_prepositions,
    quantities_of_objects,
    subjects_before_colons,
    hung_on_punctuation,
    hung_on_auxiliaries,
    subjects_as_modifiers,
    lemmas_of_verbs,
    futures_of_the_past,
    nouns_with_auxiliaries,
    nominal_complements,
    purposes,
    appositions_as_conjuncts,
    participles_as_main_verbs,
    participles_after_conjunctions,
    times_as_subjects,
    stray_roots,
    finite_descriptions,
    subjects_between,
    subjects_in_participles,
    subjectless_complements,
    copulas_of_place,
    bare_times,
    nominal_conjuncts,
    conjuncts_of_infinitives,
    conjuncts_of_relatives,
    wrong_heirs,
    infinitives_of_nouns,
    infinitives_of_the_bidden,
    passives_of_headings,
    results,
    disagreeing_participles,
    lost_agents,
    agents_of_passives,
    postposed_participles,
    speakers_after,
    adverbs_as_prepositions,
    subjects_after_prepositions,
    phrases_before_conjunctions,
    phrases_before_inversion,
    phrases_on_days,
    partners_on_means,
    places_as_subjects,
    interposed_phrases,
    second_subjects,
    places_of_persons,
    phrases_after_relatives,
)
"""In the order in which they run: main verbs before what hangs on them, attachment last."""


def repair(syntax: Syntax) -> Syntax:
    """The same text with a mended tree; the given one where nothing was to mend."""
    mended = Mended(syntax)
    for mend in MENDERS:
        mend(mended)
    return mended.result()
