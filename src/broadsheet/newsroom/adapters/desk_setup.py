"""Sets the desk up after migrations: they make the permissions that its groups are given."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate

from broadsheet.newsroom.actions.desk_setup import (
    let_chiefs_write_policies,
    let_editors_keep_radios,
    set_up_desk,
    set_up_moderators,
)

WITH_PERMISSIONS = ("wagtailadmin", "wagtailcore", "wagtailimages", "newsroom")


def wire(config: AppConfig) -> None:
    """Listen for the end of migrations."""
    post_migrate.connect(_migrated, sender=config, dispatch_uid="newsroom.desk")


def _migrated(sender: AppConfig, *, using: str = "default", apps: Any = None, **_rest: Any) -> None:
    for label in WITH_PERMISSIONS:
        create_permissions(all_apps.get_app_config(label), verbosity=0, using=using)
    set_up_desk()
    let_chiefs_write_policies()
    let_editors_keep_radios()
    set_up_moderators()
