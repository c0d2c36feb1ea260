"""The kinds of files: which are read, and what the others are called to the user."""

from __future__ import annotations

from pathlib import PurePath

PLAIN = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml")
FEEDS = (".xml", ".rss", ".atom")
ARCHIVES = (".warc", ".warc.gz")
LINES = (".jsonl", ".ndjson", ".jsonl.gz")
ZIPPED = (".txt.gz", ".html.gz", ".htm.gz")
DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".epub")
MAILS = (".eml", ".mbox", ".msg")
PACKED = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2")
KINDS = (*PLAIN, *MARKDOWN, *PAGES, *FEEDS, *ARCHIVES, *LINES, *ZIPPED, *DOCUMENTS, *MAILS, *PACKED, ".pdf")
"""Endings of the files that are read, in small letters."""

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp")
"""Endings of pictures: text recognition may read them, nothing else does."""

_ABOUT = ("readme", "license", "licence", "copying", "changelog")
"""Names of files that speak of a folder and are no articles; named themselves, they are read."""

_TABLE = ("a table", "Save its articles as JSON Lines, one a line.")
_SOUND = ("a sound or film recording", "Have it written down, and read the text.")
_OLD = ("a document of a kind that is not read", "Save it as .docx, .odt, .pdf or .txt.")
_DATA = ("data or a program's file", "Name it itself to read it as text.")
_SQUEEZED = ("an archive of a kind that is not read", "Unpack it, and read the folder.")
_NOT_READ: dict[str, tuple[str, str]] = {
    **dict.fromkeys((".csv", ".tsv", ".xls", ".xlsx", ".ods", ".parquet"), _TABLE),
    **dict.fromkeys(
        (".mp4", ".mov", ".avi", ".mkv", ".webm", ".mp3", ".wav", ".m4a", ".ogg", ".oga", ".flac"), _SOUND
    ),
    **dict.fromkeys((".dot", ".wpd", ".pages", ".ppt", ".pptx", ".odp", ".mobi", ".djvu"), _OLD),
    **dict.fromkeys((".7z", ".rar", ".bz2", ".xz", ".zst", ".gz", ".wacz"), _SQUEEZED),
    **dict.fromkeys(
        (".json", ".yaml", ".yml", ".toml", ".ini", ".log", ".css", ".js", ".svg", ".ico"), _DATA
    ),
    **dict.fromkeys((".case", ".sqlite", ".db", ".exe", ".dll", ".so", ".py", ".pyc", ".sh"), _DATA),
}
NO_TEXT = "no text: needs OCR"
"""The reason that begins so is given to pictures and to scanned pages."""


PROGRAMS = tuple(kind for kind, what in _NOT_READ.items() if what is _DATA)


def named_not_read(name: str) -> tuple[str, str] | None:
    """Why a file that the user named is not read, with a hint; None for one that is at least tried as text."""
    kind = ending(name)
    return None if kind in PROGRAMS or kind not in _NOT_READ else passed_over(f"x{kind}")


def ending(name: str) -> str:
    """The ending of a file's name that says its kind, in small letters: `.tar.gz`, `.docx`; `""` for none."""
    low = name.lower()
    double = next((kind for kind in KINDS if kind.count(".") == 2 and low.endswith(kind)), None)
    return double or PurePath(low).suffix


def passed_over(name: str) -> tuple[str, str] | None:
    """Why a file met in a folder or an archive is not read, with a hint; None for one that is."""
    base = PurePath(name).name
    if base.startswith("."):
        return "is hidden", "Name it itself to read it."
    if base.lower().partition(".")[0] in _ABOUT:
        return "speaks of its folder, and is no article", "Name it itself to read it."
    kind = ending(base)
    if kind in KINDS or kind in PICTURES:
        return None
    if kind in _NOT_READ:
        what, hint = _NOT_READ[kind]
        return f"is {what} ({kind})", hint
    if not kind:
        return "has no ending that says what it is", "Name it itself to read it as text."
    return f"is of a kind that is not read ({kind[:20]})", "Name it itself to read it as text."
