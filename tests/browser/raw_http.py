"""Requests as no browser sends them: written byte by byte to a socket."""

import socket


def connect(port, receive_buffer=None):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(20)
    client.connect(("127.0.0.1", port))
    return client


def ask(port, request):
    """Sends bytes; returns (status, fields, body) of the answer, status 0 when there is none."""
    answer = b""
    with connect(port) as client:
        try:
            client.sendall(request)
        except OSError:
            pass  # it may hang up before it has read all of it
        try:
            while part := client.recv(65536):
                answer += part
        except OSError:
            pass
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    fields = {name.strip().lower(): text.strip() for name, _, text in (line.partition(":") for line in lines[1:])}
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0, fields, body


def get(port, path, method="GET", more=b""):
    """One request in a connection of its own; path as it is, with whatever dots and percents."""
    start = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n".encode()
    return ask(port, start + more + b"\r\n")
