"""The newsroom's place in Wagtail's desk."""

from broadsheet.newsroom.wagtail_hooks import furniture, home, meanwhile, publishing, rich_text

__all__ = ["furniture", "home", "meanwhile", "publishing", "rich_text"]
