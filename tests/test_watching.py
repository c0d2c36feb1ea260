"""Watching folders and feeds: nothing half copied is read, nothing is fetched unasked, what came is kept as it was."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.intake.warc import read_warc
from dragoman.store.errors import CaseError
from dragoman.watching import Watch, fetching
from dragoman.watching.feeds import NoFeeds, addresses_in, is_web, links_of
from dragoman.watching.fetching import Answer, Fetcher, NotFetched
from dragoman.watching.folders import Folders
from dragoman.watching.keeping import Kept
from dragoman.watching.loop import TRIES, plain

PAGE = (
    "<html><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>"
    + "<p>The ferry between the two islands of Lund and Marsk sailed again on Tuesday after nine weeks.</p>"
    * 3
    + "</article></body></html>"
).encode()


class Site:
    """A small site: path -> (status, headers, body); counts what was asked of it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()

    def feed(self, *links: str, etag: str = '"1"') -> None:
        items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
        self.pages["/feed"] = (200, {"ETag": etag, "Content-Type": "application/rss+xml"}, body.encode())


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            site.agents.add(self.headers["User-Agent"])
            status, headers, body = site.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site():
    with serving() as made:
        made.pages["/page"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)
        yield made


@pytest.fixture
def fetcher():
    made = Fetcher("Dragoman/test", wait=lambda _: None)
    yield made
    made.close()


class Case:
    """What a watch needs of a case: it notes what it is given."""

    def __init__(self) -> None:
        self.read_paths: list[str] = []
        self.aside: dict[str, str] = {}
        self.links = 0
        self.file = self

    busy = False

    def read(self, paths):
        from dragoman.case import Summary
        from dragoman.store.errors import CaseError

        if self.busy:
            raise CaseError("another program is writing to this case.")
        self.read_paths += map(str, paths)
        return Summary(read=len(paths))

    def link(self) -> None:
        self.links += 1

    def put_aside(self, items) -> None:
        self.aside |= {item.path: item.reason for item in items}


def opml(path, *addresses):
    lines = "".join(f'<outline text="x" xmlUrl="{address}"/>' for address in addresses)
    path.write_text(f'<opml version="2.0"><body>{lines}</body></opml>', encoding="utf-8")
    return path


# --- folders


def test_a_file_is_read_when_it_stands_still(tmp_path):
    folders = Folders([tmp_path])
    (tmp_path / "a.txt").write_text("half")
    assert folders.look() == [] and folders.settling()
    (tmp_path / "a.txt").write_text("half and the rest")
    assert folders.look() == []
    assert folders.look() == [tmp_path / "a.txt"]
    assert folders.look() == [] and not folders.settling()


def test_a_changed_file_is_read_again_and_a_gone_one_forgotten(tmp_path):
    folders = Folders([tmp_path])
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "a.txt"
    file.write_text("one")
    folders.look()
    assert folders.look() == [file]
    file.write_text("another text")
    folders.look()
    assert folders.look() == [file]
    file.unlink()
    assert folders.look() == [] and folders.look() == []


def test_links_hidden_and_empty_files_are_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "out" / "secret.txt").write_text("x")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "in" / ".part.txt").write_text("x")
    (tmp_path / "in" / "empty.txt").write_text("")
    folders = Folders([tmp_path / "in"])
    assert folders.look() == folders.look() == []


# --- lists and links


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<opml><body/></opml>", "names no feed"),
        ('<opml><outline xmlUrl="file:///etc/passwd"/></opml>', "names no feed"),
        ("not xml", "is no OPML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><opml/>', "declares entities"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(tmp_path, content, said):
    path = tmp_path / "feeds.opml"
    path.write_text(content)
    with pytest.raises(NoFeeds, match=said):
        addresses_in(path)


def test_each_feed_of_a_list_is_named_once(tmp_path):
    path = opml(tmp_path / "f.opml", "https://a.example/f", "ftp://b.example", "https://a.example/f")
    assert addresses_in(path) == ("https://a.example/f",)


@pytest.mark.parametrize(
    ("address", "yes"),
    [
        ("https://a.example/x", True),
        ("http://127.0.0.1/", True),
        ("javascript:alert(1)", False),
        ("https://user:key@a.example/", False),
        ("https:///x", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_what_may_be_fetched(address, yes):
    assert is_web(address) == yes


def test_links_of_a_feed_are_whole_and_few():
    items = "".join(f"<item><link>/{n}#part</link></item>" for n in [*range(80), 1])
    found = links_of(
        f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "https://a.example/feed"
    )
    assert found[0] == "https://a.example/0" and len(found) == 50


@pytest.mark.parametrize(
    "odd", ["http://[", "//[", "http://[::1", "http://a:99999/", "javascript:x", "x" * 9_999]
)
def test_one_strange_link_stops_no_feed_and_no_redirect(site, fetcher, odd):
    site.feed(odd, "/page")
    assert f"{site.address}/page" in links_of(site.pages["/feed"][2], f"{site.address}/feed")
    site.pages["/go"] = (302, {"Location": odd}, b"")
    assert str(refused(fetcher, f"{site.address}/go"))


def test_the_attributes_of_a_feed_are_bounded_as_those_of_a_file(monkeypatch):
    given = []
    monkeypatch.setattr(
        "feedparser.parse", lambda stream, **_: given.append(stream.read()) or SimpleNamespace(entries=[])
    )
    many = " ".join(f"a{n}='1'" for n in range(1_000))
    links_of(
        f"<rss><channel><item {many}><link>/a</link></item></channel></rss>".encode(), "https://a.example/"
    )
    assert given and b"a999=" not in given[0] and b"<link>/a</link>" in given[0]
    entities = "<!DOCTYPE r [<!ENTITY a 'b'>]><rss><item><link>/a</link></item></rss>"
    assert links_of(entities.encode("utf-16"), "https://a.example/") == []


def test_what_was_fetched_names_no_file_of_this_computer(tmp_path):
    own = tmp_path / "own.xml"
    own.write_text("<rss version='2.0'><channel><item><link>/kept</link></item></channel></rss>")
    assert links_of(str(own).encode(), "https://a.example/feed") == []


# --- fetching


def refused(fetcher, url, home=None):
    with pytest.raises(NotFetched) as fault:
        fetcher.fetch(url, home)
    return fault.value


def test_it_says_who_it_is_and_asks_for_the_rules_once(site, fetcher):
    assert fetcher.fetch(f"{site.address}/page").body == PAGE
    fetcher.fetch(f"{site.address}/page")
    assert site.agents == {"Dragoman/test"} and site.asked["/robots.txt"] == 1


def test_robots_are_heeded(site, fetcher):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /page\n")
    assert "robots.txt" in str(refused(fetcher, f"{site.address}/page"))
    assert not site.asked["/page"]


def test_a_site_that_cannot_say_its_rules_is_left_alone_for_now(site, fetcher):
    site.pages["/robots.txt"] = (503, {}, b"")
    assert refused(fetcher, f"{site.address}/page").later
    assert not site.asked["/page"]


def test_two_requests_to_a_host_are_apart(site):
    waits = []
    fetcher = Fetcher("x", wait=waits.append)
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 500\n")
    fetcher.fetch(f"{site.address}/page")
    fetcher.close()
    assert len(waits) == 1 and fetching.BETWEEN < waits[0] <= fetching.LONGEST_WAIT


def test_an_answer_is_bounded(site, fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "PAGE_BYTES", 100)
    assert "is larger than" in str(refused(fetcher, f"{site.address}/page"))


@pytest.mark.parametrize(
    ("status", "later"), [(404, False), (410, False), (403, False), (429, True), (500, True)]
)
def test_what_may_pass_and_what_may_not(site, fetcher, status, later):
    site.pages["/x"] = (status, {}, b"")
    assert refused(fetcher, f"{site.address}/x").later == later


def test_redirects_are_followed_so_far(site, fetcher):
    site.pages["/old"] = (301, {"Location": "/page"}, b"")
    site.pages["/ring"] = (302, {"Location": "/ring"}, b"")
    assert fetcher.fetch(f"{site.address}/old").url == f"{site.address}/page"
    assert "redirected" in str(refused(fetcher, f"{site.address}/ring"))


def test_a_public_feed_leads_into_no_private_network(site, fetcher):
    fault = refused(fetcher, f"{site.address}/page", "https://news.example/feed")
    assert "private network" in str(fault) and not site.asked


def test_a_redirect_leads_into_no_private_network(site, fetcher):
    with serving() as inner:
        inner.pages["/secret"] = (200, {}, b"secret")
        site.pages["/go"] = (302, {"Location": f"{inner.address}/secret"}, b"")
        assert "private network" in str(refused(fetcher, f"{site.address}/go"))
        assert not inner.asked
    site.pages["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    assert "no address of a web page" in str(refused(fetcher, f"{site.address}/file"))


def test_a_name_that_leads_elsewhere_when_it_is_asked_leads_into_no_private_network(
    site, fetcher, monkeypatch
):
    monkeypatch.setattr("dragoman.watching.fetching._is_public", lambda host: True)
    fault = refused(fetcher, f"{site.address}/page", "https://news.example/feed")
    assert "private network" in str(fault)


def test_a_feed_of_the_open_net_that_moves_into_a_private_one_leads_nowhere(site, fetcher, monkeypatch):
    feed = f"{site.address}/feed"
    site.feed("/page")
    with monkeypatch.context() as outside:
        outside.setattr("dragoman.watching.fetching._is_open", lambda answer: True)
        assert fetcher.fetch(feed).public
    assert "private network" in str(refused(fetcher, f"{site.address}/page", feed))


def test_nobody_there_is_a_reason_and_may_pass(fetcher):
    fault = refused(fetcher, "http://127.0.0.1:9/")
    assert fault.later and "could not be reached" in str(fault)


@pytest.mark.parametrize(
    ("coding", "body", "read"),
    [
        ("gzip", gzip.compress(b"feed", mtime=0), b"feed"),
        ("gzip", b"damaged", None),
        ("br", b"x", None),
        ("identity", b"feed", b"feed"),
        ("gzip", gzip.compress(b"\0" * (17 * 1024 * 1024), mtime=0), None),
    ],
)
def test_a_coded_feed_is_unpacked_within_bounds(coding, body, read):
    assert plain(Answer("x", 200, "OK", (("content-encoding", coding),), body)) == read


# --- keeping


def test_a_page_is_kept_as_it_was(tmp_path):
    at = datetime(2026, 11, 30, 14, 35, 2, tzinfo=UTC)
    headers = (("Content-Type", "text/html; charset=utf-8"), ("transfer-encoding", "chunked"))
    path = Kept(tmp_path / "kept").keep(Answer("https://a.example/p", 200, "OK", headers, PAGE), at)
    digest = hashlib.sha256(PAGE).hexdigest()
    assert path.parent.name == "2026-11-30" and path.name.startswith(digest[:32])
    record = gzip.decompress(path.read_bytes())
    assert PAGE in record and f"WARC-Payload-Digest: sha256:{digest}".encode() in record
    assert b"WARC-Date: 2026-11-30T14:35:02Z" in record
    (found,) = read_warc(str(path), io.BytesIO(path.read_bytes()))
    assert found.url == "https://a.example/p" and "sailed again" in found.text


def test_what_is_known_outlives_the_program_and_a_broken_list(tmp_path):
    kept = Kept(tmp_path / "kept")
    kept.seen.pages["https://a.example/p"] = "2026-11-30T14:35:02+00:00"
    kept.save()
    assert Kept(tmp_path / "kept").seen.pages
    (tmp_path / "kept" / "known.json").write_text("{broken")
    assert not Kept(tmp_path / "kept").seen.pages


# --- all together


def watching(tmp_path, site, fetcher):
    case = Case()
    path = opml(tmp_path / "feeds.opml", f"{site.address}/feed")
    return case, Watch(case, [path], fetcher, Kept(tmp_path / "kept"))


def test_a_feed_is_followed_and_asked_again_only_for_news(tmp_path, site, fetcher):
    site.feed(f"{site.address}/page")
    case, watch = watching(tmp_path, site, fetcher)
    assert watch.look().fetched == 1 and case.links == 1
    assert watch.look().is_empty
    assert site.asked["/page"] == 1 and site.asked["/feed"] == 2
    site.pages["/two"] = (200, {"Content-Type": "text/html"}, PAGE)
    site.feed(f"{site.address}/two", f"{site.address}/page", etag='"2"')
    again = Watch(case, watch.lists, fetcher, Kept(tmp_path / "kept"))
    assert again.look().fetched == 1
    assert site.asked["/page"] == 1 and len(case.read_paths) == 2


def test_a_mark_that_cannot_be_sent_back_costs_no_feed(tmp_path, site, fetcher):
    site.feed("/page", etag='"\xe9"')
    watch = Watch(
        Case(), [opml(tmp_path / "a.opml", f"{site.address}/feed")], fetcher, Kept(tmp_path / "kept")
    )
    assert [watch.look().faults, watch.look().faults] == [[], []] and site.asked["/feed"] == 2


def test_what_fails_for_good_is_set_aside_and_not_asked_again(tmp_path, site, fetcher):
    site.feed(f"{site.address}/gone", f"{site.address}/page")
    case, watch = watching(tmp_path, site, fetcher)
    look = watch.look()
    assert look.fetched == 1 and "404" in case.aside[f"{site.address}/gone"]
    watch.look()
    assert site.asked["/gone"] == 1


def test_what_may_pass_is_tried_some_times_and_said_once(tmp_path, site, fetcher):
    site.pages["/busy"] = (503, {}, b"")
    site.feed(f"{site.address}/busy")
    case, watch = watching(tmp_path, site, fetcher)
    said = [watch.look().faults for _ in range(TRIES + 2)]
    assert site.asked["/busy"] == TRIES
    assert [bool(faults) for faults in said] == [True, *[False] * (TRIES - 2), True, False, False]
    assert list(case.aside) == [f"{site.address}/busy"]


def test_a_feed_that_is_away_stops_nothing(tmp_path, site, fetcher):
    site.feed(f"{site.address}/page")
    case = Case()
    path = opml(tmp_path / "feeds.opml", "http://127.0.0.1:9/feed", f"{site.address}/feed")
    look = Watch(case, [path], fetcher, Kept(tmp_path / "kept")).look()
    assert look.fetched == 1 and len(look.faults) == 1 and not case.aside


@pytest.mark.parametrize("restarted", [False, True])
def test_what_a_busy_case_did_not_take_is_read_later(tmp_path, site, fetcher, restarted):
    site.feed(f"{site.address}/page")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("x")
    case, path = Case(), opml(tmp_path / "feeds.opml", f"{site.address}/feed")

    def watch():
        return Watch(case, [tmp_path / "in", path], fetcher, Kept(tmp_path / "kept"))

    watched = watch()
    case.busy = True
    for _ in range(3):
        with contextlib.suppress(CaseError):
            watched.look()
    case.busy = False
    watched = watch() if restarted else watched
    for _ in range(3):
        watched.look()
    assert sorted(path.rsplit(".", 1)[-1] for path in case.read_paths) == ["gz", "txt"]
    assert site.asked["/page"] == 1 and not Kept(tmp_path / "kept").seen.unread


def test_nothing_is_fetched_unless_it_is_said(tmp_path, site):
    site.feed(f"{site.address}/page")
    path = opml(tmp_path / "feeds.opml", f"{site.address}/feed")
    done = CliRunner().invoke(app, ["watch", str(tmp_path / "x.case"), str(path), "--once"])
    assert done.exit_code == 1 and "--online" in done.stderr
    assert not site.asked and not (tmp_path / "x.case").exists()


@pytest.mark.parametrize(
    ("what", "said"), [("nowhere", "does not exist"), ("https://a.example/feed", "put the feed into a list")]
)
def test_what_cannot_be_watched_is_said(tmp_path, what, said):
    done = CliRunner().invoke(app, ["watch", str(tmp_path / "x.case"), what, "--once"])
    assert done.exit_code == 1 and said in done.stderr and not (tmp_path / "x.case").exists()


def test_the_command_reads_a_folder_and_a_feed(tmp_path, site, monkeypatch):
    monkeypatch.setattr(fetching, "BETWEEN", 0.0)
    site.feed(f"{site.address}/page")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "The president of Chile visited Bolivia on 7 June 2023.", encoding="utf-8"
    )
    path = opml(tmp_path / "feeds.opml", f"{site.address}/feed")
    words = ["watch", str(tmp_path / "x.case"), str(tmp_path / "in"), str(path), "--once", "--online"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert "fetched 1 pages" in done.output
    found = CliRunner().invoke(app, ["search", str(tmp_path / "x.case"), "ferry islands"])
    assert found.exit_code == 0 and "sailed again on Tuesday" in found.output
