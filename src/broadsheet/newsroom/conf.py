"""The newsroom's constants, each with its reason."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# One crop per ratio is chosen by the editor (ART-04); the focal point serves where none is.
RATIOS: dict[str, tuple[int, int]] = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1)}

HEADLINE_LENGTH = 255  # Wagtail's title; longer headlines are refused with a sentence, never cut
SHORT_TITLE_LENGTH = 80
STANDFIRST_ADVISED = (60, 260)  # what lists, search results and shares show whole
HEADLINE_ADVISED = 110  # what search engines take of a headline
SLUG_LENGTH = 100


# Groups of the desk; those confined to a section are called by this beginning and their section.
AUTHORS, EDITORS, CHIEFS = "Authors", "Editors", "Chiefs"
SECTION_EDITORS = "Editors of section "
# Whoever decides about comments, besides what else they do in the newsroom; chiefs do so without being in it.
MODERATORS = "Moderators of comments"


class Role(models.TextChoices):
    """What a member of the newsroom may do (ART-13)."""

    AUTHOR = "author", _("Author: writes drafts in all sections")
    SECTION_EDITOR = "section-editor", _("Editor of sections: writes and publishes in those chosen, and nowhere else")
    EDITOR = "editor", _("Editor: writes and publishes everywhere, lays out fronts")
    CHIEF = "chief", _("Chief: an editor who also deletes and unlocks")
    NONE = "none", _("None: the desk stays closed")


class Kind(models.TextChoices):
    """What an article is (ART-12)."""

    NEWS = "news", pgettext_lazy("kind of article", "News")
    ANALYSIS = "analysis", pgettext_lazy("kind of article", "Analysis")
    OPINION = "opinion", pgettext_lazy("kind of article", "Opinion")
    INTERVIEW = "interview", pgettext_lazy("kind of article", "Interview")
    LIVE = "live", pgettext_lazy("kind of article", "Live")
    GALLERY = "gallery", pgettext_lazy("kind of article", "Gallery")
    CARTOON = "cartoon", pgettext_lazy("kind of article", "Cartoon")
    INFOGRAPHIC = "infographic", pgettext_lazy("kind of article", "Infographic")
    VIDEO = "video", pgettext_lazy("kind of article", "Video")
    AUDIO = "audio", pgettext_lazy("kind of article", "Audio")


MULTIMEDIA = (Kind.GALLERY, Kind.CARTOON, Kind.INFOGRAPHIC, Kind.VIDEO, Kind.AUDIO)


class TagKind(models.TextChoices):
    """What a tag names; shown in this order unless the editor orders otherwise (ART-05)."""

    PLACE = "place", _("Place")
    PERSON = "person", _("Person")
    TOPIC = "topic", _("Topic")


class ChannelKind(models.TextChoices):
    """How a discussion elsewhere is shown beside the paper's own (DIS-07)."""

    PAGE = "page", _("A page of the network, in a frame")
    FEDIVERSE = "fediverse", _("The public replies to a post in the fediverse")


class PolicyKind(models.TextChoices):
    """The policies of an edition; their value is also the word of their address (ACC-08, ACC-09)."""

    PRIVACY = "privacy", _("Privacy Policy")
    TERMS = "terms", _("Terms of use")
    STANDARDS = "standards", _("Community standards")


class RulebookState(models.TextChoices):
    """Where a version of a rulebook stands: `shadow` judges beside the live one and decides nothing (STD-06)."""

    DRAFT = "draft", _("Draft")
    SHADOW = "shadow", _("In shadow mode")
    LIVE = "live", _("Live")
    PAST = "past", _("Past")


class NoteState(models.TextChoices):
    """What became of a reader's note that something in an article is wrong (DIS-09)."""

    OPEN = "open", pgettext_lazy("state of a correction note", "Waits for an editor")
    ACCEPTED = "accepted", pgettext_lazy("state of a correction note", "Corrected")
    DECLINED = "declined", pgettext_lazy("state of a correction note", "The article stands")


LONGEST_SENTENCE, LONGEST_WRONG, LONGEST_ANSWER = 600, 2000, 1500  # characters of correction notes and answers to them
NOTE_ADDRESS_KEPT = timedelta(days=14)  # after the answer, which is sent at once and tried again for days
NOTE_WORDS_KEPT = timedelta(days=184)  # after the answer: half a year in which somebody may come back to it


# Path words of the public address map; no section may be called so.
RESERVED_SLUGS = frozenset(
    {"accountability", "accounts", "all-news", "author", "avatars", "channel", "comment", "contact", "corrections", "editor",
     "embed", "feeds", "health", "img", "listen", "live", "mailbox", "me", "media", "metrics", "multimedia", "n", "newsletters", "page", "privacy", "s",
     "search",
     "sitemap", "standards", "static", "tag", "tdm-policy", "terms", "theme", "views"}
)  # fmt: skip

# Larger pictures are refused: decoding one takes four bytes a pixel, and no reader sees more than 4,000 across.
MAX_PICTURE_PIXELS = 50_000_000
MAX_PICTURE_BYTES = 40 * 1024 * 1024
PICTURE_FORMATS: dict[str, tuple[str, ...]] = {
    "JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",), "AVIF": ("avif",), "GIF": ("gif",),
}  # fmt: skip
