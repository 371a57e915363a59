#!/usr/bin/python3
"""SimPy as a peer of `double11 simulate`: the two models of event_loop.cpp, a process per customer.

The distribution's own Python is named above, for it is the one that python3-simpy3 serves.
Prints one line of JSON.
"""
import argparse
import json
import math
import random
import statistics
import time

import simpy

BATCHES = 32

# Milliseconds; the diagram is in five_stages.hpp.
SERVERS = {"admission": 16, "inventory": 8, "payment": 1024, "picking": 64, "dispatch": 32}
PAYMENT_P50 = 60.0
PAYMENT_P99 = 250.0
PAYMENT_MU = math.log(PAYMENT_P50)
PAYMENT_SIGMA = math.log(PAYMENT_P99 / PAYMENT_P50) / statistics.NormalDist().inv_cdf(0.99)
FAILING = 0.1
ATTEMPTS = 3


class BatchMeans:
    """Mean of correlated observations and its standard error, from the means of long batches."""

    def __init__(self, batch_size):
        self.batch_size = batch_size
        self.batch = []
        self.batch_sums = []

    def add(self, value):
        self.batch.append(value)
        if len(self.batch) == self.batch_size:
            self.batch_sums.append(sum(self.batch))
            self.batch.clear()

    def estimate(self):
        count = len(self.batch_sums) * self.batch_size + len(self.batch)
        error = statistics.stdev(self.batch_sums) / math.sqrt(len(self.batch_sums))
        return {
            "mean": (sum(self.batch_sums) + sum(self.batch)) / count,
            "standard_error": error / self.batch_size,
        }


def multi_server(servers, rho, customers):
    """M/M/c; the unit of time is the mean service time."""
    env = simpy.Environment()
    line = simpy.Resource(env, capacity=servers)
    wait = BatchMeans(customers // BATCHES)
    waited = BatchMeans(customers // BATCHES)

    def customer():
        arrived = env.now
        with line.request() as turn:
            yield turn
            wait.add(env.now - arrived)
            waited.add(env.now > arrived)
            yield env.timeout(random.expovariate(1))

    def source():
        for _ in range(customers):
            yield env.timeout(random.expovariate(rho * servers))
            env.process(customer())

    env.process(source())
    env.run()
    return {"wait": wait, "waited": waited}


def five_stages(orders_per_s, orders):
    """A sale of five stations in series; times are milliseconds."""
    env = simpy.Environment()
    stations = {name: simpy.Resource(env, capacity=servers) for name, servers in SERVERS.items()}
    wait = {name: BatchMeans(orders // BATCHES) for name in SERVERS}
    lost = BatchMeans(orders // BATCHES)
    sojourn = BatchMeans(orders // BATCHES)

    def visit(name, service_time):
        queued = env.now
        with stations[name].request() as turn:
            yield turn
            wait[name].add(env.now - queued)
            yield env.timeout(service_time)

    def pay():
        """Returns whether one of the attempts succeeded."""
        for _ in range(ATTEMPTS):
            yield from visit("payment", random.lognormvariate(PAYMENT_MU, PAYMENT_SIGMA))
            if random.random() >= FAILING:
                return True
        return False

    def order():
        arrived = env.now
        yield from visit("admission", random.expovariate(1 / 1.0))
        yield from visit("inventory", random.expovariate(1 / 0.5))
        paid = yield from pay()
        lost.add(not paid)
        if not paid:
            return
        yield from visit("picking", random.gammavariate(2, 2.0))
        yield from visit("dispatch", 2.0)
        sojourn.add(env.now - arrived)

    def source():
        for _ in range(orders):
            yield env.timeout(random.expovariate(orders_per_s / 1000))
            env.process(order())

    env.process(source())
    env.run()
    estimates = {f"wait_{name}_ms": means for name, means in wait.items()}
    return estimates | {"lost": lost, "sojourn_ms": sojourn}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    models = parser.add_subparsers(dest="model", required=True)
    mmc = models.add_parser("mmc")
    mmc.add_argument("servers", type=int)
    mmc.add_argument("rho", type=float)
    stages = models.add_parser("five_stages")
    stages.add_argument("orders_per_s", type=float)
    for model in (mmc, stages):
        model.add_argument("customers", type=int)
        model.add_argument("seed", type=int)
    return parser.parse_args()


def main():
    options = arguments()
    random.seed(options.seed)
    start = time.perf_counter()
    if options.model == "mmc":
        result = multi_server(options.servers, options.rho, options.customers)
    else:
        result = five_stages(options.orders_per_s, options.customers)
    seconds = time.perf_counter() - start
    print(json.dumps({
        "tool": "simpy",
        "model": options.model,
        "customers": options.customers,
        "seconds": round(seconds, 6),
        "customers_per_s": round(options.customers / seconds),
        "estimates": {name: means.estimate() for name, means in result.items()},
    }))


if __name__ == "__main__":
    main()
