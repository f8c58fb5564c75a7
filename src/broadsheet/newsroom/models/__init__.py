"""The newsroom's tables."""

from broadsheet.newsroom.models.approval import EditorsApproval
from broadsheet.newsroom.models.article import ArticlePage, ArticleTag, Byline, Correction
from broadsheet.newsroom.models.correction_note import CorrectionNote
from broadsheet.newsroom.models.edition import EditionPage, InfoPage, SectionPage
from broadsheet.newsroom.models.links import LinkCheck
from broadsheet.newsroom.models.live import LivePost
from broadsheet.newsroom.models.media import MediaCaptions, MediaFile
from broadsheet.newsroom.models.picture import Picture, PictureRendition
from broadsheet.newsroom.models.policy import PolicyVersion
from broadsheet.newsroom.models.radio import Show, SpecialShow, Station
from broadsheet.newsroom.models.rulebook import LoweredClause, RulebookVersion
from broadsheet.newsroom.models.terms import Author, LegalNotice, Tag

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "Author",
    "Byline",
    "Correction",
    "CorrectionNote",
    "EditionPage",
    "EditorsApproval",
    "InfoPage",
    "LegalNotice",
    "LinkCheck",
    "LivePost",
    "LoweredClause",
    "MediaCaptions",
    "MediaFile",
    "Picture",
    "PictureRendition",
    "PolicyVersion",
    "RulebookVersion",
    "SectionPage",
    "Show",
    "SpecialShow",
    "Station",
    "Tag",
]
