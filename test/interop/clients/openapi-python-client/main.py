import json
import os

from api import AuthenticatedClient
from api.api.deliveries import list_deliveries
from api.api.endpoints import create_endpoint, delete_endpoint, get_endpoint, update_endpoint
from api.api.events import publish_events
from api.models import (
    AcceptedBatch,
    AcceptedEvent,
    DeletedEndpoint,
    DeliveryPage,
    Endpoint,
    EndpointPatch,
    EndpointWithKeys,
    EventBatch,
    NewEndpoint,
    NewEvent,
    NewEventData,
    Problem,
)
from api.types import UNSET

client = AuthenticatedClient(os.environ["CAREERHOOKS_URL"], token=os.environ["CAREERHOOKS_TOKEN"])

endpoint = create_endpoint.sync(
    client=client,
    body=NewEndpoint(
        url=os.environ["RECEIVER_URL"],
        events=["resume.*"],
        verify=False,
        description="By openapi-python-client",
    ),
)
assert isinstance(endpoint, EndpointWithKeys), endpoint

data = NewEventData.from_dict(json.loads(os.environ["EVENT_DATA"]))
event = NewEvent(type_="resume.parsed", data=data)
one = publish_events.sync(client=client, body=event, idempotency_key="one")
assert isinstance(one, AcceptedEvent), one
batch = publish_events.sync(client=client, body=EventBatch(events=[event] * 4))
assert isinstance(batch, AcceptedBatch), batch

pages: list[DeliveryPage] = []
while not pages or pages[-1].next_cursor is not None:
    cursor = pages[-1].next_cursor if pages else None
    page = list_deliveries.sync(client=client, endpoint=endpoint.id, limit=2, cursor=cursor or UNSET)
    assert isinstance(page, DeliveryPage), page
    pages.append(page)

patch = EndpointPatch(description=None, rate_limit=50)
patched = update_endpoint.sync(endpoint.id, client=client, body=patch)
assert isinstance(patched, Endpoint), patched
deleted = delete_endpoint.sync(endpoint.id, client=client)
assert isinstance(deleted, DeletedEndpoint), deleted

gone = get_endpoint.sync(endpoint.id, client=client)
assert isinstance(gone, Problem), gone
unknown = publish_events.sync(client=client, body=NewEvent(type_="resume.burnt", data=data))
assert isinstance(unknown, Problem), unknown

print(
    json.dumps(
        {
            "endpoint": endpoint.id,
            "published": [accepted.id for accepted in [one, *batch.events]],
            "pages": [[delivery.id for delivery in page.data] for page in pages],
            "patched": {"description": patched.description, "rate_limit": patched.rate_limit},
            "deleted": deleted.deleted,
            "problems": [gone.code, unknown.code],
        }
    )
)
