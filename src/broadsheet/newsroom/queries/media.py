"""Recordings as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.newsroom.models import MediaFile
from broadsheet.newsroom.rules.credit import credit_line


@dataclass(frozen=True, slots=True)
class MediaView:
    """A recording: `transcript` is cleaned markup in the page's language, `captions` are (language, path)."""

    id: int
    kind: str
    title: str
    path: str
    duration_s: int
    credit: str
    poster_id: int | None
    transcript: str
    captions: tuple[tuple[str, str], ...]


def media_view(media: MediaFile, language: str) -> MediaView:
    """Return the recording with the words of this language."""
    tracks = sorted(media.captions.all(), key=lambda track: track.language) if media.kind == "video" else ()
    return MediaView(
        id=media.pk,
        kind=media.kind,
        title=media.title,
        path=media.file.url,
        duration_s=media.duration_s,
        credit=credit_line(media.agency, year=media.year, author=media.author),
        poster_id=media.poster_id,
        transcript=media.transcripts.get(language, ""),
        captions=tuple((track.language, track.file.url) for track in tracks),
    )


def media_views(numbers: Iterable[int], language: str) -> dict[int, MediaView]:
    """Return recordings by database id with the words of this language, in at most two queries."""
    wanted = set(numbers)
    if not wanted:
        return {}
    found = MediaFile.objects.filter(pk__in=wanted).prefetch_related("captions")
    return {media.pk: media_view(media, language) for media in found}
