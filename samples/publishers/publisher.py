#!/usr/bin/env python3
"""Publishes signals to an OrderPlatform engine over UDP and prints what became of each. Python 3.8 or later, standard library only.

    publisher.py --engine 127.0.0.1:20101 --publisher 7 --client 1 --strategy 1 --instrument 1 --count 5

Three layers, each of which can be replaced: Aeron over UDP (Publication, Subscription), the messages (hello, submission, signal), and the
publisher, which numbers its submissions, keeps those without an answer and sends them again in a new session. docs/publishers.md explains them.
"""
import argparse
import hashlib
import hmac
import os
import random
import socket
import struct
import sys
import time

# ---- Aeron over UDP: one publication, one subscription. Little endian; frames at multiples of 32 bytes. ----

PAD, DATA, NAK, STATUS, ERROR, SETUP = 0, 1, 2, 3, 4, 5
BEGIN_AND_END, END_OF_STREAM, SEND_SETUP = 0xC0, 0x20, 0x80
TERM_LENGTH, MTU = 65536, 1408


def aligned(length):
    return (length + 31) & ~31


def signed(value):
    return (value + 2**31) % 2**32 - 2**31


class Publication:
    """Sends messages of at most 1376 bytes; frames that were sent are kept for half a term, for receivers that missed them."""

    def __init__(self, engine, stream):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(engine)
        self.socket.setblocking(False)
        self.stream, self.session, self.first_term = stream, signed(random.getrandbits(32)), signed(random.getrandbits(32))
        self.frames = {}                            # position -> (datagram, length in the term)
        self.end = self.sent = self.limit = 0       # positions: appended, sent, allowed by the receiver
        self.setup_at = self.heartbeat_at = self.heard_at = 0.0
        self.rejection = None

    def place(self, position):
        return signed(self.first_term + position // TERM_LENGTH), position % TERM_LENGTH

    def is_connected(self):
        return time.monotonic() - self.heard_at < 5

    def offer(self, message):
        """Appends a message; False while the receiver has no room."""
        length = aligned(32 + len(message))
        if not self.is_connected() or self.end >= self.limit:
            return False
        room = TERM_LENGTH - self.end % TERM_LENGTH
        if length > room:                           # a message does not span terms: padding ends this one
            self.append(PAD, b"", room, room)
        self.append(DATA, message, 32 + len(message), length)
        self.poll()
        return True

    def append(self, kind, message, frame_length, length):
        term, offset = self.place(self.end)
        header = struct.pack("<iBBhiiiiq", frame_length, 0, BEGIN_AND_END, kind, offset, self.session, self.stream, term, 0)
        self.frames[self.end] = (header + message + bytes(-len(message) % 32), length)
        self.end += length
        for position in [p for p in self.frames if p < self.sent - TERM_LENGTH // 2]:
            del self.frames[position]

    def poll(self):
        now = time.monotonic()
        self.receive(now)
        if self.heard_at == 0 and now - self.setup_at > 0.1:
            self.send_setup(now)
        while self.sent < self.end and self.heard_at and self.sent + self.frames[self.sent][1] <= self.limit:
            datagram, length = self.frames[self.sent]
            if not self.send(datagram):
                return
            self.sent += length
            self.heartbeat_at = now
        if self.heard_at and now - self.heartbeat_at > 0.1:
            self.send_heartbeat(BEGIN_AND_END)
            self.heartbeat_at = now

    def receive(self, now):
        while True:
            try:
                datagram = self.socket.recv(2048)
            except (BlockingIOError, ConnectionRefusedError):
                return
            if len(datagram) < 28:
                continue
            _, _, flags, kind, session, stream = struct.unpack_from("<iBBhii", datagram)
            if session != self.session and kind != SETUP:
                continue
            if kind == STATUS and flags & SEND_SETUP:
                self.send_setup(now)
            elif kind == STATUS and len(datagram) >= 36:
                term, offset, window = struct.unpack_from("<iii", datagram, 16)
                self.limit = max(self.limit, signed(term - self.first_term) * TERM_LENGTH + offset + window)
                self.heard_at = now
            elif kind == NAK:
                term, offset, length = struct.unpack_from("<iii", datagram, 16)
                first = signed(term - self.first_term) * TERM_LENGTH + offset
                for position in sorted(p for p in self.frames if first <= p < first + length and p < self.sent):
                    self.send(self.frames[position][0])
            elif kind == ERROR and len(datagram) >= 40:
                self.rejection = datagram[40:].decode("utf-8", "replace")

    def send_setup(self, now):
        term, offset = self.place(self.sent)
        self.send(struct.pack("<iBBh8i", 40, 0, 0, SETUP, offset, self.session, self.stream, self.first_term, term, TERM_LENGTH, MTU, 0))
        self.setup_at = now

    def send_heartbeat(self, flags):
        term, offset = self.place(self.sent)
        self.send(struct.pack("<iBBhiiiiq", 0, 0, flags, DATA, offset, self.session, self.stream, term, 0))

    def send(self, datagram):
        try:
            self.socket.send(datagram)
            return True
        except (BlockingIOError, ConnectionRefusedError):
            return False

    def close(self):
        """Ends the stream, so that the engine lets the next session in at once."""
        if self.heard_at:
            self.send_heartbeat(BEGIN_AND_END | END_OF_STREAM)
        self.socket.close()


class Image:
    """A publication of somebody else as it arrives: frames by position until those before them are there."""

    def __init__(self, address, setup):
        offset, self.session, self.stream, self.first_term, term, self.term_length = setup
        self.address = address
        self.position = self.high = self.told = signed(term - self.first_term) * self.term_length + offset
        self.window = self.term_length // 2
        self.frames = {}
        self.status_at = self.nak_at = 0.0

    def place(self, position):
        return signed(self.first_term + position // self.term_length), position % self.term_length


class Subscription:
    """Receives whole messages of one stream; asks again for what was lost."""

    def __init__(self, address, stream):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.socket.setblocking(False)
        self.stream, self.receiver, self.images = stream, random.getrandbits(63), {}
        self.channel = "aeron:udp?endpoint=%s:%d" % self.socket.getsockname()

    def poll(self):
        """The messages that have come."""
        messages, now = [], time.monotonic()
        while True:
            try:
                datagram, address = self.socket.recvfrom(65536)
            except BlockingIOError:
                break
            self.take(datagram, address)
        for image in self.images.values():
            while image.position in image.frames:
                length, kind, payload = image.frames.pop(image.position)
                image.position += aligned(length)
                if kind == DATA:
                    messages.append(payload)
            self.answer(image, now)
        return messages

    def take(self, datagram, address):
        if len(datagram) < 32:
            return
        length, _, flags, kind, offset, session, stream, term = struct.unpack_from("<iBBhiiii", datagram)
        if stream != self.stream:
            return
        if kind == SETUP and len(datagram) >= 40 and session not in self.images:
            self.images[session] = Image(address, struct.unpack_from("<6i", datagram, 8))
        elif kind in (DATA, PAD):
            image = self.images.get(session)
            if image is None:
                if not flags & END_OF_STREAM:
                    self.send_status(address, session, 0, 0, 0, SEND_SETUP)
                return
            position = signed(term - image.first_term) * image.term_length + offset
            image.high = max(image.high, position)
            start = 0
            while length > 0 and start + 32 <= len(datagram) and position < image.told + image.term_length // 2:
                length, _, _, kind = struct.unpack_from("<iBBh", datagram, start)
                if length <= 0:
                    break
                if position >= image.position:
                    image.frames[position] = (length, kind, datagram[start + 32:start + length])
                position += aligned(length)
                start += aligned(length)
                image.high = max(image.high, position)

    def answer(self, image, now):
        if image.position < image.high and now - image.nak_at > 0.005:
            next_one = min([p for p in image.frames if p > image.position] + [image.high])
            stop = min(next_one, (image.position // image.term_length + 1) * image.term_length)
            term, offset = image.place(image.position)
            self.send(image.address, struct.pack("<iBBhiiiii", 28, 0, 0, NAK, image.session, image.stream, term, offset, stop - image.position))
            image.nak_at = now
        if now - image.status_at > 0.2 or image.position - image.told > image.window // 4:
            term, offset = image.place(image.position)
            self.send_status(image.address, image.session, term, offset, image.window, 0)
            image.status_at, image.told = now, image.position

    def send_status(self, address, session, term, offset, window, flags):
        self.send(address, struct.pack("<iBBhiiiiiq", 36, 0, flags, STATUS, session, self.stream, term, offset, window, self.receiver))

    def send(self, address, datagram):
        try:
            self.socket.sendto(datagram, address)
        except (BlockingIOError, ConnectionRefusedError):
            pass


# ---- Messages: SBE, schema 2700, version 0. A header of four uint16, a block of fields, then texts with their length before them. ----

SCHEMA, VERSION, PROTOCOL = 2700, 0, 1
HELLO, WELCOME, SUBMISSION, ACK, SIGNAL = 150, 151, 152, 153, 30
STATUS_NAMES = {1: "Accepted", 2: "Duplicate", 3: "Refused"}
NULL = -2**63                                       # an optional int64 that is absent


def message(template, block, rest=b""):
    return struct.pack("<HHHH", len(block), template, SCHEMA, VERSION) + block + rest


def signed_by(key, offset, text):
    """With the token in its place: HMAC-SHA-256 of the message with zeros there."""
    if key is None:
        return text
    return text[:offset] + hmac.new(key, text, hashlib.sha256).digest() + text[offset + 32:]


def hello(publisher, response_stream, channel, next_number, key):
    block = struct.pack("<IHiQq32s", publisher, PROTOCOL, response_stream, next_number, time.time_ns(), bytes(32))
    return signed_by(key, 34, message(HELLO, block, struct.pack("<B", len(channel)) + channel.encode()))


def submission(publisher, number, inner, key):
    block = struct.pack("<IQq32s", publisher, number, time.time_ns(), bytes(32))
    return signed_by(key, 28, message(SUBMISSION, block, struct.pack("<H", len(inner)) + inner))


def signal(client, strategy, instrument, direction, signal_id):
    wish = (client, strategy, instrument, direction, signal_id)
    block = struct.pack("<IIIbQqqqqqqqBHq", *wish, NULL, NULL, NULL, NULL, NULL, time.time_ns(), NULL, 255, 65535, NULL)
    return message(SIGNAL, block)


def read_welcome(text):
    publisher, _, status, _, stream, session, last, sequence, window = struct.unpack_from("<IHBHiiQqI", text, 8)
    start = 8 + struct.unpack_from("<H", text)[0]
    return publisher, status, stream, session, last, window, text[start + 1:start + 1 + text[start]].decode()


def read_ack(text):
    publisher, status, reason, stream, number, sequence, _ = struct.unpack_from("<IBHiQqq", text, 8)
    start = 8 + struct.unpack_from("<H", text)[0]
    return publisher, status, reason, stream, number, sequence, text[start + 1:start + 1 + text[start]].decode()


# ---- The publisher ----

class Publisher:
    def __init__(self, engine, publisher, stream, response_address, response_stream, key):
        self.engine, self.publisher, self.stream, self.key = engine, publisher, stream, key
        self.responses = Subscription(response_address, response_stream)
        self.response_stream = response_stream
        self.waiting, self.next_number, self.window = {}, None, 0     # number -> message; dictionaries keep their order
        self.publication = None
        self.refusal = None
        self.renew()

    def renew(self):
        """Begins a session: hello first, then whatever has no answer."""
        if self.publication:
            self.publication.close()
        self.publication, self.is_welcome, self.said_hello_at, self.unsent = Publication(self.engine, self.stream), False, 0.0, []
        self.heard_at = time.monotonic()

    def publish(self, inner):
        """Numbers a message and sends it; None while there is no room or no welcome."""
        if not self.is_welcome or len(self.waiting) >= self.window:
            return None
        number, self.next_number = self.next_number, self.next_number + 1
        if not self.waiting:
            self.heard_at = time.monotonic()
        self.waiting[number] = submission(self.publisher, number, inner, self.key)
        self.unsent.append(number)
        return number

    def poll(self):
        """One step; the answers that have come, as (number, status, reason, sequence, detail)."""
        now, answers = time.monotonic(), []
        self.publication.poll()
        for text in self.responses.poll():
            template = struct.unpack_from("<H", text, 2)[0] if len(text) >= 8 else 0
            if template == WELCOME:
                self.on_welcome(text, now)
            elif template == ACK:
                answers += self.on_ack(text, now)
        if self.is_welcome:
            while self.unsent and self.publication.offer(self.waiting[self.unsent[0]]):
                self.unsent.pop(0)
        elif now - self.said_hello_at > 1 and self.publication.is_connected():
            next_number = next(iter(self.waiting), self.next_number or 1)
            if self.publication.offer(hello(self.publisher, self.response_stream, self.responses.channel, next_number, self.key)):
                self.said_hello_at = now
        if (self.waiting or not self.is_welcome) and now - self.heard_at > 5:
            self.renew()
        return answers

    def on_welcome(self, text, now):
        publisher, status, stream, session, last, window, detail = read_welcome(text)
        if self.is_welcome or session != self.publication.session or publisher != self.publisher:
            return
        if status != 1:
            self.refusal = detail
            return
        self.is_welcome, self.window, self.heard_at, self.refusal = True, window, now, None
        if self.next_number is None:
            self.next_number = last + 1             # a new process goes on behind what the engine's journal has
        self.unsent = list(self.waiting)

    def on_ack(self, text, now):
        publisher, status, reason, stream, number, sequence, detail = read_ack(text)
        if publisher != self.publisher or stream != self.stream or number not in self.waiting:
            return []
        if reason == 15:                            # NumberGap: begin again at the first one without an answer
            self.is_welcome, self.said_hello_at = False, 0.0
            return []
        self.heard_at = now
        del self.waiting[number]
        return [(number, STATUS_NAMES[status], reason, sequence, detail)]


def main():
    parser = argparse.ArgumentParser(description="Publishes signals to an OrderPlatform engine over UDP.")
    parser.add_argument("--engine", required=True, help="address:port of the engine's door")
    parser.add_argument("--publisher", type=int, required=True)
    parser.add_argument("--key-env", help="environment variable with the publisher's key in hexadecimal digits")
    for name in ("client", "strategy", "instrument"):
        parser.add_argument("--" + name, type=int, default=1)
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=20, help="seconds for everything")
    arguments = parser.parse_args()
    host, _, port = arguments.engine.rpartition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((host, int(port)))            # sends nothing: tells the address that this machine has towards the engine
        address = probe.getsockname()[0]
    key = bytes.fromhex(os.environ[arguments.key_env]) if arguments.key_env else None
    publisher = Publisher((host, int(port)), arguments.publisher, 1001, address, 1010, key)
    published, answered, deadline = 0, 0, time.monotonic() + arguments.timeout
    while answered < arguments.count:
        if published < arguments.count:
            direction = 1 if published % 2 == 0 else -1
            if publisher.publish(signal(arguments.client, arguments.strategy, arguments.instrument, direction, published + 1)):
                published += 1
        for number, status, reason, sequence, detail in publisher.poll():
            answered += 1
            print(f"{number} {status} reason {reason} sequence {sequence} {detail}".rstrip(), flush=True)
        if time.monotonic() > deadline:
            why = publisher.refusal or publisher.publication.rejection or "the engine does not answer"
            print(f"error: {answered} of {arguments.count} answered: {why}", file=sys.stderr)
            return 2
        time.sleep(0.0005)
    publisher.publication.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
