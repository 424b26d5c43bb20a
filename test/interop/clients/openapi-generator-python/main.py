import json
import os
from collections.abc import Callable

from api import (
    AcceptedBatch,
    AcceptedEvent,
    ApiClient,
    ApiException,
    Configuration,
    DeliveriesApi,
    DeliveryPage,
    EndpointPatch,
    EndpointsApi,
    EventBatch,
    EventsApi,
    NewEndpoint,
    NewEvent,
    Problem,
    Publication,
)

client = ApiClient(
    Configuration(
        host=os.environ["CAREERHOOKS_URL"], access_token=os.environ["CAREERHOOKS_TOKEN"]
    )
)
endpoints = EndpointsApi(client)
events = EventsApi(client)
deliveries = DeliveriesApi(client)

endpoint = endpoints.create_endpoint(
    NewEndpoint(
        url=os.environ["RECEIVER_URL"],
        events=["resume.*"],
        verify=False,
        description="By OpenAPI Generator",
    )
)

data = json.loads(os.environ["EVENT_DATA"])
event = NewEvent(type="resume.parsed", data=data)
one = events.publish_events(Publication(event), idempotency_key="one").actual_instance
assert isinstance(one, AcceptedEvent)
batch = events.publish_events(Publication(EventBatch(events=[event] * 4))).actual_instance
assert isinstance(batch, AcceptedBatch)

pages: list[DeliveryPage] = []
while not pages or pages[-1].next_cursor is not None:
    cursor = pages[-1].next_cursor if pages else None
    pages.append(deliveries.list_deliveries(endpoint=endpoint.id, limit=2, cursor=cursor))

patch = EndpointPatch(description=None, rate_limit=50)
patched = endpoints.update_endpoint(endpoint.id, patch)
deleted = endpoints.delete_endpoint(endpoint.id)


def problem_of(call: Callable[[], object]) -> Problem:
    """The problem that a call meets."""
    try:
        call()
    except ApiException as error:
        assert isinstance(error.data, Problem)
        return error.data
    raise AssertionError("It met no problem.")


unknown = Publication(NewEvent(type="resume.burnt", data=data))
problems = [
    problem_of(lambda: endpoints.get_endpoint(endpoint.id)),
    problem_of(lambda: events.publish_events(unknown)),
]

print(
    json.dumps(
        {
            "endpoint": endpoint.id,
            "published": [accepted.id for accepted in [one, *batch.events]],
            "pages": [[delivery.id for delivery in page.data] for page in pages],
            "patched": {"description": patched.description, "rate_limit": patched.rate_limit},
            "deleted": deleted.deleted,
            "problems": [problem.code for problem in problems],
        }
    )
)
