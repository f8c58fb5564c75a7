"""The tables of notifications."""

from broadsheet.notifications.models.mail_subscription import MailSubscription, MailTopic, Rhythm
from broadsheet.notifications.models.message import Channel, Message, State, Urgency
from broadsheet.notifications.models.newsletter import (
    ISSUES_GOING,
    IssueState,
    Newsletter,
    NewsletterIssue,
    NewsletterPick,
    NewsletterVersion,
)
from broadsheet.notifications.models.notice import Notice
from broadsheet.notifications.models.push_campaign import (
    GOING,
    CampaignState,
    DeliveryState,
    PushCampaign,
    PushDelivery,
)
from broadsheet.notifications.models.push_subscription import PushRefusal, PushSubscription, PushTopic
from broadsheet.notifications.models.returned_mail import ReturnedMail, ReturnKind, StoppedAddress, StopWhy
from broadsheet.notifications.models.telling import Telling
from broadsheet.notifications.models.thread_news import ThreadNews
from broadsheet.notifications.models.unsubscribed import Unsubscribed

__all__ = [
    "GOING",
    "ISSUES_GOING",
    "CampaignState",
    "Channel",
    "DeliveryState",
    "IssueState",
    "MailSubscription",
    "MailTopic",
    "Message",
    "Newsletter",
    "NewsletterIssue",
    "NewsletterPick",
    "NewsletterVersion",
    "Notice",
    "PushCampaign",
    "PushDelivery",
    "PushRefusal",
    "PushSubscription",
    "PushTopic",
    "ReturnKind",
    "ReturnedMail",
    "Rhythm",
    "State",
    "StopWhy",
    "StoppedAddress",
    "Telling",
    "ThreadNews",
    "Unsubscribed",
    "Urgency",
]
