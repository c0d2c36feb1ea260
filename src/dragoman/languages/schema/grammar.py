"""How a language puts deeds, speech, holdings and promises: `<language>/clauses.yaml`, `speech.yaml`, `status.yaml`,
`states.yaml`, `commitments.yaml`, `sentences.yaml`, `aspects.yaml`, `kinds.yaml`."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from dragoman.languages.schema.table import Set, Table, Words

Modality = Literal["possible", "intended", "obliged"]
Stance = Literal["says", "denies", "demands", "condemns", "promises", "asks", "doubts", "supports"]
Phase = Literal["begin", "continue", "end"]


RoleOf = dict[Literal["time", "place", "actor", "state", "dative", "passive", "free", "else"], str]
"""The role that a preposition gives, by what follows it; `else` where nothing else fits."""


class Modal(Table, frozen=True, kw_only=True):
    """What a word gives to the infinitive that it gives way to.

    `passive`, `progressive`: it does so only in this form; None where any form will do.
    """

    modality: Modality | None = None
    tense: Literal["past", "future"] | None = None
    phase: Phase | Literal[""] = ""
    progressive: bool | None = None
    passive: bool | None = None
    negated: bool = False


class Control(Table, frozen=True, kw_only=True):
    """Whose subject the infinitive below has, and what it gets from the verb.

    `by`: `subject`, `object`, or the prepositions that bring in the one who is to act. `same`: the act is as real
    as that of the verb (*forced them to leave*), so its tense is the verb's.
    """

    gives: Modality | Literal["none"] = "none"
    by: str | Words = "subject"
    same: bool = False
    negated: bool = False


class Light(Table, frozen=True, kw_only=True):
    """The nouns that a light verb performs (`any`: every event noun), and the preposition before them."""

    nouns: Literal["any"] | Set
    prep: str | None = None


class Clauses(Table, frozen=True, kw_only=True):
    roles: dict[str, str | RoleOf]
    noun_roles: dict[str, str | RoleOf]
    time_words: Set
    day_words: Set
    parts_of_time: Set
    place_words: Set
    actor_words: Set
    real_gerunds: Set
    idioms: dict[str, str]
    idle: dict[str, Set]
    no_times: dict[str, Set]
    governs: dict[str, Words]
    negating_pairs: Set
    relative: dict[str, str]
    clause_prepositions: Set
    adverbs: dict[str, str]
    negators: Set
    negating_determiners: Set
    negating_prepositions: Set
    hypothetical: Set
    aux_modality: dict[str, Modality | Literal["conditional"]]
    aux_future: Set
    active_participles: Set
    modal: dict[str, Modal]
    transitive: Set
    control: dict[str, Control]
    modality_nouns: dict[Modality | Literal["negated"], Words]
    modality_adjectives: dict[Modality, Words]
    light: dict[str, Literal["any"] | Set | Light]
    happening: Set
    phases: dict[Phase, Words]
    postposed: Set
    dative_verbs: Set
    speech_verbs: Set
    lemmas: dict[str, str]
    forms: dict[str, str]
    substantives: Words
    adjective_endings: Words
    verb_endings: dict[str, str]
    infinitives: Words
    by: str
    states: dict[str, str]
    finite_endings: dict[str, str]
    conditional_endings: Words
    event_nouns: dict[str, Words]


class Status(Table, frozen=True, kw_only=True):
    pronouns: Set
    third: Set
    crowds: Set
    alleged: Set
    ongoing: Set
    planned: Set
    claims: Set
    says: Set
    aegis: Set
    contractions: dict[str, str] = field(default_factory=dict)
    continuing: Set
    first: Set
    second: Set
    toward: Set
    together: Set
    nobody: Set
    beside: Set
    ranks: Set
    reflexive_endings: Words = ()


class Said(Table, frozen=True, kw_only=True):
    """Verbs or nouns of one kind of saying, with the prepositions and clauses that bring what is said."""

    kind: Literal["speech", "belief", "appeal", "judgement", "evidence", "naming", "will"]
    strong: bool = False
    takes: Words
    words: Words


class SaidExample(Table, frozen=True, kw_only=True):
    text: str
    speaker: str
    content: str


class Speech(Table, frozen=True, kw_only=True):
    """Phrases, questions, complementizers and speakers are kept in small letters.

    Attributes:
        within: Prepositions of the body that speaks where a verb has no subject.
        as_said: Words that bring in "as X said".
        nobody: Subjects that stand for nobody in particular.
        never_reflexive: Verbs that attribute nothing with a reflexive pronoun.
        told: Verbs whose object is the hearer ("told the BBC"), so that no speaker follows them.
        sayable: Nouns for what somebody said, which may be denied, doubted or rejected.
        mute: Nouns for what shows or provides something and says nothing: a video, a law.
        pointing: Pronouns that stand for the sentence before ("об этом сообщил").
        quoting: Verbs whose object is who speaks ("the agency quoted him as saying").
        obliging: Words by which a content says what ought to be done; `set_for`: words beside them that only date it.
        selves, coming: Those who speak, as subjects; verbs that put into the future what stands beside them;
            `coming_ends`: what an infinitive adds for it.
    """

    verbs: tuple[Said, ...]
    nouns: tuple[Said, ...]
    according: tuple[Words, ...]
    according_first: tuple[Words, ...]
    never_reflexive: Set
    complementizers: Set
    questions: Set
    told: Set
    speakers: Set
    heralds: Set
    noun_speakers: Set
    possessives: Set
    nobody: Set
    lemma_ends: Words
    within: Set
    as_said: Set
    stances: dict[Stance, Words]
    stances_by_content: dict[str, dict[str, Stance]]
    sayable: Set
    mute: Set
    pointing: Set
    quoting: Set
    obliging: Set
    set_for: Set
    selves: Set
    coming: Set
    coming_ends: Words
    try_: tuple[SaidExample, ...]


Slot = Literal["subject", "object", "place"]
StateType = Literal[
    "agreement",
    "alliance",
    "conflict",
    "control",
    "deployment",
    "detention",
    "membership",
    "office",
    "sanction",
    "trade",
]


class StateExample(Table, frozen=True, kw_only=True):
    text: str
    type: StateType | Literal["none"]
    subject: str | None = None
    object: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None


class StateRule(Table, frozen=True, kw_only=True):
    """A way in which a clause says that something holds. Its fields are explained in the English data file."""

    name: str
    type: StateType
    verbs: Words = ()
    nouns: Words = ()
    subject: Words = ()
    object: Words = ()
    place: Words = ()
    is_: dict[Slot, str]
    require: tuple[Slot, ...]
    when: Literal["opens", "holds", "closes", "any"]
    needs: dict[str, Set] = field(default_factory=dict)
    voice: Literal["active", "passive"] | None = None
    value: str | None = None
    value_of: str | None = None
    try_: tuple[StateExample, ...]


class Relation(Table, frozen=True, kw_only=True):
    """A noun that says what one is to another, its `value` in any language. `of`: prepositions (or `Gen`) before
    the other."""

    type: StateType
    value: str
    nouns: Words
    of: Set
    symmetric: bool = False
    try_: tuple[StateExample, ...]


class Pacts(Table, frozen=True, kw_only=True):
    """Verbs of signing, and the sets of words of which one must stand with an agreement that makes allies."""

    verbs: Set
    mutual: tuple[Set, ...]
    try_: tuple[StateExample, ...]


class States(Table, frozen=True, kw_only=True):
    """`no_office`: words for a role that make nobody hold it."""

    since: Set
    until: Set
    no_office: Set
    city_words: Set
    force_words: Set
    former: Set
    copulas: Set
    from_: Set
    to: Set
    power: Set
    power_at: Set
    rules: tuple[StateRule, ...]
    relations: tuple[Relation, ...]
    pacts: Pacts


class CommitmentExample(Table, frozen=True, kw_only=True):
    text: str
    by: Words = ()
    to: Words = ()
    what: str | None = None
    due: tuple[str | None, ...] = ()
    none: bool = False


class Commitments(Table, frozen=True, kw_only=True):
    promise: Set
    weak: Set
    report: Set
    schedule: Set
    middle: Words
    foreseen: Set
    oblige: Set
    turning: Set
    nouns: Set
    decided: Set
    taken: Set
    goals: Set
    awaited: Set
    moved: Set
    moved_to: Set
    deadline: Set
    until: Set
    term_nouns: Set
    term_last: Set
    term_end: Set
    term_meant: Set
    term_provide: Set
    forecast: Set
    observers: Set
    try_: tuple[CommitmentExample, ...]


class SentencesExample(Table, frozen=True, kw_only=True):
    """`sentences`: how many the text has."""

    text: str
    sentences: int


class Sentences(Table, frozen=True, kw_only=True):
    """Where a sentence does not end.

    Attributes:
        titles: Abbreviations before a name, with their full stop.
        unended: Words after which a line goes on in the next one.
    """

    titles: Set
    unended: Set
    try_: tuple[SentencesExample, ...]


class Aspects(Table, frozen=True, kw_only=True):
    """Verb -> those that differ from it in aspect alone."""

    pairs: dict[str, Words]
