"""Keeps one article that came from elsewhere: with its section, tags, authors, notices and pictures."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from broadsheet.importing.actions.keeping import Keeper, Thing, still_there
from broadsheet.importing.engines.picture_files import Finder, suffix_of
from broadsheet.importing.errors import ImportRefusedError
from broadsheet.importing.models import OldAddress
from broadsheet.importing.queries.exported import Exporter
from broadsheet.importing.rules.bundle_blocks import Places, to_stream
from broadsheet.importing.rules.digests import digest
from broadsheet.importing.rules.entry import Entry, EntryPicture
from broadsheet.importing.rules.old_paths import old_path
from broadsheet.importing.rules.page_entry import notice_key
from broadsheet.importing.rules.pictures_wanted import with_pictures
from broadsheet.importing.rules.slugs import slug
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.drafts import create_article, update_article
from broadsheet.newsroom.actions.pictures import add_picture
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.restore import restore_history
from broadsheet.newsroom.actions.terms import put_author, put_notice, put_tag
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]
FILES = "files"  # pictures are remembered by what is in them, from whatever source they came


@dataclass
class EntryKeeper:
    """Keeps entries in one edition; `find` gets files of pictures, `section` finds or makes an entry's section."""

    edition: Any
    keeper: Keeper
    find: Finder
    section: Callable[[Entry, Any], Any]
    exporter: Exporter = field(default_factory=Exporter)
    last: Row | None = None

    def keep(self, entry: Entry) -> str:
        """Make the entry an article, or bring the article that it became up to date; returns what was done."""
        report, name = self.keeper.report, f"“{entry.headline[:60]}”"
        before = self.keeper.knows("articles", entry.key)
        row = entry.as_row()
        if before is not None and before.source_digest == digest(row):
            self.last = self._local(before.local_id)
            report.count("articles", "unchanged")
            return "unchanged"
        for line in entry.dropped:
            report.drop(f"{name}: {line.what}", line.reason)
        standing = self._local(before.local_id) if before is not None else None
        edited = before is not None and standing is not None and before.local_digest != digest(standing)
        try:
            section = self.section(entry, self.edition)
        except (ImportRefusedError, Refused) as refused:
            self.last = standing
            report.fail(name, _words(refused))
            return ""
        numbers = {} if edited and not self.keeper.force else self._pictures(entry)
        made = _Made(before.local_id if before is not None else "")
        outcome = self.keeper.keep(
            Thing(
                kind="articles",
                key=entry.key,
                name=name,
                row=row,
                local=lambda: self._local(made.number),
                create=partial(self._create, entry, section, numbers, made),
                update=partial(self._update, entry, section, numbers, made),
                can_return=False,
            )
        )
        self.last = self._local(made.number)
        return outcome

    def _local(self, number: str) -> Row | None:
        return self.exporter.article_by_number(int(number)) if number.isdigit() else None

    def _create(self, entry: Entry, section: Any, numbers: dict[int, str], made: "_Made") -> None:
        values = self._values(entry, numbers)
        own = {name: values.pop(name) for name in ("headline", "kind", "body", "tags", "authors", "lead_picture")}
        wanted = entry.public_id
        if wanted is not None and (archive.article_row(wanted) or archive.picture_row(wanted)):
            self.keeper.report.drop(f"number {wanted}", "Something else here has it already: the article got another.")
            wanted = None
        article = create_article(section=section, public_id=wanted, fields=values, **own)
        made.number = f"{article.public_id:010d}"
        if self.exporter.pages is not None:
            self.exporter.pages[article.pk] = ("article", made.number)
        self._bring(article, entry)

    def _update(self, entry: Entry, section: Any, numbers: dict[int, str], made: "_Made") -> None:
        article = still_there(archive.article_row(int(made.number)))
        self._bring(update_article(article=article, section=section, **self._values(entry, numbers)), entry)

    def _bring(self, article: Any, entry: Entry) -> None:
        """Bring the article to the state that its source says, and remember its old addresses."""
        first = entry.published_at or _noon(entry, self.edition)
        if not article.live and first is not None:
            article = restore_history(
                article=article,
                first_published_at=first,
                published_on=entry.published_on,
                updated_at=entry.updated_at,
                withdrawn=entry.was_live and not entry.is_live,
            )
        if entry.is_live:
            try:
                publish_article(article=article, updated_at=entry.updated_at)
            except Refused as refused:
                self.keeper.report.drop(f"“{entry.headline[:60]}”", f"It stays a draft: {refused.refusal}")
        elif article.live and entry.was_live:
            withdraw_article(article=article)
        for address in entry.old_addresses:
            if path := old_path(address):
                OldAddress.objects.update_or_create(path=path, defaults={"article_id": article.pk, "at": clock.now()})

    def _values(self, entry: Entry, numbers: dict[int, str]) -> Row:
        keys = self._notices(entry)
        pictures = {number: archive.picture_row(int(number)) for number in numbers.values()}
        places = Places(pictures={number: row.pk for number, row in pictures.items() if row is not None})
        body = with_pictures(entry.body, numbers)
        for block in body:
            if "html" in block:
                for asked, kept in keys.items():
                    block["html"] = block["html"].replace(f'data-notice="{asked}"', f'data-notice="{kept}"')
        lead = numbers.get(entry.lead) if entry.lead is not None else None
        return {
            "headline": entry.headline,
            "kind": entry.kind,
            "body": to_stream(body, places),
            "tags": [self._tag(name) for name in entry.tags[:30]],
            "authors": [self._author(name) for name in entry.authors[:10]],
            "lead_picture": pictures.get(lead) if lead else None,
            "short_title": entry.short_title[:80],
            "standfirst": entry.standfirst[:600],
            "address_slug": entry.address_slug[:100],
            "source_name": entry.source_name,
            "source_url": entry.source_url,
            "source_licence": entry.source_licence,
        }

    def _pictures(self, entry: Entry) -> dict[int, str]:
        """Take the entry's pictures in, each in a transaction of its own, and return their numbers by place."""
        numbers: dict[int, str] = {}
        for place, picture in enumerate(entry.pictures):
            try:
                numbers[place] = self._picture(picture)
            except (Refused, ImportRefusedError) as refused:
                self.keeper.report.drop(f"picture {picture.address[:200]}", _words(refused))
        self.exporter.__dict__.pop("names", None)
        return numbers

    def _picture(self, wanted: EntryPicture) -> str:
        data = self.find(wanted.address)
        mark = hashlib.sha256(data).hexdigest()
        files = Keeper(FILES, self.keeper.report)
        known = files.looks_up("pictures", mark)
        if known is not None and archive.picture_row(int(known.local_id)) is not None:
            return known.local_id
        credit = wanted.credit
        picture = add_picture(
            file=data,
            name=f"{slug(wanted.title or wanted.address.rsplit('/', 1)[-1].rsplit('.', 1)[0])[:60]}.{suffix_of(data, wanted.address)}",
            title=wanted.title[:255],
            caption=wanted.caption[:400] if wanted.caption is not None else None,
            alt=wanted.alt[:400] if wanted.alt is not None else None,
            agency=(credit.agency or credit.author or "")[:80] if credit is not None else None,
            year=credit.year if credit is not None else None,
            author=((credit.author or "") if credit.agency else "")[:120] if credit is not None else None,
            pool=credit.pool if credit is not None else None,
        )
        number = f"{picture.public_id:010d}"
        files.note("pictures", mark, number)
        return number

    def _notices(self, entry: Entry) -> dict[str, str]:
        """Store the entry's legal notices that are not in the register; returns the register's keys by those asked."""
        register = [row for row in archive.all_notices() if row.edition_id == self.edition.pk]
        keys: dict[str, str] = {}
        for notice in entry.notices:
            known = next((row for row in register if _same(row, notice.name)), None)
            asked = notice_key(notice.name)
            if known is None:
                known = put_notice(
                    edition=self.edition,
                    key=asked,
                    name=notice.name[:160],
                    text=notice.text[:1500],
                    aliases=notice.aliases,
                    jurisdiction=(notice.jurisdiction or "")[:120],
                )
            keys[asked] = known.key
        return keys

    def _tag(self, name: str) -> Any:
        address = slug(name, "tag")
        return archive.tag_row(self.edition.code, address) or put_tag(
            edition=self.edition, slug=address, name=" ".join(name.split())[:80]
        )

    def _author(self, name: str) -> Any:
        address = slug(name, "author")
        return archive.author_row(self.edition.code, address) or put_author(
            edition=self.edition, slug=address, name=" ".join(name.split())[:120]
        )


@dataclass
class _Made:
    """The number of the article that an entry became, once it is known."""

    number: str


def _words(refused: ImportRefusedError | Refused) -> str:
    return refused.message if isinstance(refused, ImportRefusedError) else str(refused.refusal)


def _same(row: Any, name: str) -> bool:
    return name.casefold() in {row.name.casefold(), *(str(alias).casefold() for alias in row.aliases)}


def _noon(entry: Entry, edition: Any) -> datetime | None:
    """Return noon of the day a source names without a time, in the edition's zone."""
    if entry.published_on is None:
        return None
    return datetime.combine(entry.published_on, time(12), ZoneInfo(edition.time_zone)).astimezone(UTC)
