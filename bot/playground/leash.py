"""Runs a command that must not outlive the process holding the other end of standard input.

    python leash.py COMMAND [ARGUMENT ...]

When standard input ends, the command gets SIGTERM, and SIGKILL if it is still there GRACE_SECONDS later. The
owner's death ends standard input too, even a kill -9, so no bot is left behind polling a server that is gone.
Linux has PR_SET_PDEATHSIG for this; a pipe works on every system. The exit code is the command's own;
128 + number when a signal ended it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

GRACE_SECONDS = 10.0


def _end_with_owner(child: subprocess.Popen[bytes]) -> None:
    while os.read(0, 4096):  # not sys.stdin: a thread inside its lock would break the end of the interpreter
        pass
    child.terminate()
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def main(command: list[str]) -> int:
    """Run the command until it ends or standard input does; its exit code."""
    # The owner ends this process by closing the pipe; a stray signal must not cut the leash.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, lambda *_: None)
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    except OSError as error:
        sys.stderr.write(f"Could not start {command[0]}: {error.strerror}.\n")
        return 127
    threading.Thread(target=_end_with_owner, args=(child,), daemon=True).start()
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
