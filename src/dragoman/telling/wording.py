"""Records in a few words, for lines on a terminal and in the report."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

Record = dict[str, Any]


def days(when: dict[str, Any] | None) -> str:
    """A stretch as briefly as it can be told: `2024-06-12`, `2024-04-11/20`, `2023-09`, `1990/1999`,
    `from 2023-09-01`, `until 1991`; `undated` where nothing is known."""
    start, end = (when or {}).get("start"), (when or {}).get("end")
    if start and end:
        return _stretch(start, end)
    if start:
        return f"from {start}"
    if end:
        return f"until {end}"
    return "undated"


def _stretch(start: str, end: str) -> str:
    if start == end:
        return start
    (y1, m1, d1), (y2, m2, d2) = start.split("-"), end.split("-")
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return y1 if y1 == y2 else f"{y1}/{y2}"
    if d1 == "01" and int(d2) == monthrange(int(y2), int(m2))[1]:
        first, last = f"{y1}-{m1}", f"{y2}-{m2}"
        return first if first == last else f"{first}/{last if y1 != y2 else m2}"
    if (y1, m1) == (y2, m2):
        return f"{start}/{d2}"
    return f"{start}/{end if y1 != y2 else f'{m2}-{d2}'}"


def value(figure: dict[str, Any]) -> str:
    """A figure with its bounds: `~2,000 people`, `at least 50 km2`, `30 to 40 people`; its own words where it says
    only the order: `thousands of people`."""
    if figure.get("words"):
        return str(figure["words"])
    low, high, unit = figure.get("low"), figure.get("high"), figure.get("unit") or ""
    about = "~" if figure.get("approx") else ""
    if low is not None and high is not None:
        amount = f"{about}{_number(low)}" if low == high else f"{about}{_number(low)} to {_number(high)}"
    elif low is not None:
        amount = f"at least {about}{_number(low)}"
    elif high is not None:
        amount = f"at most {about}{_number(high)}"
    else:
        amount = "unknown"
    if low == high == 1:
        unit = ONE.get(unit, unit)
    return f"{amount} {unit}".strip()


ONE = {
    "people": "person",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
}
"""Units of which there is one."""


def of_what(figure: Record, name: str) -> str:
    """What a figure counts, by its name; "" where the unit says it already."""
    return "" if not name or name.casefold() == (figure.get("unit") or "").casefold() else name


def figure_line(figure: Record, book: NameBook) -> str:
    """`at least 100,000 people, Armenians`."""
    name = of_what(figure, book.name(figure["about"]))
    return f"{value(figure)}, {name}" if name else value(figure)


def _number(amount: float) -> str:
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,}"


class NameBook:
    """Actor and place ids -> names; an id that no record has is shown as it is."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self._names = {r["id"]: r["name"] for r in records}

    def name(self, ref: str | None) -> str:
        return self._names.get(ref, ref) if ref else ""

    def names(self, refs: list[str]) -> str:
        return ", ".join(self.name(ref) for ref in refs)


ROLES = ("who", "whom", "by", "to", "speaker", "subject", "object", "place")
"""Fields that hold ids of actors or places, or words where none is known."""


def refs_of(record: Record) -> list[str]:
    """What the fields of a record name."""
    held = [record.get(role) or [] for role in (*ROLES, *(("about",) if record["kind"] == "figure" else ()))]
    return [ref for some in held for ref in ([some] if isinstance(some, str) else some)]


def event_line(event: dict[str, Any], book: NameBook) -> str:
    """`Chile: CONSULT/visit > Bolivia, in La Paz (planned)`."""
    code = event["type"] + (f"/{event['mode']}" if event.get("mode") else "")
    line = f"{book.names(event['who']) or '?'}: {code}"
    if event["whom"]:
        line += f" > {book.names(event['whom'])}"
    if event.get("place"):
        line += f", in {book.name(event['place'])}"
    if event["status"] != "happened":
        line += f" ({event['status']})"
    return line


def state_line(state: Record, book: NameBook) -> str:
    """`deployment: Russia, peacekeepers, in Nagorno-Karabakh`."""
    parts = [book.name(state["subject"]), book.name(state["object"]), state["value"] or ""]
    line = f"{state['type']}: " + ", ".join(p for p in parts if p)
    return f"{line}, in {book.name(state['place'])}" if state["place"] else line


def commitment_line(commitment: Record, book: NameBook) -> str:
    """`Azerbaijan to European Union: double its gas exports`."""
    sides = book.names(commitment["by"]) or "?"
    if commitment["to"]:
        sides += f" to {book.names(commitment['to'])}"
    line = f"{sides}: {' '.join(commitment['what'].split())}"
    return f"{line} (replaced by a later plan)" if commitment.get("replaced_by") else line


def source_of(article: Record) -> str:
    """Outlet, wire or file: whichever is known first."""
    name: str = article["outlet"] or article["wire"] or article["path"].rsplit("/", 1)[-1]
    return name


def title_of(article: Record) -> str:
    """Its headline, or its first words where it has none."""
    title: str | None = article["title"]
    if title:
        return title
    words = " ".join(article["text"][:200].split())
    return words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"


def evidence_of(record: Record) -> list[Record]:
    """Evidence of a fact; for a dispute that of all its claims."""
    found: list[Record] = record.get("evidence") or [
        e for c in record.get("claims", []) for e in c["evidence"]
    ]
    return found


def brief(record: Record, book: NameBook) -> str:
    """Any record in one line, its days first where it has some."""
    match record["kind"]:
        case "event":
            return f"{days(record['when'])}  {event_line(record, book)}"
        case "statement":
            speaker = book.name(record["speaker"]) or record["speaker_text"] or "unnamed"
            return f"{days(record['when'])}  {speaker}: {' '.join(record['content'].split())}"
        case "figure":
            return f"{record['measure']}: {figure_line(record, book)}"
        case "state":
            return f"{days(record['valid'])}  {state_line(record, book)}"
        case "commitment":
            return f"due {days(record['due'])}  {commitment_line(record, book)} ({record['outcome']})"
        case "dispute":
            return f"{record['about']}: " + " / ".join(c["value"] for c in record["claims"])
        case "article" | "storyline":
            return str(record["title"])
    return str(record["name"])
