"""Profile and "My data" as their owner sees them (ACC-05, ACC-06, ACC-10)."""

import io
import json
import re
import threading
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.personal_data import holdings
from broadsheet.readers.actions.erase_account import erase_now
from broadsheet.readers.actions.offer_choice import offer_choice
from broadsheet.readers.conf import choices
from broadsheet.readers.engines import avatars
from broadsheet.readers.models import Acceptance, Reader
from broadsheet.readers.queries.choices import wants_mail, ways_of
from broadsheet.readers.queries.everything import write_export_of
from tests.factories.accounts import image_bytes, list_session, make_reader
from tests.readers.entrance import PASSWORD, log_in

pytestmark = [pytest.mark.row("ACC-10"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]
PROFILE, PICTURE, DATA, EXPORT = (
    "/accounts/profile/", "/accounts/profile/picture/", "/accounts/my-data/", "/accounts/my-data/export/",
)  # fmt: skip
SCHEMA = json.loads((Path(__file__).resolve().parents[3] / "docs/reference/personal-data.schema.json").read_text())


@pytest.fixture
def reader() -> Reader:
    return make_reader("ines@mail.example", password=PASSWORD)


@pytest.fixture
def inside(client: Client, reader: Reader) -> Client:
    log_in(client, "ines@mail.example")
    return client


def confirm(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": DATA})


def archive(response: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


@pytest.mark.row("ACC-06")
def test_the_owner_sees_the_user_id_and_can_copy_it(inside, reader):
    page = inside.get(PROFILE).content.decode()
    shown = re.search(r'id="user-id">([^<]+)<', page)
    assert shown is not None
    assert shown[1] == reader.public_id
    assert 'data-copy="user-id"' in page
    assert "js/account-copy.js" in page
    assert "<script>" not in page


def test_name_language_and_choices_are_put_right(inside, reader):
    values = {"display_name": "  Inès   Marlow ", "language": "fr", "choices": ["policies"]}
    assert inside.post(PROFILE, values)["Location"] == PROFILE
    reader.refresh_from_db()
    assert (reader.display_name, reader.language) == ("Inès Marlow", "fr")
    assert reader.choices == {"policies": True}
    assert wants_mail(reader.pk, "policies")
    assert not wants_mail(reader.pk, "replies")
    assert FactRecord.objects.filter(name="ProfileChanged", payload__reader_id=reader.pk).count() == 1


def test_nobody_is_asked_about_mail_that_nobody_sends(inside, reader):
    page = inside.get(PROFILE).content.decode()
    boxes = re.findall(r'<input type="checkbox" name="choices" value="(\w+)"([^>]*)>', page)
    assert [name for name, _more in boxes] == ["policies"]
    assert "checked" not in boxes[0][1], "off until chosen"
    answer = inside.post(PROFILE, {"display_name": "Ines Marlow", "choices": ["replies"]})
    assert answer.status_code == 422
    offer_choice(name="replies", said="Somebody answers a comment of mine")
    try:
        assert "Somebody answers a comment of mine" in inside.get(PROFILE).content.decode()
        inside.post(PROFILE, {"display_name": "Ines Marlow", "choices": ["replies"]})
    finally:
        del choices["replies"]
    assert wants_mail(reader.pk, "replies")


@pytest.mark.row("NOT-03")
def test_how_one_is_told_of_answers_and_discussions_is_chosen(inside, reader):
    page = inside.get(PROFILE).content.decode()
    for way in ("way_replies", "way_followed"):
        found = re.findall(rf'<input type="radio" name="{way}" value="(\w+)"([^>]*)>', page)
        assert [value for value, _more in found] == ["bell", "mail", "none"]
        assert [value for value, more in found if "checked" in more] == ["bell"], "without a choice it is the bell"
    assert ways_of([reader.pk], "replies") == {reader.pk: "bell"}
    inside.post(PROFILE, {"display_name": "Ines Marlow", "way_replies": "mail", "way_followed": "none"})
    assert ways_of([reader.pk, 0], "replies") == {reader.pk: "mail", 0: "none"}
    assert wants_mail(reader.pk, "replies")
    inside.post(PROFILE, {"display_name": "Ines Marlow"})
    assert ways_of([reader.pk], "followed") == {reader.pk: "none"}, "what isn't named stays"
    assert inside.post(PROFILE, {"display_name": "Ines Marlow", "way_replies": "telegram"}).status_code == 422


@pytest.mark.parametrize("name", ["", "Moderator", "Estuary", "a\u200bb", "x" * 41, "\u202eenilraM"])
def test_a_name_that_cannot_be_is_refused_and_nothing_else_changes(inside, reader, name):
    answer = inside.post(PROFILE, {"display_name": name, "language": "fr"})
    assert answer.status_code == 422
    reader.refresh_from_db()
    assert (reader.display_name, reader.language) == ("Ines Marlow", "")


def test_a_name_is_escaped_and_nothing_else_of_the_account_is_taken_from_the_form(inside, reader):
    forged = {
        "display_name": "Ann & Bo",
        "is_staff": "on",
        "email": "x@mail.example",
        "block": "",
        "public_id": "A" * 10,
    }
    inside.post(PROFILE, forged)
    before = (reader.public_id, reader.email)
    reader.refresh_from_db()
    assert (reader.is_staff, reader.public_id, reader.email) == (False, *before)
    assert "Ann &amp; Bo" in inside.get(PROFILE).content.decode()


@pytest.mark.row("ACC-05")
def test_a_picture_is_uploaded_shown_and_removed(inside, reader, settings, django_capture_on_commit_callbacks):
    sent = SimpleUploadedFile("../../evil.php", image_bytes(), "image/jpeg")
    assert inside.post(PICTURE, {"picture": sent})["Location"] == PROFILE
    reader.refresh_from_db()
    assert re.fullmatch(r"[0-9a-f]{32}\.webp", reader.avatar)
    assert f"/avatars/{reader.avatar}" in inside.get(PROFILE).content.decode()
    inside.post(PICTURE, {"remove": "1"})
    reader.refresh_from_db()
    assert reader.avatar == ""
    assert list((settings.DATA / "avatars").glob("*")) == []


@pytest.mark.row("ACC-05")
@pytest.mark.parametrize("content", [b"", b"<html>", image_bytes()[:300], b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_001])
def test_what_is_no_picture_is_refused_at_the_field(inside, reader, content):
    answer = inside.post(PICTURE, {"picture": SimpleUploadedFile("me.png", content, "image/png")})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    reader.refresh_from_db()
    assert reader.avatar == ""


def test_my_data_shows_what_is_held_and_nothing_of_others(inside, reader):
    other = make_reader("other@mail.example", display_name="Otto Reed")
    list_session(other, "b" * 32, "Safari on Otherphone")
    list_session(reader, "c" * 32, "Firefox on Minephone")
    page = inside.get(DATA).content.decode()
    for mine in (reader.public_id, "ines@mail.example", "Ines Marlow", "Firefox on Minephone"):
        assert mine in page, mine
    for foreign in (other.public_id, "other@mail.example", "Otto Reed", "Otherphone"):
        assert foreign not in page, foreign
    assert "no-store" in inside.get(DATA)["Cache-Control"]


def test_the_download_asks_for_the_password_and_holds_json_schema_page_and_picture(inside, reader):
    inside.post(PICTURE, {"picture": SimpleUploadedFile("me.jpg", image_bytes(), "image/jpeg")})
    list_session(reader, "c" * 32, "Firefox on Minephone")
    assert inside.post(EXPORT)["Location"].startswith("/accounts/reauthenticate/")
    confirm(inside)
    answer = inside.post(EXPORT)
    assert answer["Content-Type"] == "application/zip"
    assert reader.public_id in answer["Content-Disposition"]
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    with archive(answer) as zipped:
        assert sorted(zipped.namelist()) == ["data.json", "index.html", "picture.webp", "schema.json"]
        told = json.loads(zipped.read("data.json"))
        assert json.loads(zipped.read("schema.json")) == SCHEMA
        page = zipped.read("index.html").decode()
        assert zipped.read("picture.webp")[8:12] == b"WEBP"
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert {part["name"] for part in told["parts"]} == {holding.name for holding in holdings()}
    rows = {part["name"]: part["rows"] for part in told["parts"]}
    assert rows["readers.account"][0]["email"] == "ines@mail.example"
    assert {row["device"] for row in rows["readers.sessions"]} >= {"Firefox on Minephone"}
    assert "Firefox on Minephone" in page
    assert "<script" not in page
    assert "password" not in json.dumps(rows["readers.account"]).replace("has_password", "")


def test_the_page_of_the_archive_speaks_the_readers_language_and_escapes(inside, reader):
    Reader.objects.filter(pk=reader.pk).update(language="ar", display_name="<b>Ines</b>")
    target = io.BytesIO()
    write_export_of(target, reader_id=reader.pk)
    page = zipfile.ZipFile(target).read("index.html").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "&lt;b&gt;Ines&lt;/b&gt;" in page
    assert "<b>Ines" not in page


def test_get_downloads_nothing(inside):
    confirm(inside)
    assert inside.get(EXPORT).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_an_account_erased_while_it_is_exported_leaves_a_whole_archive(paper):
    reader = make_reader("torn@mail.example")
    row = {"reader": reader, "kind": "privacy", "edition": "en", "digest": "d", "language": "en", "way": "gate"}
    Acceptance.objects.bulk_create(Acceptance(version=number, at=clock.now(), **row) for number in range(3000))
    target, failures = io.BytesIO(), []

    def erase() -> None:
        from django.db import connections

        try:
            erase_now(reader_id=reader.pk, now=clock.now())
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    eraser = threading.Thread(target=erase)
    eraser.start()
    write_export_of(target, reader_id=reader.pk)
    eraser.join(30)
    assert failures == []
    with zipfile.ZipFile(target) as zipped:
        assert zipped.testzip() is None
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(zipped.read("data.json")))
    assert not Acceptance.objects.filter(reader=reader).exists()


@pytest.mark.row("ACC-05")
def test_pictures_are_limited_by_account(inside):
    def send(client):
        return client.post(PICTURE, {"picture": SimpleUploadedFile("me.jpg", image_bytes(), "image/jpeg")})

    assert [send(inside).status_code for _number in range(20)] == [302] * 20
    refused = send(inside)
    assert refused.status_code == 422
    assert "You sent many pictures within the last hour." in refused.content.decode()
    other = Client()
    make_reader("eve@mail.example", password=PASSWORD)
    log_in(other, "eve@mail.example")
    assert send(other).status_code == 302


@pytest.mark.row("ACC-05")
def test_nobody_waits_long_for_other_people_s_pictures(inside, monkeypatch):
    monkeypatch.setattr(avatars, "LONGEST_WAIT", 0.05)
    sent = SimpleUploadedFile("me.jpg", image_bytes(), "image/jpeg")
    with avatars._turn:
        waiting = inside.post(PICTURE, {"picture": sent})
    assert waiting.status_code == 422
    assert "Too many pictures are being read at the moment." in waiting.content.decode()
    sent.seek(0)
    assert inside.post(PICTURE, {"picture": sent}).status_code == 302
