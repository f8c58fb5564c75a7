"""A small paper in three languages with an article of every kind, and what tests look at its pages with."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.models import ArticlePage, Author, EditionPage, Picture, SectionPage, Tag
from tests.factories import newsroom as make

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KINDS = ("news", "analysis", "opinion", "interview", "live", "gallery", "cartoon", "infographic", "video", "audio")


@pytest.fixture(autouse=True)
def _rails_forgotten() -> Iterator[None]:
    from broadsheet.web.queries.discussion_rules import forget_rules
    from broadsheet.web.queries.rails import forget_rails

    forget_rails()
    forget_rules()
    yield
    forget_rails()
    forget_rules()


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def listed(*values: Any) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


@dataclass
class Paper:
    """What the fixture made."""

    edition: EditionPage
    fr: EditionPage
    ar: EditionPage
    world: SectionPage
    monde: SectionPage
    sport: SectionPage
    picture: Picture
    author: Author | None = None
    tags: list[Tag] = field(default_factory=list)
    articles: dict[str, ArticlePage] = field(default_factory=dict)

    def path(self, kind: str = "news") -> str:
        from broadsheet.newsroom.queries.addresses import path_of

        return path_of(self.articles[kind])


def add_kind(made: Paper, kind: str) -> None:
    """Publish an article of the kind in the paper."""
    made.articles[kind] = make.make_article(
        made.world, f"The {kind} of the day", at=NOON - timedelta(hours=KINDS.index(kind)), kind=kind,
        authors=[made.author], tags=made.tags if kind == "news" else [], lead_picture=made.picture,
        fields={"standfirst": f"What the {kind} says in one sentence.", "dateline": "SALTMERE"},
    )  # fmt: skip


@pytest.fixture
def every_kind(paper: "Paper") -> "Paper":
    """The paper with an article of every kind."""
    for kind in KINDS:
        if kind not in paper.articles:
            add_kind(paper, kind)
    return paper


class Page:
    """A page as a reader's browser has it, without scripts."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.response = response
        self.text = response.content.decode()
        self.tree = BeautifulSoup(self.text, "lxml", multi_valued_attributes=None)

    def all(self, css: str) -> list[Any]:
        return self.tree.select(css)

    def one(self, css: str) -> Any:
        found = self.all(css)
        assert len(found) == 1, f"{css}: {len(found)} found"
        return found[0]

    def words(self, css: str = "body") -> str:
        return re.sub(r"\s+", " ", " ".join(e.get_text() for e in self.all(css))).strip()


@pytest.fixture
def read(client: Client):
    """Return a function that opens a public address."""

    def open_page(path: str, status: int = 200) -> Page:
        response = client.get(path)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return Page(response)

    return open_page


@pytest.fixture
def paper(db: None) -> Paper:
    """Three editions; in the English one four articles, of which the news is translated into French."""
    en = make.make_edition(
        "en", name="The Tide", tagline="News by the sea", brand="The Tide Press", time_zone="Europe/London",
        privacy_address="privacy@tide.example", accent="#8c1c2b",
    )  # fmt: skip
    fr = make.make_edition("fr", name="La Marée", at_root=False, time_zone="Europe/Paris", accent="#1d4f7a")
    ar = make.make_edition("ar", name="المدّ", at_root=False, time_zone="Asia/Beirut", accent="#0f5e4d")
    world = make.make_section(en, "world", name="World")
    monde = make.make_section(fr, "monde", name="Monde", translation_of=world)
    sport = make.make_section(en, "sport", name="Sport")
    made = Paper(en, fr, ar, world, monde, sport, make.make_picture(1600, 1200, caption="A gate", alt="A steel gate"))
    author = make.make_author(en, "mara-quill", name="Mara Quill", role="Correspondent", picture=make.make_picture())
    tags = [make.make_tag(en, slug, name=slug.title(), kind=kind) for slug, kind in (("saltmere", "place"), ("ines", "person"), ("floods", "topic"))]  # fmt: skip
    made.author, made.tags = author, tags
    for kind in ("news", "analysis", "opinion", "video"):
        add_kind(made, kind)
    draft = make.make_draft(monde, "La nouvelle du jour", translation_of=made.articles["news"])
    made.articles["fr"] = publish_article(article=draft, at=NOON)
    return made
