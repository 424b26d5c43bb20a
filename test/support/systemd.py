"""Stands in for systemd: prints what comes to NOTIFY_SOCKET, a JSON string a line, until it is ended."""

import json
import socket
import sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
print(json.dumps("listening"), flush=True)
while True:
    # A descriptor that comes along is closed unseen: so systemd-notify learns that it was heard.
    text = listener.recv(65_536).decode()
    if text != "BARRIER=1":
        print(json.dumps(text), flush=True)
