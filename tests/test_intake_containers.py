"""Documents, archives, books, mails and what is attached to them; names of files; bounds on all of it."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from compound import outlook_mail
from dragoman.intake import gather
from dragoman.intake.headers import BoundedHeaders
from dragoman.intake.limits import ATTRIBUTES, CONTAINER_DEPTH, HEADER_CHARS
from dragoman.intake.markup import within_bounds
from dragoman.intake.names import shown
from dragoman.intake.packed import part_name
from dragoman.intake.wording import fold
from dragoman.model import Article, SetAside
from hostile_files import PAGE, A, B, C, docx, epub, mail, mail_with, odt, pdf, rtf, tarred, zipped

RU = "Экипажи портовых паромов прекратили работу в понедельник."


def met(folder: Path, name: str, data: bytes | str) -> tuple[list[Article], list[SetAside]]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = list(gather([path]))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, SetAside)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx([A, RU, B])),
        ("a.odt", odt([A, RU, B])),
        ("a.rtf", rtf([A, RU, B])),
        ("a.doc", rtf([A, RU, B])),
        ("a.doc", docx([A, RU, B])),
    ],
    ids=["docx", "odt", "rtf", "rtf named doc", "docx named doc"],
)
def test_documents(tmp_path: Path, name: str, data: bytes) -> None:
    (article,), aside = met(tmp_path, name, data)
    assert not aside
    assert article.text.split("\n\n") == [A, RU, B]
    assert article.published is None


def test_tables_and_copies_for_old_programs_in_a_document(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph(A)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = B, C
    out = io.BytesIO()
    document.save(out)
    (article,), _ = met(tmp_path, "a.docx", out.getvalue())
    assert article.text.split("\n\n") == [A, B, C]


def test_a_book(tmp_path: Path) -> None:
    second = PAGE.replace("Ferry crews stop work", "Owners answer the crews").replace("Monday", "Friday")
    data = epub({"a.xhtml": PAGE, "../../b.xhtml": second, "cover.xhtml": "<html><body></body></html>"})
    articles, aside = met(tmp_path, "a.epub", data)
    assert [a.title for a in articles] == ["Ferry crews stop work"]
    assert [a.outlet for a in articles] == ["Harbour Monthly"]
    assert [a.published.start for a in articles if a.published] == ["2024-06-12"]
    assert len(aside) == 2


FILES: dict[str, bytes] = {
    "a.txt": A.encode(),
    "in/b.html": PAGE.encode(),
    "c.mp4": b"x",
    ".d.txt": b"x",
    "e.txt": b"",
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(dict(FILES))),
        ("a.tar", tarred(FILES)),
        ("a.tgz", gzip.compress(tarred(FILES))),
        ("a.tar.bz2", bz2.compress(tarred(FILES))),
    ],
)
def test_archives(tmp_path: Path, name: str, data: bytes) -> None:
    articles, aside = met(tmp_path, name, data)
    path = str(tmp_path / name)
    assert [a.path for a in articles] == [f"{path}#a.txt", f"{path}#in/b.html"]
    assert {a.path.partition("#")[2]: a.reason for a in aside} == {
        "c.mp4": "is a sound or film recording (.mp4)",
        ".d.txt": "is hidden",
        "e.txt": "is empty",
    }


def test_no_path_leaves_an_archive(tmp_path: Path) -> None:
    names = ("../../up.txt", "/root.txt", "C:\\x\\..\\y.txt", "\x1b[31mred.txt", "a/./../b.txt")
    articles, _ = met(tmp_path, "a.zip", zipped({name: f"{A} {name!r}" for name in names}))
    assert len(articles) == len(names)
    assert all(".." not in a.path and "\x1b" not in a.path for a in articles)
    assert (
        sorted(p.name for p in tmp_path.parent.iterdir()) == [tmp_path.name]
        or not (tmp_path.parent / "up.txt").exists()
    )
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind, name in (
            (tarfile.SYMTYPE, "s.txt"),
            (tarfile.LNKTYPE, "l.txt"),
            (tarfile.FIFOTYPE, "f.txt"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    articles, aside = met(tmp_path, "b.tar", out.getvalue())
    assert not articles
    assert [a.reason for a in aside] == ["is a link or a device, not a file"] * 3


def test_bombs_in_archives(tmp_path: Path) -> None:
    _, (aside,) = met(tmp_path, "ratio.zip", zipped({"a.txt": b"a" * 9_000_000}))
    assert "times its size" in aside.reason
    inner = zipped({"a.txt": A})
    for _ in range(CONTAINER_DEPTH + 1):
        inner = zipped({"a.zip": inner})
    articles, (aside,) = met(tmp_path, "deep.zip", inner)
    assert not articles
    assert "containers deep" in aside.reason
    listed = bytearray(zipped({"a.txt": A}))
    at = listed.rfind(b"PK\x05\x06")
    listed[at + 12 : at + 16] = struct.pack("<I", 0x7FFFFFFF)
    _, (aside,) = met(tmp_path, "list.zip", bytes(listed))
    assert "lists more than" in aside.reason
    _, aside_tar = met(tmp_path, "a.tar.gz", gzip.compress(tarred({"a.txt": b"\0" * 99_000_000})))
    assert any("larger than" in a.reason or "times its size" in a.reason for a in aside_tar)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", A)
    _, (aside,) = met(tmp_path, "lzma.zip", out.getvalue())
    assert "packed in a way" in aside.reason


def test_entities_in_documents(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(docx([A]))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + files["word/document.xml"]
    _, (aside,) = met(tmp_path, "a.docx", zipped(dict(files)))
    assert "declares entities" in aside.reason


@pytest.mark.parametrize("name", ["2019-01-02 report.txt", "20190102.docx"])
def test_attached_files_have_no_day_of_their_names(tmp_path: Path, name: str) -> None:
    data = docx([B]) if name.endswith("docx") else B.encode()
    (text, attached), aside = met(tmp_path, "a.eml", mail_with({name: data, "v.mp4": b"x"}))
    assert text.published is not None and text.published.start == "2025-05-14"
    assert attached.text == B
    assert attached.path.endswith(f"#1/{name}")
    assert attached.published is not None
    assert (attached.published.start, attached.published.end) == (None, "2025-05-14")
    assert [a.reason for a in aside] == ["is a sound or film recording (.mp4)"]


FORWARDS = [
    ("From: B <b@x.example>\nDate: Mon, 3 Mar 2025 09:00:00 +0000\nSubject: Crews\nTo: Ann\n\n" + A, A),
    ("From: B\nSent: Monday, March 3, 2025 9:00 AM\nTo: Ann\nSubject: Crews\n\n" + A, A),
    ("De : B\nEnvoyé : lundi 3 mars 2025 09:00\nÀ : Ann\nObjet : Bacs\n\n" + A, A),
    ("От: Борис\nДата: пн, 3 мар. 2025 г. в 09:00\nТема: Паромы\nКому: Анна\n\n" + RU, RU),
]


@pytest.mark.parametrize(("text", "kept"), FORWARDS)
def test_a_mail_sent_on_has_its_own_day(tmp_path: Path, text: str, kept: str) -> None:
    (article,), _ = met(tmp_path, "a.eml", mail(text, subject="Fwd: Crews"))
    assert kept in article.text
    assert article.published is not None
    assert article.published.start == article.published.end == "2025-03-03"


def test_a_mail_within_a_mail(tmp_path: Path) -> None:
    inner = mail(B).replace("14 May 2025", "3 Mar 2025")
    head = f"Date: Wed, 14 May 2025 10:00:00 +0000\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n{A}\n"
    data = f"{head}--x\nContent-Type: message/rfc822\n\n{inner}\n--x--\n"
    articles, aside = met(tmp_path, "a.eml", data)
    assert not aside
    assert [(a.text, a.published.start if a.published else None) for a in articles] == [
        (A, "2025-05-14"),
        (B, "2025-03-03"),
    ]


def test_a_mailbox_and_a_mail_of_outlook(tmp_path: Path) -> None:
    box = "".join(f"From a@x.example\n{mail(text)}\n" for text in (A, f"{B}\n\n>From here on it is quoted."))
    articles, _ = met(tmp_path, "a.mbox", box)
    assert [a.path.partition("#")[2] for a in articles] == ["1", "2"]
    assert "From here on" in articles[1].text
    headers = "Date: Wed, 14 May 2025 10:00:00 +0000\r\n"
    articles, _ = met(tmp_path, "a.msg", outlook_mail("Ferry crews", A, headers, {"a.txt": B.encode()}))
    assert [a.text.strip() for a in articles] == [A, B]
    assert articles[0].title == "Ferry crews"
    assert articles[0].published is not None and articles[0].published.start == "2025-05-14"


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
def test_subjects_in_bytes_that_are_not_marked(tmp_path: Path, charset: str) -> None:
    head = (
        b"Subject: "
        + "Паромы стоят".encode(charset)
        + f"\nContent-Type: text/html; charset={charset}\n\n".encode()
    )
    (article,), _ = met(tmp_path, "a.eml", head + f"<p>{RU}</p>".encode(charset))
    assert article.title == "Паромы стоят"


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?Cr=C3=A9?= =?utf-8?b?dw==?=", "Créw"),
        ("=?utf-8?b?0J/QsNGA?= =?utf-8?b?0L7QvNGL?=", "Паромы"),
        ("=?utf-8?b?0J/QsNGA0A==?= =?utf-8?b?vtC80Ys=?=", "Паромы"),
        ("=?unicode_escape?q?=5Cu0041?=", "\\u0041"),
        ("a =?utf-8?q?b?= c", "a b c"),
    ],
)
def test_encoded_words(tmp_path: Path, subject: str, title: str) -> None:
    (article,), _ = met(tmp_path, "a.eml", mail(subject=subject))
    assert article.title == title


def test_headers_are_cut_before_they_are_parsed() -> None:
    policy = BoundedHeaders()
    name, value = policy.header_source_parse(["Subject: " + "=?utf-8?q?word?= " * 20_000])
    assert name == "Subject"
    assert len(value) == HEADER_CHARS


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(ATTRIBUTES + 9)) + ">",
        "<p " + " ".join(f'a{n}=">"' for n in range(ATTRIBUTES + 9)) + ">",
        "<p/" + "/".join(f"a{n}" for n in range(ATTRIBUTES + 9)) + "/>",
        "<p " + " ".join(f"<a{n}" for n in range(ATTRIBUTES + 9)),
    ],
)
def test_an_element_of_too_many_attributes_loses_them(tag: str) -> None:
    assert within_bounds(f"<div class='x'>{tag}") == "<div class='x'><p>"


@pytest.mark.parametrize(
    "markup",
    [
        PAGE,
        "<p data-x='" + "a b / c=d " * 999 + "'>text</p>",
        "<script>for (i=0;i<n;i++) {" + "a b " * 999 + "}</script><p>text</p>",
        "<p>1 < 2 and " + "word " * 999 + "</p>",
        "<a",
    ],
)
def test_other_markup_is_left_as_it_is(markup: str) -> None:
    assert within_bounds(markup) == markup


def test_every_thing_met_is_named(tmp_path: Path) -> None:
    kinds = [".doc", ".csv", ".jpg", ".png", ".mp4", ".xyz", ".7z", ".json"]
    for kind in kinds:
        (tmp_path / f"a{kind}").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    for name in ("README.md", ".hidden", "noending", "empty.txt"):
        (tmp_path / name).touch()
    found = list(gather([tmp_path]))
    assert sorted(Path(x.path).name for x in found) == sorted(p.name for p in tmp_path.iterdir())
    reasons = {Path(x.path).name: x.reason for x in found if isinstance(x, SetAside)}
    assert reasons["a.jpg"].startswith("no text: needs OCR")
    assert reasons["empty.txt"] == "is empty"
    assert reasons["a.csv"] == "is a table (.csv)"
    assert len(reasons) == len(found)


def test_scanned_pages_need_recognition(tmp_path: Path) -> None:
    _, (aside,) = met(tmp_path, "a.pdf", pdf([]))
    assert aside.reason.startswith("no text: needs OCR")


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(A, encoding="utf-8")
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123  a name of bytes
        file.write(B.encode())
    _, second = gather([tmp_path])
    assert isinstance(second, Article)
    assert second.path == f"{tmp_path}/caf\\xe9.txt"
    assert second.text == B


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a b.txt", "a b.txt"),
        ("Гавань.txt", "Гавань.txt"),
        ("caf\udce9.txt", "caf\\xe9.txt"),
        ("\ud800.txt", "\\ud800.txt"),
        ("\x1b[31m\n.txt", "\\x1b[31m\\n.txt"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
    ],
)
def test_names_as_they_are_shown(name: str, wanted: str) -> None:
    assert shown(name) == wanted
    assert part_name(f"../{name}") == wanted


def test_links_out_of_the_folder_are_set_aside(tmp_path: Path) -> None:
    outside, folder = tmp_path / "out", tmp_path / "in"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text(A, encoding="utf-8")
    (folder / "b.txt").write_text(B, encoding="utf-8")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "proc").symlink_to("/proc")
    (folder / "same.txt").symlink_to(folder / "b.txt")
    found = list(gather([folder]))
    assert {x.text for x in found if isinstance(x, Article)} == {B}
    aside = {Path(x.path).name: x.reason for x in found if isinstance(x, SetAside)}
    assert aside == dict.fromkeys(("file.txt", "folder", "proc"), "is a link out of the folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_put_in_the_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(A, encoding="utf-8")
    found = gather([tmp_path])
    next(found)
    (tmp_path / "b.txt").unlink()
    os.mkfifo(tmp_path / "b.txt")
    assert list(found)[-1].path == str(tmp_path / "b.txt")
    (folder := tmp_path / "c").mkdir()
    (folder / "a.txt").write_text(A, encoding="utf-8")
    (folder / "b.txt").write_text(A, encoding="utf-8")
    found = gather([folder])
    next(found)
    (folder / "b.txt").unlink()
    (folder / "b.txt").symlink_to("/etc/passwd")
    (last,) = found
    assert isinstance(last, SetAside)


def test_a_feed_that_is_a_name_of_a_file_does_not_open_it(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(
        "<rss><channel><item><description>x</description></item></channel></rss>"
    )
    _, (aside,) = met(tmp_path, "a.rss", str(tmp_path / "secret.xml"))
    assert "no feed" in aside.reason or "no RSS" in aside.reason


@pytest.mark.parametrize("asked", [True, False])
def test_pictures_go_to_recognition_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    """A stand-in for Tesseract, which machines that run this test seldom have."""
    tool = tmp_path / "bin" / "tesseract"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ncase $1 in --list-langs) echo eng;; *) cat >/dev/null; echo '{A}';; esac\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    (found,) = gather([tmp_path / "a.png"], ocr=asked)
    if asked:
        assert isinstance(found, Article)
        assert found.text == A
    else:
        assert isinstance(found, SetAside)
        assert found.reason == "no text: needs OCR (a picture)"
        assert "--ocr" in found.hint


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("[" * 99_999 + " a", "[" * 99_999 + " a"),
        ("«A»" + "!" * 99_999, "a"),
        ("...", ""),
        ("(c) x]", "(c) x]"),
    ],
)
def test_runs_of_signs_are_folded_in_one_pass(line: str, folded: str) -> None:
    assert fold(line) == folded
