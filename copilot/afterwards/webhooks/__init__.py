"""Tells other systems what became of calls: signed, tried again for hours, and with a log of every attempt."""

from copilot.afterwards.webhooks.courier import Terms
from copilot.afterwards.webhooks.noticing import Happened, NoticingStore
from copilot.afterwards.webhooks.telling import EndpointBroken, NoSuchDelivery, NoSuchEndpoint, Webhooks, of_deletion

__all__ = [
    "EndpointBroken",
    "Happened",
    "NoSuchDelivery",
    "NoSuchEndpoint",
    "NoticingStore",
    "Terms",
    "Webhooks",
    "of_deletion",
]
