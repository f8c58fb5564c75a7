"""What stands around every view of the desk: refusals told in words, and the nonce of its scripts."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.chooser import BaseChooser

from broadsheet.kernel.errors import Refused

View = Callable[..., HttpResponse]
_nonce: ContextVar[str] = ContextVar("nonce", default="")


def at_the_desk(view: View) -> View:
    """Let a view's refusals become messages, and its inline scripts carry the answer's nonce."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = _nonce.set(str(getattr(request, "csp_nonce", "")))
        try:
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response
        except Refused as refused:
            return _told(request, str(refused.refusal))
        except (ProtectedError, RestrictedError):
            return _told(request, _("It was not deleted, because articles still use it. Take it out of them first."))
        finally:
            _nonce.reset(token)

    return answered


def script_nonce() -> str:
    """Return the nonce that inline scripts of the present answer must carry, empty outside the desk."""
    return _nonce.get()


def wire() -> None:
    """Let Wagtail's choosers write their inline script with the nonce."""
    if hasattr(BaseChooser.render, "with_nonce"):
        return
    render = BaseChooser.render

    @wraps(render)
    def with_nonce(self: Any, *args: Any, **kwargs: Any) -> SafeString:
        html, script = str(render(self, *args, **kwargs)).rsplit("<script>", 1)
        return SafeString(html + format_html('<script nonce="{}">', script_nonce()) + script)

    with_nonce.with_nonce = True  # type: ignore[attr-defined]
    BaseChooser.render = with_nonce


def _told(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer with the sentence: as JSON to a script, otherwise as a message on the page the request came from."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or "json" in request.headers.get("Accept", "")[:40]:
        return JsonResponse({"success": False, "error_code": "refused", "error_message": sentence}, status=400)
    if not request.user.is_authenticated:
        raise PermissionDenied
    messages.error(request, sentence)
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) or request.method == "GET":
        back = reverse("wagtailadmin_home")
    return HttpResponseRedirect(back)
