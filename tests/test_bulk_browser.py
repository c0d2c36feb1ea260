"""Ticks by mouse and keys, and word of what came into a view, in a real browser."""

from __future__ import annotations

import json
import urllib.request

import pytest

from browsing import axe_finds, browser, served
from test_views import later

pytestmark = pytest.mark.browser

SPY = "window.told = []; window.Notification = class { constructor(title, more) { told.push(more.body); } };"
SPY += "Notification.permission = 'default';"
SPY += "Notification.requestPermission = async () => Notification.permission = 'granted';"
"""What a desktop would be told."""


@pytest.fixture(scope="module")
def chrome():
    with browser() as running:
        yield running


@pytest.fixture
def path(tmp_path):
    from small_world import small_world

    small_world(tmp_path / "x.case").file.close()
    return tmp_path / "x.case"


@pytest.fixture
def tab(chrome, path):
    with served(path) as address:
        page = chrome.new_context(base_url=address, locale="en-GB").new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        yield page
        page.close()
        assert not faults


def decisions(tab) -> list:
    with urllib.request.urlopen(
        f"{tab.url.split('/', 3)[0]}//{tab.url.split('/')[2]}/api/decisions"
    ) as answer:
        return [d for d in json.load(answer) if d["stands"]]


def chosen(tab) -> int:
    return tab.locator("input[form=ticked]:checked").count()


def test_rows_are_ticked_by_mouse_with_shift_and_by_x(tab):
    tab.goto("/events")
    boxes = tab.locator("input[form=ticked]")
    n = boxes.count()
    assert n == 3
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert chosen(tab) == 3 and tab.get_by_text("Chosen: 3").is_visible()
    tab.get_by_role("link", name="None").click()
    assert chosen(tab) == 0 and "ticked" not in tab.url
    tab.keyboard.press("j")
    tab.keyboard.press("x")
    assert boxes.nth(0).is_checked() and chosen(tab) == 1
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("Shift+X")
    assert chosen(tab) == 3, "with shift all between"
    tab.locator(".bulk").get_by_label("Why").fill("both say so")
    tab.keyboard.press("Enter")
    assert not decisions(tab), "Enter in a field chooses no act"
    tab.get_by_role("button", name="Right", exact=True).click()
    assert [d["why"] for d in decisions(tab)] == ["both say so"] * 3
    tab.locator(".note").get_by_role("button", name="Undo").click()
    assert not decisions(tab)


def test_all_on_the_page_and_the_bar_that_stays_in_sight(tab):
    tab.goto("/timeline")
    assert tab.locator(".bulk").is_visible()
    tab.get_by_role("link", name="All on this page").click()
    assert chosen(tab) == tab.locator(".lines > li:visible").count() > 0
    assert tab.locator(".bulk").evaluate("one => getComputedStyle(one).position") == "sticky"


def test_actors_are_joined_and_it_works_without_a_script(chrome, path):
    with served(path) as address:
        page = chrome.new_context(base_url=address, locale="en-GB", java_script_enabled=False).new_page()
        page.goto("/actors")
        before = page.locator("main tbody tr").count()
        for n in range(3):
            page.locator("input[form=ticked]").nth(n).check()
        page.get_by_role("button", name="Join").click()
        assert "are one now" in page.locator(".note").inner_text()
        assert page.locator("main tbody tr").count() == before - 2
        page.get_by_role("link", name="All on this page").click()
        assert page.locator("input[form=ticked]:checked").count() == before - 2
        page.close()


def test_a_page_says_what_came_and_the_desktop_only_after_a_click(tab, path):
    tab.add_init_script(SPY)
    tab.goto("/timeline?who=Arland")
    tab.get_by_text("Save this view").click()
    tab.locator(".keep").get_by_label("Name").fill("Guards")
    tab.locator(".keep").get_by_role("button", name="Save").click()
    tab.get_by_text("Kept as a view").wait_for()
    later(path)
    tab.evaluate("dispatchEvent(new Event('focus'))")
    tab.locator(".alerts").get_by_text("1 new in “Guards”").wait_for()
    assert tab.evaluate("told") == [], "nobody allowed it"
    tab.goto("/views")
    tab.evaluate("localStorage.clear()")
    tab.get_by_role("button", name="Let the desktop tell what is new").click()
    tab.get_by_role("button", name="The desktop tells what is new").wait_for()
    later(path, 2)
    tab.evaluate("dispatchEvent(new Event('focus'))")
    tab.locator(".alerts").get_by_text("1 new in “Guards”").wait_for()
    assert tab.evaluate("told") == ["1 new in “Guards”"]
    tab.locator(".alerts a").click()
    tab.wait_for_url("**/view?name=Guards")
    assert tab.locator(".fact.entry").count() == 2
    tab.get_by_role("button", name="Mark as seen").click()
    tab.goto("/")
    assert tab.locator("a.new").count() == 0


def test_axe_finds_nothing(tab, path):
    from dragoman import open as open_case
    from test_views import view

    with open_case(path) as case:
        case.decide(view("Guards"))
    for where in ("/events", "/actors", "/views", "/view?name=Guards", "/decide", "/timeline"):
        tab.goto(where)
        assert axe_finds(tab) == [], where
