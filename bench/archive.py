"""Fills an empty data folder with an archive of any size: `python -m bench.archive COUNT FOLDER`.

The rows are those the product's own actions write, only written in bulk: pages in the tree, articles with bodies of
realistic length, tags, bylines, pictures, and the search index. Words follow the frequencies of a natural language:
few are everywhere, most are rare. The same count always makes the same archive.
"""

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.frame import django, environment

EDITION_SECTIONS = ("world", "city", "economy", "climate", "science", "culture", "sport", "opinion")
AUTHORS, TAGS, PICTURES = 60, 400, 24
PARAGRAPHS, BATCH = 12_000, 1000
NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTES_APART = 35
KINDS = ("news",) * 14 + ("analysis", "opinion", "interview", "gallery", "infographic", "cartoon")
# The most frequent words of English, most frequent first; the rest are made of syllables.
FREQUENT = re.findall(
    r"[a-z]+",
    "the of and to in a is that for it was on are as with his they at be this from have or by one had not but what "
    "all were when we there can an your which their said if do will each about how up out them then she many some "
    "so these would other into has more her two like him see time could no make than first been its who now people "
    "my made over did down only way find use may water long little very after words called just where most know "
    "government police market council minister river report city court company price weather season letter voters",
)
PHRASE = "tidal barrier inquiry"  # stands in every 50th article
RARE = "quillwort"  # stands in every 2,000th


def vocabulary(count: int = 30_000) -> list[str]:
    """Return so many words, the most frequent first."""
    dice = random.Random(7)
    begins = re.findall("[a-z]+", "b c d f g h l m n p r s t v w br cl cr dr fl gr pl pr sl st tr th sh")
    middles = ("a", "e", "i", "o", "u", "ai", "ea", "ee", "oa", "ou")
    ends = ["", "n", "r", "l", "t", "nd", "st", "ck", "m", "rd"]
    suffixes = ["", "", "", "s", "ed", "ing", "ly", "er", "ness", "ment", "ation"]
    found = dict.fromkeys(FREQUENT)
    while len(found) < count:
        syllables = "".join(
            dice.choice(begins) + dice.choice(middles) + dice.choice(ends) for _ in range(dice.choice((1, 2, 2, 3)))
        )
        found.setdefault(syllables + dice.choice(suffixes))
    return list(found)


class Prose:
    """Sentences and paragraphs by Zipf's law."""

    def __init__(self, seed: int = 11) -> None:
        self.dice = random.Random(seed)
        self.words = vocabulary()
        total, self.cumulated = 0.0, []
        for rank in range(1, len(self.words) + 1):
            total += 1 / (rank + 2.7)
            self.cumulated.append(total)
        self.paragraphs = [" ".join(self.sentence() for _ in range(self.dice.randint(2, 5))) for _ in range(PARAGRAPHS)]

    def some(self, count: int) -> list[str]:
        """Return so many words as they fall."""
        return self.dice.choices(self.words, cum_weights=self.cumulated, k=count)

    def sentence(self) -> str:
        """Return a sentence."""
        words = " ".join(self.some(self.dice.randint(7, 24)))
        return f"{words[0].upper()}{words[1:]}."

    def headline(self) -> str:
        """Return a headline."""
        words = " ".join(self.dice.choices(self.words[40:6000], k=self.dice.randint(6, 11)))
        return f"{words[0].upper()}{words[1:]}"

    def article(self) -> list[str]:
        """Return paragraphs: most articles have 300 to 700 words, few are long."""
        count = min(30, max(3, round(self.dice.lognormvariate(2.15, 0.45))))
        return self.dice.choices(self.paragraphs, k=count)


@dataclass
class Frame:
    """What the articles hang on."""

    edition: Any
    sections: list[Any]
    tags: list[Any]
    authors: list[Any]
    pictures: list[Any]


def make_frame() -> Frame:
    """Return an edition with sections, names and pictures, made by the newsroom's own actions."""
    from broadsheet.newsroom.actions.editions import create_edition, create_section
    from broadsheet.newsroom.actions.terms import put_author, put_tag

    edition = create_edition(code="en", language="en", name="The Archive", at_root=True, time_zone="Europe/London")
    sections = [create_section(edition=edition, name=slug.title(), slug=slug) for slug in EDITION_SECTIONS]
    kinds = ("place", "person", "topic")
    words = [word for word in vocabulary(4000)[200:] if len(word) > 4]
    tags = [
        put_tag(edition=edition, slug=f"{words[i]}-{i}", name=words[i].title(), kind=kinds[i % 3]) for i in range(TAGS)
    ]
    names = [f"{words[-i].title()} {words[-i - 300].title()}" for i in range(1, AUTHORS + 1)]
    authors = [put_author(edition=edition, slug=f"author-{i}", name=name) for i, name in enumerate(names)]
    return Frame(edition, sections, tags, authors, [_picture(i) for i in range(PICTURES)])


def _picture(number: int) -> Any:
    import io

    from PIL import Image, ImageDraw

    from broadsheet.newsroom.actions.pictures import add_picture

    dice = random.Random(number)
    image = Image.new("RGB", (1600, 1000), tuple(dice.randrange(60, 200) for _ in range(3)))
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = dice.randrange(1600), dice.randrange(1000)
        pen.ellipse(
            (x, y, x + dice.randrange(20, 400), y + dice.randrange(20, 300)),
            fill=tuple(dice.randrange(256) for _ in range(3)),
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return add_picture(
        file=out.getvalue(), name=f"picture-{number}.jpg", title=f"Picture {number}", caption=f"Circles, number {number}.",
        alt=f"Coloured circles, number {number}", agency="Tidewire", year=2026, author="Jane Roe",
    )  # fmt: skip


class Archive:
    """Writes articles in bulk, oldest first."""

    def __init__(self, frame: Frame, count: int) -> None:
        self.frame = frame
        self.count = count
        self.dice = random.Random(5)
        self.prose = Prose()
        self.steps = dict.fromkeys((section.pk for section in frame.sections), 0)
        self.first_number = 2_000_000_001

    def fill(self) -> Iterator[int]:
        """Write everything; yields the count done."""
        from django.db import transaction

        for start in range(0, self.count, BATCH):
            numbers = range(start, min(self.count, start + BATCH))
            with transaction.atomic():
                self._write(numbers)
            yield numbers.stop
        self._count_children()
        self._index()

    def _write(self, numbers: range) -> None:
        from wagtail.models import Page

        from broadsheet.kernel.models import PublicNumber
        from broadsheet.newsroom.models import ArticlePage, ArticleTag, Byline

        articles = [self._article(number) for number in numbers]
        PublicNumber.objects.bulk_create([PublicNumber(id=a.public_id, kind="article") for a in articles])
        pages = Page.objects.bulk_create([_page_of(article) for article in articles])
        for article, page in zip(articles, pages, strict=True):
            article.pk = article.page_ptr_id = page.pk
        _insert(ArticlePage, articles)
        tagged, bylines = [], []
        for article in articles:
            at = article.listed_at
            chosen = self.dice.sample(
                self.frame.tags[: 40 if self.dice.random() < 0.5 else TAGS], self.dice.randint(2, 5)
            )
            tagged += [
                ArticleTag(article_id=article.pk, tag=t, sort_order=i, listed_at=at) for i, t in enumerate(chosen)
            ]
            author = self.dice.choice(self.frame.authors)
            bylines.append(Byline(article_id=article.pk, author=author, sort_order=0, listed_at=at))
        ArticleTag.objects.bulk_create(tagged)
        Byline.objects.bulk_create(bylines)

    def _article(self, number: int) -> Any:
        from broadsheet.newsroom.models import ArticlePage
        from broadsheet.newsroom.rules.addresses import address_slug

        at = NEWEST - timedelta(minutes=MINUTES_APART * (self.count - 1 - number))
        section = self.frame.sections[self.dice.randrange(len(self.frame.sections))]
        self.steps[section.pk] += 1
        headline = self.prose.headline()
        article = ArticlePage(
            title=headline, draft_title=headline, public_id=self.first_number + number,
            slug=f"{self.first_number + number:010d}", edition=self.frame.edition, section=section, live=True,
            has_unpublished_changes=False, depth=section.depth + 1, locale_id=section.locale_id, numchild=0,
            path=ArticlePage._get_path(section.path, section.depth + 1, self.steps[section.pk]),
            first_published_at=at, last_published_at=at, latest_revision_created_at=at, listed_at=at,
            published_on=at.date(), content_digest=f"{number:064x}", address_slug=address_slug(headline),
            kind=KINDS[number % len(KINDS)], standfirst=self.prose.sentence()[:300],
            lead_picture=self.frame.pictures[number % PICTURES], body=self._body(number),
        )  # fmt: skip
        article.url_path = f"{section.url_path}{article.slug}/"
        return article

    def _body(self, number: int) -> list[Any]:
        import json

        texts = self.prose.article()
        if number % 50 == 0:
            texts[0] = f"The {PHRASE} opened. {texts[0]}"
        if number % 2000 == 7:
            texts[-1] = f"{texts[-1]} Nobody had seen {RARE} there before."
        blocks: list[dict[str, Any]] = [{"type": "paragraph", "value": f"<p>{text}</p>"} for text in texts]
        if len(blocks) > 6:
            blocks.insert(4, {"type": "heading", "value": {"level": "2", "text": self.prose.headline()[:60]}})
        picture = self.frame.pictures[(number + 5) % PICTURES]
        blocks.insert(
            2, {"type": "image", "value": {"picture": picture.pk, "caption": "", "alt": "", "size": "column"}}
        )
        return json.dumps(blocks)  # type: ignore[return-value]

    def _count_children(self) -> None:
        from wagtail.models import Page

        for section in self.frame.sections:
            Page.objects.filter(pk=section.pk).update(numchild=self.steps[section.pk])

    def _index(self) -> None:
        """Index all articles by the rows that the product makes of them."""
        from django.db import connection, transaction

        from broadsheet.newsroom.models import ArticlePage
        from broadsheet.newsroom.queries.cards import authors_of
        from broadsheet.search.actions import index
        from broadsheet.search.models import SearchDocument

        rows = ArticlePage.objects.filter(listed_at__isnull=False).order_by("pk")
        seen: set[tuple[str, int]] = set()
        last = 0
        while True:
            articles = list(rows.filter(pk__gt=last)[:BATCH])
            if not articles:
                break
            last = articles[-1].pk
            authors, tags = authors_of([a.pk for a in articles]), _tags([a.pk for a in articles])
            with transaction.atomic():
                texts = [_text(a, tags.get(a.pk, ()), tuple(authors.get(a.pk, ()))) for a in articles]
                documents = [SearchDocument(**index._row(text)) for text in texts]
                SearchDocument.objects.bulk_create(documents)
                _full_text(connection, [document.pk for document in documents])
                for text in texts:
                    names = {(k, t.id) for k, terms in (("t", text.tags), ("a", text.authors)) for t in terms}
                    if not names <= seen:
                        seen |= names
                        index._put_names(text)


def _page_of(article: Any) -> Any:
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    values = {field.attname: getattr(article, field.attname) for field in Page._meta.concrete_fields}
    values.pop("id")
    values["content_type_id"] = ContentType.objects.get_for_model(type(article)).pk
    return Page(**values)


def _insert(model: Any, rows: list[Any]) -> None:
    """Insert the rows of the table that extends pages; bulk_create doesn't do inherited tables."""
    from django.db import connection

    fields = model._meta.local_concrete_fields
    objects = model._base_manager.get_queryset()
    size = connection.ops.bulk_batch_size(fields, rows)
    for start in range(0, len(rows), size):
        objects._insert(rows[start : start + size], fields=fields, using=connection.alias)


def _tags(articles: list[int]) -> dict[int, list[Any]]:
    from broadsheet.newsroom.models import ArticleTag
    from broadsheet.newsroom.queries.articles import TagView

    found: dict[int, list[Any]] = {}
    for row in ArticleTag.objects.filter(article_id__in=articles).select_related("tag").order_by("sort_order"):
        view = TagView(row.tag.pk, row.tag.kind, row.tag.slug, row.tag.name, f"/tag/{row.tag.slug}/")
        found.setdefault(row.article_id, []).append(view)
    return found


def _text(article: Any, tags: Any, authors: Any) -> Any:
    from broadsheet.newsroom.queries.text import ArticleText, body_words

    return ArticleText(
        article_id=article.pk, edition_id=article.edition_id, section_id=article.section_id, language="en",
        kind=article.kind, published_at=article.listed_at, headline=article.title, short_title=article.short_title,
        standfirst=article.standfirst, body="\n".join(filter(None, body_words(article.body.raw_data))),
        tags=tuple(tags), authors=authors,
    )  # fmt: skip


def _full_text(connection: Any, documents: list[int]) -> None:
    from broadsheet.search.engines import engine, sqlite

    if connection.vendor != "sqlite":
        for number in documents:
            engine().put(number)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO search_fts(rowid, {sqlite.COLUMNS}) SELECT id, {sqlite.COLUMNS} FROM search_document "
            "WHERE id BETWEEN %s AND %s",
            [min(documents), max(documents)],
        )


def build(count: int, data: Path) -> None:
    """Let the folder hold an archive of so many articles; nothing is done where it does already."""
    import subprocess

    mark = data / "archive"
    if mark.is_file() and mark.read_text(encoding="ascii") == str(count):
        return
    command = [sys.executable, "-m", "bench.archive", str(count), str(data)]
    subprocess.run(command, env=environment(data), check=True)
    mark.write_text(str(count), encoding="ascii")


def main() -> int:
    """Fill the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    import os

    os.environ["BROADSHEET_DATA"] = str(chosen.folder)
    django()
    from django.db import connection

    from broadsheet.config.prepare import prepare
    from broadsheet.newsroom.models import EditionPage

    started = time.monotonic()
    prepare()
    if EditionPage.objects.exists():
        raise SystemExit(f"{chosen.folder} holds a paper already; nothing was written. Name an empty folder.")
    for done in Archive(make_frame(), chosen.count).fill():
        if done % 10_000 == 0:
            print(f"{done} articles, {time.monotonic() - started:.0f} s", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"{chosen.count} articles were written in {time.monotonic() - started:.0f} s.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
