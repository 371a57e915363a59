"""Whether the laws of the audit hold on whole sales, as they are shipped: every scenario with every
safe strategy, both placements and 1, 2 and 4 workers at pace max, and in virtual time. Called by
tools/bench --laws. The test suite does the same with the first seconds of them, thinned."""
import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time

import machine
import product

STRATEGIES = ("owner_shard", "escrow", "shared_atomic", "mutex")
PLACEMENTS = ("sharded", "staged")
WORKERS = (1, 2, 4)


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench --laws", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--scenario", action="append", help="only this one (may be repeated)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                        help="as for double11 run")
    parser.add_argument("--pairs", action="store_true",
                        help="12 instead of 24 runs of each: every strategy with every number of "
                             "workers, the placements in turns, the other way round for every "
                             "second sale")
    parser.add_argument("--json", help="write every run to this file, after each run")
    return parser.parse_args()


def shipped(build):
    listed = product.output_of([os.path.join(build, "double11"), "scenario", "list"])
    return [line.split()[0] for line in listed.splitlines()]


def live_settings(pairs, turn):
    """What varies: (strategy, placement, workers) of each run."""
    if not pairs:
        return list(itertools.product(STRATEGIES, PLACEMENTS, WORKERS))
    return [(strategy, PLACEMENTS[(row + column + turn) % 2], workers)
            for row, strategy in enumerate(STRATEGIES) for column, workers in enumerate(WORKERS)]


def check(build, command, scenario, settings):
    """Runs it whole and returns what the audit says; that a target is missed is no matter here."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "result.json")
        line = [os.path.join(build, "double11"), command, scenario, "--quiet", "--json", path]
        for setting in settings:
            line += ["--set", setting]
        began = time.monotonic()
        done = subprocess.run(line, check=False, capture_output=True, text=True)
        seconds = time.monotonic() - began
        if not os.path.exists(path):
            sys.exit(f"tools/bench: {' '.join(line)} exits {done.returncode}\n{done.stderr}")
        with open(path, encoding="utf-8") as file:
            result = json.load(file)
    broken = [law["name"] for law in result["audit"]["laws"] if law["violations"] != 0]
    return {"scenario": scenario, "command": command, "settings": settings,
            "status": result["verdict"]["status"], "seconds": round(seconds, 1),
            "orders": result["funnel"]["offered"]["count"],
            "laws": len(result["audit"]["laws"]), "broken": broken}


def main():
    options = arguments()
    about = machine.describe("--laws")
    print(about, flush=True)
    runs = []
    for turn, scenario in enumerate(options.scenario or shipped(options.build)):
        wanted = [("run", ["run.pace=max", f"inventory.strategy={strategy}",
                           f"run.placement={placement}", f"run.workers={workers}"])
                  for strategy, placement, workers in live_settings(options.pairs, turn)]
        for command, settings in [*wanted, ("simulate", [])]:
            found = check(options.build, command, scenario, options.set + settings)
            runs.append(found)
            print(f"  {found['seconds']:7.1f} s  {machine.short(found['orders']):>6} orders  "
                  f"{len(found['broken'])} of {found['laws']} laws broken  "
                  f"{command} {scenario} {' '.join(settings)}", flush=True)
            if options.json:
                with open(options.json, "w", encoding="utf-8") as file:
                    json.dump({"about": about.splitlines(), "runs": runs}, file, indent=1)
                    file.write("\n")
    broken = [run for run in runs if run["broken"] or run["status"] == "VIOLATED"]
    print(f"{len(runs)} runs, {len(broken)} with a law broken")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
