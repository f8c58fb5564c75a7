"""`/health` and `/metrics` for those who watch over the paper (OPS-03)."""

from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from broadsheet.delivery.engines.bridge import LOOPBACK
from broadsheet.delivery.engines.loops import RUNNING
from broadsheet.delivery.engines.shell_counts import COUNTS
from broadsheet.delivery.queries import health as questions
from broadsheet.kernel.models import Delivery
from broadsheet.kernel.tailer import latest_number
from broadsheet.kernel.watched import watched


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether all is well: 200, or 503 with what is not."""
    found = questions.health()
    response = JsonResponse(found.as_json(), status=200 if found.well else 503)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell Prometheus how much is done, with nobody in it; to this machine, or to who knows the token."""
    token = settings.ENV.text("BROADSHEET_METRICS_TOKEN")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    known = bool(token) and compare_digest(given.encode(), token.encode())
    if not known and (token or request.META.get("REMOTE_ADDR", "") not in LOOPBACK):
        return HttpResponseForbidden(
            "Metrics are told to this machine, or to who knows the token.\n", content_type="text/plain"
        )
    registry = CollectorRegistry()
    registry.register(_Collector())
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


class _Collector:
    """What this process has answered, and how things stand."""

    def collect(self) -> list[CounterMetricFamily | GaugeMetricFamily]:
        answers = CounterMetricFamily("broadsheet_answers", "Requests answered by this process", labels=["by"])
        for name in ("stored", "files", "rendered", "refused", "failed"):
            answers.add_metric([name], getattr(COUNTS, name))
        found = questions.health()
        well = GaugeMetricFamily("broadsheet_healthy", "1 where the part is well", labels=["part"])
        for name, part in found.parts.items():
            well.add_metric([name], 1 if part["ok"] else 0)
        alive = GaugeMetricFamily("broadsheet_loop_alive", "1 where the background loop runs", labels=["loop"])
        for loop in RUNNING:
            alive.add_metric([loop.name], 1 if loop.is_alive() else 0)
        further = [
            GaugeMetricFamily(f"broadsheet_{part.name}_{number}", meaning, found.parts[part.name][number])
            for part in watched()
            if part.name in found.parts
            for number, meaning in part.gauges.items()
        ]
        return [
            *further,
            answers,
            well,
            alive,
            GaugeMetricFamily("broadsheet_stored_pages", "Pages in the store", found.parts["store"].get("pages", 0)),
            GaugeMetricFamily("broadsheet_disk_free_bytes", "Free bytes", found.parts["disk"]["free_bytes"]),
            GaugeMetricFamily("broadsheet_facts", "Number of the newest fact", latest_number()),
            GaugeMetricFamily("broadsheet_deliveries_waiting", "Deliveries not made yet", Delivery.objects.count()),
            GaugeMetricFamily("broadsheet_requests_under_way", "Requests in threads", COUNTS.under_way),
        ]
