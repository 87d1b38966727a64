"""What is kept of an upload: pictures made anew, documents disarmed, names that are only names."""

from __future__ import annotations

import contextlib
import io
import resource
import zipfile
import zlib

import pikepdf
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pcc_portal.domain.errors import Invalid
from pcc_portal.integrations.storage import images
from pcc_portal.integrations.storage.clean import FILE_LIMIT, clean, prepare, prepare_all
from pcc_portal.integrations.storage.names import clean_name

SCRIPT = b"<script>alert(document.cookie)</script>"


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """A picture whose left half is red."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def a_pdf(**root: object) -> bytes:
    """One empty page, and whatever is put into its catalogue."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name, value in root.items():
        pdf.Root[f"/{name}"] = pdf.make_indirect(value)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def a_docx(**parts: bytes) -> bytes:
    """The least that is a Word document."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", parts.pop("types", b"<Types/>"))
        archive.writestr("word/document.xml", b"<w:document/>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}", content)
    return buffer.getvalue()


def a_pdf_bomb(megabytes: int, layers: int) -> bytes:
    """A page that needs an object out of a stream of objects which unpacks to that much."""
    packer = zlib.compressobj(9)
    inner = packer.compress(b"5 0 << /A 1 >> ")
    for _ in range(megabytes):
        inner += packer.compress(b" " * 1024 * 1024)
    inner += packer.flush()
    for _ in range(layers - 1):
        inner = zlib.compress(inner, 9)
    filters = b"[" + b" /FlateDecode" * layers + b"]"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /X 5 0 R >>",
        b"<< /Type /ObjStm /N 1 /First 4 /Filter %b /Length %d >>\nstream\n%b\nendstream"
        % (filters, len(inner), inner),
    ]
    out, entries = b"%PDF-1.5\n", b"\x00\x00\x00\x00\x00\xff"
    for number, body in enumerate(bodies, 1):
        entries += b"\x01" + len(out).to_bytes(4, "big") + b"\x00"
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    at = len(out)
    entries += b"\x02" + (4).to_bytes(4, "big") + b"\x00\x01" + at.to_bytes(4, "big") + b"\x00"
    table = b"<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length %d >>" % len(entries)
    return out + b"6 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        entries,
        at,
    )


class TestPictures:
    """Decoded and written anew."""

    def test_a_place_is_left_behind_and_the_picture_stands_upright(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        exif.get_ifd(0x8825)[2] = (42.0, 21.0, 30.0)
        exif[0x010E] = "secret place"
        sent = a_picture(exif=exif)
        assert b"secret place" in sent
        kept = clean(sent, "card.jpg")
        picture = Image.open(io.BytesIO(kept.content))
        assert picture.size == (40, 60) and not dict(picture.getexif())
        assert b"secret place" not in kept.content and b"Exif" not in kept.content

    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_what_is_appended_is_left_behind(self, kind: str) -> None:
        kept = clean(a_picture(kind) + SCRIPT, "x.png")
        assert b"script" not in kept.content
        assert kept.media_type == f"image/{kind.lower()}"

    def test_text_chunks_are_left_behind(self) -> None:
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_text("Comment", "secret place")
        assert b"secret" not in clean(a_picture("PNG", pnginfo=info), "x.png").content

    def test_heic_becomes_jpeg(self) -> None:
        buffer = io.BytesIO()
        pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red")).save(buffer, format="HEIF")
        kept = clean(buffer.getvalue(), "IMG_0001.HEIC")
        assert (kept.media_type, kept.name) == ("image/jpeg", "IMG_0001.jpg")
        assert Image.open(io.BytesIO(kept.content)).format == "JPEG"

    def test_a_bomb_is_not_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        bomb = a_picture("PNG", size=(9000, 9000))
        assert len(bomb) < FILE_LIMIT
        with pytest.raises(Invalid) as refused:
            clean(bomb, "x.png")
        assert refused.value.by_field == {"file": images.TOO_LARGE}

    @pytest.mark.parametrize("cut", [3, 20, 200, 500])
    def test_a_broken_one_is_refused_in_words(self, cut: int) -> None:
        with pytest.raises(Invalid):
            clean(a_picture()[:cut], "x.jpg")


class TestDocuments:
    """Disarmed, or refused."""

    def test_a_pdf_loses_what_acts_by_itself(self) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
        sent = a_pdf(
            OpenAction=script,
            AA=pikepdf.Dictionary(WC=script),
            Names=pikepdf.Dictionary(
                JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script])),
                EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array([])),
            ),
            Hidden=pikepdf.Array([launch, pikepdf.Dictionary(Next=script)]),
        )
        kept = clean(sent, "letter.pdf")
        with pikepdf.open(io.BytesIO(kept.content)) as pdf:
            text = b" ".join(item.unparse() for item in pdf.objects)
            assert len(pdf.pages) == 1
        for word in (
            b"JavaScript",
            b"/JS",
            b"OpenAction",
            b"/AA",
            b"Launch",
            b"EmbeddedFiles",
            b"cmd.exe",
            b"alert",
        ):
            assert word not in text, word

    def test_a_pdf_loses_attached_files_and_keeps_links(self) -> None:
        pdf = pikepdf.new()
        pdf.add_blank_page()
        attached = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment)
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link,
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org")),
        )  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array([attached, link, pdf.make_indirect(attached)])
        buffer = io.BytesIO()
        pdf.save(buffer)
        with pikepdf.open(io.BytesIO(clean(buffer.getvalue(), "x.pdf").content)) as kept:
            assert [str(item.Subtype) for item in kept.pages[0].Annots] == ["/Link"]

    def test_a_locked_or_broken_pdf_is_refused_in_words(self) -> None:
        buffer = io.BytesIO()
        with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
            pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
        for content in (buffer.getvalue(), b"%PDF-1.7 nothing", a_pdf()[:100]):
            with pytest.raises(Invalid):
                clean(content, "x.pdf")

    def test_word_documents_with_macros_are_refused(self) -> None:
        assert clean(a_docx(), "letter.docx").name == "letter.docx"
        for parts in ({"vbaProject.bin": b"x"}, {"types": b"application/vnd.ms-word.document.macroEnabled"},
                      {"activeX/activeX1.xml": b"x"}):  # fmt: skip
            with pytest.raises(Invalid):
                clean(a_docx(**parts), "letter.docx")

    def _fetching(self, kind: str) -> bytes:
        """A document with a part that lies elsewhere."""
        rel = f'<Relationship Type="http://x/{kind}" Target="https://evil.example/t" TargetMode="External"/>'
        return a_docx(**{"_rels/settings.xml.rels": f"<Relationships>{rel}</Relationships>".encode()})

    @pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame"])
    def test_a_word_document_that_fetches_something_is_refused(self, kind: str) -> None:
        """Macros need not be in a document: it can name a template that has them."""
        with pytest.raises(Invalid):
            clean(self._fetching(kind), "x.docx")
        assert clean(self._fetching("hyperlink"), "x.docx").name == "x.docx"

    @pytest.mark.parametrize("layers", [1, 2, 3])
    def test_a_pdf_bomb_is_not_unpacked(self, layers: int) -> None:
        """Bytes that would become 400 MB: without that part or not at all, and the memory is never taken."""
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with contextlib.suppress(Invalid):
            assert len(clean(a_pdf_bomb(400, layers), "x.pdf").content) < FILE_LIMIT
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024

    @pytest.mark.parametrize(
        "content",
        [b"", b"MZ\x90\x00" + b"\x00" * 100, b"\x7fELF" + b"\x01" * 60, b"GIF89a" + b"\x00" * 50,
         b"\x00" * 50, b"\xff\xfe<\x00s\x00", b"PK\x03\x04" + b"\x00" * 40, b"text\x1b[31m"],
    )  # fmt: skip
    def test_what_is_nothing_of_these_is_refused(self, content: bytes) -> None:
        with pytest.raises(Invalid):
            clean(content, "photo.jpg")

    def test_html_and_svg_are_text_at_most(self) -> None:
        """Whatever the name says, it is kept as text, which no browser runs."""
        for content in (SCRIPT, b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'):
            for name in ("x.html", "x.svg", "x.js", "x.jpg"):
                try:
                    kept = clean(content, name)
                except Invalid:
                    continue
                assert kept.media_type == "text/plain" and kept.name.endswith(".txt")

    async def test_too_much_is_refused(self) -> None:
        with pytest.raises(Invalid):
            await prepare(b"x" * (FILE_LIMIT + 1), "x.txt")
        with pytest.raises(Invalid):
            await prepare_all([(b"x", "x.txt")] * 5)
        with pytest.raises(Invalid):
            await prepare_all([(b"x" * (FILE_LIMIT - 1), "x.txt")] * 2)


class TestNames:
    """Shown, never a path."""

    @pytest.mark.parametrize(
        ("given_name", "kept"),
        [("../../etc/passwd", "passwd.pdf"), ("C:\\x\\card.front.PNG", "card.front.pdf"), ("", "file.pdf"),
         ("\u202egpj.exe", "gpj.pdf"), (".ht\u200baccess", "htaccess.pdf"), ("a\x00b.pdf", "ab.pdf"),
         ("cafe\u0301.pdf", "café.pdf"), ('a"; filename="b.html', "a__ filename=_b.pdf")],
    )  # fmt: skip
    def test_names_as_people_may_see_them(self, given_name: str, kept: str) -> None:
        assert clean_name(given_name, ".pdf") == kept

    @given(st.text(max_size=400))
    def test_no_name_is_more_than_a_name(self, given_name: str) -> None:
        kept = clean_name(given_name, ".jpg")
        assert kept.endswith(".jpg") and 4 < len(kept) <= 120
        assert not set(kept) & set('/\\\x00\r\n"<>:|?*;') and not kept.startswith(".")
        assert all(c.isprintable() for c in kept)
