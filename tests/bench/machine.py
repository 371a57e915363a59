"""What a measurement was taken on, and by which command: without it a figure means nothing."""
import os
import platform
import re
import shlex
import sys


def cpu_name():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        found = re.search(r"^model name\s*: (.*)$", lines.read(), re.MULTILINE)
    return found.group(1) if found else platform.machine()


def describe(option):
    """Lines for the head of a report of `tools/bench OPTION`."""
    command = ["tools/bench", option, *sys.argv[2:]]
    return (
        f"machine  {cpu_name()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"{platform.system()} {platform.release()}\n"
        f"command  {shlex.join(command)}"
    )


def short(value):
    """A count or rate with three digits and a suffix, as the program prints them."""
    for suffix, unit in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if value >= unit:
            return f"{value / unit:.3g}{suffix}"
    return f"{value:.3g}"
