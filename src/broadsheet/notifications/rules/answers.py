"""What a mail server's answer, or its silence, means for a message (RFC 5321 §4.2, §4.3.2, §4.5.4)."""

from enum import StrEnum


class Stage(StrEnum):
    """How far the conversation had come."""

    CONNECTING = "connecting"  # until the server knows who we are
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    END = "end"  # the whole message was given, with the dot behind it


class Meaning(StrEnum):
    """What follows from an answer."""

    ACCEPTED = "accepted"
    LATER = "later"  # this message, some time later
    NEVER = "never"  # this message can't be sent
    NO_SERVER = "no-server"  # no message can be sent now


WHO_ARE_YOU = {530, 534, 535, 538}  # RFC 4954 §6: the server wants us to log in, or doesn't believe us


def meaning_of(stage: Stage, code: int) -> Meaning:
    """Return what a reply code says at that stage; 0 is a connection that broke, or an answer that never came.

    A refused sender is the same for every message, so it is a fault of the settings and keeps all of them waiting.
    """
    if stage is Stage.CONNECTING:
        return Meaning.NO_SERVER
    if stage is Stage.END and 200 <= code < 300:
        return Meaning.ACCEPTED
    if code and (stage is Stage.SENDER or code in WHO_ARE_YOU):
        return Meaning.NO_SERVER
    return Meaning.NEVER if code >= 500 else Meaning.LATER
