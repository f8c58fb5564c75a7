"""Tries whether an address gives sound that browsers play, and says it in words."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from broadsheet.kernel.fetching import Limits, NotFetchedError, fetch
from broadsheet.newsroom.rules.radio import sound_address
from broadsheet.newsroom.rules.sound_kinds import Heard, foreign_hosts, heard

LIMITS = Limits(most_bytes=16 * 1024, total_seconds=8.0, read_seconds=4.0, first_only=True)


def try_stream(*, address: str, allow_private: bool = False) -> tuple[bool, str]:
    """Return whether browsers will play it, and the sentence that says so or why not."""
    sound = sound_address(address.strip())
    if sound is None:
        return False, _("This is no address for sound: it must begin with https://, or with / for the paper itself.")
    own = not sound.origin
    try:
        url = f"{settings.PUBLIC_URL}{sound.address}" if own else sound.address
        answer = fetch(url, allow_private=own or allow_private, limits=LIMITS, kinds=None)
    except NotFetchedError as error:
        return False, _("Nothing came from there: %(why)s") % {"why": error.why}
    return _told(
        heard(answer.declared_type or "", answer.content), sound.hls, answer.content, sound.address, answer.url
    )


def _told(what: Heard, named_hls: bool, content: bytes, address: str, came_from: str) -> tuple[bool, str]:
    host = urlsplit(address).netloc
    if host and urlsplit(came_from).netloc != host:
        return False, _("The address leads on to %(host)s. Give the address there: browsers are let to no other.") % {
            "host": urlsplit(came_from).netloc
        }
    if what is Heard.LEADS_ON:
        return False, _("This is a list that leads to streams, not a stream. Open it and give the address in it.")
    if what is Heard.NOTHING:
        return False, _("This is a stream address that is no stream: what came from there is no sound.")
    if (what is Heard.HLS) != named_hls:
        return False, (
            _("This is HLS, but the address doesn't end in .m3u8, so that players would take it for plain sound.")
            if what is Heard.HLS
            else _("The address ends in .m3u8, but what came from there is no HLS.")
        )
    others = foreign_hosts(content.decode("utf-8", "replace"), host) if what is Heard.HLS else []
    if others:
        return False, _("The HLS list leads to another host, %(host)s, which browsers are not let to.") % {
            "host": others[0]
        }
    return True, _("HLS: it can be played.") if what is Heard.HLS else _("A continuous stream: it can be played.")
