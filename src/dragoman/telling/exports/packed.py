"""Zip files whose bytes depend on what is in them alone: no clock, no order of a dictionary."""

from __future__ import annotations

import zipfile
from io import BytesIO

_DAY = (2000, 1, 1, 0, 0, 0)


def packed_anew(content: bytes, first: str = "") -> bytes:
    """The same files with one date for all, in the order of their names; `first` is put first and not compressed.

    OpenDocument wants its `mimetype` so.
    """
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != first, n)):
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
