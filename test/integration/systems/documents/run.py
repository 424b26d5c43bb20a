"""Runs one document's verifier over the deliveries on stdin; prints a list of its answers.

Usage: run.py DOCUMENT PAYLOAD, where PAYLOAD is what the document's receiver passes on:
bytes (the raw body), text (the body decoded), json (the body parsed).
"""
import base64
import importlib
import json
import sys

document, kind = sys.argv[1:]
verify = importlib.import_module(document).verify_webhook_signature
payloads = {
    'bytes': lambda body: body,
    'text': lambda body: body.decode('utf-8'),
    'json': json.loads,
}

def answer(case):
    payload = payloads[kind](base64.b64decode(case['body']))
    try:
        return verify(payload, case['signature'], case['secret'])
    except Exception as error:
        return type(error).__name__

print(json.dumps([answer(case) for case in json.load(sys.stdin)]))
