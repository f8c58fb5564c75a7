"""The ASGI application that a server runs: stored pages and streams by the shell, the rest by Django in threads."""

import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from broadsheet.delivery.engines.front import FrontProtocol
    from broadsheet.delivery.engines.shell import Shell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")


def make_application() -> tuple["Shell", "type[FrontProtocol]"]:
    """Return the shell around Django, and uvicorn's protocol that knows it."""
    django = get_wsgi_application()
    from broadsheet.delivery.engines.front import FrontProtocol  # app ready
    from broadsheet.delivery.engines.shell import Shell  # app ready

    shell = Shell(django, threads=settings.ENV.number("BROADSHEET_THREADS"))
    FrontProtocol.shell = shell
    return shell, FrontProtocol


application, protocol = make_application()
