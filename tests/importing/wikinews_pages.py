"""Renders the shared Wikinews articles as saved pages of eight kinds of site: `python -m tests.importing.wikinews_pages DIR`."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/2.5/"
SECTIONS = ("World", "Politics", "Science", "Culture", "Sport", "Health", "Business", "Opinion")
OTHERS = (
    "Harbour reopens after storm repairs",
    "City council votes on new tram line",
    "Museum finds forgotten sketches in its cellar",
    "Farmers warn of a dry spring",
    "Orchestra announces its summer season",
)
SHARES = ("Facebook", "Twitter", "WhatsApp", "E-mail", "Copy link")
CONSENT = (
    "We and our partners use cookies and similar technologies to improve your experience, to measure the audience and "
    "to show you content you may like. By clicking Accept you agree to the use of all cookies on this website."
)


@dataclass(frozen=True)
class Story:
    """One article of the shared data, its parts told apart."""

    name: str
    title: str
    day: date
    url: str
    byline: str
    licence: str
    blocks: tuple[tuple[str, str], ...]

    @property
    def body(self) -> list[str]:
        """The texts that are the article itself."""
        return [text for kind, text in self.blocks if kind != "caption"]


def stories(shared: Path) -> Iterator[Story]:
    """Every shared Wikinews article; its headline and date line are no part of the body."""
    for path in sorted((shared / "data" / "wikinews").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        blocks = [(block["type"], " ".join(block["text"].split())) for block in data["blocks"]]
        day = date.fromisoformat(data["date"])
        lead = (data["title"], f"{day:%A, %B} {day.day}, {day.year}")
        blocks = blocks[1:] if blocks[0][0] == "heading" else blocks
        kept = tuple(block for block in blocks if block[1] and block[1] not in lead)
        yield Story(path.stem, data["title"], day, data["url"], data["byline"], data["licence"], kept)


def render(story: Story, number: int) -> str:
    """The story as a saved page; the number chooses the kind of site."""
    return TEMPLATES[number % len(TEMPLATES)](story)


def _body(story: Story, *, figure: str, paragraph: str = "<p>{}</p>", between: str = "", heading: str = "h2") -> str:
    """The blocks as markup, with something of the site's own after the third of them."""
    parts: list[str] = []
    for kind, run in groupby(story.blocks, key=lambda block: block[0]):
        texts = [escape(text) for _, text in run]
        if kind == "item":
            parts.append("<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>")
        elif kind == "caption":
            parts += [figure.format(text, len(parts) + place) for place, text in enumerate(texts)]
        elif kind == "heading":
            parts += [f"<{heading}>{text}</{heading}>" for text in texts]
        else:
            parts += [paragraph.format(text) for text in texts]
    parts.insert(min(3, len(parts)), between)
    return "\n".join(parts)


def _links(tag: str, titles: tuple[str, ...], css: str = "") -> str:
    """Titles as links in elements of one kind."""
    opened = f'<{tag} class="{css}">' if css else f"<{tag}>"
    return "".join(f'{opened}<a href="/{place}.html">{escape(title)}</a></{tag}>' for place, title in enumerate(titles))


def _head(story: Story, extra: str = "") -> str:
    """The head that all kinds share."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)} | The Daily Gull</title>'
        f'<link rel="canonical" href="{escape(story.url)}">{extra}<style>p{{margin:0}}</style><script>var a=1;</script></head>'
    )


def blog(story: Story) -> str:
    """A weblog with a sidebar and comments."""
    figure = (
        '<figure class="wp-caption"><img src="/media/{1}.jpg" width="640" height="360" alt="">'
        '<figcaption class="wp-caption-text">{0}</figcaption></figure>'
    )
    return f"""{_head(story, f'<meta property="article:published_time" content="{story.day}T08:00:00+00:00">')}
<body class="single single-post"><div id="page"><header id="masthead"><p class="site-title"><a href="/">The Daily Gull</a></p>
<nav class="main-navigation"><ul>{_links("li", SECTIONS)}</ul></nav></header>
<div id="primary"><main id="main"><article class="post hentry"><header class="entry-header"><h1 class="entry-title">{escape(story.title)}</h1>
<div class="entry-meta"><span class="posted-on"><time datetime="{story.day}">{story.day:%d %B %Y}</time></span>
<span class="byline">by <a rel="author" href="/author/1">{escape(story.byline)}</a></span></div></header>
<div class="entry-content">{_body(story, figure=figure)}
<div class="sharedaddy"><h3>Share this:</h3><ul>{_links("li", SHARES)}</ul></div></div>
<footer class="entry-footer"><span class="cat-links"><a href="/c/world">World</a></span>
<span>Text: <a rel="license" href="{LICENCE_ADDRESS}">{story.licence}</a></span></footer></article>
<nav class="post-navigation"><a href="/a">Previous: {OTHERS[0]}</a><a href="/b">Next: {OTHERS[1]}</a></nav>
<div id="comments" class="comments-area"><h2>3 thoughts</h2><ol class="comment-list"><li>I have waited a long time for someone to say this, thank you.</li>
<li>There is more to it than the article says, as anybody in the town could have told you, I think.</li></ol></div></main></div>
<aside id="secondary"><section class="widget"><h2>Recent posts</h2><ul>{_links("li", OTHERS)}</ul></section></aside>
<footer id="colophon">© 2026 The Daily Gull. All rights reserved. Proudly printed on the coast.</footer></div></body></html>"""


def structured(story: Story) -> str:
    """A modern site with structured data, a rail and a consent dialog."""
    data = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": f"{story.day}T10:00:00Z",
            "author": [{"@type": "Organization", "name": story.byline}],
            "license": LICENCE_ADDRESS,
            "articleSection": "World",
            "keywords": ["world", "report"],
        }
    ).replace("</", "<\\/")
    figure = (
        '<div class="Media"><picture><img srcset="/m/{1}-320.jpg 320w, /m/{1}-960.jpg 960w" src="/m/{1}-320.jpg" alt="Scene {1}">'
        '</picture><div class="Media-caption">{0}</div></div>'
    )
    related = f'<div class="RelatedBox"><h4>Related stories</h4><ul>{_links("li", OTHERS[:3])}</ul></div>'
    return f"""{_head(story, f'<script type="application/ld+json">{data}</script>')}
<body><div class="CookieConsent" role="dialog"><p>{CONSENT}</p><button>Accept</button></div>
<header class="SiteHeader"><a href="/">Gull</a><nav class="SiteNav">{_links("span", SECTIONS)}</nav></header>
<main><div class="Grid"><div class="Grid-main"><h1 class="Headline">{escape(story.title)}</h1>
<div class="Byline">By {escape(story.byline)} · {story.day:%b %d, %Y}</div><div class="ShareBar">{_links("span", SHARES)}</div>
<div class="ArticleBody">{_body(story, figure=figure, between=related)}</div>
<div class="Newsletter"><p>Sign up for our daily newsletter and get the news in your inbox every morning.</p></div></div>
<div class="Grid-rail"><h3>Most read</h3><ol>{_links("li", OTHERS)}</ol></div></div></main>
<footer class="SiteFooter">{_links("span", ("About", "Contact", "Privacy", "Jobs"))}<p>© The Daily Gull, {story.day.year}</p></footer></body></html>"""


def microdata(story: Story) -> str:
    """A site that marks its parts with microdata."""
    figure = '<figure itemprop="image"><img src="//cdn.example/{1}.png" alt="Picture {1}"><figcaption>{0}</figcaption></figure>'
    return f"""{_head(story)}
<body><div class="topbar"><ul class="menu">{_links("li", SECTIONS)}</ul></div><div class="breadcrumbs"><a href="/">Home</a> › <a href="/w">World</a></div>
<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(story.title)}</h1>
<p class="meta"><time itemprop="datePublished" datetime="{story.day}T09:30">{story.day}</time> <span itemprop="author">{escape(story.byline)}</span></p>
<div itemprop="articleBody">{_body(story, figure=figure)}</div>
<p class="licence">This text may be used under <a rel="license" href="{LICENCE_ADDRESS}">Creative Commons Attribution 2.5</a>.</p></div>
<div class="sidebar"><h3>Latest news</h3>{_links("p", OTHERS)}</div><div class="footer"><p>Imprint and privacy policy of The Daily Gull</p></div></body></html>"""


def plain(story: Story) -> str:
    """A page of the old kind: tables for the layout, no class names at all."""
    figure = '<table width="300" align="right"><tr><td><img src="pic{1}.gif" width="300" height="200"></td></tr><tr><td><small>{0}</small></td></tr></table>'
    body = _body(story, figure=figure, heading="h3")
    return f"""{_head(story, f'<meta name="author" content="{escape(story.byline)}"><meta name="date" content="{story.day}">')}
<body bgcolor="#ffffff"><table width="100%"><tr><td colspan="2"><a href="/">Home</a> | {" | ".join(f'<a href="/{name}">{name}</a>' for name in SECTIONS)}</td></tr>
<tr><td width="150" valign="top">{"<br>".join(f'<a href="/{place}">{title}</a>' for place, title in enumerate(OTHERS))}</td>
<td valign="top"><h1>{escape(story.title)}</h1>{body}<hr><p>Licence: <a href="{LICENCE_ADDRESS}">{story.licence}</a></p></td></tr></table></body></html>"""


def tabloid(story: Story) -> str:
    """A loud site: teasers between the paragraphs, advertisements, a list of links at the end."""
    figure = '<div class="photo"><img data-src="https://img.example/{1}.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""><span class="img-caption">{0}</span></div>'
    between = f'<p><strong>READ MORE: <a href="/x">{OTHERS[2]}</a></strong></p><div class="ad-slot">Advertisement</div>'
    tail = f'<p><strong>DON\'T MISS</strong></p><p><a href="/1">{OTHERS[0]}</a><br><a href="/2">{OTHERS[3]}</a></p>'
    cards = "".join(
        f'<article class="card"><a href="/{n}"><h3>{t}</h3><p>All you need to know about it in five minutes.</p></a></article>'
        for n, t in enumerate(OTHERS)
    )
    return f"""{_head(story, f'<meta property="og:title" content="{escape(story.title)}"><meta property="article:author" content="{escape(story.byline)}">')}
<body><nav>{_links("b", SECTIONS)}</nav><div class="single-article"><h1>{escape(story.title)}</h1>
<div class="author-line">By <span class="author">{escape(story.byline)}</span> PUBLISHED: 08:15, {story.day:%d %B %Y}</div>
<div class="text-description">{_body(story, figure=figure, between=between)}{tail}</div>
<div class="tags">{_links("span", ("world", "news"))}</div>
<small class="rights">Licensed under {story.licence}, <a href="{LICENCE_ADDRESS}">see the licence</a></small></div>
<section class="more-stories"><h2>More stories</h2>{cards}</section></body></html>"""


def hashed(story: Story) -> str:
    """A site whose class names say nothing."""
    figure = '<div class="sc-1x"><div class="sc-2x"><img src="/i/{1}.webp" alt="{1}"></div><figcaption class="sc-3x">{0}</figcaption></div>'
    teasers = "".join(
        f'<li class="sc-9a"><h3><a href="/{n}">{t}</a></h3><p>What happened, and why it matters to readers on the coast.</p></li>'
        for n, t in enumerate(OTHERS)
    )
    return f"""{_head(story, f'<meta name="author" content="{escape(story.byline)}"><link rel="license" href="{LICENCE_ADDRESS}">')}
<body><div id="root"><div class="sc-a1"><div class="sc-a2">{_links("span", SECTIONS)}</div></div><div class="sc-b1"><div class="sc-b2">
<h1 class="sc-b3">{escape(story.title)}</h1><div class="sc-b4"><time datetime="{story.day}T00:00:00Z">{story.day:%d.%m.%Y}</time></div>
<div class="sc-c1">{_body(story, figure=figure, paragraph='<div class="sc-p1"><p class="sc-p2">{}</p></div>')}</div></div>
<ul class="sc-d1">{teasers}</ul></div></div></body></html>"""


def lines(story: Story) -> str:
    """A page that breaks its lines instead of marking paragraphs."""
    figure = '<br><center><img src="/{1}.jpg" width="500" height="300"><br><i>{0}</i></center><br>'
    body = _body(story, figure=figure, paragraph="{}<br><br>")
    return f"""{_head(story, f'<meta name="dc.date" content="{story.day}"><meta name="dc.creator" content="{escape(story.byline)}">')}
<body><div id="nav">{_links("li", SECTIONS)}</div><div id="content"><h1>{escape(story.title)}</h1><div id="story">{body}</div>
<p><a href="{LICENCE_ADDRESS}">{story.licence}</a></p></div><div id="footer">Copyright The Daily Gull. Reproduction of the design is not allowed.</div></body></html>"""


def wiki(story: Story) -> str:
    """A wiki's article with its tools around it."""
    figure = '<div class="thumb tright"><div class="thumbinner"><a class="image" href="/f{1}"><img src="/t/{1}.jpg" width="220" height="150" alt=""></a><div class="thumbcaption">{0}</div></div></div>'
    tools = _links("li", ("What links here", "Related changes", "Special pages", "Page information", "Cite this page"))
    return f"""{_head(story)}<body class="mediawiki ltr"><div id="mw-head-base"></div><div id="content" class="mw-body" role="main">
<h1 id="firstHeading" class="firstHeading">{escape(story.title)}</h1><div id="siteSub">From The Daily Gull, the paper you can write</div>
<div id="mw-content-text" class="mw-content-ltr"><div class="mw-parser-output"><p><strong class="published"><span class="value-title" title="{story.day}">{story.day:%A, %B} {story.day.day}, {story.day.year}</span></strong></p>
{_body(story, figure=figure)}</div></div><div id="catlinks"><ul>{_links("li", ("Published", "World"))}</ul></div></div>
<div id="mw-navigation"><div id="p-tb" role="navigation"><h3>Tools</h3><ul>{tools}</ul></div></div>
<div id="footer" role="contentinfo"><ul><li>By <a rel="author" href="/users">{escape(story.byline)}</a></li>
<li>All text is available under the terms of <a rel="license" href="{LICENCE_ADDRESS}">{story.licence}</a></li></ul></div></body></html>"""


TEMPLATES: tuple[Callable[[Story], str], ...] = (blog, structured, microdata, plain, tabloid, hashed, lines, wiki)


def main(folder: str) -> None:
    """Every story is in the folder, once for each kind of site."""
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("BROADSHEET_SHARED", root.parent / "shared"))
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for story in stories(shared):
        for template in TEMPLATES:
            (target / f"{story.name}-{template.__name__}.html").write_text(template(story), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
