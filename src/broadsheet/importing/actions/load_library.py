"""Puts a bundle's pictures, recordings, authors, tags and legal notices in place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from broadsheet.importing.actions.keeping import Keeper, Thing
from broadsheet.importing.engines.bundle_source import Source
from broadsheet.importing.queries.exported import Exporter
from broadsheet.importing.rules.bundle import Bundle
from broadsheet.importing.rules.bundle_text import by_language, clean
from broadsheet.newsroom.actions.arrange_desk import file_picture
from broadsheet.newsroom.actions.media import add_media
from broadsheet.newsroom.actions.pictures import add_picture, update_picture
from broadsheet.newsroom.actions.restore import restore_picture
from broadsheet.newsroom.actions.terms import put_author, put_notice, put_tag
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]
MOST_PICTURE_BYTES = 40 * 1024 * 1024
MOST_MEDIA_BYTES = 2 * 1024 * 1024 * 1024


@dataclass
class LibraryLoader:
    """Loads the library; `groups` remember the first term of each group of translations."""

    bundle: Bundle
    source: Source
    keeper: Keeper
    exporter: Exporter
    people: Mapping[str, int]
    groups: dict[tuple[str, str], Any] = field(default_factory=dict)

    def load(self, step: Callable[[], None]) -> None:
        """Make or change pictures, recordings, then what may show them."""
        for row in self.bundle.pictures:
            self._picture(row)
            step()
        self.exporter.forget()
        for row in self.bundle.media:
            self._media(row)
            step()
        for row in self.bundle.authors:
            self._author(row)
        for row in self.bundle.tags:
            self._tag(row)
        for row in self.bundle.notices:
            self._notice(row)
        self.exporter.forget()

    def _picture(self, row: Row) -> None:
        number = int(row["public_id"])

        def local() -> Row | None:
            picture = archive.picture_row(number)
            return self.exporter.picture(picture) | _unsaid(row) if picture else None

        def file(picture: Any) -> None:
            file_picture(
                picture=picture,
                collection=row["collection"],
                description=row["description"],
                keywords=row["keywords"],
                user_id=self.people.get(row["uploaded_by"] or ""),
            )

        def create() -> None:
            data = self.source.read(row["file"], most=MOST_PICTURE_BYTES)
            name = f"{number:010d}{PurePosixPath(row['file']).suffix.lower()}"
            words = _picture_words(row)
            picture = add_picture(
                file=data, name=name, public_id=number, focal=row["focal"], crops=row["crops"], **words
            )
            if picture.taken_on != words["taken_on"] or picture.title != (row["title"] or picture.title):
                update_picture(picture=picture, taken_on=words["taken_on"], title=row["title"])
            file(picture)
            if row["uploaded_at"]:
                restore_picture(picture=picture, uploaded_at=datetime.fromisoformat(row["uploaded_at"]))

        def update() -> None:
            picture = archive.picture_row(number)
            words = _picture_words(row)
            words["title"] = row["title"] or picture.title  # type: ignore[union-attr]
            file(update_picture(picture=picture, focal=row["focal"], crops=row["crops"], **words))  # type: ignore[arg-type]

        self.keeper.keep(
            Thing(
                kind="pictures",
                key=row["public_id"],
                name=f"picture {row['public_id']}",
                row=row,
                local=local,
                create=create,
                update=update,
                can_return=False,
            )
        )

    def _media(self, row: Row) -> None:
        key = row["key"]
        own = {name: value for name, value in row.items() if name != "transcript"}
        own["transcripts"] = self.transcripts(row)
        own["captions"] = [{"language": track["language"]} for track in row["captions"]]

        def local() -> Row | None:
            media = archive.media_row(key)
            if media is None:
                return None
            found = self.exporter.media(media)
            return found | {"captions": [{"language": track["language"]} for track in found["captions"]]}

        def store() -> None:
            suffix = PurePosixPath(row["file"]).suffix.lower()
            poster = self._shown(row["poster"], f"recording {key}")
            credit = {name: row["credit"][name] for name in ("agency", "year", "author")}
            tracks = {
                track["language"]: self.source.read(track["file"], most=MOST_PICTURE_BYTES) for track in row["captions"]
            }
            add_media(
                key=key,
                kind=row["kind"],
                title=row["title"],
                file=self.source.read(row["file"], most=MOST_MEDIA_BYTES),
                name=f"{key}{suffix}",
                duration_s=row["duration_s"],
                poster=poster,
                transcripts=own["transcripts"],
                captions=tracks,
                **credit,
            )

        self.keeper.keep(
            Thing(kind="recordings", key=key, name=f"recording {key}", row=own, local=local, create=store, update=store)
        )

    def transcripts(self, row: Row) -> dict[str, str]:
        """Return the transcripts by language."""
        found = by_language(row["transcript"], self.bundle.editions[0]["language"]) | row["transcripts"]
        return {language: clean(found[language]) for language in sorted(found)}

    def _shown(self, number: str | None, name: str) -> Any:
        """Return the picture; it is told where it isn't here."""
        picture = archive.picture_row(int(number)) if number else None
        if number and picture is None:
            self.keeper.report.drop(name, f"Its picture {number} isn't here.")
        return picture

    def _author(self, row: Row) -> None:
        code, slug = row["edition"], row["slug"]
        picture = self._shown(row["picture"], f"author {row['key']}")
        words = {name: row[name] for name in ("slug", "name", "role", "bio")}
        put = partial(put_author, picture=picture, **words)
        self._term("author", row, lambda: archive.author_row(code, slug), put)

    def _tag(self, row: Row) -> None:
        code, slug = row["edition"], row["slug"]
        words = {name: row[name] for name in ("slug", "name", "kind")}
        self._term("tag", row, lambda: archive.tag_row(code, slug), partial(put_tag, **words))

    def _term(self, kind: str, row: Row, find: Callable[[], Any], put: Callable[..., Any]) -> None:
        """Make or change an author or tag; its key here is its edition and address."""
        own = {**row, "key": f"{row['edition']}/{row['slug']}"}
        write: Callable[[Any], Row] = self.exporter.author if kind == "author" else self.exporter.tag
        group = (kind, row["translation"] or "")
        edition = archive.edition_page(row["edition"])

        def local() -> Row | None:
            term = find()
            return write(term) if term is not None else None

        def store() -> None:
            first = self.groups.get(group)
            linked = None if first is None or first.edition_id == edition.pk else first  # type: ignore[union-attr]
            put(edition=edition, translation_of=linked)

        name = f"{kind} {own['key']}"
        if edition is None:
            self.keeper.report.fail(name, "Its edition was not made.")
            return
        self.keeper.keep(
            Thing(kind=f"{kind}s", key=own["key"], name=name, row=own, local=local, create=store, update=store)
        )
        if row["translation"] and group not in self.groups and (term := find()) is not None:
            self.groups[group] = term

    def _notice(self, row: Row) -> None:
        code, key = row["edition"], row["key"]
        edition = archive.edition_page(code)
        words = {name: row[name] for name in ("key", "name", "text", "aliases", "jurisdiction")}

        def local() -> Row | None:
            notice = archive.notice_row(code, key)
            return self.exporter.notice(notice) if notice else None

        if edition is None:
            self.keeper.report.fail(f"notice {key}", "Its edition was not made.")
            return
        self.keeper.keep(
            Thing(
                kind="notices",
                key=f"{code}/{key}",
                name=f"notice {key}",
                row=row,
                local=local,
                create=lambda: put_notice(edition=edition, **words),
                update=lambda: put_notice(edition=edition, **words),
            )
        )


def _picture_words(row: Row) -> Row:
    credit = row["credit"]
    return {
        "title": row["title"],
        "caption": row["caption"],
        "alt": row["alt"],
        "decorative": row["decorative"],
        "taken_on": date.fromisoformat(row["taken_on"]) if row["taken_on"] else None,
        "agency": credit["agency"],
        "year": credit["year"],
        "author": credit["author"],
        "pool": credit["pool"],
    }


def _unsaid(row: Row) -> Row:
    """What the source doesn't say is not compared."""
    return {} if row["uploaded_at"] else {"uploaded_at": None}
