"""The parse: one grammar for three languages, long texts in pieces, false sentence breaks mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages import SUPPORTED, load
from dragoman.reading.parse import (
    in_pieces,
    join_pieces,
    paragraph_starts,
    parse,
    parse_many,
    sentence_ends,
)

RELATIONS = [
    # language, text, (word, relation, head)
    ("en", "The minister met her counterpart in Geneva.", ("counterpart", "obj", "met")),
    ("en", "The ministers met in Geneva.", ("Geneva", "obl", "met")),
    ("en", "The minister met her counterpart in Geneva.", ("in", "case", "Geneva")),
    ("en", "The town was shelled by the army.", ("army", "obl:agent", "shelled")),
    ("en", "The town was shelled by the army.", ("town", "nsubj:pass", "shelled")),
    ("en", "She is the president of Chile.", ("is", "cop", "president")),
    ("en", "She is the president of Chile.", ("She", "nsubj", "president")),
    ("en", "She is the president of Chile.", ("Chile", "nmod", "president")),
    ("en", "According to officials, the road is closed.", ("officials", "obl", "closed")),
    ("en", "According to officials, the road is closed.", ("According", "case", "officials")),
    ("fr", "La ville a été prise par les rebelles.", ("rebelles", "obl:agent", "prise")),
    ("fr", "La ministre a rencontré son homologue à Genève.", ("homologue", "obj", "rencontré")),
    ("ru", "Министр встретился с послом в Женеве.", ("послом", "obl", "встретился")),
    ("ru", "Город был обстрелян армией.", ("Город", "nsubj:pass", "обстрелян")),
]


def test_relations_are_universal_in_every_language(parse_in):
    wrong = []
    for language, text, (word, relation, head) in RELATIONS:
        syntax = parse_in(language, text)
        token = next(t for t in syntax if t.text == word)
        got = token.dep if ":" in relation else token.dep.split(":")[0]
        if (got, syntax.tokens[token.head].text) != (relation, head):
            wrong.append((text, word, token.dep, syntax.tokens[token.head].text))
    assert not wrong


def test_offsets_are_those_of_the_text_as_it_came(parse_in):
    for language, text in [
        ("en", "“We won’t go,”\u00a0said Ann.\n\nNothing more."),
        ("fr", "L’accord\u202f: « rien de neuf »."),
        ("ru", "«Мы уйдём», — сказал он.\n\nИ ушёл."),
    ]:
        for token in parse_in(language, text):
            assert text[token.start : token.end] == token.text


TRIES = [(lang, row) for lang in SUPPORTED for row in load(lang, "sentences")["try"]]


@pytest.mark.parametrize(("language", "row"), TRIES, ids=[row["text"][:40] for _, row in TRIES])
def test_sentences_end_where_the_examples_say(parse_in, language, row):
    assert len(parse_in(language, row["text"]).sentences) == row["sentences"]


LINES = [
    # language, text, how many of its lines begin a sentence of their own
    ("en", "Port reopens\nUnion rejects the new offer", 1),
    ("en", "The crews of all the harbour ferries of the gulf met\nMinister Ann Lee, who\nhad flown in.", 0),
    ("en", "Ferry crews of the gulf return to work after a month of talks\n10:40 The union spoke.", 1),
    ("fr", "Le maire de Lima appelle au calme dans les quartiers du port,\nQuito attend", 0),
    ("fr", "Paris brandit la menace de sanctions contre les armateurs\nRome condamne", 1),
    ("ru", "Докеры отвергли новое предложение владельцев порта\nПаром задержан", 1),
]


@pytest.mark.parametrize(("language", "text", "count"), LINES, ids=[text[:40] for _, text, _ in LINES])
def test_lines_that_begin_a_sentence(language, text, count):
    assert len(paragraph_starts(text, sentence_ends(language))) == count


def test_no_sentence_begins_with_a_comma(parse_fr):
    syntax = parse_fr("Lundi, lors d'une réunion à Lima, le président, visiblement fatigué, a parlé.")
    assert len(syntax.sentences) == 1


def test_a_sentence_begins_with_its_opening_quotation_mark(parse_fr):
    text = "« Le port est fermé », ajoute le maire. « Moi, dit-il, je reste ici. »"
    syntax = parse_fr(text)
    assert [text[s.start] for s in syntax.sentences] == ["«", "«"]


def test_a_capital_alone_begins_no_sentence(parse_in):
    for language in ("en", "fr"):
        text = "Orland et Veria Nova Arland le port Marta Lopez Quito"
        assert len(parse_in(language, text).sentences) == 1


@given(st.text(alphabet="ab .\n", max_size=300), st.integers(2, 40))
def test_pieces_cover_the_text(text, size):
    pieces = list(in_pieces(text, size))
    assert "".join(text[a:b] for a, b in pieces) == text
    assert all(b - a <= size for a, b in pieces)


def test_a_text_in_pieces_is_one_syntax():
    first, second = "The council met. ", "It voted in Lima."
    parts = list(parse_many([first, second], "en"))
    whole = join_pieces(first + second, "en", [(0, parts[0]), (len(first), parts[1])])
    assert [whole.text[t.start : t.end] for t in whole] == [t.text for t in whole]
    assert [t.i for t in whole] == list(range(len(whole.tokens)))
    assert [whole.text[s.start : s.end] for s in whole.sentences] == [first.strip(), second]
    assert all(whole.tokens[t.head].sent == t.sent for t in whole)


def test_nothing_to_read_is_no_error():
    for language in ("en", "fr", "ru"):
        assert parse("", language).tokens == []
        assert parse(" \n ", language).tokens == []
