"""Orders per second of `double11 run`, several times. Called by tools/bench --run."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

import machine

# Exit codes of the program.
PASSED = 0
MISSED = 3


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench --run", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--scenario", default="double11-2017-minute")
    return parser.parse_args()


def run_once(program, scenario):
    """Offered orders per second of the machine's time, whether they meet the target or not."""
    with tempfile.TemporaryDirectory() as folder:
        result = os.path.join(folder, "result.json")
        command = [program, "run", scenario, "--quiet", "--json", result]
        code = subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode
        if code not in (PASSED, MISSED):
            sys.exit(f"tools/bench: {' '.join(command)} exits {code}")
        with open(result, encoding="utf-8") as file:
            return json.load(file)["funnel"]["offered"]["rate_machine_per_s"]


def main():
    options = arguments()
    program = os.path.join(options.build, "double11")
    print(machine.describe("--run"), flush=True)
    rates = [run_once(program, options.scenario) for _ in range(options.repeat)]
    print(
        f"{options.scenario}: orders/s of {options.repeat} runs: "
        f"min {machine.short(min(rates))}, median {machine.short(statistics.median(rates))}, "
        f"max {machine.short(max(rates))}"
    )


if __name__ == "__main__":
    main()
