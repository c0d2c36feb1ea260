"""Days, bytes and leftovers that were said wrongly once, after public reports on tools of this field: each with its
whole kind, in our own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.intake import gather
from dragoman.model import Article, SetAside
from hostile_files import A, B, C, feed, record

FR = "Les équipages des bacs ont cessé le travail {} et ont déclaré qu'ils ne reviendraient pas avant les négociations."
RU = "Экипажи портовых паромов прекратили работу {} и заявили, что не вернутся до переговоров с владельцами."
BODIES = {
    "en": (A, B, C),
    "fr": tuple(map(FR.format, ("lundi", "mardi", "jeudi"))),
    "ru": tuple(map(RU.format, ("в понедельник", "во вторник", "в среду"))),
}


def page(head: str = "", top: str = "", foot: str = "", body: str = "", lang: str = "en") -> str:
    body = body or "".join(f"<p>{text}</p>" for text in BODIES[lang])
    return (
        f'<html lang="{lang}"><head><meta charset="utf-8"><title>Ferry crews stop work</title>{head}</head>'
        f"<body><h1>Ferry crews stop work</h1>{top}<article>{body}</article>{foot}</body></html>"
    )


def stated(value: str) -> str:
    return f"<meta property='article:published_time' content='{value}'>"


def linked(**fields: str) -> str:
    inner = ", ".join(f'"{name}": "{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {inner}}}</script>'


def one(folder: Path, name: str, content: str | bytes) -> Article:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = gather([path])
    assert isinstance(found, Article), found
    return found


def day(article: Article) -> str | None:
    """The day, or the month, or `..end`, of an article."""
    when = article.published
    if when is None or when.is_day:
        return when.start if when else None
    return f"{when.start}..{when.end}"


FOOT = "<footer>© 2024 Harbour Post</footer>"
DAYS_OF_PAGES = [
    # a day that no calendar has never becomes another
    (stated("31/02/2024"), "<p>Published 5 March 2024</p>", "", "en", "2024-03-05"),
    (stated("2024-02-31T10:00:00Z"), "<p>Published 5 March 2024</p>", "", "en", "2024-03-05"),
    (stated("31.11.2023"), "<p>Publié le 2 décembre 2023</p>", "", "fr", "2023-12-02"),
    (stated("31/02/2024"), "", "", "en", None),
    (stated("2024-02-31T10:00:00Z"), "", "", "en", None),
    (stated("2023-02-29"), "", "", "ru", None),
    (linked(datePublished="2024-04-31"), "", "", "en", None),
    ("", "<time datetime='2024-06-31'>31 June 2024</time>", "", "en", None),
    ("", "<p>Published 31 February 2024</p>", "", "en", None),
    # the day of publication, wherever the day of the last change stands
    ("", "<p>Modifié le 20/01/2016 - Publié le 19/01/2016</p>", "", "fr", "2016-01-19"),
    ("", "<p>Mis à jour le 20/01/2016 à 10h30, publié le 19/01/2016 à 18h</p>", "", "fr", "2016-01-19"),
    ("", "<span>Modifié le 20/01/2016</span><span>Publié le 19/01/2016</span>", "", "fr", "2016-01-19"),
    ("", "<div>Обновлено 20.01.2016 | Опубликовано 19.01.2016</div>", "", "ru", "2016-01-19"),
    ("", "<p>Updated 20 January 2016 · Published 19 January 2016</p>", "", "en", "2016-01-19"),
    # the day beside the names of who wrote it, not the year of the rights
    ("", "<p>By Ann Lee, 12 March 2021</p>", FOOT, "en", "2021-03-12"),
    ("", "<p>By Ann Lee - Harbour Agency - Friday, March 12, 2021</p>", FOOT, "en", "2021-03-12"),
    ("", "<p>Par Anne Lebrun, le 12 mars 2021</p>", FOOT, "fr", "2021-03-12"),
    ("", "<div>Анна Лебедева, 12 марта 2021</div>", FOOT, "ru", "2021-03-12"),
    ("", "<div>Ann Lee <span>12.03.2021 10:20</span></div>", FOOT, "en", "2021-03-12"),
    ("", "<p>10:20 AM PDT • March 12, 2021</p>", FOOT + "<aside>May 3, 2020</aside>", "en", "2021-03-12"),
    ("", "", FOOT, "en", None),
]


@pytest.mark.parametrize(("head", "top", "foot", "language", "wanted"), DAYS_OF_PAGES)
def test_the_day_of_a_page(
    tmp_path: Path, head: str, top: str, foot: str, language: str, wanted: str | None
) -> None:
    assert day(one(tmp_path, "a.html", page(head, top, foot, lang=language))) == wanted


OLD = linked(datePublished="2012-05-10", dateModified="2026-04-24")


@pytest.mark.parametrize(
    ("head", "told", "wanted"),
    [
        (OLD, "In 2022 the alliance grew. In 2024 two more joined. In 2025 its leaders agreed.", "2026-04-24"),
        (OLD, "En 2022, l'alliance grandit. En 2024 aussi, et en 2025 ses chefs s'accordent.", "2026-04-24"),
        (OLD, "В 2022 году союз вырос. В 2024 году тоже, а в 2025 году его главы договорились.", "2026-04-24"),
        (OLD, "The plan of 2013 named 2014 as its goal, and 2014 again.", "2012-05-10"),
        (OLD, "The goal is 2040, and 2050 for the rest, said the plan for 2040.", "2012-05-10"),
        (linked(datePublished="2023-05-10", dateModified="2026-04-24"), "Votes are due in 2024 and 2025, and 2025.",
         "2023-05-10"),
        (linked(datePublished="2023-05-10"), "It was so in 2026, in 2027 and in 2028.", "2023-05-10"),
    ],
)  # fmt: skip
def test_a_day_that_the_text_outgrew(tmp_path: Path, head: str, told: str, wanted: str) -> None:
    body = f"<p>{A}</p><p>{told}</p><p>{C}</p>"
    article = one(tmp_path, "a.html", page(head, body=body))
    assert day(article) == wanted
    assert (
        wanted == "2012-05-10" or article.published is None or "2012" in article.published.why or head != OLD
    )


@pytest.mark.parametrize(
    ("stamp", "wanted"),
    [
        ("2016/6/29 15:07:41", "2016-06-29"),
        ("2016-6-29", "2016-06-29"),
        ("lun., 03 oct. 2022 10:00:00 +0200", "2022-10-03"),
        ("Вс, 02 окт 2022 10:00:00 +0300", "2022-10-02"),
        ("dom, 02 ott 2022", "2022-10-02"),
        ("Mo, 03 Okt 2022 08:00", "2022-10-03"),
        ("pon., 3 paź 2022", "2022-10-03"),
        ("Нд, 02 жовт. 2022", "2022-10-02"),
        ("Paz, 02 Eki 2022", "2022-10-02"),
        ("2022年10月2日", "2022-10-02"),
        ("Thu, 31 Feb 2024 10:00:00 GMT", None),
        ("31 фев 2024", None),
        ("soon", None),
    ],
)
def test_the_stamp_of_a_feed(tmp_path: Path, stamp: str, wanted: str | None) -> None:
    assert day(one(tmp_path, "a.rss", feed(stamp, entries=1))) == wanted


MONTH = "1998-12-01..1998-12-31"


@pytest.mark.parametrize(
    ("headline", "line", "language", "wanted"),
    [
        ("Harbour crews stop work for a month", "The Karvo Post, December 1998", "en", MONTH),
        ("Harbour crews stop work for a month", "December 1998", "en", MONTH),
        ("Les équipages cessent le travail", "Le Courrier de Karst, décembre 1998", "fr", MONTH),
        ("Паромы стоят уже месяц", "Гаванский вестник, декабрь 1998", "ru", MONTH),
        ("Harbour crews stop work for a month", "Crews had asked for talks since December 1998.", "en", None),
    ],
)
def test_a_month_under_the_headline(
    tmp_path: Path, headline: str, line: str, language: str, wanted: str | None
) -> None:
    article = one(tmp_path, "a.txt", "\n".join((headline, line, "", "\n\n".join(BODIES[language]))))
    assert day(article) == wanted
    assert article.title == headline
    assert wanted is None or line not in article.text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "utf-8"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_feed_that_does_not_say_its_encoding(tmp_path: Path, encoding: str, declared: bool) -> None:
    text = BODIES["ru"][0]
    source = feed(text=text, entries=1)
    source = source if declared else source.removeprefix("<?xml version='1.0'?>")
    article = one(tmp_path, "a.rss", source.encode(encoding))
    assert text in article.text
    assert article.language == "ru"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("La grÃ¨ve sâ€™Ã©tend Ã  Tarvan. Les Ã©quipages ont cessÃ© le travail.", "La grève s’étend à Tarvan"),
        (BODIES["ru"][0].encode().decode("latin-1"), BODIES["ru"][0]),
        (BODIES["ru"][0].encode().decode("cp1251", "ignore"), "Экипажи портовых"),
        ("The crews â€œare cut offâ€\x9d and wait.", "“are cut off”"),
        ("Le café à l’étage est fermé ; « rien à faire », dit-on.", "« rien à faire »"),
        ("Ofﬁcials conﬁrmed that ﬁve ofﬁcers were wounded by gunﬂoats.", "Officials confirmed that five officers"),
        ("The govern-\nment said that the crews of the harbour ferries had stopped.", "The government said"),
        ("Le gouver-\nnement a déclaré que les équipages avaient cessé le travail.", "Le gouvernement a déclaré"),
        ("Прави-\nтельство заявило, что экипажи паромов прекратили работу.", "Правительство заявило"),
        ("Паромы стоят по-\nпрежнему, сообщили владельцы портовых паромов.", "стоят по-прежнему"),
        ("The long-\nterm plan of the crews of the harbour ferries is a secret.", "The long-term plan"),
        ("Crew-\nmen wait. The word crew-men is theirs, said the owners.", "Crew-men wait"),
    ],
)  # fmt: skip
def test_words_that_were_broken_on_their_way(tmp_path: Path, content: str, wanted: str) -> None:
    assert wanted in one(tmp_path, "a.txt", content).text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The content you want to access is for subscribers only."),
        ("en", "This report is only available to subscribers."),
        ("fr", "Le contenu auquel vous souhaitez accéder est réservé aux abonnés."),
        ("ru", "Полный текст материала доступен только подписчикам."),
    ],
)
def test_sentences_of_a_paywall(tmp_path: Path, language: str, sentence: str) -> None:
    first, second, third = BODIES[language]
    body = f"<p>{first}</p><p>{second}</p><p>{sentence}</p><p>{third}</p>"
    article = one(tmp_path, "a.html", page(body=body, lang=language))
    assert sentence.rstrip(".") not in article.text
    assert third in article.text


def test_chunks_of_a_transfer_are_joined(tmp_path: Path) -> None:
    text = page(body=f"<p>The governor, Ana Petrov, met the crews. {A}</p><p>{B}</p>")
    at = text.index("or, Ana")
    sent = f"{at:x}\r\n{text[:at]}\r\n{len(text) - at:X};x=y\r\n{text[at:]}\r\n0\r\n\r\n"
    for number, content in enumerate((sent, text, sent[: -len("0\r\n\r\n")])):
        article = one(tmp_path, f"{number}.warc", record(1, content, "Transfer-Encoding: chunked\r\n"))
        assert "The governor, Ana Petrov, met the crews." in article.text


def test_the_logs_of_a_crawler_are_no_articles(tmp_path: Path) -> None:
    def resource(uri: str) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-06-14T10:00:00Z\r\n"
        head += (
            "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-1234567890ab>\r\nContent-Type: text/plain\r\n"
        )
        return f"{head}Content-Length: {len(A)}\r\n\r\n{A}\r\n\r\n".encode()

    path = tmp_path / "a.warc"
    path.write_bytes(
        resource("metadata://gnu.org/software/wget/warc/wget.log") + resource("urn:x:arguments") + record(1)
    )
    (found,) = gather([path])
    assert found.path == f"{path}#3"
    path.write_bytes(resource("metadata://gnu.org/software/wget/warc/wget_arguments.txt"))
    (aside,) = gather([path])
    assert isinstance(aside, SetAside)
    assert "holds no page" in aside.reason


ADVERTS = {
    "a box": "<div class='ad'><p>Advertisement</p></div>",
    "a line": "<div class='slot'><p>Story continues below advertisement</p></div>",
    "a list": "<aside><h3>Read also</h3><ul><li><a href='/x'>Piers strike enters second week</a></li></ul></aside>",
    "a form": "<div class='newsletter'><p>Sign up for our daily newsletter</p><form><input></form></div>",
    "a link": "<p>Read more:</p><p><a href='/x'>Strike on the piers enters its second week</a></p>",
}


@pytest.mark.parametrize("advert", ADVERTS.values(), ids=ADVERTS)
@pytest.mark.parametrize(
    "parted", ["<p>{}</p><p>{}</p>", "<div>{}</div><div>{}</div>", "{}<br><br>{}<br><br>"]
)
@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_text_on_both_sides_of_an_advert(tmp_path: Path, language: str, parted: str, advert: str) -> None:
    first, second, third = BODIES[language]
    fourth = "1. " + second
    body = parted.format(first, second) + advert + parted.format(third, fourth)
    article = one(tmp_path, "a.html", page(body=f"<section>{body}</section>", lang=language))
    for text in (first, second, third):
        assert text in article.text
    for words in ("dvertisement", "newsletter", "second week"):
        assert words not in article.text
