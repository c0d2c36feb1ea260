"""What holds of the clauses of any tree, however odd, and of the data of each language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages import SUPPORTED, load
from dragoman.reading.clauses import event_nouns, find_clauses
from dragoman.reading.clauses.grammar import grammar
from dragoman.reading.repair import repair
from dragoman.reading.syntax import Sentence, Syntax, Token

WORDS = {
    "en": [
        "withdrawal",
        "began",
        "troops",
        "which",
        "to",
        "have",
        "not",
        "Chile",
        "carry",
        "may",
        "if",
        "'s",
        "2020",
    ],
    "fr": [
        "retrait",
        "commencer",
        "troupes",
        "qui",
        "de",
        "devoir",
        "ne",
        "Chili",
        "se",
        "si",
        "a",
        "du",
        "2020",
    ],
    "ru": ["вывод", "начать", "войска", "который", "из", "должен", "не", "Чили", "бы", "если", "в", "2020"],
}
POS = ["NOUN", "PROPN", "VERB", "AUX", "ADP", "PUNCT", "PRON", "ADJ", "SCONJ", "NUM", "DET"]
DEPS = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "nmod",
    "nmod:poss",
    "amod",
    "advmod",
    "case",
    "mark",
    "aux",
    "aux:pass",
    "cop",
    "conj",
    "cc",
    "appos",
    "acl",
    "acl:relcl",
    "advcl",
    "ccomp",
    "xcomp",
    "compound",
    "compound:prt",
    "det",
    "expl:comp",
    "parataxis",
    "punct",
]
FORMS = [
    {},
    {"VerbForm": "Fin", "Tense": "Past"},
    {"VerbForm": "Part", "Tense": "Past"},
    {"VerbForm": "Inf"},
    {"Case": "Gen"},
]


@st.composite
def trees(draw: st.DrawFn) -> Syntax:
    language = draw(st.sampled_from(SUPPORTED))
    count = draw(st.integers(1, 12))
    tokens, at = [], 0
    for i in range(count):
        word = draw(st.sampled_from(WORDS[language]))
        head = draw(st.integers(0, i))
        dep = "root" if head == i else draw(st.sampled_from(DEPS))
        pos, form = draw(st.sampled_from(POS)), draw(st.sampled_from(FORMS))
        tokens.append(Token(i, at, at + len(word), word, word.lower(), pos, dep, head, dict(form), 0))
        at += len(word) + 1
    text = " ".join(t.text for t in tokens)
    return Syntax(text, language, tokens, [Sentence(0, count, 0, len(text))])


@given(trees())
def test_clauses_of_any_tree_are_sound(syntax: Syntax) -> None:
    clauses = find_clauses(repair(syntax))
    assert [c.i for c in clauses] == list(range(len(clauses)))
    assert len({c.head for c in clauses}) == len(clauses)
    for clause in clauses:
        assert 0 <= clause.start < clause.end <= len(syntax.text)
        assert clause.parent is None or (0 <= clause.parent < len(clauses) and clause.parent != clause.i)
        for arg in clause.args:
            assert 0 <= arg.start < arg.end <= len(syntax.text)
            assert 0 <= arg.head < len(syntax.tokens)


@given(trees())
def test_finding_twice_finds_the_same(syntax: Syntax) -> None:
    assert find_clauses(repair(syntax)) == find_clauses(repair(syntax))


def test_a_long_chain_is_no_trouble() -> None:
    """A sentence of ten thousand words that each hang on the one before: nothing recurses, nothing is squared."""
    count = 10_000
    tokens = [
        Token(i, 6 * i, 6 * i + 5, "leave", "leave", "VERB", "conj" if i else "root", max(0, i - 1), {}, 0)
        for i in range(count)
    ]
    syntax = Syntax("leave " * count, "en", tokens, [Sentence(0, count, 0, 6 * count)])
    assert len(find_clauses(syntax)) == count


@pytest.mark.parametrize("language", SUPPORTED)
def test_data_of_each_language_is_whole(language: str) -> None:
    """All keys of the English file are there, each word is a string, and roles are those that clauses know."""
    data, english = load(language, "clauses"), load("en", "clauses")
    assert set(data) == set(english)
    roles = {
        "agent",
        "patient",
        "recipient",
        "with",
        "topic",
        "place",
        "time",
        "source",
        "goal",
        "purpose",
        "cause",
    }
    roles |= {"means", "other", "of"}
    for table in (data["roles"], data["noun_roles"]):
        for preposition, rule in table.items():
            assert isinstance(preposition, str)
            assert set(rule.values() if isinstance(rule, dict) else [rule]) <= roles
    for words in (*data["event_nouns"].values(), data["time_words"], data["actor_words"]):
        assert all(isinstance(word, str) for word in words)
    assert grammar(language).class_of_noun == event_nouns(language)
