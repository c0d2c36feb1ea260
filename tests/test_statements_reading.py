"""Statements with the rest of the reading: who the speaker is, when it was said, and what must never happen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import Entity, Mention, When
from dragoman.reading.clauses import find_clauses
from dragoman.reading.marks import Names
from dragoman.reading.names import find_names
from dragoman.reading.repair import repair
from dragoman.reading.statements import find_statements
from dragoman.reading.syntax import Sentence, Syntax, Token

NOBODY = Names((), ())


def named(text: str, *people: tuple[str, str]) -> Names:
    """Names with one entity for each `(name, words that mention it)`."""
    entities = tuple(Entity(name=name, type="person", forms=(name,)) for name, _ in people)
    mentions = sorted(
        (
            Mention(start=text.index(words), end=text.index(words) + len(words), text=words, entities=(n,))
            for n, (_, words) in enumerate(people)
        ),
        key=lambda m: m.start,
    )
    return Names(entities, tuple(mentions))


def test_a_pronoun_speaks_for_the_entity_that_it_mentions(parse_en: Callable[[str], Syntax]) -> None:
    text = "Anna Kovacs left Vienna. She said the talks had failed."
    (found,) = find_statements(repair(parse_en(text)), (), named(text, ("Anna Kovacs", "She")), ())
    assert found.speaker is not None
    assert text[found.speaker.start : found.speaker.end] == "She"
    assert found.speaker.entities == (0,)


def test_speakers_joined_by_and_are_all_held(parse_en: Callable[[str], Syntax]) -> None:
    text = "Anna Kovacs and Paul Orr announced that they would leave."
    names = named(text, ("Anna Kovacs", "Anna Kovacs"), ("Paul Orr", "Paul Orr"))
    (found,) = find_statements(repair(parse_en(text)), (), names, ())
    assert found.speaker is not None
    assert found.speaker.entities == (0, 1)


def test_the_name_in_apposition_tells_who_the_agency_is(parse_fr: Callable[[str], Syntax]) -> None:
    text = "Les soldats sont partis, selon l'agence de presse Havas."
    (found,) = find_statements(repair(parse_fr(text)), (), named(text, ("Havas", "Havas")), ())
    assert found.speaker is not None
    assert found.speaker.entities == (0,)


def test_a_statement_carries_the_time_of_its_cue(parse_en: Callable[[str], Syntax]) -> None:
    text = "The minister said on 3 May 2021 that the talks had failed."
    syntax = repair(parse_en(text))
    clauses = find_clauses(syntax)
    day = When(start="2021-05-03", end="2021-05-03", basis="stated")
    times = [day if c.lemma == "say" else None for c in clauses]
    (found,) = find_statements(syntax, clauses, NOBODY, times)
    assert found.when == day
    assert text[found.sentence.start : found.sentence.end] == text


def test_what_a_quoted_speaker_says_of_others_is_his(parse_en: Callable[[str], Syntax]) -> None:
    text = "“My brother says the bridge is gone and wants to leave,” said Leyla Amir."
    (found,) = find_statements(repair(parse_en(text)), (), NOBODY, ())
    assert found.quote
    assert found.speaker is not None
    assert text[found.speaker.start : found.speaker.end] == "Leyla Amir"


def test_a_quotation_goes_on_over_paragraphs_without_marks(parse_ru: Callable[[str], Syntax]) -> None:
    text = "Посол заявил: «Мы ждём ответа.\n\nДоговор готов.\n\nПодпись за ними».\n\nДождь шёл весь день."
    found = find_statements(repair(parse_ru(text)), (), NOBODY, ())
    said = [text[c.start : c.end].rstrip(".") for s in found for c in s.content]
    assert said == ["Мы ждём ответа", "Договор готов", "Подпись за ними"]
    assert {text[s.speaker.start : s.speaker.end] for s in found if s.speaker} == {"Посол"}


def test_roles_of_a_transcript_speak(parse_en: Callable[[str], Syntax]) -> None:
    text = "ORR: Are you going to leave?\n\nKOVACS: We have not decided.\n\nORR: Why not?\n\nKOVACS: It is too early."
    found = find_statements(repair(parse_en(text)), (), NOBODY, ())
    assert [text[s.speaker.start : s.speaker.end] for s in found if s.speaker] == ["ORR", "KOVACS"] * 2


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "«", "“ ” “", ": : :", "said said said", "According to", "“…” – “…” ,", "\n\n”\n\n“"],
)
def test_scraps_are_read_without_complaint(parse_en: Callable[[str], Syntax], text: str) -> None:
    for s in find_statements(repair(parse_en(text)), (), NOBODY, ()):
        assert all(0 <= c.start < c.end <= len(text) for c in s.content)


def chained(words: list[str], sentence: int) -> Syntax:
    """Words as a parser that lost its way would give them: each hangs on the one before it."""
    kinds = {
        "said": ("say", "VERB", "ccomp"),
        "he": ("he", "PRON", "nsubj"),
        "that": ("that", "SCONJ", "mark"),
    }
    tokens: list[Token] = []
    at = 0
    for i, word in enumerate(words):
        lemma, pos, dep = kinds.get(word, (word, "NOUN" if word.isalpha() else "PUNCT", "conj"))
        head = i if i % sentence == 0 else i - 1
        dep = "root" if head == i else dep
        tokens.append(Token(i, at, at + len(word), word, lemma, pos, dep, head, {}, i // sentence))
        at += len(word) + 1
    bounds = range(0, len(tokens), sentence)
    sentences = [
        Sentence(
            a, min(a + sentence, len(tokens)), tokens[a].start, tokens[min(a + sentence, len(tokens)) - 1].end
        )
        for a in bounds
    ]
    return Syntax(" ".join(words), "en", tokens, sentences)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(["he", "said", "that", "rain", ",", "“", "”", '"', ".", ":", "—", "["]), min_size=1
    ),
    st.integers(min_value=1, max_value=12),
)
def test_spans_hold_in_whatever_order_words_come(words: list[str], sentence: int) -> None:
    syntax = chained(words, sentence)
    for s in find_statements(syntax, (), NOBODY, ()):
        spans = [
            *s.content,
            s.sentence,
            *([s.cue] if s.cue else []),
            *([s.speaker.span] if s.speaker else []),
        ]
        assert all(0 <= span.start < span.end <= len(syntax.text) for span in spans)


@pytest.mark.parametrize(
    "unit", [["“", "he", "said", "that", "rain"], ["said"], ["“", "rain", "."], ['"', "rain"]]
)
@pytest.mark.parametrize("sentence", [20, 10**6])
def test_a_long_unclosed_quotation_is_read(unit: list[str], sentence: int) -> None:
    """The text is a quarter of a megabyte or so; a rule that looks at all of it for each word would not come back."""
    syntax = chained(unit * (60_000 // len(unit)), sentence)
    find_statements(syntax, (), NOBODY, ())


TOLD = [
    # language, text, what is told: speaker, content, "quoted", "denied" or "pronoun" where it is
    ("fr", "Le ministre a déclaré que le port était fermé, soulignant que les équipages manquaient de gilets.",
     [("Le ministre", "le port était fermé", ""), ("Le ministre", "les équipages manquaient de gilets", "")]),
    ("en", "The minister said that the port was closed, adding that the crews lacked vests.",
     [("The minister", "the port was closed", ""), ("The minister", "the crews lacked vests", "")]),
    ("en", "The union released a statement saying the port was closed.",
     [("The union", "the port was closed", "")]),
    ("en", "Ann Lee was quoted as saying that the port was closed.", [("Ann Lee", "the port was closed", "")]),
    ("fr", "La ville s'est trouvée contrainte de fermer le port.", []),
    ("en", "The mayor would not say what the port had cost.", [("The mayor", "what the port had cost", "denied")]),
    ("fr", "Le maire n'a pas dit que le port était fermé.", [("Le maire", "le port était fermé", "denied")]),
    ("ru", "Мэр не сказал, что порт закрыт.", [("Мэр", "порт закрыт", "denied")]),
    ("fr", "D'après un médecin « les blessés arrivent depuis huit heures sans relâche ».",
     [("un médecin", "arrivent depuis huit heures sans relâche", "quoted")]),
    ("en", 'Ann Lee, who knows the "Lucky Seven" club, bought a boat.', []),
    ("en", "She said that the port was closed.", [("She", "the port was closed", "pronoun")]),
    ("fr", "Dimanche a annoncé que le port fermait.", [(None, "le port fermait", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "told"), TOLD, ids=[text[:40] for _, text, _ in TOLD])
def test_what_is_told(
    parse_in: Callable[[str, str], Syntax],
    language: str,
    text: str,
    told: list[tuple[str | None, str, str]],
) -> None:
    found = find_statements(repair(parse_in(language, text)), (), NOBODY, ())
    assert [
        (
            text[slice(*r.speaker.span)] if r.speaker else None,
            " … ".join(text[slice(*span)] for span in r.content),
            "denied" if r.denied else "quoted" if r.quote else "" if r.named else "pronoun",
        )
        for r in found
    ] == told


@pytest.mark.parametrize(
    "text",
    [
        "Josef Novak a parlé mardi. « La paix est proche », a déclaré M. Novak.",
        "« La paix est proche », a annoncé le chef de la diplomatie chilienne, Josef Novak.",
    ],
)
def test_a_title_or_an_office_speaks_for_its_name(parse_fr: Callable[[str], Syntax], text: str) -> None:
    syntax = parse_fr(text)
    clauses, names = find_clauses(syntax), find_names(syntax)
    [found] = find_statements(syntax, clauses, names, (None,) * len(clauses))
    assert found.speaker is not None
    assert [names.entities[e].name for e in found.speaker.entities] == ["Josef Novak"]


def test_a_place_after_a_dash_is_no_speaker(parse_en: Callable[[str], Syntax]) -> None:
    syntax = parse_en(
        "The talks went on in Rabat – at the highest level – under the aegis of the African Union."
    )
    clauses, names = find_clauses(syntax), find_names(syntax)
    assert not find_statements(syntax, clauses, names, (None,) * len(clauses))
