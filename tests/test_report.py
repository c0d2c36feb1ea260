"""The report page: right in a real browser, and safe whatever an article says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dragoman.telling.wording import days, value

DAYS = [
    ({"start": "2024-06-12", "end": "2024-06-12"}, "2024-06-12"),
    ({"start": "2024-04-11", "end": "2024-04-20"}, "2024-04-11/20"),
    ({"start": "2023-09-01", "end": "2023-09-30"}, "2023-09"),
    ({"start": "2020-09-01", "end": "2020-11-30"}, "2020-09/11"),
    ({"start": "2020-11-01", "end": "2021-02-28"}, "2020-11/2021-02"),
    ({"start": "2024-02-01", "end": "2024-02-29"}, "2024-02"),
    ({"start": "2022-01-01", "end": "2022-12-31"}, "2022"),
    ({"start": "1990-01-01", "end": "1999-12-31"}, "1990/1999"),
    ({"start": "2024-05-30", "end": "2024-06-02"}, "2024-05-30/06-02"),
    ({"start": "2003-01-01", "end": None}, "from 2003-01-01"),
    ({"start": None, "end": "1991-12-31"}, "until 1991-12-31"),
    ({"start": None, "end": None}, "undated"),
    (None, "undated"),
]

VALUES = [
    ({"low": 2000, "high": 2000, "unit": "people", "approx": True}, "~2,000 people"),
    ({"low": 50, "high": None, "unit": "km2", "approx": False}, "at least 50 km2"),
    ({"low": None, "high": 9, "unit": None, "approx": False}, "at most 9"),
    ({"low": 30, "high": 40, "unit": "people", "approx": False}, "30 to 40 people"),
    ({"low": 12.7, "high": 12.7, "unit": "km", "approx": False}, "12.7 km"),
]


@pytest.mark.parametrize(("when", "said"), DAYS)
def test_days_are_told_briefly(when, said):
    assert days(when) == said


@pytest.mark.parametrize(("figure", "said"), VALUES)
def test_values_are_told_with_their_bounds(figure, said):
    assert value(figure) == said


HOSTILE = """Chile and Peru met in Lima on 3 May 2023. </script><script>document.title='owned'</script>
<img src=x onerror="document.title='owned'"> "The minister said the talks were useful," an official said.
\u202eetirw sdrawkcab\u202c 𐍈𐍈𐍈 Peru signed an agreement with Chile on 4 May 2023."""


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """A report on two articles, one of them hostile, made by the commands as a user runs them."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("report")
    (folder / "in").mkdir()
    (folder / "in" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "in" / "plain.txt").write_text(
        "The president of Chile visited Bolivia on 7 June 2023. He met the Bolivian president in La Paz.\n",
        encoding="utf-8",
    )
    program = [sys.executable, "-m", "dragoman.cli"]
    subprocess.run([*program, "read", folder / "in", "--case", folder / "x.case", "-q"], check=True)
    subprocess.run([*program, "report", folder / "x.case", "-o", folder / "report.html"], check=True)
    return folder / "report.html"


def test_the_page_asks_nothing_of_any_host(page):
    html = page.read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html.split('id="data"')[0])
    assert "<script>document.title" not in html


@pytest.fixture(scope="module")
def browser():
    """A real Chromium, or a skip that says how to get one."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        pytest.skip("no Chromium found; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield running
        running.close()


@pytest.mark.browser
def test_a_click_on_a_fact_shows_its_sentence_in_its_article(page, browser):
    tab = browser.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.goto(page.as_uri())
    tab.click('.tab[data-tab="timeline"]')
    fact = tab.locator("#timeline .fact", has_text="visited Bolivia").first
    fact.locator("button").click()
    marked = tab.locator("#reader mark").all_inner_texts()
    assert "visited Bolivia on 7 June 2023" in " ".join("".join(marked).split())
    assert fact.locator("button").get_attribute("aria-current") == "true"
    assert tab.locator("#reader .f-who").count() >= 1
    tab.fill("#filter", "nothing-has-this-word")
    assert tab.locator("#timeline .fact:visible").count() == 0
    assert not errors


@pytest.mark.browser
def test_markup_of_an_article_never_comes_alive(page, browser):
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.click('.tab[data-tab="articles"]')
    tab.click("#articles button >> nth=0")
    tab.click("#articles button >> nth=1")
    assert "owned" not in tab.title()
    assert tab.locator("#reader img, #reader script").count() == 0


@pytest.mark.browser
def test_marks_hold_where_letters_take_two_code_units(page, browser):
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.click('.tab[data-tab="timeline"]')
    fact = tab.locator("#timeline .fact", has_text="signed an agreement").first
    fact.locator("button").click()
    marked = " ".join("".join(tab.locator("#reader mark").all_inner_texts()).split())
    assert marked.endswith("Peru signed an agreement with Chile on 4 May 2023.")
