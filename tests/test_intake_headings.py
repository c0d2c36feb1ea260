"""What intake reads of the heading and foot of plain texts: a table of texts in intake_headings.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.intake.compose import compose
from dragoman.intake.found import Found
from dragoman.intake.labelled_header import labelled
from dragoman.languages import load
from dragoman.model import Article
from tables import table

CASES = table("intake_headings.yaml")
FIELDS = ("title", "outlet", "aggregator", "wire", "byline", "dateline", "url", "missing_share")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_heading_and_foot(case: dict[str, Any]) -> None:
    article = compose(Found(path="a.txt", text=case["text"], source="plain"))
    assert isinstance(article, Article)
    assert {f: getattr(article, f) for f in FIELDS} == {f: case.get(f) for f in FIELDS}
    published = article.published
    assert (published.start if published else None) == case.get("published")
    assert published is None or (published.is_day and published.basis == "stated" and published.why)
    for words in case.get("kept", ()):
        assert words in article.text
    for words in case.get("gone", ()):
        assert words not in article.text
    if article.title_span:
        assert article.text[slice(*article.title_span)] == article.title
        assert article.text.count(article.title or "") == 1


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-06-12_harbour_3.txt", "2024-06-12"),
        ("some/folder/20240612.txt", "2024-06-12"),
        ("2024-06-12.jsonl#7", "2024-06-12"),
        ("harbour-2024-06-12.txt", None),
        ("2024-13-40_harbour.txt", None),
        ("202406123.txt", None),
    ],
)
def test_day_in_the_name_of_a_file(name: str, day: str | None) -> None:
    text = "The crews of the harbour ferries stopped work and said that they would not return before talks."
    article = compose(Found(path=name, text=text, source="plain"))
    assert isinstance(article, Article)
    assert (article.published.start if article.published else None) == day


def test_a_date_line_goes_before_the_name_of_the_file() -> None:
    text = "Ferry crews stop work\n12 June 2024\n\nThe crews of the harbour ferries stopped work and did not return.\n"
    article = compose(Found(path="2024-07-01_saved.txt", text=text, source="plain"))
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.start == "2024-06-12"


@pytest.mark.parametrize("row", load("common", "headers")["try"], ids=lambda row: row["text"])
def test_examples_of_labels(row: dict[str, str]) -> None:
    assert (labelled(row["text"]) or ("", "")) == (row["kind"], row["value"])
