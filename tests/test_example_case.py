"""The example case as intake and the figures see it: what its README says is so."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

from dragoman.intake import gather
from dragoman.model import Article
from dragoman.reading.reader import read_many

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CASE = EXAMPLES / "withdrawal"

PUBLISHED = {
    "01-morning-heap.txt": "2024-04-18",
    "02-northern-ledger.html": "2024-06-12",
    "03-harbour-post.html": "2023-09-20",
    "05-south-caucasus-weekly.eml": "2023-10-03",
    "06-clippings.jsonl#1": "2023-09-26",
    "06-clippings.jsonl#2": "2023-09-20",
    "07-crawl.warc.gz#2": "2022-12-14",
    "07-crawl.warc.gz#3": "2024-06-03",
    "08-le-meridien.html": "2024-04-17",
    "09-regards-du-sud.txt": None,
    "10-courrier-des-confins.rss#1": "2024-05-24",
    "10-courrier-des-confins.rss#2": "2024-04-22",
    "13-vestnik-zakavkazya.html": "2023-04-24",
}
LANGUAGES = {"en": 7, "fr": 5, "ru": 4}

FIGURES = [
    ("01-morning-heap.txt", "troops", 1960, 1960),
    ("02-northern-ledger.html", "fatalities", 6500, 6500),
    ("02-northern-ledger.html", "displaced", 100_000, None),
    ("03-harbour-post.html", "fatalities", 200, None),
    ("03-harbour-post.html", "wounded", 400, None),
    ("04-valley-herald.txt", "fatalities", 200, None),
    ("05-south-caucasus-weekly.eml", "displaced", 100_600, None),
    ("05-south-caucasus-weekly.eml", "troops", 2000, 2000),
    ("06-clippings.jsonl#1", "displaced", 28_120, 28_120),
    ("06-clippings.jsonl#1", "fatalities", 68, 68),
    ("06-clippings.jsonl#1", "missing", 105, 105),
    ("06-clippings.jsonl#1", "money", 11_500_000, 11_500_000),
    ("06-clippings.jsonl#2", "fatalities", 27, 27),
    ("06-clippings.jsonl#2", "wounded", 200, 200),
    ("06-clippings.jsonl#2", "displaced", 469, 469),
    ("07-crawl.warc.gz#3", "settlements", 4, 4),
    ("07-crawl.warc.gz#3", "arrested", 226, 226),
    ("08-le-meridien.html", "troops", 1960, 1960),
    ("08-le-meridien.html", "displaced", 100_000, None),
    ("09-regards-du-sud.txt", "fatalities", 7000, None),
    ("10-courrier-des-confins.rss#1", "settlements", 4, 4),
    ("10-courrier-des-confins.rss#1", "length", 12.7, 12.7),
    ("10-courrier-des-confins.rss#2", "money", 1.6e9, 1.6e9),
    ("11-gazette-des-deux-rives.txt", "displaced", 70_000, None),
    ("11-gazette-des-deux-rives.txt", "fatalities", 192, 192),
    ("12-kaspiy-segodnya.txt", "troops", 1960, 1960),
    ("12-kaspiy-segodnya.txt", "displaced", 100_000, None),
]


@cache
def articles() -> dict[str, Article]:
    found = list(gather([CASE]))
    assert [Path(one.path).name for one in found if not isinstance(one, Article)] == ["README.md"]
    return {Path(one.path).name: one for one in found if isinstance(one, Article)}


@cache
def figures() -> set[tuple[str, str, float | None, float | None]]:
    read = zip(articles(), read_many(articles().values()), strict=True)
    return {(name, f.measure, f.low, f.high) for name, reading in read for f in reading.figures}


def test_all_sixteen_articles_are_read_and_nothing_else() -> None:
    languages = [one.language for one in articles().values()]
    assert {code: languages.count(code) for code in set(languages)} == LANGUAGES


@pytest.mark.parametrize(("name", "day"), PUBLISHED.items())
def test_day_of_publication(name: str, day: str | None) -> None:
    published = articles()[name].published
    assert (published.start if published else None) == day


def test_header_and_stub_of_the_aggregated_article() -> None:
    article = articles()["01-morning-heap.txt"]
    assert article.outlet == "The Caucasus Courier"
    assert article.aggregator is not None
    assert article.missing_share == pytest.approx(0.415)


@pytest.mark.parametrize(("name", "measure", "low", "high"), FIGURES)
def test_figures(name: str, measure: str, low: float, high: float | None) -> None:
    assert (name, measure, low, high) in figures()


def test_the_archive_is_what_its_maker_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_containers", EXAMPLES / "make_containers.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.archive() == (CASE / "07-crawl.warc.gz").read_bytes()
