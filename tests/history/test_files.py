"""Files are what their contents say, and only safe kinds are kept."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from oppdrift.history.models import Event, File
from oppdrift.history.models.file import LARGEST
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.filekinds import clean_name
from tests.factories import make_gathering, make_person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def office(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("program.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("Bilde.PNG", PNG, "image/png"),
        ("bilde.jpeg", b"\xff\xd8\xff\xe0\0\x04ab\xff\xda\0\x02bilde\xff\xd9", "image/jpeg"),
        ("notat.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("liste.csv", "Navn;Sum\nÆrlig;1\n".encode(), "text/plain"),
        ("gammel.csv", "Navn;Sum\nÆrlig;1\n".encode("cp1252"), "text/plain"),
    ],
)
def test_a_file_is_kept_with_its_thing_its_size_and_its_fingerprint(name, content, media_type):
    gathering, person = make_gathering(), make_person()

    file = File.keep(SimpleUploadedFile(name, content, "application/x-lie"), gathering, by=person)

    assert File.objects.of(gathering).get() == file
    assert (file.media_type, file.size, len(file.sha256)) == (media_type, len(content), 64)
    assert file.content.read() == content
    assert name not in file.content.name
    assert Event.objects.about(gathering.round).get().verb == "file.added"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tom.pdf", b""),
        ("side.html", b"<script>alert(1)</script>"),
        ("tegning.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("program.exe", b"MZ\0\0\0"),
        ("makro.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("pakke.zip", office("a.txt")),
        ("bilde.pdf", PNG),
        ("notat", b"Hei"),
    ],
)
def test_an_unsafe_or_wrongly_named_file_is_refused_with_a_sentence(name, content, tmp_path):
    with pytest.raises(ValidationError) as refusal:
        File.keep(SimpleUploadedFile(name, content), make_gathering(), by=make_person())

    assert len(refusal.value.messages[0].split()) > 3
    assert not File.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_file_over_20_mb_is_refused():
    upload = SimpleUploadedFile("stor.pdf", b"%PDF-")
    upload.size = LARGEST + 1

    with pytest.raises(ValidationError):
        File.keep(upload, make_gathering(), by=make_person())


@pytest.mark.django_db
def test_an_exempt_file_needs_its_legal_basis():
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7")

    with pytest.raises(ValidationError):
        File.keep(upload, make_gathering(), by=make_person(), access="exempt", legal_basis=" ")
    kept = File.keep(upload, make_gathering(), by=make_person(), access="exempt", legal_basis="offl. § 13")

    assert kept.legal_basis == "offl. § 13"


@pytest.mark.django_db(transaction=True)
def test_an_erased_file_is_gone_from_the_disk_too(tmp_path):
    person = make_person()
    file = File.keep(SimpleUploadedFile("a.pdf", b"%PDF-1.7"), make_gathering(), by=person)

    file.erase(by=person)

    assert not File.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Dokumenter\\Årsplan.pdf", "Årsplan.pdf"),
        ('a"b\r\nc.pdf', "abc.pdf"),
        ("...", "fil"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given, kept):
    assert clean_name(given) == kept


@pytest.mark.django_db
def test_another_access_status_is_remembered_without_the_words_of_its_basis():
    person, gathering = make_person(), make_gathering()
    file = File.keep(SimpleUploadedFile("program.pdf", b"%PDF-1.7 ..."), gathering, by=person)

    file.classify("partly", "offentleglova § 14", by=person)
    file.classify("partly", "offentleglova § 14", by=person)

    event = Event.objects.filter(verb="file.classified").get()
    assert event.data == {"access": "partly"}
    assert (file.access, file.legal_basis) == ("partly", "offentleglova § 14")


@pytest.mark.django_db
def test_what_is_open_again_has_no_legal_basis():
    person = make_person()
    file = File.keep(
        SimpleUploadedFile("program.pdf", b"%PDF-1.7 ..."),
        make_gathering(),
        by=person,
        access="exempt",
        legal_basis="§ 13",
    )

    file.classify("open", "§ 13", by=person)

    assert file.legal_basis == ""


@pytest.mark.django_db
@pytest.mark.parametrize("access", ["partly", "exempt"])
def test_what_is_kept_from_the_public_names_its_legal_basis(access):
    file = File.keep(SimpleUploadedFile("program.pdf", b"%PDF-1.7 ..."), make_gathering(), by=make_person())

    with pytest.raises(NotNow):
        file.classify(access, " ", by=make_person())
