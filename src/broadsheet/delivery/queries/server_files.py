"""What a web server's file says of this paper: `deploy/nginx.conf` and `deploy/Caddyfile`, filled in."""

from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.delivery.engines.headers import link_header, public_headers
from broadsheet.delivery.rules.stored_paths import TRACKING


def filled(template: str, *, upstream: str = "", listen: str = "80", brotli: bool = True) -> str:
    """Return the template with this installation's folder, address and headers in it.

    `upstream` names where processes listen, one or several with blanks between them.
    """
    address = urlsplit(settings.PUBLIC_URL)
    caddy = "reverse_proxy" in template
    processes = upstream.split() or [f"127.0.0.1:{settings.ENV.number('PORT')}"]
    values = {
        "DATA": str(settings.DATA),
        "UPSTREAM": " ".join(processes)
        if caddy
        else "\n".join(f"    server {process} max_fails=0;" for process in processes),
        "LISTEN": listen,
        "SERVER_NAME": address.hostname or "_",
        "SITE": settings.PUBLIC_URL,
        "TRACKING": TRACKING.pattern,
        "HEADERS": _caddy_headers() if caddy else _nginx_headers(),
        "FEED_LINK": link_header("feed.json").replace("/feed.json", "$broadsheet_path"),
        "CADDY_LINKS": _caddy_links(),
    }
    for name, value in values.items():
        template = template.replace(f"@{name}@", value)
    if not brotli:
        template = "\n".join(line for line in template.split("\n") if "brotli_static on" not in line)
    return template


def _nginx_headers() -> str:
    return "\n".join(f'        add_header {name} "{value}";' for name, value in public_headers("/"))


def _caddy_headers() -> str:
    return "\n".join(f'\theader {name} "{value}"' for name, value in public_headers("/"))


def _caddy_links() -> str:
    told = link_header("feed.json")
    if not told:
        return ""
    value = told.replace("/feed.json", "{http.request.uri.path}")
    return f"\t\t@feed path_regexp /(?:rss\\.xml|atom\\.xml|feed\\.json)$\n\t\theader @feed Link `{value}`"
