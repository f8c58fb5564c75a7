"""Whatever an installation may hold of a person is registered, exported and erased; a new field that isn't fails here."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from broadsheet.kernel.personal_data import Holding, holdings, register
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader

pytestmark = pytest.mark.row("ACC-07", "ACC-10")
TELLING = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField,
           models.GenericIPAddressField)  # fmt: skip
ANYWHERE = ("email", "phone", "user_agent", "ip", "ip_address")
# What looks personal and isn't, each with its reason.
NOT_PERSONAL = {
    "newsroom.EditionPage.privacy_address": "an office of the paper",
    "newsroom.EditionPage.moderators_address": "an office of the paper",
    "newsroom.EditionPage.contact_address": "an office of the paper",
    "wagtailcore.Page": "the paper's pages; who owns or locked one is registered by itself",
    "wagtailcore.Revision": "the paper's texts; who wrote one is registered by itself",
    "wagtailcore.PageLogEntry": "what was done to pages; by whom is registered by itself",
    "wagtailcore.WorkflowState": "approvals of pages; who asked is registered by itself",
    "wagtailcore.TaskState": "approvals of pages; who ended one is registered by itself",
    "newsroom.PolicyVersion": "the paper's texts; who published one is registered by itself",
    "newsroom.RulebookVersion": "the rules of the paper; who switched one on is registered by itself",
    "wagtailcore.ModelLogEntry.action": "a word of the desk",
    "wagtailcore.ModelLogEntry.object_id": "a number",
    "wagtailcore.Comment.contentpath": "a field of a page",
    "wagtailcore.Comment.position": "a place in a field",
    "newsroom.Picture": "the paper's pictures: `uploaded_by_user` is the number of an account of the newsroom",
    "wagtailimages.Image": "not in use: the paper's pictures are newsroom.Picture",
    "wagtaildocs.Document": "the desk has no documents",
    "wagtailcore.UploadedFile": "a file on its way into the desk, gone within the hour",
}


# What names a person inside a packed or written value: the scan of tables finds it, no look at columns can.
# Pushes name members of the newsroom by bare numbers, and deliveries a reader's browser by its own.
BY_WHOM = ("written", "changed", "sent", "confirmed", "recalled", "discarded")
TOLD_BY_NO_COLUMN = (
    "sessions.Session", "notifications.Unsubscribed", "notifications.PushDelivery",
    "notifications.PushCampaign.written_by_id", "notifications.PushCampaign.confirmed_by_id",
    "notifications.PushCampaign.recalled_by_id", "notifications.NewsletterVersion.by_id", "notifications.ReturnedMail",
    "notifications.StoppedAddress", *(f"notifications.NewsletterIssue.{name}_by_id" for name in BY_WHOM),
)  # fmt: skip


def name_of(model: type[models.Model], field: models.Field | None = None) -> str:
    label = f"{model._meta.app_label}.{model.__name__}"
    return f"{label}.{field.name}" if field is not None else label


def registered() -> set[str]:
    return {field for holding in holdings() for field in holding.fields}


def points_to_readers(model: type[models.Model], whole: set[str]) -> bool:
    """Say whether a row of the table belongs to a reader: it names one, or a row that is a reader's through and through."""
    if any(field.name in {"reader_id", "user_id", "account_id"} for field in model._meta.local_fields):
        return True
    links = [*model._meta.local_fields, *model._meta.local_many_to_many]
    targets = [field.related_model for field in links if field.related_model is not None]
    return any(target is Reader or name_of(target) in whole for target in targets)


def unregistered(all_models: list[type[models.Model]], known: set[str]) -> Iterator[str]:
    whole = {name for name in known if name.count(".") == 1}
    for model in all_models:
        if model._meta.proxy or model._meta.auto_created:
            continue  # what joins accounts with groups and permissions goes with the account
        its = points_to_readers(model, whole) or model is Reader
        for field in model._meta.local_fields:
            at_reader = field.related_model is Reader
            suspicious = at_reader or (its and isinstance(field, TELLING)) or field.name in ANYWHERE
            suspicious = suspicious or isinstance(field, models.EmailField | models.GenericIPAddressField)
            covered = {name_of(model), name_of(model, field)} & known or name_of(model, field) in NOT_PERSONAL
            covered = covered or (name_of(model) in NOT_PERSONAL and not_a_person(field))
            if suspicious and not covered:
                yield name_of(model, field)


def not_a_person(field: models.Field) -> bool:
    """Say whether a table's exception is enough for the field: a column that names a reader needs its own entry."""
    return field.related_model is not Reader or field.name == "uploaded_by_user"


def test_every_field_that_may_be_personal_is_registered():
    assert sorted(unregistered(apps.get_models(), registered())) == []


def test_a_field_that_is_not_registered_is_found():
    for holding in holdings():
        for name in holding.fields:
            if name in TOLD_BY_NO_COLUMN:
                continue
            missed = list(unregistered(apps.get_models(), registered() - {name}))
            assert any(one.startswith(name) for one in missed), name


def test_what_is_registered_exists():
    known = {name_of(model) for model in apps.get_models()}
    known |= {name_of(model, field) for model in apps.get_models() for field in model._meta.get_fields()}  # type: ignore[arg-type]
    assert registered() <= known
    assert set(NOT_PERSONAL) <= known


def test_a_name_is_registered_once():
    first = holdings()[0]
    register(first)
    with pytest.raises(ValueError, match="twice"):
        register(Holding(first.name, "other", (), lambda pk: (), lambda pk: 0))


@pytest.mark.django_db
def test_every_holding_ends_and_does_no_harm_when_repeated():
    reader = make_reader()
    for holding in holdings():
        assert any(holding.erase(reader.pk) == 0 for _portion in range(5)), holding.name
        assert holding.erase(reader.pk) == 0, holding.name
        assert str(holding.title)
