"""Furnishes a loaded paper with everything a newsroom makes in months: people, rights, drafts, schedules, approvals."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from wagtail.models import Comment, CommentReply, GroupApprovalTask, Page, PageSubscription, Workflow

from broadsheet.delivery.models import ArticleCount
from broadsheet.importing.models import Imported, OldAddress
from broadsheet.kernel import clock
from broadsheet.kernel.ids import allocate_public_number
from broadsheet.newsroom.actions.arrange_desk import file_picture
from broadsheet.newsroom.actions.desk_setup import WORKFLOW
from broadsheet.newsroom.actions.draft_policy import begin_policy, update_policy_draft
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, update_rulebook_draft
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.publish_policy import publish_policy
from broadsheet.newsroom.actions.roles import give_role
from broadsheet.newsroom.actions.switch_rulebook import begin_shadow, switch_on_rulebook
from broadsheet.newsroom.conf import Role
from broadsheet.newsroom.queries import archive
from broadsheet.readers.actions.staff import put_staff

SOON = datetime(2099, 3, 4, 6, 30, tzinfo=UTC)


def people() -> dict[str, Any]:
    """Make an operator, an author and an editor of one section; return them by role."""
    chief = put_staff(email="chief@gull.example", name="Cleo Chief", role="operator")
    author = put_staff(email="author@gull.example", name="Ann Shore", role="author")
    editor = put_staff(email="editor@gull.example", name="Ed Itor", role="editor")
    editor.set_password("a long secret of nobody's")
    editor.save()
    editor.user_permissions.add(Permission.objects.get(content_type__app_label="newsroom", codename="add_tag"))
    edition = archive.all_editions()[0]
    give_role(user=editor, role=Role.SECTION_EDITOR, sections=[archive.all_sections(edition.pk)[0]])
    return {"chief": chief, "author": author, "editor": editor}


def drafts(who: dict[str, Any], numbers: list[int]) -> None:
    """Write revisions, a schedule of a new version, one of a draft, comments, a lock."""
    first, second, third = (archive.article_row(number) for number in numbers[:3])
    update_article(article=first, user=who["author"], standfirst="A draft by the author, newer than what is public.")
    update_article(article=archive.article_row(numbers[0]), user=who["editor"], headline="The editor's own headline")
    later = update_article(article=second, user=who["editor"], go_live_at=SOON, headline="Another tomorrow")
    publish_article(article=later, user=who["chief"])
    draft = update_article(article=third, user=who["author"], minor_change=True, go_live_at=SOON + timedelta(days=1))
    publish_article(article=draft, user=who["chief"])
    page = Page.objects.get(pk=first.pk)
    revision = page.get_latest_revision()
    where = "body." + json.loads(revision.content["body"])[0]["id"]
    comment = Comment.objects.create(
        page=page, user=who["editor"], text="Is that so? 中ع", contentpath=where, revision_created=revision
    )
    Comment.objects.filter(pk=comment.pk).update(position='{"from": 3}')
    CommentReply.objects.create(comment=comment, user=who["author"], text="It is.")
    PageSubscription.objects.create(page=page, user=who["author"], comment_notifications=True)
    page.locked, page.locked_by, page.locked_at = True, who["editor"], datetime(2026, 3, 3, tzinfo=UTC)
    page.save()


def approvals(who: dict[str, Any], running: int, sent_back: int) -> None:
    """Leave one approval running, one sent back with words, and one over."""
    workflow = Workflow.objects.get(name=WORKFLOW, active=True)
    for number in (running, sent_back):
        update_article(article=archive.article_row(number), user=who["author"], short_title=f"For approval {number}")
    state = workflow.start(archive.article_row(sent_back), who["author"])
    state.current_task_state.specific.reject(user=who["chief"], comment="Not yet: who says so?")
    state = workflow.start(archive.article_row(running), who["author"])
    state.cancel(user=who["author"])
    workflow.start(archive.article_row(running), who["author"])
    more = Workflow.objects.create(name=workflow.name, active=False)
    task = GroupApprovalTask.objects.create(name="A second pair of eyes")
    more.workflow_tasks.create(task=task, sort_order=0)


def layouts(who: dict[str, Any]) -> None:
    """Leave an unpublished front, and a section's layout that is scheduled."""
    edition = archive.all_editions()[0]
    draft = edition.get_latest_revision_as_object()
    draft.layout = [(block.block_type, block.value) for block in draft.layout][:1]
    draft.tagline = "A tagline not yet decided"
    draft.save_revision(user=who["editor"], log_action=True)
    section = archive.all_sections(edition.pk)[0].get_latest_revision_as_object()
    section.go_live_at = SOON
    section.save_revision(user=who["chief"]).publish(user=who["chief"])
    for info in archive.all_info_pages(edition.pk)[:1]:
        info.get_latest_revision_as_object().save_revision(user=who["editor"], log_action=True)


def counted(numbers: list[int]) -> None:
    """Count views, note an old address and a feed's entry, and give out a number that nothing has any more."""
    ArticleCount.objects.create(article_id=archive.article_row(numbers[0]).pk, views=4321, short_link_uses=17)
    OldAddress.objects.create(
        path="/2019/the-tide", article_id=archive.article_row(numbers[1]).pk, at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    Imported.objects.create(
        source="feed https://shore.example/", kind="articles", key="tag:1", local_id=str(numbers[1]),
        source_digest="a" * 64, local_digest="b" * 64, at=datetime(2026, 1, 1, 8, tzinfo=UTC),
    )  # fmt: skip
    allocate_public_number("picture")


def policies(who: dict[str, Any]) -> None:
    """Publish a privacy policy that comes into force later and standards, and leave a draft of the terms."""
    edition = archive.edition_page("en")
    for kind in ("privacy", "standards"):
        draft = begin_policy(edition_id=edition.pk, kind=kind)
        if kind == "privacy":
            values = {"title": draft.title, "text": draft.text, "what_changed": "All.", "why": "It is new."}
            draft = update_policy_draft(draft=draft, **values, effective_at=SOON)
        publish_policy(draft=draft, by=who["editor"], now=clock.now())
    begin_policy(edition_id=edition.pk, kind="terms")


def rulebooks(who: dict[str, Any]) -> None:
    """Let a second version of a rulebook be live, a third one in shadow mode, and leave a draft."""
    edition = archive.edition_page("en")
    for number, threshold in enumerate((0.2, 0.3, 0.4)):
        draft = update_rulebook_draft(
            draft=begin_rulebook(edition_id=edition.pk),
            changes={"clauses/HATE.toml": {"detectors": {"encoder": {"threshold": threshold}}}},
            heads={},
            why="To find more.",
        )
        if number < 2:
            switch_on_rulebook(version=draft, now=clock.now(), by_id=who["chief"].pk)
        else:
            begin_shadow(draft=draft, now=clock.now())
    begin_rulebook(edition_id=edition.pk)


def furnish(numbers: list[int]) -> dict[str, Any]:
    """Do all of it with five articles, of which the first two are live, the third is a draft; return the people."""
    who = people()
    drafts(who, numbers)
    approvals(who, numbers[3], numbers[4])
    layouts(who)
    counted(numbers)
    picture = archive.all_pictures().first()
    file_picture(
        picture=picture, collection=["Sea", "Quay / 2026"], description="Taken by a passer-by", keywords=["quay", "été"],
        user_id=who["editor"].pk,
    )  # fmt: skip
    policies(who)
    rulebooks(who)
    return who
