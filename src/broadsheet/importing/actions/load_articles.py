"""Puts a bundle's articles in place: drafts first, so that each can link to every other, then what is public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from broadsheet.importing.actions.keeping import Keeper, Thing
from broadsheet.importing.actions.load_past import PastLoader, time_of
from broadsheet.importing.queries.exported_past import PastExporter
from broadsheet.importing.rules.bundle_blocks import Places, to_stream
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.drafts import create_article, update_article
from broadsheet.newsroom.actions.live import put_live_post, remove_live_post
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.restore import restore_history, restore_post
from broadsheet.newsroom.actions.translations import link_translation
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]
Reader = Callable[[str], Row]  # an article of the bundle by its number


@dataclass
class ArticleLoader:
    """Loads articles; `sections` are addresses by edition and key, `read` returns an article by its number.

    `past` puts their histories in place; `whole` are those whose draft holds everything already: nothing it links to was missing.
    """

    keeper: Keeper
    exporter: PastExporter
    past: PastLoader
    places: Places
    sections: Mapping[tuple[str, str], str]
    read: Reader
    groups: dict[str, list[str]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def draft(self, number: str) -> None:
        """Store the article as an unpublished draft, where there is none of its number."""
        if self._here(number) is not None or self.keeper.knows("articles", number) is not None:
            return
        row = self.read(number)
        section = self._section(row)
        if section is None:
            return
        self.places.missing.clear()
        fields = self._fields(row)
        own = {name: fields.pop(name) for name in ("headline", "kind", "body", "tags", "authors", "lead_picture")}
        try:
            with transaction.atomic():
                article = create_article(section=section, public_id=int(number), fields=fields, **own)
                self.keeper.begin("articles", number)
        except Refused as refused:
            self.keeper.report.fail(f"article {number}", str(refused.refusal))
            return
        self._known(number, article.pk)
        if not self.places.missing:
            self.whole.add(number)

    def finish(self, number: str) -> None:
        """Bring the article to the state that the bundle says: its text with all links, its times, its posts."""
        row = self.read(number)
        if row["translation"]:
            self.groups.setdefault(row["translation"], []).append(number)
        if self._here(number) is None and self.keeper.knows("articles", number) is None:
            return  # refused as a draft: reported there
        if self.keeper.keep(self._thing(number, row)) not in {"", "unchanged"}:
            self.touched.add(number)

    def link(self) -> None:
        """Link what stood here before to the translations that were made or changed."""
        for numbers in self.groups.values():
            if self.touched.intersection(numbers):
                for number in numbers[1:]:
                    self._link(number, numbers[0])

    def _link(self, number: str, first: str) -> None:
        """Link the article to the first of its group."""
        article, other = self._here(first), self._here(number)
        if article is None or other is None or article.pk == other.pk:
            return
        try:
            link_translation(article=article, other=other)
        except Refused as refused:
            self.keeper.report.drop(f"translation {number}", str(refused.refusal))

    def _thing(self, number: str, row: Row) -> Thing:
        own = {**row, "section": self.sections.get((row["edition"], row["section"]), row["section"])}
        return Thing(
            kind="articles",
            key=number,
            name=f"article {number}",
            row=own,
            local=lambda: self._local(int(number), remembered=row["history"] is not None),
            create=lambda: None,
            update=lambda: self._bring(number, row),
            can_return=False,
        )

    def _local(self, number: int, *, remembered: bool) -> Row | None:
        """Return the article as it is here; with its history where the bundle says one."""
        if remembered:
            return self.exporter.article_by_number(number)
        found = self.exporter.exporter.article_by_number(number)
        return {**found, "history": None} if found is not None else None

    def _bring(self, number: str, row: Row) -> None:
        article = self._here(number)
        section = self._section(row)
        if article is None or section is None:
            return
        self.places.missing.clear()
        if number not in self.whole:
            article = update_article(article=article, section=section, **self._fields(row))
        if row["live"] is not None:
            self._posts(article, row["live"]["posts"])
        if row["status"] == "live":
            article = self._publish(article, row)
        elif article.live:
            article = withdraw_article(article=article)
        history = _history(row)
        if row["status"] != "live" and any(history.values()):
            article = restore_history(article=article, withdrawn=row["status"] == "withdrawn", **history)
        if row["translation"]:
            self._link(number, self.groups[row["translation"]][0])
            article = archive.article_row(article.public_id)
        if row["history"] is not None:
            self.past.load(page=article, name=f"article {number}", row=row["history"], values=self._fields)
        elif row["pending"] is not None:
            update_article(article=article, **self._fields(row["pending"]))
        if row["scheduled"] and row["history"] is None:
            self._schedule(article, row)
        self.keeper.tell_missing(f"article {number}", self.places)

    def _publish(self, article: Any, row: Row) -> Any:
        history = _history(row)
        if not article.live:
            article = restore_history(article=article, **history)
        try:
            return publish_article(article=article, updated_at=history["updated_at"])
        except Refused as refused:
            self.keeper.report.drop(
                f"article {row['public_id']}", f"It stays a draft, and was public where it came from: {refused.refusal}"
            )
            return article

    def _schedule(self, article: Any, row: Row) -> None:
        content = row["pending"] or row
        due = time_of(content["publish_at"])
        if due is None or due <= clock.now():
            self.keeper.report.drop(
                f"article {row['public_id']}",
                "It was to be published by itself at a time that is over; it stays a draft.",
            )
            return
        try:
            publish_article(article=article)
        except Refused as refused:
            self.keeper.report.drop(f"article {row['public_id']}", f"It is not scheduled: {refused.refusal}")

    def _posts(self, article: Any, posts: list[Row]) -> None:
        for row in posts:
            shown, by = row["picture"], row["author"]
            picture = self._found("pictures", shown, archive.picture_row(int(shown))) if shown else None
            author = self._found("authors", by, _term(archive.author_row, by)) if by else None
            post = put_live_post(
                article=article,
                html=self.places.text(row["html"]),
                key=row["key"],
                at=time_of(row["at"]),
                headline=row["headline"],
                picture=picture,
                author=author,
                pinned=row["pinned"],
            )
            restore_post(post=post, changed_at=time_of(row["changed_at"]))
        wanted = {row["key"] for row in posts}
        for key in set(archive.post_keys(article.pk)) - wanted:
            gone = archive.post_row(article.pk, key)
            if gone is not None:
                remove_live_post(post=gone)

    def _fields(self, row: Row, block_ids: Sequence[str] = ()) -> Row:
        """Return what a draft is made of, in the newsroom's terms."""
        lead = row["lead"] or {"picture": None, "caption": "", "alt": ""}
        live = row["live"] or {"starts_at": None, "ends_at": None}
        source = row["source"] or {"name": "", "url": "", "licence": ""}
        plain = ("short_title", "standfirst", "dateline", "story_group", "channel_post", "kind")
        words = {name: row[name] for name in plain}
        tags = [self._found("tags", key, _term(archive.tag_row, key)) for key in row["tags"]]
        authors = [self._found("authors", key, _term(archive.author_row, key)) for key in row["authors"]]
        picture, media = lead["picture"], row["lead_media"]
        return {
            **words,
            "headline": row["headline"],
            "address_slug": row["slug"],
            "body": to_stream(row["body"], self.places, block_ids),
            "tags": [tag for tag in tags if tag is not None],
            "authors": [author for author in authors if author is not None],
            "lead_picture": self._found("pictures", picture, archive.picture_row(int(picture))) if picture else None,
            "lead_caption": lead["caption"],
            "lead_alt": lead["alt"],
            "lead_media": self._found("media", media, archive.media_row(media)) if media else None,
            "live_starts_at": time_of(live["starts_at"]),
            "live_ends_at": time_of(live["ends_at"]),
            "source_name": source["name"],
            "source_url": source["url"],
            "source_licence": source["licence"],
            "minor_change": row["minor_change"],
            "expire_at": time_of(row["expires_at"]),
            "go_live_at": time_of(row["publish_at"]),
            "corrections": [(time_of(one["at"]), one["text"]) for one in row["corrections"]],
        }

    def _found(self, kind: str, key: str, row: Any) -> Any:
        """Return the row; where there is none, note what is missing."""
        if row is None:
            self.places.missing.add(f"{kind} {key}")
        return row

    def _section(self, row: Row) -> Any:
        slug = self.sections.get((row["edition"], row["section"]), row["section"])
        section = archive.section_page(row["edition"], slug)
        if section is None:
            self.keeper.report.fail(f"article {row['public_id']}", f"There is no section {row['edition']}/{slug}.")
        return section

    def _here(self, number: str) -> Any:
        return archive.article_row(int(number))

    def _known(self, number: str, page_id: int) -> None:
        """Let later articles link to this one."""
        if isinstance(self.places.pages, dict):
            self.places.pages[f"article:{number}"] = page_id
        names = self.exporter.exporter.pages
        if names is not None:
            names[page_id] = ("article", number)


def _term(find: Callable[[str, str], Any], key: str) -> Any:
    code, _slash, slug = key.partition("/")
    return find(code, slug)


def _history(row: Row) -> Row:
    first = time_of(row["first_published_at"] or row["published_at"])
    day = date.fromisoformat(row["published_on"]) if row["published_on"] else None
    return {"first_published_at": first, "published_on": day, "updated_at": time_of(row["updated_at"])}
