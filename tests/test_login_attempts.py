"""Wrong keys are tried a few times, then ever more seldom; what has to be waited is told."""

from __future__ import annotations

import pytest

from dragoman.store import CaseFile
from dragoman.workbench import attempts as bound
from dragoman.workbench.app import create_app
from dragoman.workbench.attempts import Attempts, network
from records import structs
from team_at_work import BASE, Visitor, named


class Clock:
    """Seconds that only a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize(
    ("wrong", "wait"), [(0, 0), (4, 0), (5, 2), (6, 4), (9, 32), (13, 512), (14, 900), (500, 900)]
)
def test_each_wrong_key_of_an_address_doubles_the_wait(clock, wrong, wait):
    held = Attempts(clock)
    for n in range(wrong):
        held.wrong("192.0.2.7", f"name {n}")
    assert held.wait("192.0.2.7", "case") == wait
    assert held.wait("192.0.2.8", "case") == 0
    clock.now += wait
    assert held.wait("192.0.2.7", "case") == 0


@pytest.mark.parametrize(("wrong", "wait"), [(49, 0), (50, 2), (53, 16), (54, 30), (2_000, 30)])
def test_many_addresses_that_ask_for_one_name_wait_together_and_not_long(clock, wrong, wait):
    held = Attempts(clock)
    for n in range(wrong):
        held.wrong(f"10.0.{n // 256}.{n % 256}", "case")
    assert held.wait("192.0.2.9", "case") == wait
    assert held.wait("192.0.2.9", "other") == 0


def test_what_lies_back_an_hour_or_was_set_right_is_forgotten(clock):
    held = Attempts(clock)
    for _ in range(12):
        held.wrong("192.0.2.7", "case")
    held.right("192.0.2.7")
    assert held.wait("192.0.2.7", "case") == 0
    for _ in range(12):
        held.wrong("192.0.2.7", "case")
    clock.now += bound.FORGOTTEN
    held.wrong("192.0.2.7", "case")
    assert held.wait("192.0.2.7", "case") == 0


def test_no_more_is_held_than_has_room(clock, monkeypatch):
    monkeypatch.setattr(bound, "HELD", 10)
    held = Attempts(clock)
    for n in range(100):
        held.wrong(f"10.0.0.{n}", f"name {n}")
    assert len(held._held) == 10


NETWORKS = [
    ("192.0.2.7", "192.0.2.7"),
    ("::ffff:192.0.2.7", "192.0.2.7"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("testclient", "testclient"),
    ("", ""),
]


@pytest.mark.parametrize(("address", "counted"), NETWORKS)
def test_what_counts_as_one_address(address, counted):
    assert network(address) == counted


@pytest.fixture
def path(tmp_path):
    with CaseFile(tmp_path / "x.case", create=True) as file:
        file.replace_records(structs(), file.state_of_reading())
    return tmp_path / "x.case"


def test_the_page_says_how_long_and_then_takes_the_right_key(path, clock):
    key = named(path, anna="analyst")["anna"]
    app = create_app(path)
    app.state.visits.attempts = Attempts(clock)
    stranger = Visitor(app)
    for _ in range(bound.FREE):
        assert stranger.come_in("wrong").status_code == 403
    for given in ("wrong", key):  # while one waits no key is tried, so none is found out
        told = stranger.come_in(given)
        assert (told.status_code, told.headers["retry-after"]) == (429, "2")
        assert "No key is tried for 2 more seconds." in told.text and "set-cookie" not in told.headers
    clock.now += 2
    assert stranger.come_in("wrong").status_code == 403
    clock.now += 3
    assert stranger.come_in(key).status_code == 429
    clock.now += 1
    assert stranger.come_in(key).status_code == 303
    assert stranger.get("/timeline").status_code == 200


def test_programs_wait_too_and_who_is_in_stays_in(path, clock):
    key = named(path, anna="analyst")["anna"]
    app = create_app(path)
    app.state.visits.attempts = Attempts(clock)
    anna, program = Visitor(app, key), Visitor(app)
    for _ in range(bound.FREE):
        assert program.get("/api/actors", headers={"Authorization": "Bearer wrong"}).status_code == 401
    told = program.get("/api/actors", headers={"Authorization": f"Bearer {key}"})
    assert told.status_code == 429 and told.json()["detail"] == "Too many wrong keys. Try again in 2 seconds."
    assert anna.get("/timeline").status_code == 200
    clock.now += 2
    assert program.get("/api/actors", headers={"Authorization": f"Bearer {key}"}).status_code == 200


def test_the_key_of_a_server_is_bounded_as_well(path, clock):
    app = create_app(path, key="the-key")
    app.state.visits.attempts = Attempts(clock)
    stranger = Visitor(app)
    for _ in range(bound.FREE):
        assert stranger.get("/?key=wrong").status_code == 403
    assert stranger.get("/?key=the-key").headers["retry-after"] == "2"
    clock.now += 2
    assert stranger.get(f"{BASE}/?key=the-key").status_code == 303
