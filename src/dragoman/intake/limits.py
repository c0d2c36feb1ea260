"""How much of a hostile input is looked at. Each bound is told to the user where it is met."""

from __future__ import annotations

FILE_BYTES = 32 * 1024 * 1024
"""Most bytes of a file that holds one article, of one record of an archive, of one line of JSON Lines."""

ARTICLE_CHARS = 2_000_000
"""Most code points of one article's text; the longest novels are about this long."""

PAGE_CHARS = 8_000_000
"""Most code points of a page's markup."""

PAGE_ELEMENTS = 60_000
"""Most elements of a page. Extraction takes about a second for every 10,000; news pages have 500 to 6,000."""

PAGE_DEPTH = 250
"""Deepest nesting of a page's elements; the parser itself stops at 256."""

PDF_PAGES = 400

ARCHIVE_RATIO = 300
"""Most bytes that one compressed byte of an archive may become. Text gives 3 to 10, dull pages up to 60."""

ARCHIVE_FREE_BYTES = 64 * 1024 * 1024
"""Decompressed bytes of an archive that are read whatever the ratio."""

ARCHIVE_RESTARTS = 50
"""Most breaks in one archive after which reading goes on."""

CONTAINER_DEPTH = 4
"""Most containers within each other: an archive in a mail in an archive ..."""

CONTAINER_PARTS = 20_000
"""Most files that are taken out of one container and those in it."""

CONTAINER_BYTES = 1024 * 1024 * 1024
"""Most bytes that are unpacked from one container and those in it."""

CONTAINER_INDEX_BYTES = 4 * 1024 * 1024
"""Most bytes of a ZIP archive's list of files; about 50,000 names."""

DOCUMENT_BYTES = 16 * 1024 * 1024
"""Most bytes of a document's text part, which is read whole by slow readers."""

HEADER_CHARS = 8_000
"""Most code points of one header of a mail that are looked at; more are cut off."""

HEADER_WORDS = 200
"""Most encoded words of a header that are decoded."""

ATTRIBUTES = 400
"""Most attributes of one element; markup with more keeps the element without them."""

FEED_BYTES = 16 * 1024 * 1024

FOLDER_DEPTH = 64
"""Deepest nesting of folders that is walked."""

HEAD_LINES = 40
"""Lines at the top of a text that may be a heading: banner, outlet, date, title."""


def in_mb(count: int) -> str:
    """A number of bytes for a message: `32 MB`."""
    return f"{count / (1024 * 1024):.0f} MB"
