"""The simulators that are measured: each runs a model and says how fast and with what result."""
import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass

from agreement import Estimate, spread

# Independent simulations in one run of double11, as many as the peers have batches: their spread
# gives the standard error.
REPLICATIONS = 32

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Measurement:
    customers_per_s: float
    estimates: dict


class Peer:
    """event_loop or simpy_peer.py: times itself, without start-up, and prints one line of JSON."""

    def __init__(self, key, title, command):
        self.key = key
        self.title = title
        self.command = command

    def run(self, model, customers, seed):
        command = [*self.command, *model.peer_arguments, str(customers), str(seed)]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        result = json.loads(output)
        estimates = {
            name: Estimate(each["mean"], each["standard_error"], customers)
            for name, each in result["estimates"].items()
        }
        return Measurement(result["customers_per_s"], estimates)


class Double11:
    """double11 simulate: timed from outside, start-up included."""

    key = "double11"

    def __init__(self, program, workers):
        self.program = program
        self.workers = workers
        self.title = f"double11 simulate, {workers} worker{'s' if workers > 1 else ''}"

    def exists(self):
        """Whether this build of the program simulates at all."""
        commands = subprocess.run([self.program, "--help"], check=True, stdout=subprocess.PIPE)
        return b"\n  simulate " in commands.stdout

    def run(self, model, customers, seed):
        seconds_each = customers / model.customers_per_s / REPLICATIONS
        with tempfile.TemporaryDirectory() as folder:
            result = os.path.join(folder, "result.json")
            command = [
                self.program, "simulate", os.path.join(HERE, model.scenario), "--quiet",
                "--workers", str(self.workers), "--seed", str(seed), "--json", result,
                "--duration", f"{round(1e9 * seconds_each)}ns",
                "--set", f"simulate.replications={REPLICATIONS}",
            ]
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            seconds = time.perf_counter() - start
            with open(result, encoding="utf-8") as file:
                estimates = estimates_of(json.load(file), customers)
        return Measurement(customers / seconds, estimates)


def estimates_of(result, customers):
    """What the peers call wait, waited, lost ... from the JSON of double11 simulate.

    Each is agreement.spread() of the means of the replications.
    """
    values = {}
    for replication in result["replications"]:
        for name, value in figures_of(replication).items():
            values.setdefault(name, []).append(value)
    return {name: spread(each, customers) for name, each in values.items()}


def figures_of(replication):
    """The figures of one replication by the peers' names."""
    stations = replication["stations"]
    if len(stations) == 1:
        line = stations[0]
        return {
            "wait": line["wait_all"]["mean_ns"] / 1e6,  # in services of 1 ms
            "waited": line["waited"] / line["services"],
        }
    figures = {f"wait_{each['name']}_ms": each["wait_all"]["mean_ns"] / 1e6 for each in stations}
    flow = replication["flow"]
    figures["lost"] = flow["lost"] / (flow["lost"] + flow["completed"])
    figures["sojourn_ms"] = replication["sojourn"]["mean_ns"] / 1e6
    return figures
