"""The server of ../pooled_client.py: `record_server.py DELAY`.

Answers GET /records/<number> after DELAY seconds. Announces {"port": …} on 127.0.0.1.
"""
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Records(BaseHTTPRequestHandler):
    """One connection; HTTP/1.1 keeps it open for the next request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(float(sys.argv[1]))
        body = b"record %s" % self.path.rpartition("/")[2].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Says nothing: a peer's first line is its announcement."""


def end_with_parent(server):
    """Its standard input ends when the worker does, however that ends."""
    sys.stdin.buffer.read()
    server.shutdown()


if __name__ == "__main__":
    # Headers and body leave in two writes; without this the second would wait for the client's delayed acknowledgement.
    Records.disable_nagle_algorithm = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Records)
    server.daemon_threads = True
    threading.Thread(target=end_with_parent, args=(server,), daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()
