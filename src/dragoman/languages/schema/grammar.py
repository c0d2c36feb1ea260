"""How a language puts deeds, speech, holdings and promises: `<language>/clauses.yaml`, `speech.yaml`, `status.yaml`,
`states.yaml`, `commitments.yaml`, `sentences.yaml`, `aspects.yaml`, `kinds.yaml`."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from dragoman.languages.schema.table import Table, Words

Modality = Literal["possible", "intended", "obliged"]


class RoleOf(Table, frozen=True, kw_only=True):
    """The role that a preposition gives, by what follows it; `else` where nothing else fits."""

    time: str | None = None
    place: str | None = None
    actor: str | None = None
    state: str | None = None
    dative: str | None = None
    passive: str | None = None
    free: str | None = None
    else_: str


class Modal(Table, frozen=True, kw_only=True):
    modality: Modality | None = None
    tense: Literal["past", "future"] | None = None
    phase: Literal["begin", "continue", "end"] | None = None
    progressive: bool = False
    passive: bool = False
    negated: bool = False


class Control(Table, frozen=True, kw_only=True):
    """A verb that governs another: the modality it `gives`, and `by` which argument that one has its subject."""

    gives: Modality | Literal["none"]
    by: str | Words = ()
    same: bool = False
    negated: bool = False


class Light(Table, frozen=True, kw_only=True):
    prep: str
    nouns: str | Words


class Phases(Table, frozen=True, kw_only=True):
    begin: Words
    continue_: Words
    end: Words


class Clauses(Table, frozen=True, kw_only=True):
    roles: dict[str, str | RoleOf]
    noun_roles: dict[str, str | RoleOf]
    time_words: Words
    day_words: Words
    parts_of_time: Words
    place_words: Words
    actor_words: Words
    real_gerunds: Words
    idioms: dict[str, str]
    idle: dict[str, Words]
    no_times: dict[str, Words]
    governs: dict[str, Words]
    negating_pairs: Words
    relative: dict[str, str]
    clause_prepositions: Words
    adverbs: dict[str, str]
    negators: Words
    negating_determiners: Words
    negating_prepositions: Words
    hypothetical: Words
    aux_modality: dict[str, str]
    aux_future: Words
    active_participles: Words
    modal: dict[str, Modal]
    transitive: Words
    control: dict[str, Control]
    modality_nouns: dict[Modality | Literal["negated"], Words]
    modality_adjectives: dict[Modality, Words]
    light: dict[str, str | Words | Light]
    happening: Words
    phases: Phases
    postposed: Words
    dative_verbs: Words
    speech_verbs: Words
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
    pronouns: Words
    third: Words
    crowds: Words
    alleged: Words
    ongoing: Words
    planned: Words
    claims: Words
    says: Words
    aegis: Words
    contractions: dict[str, str] = field(default_factory=dict)
    continuing: Words
    first: Words
    second: Words
    toward: Words
    together: Words
    nobody: Words
    beside: Words
    ranks: Words
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
    verbs: tuple[Said, ...]
    nouns: tuple[Said, ...]
    according: tuple[Words, ...]
    according_first: tuple[Words, ...]
    never_reflexive: Words
    complementizers: Words
    questions: Words
    told: Words
    speakers: Words
    heralds: Words
    noun_speakers: Words
    possessives: Words
    nobody: Words
    lemma_ends: Words
    within: Words
    as_said: Words
    stances: dict[Literal["denies", "demands", "condemns", "promises", "asks", "doubts", "supports"], Words]
    stances_by_content: dict[str, dict[str, str]]
    sayable: Words
    mute: Words
    pointing: Words
    quoting: Words
    obliging: Words
    set_for: Words
    selves: Words
    coming: Words
    coming_ends: Words
    try_: tuple[SaidExample, ...]


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
    name: str
    type: StateType
    verbs: Words = ()
    nouns: Words = ()
    subject: Words = ()
    object: Words = ()
    place: Words = ()
    is_: dict[Literal["subject", "object", "place"], str]
    require: tuple[Literal["subject", "object", "place"], ...]
    when: Literal["opens", "holds", "closes", "any"]
    needs: dict[str, Words] = field(default_factory=dict)
    voice: Literal["active", "passive"] | None = None
    value: str | None = None
    value_of: str | None = None
    try_: tuple[StateExample, ...]


class Relation(Table, frozen=True, kw_only=True):
    type: StateType
    value: str
    nouns: Words
    of: Words
    symmetric: bool = False
    try_: tuple[StateExample, ...]


class Pacts(Table, frozen=True, kw_only=True):
    verbs: Words
    mutual: tuple[Words, ...]
    try_: tuple[StateExample, ...]


class States(Table, frozen=True, kw_only=True):
    since: Words
    until: Words
    no_office: Words
    city_words: Words
    force_words: Words
    former: Words
    copulas: Words
    from_: Words
    to: Words
    power: Words
    power_at: Words
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
    promise: Words
    weak: Words
    report: Words
    schedule: Words
    middle: Words
    foreseen: Words
    oblige: Words
    turning: Words
    nouns: Words
    decided: Words
    taken: Words
    goals: Words
    awaited: Words
    moved: Words
    moved_to: Words
    deadline: Words
    until: Words
    term_nouns: Words
    term_last: Words
    term_end: Words
    term_meant: Words
    term_provide: Words
    forecast: Words
    observers: Words
    try_: tuple[CommitmentExample, ...]


class SentencesExample(Table, frozen=True, kw_only=True):
    """`sentences`: how many the text has."""

    text: str
    sentences: int


class Sentences(Table, frozen=True, kw_only=True):
    titles: Words
    unended: Words
    try_: tuple[SentencesExample, ...]


class Aspects(Table, frozen=True, kw_only=True):
    """Verb -> those that differ from it in aspect alone."""

    pairs: dict[str, Words]
