"""What each strategy of the inventory costs on one hot SKU and on a flat catalogue, with one worker
and more: whole runs of `double11 run`, the share of the inventory stage told apart. Called by
tools/bench --inventory."""
import argparse
import json
import os
import statistics
import sys

import machine
import product

STRATEGIES = ("owner_shard", "escrow", "shared_atomic", "mutex")
# One line per order, and nobody is refused anything.
COMMON = [
    "traffic.basket=[1,0,0,0]",
    "catalogue.stock=10M",
    "catalogue.hot.stock=1G",
    "payment.servers=1M",
    "admission.in_flight_limit=2M",
    "thresholds=[]",
    "target={}",
]
CATALOGUES = {
    "one hot SKU": ["catalogue.hot.skus=1", "catalogue.hot.share=1"],
    "flat, 2M SKUs": ["catalogue.hot.share=0", "catalogue.popularity_exponent=0"],
}


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench --inventory", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=5, help="rounds; all take turns (5)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="most (all cores)")
    parser.add_argument("--duration", default="20s", help="of the scenario's traffic (20s)")
    parser.add_argument("--json", help="write every figure of every round to this file")
    return parser.parse_args()


def run_once(options, catalogue, strategy, workers):
    """Orders per second, and nanoseconds of an inventory worker per order."""
    settings = [*COMMON, *CATALOGUES[catalogue], f"inventory.strategy={strategy}"]
    settings += [f"duration={options.duration}", f"run.workers={workers}"]
    result = product.run(options.build, "double11-2017-minute", settings)
    if result["outcomes"]["sold_out"] != 0 or result["audit"]["violations"] != 0:
        sys.exit(f"tools/bench: {catalogue}, {strategy}: sold out, or a law is broken")
    stage = result["stages"]["inventory"]
    orders = result["funnel"]["offered"]["count"]
    return product.orders_per_s(result), stage["busy_ns"] / orders


def main():
    options = arguments()
    print(machine.describe("--inventory"), flush=True)
    counts = sorted({1, *[1 << i for i in range(9) if 1 << i < options.workers], options.workers})
    rows = [(c, w, s) for c in CATALOGUES for w in counts for s in STRATEGIES]
    figures = {row: [] for row in rows}
    for number in range(options.repeat):
        for catalogue, workers, strategy in rows:
            figure = run_once(options, catalogue, strategy, workers)
            figures[(catalogue, workers, strategy)].append(figure)
        print(f"round {number + 1} of {options.repeat}", file=sys.stderr, flush=True)
    print("medians: orders/s of the whole run; ns of an inventory worker per order; how many times "
          "those of mutex")
    print(f"  {'catalogue':<14} {'workers':>7}  {'strategy':<14} {'orders/s':>8} {'ns/order':>9} "
          f"{'mutex takes':>12}")
    for catalogue, workers, strategy in rows:
        rate, cost = (statistics.median(of) for of in zip(*figures[(catalogue, workers, strategy)]))
        mutex = statistics.median(cost for _, cost in figures[(catalogue, workers, "mutex")])
        print(f"  {catalogue:<14} {workers:>7}  {strategy:<14} {machine.short(rate):>8} {cost:9.1f} "
              f"{mutex / cost:11.2f}x")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"about": machine.describe("--inventory").splitlines(), "settings": COMMON,
                       "rows": [{"catalogue": c, "workers": w, "strategy": s,
                                 "orders_per_s": [r for r, _ in figures[(c, w, s)]],
                                 "ns_per_order": [n for _, n in figures[(c, w, s)]]}
                                for c, w, s in rows]}, file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
