"""The interface speaks English, French and Russian: every text and word is there, and sentences are right."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from dragoman.languages import load
from dragoman.model.event_types import OTHER, codes
from dragoman.telling.calendar import said_days, told_days
from dragoman.telling.interface import COUNT, LANGUAGES, catalog, interface
from dragoman.telling.phrases import phrase
from dragoman.telling.tongue import Side, parted, unmarked

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))
from words import brought_up, texts, written

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_that_babel_finds_is_translated(language):
    words, held = load(language, "interface"), catalog(language)
    there = {
        m.id if isinstance(m.id, str) else m.id[0] for m in held if m.id and all(_forms(m)) and not m.fuzzy
    }
    missing = [text for text in texts() if text not in words and text not in there]
    assert not missing, "translate them in languages/*/pages.po after: python quality/words.py"


def test_what_is_said_inside_an_f_string_is_known_from_elsewhere():
    """Babel does not look into f-strings, where our formatter leaves single quotation marks."""
    known = {*load("fr", "interface"), *texts()}
    source = Path(__file__).parents[1] / "src" / "dragoman"
    said = {
        text for p in source.glob("**/*.py") for text in re.findall(r"say\('([^']+)'", p.read_text("utf-8"))
    }
    assert said - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_what_is_said_and_nothing_else(language):
    said = set(texts())
    held = {m.id if isinstance(m.id, str) else m.id[0] for m in catalog(language) if m.id}
    assert held <= said, "nothing says these any more: python quality/words.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places_that_are_filled(language):
    for message in catalog(language):
        if message.id:
            text = message.id if isinstance(message.id, str) else message.id[0]
            assert {tuple(sorted(_places(form))) for form in _forms(message)} == {
                tuple(sorted(_places(text)))
            }


def _forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _places(text):
    return re.findall(r"\{\w+\}", text)


def test_words_for_codes_are_the_same_in_all_languages():
    english, *others = (set(load(language, "interface")) for language in LANGUAGES)
    assert all(words == others[0] for words in others)
    assert english <= others[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_and_mode_has_words(language):
    words, deeds = load(language, "interface"), load(language, "deeds")["deeds"]
    assert [code for code in codes() if f"type: {code}" not in words] == []
    assert [code for code in codes() if code not in deeds and code != OTHER] == []
    assert set(deeds) <= set(codes())


EXAMPLES = [(language, example) for language in LANGUAGES for example in load(language, "deeds")["examples"]]


@pytest.mark.parametrize(
    ("language", "example"), EXAMPLES, ids=[f"{language}: {e['says']}" for language, e in EXAMPLES]
)
def test_examples_of_the_data(language, example):
    by = Side(example["by"]) if "by" in example else None
    place = Side(example["place"], "place") if "place" in example else None
    who, whom = (_sides(example.get(role, "")) for role in ("who", "whom"))
    told = phrase(example["code"], example.get("status", "happened"), who, whom, place, language, by)
    assert told == example["says"]


def _sides(written):
    kinds = ("person", "state", "organisation", "armed_force", "group", "place")
    found = []
    for one in filter(None, (part.strip() for part in written.split(";"))):
        kind, _, name = one.partition(" ")
        found.append(Side(name, kind) if kind in kinds else Side(one))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_no_sentence_shows_a_code_or_an_unfilled_place(language, code):
    state, force, words = Side("Chile", "state"), Side("marines", "armed_force"), Side("40 people")
    for who in ([], [state], [force], [state, force], [words]):
        for whom in ([], [Side("Peru", "state")], [words]):
            for status in ("happened", "planned", "denied"):
                told = phrase(code, status, who, whom, Side("Lima", "place"), language)
                assert not re.search(r"[{}/]|[A-Z]{4}|  ", told), told


def test_names_that_have_a_record_can_be_told_from_the_words_around_them():
    chile = Side("Chile\ue000", "state", "actor-1")
    told = phrase("AID", "happened", [chile], [Side("Netherlands", "state", "actor-2")], None, "en")
    assert parted(told) == [("actor-1", "Chile"), (None, " helped "), ("actor-2", "the Netherlands")]
    assert unmarked(told) == "Chile helped the Netherlands"


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "1 event"),
        ("en", 1200, "1,200 events"),
        ("fr", 0, "0 événement"),
        ("fr", 1200, "1\u202f200 événements"),
        ("ru", 1, "1 событие"),
        ("ru", 3, "3 события"),
        ("ru", 11, "11 событий"),
        ("ru", 1201, "1\xa0201 событие"),
    ],
)
def test_what_is_counted_stands_in_the_right_form(language, n, said):
    assert interface(language).many(n, "event") == said


@pytest.mark.parametrize(
    ("language", "figure", "said"),
    [
        ("ru", {"low": 3, "high": 3, "unit": "days"}, "3 дня"),
        ("ru", {"low": 30, "high": None, "unit": "people", "approx": True}, "не менее ~30 человек"),
        ("fr", {"low": 1, "high": 1, "unit": "days"}, "1 jour"),
        ("en", {"low": 12.7, "high": 12.7, "unit": "km"}, "12.7 km"),
    ],
)
def test_figures_are_written_as_readers_write_them(language, figure, said):
    assert interface(language).amount(figure) == said


DAYS = [
    ("2024-06-12", "12 Jun 2024", "12 juin 2024", "12 июн. 2024 г."),
    ("2024-04-11/20", "11–20 Apr 2024", "11–20 avr. 2024", "11–20 апр. 2024 г."),
    ("2024-05-30/06-02", "30 May – 2 Jun 2024", "30 mai – 2 juin 2024", "30 мая – 2 июн. 2024 г."),
    ("2023-09", "September 2023", "septembre 2023", "сентябрь 2023 г."),
    ("2022", "2022", "2022", "2022"),
    ("1990/1999", "1990–1999", "1990–1999", "1990–1999"),
    ("from 2003-01-01", "from 1 Jan 2003", "à partir du 1 janv. 2003", "с 1 янв. 2003 г."),
    ("until 1991-12-31", "until 31 Dec 1991", "jusqu’au 31 déc. 1991", "до 31 дек. 1991 г."),
    ("undated", "undated", "sans date", "без даты"),
    ("anything else", "anything else", "anything else", "anything else"),
]


@pytest.mark.parametrize("row", DAYS, ids=[row[0] for row in DAYS])
def test_days_are_written_as_readers_write_them(row):
    brief, *said = row
    told = [said_days(brief, interface(language)) for language in LANGUAGES]
    assert [" ".join(words.split()) for words in told] == said, "CLDR's spaces are of several widths"
    assert told_days(None, interface("ru")) == "без даты"


def test_the_tool_finds_nothing_to_do():
    for language in LANGUAGES:
        assert len(brought_up(language)) == len(catalog(language))
        assert COUNT in written(language).decode()


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_nothing_is_said_of_nothing(language):
    assert interface(language).say("") == ""
