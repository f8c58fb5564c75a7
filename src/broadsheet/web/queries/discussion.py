"""A discussion as pages show it: the strands of one page, who may comment said in words, and where the rest is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from broadsheet.discussion.conf import INDENTED, Badge
from broadsheet.discussion.facts import modes_key
from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.channels import Tab, channel_tab
from broadsheet.discussion.queries.comments import CommentView
from broadsheet.discussion.queries.modes import ModeNow, mode_shown
from broadsheet.discussion.queries.thread_pages import (
    Counts,
    RepliesPage,
    RootView,
    Sort,
    key_of_previous,
    thread_page,
    thread_state,
)
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.articles import ArticleDetail
from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.newsroom.queries.discussed import Discussed
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.readers.queries.faces import Face
from broadsheet.web.queries.account_pages import picture_of
from broadsheet.web.queries.discussion_rules import mode_rules
from broadsheet.web.rules.initials import initials
from broadsheet.web.rules.shown_comment import ShownComment
from broadsheet.web.rules.strands import arranged

_ANY = 999_999_999_999  # stands for a comment's number where an address is made once for a whole page


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a reader of this edition writes, answers and reports; empty where the paper has no such page."""

    write: str = ""
    report: str = ""

    def answer(self, comment_id: int) -> str:
        """Return where a comment is answered."""
        return f"{self.write}?reply={comment_id}" if self.write else ""

    def complain(self, comment_id: int) -> str:
        """Return where a comment is reported."""
        return self.report.replace(str(_ANY), str(comment_id))


@dataclass(frozen=True, slots=True)
class Strand:
    """A root with the replies shown below it; `more` others are found at `more_path`."""

    root: ShownComment
    replies: tuple[ShownComment, ...]
    more: int
    more_path: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order in which the discussion can be read."""

    word: str
    title: str
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of the discussion of an article, `sort` its order; it goes on at `following` and came from `previous`."""

    card: ArticleCard
    sort: str
    is_first: bool
    strands: tuple[Strand, ...]
    counts: Counts
    previous: str
    following: str
    mode: ModeNow
    keys: tuple[str, ...]
    tab: Tab | None = None  # what is said elsewhere

    @property
    def is_closed(self) -> bool:
        """Return whether nobody can comment any more."""
        return self.mode.mode == "closed"

    @property
    def standards(self) -> str:
        """Return where the edition's standards are, empty until some are in force."""
        return f"{self.card.edition.path}standards/" if "standards" in self.card.edition.policies else ""

    @property
    def write(self) -> str:
        """Return where a comment is written, empty where nobody can."""
        return "" if self.is_closed else doors(self.card.edition, self.card.id).write

    @property
    def notes(self) -> list[str]:
        """Return what readers should know before they write, in the language in force."""
        return list(_notes(self.mode))

    @property
    def orders(self) -> list[Order]:
        """Return the orders to choose from; the newest first is what the article's own page shows."""
        titles = (
            (Sort.NEWEST, _("Newest")),
            (Sort.OLDEST, _("Oldest")),
            (Sort.DISCUSSED, _("Most discussed")),
        )
        return [
            Order(
                str(sort),
                title,
                f"{self.card.path}#discussion"
                if sort is Sort.NEWEST
                else f"{page_path(self.card.path, sort)}#discussion",
                str(sort) == self.sort,
            )
            for sort, title in titles
        ]


def page_path(article_path: str, sort: str, key: str | None = None) -> str:
    """Return where a page of the discussion is; the first one of its order without a key."""
    return f"{article_path}discussion/{sort}/{quote(key)}/" if key else f"{article_path}discussion/{sort}/"


def replies_path(article_path: str, root_id: int, after: int = 0) -> str:
    """Return where the replies below a root are, those after `after`."""
    return (
        f"{article_path}discussion/replies/{root_id}/{after}/"
        if after
        else f"{article_path}discussion/replies/{root_id}/"
    )


def discussion_keys(article_id: int, article: ArticleDetail) -> tuple[str, ...]:
    """Return the keys of what a page of the discussion shows, the rules about modes among them."""
    card = article.card
    return (
        f"thread:{article_id}",
        f"discussion:{article_id}",
        modes_key("site"),
        modes_key("edition", card.edition.id),
        modes_key("section", card.section.id),
        *(modes_key("tag", tag.id) for tag in article.tags),
    )


def discussion_of(article: ArticleDetail, sort: Sort = Sort.NEWEST, after: str | None = None) -> Discussion:
    """Return a page of the article's discussion, in at most three questions; `Refused` where there is no such page."""
    card = article.card
    counts, own = thread_state(card.id)
    page = thread_page(card.id, sort=sort, after=after, counts=counts)
    where = Discussed(
        card.id, card.edition.id, card.section.id, card.published_at, tuple(tag.id for tag in article.tags)
    )
    ways = doors(card.edition, card.id)
    people = {face.id for item in page.items for view in (item.comment, *item.replies) for face in _faces(view)}
    return Discussion(
        card=card,
        sort=str(sort),
        is_first=after is None,
        strands=tuple(_strand(card.path, item, ways) for item in page.items),
        counts=counts,
        previous=_previous(card, sort, after),
        following=f"{page_path(card.path, sort, page.next)}#discussion" if page.next else "",
        mode=mode_shown(where, own, mode_rules(), clock.now()),
        keys=(*discussion_keys(card.id, article), *(f"reader:{number}" for number in people)),
        tab=channel_tab(article) if sort is Sort.NEWEST and after is None else None,
    )


def shown_replies(page: RepliesPage, card: ArticleCard) -> tuple[ShownComment, ...]:
    """Return the replies of a page as it shows them."""
    return _replies(page.root_id, page.items, doors(card.edition, card.id))


def shown(view: CommentView, ways: Doors, *, indent: int = 0, stands: bool = False, here: bool = False) -> ShownComment:
    """Return the comment; `stands` below the one it answers, which is on the same page where it is `here`."""
    answers, path = "", ""
    if view.parent_id is not None and not stands:
        answers = view.answers.name if view.answers and view.answers.name else _("a comment")
        path = f"#comment-{view.parent_id}" if here else comment_path(view.parent_id)
    author = view.author
    name = author.name if author else ""
    return ShownComment(
        view=view,
        indent=indent,
        path=comment_path(view.id),
        name=name,
        user_id=author.user_id if author else "",
        avatar=picture_of(author.avatar) if author and author.avatar else "",
        initials=initials(name),
        badge=_badge(view),
        answers=answers,
        answers_path=path,
        reply=ways.answer(view.id) if view.is_visible else "",
        report=ways.complain(view.id) if view.is_visible else "",
    )


def _badge(view: CommentView) -> str:
    if view.badge == Badge.EXPERT and view.subject:
        return pgettext("badge of a comment", "Expert: %(subject)s") % {"subject": view.subject}
    return str(Badge(view.badge).label) if view.badge else ""


def doors(edition: EditionView, article_id: int) -> Doors:
    """Return where readers of the edition write and report."""
    return Doors(_under(edition, "comment_write", article_id), _under(edition, "comment_report", _ANY))


def _under(edition: EditionView, name: str, number: int) -> str:
    try:
        path = reverse(name, args=[number])
    except NoReverseMatch:
        return ""
    return f"{edition.path}{path.removeprefix(get_script_prefix())}"


def _faces(view: CommentView) -> Iterator[Face]:
    """Return whose names and pictures are shown with the comment."""
    yield from (face for face in (view.author, view.answers) if face is not None)


def _previous(card: ArticleCard, sort: Sort, after: str | None) -> str:
    key = key_of_previous(card.id, sort, after) if after else None
    if key is None:
        return ""
    return (
        f"{page_path(card.path, sort, key)}#discussion" if key or sort is not Sort.NEWEST else f"{card.path}#discussion"
    )


def _strand(article_path: str, item: RootView, ways: Doors) -> Strand:
    root = item.comment
    more = replies_path(article_path, root.id, item.more_after or 0) if item.more_after or item.more else ""
    return Strand(shown(root, ways), _replies(root.id, item.replies, ways), item.more, more)


def _replies(root_id: int, replies: Sequence[CommentView], ways: Doors) -> tuple[ShownComment, ...]:
    here = {reply.id for reply in replies}
    return tuple(
        shown(reply, ways, indent=indent, stands=stands, here=reply.parent_id in here)
        for reply, indent, stands in arranged(root_id, replies, INDENTED)
    )


def _notes(mode: ModeNow) -> Iterator[str]:
    sentences = {
        "premoderated": _("A moderator reads each comment before it appears."),
        "trusted": _("Only readers who have earned the newsroom's trust can comment here."),
        "closed": _("This discussion is closed. You can still read it, and edit or delete what you wrote."),
    }
    if found := sentences.get(mode.mode):
        yield found
    if mode.mode == "closed":
        return
    if mode.slow:
        yield _slow(int(mode.slow.total_seconds()))
    if mode.closes_at is not None:
        at = timezone.localtime(mode.closes_at)
        day = date_format(at, pgettext("format of a day", "j F Y"))
        yield _("The discussion closes on %(day)s at %(time)s.") % {"day": day, "time": f"{at:%H:%M}"}


def _slow(seconds: int) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("One comment at a time: a moment must pass between two of yours.")
    return ngettext(
        "A minute must pass between two comments of yours.",
        "%(count)s minutes must pass between two comments of yours.",
        minutes,
    ) % {"count": minutes}
