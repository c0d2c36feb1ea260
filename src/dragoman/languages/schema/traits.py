"""How a language builds phrases, where code must know: `<language>/traits.yaml`."""

from __future__ import annotations

from dragoman.languages.schema.table import Table


class Traits(Table, frozen=True, kw_only=True):
    """What is so of a language; of one without the file, nothing is.

    Attributes:
        head_last: The head of a title or a body stands last ("defence *minister*"), else first (*ministre* ...).
        declines: Names and nouns stand in cases.
        no_articles: A noun is definite without a word that says so.
        no_gender: Things have no gender that a pronoun would follow.
        free_order: The subject may stand behind the verb.
        title_case: Headings may capitalise every word.
        blocs_take_article: A bloc is named with its article ("the West"); without it, it is a direction.
        unit_behind_place: The kind of a place stands behind its name ("Lori *region*").
        adjectives_as_nouns: An adjective may be the head of a phrase for people.
        capital_peoples: Nouns for people are capitalised, adjectives are not.
        gender_by_ending: The last letter of a place's name tells its gender.
        feminine_by_ending: So does that of an adjective, of which there is a feminine (names.yaml, `feminine`).
        plural_in_men: Words in *man* have a plural in *men*.
        country_in_phrase: A place may be followed by its country with a preposition ("Gori, en Géorgie").
        patronymics: Between given name and surname stands the father's name.
        pair_words: A number word may make a pair of a noun in the singular.
        names_run_on: What the pipeline marks as a name may begin with words that are none of it.
    """

    head_last: bool = False
    declines: bool = False
    no_articles: bool = False
    no_gender: bool = False
    free_order: bool = False
    title_case: bool = False
    blocs_take_article: bool = False
    unit_behind_place: bool = False
    adjectives_as_nouns: bool = False
    capital_peoples: bool = False
    gender_by_ending: bool = False
    feminine_by_ending: bool = False
    plural_in_men: bool = False
    country_in_phrase: bool = False
    patronymics: bool = False
    pair_words: bool = False
    names_run_on: bool = False
