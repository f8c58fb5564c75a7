"""Public numbers: ten digits, one sequence for everything that has one."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.models import PublicNumber
from broadsheet.kernel.turns import take_turn

FIRST = 1_000_000_001
LAST = 9_999_999_999
TURN = "public-numbers"


def allocate_public_number(kind: str) -> int:
    """Return a fresh ten-digit number, taken for good (in the caller's transaction)."""
    with transaction.atomic():
        take_turn(TURN)
        last = PublicNumber.objects.order_by("-id").values_list("id", flat=True).first()
        number = FIRST if last is None else max(FIRST, last + 1)
        if number > LAST:
            number = _first_gap()
        PublicNumber.objects.create(id=number, kind=kind)
        return number


def take_public_number(number: int, kind: str) -> None:
    """Take exactly this number, as an archive asks; `Refused` where it is taken or out of range."""
    if not FIRST - 1 <= number <= LAST:
        raise Refused(
            Refusal(
                "number-out-of-range",
                _("The number %(number)s was not taken.") % {"number": number},
                _("Public numbers have ten digits and do not begin with 0."),
                _("Leave the number out: a fresh one is given."),
            )
        )
    with transaction.atomic():
        take_turn(TURN)  # else it could be the one that is just being given
        _row, made = PublicNumber.objects.get_or_create(id=number, defaults={"kind": kind})
    if not made:
        raise Refused(
            Refusal(
                "number-taken",
                _("The number %(number)s was not taken.") % {"number": number},
                _("Another article or picture has it already."),
                _("Leave the number out: a fresh one is given."),
            )
        )


def _first_gap() -> int:
    """Return the lowest free number; for archives that brought the very last one."""
    table = PublicNumber._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT min(a.id) + 1 FROM {table} a WHERE a.id >= %s AND a.id < %s AND NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {table} b WHERE b.id = a.id + 1)",
            [FIRST, LAST],
        )
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] else FIRST


def last_public_number() -> int | None:
    """Return the highest number that was ever taken, None where none was."""
    return PublicNumber.objects.order_by("-id").values_list("id", flat=True).first()


def pass_over_public_numbers(last: int) -> None:
    """Let new numbers come after this one: those up to it were given out elsewhere."""
    if FIRST <= last <= LAST and (last_public_number() or 0) < last:
        PublicNumber.objects.get_or_create(id=last, defaults={"kind": "passed over"})
