"""TIMEX3 values of what has no place in the calendar: durations, sets, and dates that nothing settles."""

from __future__ import annotations

from dragoman.reading.times.spot import Spotted

_UNIT_CODES = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "weekend": "WE",
    "month": "M", "quarter": "Q", "half": "M", "season": "M", "year": "Y", "decade": "Y", "century": "Y",
    "millennium": "Y",
}  # fmt: skip
_TIMES_UNIT = {"fortnight": 2, "half": 6, "season": 3, "decade": 10, "century": 100, "millennium": 1000}


def duration_value(count: float | None, unit: str) -> str:
    """`P3D`, `PT2H`, `P2Y6M`; `PXD` where the number is not told."""
    code = _UNIT_CODES[unit]
    prefix = "PT" if code.startswith("T") else "P"
    code = code.removeprefix("T")
    if count is None:
        return f"{prefix}X{ {'decade': 'E', 'century': 'C'}.get(unit, code) }".replace(" ", "")
    count *= _TIMES_UNIT.get(unit, 1)
    whole = int(count)
    rest = count - whole
    if not rest:
        return f"{prefix}{whole}{code}"
    smaller = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60), "decade": ("M", 12)}.get(unit)
    if smaller is None:
        return f"{prefix}{count:g}{code}"
    head = f"{whole}{code}" if whole else ""
    return f"{prefix}{head}{round(rest * smaller[1])}{smaller[0]}"


def set_value(one: Spotted) -> str:
    if one.weekday is not None:
        return f"XXXX-WXX-{one.weekday}" + (f"T{one.daypart}" if one.daypart else "")
    if one.month is not None:
        return f"XXXX-{one.month:02d}" + (f"-{one.day:02d}" if one.day else "")
    if one.season is not None:
        return f"XXXX-{one.season}"
    return duration_value(one.count, one.unit or "day")


def open_value(one: Spotted) -> str:
    """The value of a date that nothing settles."""
    if one.kind == "count":
        if one.count is None or one.unit is None:
            return "PAST_REF" if one.direction < 0 else "FUTURE_REF"
        return duration_value(one.count, one.unit)
    if one.month is not None:
        value = f"XXXX-{one.month:02d}" + (f"-{one.day:02d}" if one.day else "")
    elif one.weekday is not None:
        value = f"XXXX-WXX-{one.weekday}"
    elif one.season is not None:
        value = f"XXXX-{one.season}"
    elif one.quarter is not None:
        value = f"XXXX-Q{one.quarter}"
    elif one.half is not None:
        value = f"XXXX-H{one.half}"
    elif one.unit in ("day", "week", "month"):
        value = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}[one.unit]
    else:
        value = "XXXX"
    return with_clock(one, value)


def with_clock(one: Spotted, value: str) -> str:
    if one.hour is not None:
        return f"{value}T{one.hour:02d}:{one.minute or 0:02d}"
    return f"{value}T{one.daypart}" if one.daypart else value
