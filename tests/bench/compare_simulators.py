"""Speed of `double11 simulate` beside a plain C++ event loop and SimPy.

Called by tools/bench --simulate. The same models, in turns, each tool with as many customers as it
needs for a second or a few. The tools must agree with each other and with theory within chance; a
comparison of speed is worth nothing otherwise.
"""
import argparse
import os
import statistics
import sys

import agreement
import machine
from models import MODELS
from simulators import HERE, Double11, Peer


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench --simulate", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1, help="multiplies the customers")
    parser.add_argument("--seed", type=int, default=1, help="of the first repetition")
    return parser.parse_args()


def simulators(build):
    """SimPy first: it is what the others are compared with."""
    event_loop = os.path.join(build, "tests", "bench", "event_loop")
    peers = [
        Peer("simpy", "SimPy", [os.path.join(HERE, "simpy_peer.py")]),
        Peer("event_loop", "C++ event loop", [event_loop]),
    ]
    program = os.path.join(build, "double11")
    ours = [Double11(program, workers) for workers in sorted({1, os.cpu_count()})]
    if not ours[0].exists():
        print("double11 simulate  not in this build; the peers alone")
        return peers
    return peers + ours


def measure(tools, model, options):
    """Tools take turns, so that a busy spell of the machine hits all of them."""
    runs = {tool: [] for tool in tools}
    for seed in range(options.seed, options.seed + options.repeat):
        for tool in tools:
            customers = round(model.customers[tool.key] * options.scale)
            runs[tool].append(tool.run(model, customers, seed))
    return runs


def print_speeds(model, runs, options):
    print(f"\n{model.title}")
    print(f"  {'':<28}{'customers':>10}{'customers/s':>13}{'min':>8}{'max':>8}{'ratios':>10}")
    medians = []
    for tool, measurements in runs.items():
        rates = [each.customers_per_s for each in measurements]
        medians.append(statistics.median(rates))
        ratios = "".join(f"{medians[-1] / slower:>10.3g}" for slower in medians[:2])
        customers = machine.short(model.customers[tool.key] * options.scale)
        print(
            f"  {tool.title:<28}{customers:>10}{machine.short(medians[-1]):>13}"
            f"{machine.short(min(rates)):>8}{machine.short(max(rates)):>8}{ratios}"
        )


def words_of(z):
    if z is None:
        return "too few to tell"
    return f"{z:+.2f}" + ("" if abs(z) < agreement.Z_LIMIT else " DISAGREES")


def print_agreement(model, runs):
    """Each tool against theory and the tools above it, in standard errors.

    Returns the number of disagreements.
    """
    disagreements = 0
    for name in next(iter(runs.values()))[0].estimates:
        print(f"  {name}" + (f", exact {model.exact[name]:.6g}" if name in model.exact else ""))
        above = {}
        for tool, measurements in runs.items():
            estimate = agreement.pooled([each.estimates[name] for each in measurements])
            scores = {other: agreement.z_between(estimate, above[other]) for other in above}
            if name in model.exact:
                scores["exact"] = agreement.z_against_exact(estimate, model.exact[name])
            disagreements += sum(z is not None and abs(z) >= agreement.Z_LIMIT
                                 for z in scores.values())
            above[tool.title] = estimate
            figures = f"{estimate.mean:>12.6g} +- {estimate.standard_error:<9.2g}"
            distances = ", ".join(f"{words_of(z)} from {other}" for other, z in scores.items())
            print(f"    {tool.title:<28}{figures}{distances}".rstrip())
    return disagreements


def main():
    options = arguments()
    print(machine.describe("--simulate"))
    tools = simulators(options.build)
    print("ratios   of customers/s, to SimPy and to the event loop", flush=True)
    disagreements = 0
    for model in MODELS:
        runs = measure(tools, model, options)
        print_speeds(model, runs, options)
        disagreements += print_agreement(model, runs)
    if disagreements:
        sys.exit(f"tools/bench: the simulators disagree in {disagreements} places")
    print("\nthe simulators agree")


if __name__ == "__main__":
    main()
