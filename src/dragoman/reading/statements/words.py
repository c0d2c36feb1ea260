"""The words of speech of one language, indexed by lemma. The words themselves are data (`speech.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from babel import Locale

from dragoman import languages
from dragoman.encoder.lexicon import stem_of
from dragoman.model import Stance


@dataclass(frozen=True, slots=True)
class CueWord:
    """A verb or noun that attributes.

    Attributes:
        strong: True where it may stand beside a quotation or break into a sentence.
        takes: What of the sentence is its content (`clause`, `infinitive`, `object`, a preposition ...)
            -> the kind of attribution that makes it (`speech`, `belief`, `will` ...); see `speech.yaml`.
        stance: How its speaker stands to what it brings in; `by_take` where what it takes decides.
    """

    strong: bool
    takes: dict[str, str]
    stance: Stance = "says"
    by_take: dict[str, Stance] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What it is beside a quotation."""
        return "speech" if self.strong or not self.takes else next(iter(self.takes.values()))


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """All words of speech of one language.

    Attributes:
        verbs, nouns: By lemma. A verb of several groups takes what all of them take; the first one tells the kind.
        according: By first word, the phrases that bring in a speaker, the longest first, and whether they
            do so only at the head of a sentence.
        within: Prepositions of the body that speaks where a verb has no subject.
        as_said: Words that bring in "as X said".
        nobody: Subjects that stand for nobody in particular.
        never_reflexive: Verbs that attribute nothing with a reflexive pronoun.
        weekdays: Their names, from CLDR, small letters.
        told: Verbs whose object is the hearer ("told the BBC"), so that no speaker follows them.
        sayable: Nouns for what somebody said, which may be denied, doubted or rejected; those of speech among them.
        mute: Nouns for what shows or provides something and says nothing: a video, a law.
        pointing: Pronouns that stand for the sentence before ("об этом сообщил").
        quoting: Verbs whose object is who speaks ("the agency quoted him as saying").
        obliging: Words by which a content says what ought to be done; `set_for`: words beside them that only date it.
        told_by, told_by_stem: What a word says by itself of its speaker's stance, by lemma, and by stem for a word
            that the parser took for another.
        selves, coming: Those who speak, as subjects; verbs that put into the future what stands beside them;
            `coming_ends`: what an infinitive adds for it.
        complementizers, questions, speakers, heralds, noun_speakers, possessives: See `speech.yaml`; lower case.
    """

    verbs: dict[str, CueWord]
    nouns: dict[str, CueWord]
    according: dict[str, tuple[tuple[tuple[str, ...], bool], ...]]
    within: frozenset[str]
    as_said: frozenset[str]
    nobody: frozenset[str]
    never_reflexive: frozenset[str]
    weekdays: frozenset[str]
    told: frozenset[str]
    complementizers: frozenset[str]
    questions: frozenset[str]
    speakers: frozenset[str]
    heralds: frozenset[str]
    noun_speakers: frozenset[str]
    possessives: frozenset[str]
    sayable: frozenset[str]
    mute: frozenset[str]
    pointing: frozenset[str]
    quoting: frozenset[str]
    obliging: frozenset[str]
    set_for: frozenset[str]
    selves: frozenset[str]
    coming: frozenset[str]
    coming_ends: tuple[str, ...]
    told_by: dict[str, Stance]
    told_by_stem: dict[str, Stance]


@cache
def speech_words(language: str) -> SpeechWords:
    """The words of speech of a language.

    Raises:
        UnknownLanguage: the language has no `speech.yaml`.
    """
    data = languages.load(language, "speech")
    phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for name, leads_only in (("according", False), ("according_first", True)):
        for phrase in data[name]:
            words = tuple(str(w).lower() for w in phrase)
            phrases.setdefault(words[0], []).append((words, leads_only))
    nouns = _with_stances(_by_lemma(data["nouns"], []), data)
    verbs = _with_stances(_by_lemma(data["verbs"], data["lemma_ends"]), data)
    told_by: dict[str, Stance] = {
        w: c.stance for w, c in {**nouns, **verbs}.items() if c.stance != "says" and not c.by_take
    }
    return SpeechWords(
        verbs=verbs,
        nouns=nouns,
        according={
            first: tuple(sorted(found, key=lambda p: len(p[0]), reverse=True))
            for first, found in phrases.items()
        },
        within=frozenset(data["within"]),
        as_said=frozenset(data["as_said"]),
        nobody=frozenset(data["nobody"]),
        never_reflexive=frozenset(data["never_reflexive"]),
        weekdays=frozenset(
            name.lower() for form in Locale(language).days.values() for name in form["wide"].values()
        ),
        told=frozenset(data["told"]),
        complementizers=frozenset(w.lower() for w in data["complementizers"]),
        questions=frozenset(w.lower() for w in data["questions"]),
        speakers=frozenset(w.lower() for w in data["speakers"]),
        heralds=frozenset(w.lower() for w in data["heralds"]),
        noun_speakers=frozenset(data["noun_speakers"]),
        possessives=frozenset(data["possessives"]),
        sayable=frozenset(data["sayable"]) | frozenset(nouns),
        mute=frozenset(data["mute"]),
        pointing=frozenset(data["pointing"]),
        quoting=frozenset(data["quoting"]),
        obliging=frozenset(data["obliging"]),
        set_for=frozenset(data["set_for"]),
        selves=frozenset(data["selves"]),
        coming=frozenset(data["coming"]),
        coming_ends=tuple(data["coming_ends"]),
        told_by=told_by,
        told_by_stem={stem_of(word, language): stance for word, stance in told_by.items()},
    )


def _with_stances(words: dict[str, CueWord], data: dict[str, Any]) -> dict[str, CueWord]:
    """The words with their stances, a lemma without its cut-off end included."""
    stance_of: dict[str, Stance] = {w: stance for stance, some in data["stances"].items() for w in some}
    by_take: dict[str, dict[str, Stance]] = data["stances_by_content"]
    ends = ("", *data["lemma_ends"])
    return {
        lemma: replace(
            word,
            stance=next((stance_of[lemma + e] for e in ends if lemma + e in stance_of), "says"),
            by_take=next((by_take[lemma + e] for e in ends if lemma + e in by_take), {}),
        )
        for lemma, word in words.items()
    }


def _by_lemma(groups: list[dict[str, Any]], ends: list[str]) -> dict[str, CueWord]:
    """The words of all groups; also without an end that lemmatizers cut off, where that is no other word."""
    words: dict[str, CueWord] = {}
    for group in groups:
        kind, strong = str(group["kind"]), bool(group.get("strong"))
        takes = {str(take): kind for take in group["takes"]}
        for word in group["words"]:
            had = words.get(word)
            words[word] = CueWord(
                strong=strong or (had is not None and had.strong),
                takes={**takes, **had.takes} if had else takes,
            )
    for word in list(words):
        for end in ends:
            if word.endswith(end):
                words.setdefault(word.removesuffix(end), words[word])
    return words
