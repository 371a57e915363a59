"""What a second worker buys `double11 simulate`. Called by tools/bench --workers.

Three turns a round: one worker, two workers, and two processes of one worker each at the same time.
The last tell what two cores of this machine carry when nothing at all is shared between them.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import time

import machine


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench --workers", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--scenario", default="double11-2017-minute")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    return parser.parse_args()


def fingerprint_of(text):
    return re.search(r"[Ff]ingerprint ([0-9a-f]{16})", text)


class Simulation:
    def __init__(self, options):
        settings = [part for each in options.set for part in ("--set", each)]
        self.command = [os.path.join(options.build, "double11"), "simulate", options.scenario,
                        *settings]
        self.fingerprints = set()

    def seconds(self, workers, processes):
        command = [*self.command, "--workers", str(workers)]
        start = time.perf_counter()
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for _ in range(processes)
        ]
        outputs = [each.communicate()[0] for each in running]
        seconds = time.perf_counter() - start
        for process, output in zip(running, outputs):
            found = fingerprint_of(output)
            if process.returncode not in (0, 3) or not found:
                sys.exit(f"tools/bench: {' '.join(command)} exits {process.returncode}")
            self.fingerprints.add(found.group(1))
        return seconds


def main():
    options = arguments()
    print(machine.describe("--workers"), flush=True)
    simulation = Simulation(options)
    rounds = []
    for _ in range(options.repeat):
        one = simulation.seconds(1, 1)
        two = simulation.seconds(2, 1)
        apart = simulation.seconds(1, 2)
        rounds.append((one, two, apart))
        print(
            f"one worker {one:.1f} s, two {two:.1f} s, two processes {apart:.1f} s: "
            f"two workers {one / two:.2f} x one; the machine carries {2 * one / apart:.2f} x",
            flush=True,
        )
    print(
        f"medians: two workers {statistics.median(one / two for one, two, _ in rounds):.2f} x one, "
        f"the machine {statistics.median(2 * one / apart for one, _, apart in rounds):.2f} x"
    )
    if len(simulation.fingerprints) != 1:
        sys.exit("the results differ")
    print("all fingerprints agree")


if __name__ == "__main__":
    main()
