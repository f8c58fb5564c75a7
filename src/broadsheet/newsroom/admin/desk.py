"""Gives the models their forms in the desk, while apps load."""

from broadsheet.newsroom.admin import snippets
from broadsheet.newsroom.admin.articles import ARTICLE_HANDLER
from broadsheet.newsroom.admin.frame_pages import EDITION_HANDLER, INFO_HANDLER, SECTION_HANDLER
from broadsheet.newsroom.forms.pages import ArticleCopyForm
from broadsheet.newsroom.models import ArticlePage, EditionPage, InfoPage, SectionPage


def wire() -> None:
    """Set what Wagtail reads from the model's class; panels stand above the models."""
    ArticlePage.edit_handler = ARTICLE_HANDLER
    ArticlePage.copy_form_class = ArticleCopyForm
    EditionPage.edit_handler = EDITION_HANDLER
    SectionPage.edit_handler = SECTION_HANDLER
    InfoPage.edit_handler = INFO_HANDLER
    snippets.register()
