"""Pages: body, headline, date, outlet; a table of pages in intake_pages.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.intake.compose import compose
from dragoman.intake.found import Found
from dragoman.intake.page_dates import url_day
from dragoman.intake.pages import fragment_text, read_page
from dragoman.model import Article, SetAside
from tables import table

CASES = table("intake_pages.yaml")
PARAGRAPHS = (
    "The crews of the harbour ferries stopped work on Monday and said that they would not return before the owners "
    "agreed to talk about pay.",
    "The owners answered on Tuesday that an offer made in May was still on the table, and that the crews had left it "
    "without an answer for several weeks.",
    "The islands have no other link to the mainland, and shops expect to run out of fresh food by the end of the week "
    "unless a ship of the navy brings some.",
    "A spokesman for the union told reporters that nobody had asked the crews what they thought of the offer.",
)


def page(case: dict[str, Any]) -> str:
    article = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    head = case["head"].replace("{plain}", " ".join(PARAGRAPHS))
    return (
        f'<!DOCTYPE html><html lang="{case.get("lang", "en")}"><head>{head}</head>'
        f"<body>{case['body'].replace('{article}', article)}</body></html>"
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_page(case: dict[str, Any]) -> None:
    found = read_page("a.html", page(case), case.get("url"))
    assert isinstance(found, Found)
    article = compose(found)
    assert isinstance(article, Article)
    for field in ("title", "outlet", "aggregator", "byline", "missing_share"):
        assert getattr(article, field) == case.get(field), field
    assert (article.published.start if article.published else None) == case.get("published")
    assert article.language == case.get("language", "en")
    for words in case.get("kept", ()):
        assert words in article.text
    for words in case.get("gone", ()):
        assert words not in article.text
    for clean, raw, length in article.way_back:
        assert article.text[clean : clean + length] == article.raw[raw : raw + length]


def test_a_page_without_an_article() -> None:
    found = read_page("a.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert isinstance(found, SetAside)
    assert "no article text" in found.reason


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two <b>bold</b> words.</p>", "One.\nTwo bold words."),
        ("plain words", "plain words"),
        ("One<br>Two<script>bad()</script>", "One\nTwo"),
        ("Fish &amp; chips &lt;here&gt;", "Fish & chips <here>"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
    ],
)
def test_fragments(markup: str, text: str) -> None:
    assert fragment_text(markup) == text


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2024/06/12/a", "2024-06-12"),
        ("https://x.example/a-20240612-b", "2024-06-12"),
        ("https://x.example/a/2024-06-12", "2024-06-12"),
        ("https://x.example/2024/06/a", None),
        ("https://x.example/99999999", None),
        ("https://x.example/a_1234567890", None),
        (None, None),
    ],
)
def test_day_in_an_address(url: str | None, day: str | None) -> None:
    assert url_day(url) == day
