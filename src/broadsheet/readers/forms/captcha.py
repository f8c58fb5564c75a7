"""What tells persons from programs in a form: proof of work or a question, a trap, and the time taken."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.forms import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.actions.spend_challenge import spend_challenge
from broadsheet.readers.conf import SHORTEST_FILLING
from broadsheet.readers.engines import challenges

ANSWERS = Limit("captcha-answers", times=20, per=timedelta(minutes=10))  # wrong or right, from one network


class Captcha:
    """What the page shows of it (`account/captcha.html`), and the judgement of what was sent.

    `form` is the name of the form that a solution is for; `network` is the client's; `work` is how much is asked for.
    """

    def __init__(self, form: str, data: Mapping[str, Any] | None, network: str) -> None:
        self.form = form
        self.data = data or {}
        self.network = network
        self.work = 0
        self.wrong = ""

    @cached_property
    def asked(self) -> challenges.Asked:
        """A fresh question in the page's language."""
        return challenges.ask(self.form, get_language() or "en", clock.now())

    @cached_property
    def opened(self) -> str:
        """A mark of when the page was made."""
        return challenges.opened_at(clock.now())

    @property
    def trapped(self) -> bool:
        """Whether a field was filled in that no person sees."""
        return bool(self.data.get("website"))

    @property
    def tried(self) -> bool:
        """Whether a solution or an answer was sent."""
        return bool(self.data.get("proof") or self.data.get("answer"))

    def pass_or_raise(self) -> None:
        """Spend what was solved; a ValidationError says in words what is wrong instead."""
        now = clock.now()
        since = challenges.open_since(str(self.data.get("opened", "")), now)
        if since is None:
            raise self._error(_("The form was open too long, or isn't complete. Here it is anew: send it again."))
        if since < SHORTEST_FILLING:
            raise self._error(_("That was faster than anybody types. Wait a moment, then send the form again."))
        solved = challenges.solved_challenge(str(self.data.get("proof", "")), self.form, now, self.work)
        if solved is None and self.data.get("answer"):
            if take(ANSWERS, self.network, now):
                raise self._error(_("Too many answers came from your network. Wait ten minutes, then try again."))
            token, answer = str(self.data.get("question", "")), str(self.data["answer"])
            solved = challenges.answered_question(token, answer, self.form, now)
        if solved is None:
            raise self._error(_("The question isn't answered, or it is too old. Here is another one."))
        if not spend_challenge(solved=solved):
            raise self._error(_("This form was sent before. If a mail is due to you, it is on its way."))

    def _error(self, text: str) -> ValidationError:
        self.wrong = text
        return ValidationError(text)
