"""Looks after the messages of processes that are no more."""

from broadsheet.kernel import clock
from broadsheet.notifications.actions.settle import give_back, leave_unanswered, settle
from broadsheet.notifications.engines import marks
from broadsheet.notifications.models import Message, State
from broadsheet.notifications.rules.answers import Stage, meaning_of


def take_up(*, own: str) -> int:
    """Settle what dead carriers left behind and what was taken for too long; return how many messages.

    What a dead carrier of this data folder was handing over is told by its mark. Where there is none for it, the end
    of the data was not written: it is due again. With the server's reply, that counts. With the end written and no
    reply, the server has it in all likelihood: it is left `unanswered`, and never sent again by itself. Of a carrier
    on another machine nothing but the time is known: after it, what was being handed over is left unanswered, too.
    """
    count = sum(_after(name) for name in marks.names() if name != own)
    for message in Message.objects.filter(claimed_until__lt=clock.now()).exclude(carrier=own):
        if message.state == State.HANDING:
            leave_unanswered(message=message, carrier=message.carrier)
        else:
            give_back(carrier=message.carrier, only=message)
        count += 1
    return count


def resolve(*, carrier: str, mark: marks.Mark | None) -> int:
    """Settle all that a carrier has taken and is no longer at, by the mark it left; return how many messages."""
    count = give_back(carrier=carrier)
    for message in Message.objects.filter(carrier=carrier, state=State.HANDING):
        count += 1
        if mark is None or mark.message != message.pk:
            give_back(carrier=carrier, only=message)
        elif mark.code == 0:
            leave_unanswered(message=message, carrier=carrier)
        else:
            settle(message=message, carrier=carrier, meaning=meaning_of(Stage.END, mark.code), code=str(mark.code))
    return count


def _after(name: str) -> int:
    with marks.left_by(name) as (dead, left):
        return resolve(carrier=name, mark=next(iter(left), None)) if dead else 0
