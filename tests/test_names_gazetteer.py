"""The gazetteer: its data are whole, its forms are found in running text, and its acronyms only as acronyms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import languages
from dragoman.gazetteer.names import ORDER, capital_of, coordinates, gazetteer
from dragoman.naming.declension import declined, stem

# language, text, {words found: key}
FOUND = [
    ("en", "The U.S. and the UN told us who said so.", {"U.S.": "country:US", "UN": "org:un"}),
    ("en", "Poles and the Polish minister", {"Poles": "country:PL", "Polish": "country:PL"}),
    ("en", "a table to polish", {}),
    (
        "en",
        "the Republic of Moldova and Côte d’Ivoire",
        {"Republic of Moldova": "country:MD", "Côte d’Ivoire": "country:CI"},
    ),
    (
        "en",
        "the Gaza Strip and Nagorno-Karabakh",
        {"Gaza Strip": "territory:gaza", "Nagorno-Karabakh": "territory:nagorno-karabakh"},
    ),
    ("fr", "les forces ougandaises et l’ONU", {"ougandaises": "country:UG", "ONU": "org:un"}),
    ("fr", "on lui dit que non", {}),
    (
        "fr",
        "la Maison-Blanche et le Haut-Karabakh",
        {"Maison-Blanche": "country:US", "Haut-Karabakh": "territory:nagorno-karabakh"},
    ),
    (
        "ru",
        "с Арменией в Организации Объединённых Наций",
        {"Арменией": "country:AM", "Организации Объединённых Наций": "org:un"},
    ),
    (
        "ru",
        "грузинским и венграм из США",
        {"грузинским": "country:GE", "венграм": "country:HU", "США": "country:US"},
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), FOUND)
def test_finds_known_names(language: str, text: str, wanted: dict[str, str]) -> None:
    assert {text[h.start : h.end]: h.entry.key for h in gazetteer(language).find(text)} == wanted


@pytest.mark.parametrize("language", ORDER)
def test_knows_every_state_and_its_capital(language: str) -> None:
    words = gazetteer(language)
    for code, row in languages.load("gazetteer", "countries").items():
        capital = row["capital"].split(";")[ORDER.index(language)].split("/")[0].strip()
        found = words.meaning(capital)
        assert found is not None and (found.country == code or found.kind in ("country", "territory")), (
            code,
            capital,
        )
        assert capital_of(code) is not None


def test_every_row_has_three_languages() -> None:
    organisations = languages.load("gazetteer", "organisations")
    cells = [
        *organisations["organisations"].items(),
        *organisations["groups"].items(),
        *organisations["media"].items(),
    ]
    cells += [(k, r["names"]) for k, r in organisations["state_bodies"].items()]
    for section in ("territories", "regions", "former", "blocs"):
        cells += [(k, r["names"]) for k, r in languages.load("gazetteer", "territories")[section].items()]
    for key, cell in cells:
        assert cell.count(";") == 2, key


def test_coordinates_lie_on_earth() -> None:
    for key, (lat, lon) in coordinates().items():
        assert -90 <= lat <= 90 and -180 <= lon <= 180, key


def test_worked_examples_of_declension() -> None:
    for example in languages.load("ru", "declension")["try"]:
        assert set(example["forms"]) <= declined(example["base"]), example


@pytest.mark.parametrize(
    "forms",
    [("пашинян", "пашиняна", "пашиняну"), ("лавров", "лаврова", "лавровым"), ("зеленский", "зеленского")],
)
def test_forms_of_one_name_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(f) for f in forms}) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(ORDER))
def test_hits_lie_in_order_within_the_text(text: str, language: str) -> None:
    past = 0
    for hit in gazetteer(language).find(text):
        assert past <= hit.start < hit.end <= len(text)
        past = hit.end


@pytest.mark.parametrize("language", ORDER)
def test_names_data_has_the_same_sections(language: str) -> None:
    wanted = set(languages.load("en", "names"))
    own = set(languages.load(language, "names"))
    optional = {"feminine", "people_forms", "ministries", "have", "masculine_in_e", "addressed"}
    optional |= {"addressed_by", "feminine_articles", "masculine_articles", "patronymics"}
    assert wanted - own <= optional and own - wanted <= optional
