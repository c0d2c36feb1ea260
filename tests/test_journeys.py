"""What a newcomer does with the example case, in a real browser; and what axe finds on the pages."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from browsing import PROGRAM, axe_finds, browser, served

EXAMPLE = Path(__file__).parents[1] / "examples" / "withdrawal"

PAGES = [
    "/",
    "/timeline",
    "/actors",
    "/relations",
    "/map",
    "/asof?on=2024-05-01",
    "/promises",
    "/articles",
    "/new",
    "/changes?start=2024-05-01&end=2024-06-30",
    "/decide",
    "/help",
    "/aside",
]
PAGES += [
    "/history",
    "/add",
    "/search?q=withdrawal",
    "/facts/dispute",
    "/facts/figure",
    "/facts/statement",
    "/facts/storyline",
    "/decide?what=event",
    "/decide?what=fact",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def case(example_case, tmp_path_factory) -> Path:
    return Path(shutil.copy(example_case, tmp_path_factory.mktemp("journey") / "withdrawal.case"))


@pytest.fixture(scope="module")
def address(case):
    with served(case) as at:
        yield at


@pytest.fixture(scope="module")
def chrome():
    with browser() as running:
        yield running


@pytest.fixture
def tab(chrome, address):
    page = chrome.new_context(base_url=address, locale="en-GB", accept_downloads=True).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on(
        "request", lambda request: faults.append(request.url) if not request.url.startswith(address) else None
    )
    yield page
    page.close()
    assert not faults


def test_when_it_happened_and_who_says_so_is_found_without_a_click_and_its_words_by_one(tab):
    tab.goto("/")
    click = Clicks(tab, 1)
    tab.keyboard.press("/")
    tab.keyboard.type("when did Russia withdraw")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    told = tab.locator(".fact", has=tab.locator(".day", has_text="13 Jun 2024")).first
    assert told.locator(".sources a").count() and "withdrew" in told.locator(".line").inner_text()
    click(told.locator("a.words"))
    assert tab.locator("#chosen").is_visible() and tab.locator(".reader mark").count() >= 1


def test_find_when_the_withdrawal_ended_and_click_through_to_the_words(tab):
    tab.goto("/events")
    tab.get_by_label("Type").select_option("RETREAT")
    tab.wait_for_url("**type=RETREAT**")
    fact = tab.locator(".fact", has=tab.locator(".day", has_text="12 Jun 2024")).first
    fact.locator("a.words").click()
    marked = " ".join("".join(tab.locator(".reader mark").all_inner_texts()).split())
    assert "12" in marked
    assert tab.locator(".reader mark.f-when").count() >= 1
    assert tab.locator("#chosen").is_visible()


def test_a_fact_is_copied_with_its_source(tab):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto("/events?type=RETREAT")
    tab.locator(".fact", has=tab.locator(".day", has_text="12 Jun 2024")).first.locator("a.words").click()
    tab.get_by_role("button", name="Copy as a citation").click()
    tab.get_by_role("button", name="Copied").wait_for()
    said = tab.evaluate("navigator.clipboard.readText()")
    assert "2024" in said and "“" in said


def test_see_that_the_planned_day_was_another(tab):
    tab.goto("/promises?today=2024-07-01")
    board = tab.locator(".board")
    assert board.locator(".card", has_text="November 2025").count() >= 1


def test_set_the_as_of_day_before_and_after(tab):
    tab.goto("/asof")
    held = {}
    for day in ("2024-05-01", "2024-07-01"):
        tab.locator("input[name=on]").fill(day)
        tab.get_by_role("button", name="Show").first.click()
        tab.wait_for_url(f"**on={day}**")
        held[day] = tab.locator(".fact.state", has_text="deployment").count()
    assert held["2024-05-01"] > held["2024-07-01"]


def test_find_the_disputed_figure_with_its_sources(tab):
    tab.goto("/")
    Clicks(tab, 1)(tab.locator(".counts a", has_text="disputes"))
    dispute = tab.locator(".dispute", has_text="6,500").first
    assert dispute.locator(".sides > div").count() >= 2
    assert dispute.locator(".proof a").count() >= 2


def test_join_two_actors_undo_read_again_and_find_the_decision(tab, case, address):
    tab.goto("/")
    click = Clicks(tab, 4)
    click(tab.get_by_role("link", name="Who and where"))
    names = tab.locator("main td:first-child a").all_inner_texts()
    one, other = names[0], names[5]
    click(tab.get_by_role("link", name=one, exact=True).first)
    here = tab.url
    click(tab.get_by_text("Decide about this actor"))
    tab.get_by_label("Is one with, or is not").fill(other)
    click(tab.get_by_role("button", name="Join"))
    assert "are one now" in tab.locator(".note").inner_text() and "/actors/" in tab.url
    assert tab.locator(".note").get_by_role("button", name="Undo").is_visible()
    tab.goto("/actors")
    assert other not in tab.locator("main td:first-child a").all_inner_texts()
    subprocess.run([*PROGRAM, "read", EXAMPLE, "--case", case, "-q"], check=True)
    tab.reload()
    assert other not in tab.locator("main td:first-child a").all_inner_texts(), (
        "a decision outlives reading again"
    )
    tab.get_by_role("link", name="Sources and work").click()
    tab.get_by_role("link", name="Decisions").click()
    tab.get_by_role("button", name="Undo").first.click()
    tab.goto("/actors")
    assert other in tab.locator("main td:first-child a").all_inner_texts()
    assert here.startswith(address)


def test_export_to_a_workbook_and_open_it(tab):
    from openpyxl import load_workbook

    tab.goto("/")
    tab.get_by_text("Export", exact=True).click()
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name="xlsx").click()
    book = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book["events"].max_row > 10


def test_everything_can_be_done_by_keyboard(tab):
    tab.goto("/decide?what=fact")
    first = asked(tab)[0]
    with tab.expect_navigation():
        tab.keyboard.press("y")
    assert first not in asked(tab)
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert asked(tab)[0] == first
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"


LISTS = [
    "/",
    "/timeline",
    "/events",
    "/facts/storyline",
    "/actors",
    "/relations",
    "/facts/statement",
    "/facts/figure",
]
LISTS += [
    "/facts/dispute",
    "/promises",
    "/facts/state",
    "/asof?on=2024-05-01",
    "/articles",
    "/search?q=withdrawal",
]
LISTS += ["/changes?start=2023-10-01&end=2024-06-30", "/decide?what=fact"]


@pytest.mark.parametrize("where", LISTS)
def test_the_first_line_is_within_five_stops_of_the_skip_link(tab, where):
    tab.goto(where)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    reached = []
    for _ in range(5):
        tab.keyboard.press("Tab")
        reached.append(
            tab.evaluate(
                "document.activeElement.matches('.fact a, .entry a, .card a, .waiting a, main td a, a.words')"
            )
        )
    assert any(reached)


def test_keys_go_from_line_to_line_and_to_the_sentence(tab):
    tab.goto("/timeline")
    words = tab.locator("a.words:visible")
    for key, at in (("j", 0), ("j", 1), ("k", 0)):
        tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement.href") == words.nth(at).evaluate("one => one.href")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator("#chosen").is_visible()
    tab.keyboard.press("/")
    tab.keyboard.type("?")
    assert tab.locator("form.find input").input_value() == "?", "keys are letters where one writes"
    tab.locator("h1").click()
    with tab.expect_navigation():
        tab.keyboard.press("?")
    assert tab.url.endswith("/help#keys")


def offered(tab) -> list[str]:
    return tab.locator(".palette [role=option] bdi").all_inner_texts()


def test_the_palette_leads_to_pages_names_and_facts(tab):
    tab.goto("/help")
    tab.keyboard.press("Control+k")
    field = tab.get_by_role("combobox", name="Page, name, words of a fact")
    assert field.evaluate("one => one === document.activeElement")
    field.fill("promi")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url.endswith("/promises")
    tab.keyboard.press("Control+k")
    field.fill("Pashinyan")
    tab.locator(".palette [role=option]", has_text="Search for “Pashinyan”").wait_for()
    assert "Nikol Pashinyan" in offered(tab)
    groups = tab.locator(".palette [role=group]").evaluate_all("all => all.map((one) => one.dataset.group)")
    assert {"Who and where", "Facts", "Search"} <= set(groups)
    names = offered(tab)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")  # round to the last
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert names[-1] == "Search for “Pashinyan”" and "/search?q=Pashinyan" in tab.url


def test_the_palette_acts_on_the_fact_in_focus(tab):
    tab.goto("/events?type=RETREAT")
    tab.keyboard.press("j")
    chosen = tab.evaluate("document.activeElement.closest('.fact').id")
    tab.keyboard.press("Control+k")
    tab.locator(".palette [role=option]", has_text="Star").click()
    tab.locator(f"[id='{chosen}'] .star").wait_for()
    tab.wait_for_load_state()  # the keys are there once the page's scripts have run
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert not tab.locator(f"[id='{chosen}'] .star").count()
    tab.keyboard.press("Control+k")
    tab.keyboard.press("Escape")
    assert not tab.locator(".palette").is_visible()


def test_the_palette_is_there_on_a_telephone_and_not_without_a_script(chrome, address):
    phone = chrome.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, has_touch=True
    ).new_page()
    phone.goto("/timeline")
    phone.locator("button.go").tap()
    phone.locator(".palette [role=option]").first.wait_for()
    box = phone.locator(".palette").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    phone.locator(".palette [role=option]", has_text="Articles").first.tap()
    phone.wait_for_url("**/articles")
    plain = chrome.new_context(base_url=address, java_script_enabled=False).new_page()
    plain.goto("/timeline")
    assert not plain.locator("button.go").is_visible() and plain.locator("form.find input").is_visible()


DENIED = ["блокад", "civilian", "ethnic cleansing", "nettoyage ethnique", "stood aside", "6,500"]
"""Of each thing that the sources of the example dispute, words of a side."""


def test_disputes_hold_claim_against_denial_each_side_in_its_words(tab):
    tab.goto("/facts/dispute")
    for words in DENIED:
        dispute = tab.locator(".dispute", has_text=words).first
        assert dispute.locator(".sides > div").count() == 2, words
        for side in dispute.locator(".sides > div").all():
            assert side.locator("a.words").count() and side.locator(".sources").first.inner_text(), words


def test_a_state_and_its_army_are_no_pair_and_pairs_are_sorted(tab):
    tab.goto("/relations")
    pairs = tab.locator("main td:first-child").all_inner_texts()
    assert pairs and not {"Azerbaijan – Azerbaijani army", "Azerbaijani army – Azerbaijan"} & set(pairs)
    assert not any("peacekeepers" in pair and "Russia –" in pair for pair in pairs)
    tab.get_by_role("link", name="Conflict", exact=True).click()
    worst = tab.locator("main td:nth-child(5) .bad").all_inner_texts()
    shown = [float(text) for text in worst if text]
    assert shown == sorted(shown, reverse=True)


def test_a_row_of_relations_tells_its_months_to_readers_of_the_screen(tab):
    tab.goto("/relations")
    # A pair whose events are all undated or neither has no bars.
    first = tab.locator("main tbody tr", has=tab.locator("svg.flow")).first
    assert "in cooperation" in first.locator("svg.flow").get_attribute("aria-label")
    assert first.locator("a.words").count() == 1


def test_a_place_of_the_map_leads_to_its_events_by_touch(chrome, address):
    phone = chrome.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, has_touch=True
    ).new_page()
    phone.goto("/map")
    phone.locator("svg.world a").first.tap(force=True)
    phone.wait_for_url("**/events?place=**")
    assert phone.locator(".fact").count()


class Clicks:
    """A tab that counts what a person clicks, to hold a task to the clicks that it may take."""

    def __init__(self, tab, most: int) -> None:
        self.tab, self.left = tab, most

    def __call__(self, locator) -> None:
        self.left -= 1
        assert self.left >= 0, "it takes more clicks than it may"
        locator.click()


def test_a_false_event_is_dropped_in_three_clicks(tab):
    tab.goto("/events?type=RETREAT")
    click, before = Clicks(tab, 3), tab.locator(".fact").count()
    click(tab.locator(".fact a.words").first)
    click(tab.get_by_text("Is this right?"))
    click(tab.get_by_role("button", name="Wrong"))
    assert "Marked as wrong" in tab.locator(".note").inner_text()
    tab.goto("/events?type=RETREAT")
    assert tab.locator(".fact").count() == before - 1
    tab.goto("/history")
    tab.get_by_role("button", name="Undo").first.click()


def test_the_chronology_is_taken_along_as_a_document_in_three_clicks(tab):
    from docx import Document

    tab.goto("/")
    click = Clicks(tab, 3)
    click(tab.get_by_text("Export", exact=True))
    with tab.expect_download() as waiting:
        click(tab.get_by_role("link", name="Word text (docx)").first)
    written = "\n".join(p.text for p in Document(waiting.value.path()).paragraphs)
    assert "September 2023" in written and "Azerbaijan halted its offensive" in written


def test_what_came_in_with_three_articles_is_told_in_four_clicks(tab, tmp_path):
    texts = ("Chile and Peru signed a trade agreement in Lima on 3 May 2024.",
             "The Peruvian foreign minister arrived in Santiago on 7 May 2024 for talks.",
             "Chile will open the border crossing near Tacna by 1 August 2024.")  # fmt: skip
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.txt").write_text(
            f"Trade in the south {n}\n\n{text} The ministry said so.\n", "utf-8"
        )
    tab.goto("/add")
    click = Clicks(tab, 4)
    tab.locator("input[type=file]").set_input_files(sorted(tmp_path.glob("*.txt")))
    click(tab.get_by_role("button", name="Read"))
    tab.get_by_text("What came of the last reading").wait_for(timeout=300_000)
    assert "3 articles" in tab.locator(".news").inner_text()
    click(tab.locator(".news").get_by_role("link", name="What is new"))
    assert tab.locator("main td a", has_text="Trade in the south").count() == 3


def test_an_actors_lines_of_a_month_are_of_that_month_in_one_click(tab):
    tab.goto("/")
    click = Clicks(tab, 1)
    tab.get_by_role("combobox", name="Who").fill("Azerbaijan")
    tab.get_by_role("textbox", name="From").fill("2023-09-01")
    tab.get_by_role("textbox", name="To").fill("2023-09-30")
    click(tab.locator("form.filters").get_by_role("button", name="Show"))
    months = tab.locator(".chapter > h2").all_inner_texts()
    assert months == ["September 2023"] and tab.locator(".entry").count() > 2


def test_all_statements_of_a_person_in_two_clicks(tab):
    tab.goto("/")
    click = Clicks(tab, 2)
    click(tab.get_by_role("link", name="Said and disputed"))
    tab.get_by_role("combobox", name="Who").fill("Nikol Pashinyan")
    click(tab.locator("form.filters").get_by_role("button", name="Show"))
    speakers = tab.locator(".fact .line a").all_inner_texts()
    assert len(speakers) >= 5 and set(speakers) == {"Nikol Pashinyan"}


def test_a_denial_is_told_as_one(tab):
    tab.goto("/facts/statement")
    denied = tab.locator(".fact", has_text="it had struck civilian targets").first
    assert "denies" in denied.locator(".line").inner_text()


def test_the_first_visit_explains_itself_until_it_is_understood(tab):
    tab.goto("/")
    assert tab.locator(".welcome").is_visible()
    tab.get_by_role("button", name="Understood").click()
    tab.reload()
    assert not tab.locator(".welcome").is_visible()


def test_a_day_is_set_right_as_people_write_it_and_taken_back(tab):
    tab.goto("/events?type=RETREAT")
    click = Clicks(tab, 4)
    click(tab.locator(".fact", has=tab.locator(".day", has_text="12 Jun 2024")).first.locator("a.words"))
    here = tab.url
    click(tab.get_by_text("Is this right?"))
    tab.locator("input[name=when]:visible").fill("13/06/2024")
    click(tab.get_by_role("button", name="Set right"))
    assert "13 June 2024" in tab.locator("main").inner_text()
    click(tab.get_by_role("button", name="Yes, keep it"))
    assert "13 Jun 2024" in tab.locator("aside .day").first.inner_text()
    assert tab.locator(".note").is_visible()
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert "12 Jun 2024" in tab.locator("aside .day").first.inner_text() and tab.url == here


def test_no_menu_is_cut_on_a_telephone(chrome, address):
    page = chrome.new_context(base_url=address, viewport={"width": 390, "height": 844}).new_page()
    page.goto("/timeline")
    page.locator(".export summary").click()
    for part in (".export > div", "header nav"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, part


def asked(tab) -> list[str]:
    return tab.locator(".waiting").evaluate_all("all => all.map((one) => one.dataset.ask)")


def test_two_tellings_are_kept_apart_read_again_and_undone(tab, case):
    tab.goto("/decide?what=event")
    before = asked(tab)
    assert tab.locator(".waiting").first.locator(".telling .words").count() == 2
    with tab.expect_navigation():
        tab.keyboard.press("n")
    assert before[0] not in asked(tab)
    subprocess.run([*PROGRAM, "read", EXAMPLE, "--case", case, "-q"], check=True)
    tab.reload()
    assert before[0] not in asked(tab), "the answer outlives reading again"
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert asked(tab) == before
    events = tab.request.get("/api/records/event?limit=1").json()["total"]
    with tab.expect_navigation():
        tab.keyboard.press("y")
    assert tab.request.get("/api/records/event?limit=1").json()["total"] == events - 1
    with tab.expect_navigation():
        tab.keyboard.press("u")


def test_later_is_remembered_until_the_tab_is_closed(tab):
    tab.goto("/decide?what=event")
    before = asked(tab)
    tab.keyboard.press("l")
    assert asked(tab) == [*before[1:], before[0]]
    tab.reload()
    assert asked(tab) == [*before[1:], before[0]]


def pages_of_records(page) -> list[str]:
    """A reader with a chosen fact, a copy, the copy beside its original, an actor, a place, a pair."""
    event = page.request.get("/api/records/event?limit=1").json()["records"][0]
    articles = page.request.get("/api/records/article").json()["records"]
    copy = next(a for a in articles if a["copies_of"])
    one, other = (a["id"] for a in page.request.get("/api/actors?limit=2").json())
    place = page.request.get("/api/records/place?limit=1").json()["records"][0]["id"]
    return [
        f"/articles/{event['evidence'][0]['article']}?fact={event['id']}",
        f"/articles/{copy['id']}",
        f"/beside?a={copy['id']}&b={copy['copies_of']}",
        f"/actors/{one}",
        f"/actors/{place}",
        f"/relations?a={one}&b={other}",
    ]


def test_see_what_changed_between_two_days(tab):
    tab.goto("/changes?start=2023-10-01&end=2024-06-30")
    assert tab.locator(".change.is-new").count() > 5
    revised = tab.locator(".change.is-revised").first
    assert "before:" in revised.inner_text()


def test_a_copy_is_read_beside_its_original(tab):
    tab.goto(next(p for p in pages_of_records(tab) if p.startswith("/articles/") and "?" not in p))
    tab.get_by_role("link", name="beside each other").first.click()
    assert tab.locator("ins").count() and tab.locator("del").count()
    assert tab.locator(".pair").count() > 1


def test_no_page_is_wider_than_a_telephone(chrome, address):
    page = chrome.new_context(base_url=address, viewport={"width": 360, "height": 740}).new_page()
    wide = []
    for where in [*PAGES, *pages_of_records(page)]:
        page.goto(where)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(where)
    assert not wide


def test_axe_finds_no_violation(chrome, address):
    page = chrome.new_context(base_url=address).new_page()
    found = []
    for where in [*PAGES, *pages_of_records(page)]:
        page.goto(where)
        found += [(where, *broken) for broken in axe_finds(page)]
    assert not found


EVIL = """<p id="out">waiting</p>
<form id="f" method="post" action="ADDRESS/undo"><input name="back" value="/"></form>
<script>
const out = (text) => { document.getElementById("out").textContent = text; };
fetch("ADDRESS/api/actors").then((r) => r.text()).then((t) => out("read " + t.length), () => out("refused"));
</script>"""


def test_another_site_can_neither_read_nor_change_the_case(chrome, address, tmp_path):
    """A page served from another origin tries what a hostile page would."""
    (tmp_path / "evil.html").write_text(EVIL.replace("ADDRESS", address), encoding="utf-8")
    evil = subprocess.Popen(
        [sys.executable, "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONUNBUFFERED": "1"},
    )
    try:
        port = evil.stdout.readline().split(" port ")[1].split()[0]
        page = chrome.new_page()
        page.goto(f"http://127.0.0.1:{port}/evil.html")
        page.wait_for_function("document.getElementById('out').textContent !== 'waiting'")
        assert page.inner_text("#out") == "refused"
        page.evaluate("document.getElementById('f').submit()")
        page.wait_for_url(f"{address}/undo")
        assert "only from the pages of this workbench" in page.inner_text("body")
    finally:
        evil.terminate()
        evil.wait(10)
