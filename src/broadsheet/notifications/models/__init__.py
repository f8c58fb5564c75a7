"""The tables of notifications."""

from broadsheet.notifications.models.message import Channel, Message, State, Urgency
from broadsheet.notifications.models.notice import Notice
from broadsheet.notifications.models.telling import Telling
from broadsheet.notifications.models.thread_news import ThreadNews
from broadsheet.notifications.models.unsubscribed import Unsubscribed

__all__ = ["Channel", "Message", "Notice", "State", "Telling", "ThreadNews", "Unsubscribed", "Urgency"]
