"""The tables of the discussion."""

from broadsheet.discussion.models.badge import AccountBadge
from broadsheet.discussion.models.bar import Bar
from broadsheet.discussion.models.comment import Comment, TextVersion
from broadsheet.discussion.models.fingerprint import CommentFingerprint, FlashMob, ShadowNote
from broadsheet.discussion.models.follow import Follow, Ignored
from broadsheet.discussion.models.judgement import FindingRow, Judgement
from broadsheet.discussion.models.mode import ModeClock, ModeRule, StaffedTime
from broadsheet.discussion.models.month import CommentMonth, MonthsUpTo
from broadsheet.discussion.models.rates import JudgedHour, JudgedUpTo
from broadsheet.discussion.models.report import Report, ReporterWeight
from broadsheet.discussion.models.thread import Thread

__all__ = [
    "AccountBadge",
    "Bar",
    "Comment",
    "CommentFingerprint",
    "CommentMonth",
    "FindingRow",
    "FlashMob",
    "Follow",
    "Ignored",
    "JudgedHour",
    "JudgedUpTo",
    "Judgement",
    "ModeClock",
    "ModeRule",
    "MonthsUpTo",
    "Report",
    "ReporterWeight",
    "ShadowNote",
    "StaffedTime",
    "TextVersion",
    "Thread",
]
