"""Names, figures and the whole reading of languages without a parser."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.languages import LIGHT, SUPPORTED, load
from dragoman.model import Article, When
from dragoman.reading import reader
from dragoman.reading.light import find_light_figures, find_light_names, light_syntax
from dragoman.reading.light.cases import base_forms
from dragoman.reading.times import resolve_times, spot_times

NAMES = [
    ("uk", "Посол України виїхав з Польщі до Великої Британії.", ["country:UA", "country:PL", "country:GB"]),
    ("uk", "У Харкові та Києві вимкнули світло, у Одесі ні.", ["city:706483", "city:703448", "city:698740"]),
    ("uk", "Представники ООН та ЄС домовилися з НАТО.", ["org:un", "org:eu", "org:nato"]),
    ("uk", "Королева рада, а рівне поле зелене.", []),
    ("es", "El embajador de los Estados Unidos salió hacia Lima.", ["country:US", "city:3936456"]),
    ("es", "La ONU y la OTAN hablaron con EE. UU. ayer.", ["org:un", "org:nato", "country:US"]),
    ("de", "Der Botschafter der Vereinigten Staaten reiste nach Lima.", ["country:US", "city:3936456"]),
    ("de", "Russlands Schiffe lagen vor Odessa, die NATO sah zu.", ["country:RU", "city:698740", "org:nato"]),
    ("de", "Das Essen war kalt, der Regen nass.", []),
    ("pt", "O embaixador do Brasil saiu de Portugal.", ["country:BR", "country:PT"]),
    ("pl", "Ambasador Niemiec wyjechał z Ukrainy.", ["country:DE", "country:UA"]),
    ("tr", "Türkiye'nin elçisi Almanya'dan döndü.", ["country:TR", "country:DE"]),
    ("ar", "غادر السفير مصر إلى فرنسا.", ["country:EG", "country:FR"]),
    ("fa", "سفیر ایران از فرانسه رفت.", ["country:IR", "country:FR"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "keys"), NAMES)
def test_keys(language: str, text: str, keys: list[str]) -> None:
    names = find_light_names(light_syntax(text, language))
    assert [names.entities[m.entities[0]].key for m in names.mentions] == keys


ADJECTIVES = [
    ("de", "Die russischen Schiffe lagen vor der polnischen Küste, er sprach Russisch.", ["country:RU", "country:PL"]),
    ("es", "Los barcos rusos pasaron cerca de la costa francesa.", ["country:RU", "country:FR"]),
    ("uk", "Російські кораблі біля польського берега, польські ні.", ["country:RU", "country:PL", "country:PL"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "keys"), ADJECTIVES)
def test_an_adjective_names_its_state(language: str, text: str, keys: list[str]) -> None:
    names = find_light_names(light_syntax(text, language))
    assert [names.entities[m.entities[0]].key for m in names.mentions] == keys
    assert {m.kind for m in names.mentions} == {"demonym"}


PERSONS = [
    ("uk", "Президент Іван Гай виступив. Потім Гай поїхав.", "Іван Гай", 2),
    ("es", "La ministra Ana del Río habló. Luego Río se fue.", "Ana del Río", 2),
    ("de", "Bundeskanzlerin Anna von Hagen sprach. Dann ging Hagen.", "Anna von Hagen", 2),
]


@pytest.mark.parametrize(("language", "text", "name", "times"), PERSONS)
def test_a_title_makes_a_person(language: str, text: str, name: str, times: int) -> None:
    names = find_light_names(light_syntax(text, language))
    assert [(e.name, e.type) for e in names.entities] == [(name, "person")]
    assert len(names.mentions) == times


def test_what_nothing_tells_the_type_of_is_no_entity() -> None:
    text = "Gestern sprach Ute van Loh mit dem Fischer."
    syntax = light_syntax(text, "de")
    assert find_light_names(syntax).entities == ()


def test_cases_are_undone_by_data() -> None:
    assert "Польща" in base_forms("Польщі", "uk")
    assert "Харків" in base_forms("Харкова", "uk")
    assert base_forms("США", "uk") == ("США",)


# --- figures

FIGURES = [
    pytest.param(language, row, id=f"{language}: {row['text'][:60]}")
    for language in LIGHT
    for row in load("common", "light_figures")["languages"][language]["try"]
]


def figures_in(language: str, text: str) -> list[list[Any]]:
    syntax = light_syntax(text, language)
    times = resolve_times(syntax, spot_times(syntax), None)
    found = find_light_figures(syntax, times, find_light_names(syntax))
    return [[f.measure, f.low, f.high, f.unit] for f in found]


@pytest.mark.parametrize(("language", "row"), FIGURES)
def test_figure(language: str, row: dict[str, Any]) -> None:
    assert figures_in(language, row["text"]) == row["figures"]


NONE = [
    ("de", "Am 12. Mai 2024 kamen sie in 3 Tagen an."),
    ("de", "Die DC-9 landete, Artikel 15 galt."),
    ("es", "La resolución 1973 fue votada el 17 de marzo."),
    ("uk", "Стаття 5 діє з 2019 року."),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_a_number_without_a_measure_is_no_figure(language: str, text: str) -> None:
    assert figures_in(language, text) == []


@pytest.mark.parametrize("language", LIGHT)
@given(value=st.integers(0, 999_999))
@settings(max_examples=40, deadline=None)
def test_a_number_in_the_format_of_its_language_is_read_back(language: str, value: int) -> None:
    from babel.numbers import format_decimal

    written = format_decimal(value, locale=language, numbering_system="latn")
    assert figures_in(language, f"x {written} % x") == [["percent", value, value, "%"]]


# --- the whole


def article(language: str, text: str, published: str | None = "2024-06-12") -> Article:
    when = When(start=published, end=published, basis="stated") if published else None
    return Article(id="a", path="a.txt", raw=text, text=text, language=language, published=when)


def test_the_stages_can_run_in_their_order() -> None:
    reader.check_order(reader.READING_LIGHT, reader.GIVEN_LIGHT)
    assert not set(LIGHT) & set(SUPPORTED)


@pytest.mark.parametrize("language", LIGHT)
def test_an_article_has_dates_names_and_figures(language: str) -> None:
    name = next(row for row in NAMES if row[0] == language and row[2])
    figure = load("common", "light_figures")["languages"][language]["try"][0]["text"]
    time = load("common", "calendar")["languages"].get(language) or load(language, "times")
    dated = (time.get("try") or time["examples"])[0]["text"]
    reading = reader.read(article(language, f"{name[1]}\n{figure}\n{dated}"))
    assert reading.faults == ()
    assert reading.times and reading.entities and reading.figures and len(reading.sentences) >= 3
    assert reading.published is not None


@pytest.mark.parametrize("language", LIGHT)
@given(text=st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_text_is_read_without_a_fault(language: str, text: str) -> None:
    reading = reader.read(article(language, text))
    assert reading.faults == ()
    for mention in (*reading.mentions, *reading.times, *reading.figures):
        assert 0 <= mention.start < mention.end <= len(text)


def test_a_stage_that_fails_leaves_its_field_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    def broken(*_: object) -> None:
        raise RuntimeError("no")

    broken.__name__ = "light_syntax"
    stages = tuple(replace(s, run=broken) if s.gives == "syntax" else s for s in reader.READING_LIGHT)
    monkeypatch.setattr(reader, "READING_LIGHT", stages)
    reading = reader.read(article("de", "Am 4. Mai 2024 kamen 12 Menschen."))
    assert [f.stage for f in reading.faults] == ["light_syntax"]
    assert reading.times and not reading.sentences


def test_languages_beyond_are_dated_only() -> None:
    reading = reader.read(article("sv", "Den 4 maj 2024 kom båten."))
    assert (reading.times, reading.entities, reading.figures) == ((), (), ())
    assert reading.published is not None
