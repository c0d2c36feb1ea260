"""Properties of the time grammar that hold for any date and any text."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import TimeMention, When
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times
from dragoman.reading.times.holidays import easter, holiday, pascha
from dragoman.reading.times.lexicon import Node, lexicon
from dragoman.reading.times.periods import holding, part_of, shift_day
from dragoman.reading.times.spot import spot

LANGUAGES = ("en", "fr", "ru", "de", "es", "uk")
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
FORMS = {
    "en": ["MMMM d, y", "d MMMM y", "EEEE, MMMM d, y", "EEEE d MMMM y", "MMM d, y", "y-MM-dd"],
    "fr": ["d MMMM y", "EEEE d MMMM y", "dd/MM/y", "dd.MM.y", "y-MM-dd"],
    "ru": ["d MMMM y", "d MMMM y 'г'.", "d MMMM y 'года'", "EEEE, d MMMM y", "dd.MM.y", "y-MM-dd"],
    "de": ["d. MMMM y", "EEEE, d. MMMM y", "EEEE, 'den' d. MMMM y", "EEE, d. MMM y", "dd.MM.y", "y-MM-dd"],
    "es": ["d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM 'de' y", "d 'de' MMMM 'del' y", "dd/MM/y", "y-MM-dd"],
    "uk": ["d MMMM y", "d MMMM y 'р'.", "d MMMM y 'року'", "EEEE, d MMMM y", "dd.MM.y", "y-MM-dd"],
    "ar": ["d MMMM y", "EEEE، d MMMM y", "d/M/y", "y-MM-dd"],
    "fa": ["d MMMM y", "d MMMM 'سال' y", "y-MM-dd"],
    "pl": ["d MMMM y", "d MMMM y 'roku'", "EEEE, d MMMM y", "dd.MM.y", "y-MM-dd"],
    "pt": ["d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM 'de' y", "dd/MM/y", "y-MM-dd"],
    "tr": ["d MMMM y", "d MMMM y EEEE", "dd.MM.y", "y-MM-dd"],
}
"""All ways of writing a full date that the grammar must read, as CLDR patterns."""


def bare(text: str, language: str) -> Syntax:
    """A text without its parse, for what words alone settle."""
    return Syntax(text, language, [], [])


def read(text: str, language: str, published: date | None = None) -> tuple[TimeMention, ...]:
    syntax = bare(text, language)
    day = published.isoformat() if published else None
    when = When(start=day, end=day, basis="stated") if day else None
    return resolve_times(syntax, spot_times(syntax), when)


@pytest.mark.parametrize(("language", "pattern"), [(code, p) for code, ps in FORMS.items() for p in ps])
@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_a_written_date_is_read_back_as_itself(language: str, pattern: str, day: date) -> None:
    written = format_date(day, pattern, locale=language)
    (mention,) = read(f"({written})", language)
    assert (mention.value, mention.first, mention.last) == (day.isoformat(),) * 3


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=DAYS)
@settings(max_examples=40)
def test_a_written_month_is_read_back_as_itself(language: str, day: date) -> None:
    written = format_date(day, "LLLL y", locale=language)
    (mention,) = read(f"({written})", language)
    assert mention.value == day.isoformat()[:7]


PIECES = {
    "en": ["last", "next", "the", "of", "early", "mid", "-", "May", "June 12", "2023", "Monday", "three", "days",
           "ago", "later", "week", "year", "first", "quarter", "'s", "winter", "9 p.m.", "1990s", "from", "to",
           "Christmas", "yesterday", "two and a half", "every", "century", "31", ",", "\n\n", "the past", "fall"],
    "fr": ["le", "la", "l'", "dernier", "prochaine", "début", "mi", "-", "mai", "12 juin", "2023", "lundi", "trois",
           "jours", "il y a", "plus tard", "semaine", "an", "premier", "trimestre", "été", "14h30", "années 90", "du",
           "au", "Noël", "hier", "tous les", "siècle", "XXe", "31", ",", "\n\n", "à", "fin", "de"],
    "ru": ["в", "на", "прошлой", "следующем", "начале", "-", "мая", "12 июня", "2023", "года", "понедельник", "три",
           "дня", "назад", "спустя", "неделе", "год", "первом", "квартале", "летом", "14:30", "1990-х", "с", "по",
           "Пасха", "вчера", "каждый", "веке", "XX", "31", ",", "\n\n", "через", "конце"],
    "de": ["am", "im", "vor", "letzten", "nächste", "Anfang", "Mitte", "-", "Mai", "12. Juni", "2023", "Montag", "drei",
           "Tagen", "später", "Woche", "Jahr", "ersten", "Quartal", "Sommer", "14.30 Uhr", "1990er", "vom", "bis",
           "Weihnachten", "gestern", "jeden", "Jahrhundert", "31", ",", "\n\n", "zum", "Ende", "Dienstagabend", "."],
    "es": ["el", "la", "hace", "pasado", "próxima", "principios de", "finales de", "-", "mayo", "12 de junio", "2023",
           "lunes", "tres", "días", "después", "semana", "año", "primer", "trimestre", "verano", "14:30", "del", "al",
           "Navidad", "ayer", "cada", "siglo XX", "31", ",", "\n\n", "a las", "fin de semana", "de", "los años 70"],
    "uk": ["у", "на", "минулого", "наступному", "початку", "-", "травня", "12 червня", "2023", "року", "понеділок",
           "три", "дні", "тому", "пізніше", "тижня", "рік", "першому", "кварталі", "влітку", "14:30", "1990-х", "з",
           "до", "Великдень", "вчора", "кожен", "столітті", "XX", "31", ",", "\n\n", "через", "кінці", "п'ятницю"],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data(), published=DAYS)
@settings(max_examples=150, deadline=None)
def test_no_first_day_after_the_last_and_no_overlap(
    language: str, data: st.DataObject, published: date
) -> None:
    pieces = data.draw(st.lists(st.sampled_from(PIECES[language]), max_size=25))
    text = " ".join(pieces)
    found = read(text, language, published)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert (mention.first is None) == (mention.last is None)
        if mention.first is not None and mention.last is not None:
            assert date.fromisoformat(mention.first) <= date.fromisoformat(mention.last)
    assert all(one.end <= two.start for one, two in pairwise(found))


COUNTED = [
    ("en", "yesterday"), ("en", "today"), ("en", "tomorrow"), ("en", "three days ago"), ("en", "40 days ago"),
    ("en", "last night"), ("en", "the day before yesterday"), ("fr", "hier"), ("fr", "il y a neuf jours"),
    ("fr", "avant-hier"), ("fr", "ce soir"), ("ru", "вчера"), ("ru", "пять дней назад"), ("ru", "послезавтра"),
    ("de", "gestern"), ("de", "vor neun Tagen"), ("de", "übermorgen"), ("es", "ayer"), ("es", "hace cinco días"),
    ("es", "pasado mañana"), ("uk", "вчора"), ("uk", "п'ять днів тому"), ("uk", "післязавтра"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), COUNTED)
@given(day=DAYS, moved=st.integers(-4000, 4000))
@settings(max_examples=30)
def test_what_is_counted_moves_with_the_day_of_publication(
    language: str, text: str, day: date, moved: int
) -> None:
    (here,) = read(text, language, day)
    (there,) = read(text, language, day + timedelta(days=moved))
    assert here.first is not None and there.first is not None
    assert date.fromisoformat(there.first) - date.fromisoformat(here.first) == timedelta(days=moved)


WEEKLY = [("en", "Friday"), ("en", "last week"), ("en", "next Monday"), ("fr", "la semaine prochaine"), ("fr", "mardi"),
          ("ru", "в среду"), ("ru", "на прошлой неделе"), ("de", "am Mittwoch"), ("de", "nächste Woche"),
          ("es", "el jueves"), ("es", "la semana pasada"), ("uk", "у середу"), ("uk", "минулого тижня")]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), WEEKLY)
@given(day=DAYS, weeks=st.integers(-500, 500))
@settings(max_examples=30)
def test_weekdays_move_by_whole_weeks(language: str, text: str, day: date, weeks: int) -> None:
    (here,) = read(text, language, day)
    (there,) = read(text, language, day + timedelta(weeks=weeks))
    assert here.first is not None and there.first is not None
    assert date.fromisoformat(there.first) - date.fromisoformat(here.first) == timedelta(weeks=weeks)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(language: str, text: str) -> None:
    for mention in read(text, language, date(2024, 2, 29)):
        assert text[mention.start : mention.end].strip()


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_paragraphs_are_found_apart(language: str, data: st.DataObject) -> None:
    """What is found in a text does not depend on the paragraphs around it, so the work grows with its length."""
    lists = st.lists(st.sampled_from(PIECES[language]), max_size=12)
    before, behind = (" ".join(data.draw(lists)) + " x" for _ in range(2))
    joint = f"{before}\n\nx {behind}"
    shift = len(before) + 2
    words = lexicon(language)
    apart = [(s.start, s.end) for s in spot(before, words)]
    apart += [(s.start + shift, s.end + shift) for s in spot(f"x {behind}", words)]
    assert [(s.start, s.end) for s in spot(joint, words)] == apart


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece", ["1 2 3 ", "123 456 ", "1,", "12:", "the ", "two ", "a few ", "2020-", "l'", "«", "мая "]
)
def test_work_at_each_word_is_bounded(language: str, piece: str) -> None:
    """Ten thousand times the same piece is read to the end; each word is matched by rows of bounded length."""
    text = piece * 10_000
    assert all(s.end - s.start < 200 for s in spot(text, lexicon(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_is_long(language: str) -> None:
    def depth(node: Node) -> int:
        return max((1 + depth(below) for below in node.next.values()), default=0)

    assert depth(lexicon(language).trie) <= 16


@given(
    day=DAYS,
    unit=st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade"]),
)
def test_a_period_holds_the_day_it_was_made_for(day: date, unit: str) -> None:
    period = holding(day, unit)
    assert period.first <= period.last
    if unit != "weekend":
        assert period.first <= day <= period.last
    first, last = part_of(period, "START")
    middle, _ = part_of(period, "MID")
    _, end = part_of(period, "END")
    assert period.first == first <= last <= period.last == end
    assert first <= middle


@given(day=DAYS, count=st.integers(-50, 50), unit=st.sampled_from(["day", "week", "month", "year"]))
def test_counting_forth_and_back_ends_in_the_same_period(day: date, count: int, unit: str) -> None:
    there = shift_day(day, unit, count)
    assert there is not None
    back = shift_day(there, unit, -count)
    assert back is not None and abs((back - day).days) <= 3


EASTERS = [(2000, date(2000, 4, 23), date(2000, 4, 30)), (2023, date(2023, 4, 9), date(2023, 4, 16)),
           (2024, date(2024, 3, 31), date(2024, 5, 5)), (2025, date(2025, 4, 20), date(2025, 4, 20))]  # fmt: skip


@pytest.mark.parametrize(("year", "west", "east"), EASTERS)
def test_easter(year: int, west: date, east: date) -> None:
    assert (easter(year), pascha(year)) == (west, east)


RULES = [("12-25", date(2023, 12, 25)), ("4th 4 of 11", date(2023, 11, 23)), ("last 1 of 5", date(2023, 5, 29)),
         ("tue after 1st 1 of 11", date(2022, 11, 8)), ("easter+49", date(2023, 5, 28))]  # fmt: skip


@pytest.mark.parametrize(("rule", "day"), RULES)
def test_holiday(rule: str, day: date) -> None:
    assert holiday(rule, day.year) == day


def test_unknown_holiday_rule_says_where_to_look() -> None:
    with pytest.raises(ValueError, match=r"holidays\.py"):
        holiday("some day", 2024)


@pytest.mark.parametrize("language", LANGUAGES)
@given(year=st.integers(1900, 2099))
@settings(max_examples=5)
def test_every_holiday_of_the_lists_has_a_day(language: str, year: int) -> None:
    for rule in lexicon(language).data.words["HOLIDAY"]:
        assert holiday(rule, year).year == year
