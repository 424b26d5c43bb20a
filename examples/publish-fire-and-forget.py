"""Publishes an event without ever failing, or holding up, what it tells of.

Two seconds at most, one try in a thread of its own, and a line in the log where it was in vain.

    CAREERHOOKS_URL=http://127.0.0.1:3400 CAREERHOOKS_KEY=chk_... python3 publish-fire-and-forget.py
"""
import json
import logging
import os
import threading
import urllib.request

URL = os.environ.get('CAREERHOOKS_URL', 'http://127.0.0.1:3400')
KEY = os.environ.get('CAREERHOOKS_KEY', '')
TIMEOUT_SECONDS = 2

logger = logging.getLogger('webhooks')


def publish(event):
    """Whether it was accepted; it never raises."""
    try:
        request = urllib.request.Request(
            f'{URL}/v1/events',
            data=json.dumps(event).encode('utf-8'),
            headers={'Authorization': f'Bearer {KEY}', 'Content-Type': 'application/json'},
            method='POST',
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return response.status == 202
    except Exception as error:
        logger.error('webhook %s: %s', event.get('type'), error)
        return False


def publish_in_background(event):
    """Returns at once: in a server, the answer to the user goes out now."""
    threading.Thread(target=publish, args=(event,)).start()


def export_resume():
    """The main operation: it has its result before anything is published."""
    return {'resume_id': '7f9c24e8-3b12-4fef-91e0-b56a2d5a9d3c', 'size_bytes': 123456}


if __name__ == '__main__':
    exported = export_resume()
    user = '2c1d43b5-8f0a-4d6e-9a7b-1f5e0c9d8e72'
    publish_in_background({
        'type': 'export.completed',
        'user': user,
        # A repeated publication, after a time-out say, is then accepted once.
        'id': f"export-{exported['resume_id']}",
        'data': {
            **exported,
            'user_id': user,
            'format': 'pdf',
            'template': 'professional',
            'title': 'Resume Title',
        },
    })
    print('The export succeeded.', flush=True)
