"""Every stage bears every tree; and a stage that fails all the same costs what it gives, not the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.languages import SUPPORTED
from dragoman.model import Article, Fault, Reading, When
from dragoman.reading import reader
from dragoman.reading.syntax import NameSpan, Sentence, Syntax, Token

WORDS = {
    "en": "talks said announced withdrew that according to after Monday May not minister three soldiers killed the "
    "which will Chile Anna 's 2020 by",
    "fr": "pourparlers a déclaré dit-il que selon de lundi mai ne ministre trois soldats tués le qui Chili Anna se "
    "2020 lors par retrait",
    "ru": "переговоры сообщил заявил что по словам в понедельник мая не министр трое солдат убиты который Чили Анна "
    "бы 2020 из вывод войска",
}
MARKS = [",", ".", ":", "—", "-", "(", ")", "«", "»", "“", "”", '"', "[", "]", "%", "\n\n"]
POS = ["NOUN", "PROPN", "VERB", "AUX", "ADP", "PRON", "ADJ", "ADV", "SCONJ", "CCONJ", "NUM", "DET", "PART"]
DEPS = [
    "nsubj",
    "nsubj:pass",
    "csubj",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "obl:mod",
    "obl:arg",
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
    "expl",
    "expl:subj",
    "expl:comp",
    "parataxis",
    "punct",
    "flat",
    "flat:name",
    "fixed",
    "nummod",
    "dep",
    "discourse",
]
FORMS: list[dict[str, str]] = [
    {},
    {"VerbForm": "Fin", "Tense": "Past"},
    {"VerbForm": "Fin", "Tense": "Pres", "Number": "Plur"},
    {"VerbForm": "Part", "Tense": "Past"},
    {"VerbForm": "Inf"},
    {"Case": "Gen"},
    {"Case": "Ins", "Animacy": "Anim"},
    {"PronType": "Rel"},
    {"Number": "Plur"},
]
NAMED = ("person", "state", "organisation", "armed_force", "group", "place")


@st.composite
def crossing_trees(draw: st.DrawFn) -> Syntax:
    """Up to three sentences whose words hang on any other of their sentence, before or after, arcs crossing."""
    language = draw(st.sampled_from(SUPPORTED))
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    text = ""
    for sent in range(draw(st.integers(1, 3))):
        first, count = len(tokens), draw(st.integers(1, 14))
        root = draw(st.integers(0, count - 1))
        begin = len(text)
        for k in range(count):
            mark = draw(st.booleans()) and draw(st.booleans())
            word = draw(st.sampled_from(MARKS if mark else WORDS[language].split()))
            pos = "PUNCT" if mark else draw(st.sampled_from(POS))
            head = k if k == root else draw(st.integers(0, count - 1).filter(lambda h, k=k: h != k))
            dep = "root" if k == root else draw(st.sampled_from(DEPS))
            form = dict(draw(st.sampled_from(FORMS)))
            if word != "\n\n":
                at = len(text)
                tokens.append(
                    Token(
                        first + k, at, at + len(word), word, word.lower(), pos, dep, first + head, form, sent
                    )
                )
            else:
                tokens.append(
                    Token(
                        first + k,
                        len(text),
                        len(text) + 2,
                        word,
                        word,
                        "SPACE",
                        "dep",
                        first + root,
                        {},
                        sent,
                    )
                )
            text += word + draw(st.sampled_from([" ", " ", " ", ""]))
        sentences.append(Sentence(first, len(tokens), begin, len(text.rstrip())))
        text += draw(st.sampled_from([" ", "\n", "\n\n"]))
    names = []
    for _ in range(draw(st.integers(0, 3))):
        i = draw(st.integers(0, len(tokens) - 1))
        j = draw(st.integers(i, min(i + 2, len(tokens) - 1)))
        names.append(NameSpan(tokens[i].start, tokens[j].end, draw(st.sampled_from(NAMED))))
    return Syntax(text, language, tokens, sentences, names)


def article_of(syntax: Syntax, published: When | None = None) -> Article:
    return Article(
        id="a", path="-", text=syntax.text, raw=syntax.text, language=syntax.language, published=published
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crossing_trees(), st.booleans())
def test_no_stage_fails_on_any_tree(syntax: Syntax, is_dated: bool) -> None:
    published = When(start="2024-06-12", end="2024-06-12", basis="stated") if is_dated else None
    assert reader.read_parsed(article_of(syntax, published), syntax).faults == ()


def failing(*_: object) -> Any:
    raise IndexError("list index out of range")


def broken(stage: str) -> Iterator[reader.Stage]:
    """The stages of reading, one of them failing."""
    for each in reader.READING:
        failed = replace(each, run=failing)
        yield failed if each.run.__name__ == stage else each


TEXT = (
    "The minister said on Monday that three soldiers were killed. Chile will withdraw its troops in May 2025."
)
FIELDS = ("entities", "mentions", "times", "figures", "statements", "events", "states", "commitments")


@pytest.mark.parametrize("stage", [s.run.__name__ for s in reader.READING])
def test_a_stage_that_fails_costs_what_it_gives(
    stage: str, parse_en: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = When(start="2024-06-12", end="2024-06-12", basis="stated")
    parsed = parse_en(TEXT)
    whole = reader.read_parsed(article_of(parsed, published), parsed)
    gives = next(s.gives for s in reader.READING if s.run.__name__ == stage)
    monkeypatch.setattr(reader, "READING", tuple(broken(stage)))
    reading = reader.read_parsed(article_of(parsed, published), parsed)
    assert [f.message for f in reading.faults] == ["IndexError: list index out of range"]
    assert reading.published == published
    assert reading.sentences == whole.sentences
    if gives == "statements":  # the rules' are there still
        assert reading.statements and not any(r.rule.startswith("encoder") for r in reading.statements)
    elif gives in ("times", "events", "states", "commitments"):
        assert getattr(reading, gives) == ()
    if gives in ("events", "states", "commitments"):  # nothing but promises needs them
        assert reading.statements == whole.statements != ()
        assert reading.figures == whole.figures != ()


def test_a_text_that_the_parser_breaks_on_costs_its_own_reading(
    parse_en: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parser(texts: Iterable[str], _: str) -> Iterator[Syntax]:
        for text in texts:
            if "bad" in text:
                raise RecursionError("too deep")
            yield parse_en(text)

    monkeypatch.setattr(reader, "parse_many", parser)
    texts = [TEXT, "All of this is bad.", TEXT]
    articles = [Article(id=str(n), path="-", text=t, raw=t, language="en") for n, t in enumerate(texts)]
    first, second, third = reader.read_many(articles)
    assert (first.article, second.article, third.article) == ("0", "1", "2")
    assert first.statements and third.statements and not second.statements
    assert second.faults == (Fault(stage="parse", message="RecursionError: too deep"),)


def test_a_reading_kept_before_faults_and_stances_opens() -> None:
    reading = Reading(article="a", language="en")
    old = {k: v for k, v in msgspec.to_builtins(reading).items() if k != "faults"}
    assert msgspec.convert(old, Reading) == reading


def test_the_summary_counts_the_articles_that_a_stage_failed_on(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dragoman.case
    from dragoman.telling.progress import summary_lines

    monkeypatch.setattr(reader, "READING", tuple(broken("find_states")))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with dragoman.case.open(tmp_path / "a.case", create=True) as case:
        summary = case.read([tmp_path / "a.txt"])
        case.link()
        assert summary.read == 1 and summary.faults == {"failing": 1}
        assert any(
            line.startswith("1 read but for what failing finds") for line in summary_lines(summary, tmp_path)
        )
        assert list(case.records("statement"))


def test_annotate_says_which_stage_failed() -> None:
    from dragoman.telling.annotation import annotation

    whole = Reading(article="a", language="en")
    assert "faults" not in annotation("a", whole)
    broken = msgspec.structs.replace(whole, faults=(Fault(stage="find_names", message="IndexError: 3"),))
    assert annotation("a", broken)["faults"] == [{"stage": "find_names", "message": "IndexError: 3"}]
