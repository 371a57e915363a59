"""Orders per second of `double11 run` and of the pipelines that people would use instead, on the
same scenario with the same stages; all results must be equal. Called by tools/bench --pipelines."""
import argparse
import json
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
import machine  # noqa: E402  pylint: disable=wrong-import-position
import product  # noqa: E402  pylint: disable=wrong-import-position

# Nobody is refused anything, so that no result depends on who came first.
AMPLE = [
    "catalogue.stock=10M",
    "catalogue.hot.stock=100M",
    "payment.servers=1M",
    "admission.in_flight_limit=2M",
]
# Of the program; its row is what the others are compared with.
DEFAULT = "sharded, shared_atomic"
STRATEGIES = ("owner_shard", "escrow", "shared_atomic", "mutex")
PLACEMENTS = ("sharded", "staged")
# Peers of two and more threads share one stock; each thread of the fused loop has its own.
PEERS = (
    ("oneTBB parallel_pipeline, by slice", "tbb", True),
    ("Boost.Asio thread_pool, post by order", "asio_posts", True),
    ("Boost.Asio thread_pool, strand by stage", "asio_strands", True),
    ("mutex and condition variable, 4 threads", "mutex_queues", True),
    ("moodycamel, one by one, no tokens", "single", True),
)


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench --pipelines", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=5, help="rounds; all take turns (5)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="threads (all cores)")
    parser.add_argument("--duration", default="20s", help="of the scenario's traffic (20s)")
    parser.add_argument("--scenario", default="double11-2017-minute")
    parser.add_argument("--json", help="write every figure of every round to this file")
    return parser.parse_args()


class Bench:
    """Runs one contestant once; a result is its rate and what it says that it did."""

    def __init__(self, options):
        self.options = options
        self.settings = [*AMPLE, f"duration={options.duration}", "thresholds=[]", "target={}"]

    def run(self, workers, strategy, placement):
        chosen = [f"run.workers={workers}", f"run.placement={placement}"]
        settings = [*self.settings, *chosen, f"inventory.strategy={strategy}"]
        result = product.run(self.options.build, self.options.scenario, settings)
        paid = result["latency_ns"]["paid"]
        done = {
            "offered": result["funnel"]["offered"]["count"],
            "order_stream": result["order_stream"],
            "outcomes": result["outcomes"],
            "turnover_fen": result["money_fen"]["turnover"],
            "paid_ns": {"mean": paid["mean"], "p99": paid["p99"], "max": paid["max"]},
        }
        return product.orders_per_s(result), done

    def peer(self, name, threads, shared):
        strategy = "shared_atomic" if shared else "owner_shard"
        program = os.path.join(self.options.build, "tests", "bench", "pipeline_peers")
        command = [program, name, str(threads), self.options.scenario, *self.settings]
        done = json.loads(product.output_of([*command, f"inventory.strategy={strategy}"]))
        return done["offered"] / done.pop("seconds"), done


def contestants(bench, workers):
    """Name, threads, and how to run it once."""
    yield "fused loop", 1, lambda: bench.peer("fused", 1, False)
    if workers > 1:
        yield "fused loop", workers, lambda: bench.peer("fused", workers, False)
    yield "double11 run", 1, lambda: bench.run(1, "shared_atomic", "sharded")
    for placement in PLACEMENTS if workers > 1 else ():
        for strategy in STRATEGIES:
            name = f"double11 run, {placement}, {strategy}"
            yield name, workers, lambda s=strategy, p=placement: bench.run(workers, s, p)
    for name, peer, shared in PEERS:
        yield name, workers, lambda p=peer, s=shared: bench.peer(p, workers, s)


def main():
    options = arguments()
    bench = Bench(options)
    print(machine.describe("--pipelines"), flush=True)
    rows = list(contestants(bench, options.workers))
    rates = [[] for _ in rows]
    expected = None
    for number in range(options.repeat):
        for i, (name, threads, run) in enumerate(rows):
            rate, done = run()
            expected = expected or done
            if done != expected:
                sys.exit(f"tools/bench: results differ: {name}, {threads} threads: {done}; {expected}")
            rates[i].append(rate)
        print(f"round {number + 1} of {options.repeat}", file=sys.stderr, flush=True)
    medians = [statistics.median(of) for of in rates]
    default = next(m for m, row in zip(medians, rows) if row[0] == f"double11 run, {DEFAULT}"
                   or (options.workers == 1 and row[0] == "double11 run"))
    print(f"{options.scenario}, {expected['offered']:,} orders; orders/s: median (min to max); "
          f"to it: the product's default, {options.workers} workers, as a multiple")
    for (name, threads, _), of, median in zip(rows, rates, medians):
        spread = f"({machine.short(min(of))} to {machine.short(max(of))})"
        print(f"  {name:<40} {threads:>2}  {machine.short(median):>6} {spread:<18} {default / median:7.2f}")
    print("all results are equal: orders, order stream, outcomes, turnover, latency to paid")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            figures = [{"name": row[0], "threads": row[1], "orders_per_s": of}
                       for row, of in zip(rows, rates)]
            json.dump({"about": machine.describe("--pipelines").splitlines(),
                       "scenario": options.scenario, "settings": bench.settings,
                       "result": expected, "contestants": figures}, file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
