"""Words that Wagtail says and has no Arabic for: gathered here, they get their place in our catalogues."""

from django.utils.translation import gettext_noop

SAID_BY_WAGTAIL = (
    gettext_noop("A network error occurred"),
    gettext_noop("Actions (footer)"),
    gettext_noop("Alternatively, you can view the latest version in a new tab."),
    gettext_noop("Autosave is <span>paused</span>"),
    gettext_noop("Autosave is paused"),
    gettext_noop("Close modal dialogs (like this one)"),
    gettext_noop("Currently idle"),
    gettext_noop("Expiry date/time must be in the future."),
    gettext_noop("Go to the first error"),
    gettext_noop("Proceeding will overwrite the changes made by %(user_name)s."),
    gettext_noop("Proceeding will overwrite the changes you made in that window."),
    gettext_noop("Readability"),
    gettext_noop("Saved"),
    gettext_noop("Saving will overwrite a newer version."),
    gettext_noop("Show keyboard shortcuts"),
    gettext_noop("Sort item order"),
    gettext_noop("Text editing"),
    gettext_noop("There are validation errors, click save to highlight them."),
    gettext_noop("View latest version"),
)
