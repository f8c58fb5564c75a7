"""Pictures at signed addresses: drawn once, then served as files (ART-04)."""

import logging
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.flight import single_flight
from broadsheet.delivery.engines.pagestore import page_store
from broadsheet.delivery.engines.renditions import Faults, Source, draw, has_pixels, keep
from broadsheet.delivery.queries.pictures import signing_key
from broadsheet.delivery.rules.picture_address import PictureAddress, parse_address
from broadsheet.delivery.rules.served_files import file_headers
from broadsheet.newsroom.queries.picture_files import picture_file

log = logging.getLogger("broadsheet.pictures")
FLIGHT_SECONDS = 20.0


@require_safe
def show(request: HttpRequest, rest: str) -> HttpResponse:
    """Draw the picture at its first request; a wrong signature costs no look at the picture."""
    address = parse_address(f"/img/{rest}", signing_key())
    if address is None:
        raise Http404
    file = Path(settings.DATA) / "img" / rest
    locks = page_store().files.locks
    with single_flight(locks, request.path, FLIGHT_SECONDS):
        try:
            content = file.read_bytes()  # somebody else drew it meanwhile
        except OSError:
            content = _drawn(address, file)
    return HttpResponse(content, headers=dict(file_headers(f"img/{rest}")))


def _drawn(address: PictureAddress, file: Path) -> bytes:
    """Return the picture, kept unless it was changed while it was drawn: what others drop then came too early."""
    found = picture_file(address.public_id)
    if found is None:
        raise Http404
    source = Source(found.path, found.width, found.height, found.credit, found.author, found.agency)
    if not has_pixels(address, source):
        raise Http404
    try:
        content = draw(address, source)
    except Faults as error:
        log.warning("picture %s can't be drawn: %s", address.public_id, type(error).__name__)
        raise Http404 from error
    try:
        keep(file, content)
    except OSError as error:
        log.warning("a picture was not kept: %s", type(error).__name__)
    if picture_file(address.public_id) != found:
        file.unlink(missing_ok=True)
    return content
