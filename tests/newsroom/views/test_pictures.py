"""The picture library at the desk: uploads, what they say of themselves, focal point and crops."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.pictures import update_picture
from broadsheet.newsroom.engines.jpeg_segments import with_iptc
from broadsheet.newsroom.models import Picture
from broadsheet.newsroom.queries.cards import picture_view
from broadsheet.newsroom.rules.crops import crop_for
from tests.factories import newsroom as make
from tests.newsroom.engines.test_picture_files import iptc, png_of

pytestmark = [pytest.mark.row("ART-03"), pytest.mark.django_db]
ADD = "/editor/images/add/"


def upload(data: bytes, name: str = "gates.jpg", **fields):
    values = {"title": "Gates", "collection": "1", "tags": "", **fields}
    return {**values, "file": SimpleUploadedFile(name, data, content_type="image/jpeg")}


def with_words(data: bytes) -> bytes:
    return with_iptc(data, iptc((120, b"The gates at night"), (110, b"Tidewire"), (80, b"Jane Roe"), (55, b"20261119")))


def test_an_upload_says_of_itself_what_nobody_typed(desk):
    response = desk.post(ADD, upload(with_words(make.picture_bytes())))
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert picture.caption == "The gates at night"
    assert picture_view(picture).credit == "© Tidewire 2026 / Jane Roe"
    assert picture.taken_on.isoformat() == "2026-11-19"
    assert picture.public_id > 1_000_000_000


def test_what_was_typed_stays(desk):
    desk.post(ADD, upload(with_words(make.picture_bytes()), caption="Mine", agency="Own", author="Me", year="1999"))
    assert picture_view(Picture.objects.get()).credit == "© Own 1999 / Me"
    assert Picture.objects.get().caption == "Mine"


def test_many_at_once_are_read_and_stripped_too(desk):
    exif = Image.Exif()
    exif[0xA431] = "SERIAL-12345"
    file = SimpleUploadedFile("a.jpg", with_words(make.picture_bytes(exif=exif)), content_type="image/jpeg")
    response = desk.post(
        "/editor/images/multiple/add/",
        {"title": "A", "files[]": file},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert json.loads(response.content)["success"]
    picture = Picture.objects.get()
    assert picture.agency == "Tidewire"
    assert b"SERIAL-12345" not in picture.file.read()
    assert b"Tidewire" in picture.file.open().read()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.jpg"),
        (b"no picture", "a.jpg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.jpg"),
        (make.picture_bytes(kind="PNG"), "a.jpg"),
        (make.picture_bytes(2000, 1500)[:9000], "a.jpg"),
        (png_of(10_000, 6_000), "a.png"),
        (png_of(60_000, 60_000), "a.png"),
    ],
    ids=["empty", "text", "svg", "hidden svg", "wrong ending", "cut off", "60 megapixels", "bomb"],
)
def test_an_unsound_file_is_refused_in_words_and_not_stored(desk, settings, data, name):
    response = desk.post(ADD, upload(data, name))
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not Picture.objects.exists()
    folder = settings.DATA / "media" / "original_images"
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.jpg", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.jpg", "SVG"),
        (make.picture_bytes(kind="PNG"), "a.jpg", "Rename it"),
        (png_of(10_000, 6_000), "a.png", "50 million pixels"),
    ],
    ids=["empty", "svg", "wrong ending", "60 megapixels"],
)
def test_one_unsound_file_among_many_is_named_with_the_reason(desk, data, name, words):
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    response = desk.post(
        "/editor/images/multiple/add/",
        {"title": "A", "files[]": file},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    answer = json.loads(response.content)
    assert not answer["success"]
    assert words in answer["error_message"]
    assert not Picture.objects.exists()


def test_broken_exif_does_not_keep_a_picture_out(desk):
    sound = make.picture_bytes()
    broken = sound[:2] + b"\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff" + sound[2:]
    assert desk.post(ADD, upload(broken)).status_code == 302
    assert Picture.objects.get().width == 320


@pytest.mark.row("ART-04")
def test_crops_are_chosen_with_numbers_alone(desk, announced):
    picture = make.make_picture(1600, 1000)
    url = reverse("newsroom_desk:crops", args=[picture.pk])
    assert 'name="16x9_left"' in desk.get(url).content.decode()
    announced()
    values = {"16x9_left": 160, "16x9_top": 90, "16x9_right": 1120, "16x9_bottom": 630}
    assert desk.post(url, values).status_code == 302
    picture.refresh_from_db()
    assert crop_for(picture_view(picture), "16:9") == (160, 90, 1120, 630)
    assert crop_for(picture_view(picture), "1:1") == (300, 0, 1300, 1000)
    assert announced() == ["PictureChanged"]


@pytest.mark.row("ART-04")
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"16x9_left": 0, "16x9_top": 0, "16x9_right": 1600}, "all four corners"),
        ({"16x9_left": 0, "16x9_top": 0, "16x9_right": 5000, "16x9_bottom": 900}, "1600"),
        ({"16x9_left": 0, "16x9_top": 0, "16x9_right": 1000, "16x9_bottom": 1000}, "another ratio"),
        ({"16x9_left": 500, "16x9_top": 0, "16x9_right": 100, "16x9_bottom": 100}, "inside the picture"),
    ],
)
def test_a_wrong_crop_is_refused_in_words(desk, values, words):
    picture = make.make_picture(1600, 1000)
    response = desk.post(reverse("newsroom_desk:crops", args=[picture.pk]), values)
    assert response.status_code == 200
    assert words in response.content.decode()
    picture.refresh_from_db()
    assert picture.crops == {}


@pytest.mark.row("ART-04")
def test_the_focal_point_is_kept_and_must_lie_inside():
    picture = make.make_picture(1600, 1000, focal=(100, 500, 50, 50))
    assert picture_view(picture).focal == (100, 500, 50, 50)
    with pytest.raises(Refused):
        update_picture(picture=picture, focal=(2000, 10, 5, 5))


def test_an_author_may_add_pictures_but_not_change_those_of_others(enter):
    picture = make.make_picture()
    author = enter("Authors")
    assert author.post(ADD, upload(make.picture_bytes())).status_code == 302
    response = author.get(reverse("newsroom_desk:crops", args=[picture.pk]))
    assert response.status_code in {302, 403}


def test_articles_and_pictures_have_numbers_of_one_sequence():
    first = make.make_picture()
    article = make.make_article()
    second = make.make_picture()
    assert first.public_id < article.public_id < second.public_id
    with pytest.raises(Refused, match="already"):
        make.make_picture(public_id=article.public_id)
    assert Picture.objects.count() == 2
