"""Cleaning: the words of the data files do what their examples say, and clean text leads back to raw text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.intake.cleaning import paywall
from dragoman.intake.compose import compose
from dragoman.intake.decode import tidy
from dragoman.intake.found import Found
from dragoman.intake.lines import Cut, cut_out, lines_left, lines_of
from dragoman.intake.wording import FOLDERS, line_matcher
from dragoman.languages import load
from dragoman.model import Article

TRIES = [(language, row) for language in FOLDERS for row in load(language, "cleaning")["try"]]


@pytest.mark.parametrize(("language", "row"), TRIES, ids=[str(row) for _, row in TRIES])
def test_examples_of_the_data_files(language: str, row: dict[str, Any]) -> None:
    if "line" in row:
        assert (line_matcher().reason(row["line"]) or "no") == row["is"]
    else:
        missing = paywall(f"The crews stopped work. {row['stub']}")
        assert missing.share == row["share"]
        assert missing.cuts


NOT_FURNITURE = [
    "Back in the harbour, the crews waited for an answer.",
    "Follow the money, the mayor said, and you will find the owner.",
    "By Monday all three ferries had returned.",
    "Images of the strike were shown all day.",
    "Comments by the mayor made matters worse.",
    "The advertisement was withdrawn after a day.",
    "Par la suite, les équipages ont repris le travail.",
    "Annonce surprise du maire : les bacs reprendront lundi.",
    "Le retour des équipages est prévu lundi.",
    "Главная причина забастовки — зарплата.",
    "По теме переговоров стороны не договорились.",
    "Sharing the pier with the navy was never a good idea.",
    "Photo: the mayor was seen leaving the town hall.",
]


@pytest.mark.parametrize("line", NOT_FURNITURE)
def test_sentences_of_an_article_stay(line: str) -> None:
    assert line_matcher().reason(line) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("You have 62.61% of this article left to read. The rest is for subscribers only.", 0.6261),
        ("Il vous reste 36,66 % de cet article à lire. La suite est réservée aux abonnés.", 0.3666),
        ("Il vous reste 5\u00a0% de cet article à lire.", 0.05),
        ("You have read 30% of this article", 0.7),
        ("The crews stopped… [+2345 chars]", pytest.approx(0.992, abs=0.001)),
        ("The turnout was 62.61% in the election.", None),
    ],
)
def test_share_behind_a_paywall(text: str, share: float | None) -> None:
    assert paywall(text).share == share


def test_a_stub_within_a_paragraph_leaves_the_rest_of_it() -> None:
    text = "The crews stopped work on Monday. You have 50% of this article left to read. Sign in to continue reading."
    article = compose(Found(path="a.txt", text=text, source="plain"))
    assert isinstance(article, Article)
    assert article.text == "The crews stopped work on Monday."
    assert article.missing_share == 0.5
    assert {r.reason for r in article.removed} == {"paywall stub"}


def test_a_heading_of_links_takes_the_link_below_it() -> None:
    text = (
        "The crews of the harbour ferries stopped work on Monday.\nRead also\nStrike on the piers goes on\n"
        "The owners answered on Tuesday that the offer was still on the table.\n"
    )
    article = compose(Found(path="a.txt", text=text, source="plain"))
    assert isinstance(article, Article)
    assert "piers" not in article.text
    assert "owners" in article.text


def test_a_paragraph_printed_twice_is_kept_once() -> None:
    paragraph = "The crews of the harbour ferries stopped work on Monday and said that they would not return."
    article = compose(
        Found(path="a.txt", text=f"{paragraph}\n\nNobody came.\n\n{paragraph}\n", source="page")
    )
    assert isinstance(article, Article)
    assert article.text.count(paragraph) == 1


def test_invisible_characters_do_not_break_words() -> None:
    article = compose(
        Found(path="a.txt", text="The Nego\u00adtia\u200btion ended on Monday\u2060.", source="plain")
    )
    assert isinstance(article, Article)
    assert article.text == "The Negotiation ended on Monday."


def test_one_text_under_two_names_is_one_article() -> None:
    text = "The crews of the harbour ferries stopped work on Monday."
    one, two = (compose(Found(path=p, text=text, source="plain")) for p in ("a.txt", "b.txt"))
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert one.id == two.id


LINES = st.sampled_from(
    [
        "The crews of the harbour ferries stopped work on Monday, and nobody knows why.",
        "Les équipages ont repris le travail.",
        "Read also: Strike goes on",
        "Sponsor: LAMPCO",
        "12 June 2024",
        "",
        "  ",
        "back",
        "Ferry\u00ad crews",
        "You have 12% of this article left to read. It is long.",
        "By Anna Berg",
        "lines that go on below a line that was",
        "Photo: Anna Berg",
        "> quoted",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=25),
    st.sampled_from(["plain", "page", "mail", "pdf"]),
)
def test_clean_text_leads_back(lines: list[str], source: Any) -> None:
    """Each kept stretch equals the raw stretch; what is between them is white space; what is gone is named."""
    raw = tidy("\n".join(lines))
    article = compose(Found(path="a.txt", text=raw, source=source))
    if not isinstance(article, Article):
        return
    end = raw_end = 0
    for clean, start, length in article.way_back:
        assert article.text[clean : clean + length] == raw[start : start + length]
        assert not article.text[end:clean].strip()
        assert start >= raw_end
        end, raw_end = clean + length, start + length
    assert end == len(article.text)
    for removed in article.removed:
        assert raw[removed.start : removed.end] == removed.text
        assert removed.reason
    kept = "".join(raw[s : s + n] for _, s, n in article.way_back)
    gone = "".join(r.text for r in article.removed)
    assert sum(map(str.isalnum, kept)) + sum(map(str.isalnum, gone)) >= sum(map(str.isalnum, raw))


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="ab \n\u00a0", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_cuts_of_any_shape(raw: str, pairs: list[tuple[int, int]]) -> None:
    cuts = [Cut(min(a, b), max(a, b), "x") for a, b in pairs]
    clean = cut_out(raw, cuts)
    gone = {i for cut in cuts for i in range(cut.start, min(cut.end, len(raw)))}
    assert clean.text.replace(" ", "").replace("\n", "").replace("\u00a0", "") == "".join(
        c for i, c in enumerate(raw) if i not in gone and not c.isspace()
    )
    assert all(clean.text[c : c + n] == raw[r : r + n] for c, r, n in clean.way_back)
    assert clean.text == clean.text.strip()


@given(st.text(alphabet="ab \n", max_size=60))
def test_lines_hold_all_that_is_not_space(raw: str) -> None:
    assert "".join(x.text for x in lines_of(raw)).replace(" ", "") == raw.replace(" ", "").replace("\n", "")
    assert [x.text for x in lines_left(raw, ())] == [x.text for x in lines_of(raw)]
