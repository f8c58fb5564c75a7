"""Newsletters in the desk, also from the wrong side (NOT-02)."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.desk_setup import set_up_desk
from broadsheet.newsroom.actions.roles import give_role
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.notifications.models import Message, Newsletter, NewsletterIssue, NewsletterVersion
from broadsheet.notifications.rules.newsletters import IssueContent
from broadsheet.readers.conf import DESK_SESSION_KEY
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_article, make_section
from tests.notifications.newslettering import draft, newsletter, sent, subscribers

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db]


@pytest.fixture
def enter(client):
    def as_member(role: str = "", *, staff: bool = True):
        set_up_desk()
        person = make_reader(is_staff=staff, is_superuser=staff and not role)
        if role:
            person.groups.add(Group.objects.get(name=role))
        client.force_login(person)
        session = client.session
        session[DESK_SESSION_KEY] = True
        session.save()
        return person

    return as_member


@pytest.fixture
def letter(article):
    return newsletter(article.edition, description="Every morning.")


def page(name: str, *args) -> str:
    return reverse(f"notifications_newsletter{name}", args=args)


def posted(issue, op: str = "save", *articles, **words):
    issue.refresh_from_db()
    fields = {"subject": issue.subject, "opening": issue.opening, "version": issue.version, "op": op}
    fields["pick"] = [one.pk for one in articles]
    fields |= {f"picture-{one.pk}": "on" for one in articles}
    return {**fields, **words}


def told(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_empty_desk_says_what_to_do_and_the_first_newsletter_is_begun(client, enter, article):
    enter("Editors")
    empty = told(client.get(page("s")))
    assert "There is no newsletter here that you write" in empty
    assert "Newsletters" in told(client.get(reverse("wagtailadmin_home")))
    words = {"name": "The Morning Tide", "description": "Every morning.", "sender_name": "Mara"}
    begun = client.post(page("_new", article.edition.code), words, follow=True)
    made = Newsletter.objects.get()
    assert (made.edition, made.name, made.sender_name, made.sections) == ("en", "The Morning Tide", "Mara", [])
    assert "Press “Write an issue”" in told(begun)
    again = client.post(page("_new", article.edition.code), words)
    assert "has one of this name" in told(again)
    assert Newsletter.objects.count() == 1
    client.post(page("_settings", made.pk), {**words, "name": "The Evening Tide", "sections": [article.section_id]})
    made.refresh_from_db()
    assert (made.name, made.sections) == ("The Evening Tide", [article.section_id])
    client.post(page("_retire", made.pk), {"retired": "1"})
    assert "retired" in told(client.get(page("s")))
    client.post(page("_retire", made.pk), {"retired": "0"})
    made.refresh_from_db()
    assert made.enabled


def test_an_issue_is_written_ordered_tried_and_sent(client, enter, article, letter):
    person = enter("Editors")
    other = make_article(article.section, "Ferries end on Friday")
    subscribers(letter, "ada", "ben")
    client.post(page("_write", letter.pk))
    issue = NewsletterIssue.objects.get()
    shown = told(client.get(page("_issue", issue.pk)))
    assert "Ferries end on Friday" in shown
    assert "Now 2 subscribers would get it" in shown
    client.post(page("_issue", issue.pk), posted(issue, f"add:{article.pk}", subject="Good morning", opening="Hello."))
    client.post(page("_issue", issue.pk), posted(issue, f"add:{other.pk}", article))
    assert list(issue.picks.order_by("place").values_list("article_id", flat=True)) == [article.pk, other.pk]
    client.post(
        page("_issue", issue.pk),
        posted(issue, f"up:{other.pk}", article, other, **{f"headline-{other.pk}": " No  ferries. ", f"teaser-{other.pk}": "Alas."}),
    )  # fmt: skip
    first = issue.picks.get(place=1)
    assert (first.article_id, first.headline, first.teaser) == (other.pk, "No ferries.", "Alas.")
    found = client.post(page("_issue", issue.pk), posted(issue, "search", article, words="bridge"), follow=True)
    assert "Found for “bridge”" in told(found)
    assert issue.picks.count() == 1, "what was sent along is saved"
    client.post(page("_issue", issue.pk), posted(issue, "try", article))
    mail = Message.objects.get(purpose="newsletter-test")
    assert (mail.address, mail.values) == (person.email, {"issue": issue.pk})
    going = client.post(page("_issue", issue.pk), posted(issue, "send", article), follow=True)
    assert "It goes to 2 subscribers of" in told(going)
    issue.refresh_from_db()
    done = client.post(page("_send", issue.pk), {"version": issue.version}, follow=True)
    assert "The issue is on its way." in told(done)
    issue.refresh_from_db()
    assert (issue.state, issue.reach, issue.sent_by_id) == ("waiting", 2, person.pk)


def test_of_two_who_press_send_one_sends(client, enter, article, letter):
    enter("Editors")
    issue = draft(letter, article)
    for _person in range(2):
        answer = client.post(page("_send", issue.pk), {"version": 1}, follow=True)
    assert "how it stands" not in told(answer), "the second is shown how it stands, and sends nothing"
    assert NewsletterIssue.objects.filter(state="waiting").count() == 1
    written = client.post(page("_issue", issue.pk), posted(issue, "save", article, subject="Late"), follow=True)
    assert "Nothing was saved" in told(written)
    issue.refresh_from_db()
    assert issue.subject == "The bridge is open"


def test_what_is_sent_is_what_was_seen(client, enter, article, letter):
    enter("Editors")
    issue = draft(letter, article)
    client.post(page("_issue", issue.pk), posted(issue, "save", article, subject="Changed meanwhile"))
    refused = client.post(page("_send", issue.pk), {"version": 1})
    assert "Somebody changed it since you looked" in told(refused)
    assert 'name="version" value="2"' in told(refused), "by now it was seen"
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_of_two_who_write_the_second_learns_of_it_and_nothing_is_lost(client, enter, article, letter):
    enter("Editors")
    issue = draft(letter, article, by=1)
    old = posted(issue, "save", article, subject="What the second wrote")
    client.post(page("_issue", issue.pk), posted(issue, "save", article, subject="What the first wrote"))
    answer = client.post(page("_issue", issue.pk), old)
    assert answer.status_code == 200
    assert "Your changes were not saved yet" in told(answer)
    assert "What the first wrote" in told(answer)
    assert 'value="What the second wrote"' in told(answer)
    issue.refresh_from_db()
    assert issue.subject == "What the first wrote"
    again = client.post(page("_issue", issue.pk), {**old})
    assert "Your changes were not saved yet" in told(again), "saving by itself never writes over what is another's"
    client.post(page("_issue", issue.pk), {**old, "op": "own"})
    copy = NewsletterIssue.objects.latest("pk")
    assert (copy.subject, copy.picks.get().article_id) == ("What the second wrote", article.pk)
    enter("Chiefs")
    client.post(page("_issue", issue.pk), {**old, "op": f"over:{issue.version}"})
    issue.refresh_from_db()
    assert issue.subject == "What the second wrote"
    kept = NewsletterVersion.objects.filter(issue=issue).latest("version")
    assert kept.content["subject"] == "What the first wrote"
    assert "What the first wrote" in told(client.get(page("_issue", issue.pk)))
    client.post(page("_change", issue.pk), {"what": f"version:{kept.version}"})
    issue.refresh_from_db()
    assert issue.subject == "What the first wrote"
    assert NewsletterVersion.objects.filter(issue=issue, content__subject="What the second wrote").exists()


def test_a_removed_article_can_be_brought_back_with_its_words(client, enter, article, letter):
    issue = draft(letter, article, by=enter("Editors").pk)
    words = {f"headline-{article.pk}": "My own words"}
    client.post(page("_issue", issue.pk), posted(issue, "save", article, **words))
    client.post(page("_issue", issue.pk), posted(issue, f"remove:{article.pk}", article, **words))
    assert not issue.picks.exists()
    kept = NewsletterVersion.objects.get(issue=issue)
    client.post(page("_change", issue.pk), {"what": f"version:{kept.version}"})
    assert issue.picks.get().headline == "My own words"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"subject": ""}, "It has no subject"),
        ({}, "can’t be read by the public"),
        (None, "There is no article in it"),
    ],
)
def test_what_is_not_ready_is_not_sent_and_the_page_says_why(client, enter, article, letter, content, words):
    enter("Editors")
    issue = draft(letter, *([article] if content is not None else []), **(content or {}))
    if content == {}:
        withdraw_article(article=article)
        assert "Not public" in told(client.get(page("_issue", issue.pk)))
    answer = client.post(page("_send", issue.pk), {"version": 1})
    assert words in told(answer)
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_a_time_is_by_the_editions_clock_can_be_undone_and_is_not_for_ever_away(client, enter, article, letter):
    type(article.edition).objects.filter(pk=article.edition_id).update(time_zone="Asia/Tokyo")
    from broadsheet.newsroom.queries.editions import editions, forget_editions

    forget_editions()
    enter("Editors")
    issue = draft(letter, article)
    at = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    local = timezone.localtime(at, editions()[0].zone)
    late = client.post(page("_send", issue.pk), {"version": 1, "due_at": "2099-01-01 10:00"})
    assert "30 days" in told(late)
    client.post(page("_send", issue.pk), {"version": 1, "due_at": f"{local:%Y-%m-%d %H:%M}"})
    issue.refresh_from_db()
    assert (issue.state, issue.due_at) == ("waiting", at)
    shown = told(client.get(page("_issue", issue.pk)))
    assert f"{local:%H:%M}" in shown
    client.post(page("_change", issue.pk), {"what": "back"})
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_a_second_person_confirms_and_not_the_first(client, enter, article, letter, settings):
    settings.NEWSLETTER_CONFIRM = 0
    enter("Editors")
    issue = draft(letter, article)
    client.post(page("_send", issue.pk), {"version": 1})
    client.post(page("_change", issue.pk), {"what": "confirm"})
    issue.refresh_from_db()
    assert issue.state == "confirming"
    second = enter("Chiefs")
    assert "Confirm and send" in told(client.get(page("_issue", issue.pk)))
    client.post(page("_change", issue.pk), {"what": "confirm"})
    issue.refresh_from_db()
    assert (issue.state, issue.confirmed_by_id) == ("waiting", second.pk)


def test_a_draft_is_discarded_taken_up_and_copied(client, enter, article, letter):
    enter("Editors")
    issue = draft(letter, article)
    client.post(page("_change", issue.pk), {"what": "discard"})
    issue.refresh_from_db()
    assert issue.state == "discarded"
    assert "Discarded drafts" in told(client.get(page("", letter.pk)))
    client.post(page("_change", issue.pk), {"what": "take-up"})
    client.post(page("_change", issue.pk), {"what": "copy"})
    issue.refresh_from_db()
    copy = NewsletterIssue.objects.exclude(pk=issue.pk).get()
    assert (issue.state, copy.state, copy.subject) == ("draft", "draft", issue.subject)


@pytest.mark.parametrize("kind", ["light", "dark", "text"])
def test_a_preview_is_the_mail_and_asks_nobody_else(client, enter, article, letter, kind):
    enter("Editors")
    issue = draft(letter, article, subject="<b>Tides & ferries</b>")
    answer = client.get(page("_preview", issue.pk, kind))
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert "The bridge is open" in text
    assert f"/n/{issue.pk}/1/" not in text, "trying counts nothing"
    assert "prefers-color-scheme: dark" not in text
    assert ("<b>Tides & ferries</b>" in text) == (kind == "text")
    assert client.get(page("_preview", issue.pk, "odd")).status_code in {302, 404}


EVERYWHERE = ("s", "", "_settings", "_issue", "_send")


@pytest.mark.parametrize(
    ("role", "staff"), [("visitor", False), ("", False), ("Authors", True), ("Moderators of comments", True)]
)
def test_nobody_else_writes_sends_or_sees(client, enter, article, letter, role, staff):
    issue = draft(letter, article, subject="Secretsubject")
    if role != "visitor":
        enter(role if staff else "", staff=staff)
    asked = [
        client.get(page("s")), client.get(page("", letter.pk)), client.get(page("_settings", letter.pk)),
        client.get(page("_issue", issue.pk)), client.get(page("_send", issue.pk)),
        client.get(page("_preview", issue.pk, "text")), client.get(page("_new", "en")),
        client.post(page("_new", "en"), {"name": "Another"}), client.post(page("_settings", letter.pk), {"name": "Other"}),
        client.post(page("_retire", letter.pk), {"retired": "1"}), client.post(page("_write", letter.pk)),
        client.post(page("_issue", issue.pk), posted(issue, "save", subject="Mine")),
        client.post(page("_send", issue.pk), {"version": 1}),
        *(client.post(page("_change", issue.pk), {"what": what}) for what in ("discard", "copy", "recall", "confirm")),
    ]  # fmt: skip
    assert {answer.status_code for answer in asked} <= {302, 403, 404}
    assert not any("Secretsubject" in answer.content.decode() for answer in asked)
    issue.refresh_from_db()
    letter.refresh_from_db()
    assert (issue.state, issue.subject, letter.name, letter.enabled) == (
        "draft", "Secretsubject", "The Morning Tide", True,
    )  # fmt: skip
    assert (Newsletter.objects.count(), NewsletterIssue.objects.count()) == (1, 1)


def test_an_editor_of_a_section_writes_what_is_about_that_section_alone(client, enter, article, letter):
    person = enter("Authors")
    sport = make_section(article.edition, "sport")
    give_role(user=person, role="section-editor", sections=[sport])
    own = newsletter(article.edition, "Sport at noon", sections=(sport.pk,))
    both = newsletter(article.edition, "World and sport", sections=(sport.pk, article.section_id))
    listed = told(client.get(page("s")))
    assert "Sport at noon" in listed
    assert "The Morning Tide" not in listed
    assert "World and sport" not in listed
    theirs, others, shared = draft(own, article), draft(letter, article), draft(both, article)
    for issue in (theirs, others, shared):
        client.post(page("_send", issue.pk), {"version": 1})
        issue.refresh_from_db()
    assert [one.state for one in (theirs, others, shared)] == ["waiting", "draft", "draft"]
    client.post(page("_new", "en"), {"name": "All of it"})
    client.post(page("_new", "en"), {"name": "World", "sections": [article.section_id]})
    client.post(page("_settings", own.pk), {"name": "Wider", "sections": []})
    assert Newsletter.objects.count() == 3
    own.refresh_from_db()
    assert own.name == "Sport at noon"
    client.post(page("_new", "en"), {"name": "Sport at night", "sections": [sport.pk]})
    assert Newsletter.objects.filter(name="Sport at night", sections=[sport.pk]).exists()


def test_the_result_says_what_was_left_out_and_what_clicks_mean(client, enter, article, letter):
    enter("Editors")
    issue = sent(draft(letter, article))
    now = clock.now()
    NewsletterIssue.objects.filter(pk=issue.pk).update(state="done", begun_at=now, ended_at=now, result={"sent": 3})
    issue.picks.update(clicks=1234, left_out_at=now)
    shown = told(client.get(page("_issue", issue.pk)))
    assert "1,234" in shown
    assert "Left out of what was sent from" in shown
    assert "is known to nobody here" in shown
    assert "links opened 1,234 times" in told(client.get(page("", letter.pk))).replace("1234", "1,234")


def test_what_an_editor_writes_survives_storing(article, letter):
    from broadsheet.notifications.queries.newsletter_issues import content_of

    issue = draft(letter, article, opening="One.\n\nTwo.")
    assert content_of(issue) == IssueContent("The bridge is open", "One.\n\nTwo.", content_of(issue).picks)
