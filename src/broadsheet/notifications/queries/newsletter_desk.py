"""How newsletters and their issues stand, for those who write them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Count

from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.editions import EditionView, SectionView
from broadsheet.newsroom.queries.publishable import headlines
from broadsheet.notifications.models import (
    ISSUES_GOING,
    IssueState,
    Newsletter,
    NewsletterIssue,
    NewsletterPick,
    NewsletterVersion,
    State,
)
from broadsheet.notifications.queries.mail_topics import reach_of
from broadsheet.notifications.queries.newsletter_issues import issue_counts
from broadsheet.notifications.queries.newsletter_rights import Bound
from broadsheet.notifications.queries.newsletters import topic_word
from broadsheet.notifications.rules.newsletters import Picked, content_of_json

SHOWN = 100


@dataclass(frozen=True, slots=True)
class NewsletterRow:
    """A newsletter as the desk lists it; `drafts`, `going` and `gone` are issues."""

    id: int
    name: str
    description: str
    sections: tuple[SectionView, ...]
    sender_name: str
    enabled: bool
    subscribers: int
    drafts: int
    going: int
    gone: int


@dataclass(frozen=True, slots=True)
class EditionNewsletters:
    """The newsletters of an edition that a member of the newsroom writes."""

    edition: EditionView
    rows: list[NewsletterRow]


@dataclass(frozen=True, slots=True)
class PickRow:
    """An article of an issue as its writers see it; `card` is None where it is not public."""

    place: int
    article_id: int
    card: ArticleCard | None
    title: str
    headline: str
    teaser: str
    with_picture: bool
    clicks: int = 0
    left_out_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue as the desk shows it; `counts` are mails by their state."""

    id: int
    subject: str
    state: str
    state_label: str
    why: str
    reach: int
    clicks: int
    articles: int
    version: int
    changed_at: datetime
    changed_by: str
    sent_by: str
    sent_by_id: int | None
    confirmed_by: str
    recalled_by: str
    due_at: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """Return whether it can be changed."""
        return self.state == IssueState.DRAFT

    @property
    def made(self) -> int:
        """Return to how many addresses it was queued."""
        return sum(self.counts.values())

    @property
    def accepted(self) -> int:
        """Return how many mail servers have it, in all likelihood."""
        return self.counts.get(State.SENT, 0) + self.counts.get(State.UNANSWERED, 0)

    @property
    def waits(self) -> int:
        """Return how many mails are still to be sent."""
        return sum(self.counts.get(state, 0) for state in (State.DUE, State.SENDING, State.HANDING))

    @property
    def failed(self) -> int:
        """Return how many mails could not be sent."""
        return self.counts.get(State.DEAD, 0)

    @property
    def dropped(self) -> int:
        """Return how many mails were not sent: it was recalled or stopped, or the reader unsubscribed before."""
        return self.counts.get(State.DROPPED, 0)

    @property
    def can_confirm(self) -> bool:
        """Return whether it waits for a second person."""
        return self.state == IssueState.CONFIRMING

    @property
    def can_take_back(self) -> bool:
        """Return whether it can be a draft again."""
        return self.state in {IssueState.CONFIRMING, IssueState.WAITING} and self.begun_at is None

    @property
    def can_recall(self) -> bool:
        """Return whether something of it has gone and something hasn't."""
        return self.state in ISSUES_GOING and self.begun_at is not None

    @property
    def is_public(self) -> bool:
        """Return whether readers can see it in a browser."""
        return self.begun_at is not None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An earlier version of a draft."""

    number: int
    subject: str
    articles: int
    by: str
    at: datetime


def newsletters_in(bounds: Mapping[str, Bound]) -> list[EditionNewsletters]:
    """Return the newsletters within these bounds, by edition, the retired last."""
    rows = Newsletter.objects.filter(edition__in=list(bounds)).order_by("-enabled", "name", "pk")
    own = [row for row in rows if bounds[row.edition].lets(row.sections)]
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    issues = NewsletterIssue.objects.filter(newsletter__in=own).order_by().values_list("newsletter_id", "state")
    for number, state, count in issues.annotate(count=Count("pk")):
        counts[number][state] = count
    return [
        EditionNewsletters(
            bound.edition, [_row(row, bound.edition, counts[row.pk]) for row in own if row.edition == code]
        )
        for code, bound in bounds.items()
    ]


def newsletter_row(newsletter: Newsletter, edition: EditionView) -> NewsletterRow:
    """Return one newsletter."""
    issues = NewsletterIssue.objects.filter(newsletter=newsletter).order_by().values_list("state")
    return _row(newsletter, edition, dict(issues.annotate(count=Count("pk"))))


def issue_rows(newsletter: Newsletter) -> list[IssueRow]:
    """Return the newest issues of the newsletter: drafts, what is under way, what has gone, what was discarded."""
    return _issues(NewsletterIssue.objects.filter(newsletter=newsletter).order_by("-pk")[:SHOWN])


def issue_row(issue: NewsletterIssue) -> IssueRow:
    """Return one issue."""
    return _issues([issue])[0]


def pick_rows(issue: NewsletterIssue) -> list[PickRow]:
    """Return the articles of an issue in their order."""
    picks = list(issue.picks.order_by("place"))
    written = (Picked(pick.article_id, pick.headline, pick.teaser, pick.with_picture) for pick in picks)
    rows = zip(picked_rows(tuple(written)), picks, strict=True)
    return [replace(row, clicks=pick.clicks, left_out_at=pick.left_out_at) for row, pick in rows]


def picked_rows(picks: Sequence[Picked]) -> list[PickRow]:
    """Return these articles in their order, stored or not."""
    numbers = [pick.article_id for pick in picks]
    cards, titles = cards_by_id(numbers, signed=False), headlines(numbers)
    return [
        PickRow(
            place=place,
            article_id=pick.article_id,
            card=cards.get(pick.article_id),
            title=titles.get(pick.article_id, ""),
            headline=pick.headline,
            teaser=pick.teaser,
            with_picture=pick.with_picture,
        )
        for place, pick in enumerate(picks, start=1)
    ]


def version_rows(issue: NewsletterIssue) -> list[VersionRow]:
    """Return what the draft held before, newest first."""
    rows = list(NewsletterVersion.objects.filter(issue=issue).order_by("-version"))
    names = _names({row.by_id for row in rows})
    contents = [content_of_json(row.content) for row in rows]
    return [
        VersionRow(row.version, content.subject, len(content.picks), names.get(row.by_id or 0, ""), row.at)
        for row, content in zip(rows, contents, strict=True)
    ]


def _row(newsletter: Newsletter, edition: EditionView, counts: dict[str, int]) -> NewsletterRow:
    sections = (edition.section_by_id(number) for number in newsletter.sections)
    going = (IssueState.CONFIRMING, *ISSUES_GOING)
    gone = (IssueState.DONE, IssueState.RECALLED, IssueState.STOPPED)
    return NewsletterRow(
        id=newsletter.pk,
        name=newsletter.name,
        description=newsletter.description,
        sections=tuple(section for section in sections if section is not None),
        sender_name=newsletter.sender_name,
        enabled=newsletter.enabled,
        subscribers=reach_of([topic_word(newsletter.pk)]),
        drafts=counts.get(IssueState.DRAFT, 0),
        going=sum(counts.get(state, 0) for state in going),
        gone=sum(counts.get(state, 0) for state in gone),
    )


def _issues(issues: Iterable[NewsletterIssue]) -> list[IssueRow]:
    rows = list(issues)
    people = {n for row in rows for n in (row.changed_by_id, row.sent_by_id, row.confirmed_by_id, row.recalled_by_id)}
    names = _names(people)
    clicks: defaultdict[int, list[int]] = defaultdict(list)
    picks = NewsletterPick.objects.filter(issue__in=[row.pk for row in rows])
    for number, count in picks.values_list("issue_id", "clicks"):
        clicks[number].append(count)
    return [_issue(row, names, clicks[row.pk]) for row in rows]


def _issue(row: NewsletterIssue, names: dict[int, str], clicks: list[int]) -> IssueRow:
    return IssueRow(
        id=row.pk,
        subject=row.subject,
        state=row.state,
        state_label=str(row.get_state_display()),
        why=row.why,
        reach=row.reach,
        clicks=sum(clicks),
        articles=len(clicks),
        version=row.version,
        changed_at=row.changed_at,
        changed_by=names.get(row.changed_by_id or 0, ""),
        sent_by=names.get(row.sent_by_id or 0, ""),
        sent_by_id=row.sent_by_id,
        confirmed_by=names.get(row.confirmed_by_id or 0, ""),
        recalled_by=names.get(row.recalled_by_id or 0, ""),
        due_at=row.due_at,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        counts=row.result or (issue_counts(row.pk) if row.begun_at else {}),
    )


def _names(numbers: set[int | None]) -> dict[int, str]:
    people = get_user_model().objects.filter(pk__in=[number for number in numbers if number is not None])
    return {person.pk: str(person) for person in people}
