"""A bundle read into memory, and what must hold between its parts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from broadsheet.importing.errors import BundleBrokenError
from broadsheet.importing.rules.bundle_blocks import cleaned
from broadsheet.importing.rules.bundle_desk import FILES as DESK_FILES
from broadsheet.importing.rules.bundle_format import FILES, FORMAT, HEAD, READABLE, VERSION
from broadsheet.importing.rules.bundle_past import ARTICLE, EDITION, people_in
from broadsheet.importing.rules.bundle_text import clean
from broadsheet.importing.rules.shapes import Reading, Spot

Row = dict[str, Any]
PURPOSES = {
    "about": "about", "imprint": "imprint", "corrections": "corrections", "accessibility": "accessibility",
    "tdm": "mining", "privacy": "privacy",
}  # fmt: skip


@dataclass(slots=True)
class Bundle:
    """Everything of a bundle but its articles and files; `articles` are the numbers with the time of each."""

    head: Row
    editions: list[Row]
    authors: list[Row]
    tags: list[Row]
    notices: list[Row]
    pictures: list[Row]
    media: list[Row]
    staff: list[Row] = field(default_factory=list)
    collections: list[list[str]] = field(default_factory=list)
    desk: Row | None = None
    policies: list[Row] = field(default_factory=list)
    rulebooks: list[Row] = field(default_factory=list)
    imports: list[Row] = field(default_factory=list)
    old_addresses: dict[str, str] = field(default_factory=dict)
    counts: Row = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)

    def keys(self, kind: str) -> set[str]:
        """Return the keys of the authors, tags or media, the numbers of the pictures, the User IDs of the staff."""
        name = {"pictures": "public_id", "staff": "user_id"}.get(kind, "key")
        return {row[name] for row in getattr(self, kind)}

    @property
    def sections(self) -> dict[tuple[str, str], str]:
        """Return the sections' addresses by edition and key."""
        return {(row["code"], part["key"]): part["slug"] for row in self.editions for part in row["sections"]}

    @property
    def terms(self) -> dict[str, dict[str, str]]:
        """Return what authors and tags are called here, edition and address, by what the bundle calls them."""
        rows = {kind: getattr(self, kind) for kind in ("authors", "tags")}
        return {kind: {row["key"]: f"{row['edition']}/{row['slug']}" for row in rows[kind]} for kind in rows}


def with_own_keys(article: Row, terms: dict[str, dict[str, str]]) -> Row:
    """Let the article call its authors and tags what they are called here; returns it."""
    for content in contents(article):
        for kind, keys in terms.items():
            content[kind] = [keys.get(key, key) for key in content[kind]]
        for post in content["live"]["posts"] if content["live"] else ():
            post["author"] = terms["authors"].get(post["author"], post["author"])
    return article


def layout_with_own_keys(blocks: list[Row], terms: dict[str, dict[str, str]]) -> list[Row]:
    """Return the layout with tags called what they are called here."""
    tags = terms["tags"]
    return [{**block, "tag": tags.get(block["tag"], block["tag"])} if block.get("tag") else block for block in blocks]


def read_head(value: Any) -> Row:
    """Return the bundle's head; refused where it is no bundle of this version."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BundleBrokenError("bundle.json doesn't say that this is a Broadsheet bundle.")
    if value.get("version") not in READABLE or isinstance(value["version"], bool):
        found = str(value.get("version"))[:20]
        raise BundleBrokenError(f"the bundle is of version {found}, and this Broadsheet reads up to version {VERSION}.")
    head: Row = HEAD(value, Spot("bundle.json"))
    return head


def read_edition(value: Any, spot: Spot) -> Row:
    """Return an edition in its normal form."""
    edition: Row = EDITION(value, spot)
    for place, section in enumerate(edition["sections"], 1):
        section["translation"] = section["key"] if section["translation"] == "=" else section["translation"]
        section["position"] = section["position"] or place
    edition["sections"].sort(key=lambda row: (row["position"], row["key"]))
    for page in edition["pages"]:
        page["html"] = clean(page["html"])
        if page["purpose"] is None:
            page["purpose"] = PURPOSES.get(page["key"], "")
        for revision in page["history"]["revisions"] if page["history"] else ():
            revision["content"]["html"] = clean(revision["content"]["html"])
            revision["content"]["purpose"] = revision["content"]["purpose"] or ""
    return edition


def read_rows(name: str, value: Any, reading: Reading) -> list[Row]:
    """Return the rows of one of the bundle's lists in their normal form, without doubles."""
    rows: list[Row] = FILES[name](value, Spot(name, reading=reading))
    key = "public_id" if name == "pictures.json" else "key"
    seen: set[Any] = set()
    for row in rows:
        mark = (row["edition"], row[key]) if name == "notices.json" else row[key]
        if mark in seen:
            raise BundleBrokenError(f"{name} has two entries “{row[key]}”.")
        seen.add(mark)
    return rows


def read_desk_part(name: str, value: Any, reading: Reading) -> Any:
    """Return one of the files about the desk in its normal form."""
    return DESK_FILES[name][0](value, Spot(f"{name}.json", reading=reading))


def nothing_of(name: str) -> Any:
    """Return what a file about the desk holds where it isn't in the bundle."""
    return DESK_FILES[name][1]


def read_article(value: Any, name: str, reading: Reading) -> Row:
    """Return an article in its normal form, its markup cleaned."""
    article: Row = ARTICLE(value, Spot(name, reading=reading))
    for content in contents(article):
        content["body"] = cleaned(content["body"])
        if content["live"] is not None:
            for post in content["live"]["posts"]:
                post["html"] = clean(post["html"])
    if name != f"articles/{article['public_id']}.json":
        raise BundleBrokenError(f"{name} holds the article {article['public_id']}.")
    if article["status"] == "live" and not (article["published_at"] or article["first_published_at"]):
        raise BundleBrokenError(f"{name} is live and doesn't say since when (published_at).")
    return article


def contents(article: Row) -> Iterator[Row]:
    """Yield everything an article says: as it is, as its waiting draft has it, and in each of its revisions."""
    yield article
    if article["pending"] is not None:
        yield article["pending"]
    if article["history"] is not None:
        yield from (revision["content"] for revision in article["history"]["revisions"])


def check_desk(bundle: Bundle) -> None:
    """Refuse accounts that come twice, and names of accounts, groups or tasks that the bundle doesn't hold."""
    for what in ("user_id", "email"):
        found = [row[what] for row in bundle.staff if row[what]]
        if len(found) != len({one.lower() for one in found}):
            raise BundleBrokenError(f"staff.json has two accounts of one {what}.")
    people = {row["user_id"] for row in bundle.staff}
    named = [("pictures.json", row["uploaded_by"]) for row in bundle.pictures if row["uploaded_by"]]
    for edition in bundle.editions:
        for page in (edition, *edition["sections"], *edition["pages"]):
            named += [(f"editions/{edition['code']}.json", user) for user in people_in(page["history"])]
    desk = bundle.desk or {"groups": [], "tasks": [], "workflows": []}
    named += [("desk.json", user) for group in desk["groups"] for user in group["members"]]
    for where, user in named:
        if user not in people:
            raise BundleBrokenError(f"{where} names the account {user}, which isn't in staff.json.")
    for kind, whole, parts in (("groups", "tasks", "name"), ("tasks", "workflows", "key")):
        known = [row[parts] for row in desk[kind]]
        if len(known) != len(set(known)):
            raise BundleBrokenError(f"desk.json has two {kind} of one {parts}.")
        for row in desk[whole]:
            for key in row[kind]:
                if key not in known:
                    raise BundleBrokenError(f"desk.json: “{row['name']}” names “{key}” of {kind}, which isn't there.")


def check_policies(bundle: Bundle) -> None:
    """Refuse a version of a policy that comes twice, or names an edition or account that the bundle doesn't hold."""
    codes = {edition["code"] for edition in bundle.editions}
    people = bundle.keys("staff")
    places = [(row["edition"], row["kind"], row["number"]) for row in bundle.policies]
    if len(places) != len(set(places)):
        raise BundleBrokenError("policies.json has two versions of one number.")
    for row in bundle.policies:
        if row["edition"] not in codes:
            raise BundleBrokenError(f"policies.json: version {row['number']} is of an edition that isn't there.")
        if row["published_by"] and row["published_by"] not in people:
            raise BundleBrokenError(
                f"policies.json names the account {row['published_by']}, which isn't in staff.json."
            )


def check_rulebooks(bundle: Bundle) -> None:
    """Refuse a version of a rulebook that comes twice, or names an edition or account that the bundle doesn't hold."""
    codes = {edition["code"] for edition in bundle.editions}
    people = bundle.keys("staff")
    places = [(row["edition"], row["number"]) for row in bundle.rulebooks]
    if len(places) != len(set(places)):
        raise BundleBrokenError("rulebooks.json has two versions of one number.")
    for row in bundle.rulebooks:
        if row["edition"] not in codes:
            raise BundleBrokenError(f"rulebooks.json: version {row['number']} is of an edition that isn't there.")
        if row["by"] and row["by"] not in people:
            raise BundleBrokenError(f"rulebooks.json names the account {row['by']}, which isn't in staff.json.")


def check_frame(bundle: Bundle) -> None:
    """Refuse what names an edition, picture or file that the bundle doesn't hold."""
    codes = [edition["code"] for edition in bundle.editions]
    for wrong in {code for code in codes if codes.count(code) > 1}:
        raise BundleBrokenError(f"two editions have the code “{wrong}”.")
    if sum(edition["at_root"] for edition in bundle.editions) > 1:
        raise BundleBrokenError("more than one edition lives at the root of the site.")
    for edition in bundle.editions:
        for kind in ("sections", "pages"):
            for name in ("key", "slug"):
                found = [row[name] for row in edition[kind]]
                if len(found) != len(set(found)):
                    raise BundleBrokenError(f"two {kind} of the edition {edition['code']} have one {name}.")
    pictures = bundle.keys("pictures")
    for name in ("authors", "tags", "notices"):
        for row in getattr(bundle, name):
            if row["edition"] not in codes:
                raise BundleBrokenError(f"{name}.json: “{row['key']}” is of an edition that isn't there.")
    wanted = [(f"authors.json: “{row['key']}”", row["picture"]) for row in bundle.authors]
    wanted += [(f"media.json: “{row['key']}”", row["poster"]) for row in bundle.media]
    for where, picture in wanted:
        if picture and picture not in pictures:
            raise BundleBrokenError(f"{where} names the picture {picture}, which isn't there.")


def check_article(article: Row, known: dict[str, set[str]], sections: dict[tuple[str, str], str]) -> None:
    """Refuse an article that names a section, author, tag, picture or recording that the bundle doesn't hold."""
    number = article["public_id"]
    for user in people_in(article["history"]):
        if user not in known["staff"]:
            raise BundleBrokenError(f"the article {number} names the account {user}, which isn't in staff.json.")
    if (article["edition"], article["section"]) not in sections:
        raise BundleBrokenError(
            f"the article {number} stands in the section “{article['section']}”, which isn't there."
        )
    for kind, key in named(article):
        if key not in known[kind]:
            raise BundleBrokenError(f"the article {number} names “{key}” of {kind}.json, which isn't there.")


def named(article: Row) -> Iterator[tuple[str, str]]:
    """Yield the kind and key of everything an article needs besides its section."""
    for content in contents(article):
        yield from (("authors", key) for key in content["authors"])
        yield from (("tags", key) for key in content["tags"])
        if content["lead"] and content["lead"]["picture"]:
            yield ("pictures", content["lead"]["picture"])
        if content["lead_media"]:
            yield ("media", content["lead_media"])
        for block in content["body"]:
            if block["type"] == "image":
                yield ("pictures", block["picture"])
            elif block["type"] == "gallery":
                yield from (("pictures", item["picture"]) for item in block["items"])
            elif block["type"] in {"audio", "video"}:
                yield ("media", block["media"])
        for post in content["live"]["posts"] if content["live"] else ():
            yield from (("authors", post["author"]),) if post["author"] else ()
            yield from (("pictures", post["picture"]),) if post["picture"] else ()
