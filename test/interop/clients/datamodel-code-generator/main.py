import json
import os
from typing import TypeVar

import httpx
from pydantic import BaseModel

from models import (
    AcceptedBatch,
    AcceptedEvent,
    DeletedEndpoint,
    DeliveryPage,
    Endpoint,
    EndpointPatch,
    EndpointWithKeys,
    EventBatch,
    EventPattern,
    NewEndpoint,
    NewEvent,
    Problem,
)

Answer = TypeVar("Answer", bound=BaseModel)

client = httpx.Client(
    base_url=os.environ["CAREERHOOKS_URL"],
    headers={"authorization": f"Bearer {os.environ['CAREERHOOKS_TOKEN']}"},
)


def call(
    answer: type[Answer],
    method: str,
    path: str,
    body: BaseModel | None = None,
    params: dict[str, str | int] | None = None,
) -> Answer:
    """Sends what is set of the body; an answer of another shape is an exception."""
    sent = None if body is None else body.model_dump(mode="json", exclude_unset=True)
    response = client.request(method, path, json=sent, params=params)
    return answer.model_validate_json(response.content)


new_endpoint = NewEndpoint(
    url=os.environ["RECEIVER_URL"],
    events=[EventPattern("resume.*")],
    verify=False,
    description="By datamodel-code-generator",
)
endpoint = call(EndpointWithKeys, "POST", "/v1/endpoints", new_endpoint)
path = f"/v1/endpoints/{endpoint.id}"

data = json.loads(os.environ["EVENT_DATA"])
event = NewEvent(type="resume.parsed", data=data)
one = call(AcceptedEvent, "POST", "/v1/events", event)
batch = call(AcceptedBatch, "POST", "/v1/events", EventBatch(events=[event] * 4))

pages: list[DeliveryPage] = []
while not pages or pages[-1].next_cursor is not None:
    params: dict[str, str | int] = {"endpoint": endpoint.id, "limit": 2}
    if pages and pages[-1].next_cursor:
        params["cursor"] = pages[-1].next_cursor
    pages.append(call(DeliveryPage, "GET", "/v1/deliveries", params=params))

patched = call(Endpoint, "PATCH", path, EndpointPatch(description=None, rate_limit=50))
deleted = call(DeletedEndpoint, "DELETE", path)

gone = call(Problem, "GET", path)
unknown = call(Problem, "POST", "/v1/events", NewEvent(type="resume.burnt", data=data))

print(
    json.dumps(
        {
            "endpoint": endpoint.id,
            "published": [accepted.id for accepted in [one, *batch.events]],
            "pages": [[delivery.id for delivery in page.data] for page in pages],
            "patched": {"description": patched.description, "rate_limit": patched.rate_limit},
            "deleted": deleted.deleted,
            "problems": [gone.code.root, unknown.code.root],
        }
    )
)
