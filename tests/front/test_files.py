"""A private file is fetched by those who see what it belongs to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oppdrift.archive.models import Batch
from oppdrift.front.views.files import may_classify
from oppdrift.history.models import File
from tests.factories import make_gathering, make_idea, make_person, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def keep(thing, name: str = "Årsplan.pdf", content: bytes = b"%PDF-1.7 hei", **fields) -> File:
    return File.keep(SimpleUploadedFile(name, content), thing, by=make_person(), **fields)


def test_material_of_an_open_gathering_is_for_everybody_signed_in(client):
    file = keep(make_gathering())

    assert client.get(f"/files/{file.pk}/").status_code == 302
    client.force_login(make_person())
    response = client.get(f"/files/{file.pk}/")

    assert b"".join(response.streaming_content) == b"%PDF-1.7 hei"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "filename*=utf-8''%C3%85rsplan.pdf" in response["Content-Disposition"]


def test_text_is_downloaded_and_never_shown_as_a_page(client):
    file = keep(make_gathering(), "liste.csv", b"a;b\n")
    client.force_login(make_person())

    response = client.get(f"/files/{file.pk}/")

    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    response.close()


def test_material_of_a_gathering_by_invitation_is_not_for_others(client):
    lead = make_person()
    file = keep(make_gathering(round=make_round(lead=lead), by_invitation=True))

    client.force_login(make_person())
    assert client.get(f"/files/{file.pk}/").status_code == 404
    client.force_login(lead)
    response = client.get(f"/files/{file.pk}/")
    assert response.status_code == 200
    response.close()


def test_the_source_of_an_import_is_for_those_who_run_the_programme(client):
    file = keep(Batch.objects.create(name="Runde", year=2020, file_name="a.csv", sha256="x"))

    client.force_login(make_person())
    assert client.get(f"/files/{file.pk}/").status_code == 404
    client.force_login(make_person(runs_programme=True))
    response = client.get(f"/files/{file.pk}/")
    assert response.status_code == 200
    response.close()


def test_a_file_that_is_gone_or_never_was_is_not_found(client):
    file = keep(make_gathering())
    file.content.storage.delete(file.content.name)
    client.force_login(make_person())

    assert client.get(f"/files/{file.pk}/").status_code == 404
    assert client.get("/files/999999/").status_code == 404


def test_the_lead_chooses_the_access_status_when_putting_a_file_in_and_later(client):
    lead = make_person()
    gathering = make_gathering(round=make_round(lead=lead))
    client.force_login(lead)
    upload = SimpleUploadedFile("notat.pdf", b"%PDF-1.7 hei")
    form = {"upload": upload, "access": "exempt", "legal_basis": "offentleglova § 14"}

    client.post(f"/gatherings/{gathering.pk}/materials/add/", form)
    file = File.objects.get()
    page = client.get(gathering.get_absolute_url()).content.decode()
    client.post(f"/files/{file.pk}/access/", {"access": "open", "legal_basis": ""})

    assert (file.access, file.legal_basis) == ("exempt", "offentleglova § 14")
    assert "offentleglova § 14" in page
    file.refresh_from_db()
    assert file.access == "open"


def test_without_a_legal_basis_nothing_is_kept_from_the_public(client):
    lead = make_person()
    gathering = make_gathering(round=make_round(lead=lead))
    file = keep(gathering)
    client.force_login(lead)

    later = client.post(f"/files/{file.pk}/access/", {"access": "partly", "legal_basis": " "})
    upload = SimpleUploadedFile("notat.pdf", b"%PDF-1.7 hei")
    at_once = client.post(f"/gatherings/{gathering.pk}/materials/add/", {"upload": upload, "access": "exempt"})

    assert later.status_code == 422
    assert "hjemmel" in later.content.decode().lower()
    assert File.objects.get() == file
    assert "hjemmel" in at_once.content.decode().lower()
    file.refresh_from_db()
    assert file.access == "open"


def test_the_file_of_an_import_is_classified_by_those_who_run_the_programme(client):
    batch = Batch.objects.create(name="2016", year=2016, file_name="a.csv", sha256="0", rows=[], columns={})
    file, runs = keep(batch), make_person(runs_programme=True)
    client.force_login(runs)

    answer = client.post(f"/files/{file.pk}/access/", {"access": "partly", "legal_basis": "offentleglova § 23"})

    assert answer["Location"] == batch.get_absolute_url()
    file.refresh_from_db()
    assert file.access == "partly"


def test_a_picture_that_is_published_is_open_by_that():
    idea = make_idea()

    assert not may_classify(make_person(runs_programme=True), keep(idea))
