"""What a page says of itself to machines: schema.org as plain values (ART-10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Node = dict[str, Any]
TYPES = {
    "news": "NewsArticle",
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "interview": "NewsArticle",
    "live": "LiveBlogPosting",
    "gallery": "NewsArticle",
    "cartoon": "NewsArticle",
    "infographic": "NewsArticle",
    "video": "NewsArticle",
    "audio": "NewsArticle",
}
POLICIES = {
    "corrections": "correctionsPolicy",
    "about": "publishingPrinciples",
    "imprint": "masthead",
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """The paper; `policies` are addresses by the purpose of the page."""

    name: str
    url: str
    logo: str
    policies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture at its three ratios, as absolute addresses with width and height."""

    urls: tuple[tuple[str, int, int], ...]
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article as machines read it."""

    kind: str
    url: str
    headline: str
    description: str
    language: str
    section: str
    section_url: str
    published_at: datetime
    modified_at: datetime
    words: int
    publisher: Publisher
    authors: tuple[tuple[str, str], ...] = ()
    images: tuple[Image, ...] = ()
    keywords: tuple[str, ...] = ()
    about: tuple[tuple[str, str, str], ...] = ()  # kind of tag, name, address
    corrections: tuple[tuple[datetime, str], ...] = ()
    dateline: str = ""
    based_on: tuple[str, str, str] = ("", "", "")  # name, address, licence
    recording: Mapping[str, Any] | None = None
    coverage: tuple[datetime | None, datetime | None] = (None, None)
    updates: tuple[Mapping[str, Any], ...] = ()
    comment_count: int | None = None  # None where there is no discussion
    comments: tuple[tuple[str, datetime, str, str], ...] = ()  # author (empty: unknown), time, text, address


def organisation(publisher: Publisher) -> Node:
    """Return the paper as an organisation."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{publisher.url}#paper",
        "name": publisher.name,
        "url": publisher.url,
        "logo": {"@type": "ImageObject", "url": publisher.logo, "width": "512 px", "height": "512 px"},
        **{POLICIES[purpose]: url for purpose, url in publisher.policies.items() if purpose in POLICIES},
    }


def story(article: Story) -> Node:
    """Return an article with the trail that leads to it."""
    node: Node = {
        "@type": TYPES.get(article.kind, "NewsArticle"),
        "@id": f"{article.url}#article",
        "mainEntityOfPage": article.url,
        "url": article.url,
        "headline": article.headline,
        "description": article.description,
        "inLanguage": article.language,
        "articleSection": article.section,
        "datePublished": article.published_at.isoformat(),
        "dateModified": article.modified_at.isoformat(),
        "wordCount": article.words,
        "isAccessibleForFree": True,
        "publisher": organisation(article.publisher),
        "author": _authors(article),
        "image": [_image(image) for image in article.images],
        "keywords": list(article.keywords),
        "about": [{"@type": _thing(kind), "name": name, "url": url} for kind, name, url in article.about],
        "correction": [
            {"@type": "CorrectionComment", "text": text, "datePublished": at.isoformat()}
            for at, text in article.corrections
        ],
    }
    if article.comment_count is not None:
        node |= {"commentCount": article.comment_count, "discussionUrl": f"{article.url}#discussion"}
        node["comment"] = [_comment(*comment) for comment in article.comments]
    if article.dateline:
        node["locationCreated"] = {"@type": "Place", "name": article.dateline}
    name, url, licence = article.based_on
    if url:
        node["isBasedOn"] = {"@type": "CreativeWork", "name": name, "url": url} | (
            {"license": licence} if licence else {}
        )
    if article.recording:
        node["video" if article.recording["@type"] == "VideoObject" else "audio"] = dict(article.recording)
    if article.kind == "live":
        node |= _coverage(article)
    return _whole([{key: value for key, value in node.items() if value not in ("", [], None)}, trail(article)])


def trail(article: Story) -> Node:
    """Return the way from the front page to the article."""
    steps = ((article.publisher.name, article.publisher.url), (article.section, article.section_url))
    return breadcrumbs([*steps, (article.headline, article.url)])


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Node:
    """Return a list of breadcrumbs."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(steps, 1)
        ],
    }


def front(publisher: Publisher, *, language: str) -> Node:
    """Return an edition's front page: the site, and who makes it."""
    site = {
        "@type": "WebSite",
        "@id": f"{publisher.url}#site",
        "url": publisher.url,
        "name": publisher.name,
        "inLanguage": language,
        "publisher": {"@id": f"{publisher.url}#paper"},
    }
    return _whole([site, organisation(publisher)])


def collection(publisher: Publisher, *, name: str, url: str, description: str, language: str) -> Node:
    """Return a page that lists articles, with the trail that leads to it."""
    page = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": language,
        "publisher": organisation(publisher),
    }
    if description:
        page["description"] = description
    return _whole([page, breadcrumbs([(publisher.name, publisher.url), (name, url)])])


def person(publisher: Publisher, *, name: str, url: str, role: str, bio: str) -> Node:
    """Return an author's page."""
    who = {"@type": "Person", "name": name, "url": url, "worksFor": organisation(publisher)}
    who |= {key: value for key, value in (("jobTitle", role), ("description", bio)) if value}
    return _whole([{"@type": "ProfilePage", "@id": url, "url": url, "mainEntity": who}])


def _whole(nodes: list[Node]) -> Node:
    return {"@context": "https://schema.org", "@graph": nodes}


def _authors(article: Story) -> list[Node]:
    people = [{"@type": "Person", "name": name, "url": url} for name, url in article.authors]
    paper = {"@type": "Organization", "name": article.publisher.name, "url": article.publisher.url}
    return people or [paper]


def _image(image: Image) -> Node:
    url, width, height = image.urls[0]
    node: Node = {"@type": "ImageObject", "url": url, "contentUrl": url} | _size(width, height)
    if len(image.urls) > 1:
        node["thumbnail"] = [
            {"@type": "ImageObject", "url": other} | _size(wide, high) for other, wide, high in image.urls[1:]
        ]
    words = (("caption", image.caption), ("creditText", image.credit), ("copyrightNotice", image.credit))
    return node | {key: value for key, value in words if value}


def _comment(author: str, at: datetime, text: str, url: str) -> Node:
    node: Node = {"@type": "Comment", "url": url, "datePublished": at.isoformat(), "text": text}
    return node | ({"author": {"@type": "Person", "name": author}} if author else {})


def _size(width: int, height: int) -> Node:
    """Return the size as schema.org's Distance, which is a text with its unit."""
    return {"width": f"{width} px", "height": f"{height} px"}


def _thing(kind: str) -> str:
    return {"place": "Place", "person": "Person"}.get(kind, "Thing")


def _coverage(article: Story) -> Node:
    start, end = article.coverage
    node: Node = {"coverageStartTime": (start or article.published_at).isoformat()}
    if end:
        node["coverageEndTime"] = end.isoformat()
    node["liveBlogUpdate"] = [
        {
            "@type": "BlogPosting",
            "headline": update["headline"],
            "datePublished": update["at"].isoformat(),
            "articleBody": update["text"],
            "url": f"{article.url}#{update['anchor']}",
            "author": _authors(article),
        }
        for update in article.updates
    ]
    return node
