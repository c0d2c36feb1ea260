"""The words of speech of one language, indexed by lemma. The words themselves are data (`speech.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import msgspec
from babel import Locale

from dragoman import languages
from dragoman.encoder.lexicon import stem_of
from dragoman.languages.schema.grammar import Said, Speech
from dragoman.languages.schema.table import Words
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
    by_take: Mapping[str, Stance] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What it is beside a quotation."""
        return "speech" if self.strong or not self.takes else next(iter(self.takes.values()))


class SpeechWords(Speech, frozen=True, kw_only=True, dict=True):
    """All words of speech of one language, verbs and nouns by lemma."""

    language: str

    @cached_property
    def verb_cues(self) -> dict[str, CueWord]:
        """A verb of several groups takes what all of them take; the first one tells the kind."""
        return self._with_stances(_by_lemma(self.verbs, self.lemma_ends))

    @cached_property
    def noun_cues(self) -> dict[str, CueWord]:
        return self._with_stances(_by_lemma(self.nouns, ()))

    @cached_property
    def told_by(self) -> dict[str, Stance]:
        """What a word says by itself of its speaker's stance, by lemma."""
        cues = {**self.noun_cues, **self.verb_cues}
        return {w: c.stance for w, c in cues.items() if c.stance != "says" and not c.by_take}

    @cached_property
    def told_by_stem(self) -> dict[str, Stance]:
        """The same by stem, for a word that the parser took for another."""
        return {stem_of(word, self.language): stance for word, stance in self.told_by.items()}

    @cached_property
    def what_was_said(self) -> frozenset[str]:
        """Nouns for what somebody said, those of speech among them."""
        return self.sayable | self.noun_cues.keys()

    @cached_property
    def openings(self) -> dict[str, list[tuple[Words, bool]]]:
        """By first word, the phrases that bring in a speaker, the longest first, and whether they do so only at the
        head of a sentence."""
        phrases = [(words, False) for words in self.according] + [
            (words, True) for words in self.according_first
        ]
        found: dict[str, list[tuple[Words, bool]]] = {}
        for words, leads_only in sorted(phrases, key=lambda p: len(p[0]), reverse=True):
            found.setdefault(words[0], []).append((words, leads_only))
        return found

    @cached_property
    def weekdays(self) -> frozenset[str]:
        """Their names, from CLDR, small letters."""
        days = Locale(self.language).days.values()
        return frozenset(name.lower() for form in days for name in form["wide"].values())

    def _with_stances(self, words: dict[str, CueWord]) -> dict[str, CueWord]:
        """The words with their stances, a lemma without its cut-off end included."""
        stance_of = {word: stance for stance, some in self.stances.items() for word in some}
        by_take = self.stances_by_content
        ends = ("", *self.lemma_ends)
        return {
            lemma: replace(
                word,
                stance=next((stance_of[lemma + e] for e in ends if lemma + e in stance_of), "says"),
                by_take=next((by_take[lemma + e] for e in ends if lemma + e in by_take), {}),
            )
            for lemma, word in words.items()
        }


@cache
def speech_words(language: str) -> SpeechWords:
    """The words of speech of a language.

    Raises:
        UnknownLanguage: the language has no `speech.yaml`.
    """
    return msgspec.convert({**languages.load(language, "speech"), "language": language}, SpeechWords)


def _by_lemma(groups: Iterable[Said], ends: Iterable[str]) -> dict[str, CueWord]:
    """The words of all groups; also without an end that lemmatizers cut off, where that is no other word."""
    words: dict[str, CueWord] = {}
    for group in groups:
        takes = dict.fromkeys(group.takes, group.kind)
        for word in group.words:
            had = words.get(word)
            words[word] = CueWord(
                strong=group.strong or (had is not None and had.strong),
                takes={**takes, **had.takes} if had else {**takes},
            )
    for word in list(words):
        for end in ends:
            if word.endswith(end):
                words.setdefault(word.removesuffix(end), words[word])
    return words
