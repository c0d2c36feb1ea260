"""Copies, storylines and statements: which articles and words belong together."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.linking import Case, Decision, Source, link
from dragoman.linking.copies import overlap, shingles_of
from dragoman.linking.vectors import embed, lead_of
from dragoman.model import Arg, Article, Target
from linking_readings import Page, unit

DISPATCH = (
    "The ferry had left the harbour at dawn with some two hundred people on board when the fog came down. "
    "Fishermen who heard the horn put out in small boats and brought the passengers ashore within the hour. "
    "Nobody was hurt, the coast guard said, and the vessel was towed to the eastern pier before noon. "
    "An inquiry into the charts that the crew used will begin next week, and the service is suspended until then."
)
OTHER = (
    "A storm tore the roofs off four barns in the hills and left the upper villages without power for a night. "
    "Crews worked by lamplight to clear the road, and the school will stay closed until the end of the week. "
    "Farmers counted their losses in the morning and asked the county for help with fodder and with timber."
)


def page(outlet: str, text: str, published: str | None = "2024-05-02", **more: object) -> Page:
    made = Page(outlet, published, **more)  # type: ignore[arg-type]
    made.say(text)
    return made


def case_of(*pages: Page) -> Case:
    return link([p.source() for p in pages])


def copied(case: Case) -> dict[str | None, str | None]:
    outlet = {a.id: a.outlet for a in case.articles}
    return {a.outlet: outlet[a.copies_of] for a in case.articles if a.copies_of}


def test_a_reprint_copies_the_earlier_one() -> None:
    case = case_of(
        page("Post", DISPATCH + " Our own reporter adds a word.", "2024-05-03"), page("Daily", DISPATCH)
    )
    assert copied(case) == {"Post": "Daily"}
    assert [a.overlap for a in case.articles if a.copies_of] == [1.0]


def test_a_short_version_copies_the_long_one() -> None:
    half = DISPATCH[: len(DISPATCH) // 2]
    assert copied(case_of(page("Post", half), page("Daily", DISPATCH, "2024-05-01"))) == {"Post": "Daily"}


def test_of_undated_copies_the_longest_is_the_original() -> None:
    case = case_of(page("Post", DISPATCH[:300], None), page("Daily", DISPATCH, None))
    assert copied(case) == {"Post": "Daily"}


def test_a_shared_box_at_the_end_makes_no_copy() -> None:
    assert copied(case_of(page("Daily", OTHER + DISPATCH), page("Daily Mail", OTHER[::-1] + DISPATCH))) == {}


def test_one_agency_needs_less_in_common() -> None:
    edited = OTHER[:200] + DISPATCH[:210] + OTHER[200:]
    apart = case_of(page("Daily", DISPATCH[:210] + OTHER[::-1]), page("Post", edited))
    assert copied(apart) == {}


def test_a_translation_copies_its_original() -> None:
    def version(outlet: str, language: str, text: str, published: str) -> Page:
        made = Page(outlet, published, language, vector=[1.0, 0.1])
        made.say(f"{text} Arland Borland Corland League Rebels.")
        return made.figure(f"{text} 12", "fatalities", 12, 12).figure(f"{text} 51", "wounded", 51, 51)

    case = case_of(
        version("Daily", "en", "The news", "2024-05-01"), version("Jour", "fr", "La nouvelle", "2024-05-02")
    )
    assert copied(case) == {"Jour": "Daily"}


def test_shingles_and_overlap() -> None:
    assert list(shingles_of("One two three four FIVE")) == [
        *shingles_of("one two three four"),
        *shingles_of("TWO three four five"),
    ]
    assert len(shingles_of("one two three")) == 0
    assert overlap(shingles_of(DISPATCH), shingles_of(DISPATCH)) == 1.0
    assert overlap(shingles_of(DISPATCH), shingles_of(OTHER)) == 0.0


# --- storylines -----------------------------------------------------------------------------------


def story(
    outlet: str, names: str, vector: list[float], published: str = "2024-05-02", language: str = "en"
) -> Page:
    made = Page(outlet, published, language, vector=vector)
    made.say(f"{outlet} on {names}.")
    return made


def grouped(case: Case) -> set[frozenset[str | None]]:
    outlet = {a.id: a.outlet for a in case.articles}
    return {frozenset(outlet[a] for a in s.articles) for s in case.storylines}


TALKS, QUAKE = [1.0, 0.2, 0.0], [0.0, 0.2, 1.0]


def test_one_matter_with_the_same_names_is_one_story_in_any_language() -> None:
    case = case_of(
        story("Daily", "Arland and Ada Arden", TALKS),
        story("Jour", "Arland and Ada Arden", [0.9, 0.4, 0.0], language="fr"),
    )
    assert grouped(case) == {frozenset({"Daily", "Jour"})}
    assert "Ada Arden" in case.storylines[0].title


def test_like_matters_of_others_stay_apart() -> None:
    like = [0.3, 0.9, 0.3]
    case = case_of(
        story("Daily", "Arland and Ada Arden", TALKS), story("Post", "Borland and Boris Bolt", like)
    )
    assert len(case.storylines) == 2


def test_other_matters_of_the_same_stay_apart() -> None:
    case = case_of(story("Daily", "Arland", TALKS), story("Post", "Arland", QUAKE))
    assert len(case.storylines) == 2


def attacked(outlet: str, published: str, vector: list[float], when: str) -> Page:
    return story(outlet, "Arland and Ada Arden", vector, published).event(
        "Arland attacked Rebels in Port Ann.", "ASSAULT", ["Arland"], ["Rebels"], when, "Port Ann"
    )


@pytest.mark.parametrize(
    ("when", "count"), [("2024-05-01", 1), ("2023-02-01", 2)], ids=["one attack", "two attacks"]
)
def test_who_tells_of_the_same_deed_months_later_goes_on_with_the_story(when: str, count: int) -> None:
    case = case_of(
        attacked("Daily", "2024-05-02", [1.0, 0.2, 0.0], "2024-05-01"),
        attacked("Post", "2024-11-02", [0.25, 0.2, 1.0], when),
    )
    assert len(case.storylines) == count


def test_every_article_is_in_one_story() -> None:
    pages = [story(f"Paper {n}", "Arland", [1.0, n / 3, 0.0]) for n in range(6)] + [page("Bare", OTHER)]
    case = case_of(*pages)
    told = [a for s in case.storylines for a in s.articles]
    assert sorted(told) == sorted(a.id for a in case.articles)


@pytest.mark.parametrize(("kind", "count"), [("join", 1), ("split", 2)])
def test_a_person_decides_on_stories(kind: str, count: int) -> None:
    other = [0.9, 0.4, 0.0] if kind == "split" else QUAKE
    sources = [story("Daily", "Arland", TALKS).source(), story("Post", "Arland", other).source()]
    assert len(link(sources).storylines) == 3 - count
    targets = tuple(Target(kind="storyline", article=s.article.id) for s in sources)
    assert len(link(sources, [Decision(kind=kind, targets=targets)]).storylines) == count  # type: ignore[arg-type]


def test_a_person_names_a_story() -> None:
    source = story("Daily", "Arland", TALKS).source()
    target = Target(kind="storyline", article=source.article.id)
    case = link([source], [Decision(kind="rename", targets=(target,), value="The talks")])
    assert [s.title for s in case.storylines] == ["The talks"]


# --- statements -----------------------------------------------------------------------------------

SAID = "we shall not leave before the spring of next year"


def quoting(
    outlet: str, words: str = SAID, speaker: str = "Ada Arden", published: str = "2024-05-02"
) -> Page:
    return Page(outlet, published).statement(f'{outlet}: {speaker} said "{words}".', speaker, words)


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (quoting("Post"), 1),
        (quoting("Post", SAID.upper()), 1),
        (quoting("Post", SAID + " or so"), 1),
        (quoting("Post", "we shall leave when the work is done and no sooner"), 2),
        (quoting("Post", speaker="Boris Bolt"), 2),
    ],
    ids=["the same", "in capitals", "with more words", "other words", "another speaker"],
)
def test_a_quotation_in_two_articles(other: Page, count: int) -> None:
    assert len(case_of(quoting("Daily"), other).statements) == count


def test_short_words_are_one_statement_only_near_in_time() -> None:
    near = case_of(quoting("Daily", "in sight"), quoting("Post", "in sight"))
    far = case_of(quoting("Daily", "in sight"), quoting("Post", "in sight", published="2024-09-02"))
    assert (len(near.statements), len(far.statements)) == (1, 2)


def test_the_words_quoted_within_a_statement_do_not_replace_it() -> None:
    text = 'Ada Arden said the bridge was "beyond repair" after the flood.'
    whole = Page("Daily", "2024-05-02").statement(
        text, "Ada Arden", 'the bridge was "beyond repair" after the flood'
    )
    indirect = msgspec.structs.replace(whole.reading["statements"][0], quote=False)
    whole.reading["statements"] = [indirect]
    start = text.index("beyond")
    said = case_of(whole.quoted("Ada Arden", start, start + len("beyond repair"))).statements
    assert sorted((s.quote, s.content) for s in said) == [
        (False, 'the bridge was "beyond repair" after the flood'),
        (True, "beyond repair"),
    ]


def test_what_was_not_said_is_no_statement() -> None:
    page = quoting("Daily")
    page.reading["statements"] = [msgspec.structs.replace(s, denied=True) for s in page.reading["statements"]]
    assert case_of(page).statements == ()


def test_a_pronoun_does_not_tell_who_spoke() -> None:
    page = Page("Daily", "2024-05-02").statement(f'She said "{SAID}".', "She", SAID)
    page.reading["statements"] = [
        msgspec.structs.replace(s, named=False, speaker=Arg(start=s.speaker.start, end=s.speaker.end))
        for s in page.reading["statements"]
    ]
    (found,) = case_of(page).statements
    assert (found.speaker, found.speaker_text) == (None, None)


# --- vectors --------------------------------------------------------------------------------------


def article(text: str, title: str | None = None) -> Article:
    return Article(id=text[:20] or "none", path="", text=text, raw="", language="en", title=title)


def test_the_lead_is_headline_and_first_sentences() -> None:
    assert lead_of(article("Talks went on.", "Talks")) == "Talks went on."
    assert lead_of(article("They went on.", "Talks")) == "Talks. They went on."
    assert len(lead_of(article("word " * 1000))) <= 400


def test_a_vector_does_not_depend_on_its_batch() -> None:
    texts = ["The two presidents met in the capital.", "A storm tore the roofs off four barns.", "Short.", ""]
    together = embed([article(t) for t in texts])
    alone = [embed([article(t)])[0] for t in texts]
    for one, other in zip(together, alone, strict=True):
        assert abs(one - other).max() < 0.001
    assert not together[3].any()


def test_an_article_without_a_vector_is_linked() -> None:
    source = page("Daily", DISPATCH).source()
    assert len(link([Source(source.article, source.reading, None)]).storylines) == 1
    assert unit([3.0, 4.0])[1] == pytest.approx(0.8)


def test_many_articles_find_their_nearest_through_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [story(f"Paper {n}", "Arland", [1.0, n / 4, (n % 3) / 2]) for n in range(12)]
    sources = [p.source() for p in pages]
    exact = grouped(link(sources))
    monkeypatch.setattr("dragoman.linking.nearby.EXACT_UP_TO", 3)
    assert grouped(link(sources)) == exact
