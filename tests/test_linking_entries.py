"""The lines of the chronology, from small hand-made readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dragoman.linking import Source, link
from dragoman.linking.entries.sentences import Naming, Sentence
from dragoman.linking.entries.weights import worth
from dragoman.model import Entry, EventReport, Mention, Span, TimeMention
from linking_readings import Page

PEACE = "On 3 May 2031 the army of Arland left the town of Midvale and handed its bridge to Borland."
MARKET = "On 9 May 2031 the weekly market of Bolton opened again with forty stalls and a brass band."
AFTER = "The army of Arland had left the town of Midvale on 3 May 2031, as Borland had always asked."


def dated(page: Page, sentence: str, *words: tuple[str, str]) -> Page:
    """A sentence with the days that its words name: (words, ISO day or month's first and last with a slash)."""
    span = page.say(sentence)
    for said, value in words:
        at = page.text.index(said, span.start)
        first, _, last = value.partition("/")
        page._add(
            "times",
            TimeMention(
                start=at, end=at + len(said), type="DATE", value=first, first=first, last=last or first
            ),
        )
    return page


def told(
    outlet: str, published: str, sentence: str = PEACE, said: str = "3 May 2031", day: str = "2031-05-03"
) -> Page:
    return dated(Page(outlet=outlet, published=published), sentence, (said, day))


def lines(*pages: Page) -> list[Entry]:
    """Heaviest first."""
    found = link([p.source() for p in pages]).entries
    return sorted(found, key=lambda e: (-e.weight, e.id))


def on(entries: Sequence[Entry], day: str) -> list[Entry]:
    return [e for e in entries if e.start == day]


def test_a_line_is_a_day_and_a_sentence_in_its_own_words() -> None:
    page = told("Daily", "2031-05-04")
    (line,) = lines(page)
    assert (line.start, line.end, line.basis) == ("2031-05-03", "2031-05-03", "stated")
    assert line.text == page.text[line.span.start : line.span.end] == PEACE
    assert (line.known_from, line.independent, line.doubtful) == ("2031-05-04", 1, False)
    assert [s.article for s in line.sources] == [line.article]


def test_sources_that_tell_one_thing_are_one_line() -> None:
    line, *rest = lines(told("Daily", "2031-05-04"), told("Post", "2031-06-20", AFTER))
    assert not rest
    assert (line.independent, len(line.sources)) == (2, 2)


def test_a_reprint_counts_once() -> None:
    filler = [
        f"The bridge of Midvale has {n} arches, and each of them was built by masons of Borland."
        for n in range(30)
    ]
    first, again = told("Daily", "2031-05-04"), told("Post", "2031-05-05")
    for page in (first, again):
        for sentence in filler:
            page.say(sentence)
    (line,) = lines(first, again)
    assert line.independent == 1
    assert sum(s.copy_of is None for s in line.sources) == 1


def test_what_is_told_long_after_weighs_more() -> None:
    pages = [
        told("Daily", "2031-05-04"),
        told("Daily", "2031-05-10", MARKET, "9 May 2031", "2031-05-09"),
        told("Post", "2031-12-01", AFTER),
    ]
    found = lines(*pages)
    assert found[0].start == "2031-05-03"
    assert on(found, "2031-05-03")[0].weight > 2 * on(found, "2031-05-09")[0].weight


def test_a_day_to_come_is_planned_and_no_deed() -> None:
    page = dated(
        Page(published="2031-05-04"),
        "The council of Arland will meet the envoys of Borland in Midvale on 20 May 2031 to talk of bridges.",
        ("20 May 2031", "2031-05-20"),
    )
    (line,) = lines(page)
    assert line.status == "planned"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (
            "What will the army of Arland do in Midvale after 3 May 2031, when Borland holds its bridge?",
            "stands_alone",
        ),
        (
            "@arland the army left Midvale on 3 May 2031 and the bridge is in the hands of Borland #peace",
            "stands_alone",
        ),
    ],
)
def test_what_does_not_stand_alone_is_doubtful_and_gives_way(bad: str, why: str) -> None:
    alone = lines(told("Daily", "2031-05-04", bad))
    assert all(e.doubtful and why in e.doubts for e in alone)
    better = on(lines(told("Daily", "2031-05-04", bad), told("Post", "2031-05-05")), "2031-05-03")
    assert better[0].text == PEACE
    assert not better[0].doubtful


def test_a_name_is_shown_beside_a_pronoun_with_its_own_span() -> None:
    page = Page(published="2031-05-04")
    page.say("Ada Arden has led Arland for ten years and knows every bridge of the country.")
    dated(
        page,
        "She left the town of Midvale on 3 May 2031 and handed its keys to the mayor.",
        ("3 May 2031", "2031-05-03"),
    )
    at = page.text.index("She")
    page.mentions.append(
        Mention(start=at, end=at + 3, text="She", entities=(page.entity("Ada Arden"),), kind="pronoun")
    )
    (line,) = on(lines(page), "2031-05-03")
    (bracket,) = line.context
    assert (bracket.kind, bracket.text, bracket.at) == ("name", "Ada Arden", at + 3)
    assert page.text[bracket.start : bracket.end] == "Ada Arden"


def test_a_sentence_that_takes_up_the_one_before_is_shown_with_it() -> None:
    page = Page(published="2031-05-04")
    page.say("The army of Arland handed the old bridge of Midvale to Borland after a year of talks.")
    dated(page, "This was announced on 3 May 2031 by the council of Arland.", ("3 May 2031", "2031-05-03"))
    (line,) = on(lines(page), "2031-05-03")
    assert line.text.startswith("The army of Arland handed")
    assert line.text.endswith("by the council of Arland.")


def test_one_sentence_is_shown_for_one_day_only() -> None:
    page = dated(
        Page(published="2031-06-04"),
        "The army of Arland left Midvale on 3 May 2031 and the port of Bolton on 17 May 2031.",
        ("3 May 2031", "2031-05-03"),
        ("17 May 2031", "2031-05-17"),
    )
    assert sum(not e.doubtful for e in lines(page)) == 1


def test_neighbouring_days_of_one_event_are_one_line() -> None:
    found = lines(
        told("Daily", "2031-05-06"),
        told("Post", "2031-06-06", AFTER),
        told("Mail", "2031-05-05", AFTER.replace("3 May", "4 May"), "4 May 2031", "2031-05-04"),
    )
    assert [e.start for e in found] == ["2031-05-03"]
    assert {s.day for s in found[0].sources} == {None, "2031-05-04"}
    assert [(r.kind, r.was, r.now) for r in found[0].revised] == [("day", "2031-05-04", "2031-05-03")]


@pytest.mark.parametrize("outlet", ["Daily", "Mail"])
def test_what_one_article_or_an_earlier_one_tells_is_no_revision(outlet: str) -> None:
    twice = told("Daily", "2031-05-06")
    other = twice if outlet == "Daily" else Page(outlet=outlet, published="2031-05-07")
    dated(other, AFTER.replace("3 May", "4 May"), ("4 May 2031", "2031-05-04"))
    found = lines(*{id(p): p for p in (twice, other, told("Post", "2031-06-06", AFTER))}.values())
    assert not any(r for e in found for r in e.revised)


DENIED = "The army of Arland did not leave the town of Midvale on 3 May 2031, Borland holds."


def deed(
    outlet: str,
    published: str,
    sentence: str = PEACE,
    status: str = "happened",
    type: str = "RETREAT",
    when: str = "2031-05-03",
) -> Page:
    """A page that tells a deed of Arland, in a sentence that names 3 May 2031."""
    page = Page(outlet=outlet, published=published)
    page.event(sentence, type, ["Arland"], when=when, place="Midvale", status=status)  # type: ignore[arg-type]
    at = page.text.index("3 May 2031")
    page._add(
        "times",
        TimeMention(
            start=at, end=at + 10, type="DATE", value="2031-05-03", first="2031-05-03", last="2031-05-03"
        ),
    )
    return page


def test_a_deed_that_another_source_denies_later_says_so() -> None:
    found = lines(
        deed("Daily", "2031-05-04"),
        deed("Post", "2031-05-04", AFTER),
        deed("Mail", "2031-05-09", DENIED, "denied"),
    )
    revised = [r for e in found for r in e.revised]
    assert [(r.kind, r.was, r.now, r.known_from) for r in revised] == [("denied", None, DENIED, "2031-05-09")]


@pytest.mark.parametrize(("outlet", "published"), [("Mail", "2031-05-04"), ("Mail", "2031-05-01")])
def test_a_denial_that_came_no_later_is_no_revision(outlet: str, published: str) -> None:
    found = lines(
        deed("Daily", "2031-05-04"),
        deed("Post", "2031-05-04", AFTER),
        deed(outlet, published, DENIED, "denied"),
    )
    assert not [r for e in found for r in e.revised]


def test_languages_of_one_day_are_one_line() -> None:
    french = "L'armée de l'Arland a quitté le 3 mai 2031 la ville de Midvale, rendue au Borland après un an."
    found = lines(
        told("Daily", "2031-05-04"),
        dated(
            Page(outlet="Jour", language="fr", published="2031-05-04"), french, ("3 mai 2031", "2031-05-03")
        ),
    )
    assert len(found) == 1
    assert found[0].languages == ("en", "fr")


def test_an_event_without_a_day_stands_among_the_undated() -> None:
    page = Page(published=None).event(
        "The army of Arland took the bridge of Midvale from the guards of Borland in one night.",
        "ASSAULT",
        ["Arland"],
        ["Borland"],
    )
    (line,) = lines(page)
    assert (line.start, line.end, line.basis, line.type) == (None, None, None, "ASSAULT")
    assert line.events


def test_a_month_stays_a_month() -> None:
    page = Page(published="2031-09-09").event(
        "The army of Arland took the bridge of Midvale from the guards of Borland in May 2031.",
        "ASSAULT",
        ["Arland"],
        ["Borland"],
        when="2031-05-01/2031-05-31",
    )
    (line,) = lines(page)
    assert (line.start, line.end) == ("2031-05-01", "2031-05-31")


# --- what holds for all cases ------------------------------------------------------------------------

SENTENCES = [
    ("On {} the army of Arland left the town of Midvale.", ("Arland", "Midvale")),
    ("On {} Boris Bolt was chosen to lead the council of Borland for a second year.", ("Boris Bolt",)),
    ("The League sent its envoys to Bolton on {}, three weeks after the flood of the river.", ("League",)),
    ("What did Cora Cray do on {}?", ("Cora Cray",)),
]
DAYS = st.integers(0, 40).map(lambda n: (date(2031, 5, 1) + timedelta(n)).isoformat())


@st.composite
def pages(draw: st.DrawFn) -> list[Source]:
    made = []
    for n in range(draw(st.integers(1, 5))):
        page = Page(outlet=f"Paper {n}", published=draw(DAYS))
        for _ in range(draw(st.integers(1, 4))):
            pattern, _ = draw(st.sampled_from(SENTENCES))
            day = draw(DAYS)
            dated(page, pattern.format(day), (day, day))
        made.append(page.source())
    return made


@given(pages(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_reading_changes_nothing(sources: list[Source], chance: object) -> None:
    shuffled = list(sources)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert link(sources).entries == link(shuffled).entries


@given(pages())
@settings(max_examples=30, deadline=None)
def test_every_line_has_its_words_and_its_day(sources: list[Source]) -> None:
    texts = {s.article.id: s.article.text for s in sources}
    shown: list[tuple[str, Span]] = []
    for e in link(sources).entries:
        assert e.text == texts[e.article][e.span.start : e.span.end]
        assert all(s.text == texts[s.article][s.start : s.end] for s in e.sources)
        assert e.doubtful == bool(e.doubts)
        assert 1 <= e.independent <= len(e.sources)
        assert e.weight >= 0
        assert all(e.span.start <= c.at <= e.span.end for c in e.context)
        if not e.doubtful:
            shown.append((e.article, e.span))
    assert len(shown) == len(set(shown))


@given(pages(), st.integers(0, 4))
@settings(max_examples=20, deadline=None)
def test_the_same_text_again_changes_no_weight(sources: list[Source], which: int) -> None:
    again = sources[which % len(sources)]
    twice = Source(structs.replace(again.article, path="elsewhere.txt"), again.reading)
    before = {(e.start, e.text): e.weight for e in link(sources).entries}
    assert {(e.start, e.text): e.weight for e in link([*sources, twice]).entries} == before


@given(st.integers(0, 2000), st.integers(0, 2000), st.floats(0, 5))
def test_worth_grows_with_the_days_between(sooner: int, later: int, near: float) -> None:
    sooner, later = sorted((sooner, later))

    def of(days: int) -> float:
        s = Sentence("a", 0, Span(0, 9), "en", 730_000 + days, {730_000: Naming("words")}, nearness=near)
        return worth(s, 730_000)

    assert of(sooner) <= of(later)
    assert of(sooner) >= worth(Sentence("a", 0, Span(0, 9), "en", 729_000, nearness=near), 730_000)


def test_weight_of_events_is_used_where_it_is_there() -> None:
    from dragoman.linking.entries.fitness import is_line, known_of, weight_of

    plain = Page().event("Arland left Midvale.", "RETREAT", ["Arland"]).reading["events"][0]
    assert isinstance(plain, EventReport)
    assert (weight_of(plain), known_of(plain), is_line(plain)) == (1.0, 0.0, False)
    heavy = structs.replace(plain, weight=3.0, known=0.1)
    assert (weight_of(heavy), known_of(heavy), is_line(heavy)) == (2.0, 0.1, True)
    assert not is_line(structs.replace(heavy, known=0.9))


def weighed(page: Page, weight: float, known: float = 0.1) -> Page:
    (event,) = page.reading["events"]
    assert isinstance(event, EventReport)
    page.reading["events"] = [structs.replace(event, weight=weight, known=known)]
    return page


ROUND = "The council of Midvale met on 3 May 2031 in Port Ann, where the army of Arland was spoken of."


def test_of_two_sentences_the_one_whose_event_is_a_line_of_a_chronology_is_shown() -> None:
    for heavy, light in ((PEACE, ROUND), (ROUND, PEACE)):
        found = lines(
            weighed(deed("Daily", "2031-05-04", heavy), 2.9), weighed(deed("Post", "2031-05-04", light), 1.1)
        )
        assert on(found, "2031-05-03")[0].text == heavy


def test_what_recalls_the_day_in_the_course_of_other_news_gives_way() -> None:
    recalls = deed("Post", "2031-08-04", ROUND)
    tells = deed("Daily", "2031-08-05", PEACE)
    found = lines(weighed(recalls, 1.3, known=0.95), weighed(tells, 1.3, known=0.05))
    assert on(found, "2031-05-03")[0].text == PEACE
    found = lines(weighed(recalls, 1.3, known=0.05), weighed(tells, 1.3, known=0.95))
    assert on(found, "2031-05-03")[0].text == ROUND


def test_news_of_a_neighbour_gives_way_to_what_the_case_is_about() -> None:
    pages = [deed("Daily", f"2031-05-{n:02}", PEACE.replace("bridge", f"bridge {n}")) for n in range(4, 12)]
    aside = "On 9 May 2031 Cora Cray opened the weekly market with forty stalls and a big brass band."
    of_it = "On 9 May 2031 the envoy of Arland handed the keys of Midvale to the mayor of Bolton, too."
    pages += [
        dated(Page(outlet="Post", published="2031-05-12"), said, ("9 May 2031", "2031-05-09"))
        for said in (aside, of_it)
    ]
    assert on(lines(*pages), "2031-05-09")[0].text == of_it


def test_what_is_remembered_of_the_last_link_changes_no_line() -> None:
    from dragoman.linking.memory import Memory

    pages = [told("Daily", "2031-05-04"), told("Post", "2031-06-20", AFTER)]
    memory, sources = Memory(steps=True), [p.source() for p in pages]
    link(sources[:1], memory=memory)
    again = link(sources, memory=memory).entries
    assert again == link(sources, memory=memory).entries == link(sources).entries


def test_a_day_named_in_passing_of_what_is_to_come_is_a_doubtful_line() -> None:
    visit = "The envoy of Arland will visit Midvale in June to hear who burned the bridge on 3 May 2031."

    def told_of(status: str, day: str) -> dict[str, bool]:
        page = deed("Post", "2031-05-10", visit, status, "CONSULT", day)
        return {e.start or "": e.doubtful for e in lines(page)}

    assert told_of("planned", "2031-06-01") == {"2031-05-03": True, "2031-06-01": False}
    assert told_of("happened", "2031-04-20")["2031-04-20"] is False
