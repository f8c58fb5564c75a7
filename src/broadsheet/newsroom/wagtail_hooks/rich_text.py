"""Two marks of rich text: a legal notice's mention, and words in another language."""

from typing import Any

from django.utils.translation import gettext
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail import features as draftail


class NoticeHandler(InlineEntityElementHandler):
    """Reads `<span data-notice="key">`."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Return the notice's key."""
        return {"key": attrs["data-notice"]}


class LanguageHandler(InlineEntityElementHandler):
    """Reads `<span lang="xx">`."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Return the language and, where it is written, the direction."""
        return {"lang": attrs["lang"], "dir": attrs.get("dir", "")}


def notice_entity(props: dict[str, Any]) -> Any:
    """Write `<span data-notice="key">`."""
    return DOM.create_element("span", {"data-notice": props.get("key", "")}, props["children"])


def language_entity(props: dict[str, Any]) -> Any:
    """Write `<span lang="xx">`."""
    attributes = {"lang": props.get("lang", "")}
    if props.get("dir") in {"ltr", "rtl", "auto"}:
        attributes["dir"] = props["dir"]
    return DOM.create_element("span", attributes, props["children"])


@hooks.register("register_rich_text_features")
def register_marks(features: Any) -> None:
    """Add both marks to the editor, the first of them to paragraphs that ask for it."""
    for name, kind, icon, words, handler, selector, entity in (
        ("notice", "NOTICE", "warning", gettext("Legal notice"), NoticeHandler, "span[data-notice]", notice_entity),
        ("language", "LANGUAGE", "globe", gettext("Other language"), LanguageHandler, "span[lang]", language_entity),
    ):
        features.register_editor_plugin(
            "draftail",
            name,
            draftail.EntityFeature(
                {"type": kind, "icon": icon, "description": words, "attributes": ["key", "lang", "dir"]},
                js=["desk/marks.js"],
            ),
        )
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {selector: handler(kind)},
                "to_database_format": {"entity_decorators": {kind: entity}},
            },
        )
