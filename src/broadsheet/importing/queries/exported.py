"""What the paper holds, row by row as a bundle writes it."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from broadsheet.importing.rules.bundle_blocks import Names, from_stream, layout_from_stream
from broadsheet.importing.rules.bundle_text import with_references
from broadsheet.importing.rules.shapes import in_utc
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.desk import collection_paths

Row = dict[str, Any]
EDITION_FIELDS = (
    "short_name", "tagline", "brand", "account_domain", "time_zone", "zone_label", "accent", "privacy_address",
    "moderators_address", "contact_address", "publisher", "postal_address", "dispute_bodies", "minimum_age",
    "country", "helplines", "channel_kind", "channel_name", "channel_address",
)  # fmt: skip


@dataclass
class Exporter:
    """Writes rows as a bundle does; what it has looked up it remembers, so it serves one export or import."""

    pages: dict[int, tuple[str, str]] | None = None
    groups: dict[str, dict[Any, str]] = field(default_factory=dict)

    def forget(self) -> None:
        """Look everything up anew from now on."""
        self.pages = None
        self.groups.clear()
        for name in ("names", "collections"):
            self.__dict__.pop(name, None)

    @cached_property
    def names(self) -> Names:
        """How rows of the database are named."""
        pictures = {row.pk: f"{row.public_id:010d}" for row in archive.all_pictures().only("pk", "public_id")}
        media = dict(archive.all_media().values_list("pk", "key"))
        tags = {row.pk: term_key(row) for row in archive.all_tags()}
        return Names(picture=pictures.get, media=media.get, tag=tags.get, page=self.page_name)

    @cached_property
    def collections(self) -> dict[int, tuple[str, ...]]:
        """The paths of collections by their database ids."""
        return collection_paths()

    def page_name(self, number: int) -> str | None:
        """Return the reference of a page, such as `article:1000000101`."""
        if self.pages is None:
            self.pages = archive.page_names()
        kind, name = self.pages.get(number, ("", ""))
        return f"{kind}:{name}" if kind else None

    def page_number(self, page: int) -> str | None:
        """Return the public number of the article that is this page, None where it is none."""
        kind, _colon, number = (self.page_name(page) or "").partition(":")
        return number if kind == "article" else None

    def group(self, kind: str, key: Any) -> str | None:
        """Return the name of a group of translations, None where nothing else is in it."""
        if kind not in self.groups:
            self.groups[kind] = archive.translation_groups(kind)
        return self.groups[kind].get(key)

    # The frame: editions, sections, standing pages, layouts

    def edition(self, page: Any, position: int) -> Row:
        """Return an edition with its sections, layouts and standing pages."""
        row = self.edition_settings(page) | {"position": position}
        sections = enumerate(archive.all_sections(page.pk), 1)
        row["sections"] = [
            self.section(section, page.code) | {"position": place, "layout": self.layout(section, page.code) or None}
            for place, section in sections
        ]
        row["front"] = self.layout(page, page.code)
        row["pages"] = [self.info_page(info) for info in archive.all_info_pages(page.pk)]
        return row

    def edition_settings(self, page: Any) -> Row:
        """Return what an edition says of itself."""
        return {
            "code": page.code,
            "language": page.locale.language_code,
            "name": page.title,
            **{name: getattr(page, name) for name in EDITION_FIELDS},
            "at_root": page.at_root,
            "hidden": not page.live,
        }

    def section(self, page: Any, code: str) -> Row:
        """Return a section without its layout."""
        return {
            "key": page.slug,
            "name": page.title,
            "slug": page.slug,
            "description": page.description,
            "in_menu": page.in_menu,
            "hidden": not page.live,
            "translation": self.group("section", page.translation_key),
        }

    def info_page(self, page: Any) -> Row:
        """Return a standing page."""
        return {
            "key": page.slug,
            "slug": page.slug,
            "title": page.title,
            "html": with_references(page.text, self.page_name),
            "in_footer": page.in_footer,
            "purpose": page.purpose,
            "hidden": not page.live,
            "translation": self.group("page", page.translation_key),
        }

    def layout(self, page: Any, code: str) -> list[Row]:
        """Return the layout of an edition's front or of a section; its own edition's sections by their address."""
        blocks = layout_from_stream(list(page.layout.get_prep_value()), self.names)
        for block in blocks:
            if block.get("section"):
                block["section"] = block["section"].removeprefix(f"{code}/")
        return blocks

    # The library: terms, pictures, recordings

    def author(self, author: Any) -> Row:
        """Return an author."""
        return {
            "key": term_key(author),
            "edition": author.edition.code,
            "slug": author.slug,
            "name": author.name,
            "role": author.role,
            "bio": author.bio,
            "picture": self.names.picture(author.picture_id) if author.picture_id else None,
            "translation": self.group("author", author.translation_key),
        }

    def tag(self, tag: Any) -> Row:
        """Return a tag."""
        return {
            "key": term_key(tag),
            "edition": tag.edition.code,
            "kind": tag.kind,
            "name": tag.name,
            "slug": tag.slug,
            "translation": self.group("tag", tag.translation_key),
        }

    def notice(self, notice: Any) -> Row:
        """Return a legal notice."""
        return {
            "key": notice.key,
            "edition": notice.edition.code,
            "name": notice.name,
            "aliases": list(notice.aliases),
            "jurisdiction": notice.jurisdiction,
            "text": notice.text,
        }

    def picture(self, picture: Any) -> Row:
        """Return a picture."""
        focal = None
        if picture.focal_point_x is not None:
            sides = (picture.focal_point_width or 1, picture.focal_point_height or 1)
            focal = [picture.focal_point_x, picture.focal_point_y, *sides]
        return {
            "public_id": f"{picture.public_id:010d}",
            "file": f"pictures/{picture.public_id:010d}{_suffix(picture.file.name)}",
            "title": picture.title,
            "caption": picture.caption,
            "alt": picture.alt,
            "decorative": picture.decorative,
            "taken_on": picture.taken_on.isoformat() if picture.taken_on else None,
            "credit": _credit(picture, pool=picture.pool),
            "focal": focal,
            "crops": {ratio: list(corners) for ratio, corners in sorted(picture.crops.items())},
            "uploaded_at": _time(picture.created_at),
            "uploaded_by": picture.uploaded_by_user.public_id if picture.uploaded_by_user_id else None,
            "collection": list(self.collections.get(picture.collection_id, ())),
            "description": picture.description,
            "keywords": sorted(tag.name for tag in picture.tags.all()),
        }

    def media(self, media: Any) -> Row:
        """Return a recording."""
        tracks = sorted(media.captions.all(), key=lambda track: track.language)
        return {
            "key": media.key,
            "file": f"media/{media.key}{_suffix(media.file.name)}",
            "kind": media.kind,
            "title": media.title,
            "duration_s": media.duration_s,
            "credit": _credit(media, pool=False),
            "poster": self.names.picture(media.poster_id) if media.poster_id else None,
            "transcripts": {language: media.transcripts[language] for language in sorted(media.transcripts)},
            "captions": [
                {"language": track.language, "file": f"media/{media.key}.{track.language}.vtt"} for track in tracks
            ],
        }

    # Articles

    def article_by_number(self, public_id: int) -> Row | None:
        """Return the article with this number, None where there is none."""
        found = next(iter(archive.archived_articles([public_id])), None)
        return self.article(found) if found is not None else None

    def article(self, found: archive.ArchivedArticle) -> Row:
        """Return an article with its live posts and the draft behind it."""
        page = found.article
        section = self.page_name(page.section_id) or ":/"
        code, _slash, slug = section.partition(":")[2].partition("/")
        public_once = bool(page.content_digest)  # drafts from elsewhere may know when they were first public there
        row: Row = {
            "public_id": f"{page.public_id:010d}",
            "edition": code,
            "section": slug,
            "translation": self.group("article", page.translation_key),
            **self.content(found.version, found.posts),
            "published_at": _time(page.listed_at or page.first_published_at),
            "first_published_at": _time(page.first_published_at),
            "published_on": page.published_on.isoformat() if page.published_on else None,
            "updated_at": _time(page.updated_at),
            "status": "live" if page.live else "withdrawn" if public_once else "draft",
            "scheduled": found.scheduled_at is not None,
            "pending": self.content(found.pending, []) if found.pending is not None else None,
        }
        return row

    def content(self, version: Any, posts: list[Any]) -> Row:
        """Return what one version of an article says."""
        picture = self.names.picture(version.lead_picture_id) if version.lead_picture_id else None
        lead = {"picture": picture, "caption": version.lead_caption, "alt": version.lead_alt}
        source = {"name": version.source_name, "url": version.source_url, "licence": version.source_licence}
        lines = [line.author for line in version.bylines.all()]
        return {
            "kind": version.kind,
            "slug": version.address_slug,
            "headline": version.title,
            "short_title": version.short_title,
            "standfirst": version.standfirst,
            "dateline": version.dateline,
            "authors": [term_key(author) for author in lines],
            "tags": [term_key(row.tag) for row in version.tagged.all()],
            "lead": lead if any(lead.values()) else None,
            "lead_media": self.names.media(version.lead_media_id) if version.lead_media_id else None,
            "body": from_stream(list(version.body.get_prep_value()), self.names),
            "corrections": [{"at": _time(one.at), "text": one.text} for one in _newest_first(version)],
            "live": self._live(version, posts),
            "source": source if any(source.values()) else None,
            "story_group": version.story_group,
            "channel_post": version.channel_post,
            "publish_at": _time(version.go_live_at),
            "expires_at": _time(version.expire_at),
            "minor_change": version.minor_change,
        }

    def _live(self, version: Any, posts: list[Any]) -> Row | None:
        if not (posts or version.live_starts_at or version.live_ends_at):
            return None
        return {
            "starts_at": _time(version.live_starts_at),
            "ends_at": _time(version.live_ends_at),
            "posts": [
                {
                    "key": post.key,
                    "at": _time(post.at),
                    "changed_at": _time(post.changed_at),
                    "headline": post.headline,
                    "html": with_references(post.text, self.page_name),
                    "picture": self.names.picture(post.picture_id) if post.picture_id else None,
                    "pinned": post.pinned,
                    "author": term_key(post.author) if post.author_id else None,
                }
                for post in posts
            ],
        }


def term_key(term: Any) -> str:
    """Return the name of an author or tag in a bundle."""
    return f"{term.edition.code}/{term.slug}"


def _newest_first(version: Any) -> list[Any]:
    return sorted(version.corrections.all(), key=lambda one: (one.at, -(one.sort_order or 0)), reverse=True)


def _credit(row: Any, *, pool: bool) -> Row:
    return {"agency": row.agency, "year": row.year, "author": row.author, "pool": pool}


def _time(at: Any) -> str | None:
    return in_utc(at) if at is not None else None


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
