"""Hears of terms, pictures, recordings and live posts that were saved or deleted, by whatever form, and says so."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from broadsheet.newsroom.actions import rows
from broadsheet.newsroom.models import (
    Author,
    LegalNotice,
    LivePost,
    MediaCaptions,
    MediaFile,
    Picture,
    Station,
    Tag,
)

SPEAKERS = {
    Author: rows.say_author_changed,
    Tag: rows.say_tag_changed,
    LegalNotice: rows.say_notice_changed,
    Picture: rows.say_picture_changed,
    MediaFile: rows.say_media_changed,
    MediaCaptions: rows.say_captions_changed,
    LivePost: rows.say_post_changed,
    Station: rows.say_station_changed,
}


def wire() -> None:
    """Listen to the rows' signals, which come inside the transaction that writes them (`WholeModel`)."""
    for model in SPEAKERS:
        name = f"newsroom.{model.__name__}"
        post_save.connect(_saved, sender=model, dispatch_uid=f"{name}.saved")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"{name}.deleted")


def _saved(sender: type[Any], instance: Any, *, raw: bool = False, created: bool = False, **_rest: Any) -> None:
    if not raw:
        SPEAKERS[sender](instance, created=created, removed=False)


def _deleted(sender: type[Any], instance: Any, **_rest: Any) -> None:
    SPEAKERS[sender](instance, created=False, removed=True)
