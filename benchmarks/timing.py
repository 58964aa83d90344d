"""Runs a command and measures its cost."""

import os
import subprocess
import sys
import tempfile
import time


def costs(command, cwd=None):
    """Returns the wall time and the processor time of one run in milliseconds, and its peak memory in MB."""
    with tempfile.TemporaryFile() as messages:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        end = time.perf_counter()
        process.returncode = os.waitstatus_to_exitcode(status)
        if status != 0:
            messages.seek(0)
            sys.exit(f"{' '.join(command)}: exit status {process.returncode}\n{messages.read().decode()}")
    return 1000 * (end - begin), 1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def run_once(command, cwd=None):
    """Returns the wall time of one run in milliseconds, and its peak memory in MB."""
    wall, _, memory = costs(command, cwd)
    return wall, memory
