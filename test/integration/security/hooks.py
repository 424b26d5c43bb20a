"""Keeps what is generated from reaching anybody, and lets it reach what there is.

Whatever URL a request would register, it registers the receiver of the test instead. Half of the ids
become ids of what the test has made, except where the call would delete it.
"""

import os
import random

import schemathesis

RECEIVER = os.environ["RECEIVER_URL"]
KNOWN = {
    "endpoints": os.environ["ENDPOINT_ID"],
    "webhooks": os.environ["ENDPOINT_ID"],
    "deliveries": os.environ["DELIVERY_ID"],
    "events": os.environ["EVENT_ID"],
}


@schemathesis.hook
def before_call(_context, case, _kwargs):
    if isinstance(case.body, dict) and isinstance(case.body.get("url"), str):
        case.body["url"] = RECEIVER
    if case.path_parameters and case.method.upper() != "DELETE" and random.random() < 0.5:
        known = next((KNOWN[part] for part in case.path.split("/") if part in KNOWN), None)
        if known is not None and "id" in case.path_parameters:
            case.path_parameters["id"] = known
