"""Makes editions, their sections and standing pages, and lays pages out."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from broadsheet.newsroom.actions.desk_setup import set_up_desk
from broadsheet.newsroom.conf import RESERVED_SLUGS
from broadsheet.newsroom.engines.markup import clean_markup
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import EditionPage, InfoPage, SectionPage
from broadsheet.newsroom.rules.wording import sentences
from broadsheet.newsroom.rules.zones import is_zone

Layout = Sequence[Mapping[str, Any]]


@transaction.atomic
def create_edition(
    *,
    code: str,
    language: str,
    name: str,
    time_zone: str = "Etc/GMT",
    at_root: bool = False,
    user: Any = None,
    **fields: Any,
) -> EditionPage:
    """Store and publish an edition and return it; the first one takes the place of Wagtail's welcome page.

    Further fields: `short_name`, `tagline`, `brand`, `account_domain`, `zone_label`, `accent` and the addresses.
    """
    _refuse_impossible(code, language, time_zone, at_root=at_root)
    locale, _made = Locale.objects.get_or_create(language_code=language)
    first = EditionPage.objects.order_by("path").first()
    edition = EditionPage(
        title=name, slug=code, code=code, locale=locale, time_zone=time_zone, at_root=at_root, owner=user, **fields
    )
    if first is not None and not Page.objects.filter(translation_key=first.translation_key, locale=locale).exists():
        edition.translation_key = first.translation_key
    _add(_root(), edition)
    set_up_desk()
    _make_site(edition)
    return _publish(edition, user)


@transaction.atomic
def create_section(
    *,
    edition: EditionPage,
    name: str,
    slug: str,
    description: str = "",
    in_menu: bool = True,
    layout: Layout = (),
    translation_of: SectionPage | None = None,
    user: Any = None,
) -> SectionPage:
    """Store and publish a section, last of its edition, and return it."""
    taken = edition.at_root and EditionPage.objects.filter(code=slug).exists()
    if slug in RESERVED_SLUGS or taken:
        raise refuse(
            "slug-reserved", _("The section “%(name)s” was not made.") % {"name": name[:80]},
            _("The address “%(address)s” is used by the paper.") % {"address": slug}, _("Choose another address."),
        )  # fmt: skip
    section = SectionPage(
        title=name, slug=slug, description=description, in_menu=in_menu, owner=user, layout=_layout(layout)
    )
    if translation_of is not None:
        section.translation_key = translation_of.translation_key
    _add(EditionPage.objects.get(pk=edition.pk), section)
    return _publish(section, user)


@transaction.atomic
def create_info_page(
    *,
    edition: EditionPage,
    title: str,
    slug: str,
    html: str,
    purpose: str = "",
    in_footer: bool = True,
    translation_key: uuid.UUID | None = None,
    user: Any = None,
) -> InfoPage:
    """Store and publish a standing page, last of its edition, and return it."""
    page = InfoPage(title=title, slug=slug, text=clean_markup(html), purpose=purpose, in_footer=in_footer, owner=user)
    if translation_key is not None:
        page.translation_key = translation_key
    _add(EditionPage.objects.get(pk=edition.pk), page)
    return _publish(page, user)


@transaction.atomic
def set_layout(*, page: EditionPage | SectionPage, layout: Layout, user: Any = None) -> None:
    """Publish another layout (stream data of `LayoutBlocks`) of a front or section page."""
    stored = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    stored.layout = _layout(layout)
    _publish(stored, user)


@transaction.atomic
def update_page(*, page: EditionPage | SectionPage | InfoPage, user: Any = None, **fields: Any) -> None:
    """Publish other settings of an edition, section or standing page; `name` is its title, `html` its text."""
    stored = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    _publish(filled_page(page=stored, **fields), user)


def filled_page(*, page: Any, **fields: Any) -> Any:
    """Give the page in memory these values, as `update_page` has them, and return it; nothing is stored."""
    for name, value in fields.items():
        if name == "layout":
            page.layout = _layout(value)
        elif name == "html":
            page.text = clean_markup(value)
        else:
            setattr(page, "title" if name == "name" else name, value)
    if "name" in fields or "title" in fields:
        page.draft_title = page.title
    return page


def _refuse_impossible(code: str, language: str, time_zone: str, *, at_root: bool) -> None:
    what = _("The edition %(code)s was not made.") % {"code": code}
    if language not in dict(settings.LANGUAGES):
        raise refuse(
            "unknown-language", what, _("There is no language “%(language)s”.") % {"language": language},
            _("Use a code such as en, fr, ar or pt-br."),
        )  # fmt: skip
    if not is_zone(time_zone):
        raise refuse(
            "unknown-zone", what, _("There is no time zone “%(zone)s”.") % {"zone": time_zone},
            _("Use a name such as Europe/London or Etc/GMT."),
        )  # fmt: skip
    if code in RESERVED_SLUGS or SectionPage.objects.filter(edition__at_root=True, slug=code).exists():
        raise refuse("code-taken", what, _("Its address is taken."), _("Use another code."))
    if at_root and EditionPage.objects.filter(at_root=True).exists():
        raise refuse(
            "root-taken", what, _("Another edition lives at the root of the site."), _("Give it a path of its own.")
        )


def _layout(layout: Layout) -> Any:
    return EditionPage._meta.get_field("layout").to_python([dict(block) for block in layout])


def _add(parent: Page, page: Any) -> None:
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise _wrong(page, error) from error


def _publish(page: Any, user: Any) -> Any:
    try:
        page.save_revision(user=user, log_action=False).publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        raise _wrong(page, error) from error
    return type(page).objects.get(pk=page.pk)


def _wrong(page: Any, error: ValidationError) -> Exception:
    return refuse(
        "invalid-page",
        _("“%(name)s” was not stored.") % {"name": page.title[:80]},
        sentences(error),
        _("Correct the value and try again."),
    )


def _root() -> Page:
    root = Page.get_first_root_node()
    if root is not None:
        return root
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def _make_site(edition: EditionPage) -> None:
    """Let Wagtail's one site begin at the first edition, and drop the page that Wagtail ships."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname=settings.SITE_HOST, port=80, is_default_site=True, root_page=edition, site_name=edition.title
        )
        return
    welcome = site.root_page
    if welcome.specific_class in {Page, None} and not welcome.get_children_count():
        site.root_page = Page.objects.get(pk=edition.pk)
        site.hostname, site.site_name = settings.SITE_HOST, edition.title
        site.save()
        if welcome.depth > 1:
            Page.objects.get(pk=welcome.pk).delete()
