"""What push notifications have to do with one account."""

from django.db.models import Q, QuerySet

from broadsheet.notifications.models import PushCampaign, PushDelivery, PushSubscription


def deliveries_to(reader_id: int) -> QuerySet[PushDelivery]:
    """Return what was sent to the reader's browsers, and is to be."""
    browsers = PushSubscription.objects.filter(reader_id=reader_id).values("pk")
    return PushDelivery.objects.filter(subscription_id__in=browsers)


def signed_pushes(reader_id: int) -> QuerySet[PushCampaign]:
    """Return the pushes that a member of the newsroom wrote, confirmed or recalled."""
    return PushCampaign.objects.filter(
        Q(written_by_id=reader_id) | Q(confirmed_by_id=reader_id) | Q(recalled_by_id=reader_id)
    )
