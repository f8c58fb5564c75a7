"""What newsletter issues hold: for their writers, for mails and for the page that shows one in a browser."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code
from broadsheet.notifications.engines.mail_pictures import MailPicture, mail_picture
from broadsheet.notifications.models import Message, NewsletterIssue
from broadsheet.notifications.queries.newsletters import topic_word
from broadsheet.notifications.rules.newsletters import IssueContent, Picked, paragraphs


@dataclass(frozen=True, slots=True)
class IssueItem:
    """An article as an issue shows it; `address` counts where the issue goes to readers, else it is the article's."""

    place: int
    card: ArticleCard
    headline: str
    teaser: str
    address: str
    picture: MailPicture | None


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue as its readers see it: `missing` are the places whose article is not public."""

    id: int
    newsletter_id: int
    newsletter: str
    sender_name: str
    edition: EditionView
    subject: str
    opening: list[str]
    items: tuple[IssueItem, ...]
    missing: tuple[int, ...]
    missing_articles: tuple[int, ...]
    path: str
    begun_at: datetime | None

    @property
    def word(self) -> str:
        """Return the word by which mail topics name its newsletter."""
        return topic_word(self.newsletter_id)

    @property
    def address(self) -> str:
        """Return where a browser shows it."""
        return settings.PUBLIC_URL + self.path


def content_of(issue: NewsletterIssue) -> IssueContent:
    """Return what an editor wrote."""
    rows = issue.picks.order_by("place").values_list("article_id", "headline", "teaser", "with_picture")
    return IssueContent(issue.subject, issue.opening, tuple(Picked(*row) for row in rows))


def issue_path(edition: EditionView, issue_id: int) -> str:
    """Return where a browser shows the issue."""
    return f"{edition.path}n/{issue_id}/"


def issue_view(issue: NewsletterIssue, *, counted: bool) -> IssueView | None:
    """Return the issue with what is public of its articles now; None where its edition is gone.

    `counted`: its links lead over addresses that count how often each was opened.
    """
    edition = edition_by_code(issue.newsletter.edition)
    if edition is None:
        return None
    content, path = content_of(issue), issue_path(edition, issue.pk)
    cards = cards_by_id(content.article_ids, signed=False)
    items: list[IssueItem] = []
    missing: list[tuple[int, int]] = []
    for place, pick in enumerate(content.picks, start=1):
        card = cards.get(pick.article_id)
        if card is None:
            missing.append((place, pick.article_id))
            continue
        items.append(_item(place, pick, card, f"{path}{place}/" if counted else card.path))
    return IssueView(
        id=issue.pk,
        newsletter_id=issue.newsletter_id,
        newsletter=issue.newsletter.name,
        sender_name=issue.newsletter.sender_name,
        edition=edition,
        subject=issue.subject,
        opening=paragraphs(issue.opening),
        items=tuple(items),
        missing=tuple(place for place, _article in missing),
        missing_articles=tuple(article for _place, article in missing),
        path=path,
        begun_at=issue.begun_at,
    )


def public_issue(issue_id: int, edition: EditionView) -> IssueView | None:
    """Return an issue of the edition of which mails have gone, recalled and stopped ones, too; None where there is none."""
    rows = NewsletterIssue.objects.filter(pk=issue_id, newsletter__edition=edition.code, begun_at__isnull=False)
    issue = rows.select_related("newsletter").first()
    return issue_view(issue, counted=True) if issue is not None else None


def article_at(issue_id: int, place: int, edition: EditionView) -> str | None:
    """Return the path of the article at this place of an issue that has gone out; None where none is public there."""
    rows = NewsletterIssue.objects.filter(pk=issue_id, newsletter__edition=edition.code, begun_at__isnull=False)
    article_id = rows.filter(picks__place=place).values_list("picks__article_id", flat=True).first()
    card = cards_by_id([article_id], signed=False).get(article_id) if article_id is not None else None
    return card.path if card is not None else None


def issue_counts(issue_id: int) -> dict[str, int]:
    """Return how many mails of the issue stand where."""
    rows = Message.objects.filter(newsletter_issue_id=issue_id).order_by().values_list("state")
    return dict(rows.annotate(count=Count("pk")))


def _item(place: int, pick: Picked, card: ArticleCard, path: str) -> IssueItem:
    return IssueItem(
        place=place,
        card=card,
        headline=pick.headline or card.headline,
        teaser=pick.teaser or card.standfirst,
        address=settings.PUBLIC_URL + path,
        picture=mail_picture(card) if pick.with_picture else None,
    )
