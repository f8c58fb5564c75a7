"""Streams a WordPress export (WXR): each item once, never more than one in memory."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from broadsheet.importing.engines.markup_blocks import GALLERY, Content, plain, read_markup
from broadsheet.importing.errors import NoExportFoundError, SourceMissingError, SourceUnreadableError
from broadsheet.importing.rules.entry import Block, Drops, Entry, EntryPicture
from broadsheet.importing.rules.report import Line
from broadsheet.importing.rules.shortcodes import is_block_editor, prepared
from broadsheet.importing.rules.wxr import Attachment, WxrItem, WxrSite, without_size, wordpress_time, words_of_address

CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
_WP = re.compile(r"\{http://wordpress\.org/export/[\d.]+/(excerpt/)?\}(.*)")
Progress = Callable[[int, int], None]


def read_site(path: Path, progress: Progress | None = None) -> WxrSite:
    """Read the export once from end to end: authors, attachments, what there is; refused where it is cut off."""
    site = WxrSite()
    for name, found in _stream(path, progress):
        if name == "item":
            item: WxrItem = found
            site.items += 1
            key = (item.kind, item.status)
            site.kinds[key] = site.kinds.get(key, 0) + 1
            if item.kind == "attachment" and item.attachment_url:
                site.attachments[item.id] = Attachment(
                    item.id, item.attachment_url, item.title, plain(item.excerpt), plain(item.content),
                    item.meta.get("_wp_attachment_image_alt", ""), item.parent,
                )  # fmt: skip
        elif name == "author":
            site.authors[found.get("author_login", "")] = found.get("author_display_name") or found.get(
                "author_login", ""
            )
        else:
            setattr(site, name, getattr(site, name) or found)
    if not site.items and not site.address:
        raise NoExportFoundError(
            "Nothing was imported: there is no item in the file, so it is no WordPress export. "
            "Make one in the old site's desk under Tools, Export."
        )
    return site


def read_items(path: Path) -> Iterator[WxrItem]:
    """Yield the items in the order of the file."""
    for name, found in _stream(path, None):
        if name == "item":
            yield found


def entry_of(item: WxrItem, site: WxrSite, by_address: dict[str, Attachment]) -> Entry:
    """Return a post as an entry."""
    content, drops = item_content(item, site, by_address)
    categories = [(slug, name) for taxonomy, slug, name in item.terms if taxonomy == "category"]
    tags = [name for taxonomy, _slug, name in item.terms if taxonomy == "post_tag"]
    first = next((pair for pair in categories if pair[0] != "uncategorized"), None)
    pictures, lead = _with_thumbnail(item, site, content)
    body = list(content.blocks)
    if lead is None and body and body[0]["type"] == "image":
        lead = int(body.pop(0)["picture"])
    live = item.status == "publish" and not item.password
    if item.password:
        drops.add("a password", "The article was behind a password: it stays a draft.")
    if item.status == "future":
        drops.add(
            "a schedule", "The old site would have published it later: it stays a draft. Schedule it in the desk."
        )
    if item.sticky:
        drops.add("“sticky”", "It stood on top of the old site: lay out the front page to put it there.")
    if item.comments:
        drops.add(f"{item.comments} comments", "Comments come with the conversation, in a later version.")
    headline = plain(item.title) or item.name or f"Post {item.id}"
    if len(headline) > 255:
        drops.add(headline[255:], "The headline is longer than 255 characters.")
    excerpt = plain(item.excerpt)
    return Entry(
        key=f"{site.address}#{item.id}",
        headline=headline[:255],
        body=tuple(body),
        pictures=pictures,
        lead=lead,
        standfirst=excerpt if len(excerpt) <= 600 else excerpt[:600].rsplit(" ", 1)[0],
        language=site.language or None,
        section=first[1] if first else None,
        section_slug=words_of_address(first[0]) if first else None,
        tags=tuple(
            dict.fromkeys(
                [*tags, *(name for slug, name in categories if (slug, name) != first and slug != "uncategorized")]
            )
        ),
        authors=(site.authors.get(item.author, item.author),) if item.author else (),
        address_slug=words_of_address(item.name),
        published_at=item.published_at if item.status in {"publish", "private"} else None,
        updated_at=item.updated_at
        if live and item.updated_at and item.published_at and item.updated_at > item.published_at
        else None,
        is_live=live,
        old_addresses=tuple(address for address in (item.link, item.guid) if address.startswith("http")),
        dropped=tuple(drops.lines),
    )


def item_content(item: WxrItem, site: WxrSite, by_address: dict[str, Attachment]) -> tuple[Content, Drops]:
    """Return an item's content in blocks, its pictures with what the old library says of them."""
    drops = Drops()
    markup = prepared(item.content, drops)
    markup = re.sub(rf'<{GALLERY} data-ids="([^"]*)">', lambda found: _gallery(found[1], item, site), markup)
    content = read_markup(markup, address=item.link or site.address, breaks=not is_block_editor(item.content))
    for line in content.drops.lines:
        drops.add(line.what, line.reason)
    content.pictures = [_known(picture, by_address) for picture in content.pictures]
    return content, drops


def page_html(blocks: list[Block], drops: Drops) -> str:
    """Return the blocks of a standing page as its text; a standing page has no pictures and no tables."""
    parts: list[str] = []
    for block in blocks:
        kind = block["type"]
        if kind == "paragraph":
            parts.append(block["html"])
        elif kind == "heading":
            parts.append(f"<h{block['level']}>{_escaped(block['text'])}</h{block['level']}>")
        elif kind == "list":
            tag = "ol" if block["ordered"] else "ul"
            parts.append(f"<{tag}>{''.join(f'<li>{item}</li>' for item in block['items'])}</{tag}>")
        elif kind == "quote":
            parts.append(f"<p>“{_escaped(block['text'])}”</p>")
        elif kind == "table":
            parts += [f"<p>{' · '.join(row)}</p>" for row in block["rows"]]
        elif kind == "fact_box":
            parts.append(block["html"])
        elif kind == "embed":
            parts.append(f'<p><a href="{_escaped(block["url"])}">{_escaped(block["title"])}</a></p>')
        else:
            drops.add(kind, "Standing pages hold text alone.")
    return "".join(parts)


def _stream(path: Path, progress: Progress | None) -> Iterator[tuple[str, Any]]:
    """Yield what the file holds as it is read; whatever ends in the middle is refused."""
    _refuse_doctype(path)
    total = path.stat().st_size
    with path.open("rb") as file:
        events = etree.iterparse(
            file, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            for _event, element in events:
                parent = element.getparent()
                above = _name(parent) if parent is not None else ""
                if above == "channel":
                    yield from _part(element)
                    element.clear()
                    while element.getprevious() is not None:
                        del parent[0]
                    if progress is not None:
                        progress(file.tell(), total)
        except etree.XMLSyntaxError as error:
            line = getattr(error, "lineno", None)
            raise SourceUnreadableError(
                f"Nothing was imported: the export is damaged or cut off{f' at line {line}' if line else ''}. "
                "Make it again in the old site's desk, in smaller parts if it is large."
            ) from error


def _part(element: etree._Element) -> Iterator[tuple[str, Any]]:
    name = _name(element)
    if name == "item":
        yield "item", _item(element)
    elif name == "author":
        yield "author", {_name(child): child.text or "" for child in element}
    elif name in {"title", "language"} and element.tag == name:
        yield name, (element.text or "").strip()
    elif name in {"base_site_url", "base_blog_url"} or element.tag == "link":
        yield "address", (element.text or "").strip()


def _item(element: etree._Element) -> WxrItem:
    said: dict[str, str] = {}
    terms: list[tuple[str, str, str]] = []
    meta: dict[str, str] = {}
    comments = 0
    excerpt = ""
    for child in element:
        name = _name(child)
        if name == "category" and child.get("domain"):
            terms.append((child.get("domain", ""), child.get("nicename", ""), (child.text or "").strip()))
        elif name == "postmeta":
            pair = {_name(one): one.text or "" for one in child}
            meta[pair.get("meta_key", "")] = pair.get("meta_value", "")
        elif name == "comment":
            comments += 1
        elif name == "encoded":
            if child.tag.startswith(CONTENT):
                said["content"] = child.text or ""
            else:
                excerpt = child.text or ""
        else:
            said.setdefault(name, (child.text or "").strip())
    return WxrItem(
        id=said.get("post_id", ""),
        kind=said.get("post_type", "post"),
        status=said.get("status", "draft"),
        title=said.get("title", ""),
        link=said.get("link", ""),
        guid=said.get("guid", ""),
        name=said.get("post_name", ""),
        author=said.get("creator", ""),
        content=said.get("content", ""),
        excerpt=excerpt,
        published_at=wordpress_time(said.get("post_date_gmt", "")),
        updated_at=wordpress_time(said.get("post_modified_gmt", "")),
        password=bool(said.get("post_password")),
        sticky=said.get("is_sticky") == "1",
        parent=said.get("post_parent", ""),
        attachment_url=said.get("attachment_url", ""),
        comments=comments,
        terms=tuple(terms),
        meta={key: meta[key] for key in ("_thumbnail_id", "_wp_attachment_image_alt") if key in meta},
    )


def _name(element: Any) -> str:
    """Return an element's name without its namespace, whatever version of the export it is of."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return str(element.tag).rpartition("}")[2]


def _refuse_doctype(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(65_536).replace(b"\x00", b"")
    except OSError as error:
        raise SourceMissingError(
            f"Nothing was imported: the file '{path}' could not be read ({error.strerror}). Check its name."
        ) from error
    if not head.strip():
        raise SourceUnreadableError("Nothing was imported: the file is empty. Make the export again.")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise SourceUnreadableError(
            "Nothing was imported: the file declares a document type of its own, which no WordPress export does."
        )
    if b"<rss" not in head and b"<channel" not in head:
        raise NoExportFoundError(
            "Nothing was imported: this is no WordPress export. Make one in the old site's desk under Tools, Export."
        )


def _gallery(ids: str, item: WxrItem, site: WxrSite) -> str:
    wanted = [number.strip() for number in ids.split(",") if number.strip()]
    rows = [site.attachments[number] for number in wanted if number in site.attachments]
    if not wanted and item.id:
        rows = site.attached.get(item.id, [])
    images = "".join(f'<img src="{_escaped(row.url)}">' for row in rows)
    return f"<{GALLERY}>{images}"


def _known(picture: EntryPicture, by_address: dict[str, Attachment]) -> EntryPicture:
    """Return the picture in its full size, with what the old library says of it where the article says nothing."""
    row = by_address.get(without_size(picture.address))
    if row is None:
        return replace(picture, title="")
    caption = picture.caption or row.caption or None
    return replace(
        picture, address=row.url, caption=caption, alt=picture.alt or row.alt or None, title=plain(row.title)
    )


def _with_thumbnail(item: WxrItem, site: WxrSite, content: Content) -> tuple[tuple[EntryPicture, ...], int | None]:
    """Return the pictures with the featured one, and its place."""
    row = site.attachments.get(item.meta.get("_thumbnail_id", ""))
    pictures = list(content.pictures)
    if row is None:
        return tuple(pictures), None
    for place, picture in enumerate(pictures):
        if picture.address == row.url:
            return tuple(pictures), place
    pictures.append(EntryPicture(row.url, row.caption or None, row.alt or None, plain(row.title)))
    return tuple(pictures), len(pictures) - 1


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def summary(site: WxrSite) -> list[Line]:
    """Return what of the export isn't imported by its kind, and why."""
    reasons = {
        "attachment": "", "post": "", "page": "",
        "nav_menu_item": "A menu of the old site: sections make the menus here.",
        "revision": "An older version of an article.",
        "wp_block": "A reusable block of the old site.",
    }  # fmt: skip
    counts: dict[str, int] = {}
    for (kind, _status), number in site.kinds.items():
        counts[kind] = counts.get(kind, 0) + number
    return [
        Line(f"{number} of the kind “{kind}”", reasons.get(kind, "A plugin of the old site made this kind."))
        for kind, number in sorted(counts.items())
        if reasons.get(kind, "x")
    ]
