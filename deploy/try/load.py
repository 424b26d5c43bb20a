"""Publishes ten events a second and asks for /docs as often, until SIGTERM; then says what came of it.

load.py <url> <token> <file>: appends the ids of the events that were answered 202 to the file, and
prints one line of JSON: how many were answered with what ("refused" where nobody listened).
"""
import collections
import json
import random
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid

url, token, accepted = sys.argv[1:]
answers = {"events": collections.Counter(), "docs": collections.Counter()}
lock = threading.Lock()
ended = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: ended.set())


def outcome(request):
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            response.read()
            return str(response.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except OSError as error:
        reason = getattr(error, "reason", error)
        return "refused" if isinstance(reason, ConnectionRefusedError) else type(reason).__name__


def publish():
    # By the data, too, which is what arrives of it.
    name = "evt_" + uuid.uuid4().hex
    event = {
        "id": name,
        "system": "roleready",
        "user": "user_1",
        "type": "resume.parsed",
        "data": {
            "resumeId": name,
            "fileName": "resume.pdf",
            "parsedAt": "2026-01-31T10:05:00Z",
            "success": True,
        },
    }
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    told = outcome(urllib.request.Request(url + "/v1/events", json.dumps(event).encode(), headers))
    with lock:
        answers["events"][told] += 1
        if told == "202":
            with open(accepted, "a", encoding="ascii") as file:
                file.write(name + "\n")


def read_docs():
    # The page, and a file that is read from node_modules each time.
    path = random.choice(["/docs", "/docs/swagger-ui.css"])
    told = outcome(urllib.request.Request(url + path))
    with lock:
        answers["docs"][told] += 1


threads = []
due = time.monotonic()
while not ended.wait(max(0.0, due - time.monotonic())):
    due += 0.1
    for work in (publish, read_docs):
        threads.append(threading.Thread(target=work))
        threads[-1].start()
for thread in threads:
    thread.join()
print(json.dumps(answers))
