"""Receives deliveries by https, answers challenges, and appends the resumeId of each to a file.

receiver.py <port> <certificate> <key> <file>; ADDRESS in the environment is where it listens, else 127.0.0.1.
"""
import json
import os
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, certificate, key, received = sys.argv[1:]


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if "challenge" in body:
            answer = json.dumps({"challenge": body["challenge"]}).encode()
        else:
            answer = b"{}"
            with open(received, "a", encoding="ascii") as file:
                file.write(body["data"]["resumeId"] + "\n")
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server = ThreadingHTTPServer((os.environ.get("ADDRESS", "127.0.0.1"), int(port)), Receiver)
server.daemon_threads = True
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
