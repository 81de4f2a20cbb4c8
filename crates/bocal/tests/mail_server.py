"""A real mail server for tests: says its port, then notes each message it took, one line per copy.

mail_server.py FILE [DELAY]: appends "recipient<TAB>Message-ID" to FILE before it answers; DELAY is the pause in seconds
between taking a message and saying so.
"""

import asyncio
import email
import sys

from aiosmtpd.smtp import SMTP


class Note:
    def __init__(self, path, delay):
        self.file = open(path, "a", buffering=1, encoding="utf-8")
        self.delay = delay

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content)
        for recipient in envelope.rcpt_tos:
            self.file.write(f"{recipient}\t{message['Message-ID']}\n")
        await asyncio.sleep(self.delay)
        return "250 OK"


async def main():
    delay = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    note = Note(sys.argv[1], delay)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(note, enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
