"""A stand-in for the bot that a test leads by a string.

    python puppet.py PORT

It connects to the test at 127.0.0.1:PORT, says its process id and what it was given, and does what the test
writes: `poll` asks the local server for updates once, `exit N` ends with that code. The test sees its end as
the end of the connection.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import urllib.request


def main(port: int) -> int:
    given = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("TELEGRAM_", "WEBHOOK_", "HEALTH_", "CLOCK_"))
    }
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rw") as test:
        test.write(json.dumps({"pid": os.getpid(), "given": given}) + "\n")
        test.flush()
        for line in test:
            word, _, rest = line.strip().partition(" ")
            if word == "exit":
                return int(rest)
            url = f"{given['TELEGRAM_API_URL']}/bot{given['TELEGRAM_BOT_TOKEN']}/getUpdates?timeout=0"
            with urllib.request.urlopen(url) as answer:
                test.write(answer.read().decode() + "\n")
                test.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
