"""Says that a term, picture, recording or live post changed; called in the transaction that changes it."""

from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.facts import EditionChanged, LivePostChanged, MediaChanged, PictureChanged, TermChanged
from broadsheet.newsroom.models import Author, LegalNotice, LivePost, MediaCaptions, MediaFile, Picture, Station, Tag


def say_author_changed(author: Author, *, created: bool, removed: bool) -> None:
    """Announce that the author changed."""
    _say_term("author", author.pk)


def say_tag_changed(tag: Tag, *, created: bool, removed: bool) -> None:
    """Announce that the tag changed."""
    _say_term("tag", tag.pk)


def say_notice_changed(notice: LegalNotice, *, created: bool, removed: bool) -> None:
    """Announce that the legal notice changed."""
    _say_term("notice", notice.pk)


def say_picture_changed(picture: Picture, *, created: bool, removed: bool) -> None:
    """Announce that the picture changed; nothing can show one that has only just come."""
    if not created:
        announce(PictureChanged(picture_id=picture.pk, public_id=picture.public_id, at=clock.now()))


def say_media_changed(media: MediaFile, *, created: bool, removed: bool) -> None:
    """Announce that the recording changed; nothing can play one that has only just come."""
    if not created:
        announce(MediaChanged(media_id=media.pk, at=clock.now()))


def say_captions_changed(captions: MediaCaptions, *, created: bool, removed: bool) -> None:
    """Announce that a recording has other captions."""
    announce(MediaChanged(media_id=captions.media_id, at=clock.now()))


def say_post_changed(post: LivePost, *, created: bool, removed: bool) -> None:
    """Announce that a live post appeared, changed or went."""
    announce(LivePostChanged(article_id=post.article_id, post_id=post.pk, removed=removed, at=clock.now()))


def say_station_changed(station: Station, *, created: bool, removed: bool) -> None:
    """Announce that an edition has another radio, or none: every page's header leads to it."""
    announce(EditionChanged(edition_id=station.edition_id, at=clock.now()))


def _say_term(kind: str, number: int) -> None:
    announce(TermChanged(kind=kind, term_id=number, at=clock.now()))
