"""Pictures are drawn once at signed addresses, and at no others."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from broadsheet.delivery.engines import renditions
from broadsheet.delivery.handlers.pictures import drop_renditions
from broadsheet.delivery.queries.pictures import picture_at, share_picture, signing_key, srcset
from broadsheet.delivery.rules.picture_address import PictureAddress, format_address
from broadsheet.delivery.views import pictures
from broadsheet.kernel.clock import now
from broadsheet.newsroom.actions.pictures import update_picture
from broadsheet.newsroom.facts import PictureChanged
from broadsheet.newsroom.queries.cards import picture_view
from tests.factories.newsroom import make_picture, picture_bytes

pytestmark = [pytest.mark.row("ART-04"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _addresses(settings: object) -> None:
    settings.ROOT_URLCONF = "broadsheet.delivery.urls"


@pytest.mark.parametrize(("ext", "kind"), [("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")])
def test_picture_is_drawn_in_the_format_of_its_address(client: Client, ext: str, kind: str) -> None:
    view = picture_view(make_picture(640, 400))
    address = picture_at(view, ratio="16:9", width=320, ext=ext)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    shown = Image.open(io.BytesIO(answer.content))
    assert (shown.format, shown.size) == (kind, (320, 180))
    assert (Path(settings.DATA) / address[1:]).read_bytes() == answer.content


def test_wrong_signature_costs_no_look_at_the_picture(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    address = picture_at(picture_view(make_picture()), ratio="16:9", width=160)
    monkeypatch.setattr(renditions, "draw", None)
    with django_assert_num_queries(0):
        for wrong in (
            address.replace("_160x", "_150x"),
            address.replace(".jpg", ".webp"),
            address[:-6] + ("y" if address[-6] == "x" else "x") + address[-5:],
            "/img/../secret.key",
            "/img/100000/00/1000000001.jpg",
            address + "/",
            address + "%00",
        ):
            assert client.get(wrong).status_code == 404
    assert not (Path(settings.DATA) / "img").exists()


@pytest.mark.parametrize(
    "address",
    [
        PictureAddress(public_id=1999999999, crop=(0, 0, 160, 90), width=160, height=90, quality=72, ext="jpg"),
        PictureAddress(public_id=1000000001, crop=(0, 0, 5000, 90), width=160, height=90, quality=72, ext="jpg"),
    ],
)
def test_signed_address_of_what_is_not_there_is_missing(client: Client, address: PictureAddress) -> None:
    make_picture()
    assert client.get(format_address(address, signing_key())).status_code == 404


def test_picture_without_its_file_is_missing(client: Client) -> None:
    picture = make_picture()
    address = picture_at(picture_view(picture), ratio="1:1", width=100)
    Path(picture.file.path).write_bytes(b"not a picture")
    assert client.get(address).status_code == 404


def test_nothing_is_ever_upscaled() -> None:
    view = picture_view(make_picture(320, 200))
    assert [part.split()[1] for part in srcset(view, "16:9", [160, 320, 640], "jpg").split(", ")] == ["160w", "320w"]
    assert "_320x180_" in picture_at(view, ratio="16:9", width=5000)
    assert "_320x200_" in picture_at(view, ratio="free", width=5000)


def test_share_picture_is_1200_by_675() -> None:
    url, width, height = share_picture(picture_view(make_picture(2000, 1500)))
    assert (width, height) == (1200, 675)
    assert url.startswith(f"{settings.PUBLIC_URL}/img/")


def test_credit_stays_and_position_does_not(client: Client) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}
    exif[0x010F] = "Camera maker"
    picture = make_picture(file=picture_bytes(640, 400, exif=exif), agency="Tidewire", author="Jané Roe")
    for ext in ("jpg", "webp", "avif"):
        shown = Image.open(
            io.BytesIO(client.get(picture_at(picture_view(picture), ratio="free", width=320, ext=ext)).content)
        )
        assert shown.getexif().get_ifd(0x8825) == {}
        assert shown.getexif().get(0x010F) is None
        assert "Tidewire" in shown.getexif()[0x8298]
        xmp = shown.info["xmp"]
        assert "Jané Roe" in (xmp.decode() if isinstance(xmp, bytes) else xmp)


def test_crop_shows_the_part_of_the_source(client: Client) -> None:
    image = Image.new("RGB", (800, 800), "red")
    image.paste("blue", (400, 400, 800, 800))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    picture = make_picture(file=out.getvalue())
    address = PictureAddress(
        public_id=picture.public_id, crop=(400, 400, 800, 800), width=100, height=100, quality=80, ext="jpg"
    )
    shown = Image.open(io.BytesIO(client.get(format_address(address, signing_key())).content))
    for place in ((5, 5), (50, 50), (95, 95)):
        red, _green, blue = shown.getpixel(place)
        assert (red < 40, blue > 200) == (True, True)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "CMYK", "1", "I;16"])
def test_every_mode_of_picture_is_drawn(tmp_path: Path, mode: str) -> None:
    format_, ext = ("JPEG", "jpg") if mode == "CMYK" else ("PNG", "png")
    file = tmp_path / f"a.{ext}"
    Image.new(mode, (64, 48)).save(file, format_)
    source = renditions.Source(str(file), 64, 48, "© A / B", "B", "A")
    for ext in ("jpg", "webp", "avif"):
        address = PictureAddress(public_id=1000000001, crop=(0, 0, 64, 48), width=32, height=24, quality=70, ext=ext)
        assert Image.open(io.BytesIO(renditions.draw(address, source))).size == (32, 24)


def test_turned_picture_is_drawn_upright(tmp_path: Path) -> None:
    image = Image.new("RGB", (400, 200), "white")
    image.paste("black", (0, 0, 100, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90°: the black side is then at the top
    file = tmp_path / "turned.jpg"
    image.save(file, "JPEG", exif=exif)
    source = renditions.Source(str(file), 200, 400, "", "", "")
    address = PictureAddress(public_id=1000000001, crop=(0, 0, 200, 400), width=50, height=100, quality=80, ext="jpg")
    shown = Image.open(io.BytesIO(renditions.draw(address, source))).convert("L")
    assert shown.getpixel((25, 5)) < 60
    assert shown.getpixel((25, 95)) > 200


def test_full_disk_still_shows_the_picture(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = picture_at(picture_view(make_picture()), ratio="1:1", width=100)

    def full(*_args: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("broadsheet.delivery.views.pictures.keep", full)
    assert client.get(address).status_code == 200


def test_a_picture_whose_credit_changes_while_it_is_drawn_is_not_kept_with_the_old_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = make_picture()
    address = picture_at(picture_view(picture), ratio="16:9", width=160)
    drawing = pictures.draw

    def changed_meanwhile(*args: object) -> bytes:
        update_picture(picture=picture, agency="The Other Agency")
        drop_renditions(PictureChanged(picture_id=picture.pk, public_id=picture.public_id, at=now()), 1)
        return drawing(*args)

    monkeypatch.setattr(pictures, "draw", changed_meanwhile)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(pictures, "draw", drawing)
    assert not (Path(settings.DATA) / address[1:]).exists()
    assert b"The Other Agency" in client.get(address).content
