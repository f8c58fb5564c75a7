"""What browsers are told with every answer that knows who asks."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from broadsheet.web.conf import READER_COOKIE

_ABOUT_A_READER = ("/accounts/", "/me/")


class Readers:
    """Answers about a reader are kept by nobody (ASVS 14.2.2, 14.3.2), and browsers know whether `/me/` has one.

    The cookie `READER_COOKIE` says nothing but that someone is logged in here. Scripts of public pages look at it, so
    that visitors cause no request and are given no cookie; it comes, is renewed and goes with the session. Where it
    goes, what the browser had kept goes with it (ASVS 14.3.1): pages shown from memory by the back button, too. The reader's choice
    of appearance isn't personal and stays.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Answer, then tell."""
        response = self.get_response(request)
        if not request.path_info.startswith(tuple(settings.PERSONAL_PREFIXES)):
            return response
        if request.path_info.startswith(_ABOUT_A_READER):
            response["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ["Cookie"])
        known, cookie = request.user.is_authenticated, f"{settings.COOKIE_PREFIX}{READER_COOKIE}"
        if known and (cookie not in request.COOKIES or request.session.modified):
            self._give(request, response, cookie)
        elif not known and cookie in request.COOKIES:
            response.delete_cookie(cookie, samesite="Lax")
            response["Clear-Site-Data"] = '"cache"'
        return response

    def _give(self, request: HttpRequest, response: HttpResponse, cookie: str) -> None:
        brief = request.session.get_expire_at_browser_close()
        response.set_cookie(
            cookie,
            "1",
            max_age=None if brief else request.session.get_expiry_age(),
            secure=settings.SECURE,
            samesite="Lax",
        )
