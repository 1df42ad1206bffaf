#!/usr/bin/env python3
"""A network switch in user space, with faults: hands on frames between network interfaces, or loses or delays them, by who sends to whom.

    switch.py INTERFACE ...

Reads orders from its standard input, one a line; the last one for a direction counts:
    FROM TO loss PERCENT delay MILLISECONDS      names of interfaces, or * for all

It asks nothing of the kernel but packet sockets: not every kernel has tc's netem. Frames come with what the kernel leaves open (checksums, segments larger than the
wire's), and are handed on with it, so that a loss takes up to 64 KiB of one connection at once.
"""
import heapq
import itertools
import random
import selectors
import socket
import sys
import time

SOL_PACKET, PACKET_IGNORE_OUTGOING, PACKET_VNET_HDR, HEADER = 263, 23, 15, 10
SO_SNDBUFFORCE, SO_RCVBUFFORCE = 32, 33


def port(name):
    """A socket that sees what comes in on an interface, with the header that says what is left open."""
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    raw.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    raw.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    raw.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
    raw.setsockopt(socket.SOL_SOCKET, SO_SNDBUFFORCE, 64 << 20)
    raw.bind((name, 0))
    raw.setblocking(False)
    return raw


def main():
    ports = {name: port(name) for name in sys.argv[1:]}
    faults = {(a, b): (0.0, 0.0) for a in ports for b in ports}
    where, waiting, order = {}, [], itertools.count()
    selector = selectors.DefaultSelector()
    for name, raw in ports.items():
        selector.register(raw, selectors.EVENT_READ, name)
    selector.register(sys.stdin, selectors.EVENT_READ, None)

    def send(to, frame):
        try:
            ports[to].send(frame)
        except OSError:
            pass  # A full queue, or an interface that is down: lost, as on any wire.

    while True:
        timeout = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        for key, _ in selector.select(timeout):
            name = key.data
            if name is None:
                words = sys.stdin.readline().split()
                if not words:
                    return
                settings = dict(zip(words[2::2], map(float, words[3::2])))
                for pair in faults:
                    if words[0] in ("*", pair[0]) and words[1] in ("*", pair[1]):
                        faults[pair] = (settings.get("loss", 0) / 100, settings.get("delay", 0) / 1000)
                print("done", flush=True)
                continue
            for _ in range(64):
                try:
                    frame = ports[name].recv(1 << 17)
                except OSError:
                    break
                target, source = frame[HEADER:HEADER + 6], frame[HEADER + 6:HEADER + 12]
                where[source] = name
                known = None if target[0] & 1 else where.get(target)
                for to in [known] if known else ports:
                    loss, delay = faults[name, to]
                    if to == name or random.random() < loss:
                        continue
                    if delay:
                        heapq.heappush(waiting, (time.monotonic() + delay, next(order), to, frame))
                    else:
                        send(to, frame)
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, to, frame = heapq.heappop(waiting)
            send(to, frame)


main()
