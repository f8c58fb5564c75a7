"""Takes recordings into the library."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.newsroom.engines.markup import clean_markup
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import MediaCaptions, MediaFile, Picture
from broadsheet.newsroom.rules.wording import sentences


@transaction.atomic
def add_media(  # noqa: PLR0913 - one door with its options
    *,
    key: str,
    kind: str,
    title: str,
    file: bytes | File,
    name: str,
    duration_s: int = 0,
    agency: str = "",
    year: int | None = None,
    author: str = "",
    poster: Picture | None = None,
    transcripts: Mapping[str, str] | None = None,
    captions: Mapping[str, bytes] | None = None,
) -> MediaFile:
    """Store the recording with this key, made anew or changed, with transcripts and caption tracks by language."""
    media = MediaFile.objects.filter(key=key).first() or MediaFile(key=key)
    data = file if isinstance(file, bytes) else file.read()
    if not data:
        raise refuse(
            "empty-file",
            _("%(name)s was not stored.") % {"name": name},
            _("The file is empty."),
            _("Save it anew and upload it again."),
        )
    media.kind, media.title, media.duration_s = kind, title, duration_s
    media.agency, media.year, media.author, media.poster = agency, year, author, poster
    media.transcripts = {language: clean_markup(text) for language, text in (transcripts or {}).items()}
    media.file = ContentFile(data, name=PurePosixPath(name.replace("\\", "/")).name)
    try:
        media.full_clean()
    except ValidationError as error:
        raise refuse(
            "invalid-media",
            _("“%(name)s” was not stored.") % {"name": title[:80]},
            sentences(error),
            _("Correct the value."),
        ) from error
    media.save()
    for language, track in (captions or {}).items():
        put_captions(media=media, language=language, track=track)
    return media


@transaction.atomic
def put_captions(*, media: MediaFile, language: str, track: bytes) -> MediaCaptions:
    """Store the caption track (WebVTT) of a film in one language, made anew or replaced."""
    row = MediaCaptions.objects.filter(media=media, language=language).first()
    row = row or MediaCaptions(media=media, language=language)
    row.file = ContentFile(track, name=f"{media.key}.{language}.vtt")
    row.save()
    return row
