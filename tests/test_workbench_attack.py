"""What hostile requests, slow clients and many of them at once can do to the workbench: nothing to a person's work."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from browsing import served
from dragoman.store import CaseFile
from dragoman.workbench import door, outbox
from dragoman.workbench.app import addresses, create_app
from dragoman.workbench.safety import HEADERS
from records import structs

KEY = "a-key"


@pytest.fixture(scope="module")
def case_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("attack") / "x.case"
    with CaseFile(path, create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    return path


def client_of(app, base: str = "http://localhost:8765") -> TestClient:
    return TestClient(app, base_url=base, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def client(case_path):
    return client_of(create_app(case_path))


@pytest.fixture
def locked(case_path):
    return client_of(create_app(case_path, KEY, frozenset({"10.0.0.7"})), "http://10.0.0.7:8765")


def is_guarded(answer) -> bool:
    return all(answer.headers.get(name) == value for name, value in HEADERS.items())


# --- who may ask ---------------------------------------------------------------------------------

ELSEWHERE = [
    ("/timeline", "no-cors", "image", 403),
    ("/timeline", "cors", "empty", 403),
    ("/timeline", "navigate", "iframe", 403),
    ("/export/csv", "navigate", "document", 403),
    ("/api/actors", "navigate", "document", 403),
    ("/copy", "navigate", "document", 403),
    ("/timeline", "navigate", "document", 200),
]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(("path", "mode", "dest", "status"), ELSEWHERE)
def test_another_sites_page_asks_for_nothing_by_itself(client, site, path, mode, dest, status):
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    answer = client.get(path, headers=asked)
    assert answer.status_code == status and is_guarded(answer)


@pytest.mark.parametrize("given", ["é", "\ud800".encode("utf-8", "surrogatepass"), "x" * 5000, "", "\x00"])
def test_a_wrong_key_is_refused_whatever_its_letters(locked, given):
    answer = locked.get("/", params={"key": given})
    assert answer.status_code == 403 and is_guarded(answer)


def test_the_key_is_taken_out_of_the_address_and_kept_in_a_cookie(locked):
    answer = locked.get("/timeline", params={"since": "2024-01-01", "key": KEY})
    assert (answer.status_code, answer.headers["location"]) == (303, "/timeline?since=2024-01-01")
    assert "key" not in answer.headers["location"] and is_guarded(answer)
    assert locked.get("/timeline").status_code == 200
    wrong = locked.get("/timeline", params={"key": "wrong"})
    assert (wrong.status_code, wrong.headers["location"]) == (303, "/timeline"), (
        "a right cookie beats a wrong key"
    )
    away = locked.get("//evil.example/", params={"key": KEY})
    assert not away.headers["location"].startswith("//")


def test_two_cases_on_one_machine_keep_two_keys(case_path):
    cookies = set()
    for port in (8765, 8766):
        app = create_app(case_path, KEY, frozenset({"10.0.0.7"}))
        answer = client_of(app, f"http://10.0.0.7:{port}").get("/", params={"key": KEY})
        cookies.add(answer.headers["set-cookie"].split("=")[0])
    assert len(cookies) == 2


@pytest.mark.parametrize(
    ("host", "reached", "status"),
    [
        ("192.168.1.5:8765", "192.168.1.5", 403),  # asked for the key, so the name was right
        ("[fe80::1]:8765", "fe80::1", 403),
        ("192.168.1.6:8765", "192.168.1.5", 421),
        ("evil.example:8765", "192.168.1.5", 421),
        ("LOCALHOST:8765", "127.0.0.1", 403),
    ],
)
def test_on_all_addresses_each_of_its_own_is_answered(case_path, host, reached, status):
    app = create_app(case_path, KEY, frozenset({"0.0.0.0", "localhost"}))

    async def at(scope, receive, send):
        await app({**scope, "server": (reached, 8765)}, receive, send)

    assert client_of(at).get("/", headers={"Host": host}).status_code == status


def test_the_addresses_that_are_told_can_be_opened():
    assert addresses("127.0.0.1", 80, None) == ["http://127.0.0.1:80/"]
    assert addresses("::1", 80, None) == ["http://[::1]:80/"]
    everywhere = addresses("0.0.0.0", 80, "k")
    assert everywhere[0] == "http://localhost:80/?key=k" and not any("0.0.0.0" in a for a in everywhere)


ORIGINS = [
    "http://[",
    "null",
    "http://évil",
    "http://localhost:8765.evil.example",
    "http://localhost",
    "\x00",
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_strange_origin_is_refused(client, origin):
    answer = client.post("/undo", data={"token": "é"}, headers={b"Origin": origin.encode()})
    assert answer.status_code == 403 and is_guarded(answer)


@pytest.mark.parametrize("token", ["é", "", "\U0001f600", "x" * 10_000])
def test_a_strange_token_is_refused(client, token):
    answer = client.post("/undo", data={"token": token})
    assert answer.status_code in (403, 422) and is_guarded(answer)


# --- parameters ------------------------------------------------------------------------------------

PARAMETERS = [
    "since=0001-01-01",
    "until=9999-12-31",
    "since=9999-12-31&until=0001-01-01",
    "since=0001-01-01&until=0001-01-02",
    "since=2024-02-31",
    "since=" + "9" * 5000,
    "&".join(f"actor=a{n}" for n in range(5000)),
    "&".join(f"type=a{n}" for n in range(5000)),
    "actor=" + "x" * 5000,
    "who=" + "x" * 5000,
    "who=%00%F0%9F%98%80%ED%A0%80",
    "skip=99999999",
    "skip=-1",
    "skip=1e9",
    "sources=10000000000000000000000",
    "today=0001-01-01",
    "today=9999-12-31",
    "on=0001-01-01&known=9999-12-31",
    "start=0001-01-01&end=9999-12-31",
    "a=x&b=%00",
    "q=" + "%22" * 300,
    "q=AND+OR+NOT+NEAR(",
    "q=actor:%00",
    "fact=%00",
    "kind=nothing",
]
TAKING = ["/timeline", "/promises", "/asof", "/changes", "/relations", "/map", "/search", "/facts/statement"]
TAKING += [
    "/articles",
    "/articles/a-1",
    "/history",
    "/decide",
    "/export/csv",
    "/api/records/event",
    "/api/asof",
]


@pytest.mark.parametrize("path", TAKING)
def test_no_parameter_breaks_a_page(client, path):
    for given in PARAMETERS:
        answer = client.get(f"{path}?{given}")
        assert answer.status_code in (200, 404, 422), (path, given[:60], answer.text[:300])
        assert is_guarded(answer)
        assert len(answer.text) < 3_000_000


def test_what_was_misunderstood_is_said_on_a_page(client):
    page = client.get("/timeline?since=yesterday")
    assert page.status_code == 422 and "<main" in page.text and "a day is written as" in page.text
    assert client.get("/api/asof?on=yesterday").headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path", ["/", "/timeline", "/export/xlsx", "/copy", "/static/workbench.css", "/api/actors"]
)
def test_head_is_answered(client, path):
    answer = client.head(path)
    assert (answer.status_code, answer.content) == (200, b"") and is_guarded(answer)
    assert (
        answer.headers["content-type"].split(";")[0] == client.get(path).headers["content-type"].split(";")[0]
    )


# --- what breaks behind the door -----------------------------------------------------------------------


def test_what_breaks_is_answered_with_a_page_and_the_headers(client, monkeypatch, caplog):
    def broken(*_, **__):
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("dragoman.workbench.pages.tally", broken)
    monkeypatch.setattr("dragoman.workbench.api.tally", broken)
    page = client.get("/events")
    assert page.status_code == 500 and "<main" in page.text and "/history" in page.text and is_guarded(page)
    assert "a secret" not in page.text and "ZeroDivisionError" in caplog.text
    interface = client.get("/api/tally")
    assert interface.status_code == 500 and interface.json()["detail"] and is_guarded(interface)


def test_too_many_at_once_are_told_to_come_back(client, monkeypatch):
    monkeypatch.setattr(door, "WITHIN", 0)
    answer = client.get("/events")
    assert answer.status_code == 503 and answer.headers["retry-after"] and is_guarded(answer)
    assert client.get("/events", headers={"Host": "evil.example"}).status_code == 421


def test_an_export_that_fails_at_once_is_no_file(client, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError
        yield b""

    monkeypatch.setattr(type(client.app.state.case), "export", broken)
    answer = client.get("/export/csv")
    assert answer.status_code == 500 and "content-disposition" not in answer.headers
    assert not client.app.state.outbox.parcels


def test_too_many_files_are_told_to_come_back(client, monkeypatch):
    monkeypatch.setattr(outbox, "HELD", 0)
    assert client.get("/export/csv").status_code == 503


def test_a_copy_of_the_case_holds_all_of_it_in_one_file(client, case_path, tmp_path):
    (tmp_path / "copy.case").write_bytes(client.get("/copy").content)
    with CaseFile(tmp_path / "copy.case") as copy, CaseFile(case_path) as case:
        assert list(copy.lines()) == list(case.lines())


# --- many clients, and slow ones, of a real server ----------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A case whose exports fill what a connection buffers many times over."""
    import msgspec

    path = tmp_path_factory.mktemp("large") / "x.case"
    records = structs()
    fact = next(r for r in records if r.id == "e-1")
    more = [msgspec.structs.replace(fact, id=f"e-more-{n}") for n in range(4000)]
    with CaseFile(path, create=True) as file:
        file.replace_records([*records, *more], file.state_of_reading())
    return path


@pytest.fixture(scope="module")
def address(large):
    with served(large) as at:
        yield at


def asking(address: str, path: str) -> socket.socket:
    """A client that asks and does not read."""
    at = urlsplit(address)
    client = socket.create_connection((at.hostname, at.port))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n".encode())
    return client


def status_of(address: str, path: str) -> int:
    at = urlsplit(address)
    connection = http.client.HTTPConnection(at.hostname, at.port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_pages_answer_while_forty_ask_and_twenty_files_are_not_taken(address):
    unread = [asking(address, "/export/jsonl?kind=event") for _ in range(20)]
    unread += [asking(address, "/timeline") for _ in range(20)]
    silent = [socket.create_connection(urlsplit(address).netloc.split(":")) for _ in range(20)]
    time.sleep(1)
    try:
        with ThreadPoolExecutor(40) as crowd:
            answers = [crowd.submit(status_of, address, "/articles") for _ in range(40)]
            mine = [status_of(address, p) for p in ("/", "/timeline", "/actors", "/articles/a-1", "/history")]
            assert mine == [200] * 5
            assert [a.result() for a in answers] == [200] * 40
    finally:
        for one in [*unread, *silent]:
            one.close()


def test_a_file_that_fails_midway_is_seen_to_have_failed(large):
    """Served in this process, so that the export can be made to fail after its first pieces are out."""
    import uvicorn

    app = create_app(large)
    whole = type(app.state.case).export

    def failing(self, name, ask, language):
        for n, piece in enumerate(whole(app.state.case, name, ask, language)):
            yield piece * 20
            if n == 200:
                raise ZeroDivisionError

    app.state.case.export = failing.__get__(app.state.case)
    from dragoman.workbench.patience import Patient

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", http=Patient))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/export/jsonl")
    answer = connection.getresponse()
    try:
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()
    finally:
        server.should_exit = True
        thread.join(20)


class FakeTransport:
    def __init__(self):
        self.aborted = False
        self.closed = False

    def abort(self):
        self.aborted = True

    def close(self):
        self.closed = True

    def is_closing(self):
        return self.aborted or self.closed

    def get_extra_info(self, *_):
        return None

    def write(self, _):
        pass

    def resume_reading(self):
        pass

    pause_reading = resume_reading


class Clock:
    """A loop that holds still."""

    def __init__(self):
        self.now = 0.0

    def time(self):
        return self.now

    def call_later(self, *_):
        class Handle:
            def cancel(self): ...

        return Handle()

    def create_task(self, task):
        task.close()

        class Task:
            def add_done_callback(self, _): ...

        return Task()


@pytest.mark.parametrize(
    ("said", "stuck", "waited", "cut"),
    [
        (b"", False, 10, False),
        (b"", False, 16, True),
        (b"GET / HTTP/1.1\r\nHost: x", False, 16, True),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", False, 25, False),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", False, 31, True),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", False, 3600, False),  # the server works on it
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True, 31, True),
    ],
)
def test_clients_that_keep_the_server_waiting_are_cut_off(said, stuck, waited, cut):
    import uvicorn
    from uvicorn.server import ServerState

    from dragoman.workbench.patience import Patient

    clock, transport = Clock(), FakeTransport()
    protocol = Patient(uvicorn.Config(lambda *_: None), ServerState(), {}, _loop=clock)
    protocol.connection_made(transport)
    if said:
        protocol.data_received(said)
    if stuck:
        protocol.pause_writing()
    clock.now = waited
    protocol._look()
    assert transport.aborted is cut
