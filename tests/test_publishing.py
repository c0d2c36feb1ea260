"""A published site: right from the disk without a network, the same bytes again, and no hidden name in any file."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html
from typer.testing import CliRunner

from browsing import axe_finds
from browsing import browser as a_browser
from dragoman.case import open as open_case
from dragoman.cli import app
from dragoman.store import CaseFile
from dragoman.telling.publishing import pages
from dragoman.telling.publishing.folder import LIST, NEXT, Folder, NotOurs
from dragoman.telling.publishing.site import StillThere, publish
from dragoman.telling.publishing.spotting import Spotter
from records import structs


@pytest.fixture(scope="module")
def site(example_case, tmp_path_factory) -> Path:
    to = tmp_path_factory.mktemp("site") / "site"
    with open_case(example_case) as case:
        publish(case, to, title="The withdrawal")
    return to


@pytest.fixture
def small(tmp_path):
    """A small made case, to be published with other wishes."""
    path = tmp_path / "border.case"
    with CaseFile(path, create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    with open_case(path) as case:
        yield case


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pages_of(folder: Path) -> dict[Path, lxml_html.HtmlElement]:
    return {p: lxml_html.fromstring(p.read_text(encoding="utf-8")) for p in sorted(folder.rglob("*.html"))}


# --- the pages ---------------------------------------------------------------------------------------


def test_all_links_are_relative_and_lead_somewhere(site):
    found = pages_of(site)
    anchors = {p: set(page.xpath("//@id")) for p, page in found.items()}
    followed = 0
    for path, page in found.items():
        for address in page.xpath("//@href | //@src | //@action"):
            at = urlsplit(address)
            if at.scheme in ("https", "http"):
                assert page.xpath("//a/@href[. = $at]", at=address), (
                    "only links that a reader follows go elsewhere"
                )
                continue
            assert not at.scheme and not at.netloc and not address.startswith("/"), address
            to = (path.parent / unquote(at.path)).resolve() if at.path else path
            assert to.is_file(), (path, address)
            assert not at.fragment or at.fragment in anchors[to], (path, address)
            followed += 1
    assert followed > 500


def test_every_page_asks_nothing_of_another_computer(site):
    for path, page in pages_of(site).items():
        [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'") and "http" not in policy, path
        assert not page.xpath("//script[not(@src)] | //style | //@style | //img | //iframe"), path


def test_the_same_case_gives_the_same_bytes(site, example_case, tmp_path):
    with open_case(example_case) as case:
        publish(case, tmp_path / "again", title="The withdrawal")
    assert files_of(tmp_path / "again") == files_of(site)


def test_doubtful_facts_are_left_out_with_their_number(site, example_case, tmp_path):
    with open_case(example_case) as case:
        doubtful = [e for e in case.records("entry") if e["doubtful"]]
        publish(case, tmp_path / "all", doubtful=True)
    front = (site / "index.html").read_text(encoding="utf-8")
    assert doubtful and f"{len(doubtful)} doubtful lines" in front
    told = {r["id"] for r in records_of(site)}
    assert not told & {e["id"] for e in doubtful}
    assert {e["id"] for e in doubtful} <= {r["id"] for r in records_of(tmp_path / "all")}


def records_of(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "data.jsonl").read_text(encoding="utf-8").splitlines()]


def test_of_no_article_more_than_a_share_is_quoted(site, example_case, tmp_path):
    with open_case(example_case) as case:
        articles = {a["id"]: a["text"] for a in case.records("article")}
        publish(case, tmp_path / "whole", whole=True)
    quoted: dict[str, set[int]] = {name: set() for name in articles}
    for record in records_of(site):
        assert record["kind"] != "article" or record["text"] is None
        spans = [record] if record["kind"] == "entry" and record["text"] else []
        proofs = [*record.get("evidence", ()), *record.get("sources", ())]
        proofs += [e for claim in record.get("claims", ()) for e in claim["evidence"]]
        for proof in proofs:
            if proof["text"]:
                quoted[proof["article"]].update(range(proof["start"], proof["end"]))
        for entry in spans:
            quoted[entry["article"]].update(range(*entry["span"]))
    for name, at in quoted.items():
        assert len(at) <= len(articles[name]) / 3 or len(at) == max(map(len, _sentences(site, name))), name
    shown = {p.stem: page for p, page in pages_of(site / "article").items()}
    for name, text in articles.items():
        pieces = ["".join(q.itertext()) for q in shown[_name(name)].xpath("//blockquote")]
        assert all(piece in text for piece in pieces)
    whole = {r["id"]: r["text"] for r in records_of(tmp_path / "whole") if r["kind"] == "article"}
    assert whole == articles


def _name(article: str) -> str:
    return article


def _sentences(site: Path, article: str) -> list[str]:
    return [
        r["text"] for r in records_of(site) if r["kind"] == "entry" and r["article"] == article and r["text"]
    ] or [""]


def test_pages_are_bounded_and_lead_on(small, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 1)
    publish(small, tmp_path / "site", doubtful=True)
    for name, n in (("chronology", 4), ("events", 2), ("figures", 2), ("actors", 2), ("articles", 2)):
        found = [
            lxml_html.fromstring(p.read_text("utf-8"))
            for p in sorted((tmp_path / "site" / name).glob("*.html"))
        ]
        assert len(found) == n
        assert all(len(page.xpath("//li[contains(@class, 'row')] | //tbody/tr")) == 1 for page in found)
        assert [page.xpath("//a[@rel='next']/@href") for page in found] == [
            [f"{i + 2}.html"] for i in range(n - 1)
        ] + [[]]
    actors = sorted((tmp_path / "site" / "actor").rglob("*.html"))
    assert any(p.stem.endswith("-2") for p in actors), "an actor of many lines has several pages"


def test_what_articles_say_never_comes_alive(small, tmp_path):
    publish(small, tmp_path / "site", whole=True)
    for path, content in files_of(tmp_path / "site").items():
        assert b"<b>coldly" not in content or path == "data.jsonl", path


# --- hidden names ------------------------------------------------------------------------------------

HIDE = ("Nikol Pashinyan", "Aliyev", "Bagrat Galstanian", "Ararat Policy Group", "Ruth Kessler")

BARE = ("pashin", "pachin", "пашин", "aliyev", "aliev", "алиев", "galstan", "галстан", "ararat", "kessler")
"""How the hidden names begin, in whatever spelling; no other word of the example begins so."""


def read_any_way(content: bytes) -> str:
    """The letters of a file, however they are written, in small ones; none of the code under test takes part."""
    text = content.decode("utf-8")
    for _ in range(3):
        text = unescape(unquote(text))
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


@pytest.mark.parametrize(("whole", "words"), [(False, "en"), (True, "fr"), (True, "ru")])
def test_no_file_names_who_is_hidden(example_case, tmp_path, whole, words):
    with open_case(example_case) as case:
        actors = [a for a in case.records("actor") if a["name"] in (*HIDE, "Ilham Aliyev")]
        before = read_any_way(json.dumps(case.records("article"), ensure_ascii=False).encode())
        done = publish(case, tmp_path / "site", hide=HIDE, whole=whole, doubtful=True, language=words)
    forms = {read_any_way(form.encode()) for a in actors for form in a["forms"]}
    assert len(actors) == 4 and len(forms) > 10
    assert all(begin in before for begin in BARE), "they stand in the articles"
    for path, content in files_of(tmp_path / "site").items():
        text = f"{path}\n{read_any_way(content)}"
        assert not [form for form in forms if re.search(rf"\b{re.escape(form)}\b", text)], path
        assert not [begin for begin in BARE if begin in text], path
        assert not [a["id"] for a in actors if a["id"][-16:] in text], (
            "an id is made of the name, and tells it"
        )
    front = (tmp_path / "site" / "chronology" / "1.html").read_text(encoding="utf-8")
    assert done.hidden[0].pseudonym in front
    assert [h.pseudonym for h in done.hidden][:2] == {
        "en": ["Person A", "Person B"],
        "fr": ["Personne A", "Personne B"],
        "ru": ["Лицо A", "Лицо B"],
    }[words]


def test_words_and_marks_stay_where_they_are(example_case, tmp_path):
    with open_case(example_case) as case:
        publish(case, tmp_path / "site", hide=HIDE, whole=True, doubtful=True)
    records = records_of(tmp_path / "site")
    texts = {r["id"]: r["text"] for r in records if r["kind"] == "article"}
    held = 0
    for record in records:
        if record["kind"] == "entry":
            assert texts[record["article"]][slice(*record["span"])] == record["text"]
        for proof in (*record.get("evidence", ()), *record.get("sources", ())):
            assert texts[proof["article"]][proof["start"] : proof["end"]] == proof["text"]
            held += "Person" in proof["text"]
            for spans in proof.get("fields", {}).values():
                for start, end in [spans] if spans and isinstance(spans[0], int) else spans:
                    assert 0 <= start <= end <= len(texts[proof["article"]])
    assert held > 20


HOSTILE = {
    "title": "Maravelski held again",
    "byline": "Jo Maravelski",
    "outlet": "The Maravelski Gazette",
    "url": "https://post.example/2031/05/anna-%4Daravelski-held",
    "date": "2031-05-04",
    "text": "Police arrested Anna Maravelski in Strelsau on 3 May 2031. ANNA MARAVELSKI'S lawyer wrote to the "
    "court on 4 May 2031.\n\nAnna Mara\u00advelski, whose &#77;aravelski Foundation is at www.x.example/%6Daravelski, "
    "wrote from anna.maravelski@post.example on 4 May 2031. \u00ab Маравельскую освободили \u00bb, said "
    "#FreeMaravelski. Maravelskis met the minister on 5 May 2031. "
    "Another, Peter Maravel\u200bski, visited Zenda on 6 May 2031.",
}


@pytest.mark.parametrize("named", ["Anna Maravelski", "maravelski", "Anna Maravelsky"])
def test_a_name_in_titles_addresses_files_and_codes_is_hidden(tmp_path, named):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "articles.jsonl").write_text(json.dumps(HOSTILE), encoding="utf-8")
    plain = "The council of Zenda met on 7 May 2031. Anna Maravelski spoke to the council on 7 May 2031.\n"
    (tmp_path / "in" / "maravelski-notes.txt").write_text(plain, encoding="utf-8")
    with open_case(tmp_path / "maravelski.case", create=True) as case:
        case.read([tmp_path / "in"])
        publish(case, tmp_path / "site", hide=[named], whole=True, doubtful=True)
    for path, content in files_of(tmp_path / "site").items():
        text = f"{path}\n{read_any_way(content)}"
        assert "aravelsk" not in text and "аравельск" not in text, path
    assert b"post.example" not in (tmp_path / "site" / "data.jsonl").read_bytes()
    assert b"maravelski" not in b"".join(p.name.encode() for p in (tmp_path / "site").rglob("*"))


def test_a_name_that_slips_through_is_never_published(small, tmp_path, monkeypatch):
    monkeypatch.setattr(Spotter, "spots", lambda self, text: [])
    with pytest.raises(StillThere, match="Ruritania would still be named"):
        publish(small, tmp_path / "site", hide=["Ruritania"])
    assert not list(tmp_path.glob("*site*")) and not list(tmp_path.glob(".*"))


def test_pseudonyms_go_by_the_order_of_the_names(small, tmp_path):
    for n, names in enumerate(
        (["Rupert", "Ruritania", "Zenda", "Jo Doe"], ["Jo Doe", "p-2", "Rupert of Hentzau"])
    ):
        done = publish(small, tmp_path / str(n), hide=names)
        told = [(h.pseudonym, h.name) for h in done.hidden]
        assert (
            told
            == [
                [
                    ("Person A", "Rupert of Hentzau"),
                    ("State B", "Ruritania"),
                    ("Place C", "Zenda"),
                    ("Person D", "Jo Doe"),
                ],
                [("Person A", "Jo Doe"), ("Person B", "Rupert of Hentzau")],
            ][n]
        )


# --- the folder --------------------------------------------------------------------------------------


def write(to: Path, **files: str) -> None:
    with Folder(to) as folder:
        for path, content in files.items():
            folder.write(path.replace("__", "/").replace("_", "."), [content.encode()])


def test_a_second_site_replaces_only_what_the_first_wrote(tmp_path):
    to = tmp_path / "site"
    write(to, index_html="one", actor__a_html="a", actor__b_html="b")
    (to / "CNAME").write_text("mine")
    (to / "actor" / "mine.txt").write_text("mine")
    write(to, index_html="two", state__c_html="c")
    left = {k: v.decode() for k, v in files_of(to).items() if k != LIST}
    assert left == {"index.html": "two", "state/c.html": "c", "CNAME": "mine", "actor/mine.txt": "mine"}
    write(to, index_html="three")
    assert not (to / "state").exists() and (to / "index.html").read_text() == "three"


REFUSED = {
    "a file": lambda to: to.write_text("mine"),
    "a folder of somebody's": lambda to: (to.mkdir(), (to / "notes.txt").write_text("mine")),
    "a page that was changed": lambda to: (
        write(to, index_html="one"),
        (to / "index.html").write_text("mine"),
    ),
    "a page that would be lost": lambda to: (
        write(to, site_css="one"),
        (to / "index.html").write_text("mine"),
    ),
    "a file where a folder goes": lambda to: (write(to, site_css="one"), (to / "actor").write_text("mine")),
    "a link": lambda to: (write(to, site_css="one"), (to / "actor").symlink_to(to.parent)),
    "a page that is a link": lambda to: (
        write(to, index_html="one"),
        (to / "index.html").rename(to / "other"),
        (to / "index.html").symlink_to("other"),
    ),
    "a list that leads out": lambda to: (to.mkdir(), (to / LIST).write_text(f"{'0' * 64}  ../mine\n")),
    "a list of something else": lambda to: (to.mkdir(), (to / LIST).write_text("mine")),
    "a list of endless lines": lambda to: (to.mkdir(), (to / LIST).write_text("a" * 100_000)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_ours_is_left_as_it_is(tmp_path, what):
    (tmp_path / "mine").write_text("mine")
    to = tmp_path / "site"
    REFUSED[what](to)
    before = files_of(tmp_path)
    with pytest.raises(NotOurs) as refused:
        write(to, index_html="two", actor__a_html="a")
    assert str(tmp_path) in str(refused.value) and refused.value.args[0].endswith((".", "one."))
    assert files_of(tmp_path) == before


def test_a_site_that_fails_leaves_the_one_before(tmp_path):
    write(tmp_path / "site", index_html="one")
    before = files_of(tmp_path)
    with pytest.raises(ZeroDivisionError), Folder(tmp_path / "site") as folder:
        folder.write("index.html", [b"two"])
        folder.write("other.html", (bytes([1 // 0]) for _ in range(1)))
    assert files_of(tmp_path) == before


def test_a_site_that_was_cut_off_midway_is_taken_up(tmp_path, monkeypatch):
    to = tmp_path / "site"
    write(to, index_html="one", other_html="one")
    replace, moved = Path.replace, []

    def killed(self, target):
        moved.append(target)
        if len(moved) == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write(to, index_html="two", other_html="two")
    monkeypatch.undo()
    assert (to / NEXT).exists() and (to / "index.html").read_text() == "two"
    write(to, index_html="three")
    assert set(files_of(to)) == {"index.html", LIST}


@pytest.mark.parametrize("path", ["../x", "/x", "a/../b", "A.html", "a b", "", LIST, "a/b/c/d.html"])
def test_no_path_leads_out_of_the_folder(tmp_path, path):
    with pytest.raises(ValueError), Folder(tmp_path / "site") as folder:
        folder.write(path, [b""])


def test_the_command_says_what_it_did_and_what_stands_in_the_way(example_case, tmp_path):
    case = tmp_path / "withdrawal.case"
    shutil.copy(example_case, case)
    asked = ["publish", str(case), str(tmp_path / "site"), "--redact", "Pashinyan", "--redact", "Jo Doe"]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert "Person A is Nikol Pashinyan" in done.output and "Пашинян" in done.output
    assert "nobody in the case is called so" in done.output
    assert CliRunner().invoke(app, asked).exit_code == 0
    refused = CliRunner().invoke(app, ["publish", str(case), str(tmp_path)])
    assert refused.exit_code == 1 and "did not write" in refused.output


# --- in a browser, from the disk ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def chrome():
    with a_browser() as running:
        yield running


def opened(chrome, **more):
    """A page without a network that tells what went wrong on it."""
    page = chrome.new_context(offline=True, **more).new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    return page, wrong


@pytest.mark.browser
def test_the_site_is_read_from_the_disk_without_a_network(chrome, site):
    page, wrong = opened(chrome)
    page.goto((site / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "The withdrawal"
    assert page.locator(".row").count() == 30
    page.locator(".row .sources a").first.click()
    assert "/article/" in page.url and page.locator("blockquote").count() >= 1
    page.get_by_role("link", name="Actors", exact=True).click()
    page.get_by_role("link", name="Ilham Aliyev").click()
    assert page.locator(".row").count() > 2
    page.fill(".find input", "aliyev moscow")
    page.press(".find input", "Enter")
    page.wait_for_selector("#found .row")
    assert "search.html?q=" in page.url
    found = [row.casefold() for row in page.locator("#found .row").all_inner_texts()]
    assert all("aliyev" in row and "moscow" in row for row in found)
    page.locator("#found a").first.click()
    assert page.locator(".row:target").count() == 1
    page.goto((site / "search.html").as_uri() + "?q=zzzz")
    page.wait_for_selector("text=Nothing was found")
    assert not wrong


@pytest.mark.browser
def test_the_site_needs_no_javascript(chrome, site):
    page, wrong = opened(chrome, java_script_enabled=False)
    for path in sorted(p for p in site.rglob("*.html") if p.name != "search.html"):
        page.goto(path.as_uri())
        assert (
            page.locator("h1").is_visible() and page.locator("main .row, main tr, main blockquote").count()
        ), path
    page.goto((site / "search.html").as_uri())
    assert "needs JavaScript" in page.locator("main").inner_text()
    assert not wrong


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violation(chrome, site, width):
    page = chrome.new_context(offline=True, viewport={"width": width, "height": 844}).new_page()
    one = [next(iter(sorted((site / kind).rglob("*.html")))) for kind in ("actor", "article")]
    lists = [site / name / "1.html" for name, _, _ in pages.SECTIONS if (site / name).exists()]
    broken = {}
    for path in [site / "index.html", site / "search.html", *one, *lists]:
        page.goto(path.as_uri() + ("?q=russia" if path.name == "search.html" else ""))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        broken |= {f"{path.parent.name}/{path.name}: {rule}": where for rule, where in axe_finds(page)}
    assert not broken
