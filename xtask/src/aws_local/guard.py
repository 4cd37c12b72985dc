"""guard.py MODULE: runs a Python module as a program, and ends with whoever holds the other end of stdin.

However that one ends, by Ctrl-C or by `kill -9`, nothing it started stays behind: this process leads
a process group of its own, and the whole group ends.
"""

import os
import runpy
import signal
import sys
import threading
import time


def end_with_stdin():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGTERM)
    time.sleep(5)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    os.setpgrp()
    threading.Thread(target=end_with_stdin, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
