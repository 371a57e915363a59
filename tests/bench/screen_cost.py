"""What the big screen costs: orders/s of the same run without it, with it open and nobody looking, and
with viewers who read every event while Prometheus scrapes it. Called by tools/bench --screen."""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

import machine
import product


# A paced run that the machine did not keep up with: said below, and no error of the program.
INVALID = 5


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench --screen", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=9, help="rounds, each with one run of each kind")
    parser.add_argument("--viewers", type=int, default=3)
    parser.add_argument("--command", choices=("run", "simulate"), default="run")
    parser.add_argument("--scenario", default="double11-2017-minute")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="as for double11 run")
    return parser.parse_args()


def look_on(url, heard):
    """Reads events until the run has ended; notes their bytes."""
    try:
        with urllib.request.urlopen(url + "api/events") as stream:
            for line in stream:
                heard.append(len(line))
    except (urllib.error.URLError, ConnectionError):
        pass


def scrape(url, ended, heard):
    """As Prometheus would, but every second."""
    while not ended.wait(1):
        try:
            with urllib.request.urlopen(url + "metrics") as answer:
                heard.append(len(answer.read()))
        except (urllib.error.URLError, ConnectionError):
            return


def run(build, options, screen, viewers):
    """The result of one run, and how many bytes its viewers got."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "result.json")
        command = [os.path.join(build, "double11"), options.command, options.scenario, "--quiet", "--json", path]
        for setting in options.set:
            command += ["--set", setting]
        if screen:
            command += ["--screen", "127.0.0.1:0", "--stay", "0s"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        heard, ended, threads = [], threading.Event(), []
        if viewers > 0:
            url = re.search(r"http://\S+/", process.stderr.readline())[0]
            threads = [threading.Thread(target=look_on, args=(url, heard)) for _ in range(viewers)]
            threads.append(threading.Thread(target=scrape, args=(url, ended, heard)))
            for thread in threads:
                thread.start()
        said = process.communicate()[1]
        ended.set()
        for thread in threads:
            thread.join()
        if process.returncode not in (0, INVALID):
            sys.exit(f"tools/bench: {' '.join(command)} exits {process.returncode}\n{said}")
        with open(path, encoding="utf-8") as file:
            return json.load(file), sum(heard)


def main():
    options = arguments()
    print(machine.describe("--screen"), flush=True)
    kinds = (("no screen", False, 0), ("open, nobody looks", True, 0),
             (f"{options.viewers} viewers and a scraper", True, options.viewers))
    rates = {name: [] for name, _, _ in kinds}
    results = set()
    heard_all = invalid = 0
    for number in range(options.repeat):
        # In turns, and each kind first in its turn.
        for name, screen, viewers in kinds[number % 3:] + kinds[:number % 3]:
            result, heard = run(options.build, options, screen, viewers)
            rates[name].append(product.orders_per_s(result))
            invalid += result["verdict"]["status"] == "INVALID"
            results.add((result["order_stream"], result["funnel"]["offered"]["count"]))
            heard_all += heard
            if viewers > 0 and heard == 0:
                sys.exit("tools/bench: the viewers saw nothing")
    if len(results) != 1:
        sys.exit(f"tools/bench: the runs are not of the same orders: {results}")
    plain = rates["no screen"]
    for name, values in rates.items():
        ratios = [value / base for value, base in zip(values, plain)]
        spread = f"{min(ratios):.3f} to {max(ratios):.3f}"
        print(f"  {name:28} {statistics.median(values) / 1e6:6.2f} M orders/s, to no screen "
              f"{statistics.median(ratios):.3f} ({spread})")
    if invalid > 0:
        print(f"  {invalid} of the runs were INVALID: the machine was too busy for their pace")
    print(f"  viewers got {heard_all / 1e6:.1f} MB in all")


if __name__ == "__main__":
    main()
